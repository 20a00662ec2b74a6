/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-store-error.h"

G_DEFINE_QUARK (gs - store - error - quark, gs_store_error)
