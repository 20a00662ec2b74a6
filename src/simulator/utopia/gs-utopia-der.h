/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A writer of DER (ITU-T X.690) and of the data objects of ICAO Doc 9303-10, which look the same.
 * Every piece is GBytes; a function that takes pieces takes them over (transfer full), so that
 * calls nest, and returns transfer full. A tag is written as it stands: 0x30, 0x7f61. Any thread.
 */

/* TAG, length and the bytes. */
GBytes *gs_utopia_der (guint32 tag, gconstpointer bytes, gsize length);

/* TAG around the pieces, one after the other; ends with NULL. Tag 0 writes the pieces alone. */
GBytes *gs_utopia_der_of (guint32 tag, GBytes *first, ...) G_GNUC_NULL_TERMINATED;

/* A SET OF: the pieces in the order that DER asks for. PARTS (of GBytes) is taken over. */
GBytes *gs_utopia_der_set (guint32 tag, GPtrArray *parts);

/* TAG, an indefinite length, the content and its end (BER, not DER). */
GBytes *gs_utopia_der_indefinite (guint32 tag, GBytes *content);

/* Nothing at all, where an optional piece is left out. */
GBytes *gs_utopia_der_none (void);
GBytes *gs_utopia_der_null (void);
GBytes *gs_utopia_der_true (void);
GBytes *gs_utopia_der_oid (const char *dotted);
GBytes *gs_utopia_der_integer (guint64 value);
/* TAG with the shortest form of a whole number: an INTEGER under an implicit tag. */
GBytes *gs_utopia_der_number (guint32 tag, guint64 value);
/* A whole number out of big-endian bytes. */
GBytes *gs_utopia_der_unsigned (gconstpointer bytes, gsize length);
GBytes *gs_utopia_der_text (guint32 tag, const char *text);
GBytes *gs_utopia_der_bits (gconstpointer bytes, gsize length, guint8 unused);
/* UTCTime until 2049, then GeneralizedTime (RFC 5280, 4.1.2.5). */
GBytes *gs_utopia_der_time (gint64 utc_s);
/* GeneralizedTime under any tag. */
GBytes *gs_utopia_der_long_time (guint32 tag, gint64 utc_s);
/* An OCTET STRING around a piece. */
GBytes *gs_utopia_der_octets (GBytes *content);
