/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-error.h"

G_DEFINE_QUARK (gs - stamp - error - quark, gs_stamp_error)
