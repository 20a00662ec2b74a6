/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"
#include "gs-face-verification.h"

G_BEGIN_DECLS

/* Faces verified at this desk: judgements, what the engine said, what followed. No picture, no
 * template, nothing of the traveller but the crossing's id. The answers themselves stand in
 * judgement from the moment they were given (gs-judgement-table.h). */

/* Worker thread. */

/* Adds a row for each pair asked of a sitting that is revealed. What an engine has not answered is
 * not added: every pair asked has its comparison. */
gboolean gs_face_verification_table_add (GsDatabase *db,
                                         const GsFaceVerification *verification,
                                         GError **error);

/* The second officer's answers and what followed; once: CONFLICT when there are some already. */
gboolean gs_face_verification_table_add_second (GsDatabase *db,
                                                const GsFaceVerification *verification,
                                                GError **error);

/* The officer observed an attack after the reveal, and what followed. */
gboolean gs_face_verification_table_set_attack_seen (GsDatabase *db,
                                                     const GsFaceVerification *verification,
                                                     GError **error);

/* Revealed since then and before that time (G_MAXINT64: no end), oldest first. Quality comes as its
 * text only. GPtrArray of GsFaceVerification. */
GPtrArray *gs_face_verification_table_list (GsDatabase *db,
                                            gint64 from_utc_ms,
                                            gint64 to_utc_ms,
                                            GError **error);

/* Of one crossing, oldest first. */
GPtrArray *
gs_face_verification_table_of_crossing (GsDatabase *db, const char *crossing, GError **error);

/* Those revealed before that time whose case is not open, and those of one crossing. */
gboolean gs_face_verification_table_purge (GsDatabase *db, gint64 before_utc_ms, GError **error);
gboolean gs_face_verification_table_delete (GsDatabase *db, const char *crossing, GError **error);

G_END_DECLS
