/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* A void impression that may have its one replacement under the same claim of the hall. Read from
 * the claims and the register; there is no table of its own. */
typedef struct
{
  char *claim_stamp; /* UUID under which the claim was asked for */
  char *hall_claim;
  char *serial; /* the void one */
  gint64 void_at_utc_ms;
} GsReplacement;

void gs_replacement_free (GsReplacement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsReplacement, gs_replacement_free)

/* The newest void impression of the crossing under this desk's granted claim that is no replacement
 * itself and has none that stands or was printed; *found NULL when there is none. A serial that was
 * given back unused does not count. Worker thread. */
gboolean gs_replacement_table_find (
  GsDatabase *db, const char *crossing, const char *desk, GsReplacement **found, GError **error);

G_END_DECLS
