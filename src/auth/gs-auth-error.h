/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Errors of signing in. The officer sees one neutral sentence for GS_AUTH_ERROR_DENIED, whatever
 * the cause (wrong password, no such account, disabled, locked out). */
#define GS_AUTH_ERROR (gs_auth_error_quark ())
typedef enum
{
  GS_AUTH_ERROR_DENIED = 1,
  GS_AUTH_ERROR_UNAVAILABLE, /* accounts cannot be read or the attempt cannot be written */
  GS_AUTH_ERROR_HASH,        /* hashing failed: out of memory */
  GS_AUTH_ERROR_WEAK,        /* the new password is shorter than 8 or longer than 256 bytes */
} GsAuthError;

GQuark gs_auth_error_quark (void);
