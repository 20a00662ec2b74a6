/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-mrz.h"

#include <gio/gio.h>

/* The files of the logical data structure that the desk needs (ICAO Doc 9303-10): what they hold,
 * taken out of bytes from a stranger. Errors are GS_EMRTD_ERROR_MALFORMED, _LIMIT and _UNSUPPORTED.
 * Any thread. */

/* EF.COM: versions and the data groups that the chip says it has. Not signed: a hint only. */
typedef struct
{
  char lds_version[5];     /* "0107" */
  char unicode_version[7]; /* "040000" */
  guint32 groups;          /* 1 << number, 1 to 16 */
} GsLdsCom;

gboolean gs_lds_com_parse (GBytes *file, GsLdsCom *com, GError **error);

/* DG1: the zone as the issuer wrote it. today as for gs_mrz_parse(). */
gboolean gs_lds_dg1_parse (GBytes *file, const GsMrzDate *today, GsMrz *mrz, GError **error);

/* DG11: what of it the card shows. Owned strings, UTF-8, NULL where absent; '<' is a space and '<<'
 * parts the identifiers. Names in the holder's own script stand here. */
typedef struct
{
  char *full_name;
  char **other_names; /* NULL-terminated; NULL when there are none */
  char *personal_number;
  char *full_birth_date; /* YYYYMMDD */
  char *place_of_birth;
} GsLdsDetails;

GsLdsDetails *gs_lds_dg11_parse (GBytes *file, GError **error);
void gs_lds_details_free (GsLdsDetails *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsLdsDetails, gs_lds_details_free)
