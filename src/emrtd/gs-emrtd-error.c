/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-emrtd-error.h"

G_DEFINE_QUARK (gs - emrtd - error - quark, gs_emrtd_error)
