/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text coding of visible digital seals (ICAO Doc 9303-13, C40 of ISO/IEC 16022 without its
 * shifts): three characters of A to Z, 0 to 9 and space in two bytes. Any thread. */

/* '<' is written as a space. NULL with GS_SEAL_ERROR_FIELDS when another character stands there.
 * Transfer full; NUL is not part of it. */
GByteArray *gs_c40_encode (const char *text, GError **error);

/* The text as it was coded, spaces at its end included. NULL with GS_SEAL_ERROR_MALFORMED when the
 * bytes are no such text. Transfer full. */
char *gs_c40_decode (const guint8 *bytes, gsize length, GError **error);

/* Bytes that a text of so many characters takes. */
gsize gs_c40_size (gsize characters);

G_END_DECLS
