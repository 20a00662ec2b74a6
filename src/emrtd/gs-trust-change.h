/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-store.h"

/* One change of a trust store's file, by the administration page or the command line. A lock file
 * beside the store ("STORE.lock") keeps every other writer out from begin to free, so that none
 * loses what another did. The order survives a cut of the power between any two steps:
 *
 *   prepare       the new store stands beside the old one, synced
 *   log           the log (gs-trust-log.h) says what will stand there, synced
 *   put_in_place  the new file takes the old one's place
 *
 * Before log nothing has happened; after it the change is made, at the latest by the next begin.
 * One thread at a time. */
typedef struct _GsTrustChange GsTrustChange;

/* Takes the lock, ends what a power cut left undone, and opens the store. NULL with
 * GS_EMRTD_ERROR_BUSY when another writer holds the lock for longer than patience_ms, or
 * GS_EMRTD_ERROR_STORAGE. Transfer full. */
GsTrustChange *gs_trust_change_begin (const char *path, guint patience_ms, GError **error);
/* Lets the lock go; what was prepared and not logged is dropped. */
void gs_trust_change_free (GsTrustChange *self);

/* To be changed in memory. Transfer none. */
GsTrustStore *gs_trust_change_get_store (GsTrustChange *self);

/* Each in its turn; FALSE with GS_EMRTD_ERROR_STORAGE. */
gboolean gs_trust_change_prepare (GsTrustChange *self, GError **error);
gboolean gs_trust_change_log (GsTrustChange *self,
                              const char *kind,
                              gint64 at_utc_ms,
                              const char *officer,
                              const char *subject,
                              const char *detail,
                              GError **error);
gboolean gs_trust_change_put_in_place (GsTrustChange *self, GError **error);
/* Of a change that was logged, put in place or not: logs that too, and brings the old file back. */
gboolean gs_trust_change_undo (GsTrustChange *self, gint64 at_utc_ms, GError **error);
gboolean gs_trust_change_is_logged (GsTrustChange *self);

/* This change's UUID; the digests of the file as it was, and from gs_trust_change_prepare() on as
 * it will be. */
const char *gs_trust_change_get_id (GsTrustChange *self);
const char *gs_trust_change_get_before (GsTrustChange *self);
const char *gs_trust_change_get_after (GsTrustChange *self);

/* What stands there now and how it came to that: its digest and its log, read together under the
 * lock, after what a power cut left undone was ended. Where the folder cannot be written, as for a
 * station that only reads its store, without the lock and ending nothing. Errors as of begin. */
gboolean gs_trust_change_survey (
  const char *path, guint patience_ms, char **digest, GPtrArray **log, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTrustChange, gs_trust_change_free)
