/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"
#include "gs-traveller.h"

G_BEGIN_DECLS

/* Who the traveller is: the one table with personal data (quarantine's raw bytes apart, which live
 * for 24 h), deletable crossing by crossing. */

/* Worker thread. */

/* Keeps the cut-out bytes of an event with their fields (NULL: bytes only). Position 0 is what this
 * desk read itself, once a crossing; a later one replaces it. */
gboolean gs_identity_table_add (GsDatabase *db,
                                const char *crossing,
                                gint64 position,
                                gint64 at_utc_ms,
                                gconstpointer bytes,
                                gsize length,
                                const GsTraveller *traveller,
                                GError **error);

/* The newest fields known of a crossing. NULL without error when there are none or no longer. */
GsTraveller *gs_identity_table_get (GsDatabase *db, const char *crossing, GError **error);

/* Crossings whose document that is, newest first: GPtrArray of char *. */
GPtrArray *gs_identity_table_find (GsDatabase *db,
                                   const char *issuing_state,
                                   const char *document_number,
                                   GError **error);

/* Deletes everything personal of a crossing: the identity rows and what stands of it in quarantine.
 * Bodies of decisions that were answered lose their text. *deleted may be NULL. Afterwards
 * gs_store_truncate_log() (gs-retention.h) empties the write-ahead log. */
gboolean
gs_identity_table_delete (GsDatabase *db, const char *crossing, gint64 *deleted, GError **error);

G_END_DECLS
