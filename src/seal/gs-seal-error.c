/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-error.h"

G_DEFINE_QUARK (gs - seal - error - quark, gs_seal_error)
