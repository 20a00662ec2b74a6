/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* argon2id by libsodium: 64 MiB of memory, three passes. Any thread, but each call takes some 100
 * ms and 64 MiB: not the window's. */

/* A new hash with a random salt, in libsodium's text form; NULL with GS_AUTH_ERROR_WEAK or
 * GS_AUTH_ERROR_HASH. Transfer full. */
char *gs_password_hash (const char *password, GError **error);

/* TRUE when the password fits. A hash that is NULL or no hash costs the same time and is FALSE. */
gboolean gs_password_verify (const char *hash, const char *password);
