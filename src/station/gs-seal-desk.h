/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-config.h"
#include "gs-seal-reader.h"
#include "gs-seal-verdict.h"

G_BEGIN_DECLS

/* Judges seals under the keys of the desk's key file, on a thread of its own. Nothing of a seal or
 * its picture is kept. Main thread only. */
#define GS_TYPE_SEAL_DESK (gs_seal_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsSealDesk, gs_seal_desk, GS, SEAL_DESK, GObject)

/* The keys are read when the first seal is judged. */
GsSealDesk *gs_seal_desk_new (const GsConfig *config);

/* FALSE when the key file names no keys: every seal stays undetermined. */
gboolean gs_seal_desk_has_keys (GsSealDesk *self);

/* state and number: of the document in hand, or NULL. Fails when a file of keys cannot be read any
 * more. */
void gs_seal_desk_judge_async (GsSealDesk *self,
                               GBytes *seal,
                               const char *state,
                               const char *number,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Transfer full. */
GsVerdict *gs_seal_desk_judge_finish (GsSealDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
