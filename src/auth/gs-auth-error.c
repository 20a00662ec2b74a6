/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-auth-error.h"

G_DEFINE_QUARK (gs - auth - error - quark, gs_auth_error)
