/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the record says of one change. Ids, codes and commitments only, never a name, a number of a
 * document or a note. No field may hold a line break or other control character; NULL is allowed
 * for all but kind. The store copies it. */
typedef struct
{
  const char *kind;    /* "decision", "stamp.step", "sign-in": words joined by dots */
  gint64 at_utc_ms;    /* the hall's time, or the wall clock where the hall's is not known */
  const char *officer; /* account id of who did it, NULL for the station itself */
  const char *second;  /* account id of the second officer */
  const char *subject; /* crossing, stamp or account id */
  const char *detail;  /* codes, "outcome=admitted reasons=B01,B05" */
} GsRecordEntry;

G_END_DECLS
