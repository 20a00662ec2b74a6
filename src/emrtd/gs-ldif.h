/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* LDIF (RFC 2849) as the ICAO Public Key Directory publishes it: folded lines, comments, values in
 * Base64. Any thread. */

/* attribute: its name without options (";binary"), in lower case; dn: of the entry that it is in.
 */
typedef void (*GsLdifFunc) (const char *dn,
                            const char *attribute,
                            GBytes *value,
                            gpointer user_data);

/* Calls function for every value in Base64 but that of the name. FALSE with
 * GS_EMRTD_ERROR_MALFORMED at the first line that cannot be read; what was before it has been
 * called. */
gboolean gs_ldif_read (
  const char *text, gsize size, GsLdifFunc function, gpointer user_data, GError **error);

/* TRUE when the bytes begin as LDIF does ("version:" or "dn:" after comments). */
gboolean gs_ldif_looks_like (const char *text, gsize size);
