/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* TRUE for the canonical text form of RFC 4122 (8-4-4-4-12 hexadecimal digits, either case). Any
 * thread. */
gboolean gs_uuid_is_valid (const char *text);

/* A new random (version 4) UUID in lower case. Transfer full. Any thread. */
char *gs_uuid_new (void);
