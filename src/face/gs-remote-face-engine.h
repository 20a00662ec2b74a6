/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-engine.h"

G_BEGIN_DECLS

/* An accredited engine of a vendor, over HTTPS (docs/face-engine.md has the protocol). It brings
 * its own thresholds. Whatever goes wrong is an answer without a decision, with its cause; there is
 * no falling back to another engine. Main thread; pictures are encoded in a thread of its own. */
#define GS_TYPE_REMOTE_FACE_ENGINE (gs_remote_face_engine_get_type ())
G_DECLARE_FINAL_TYPE (GsRemoteFaceEngine, gs_remote_face_engine, GS, REMOTE_FACE_ENGINE, GObject)

/* url: https, without user, query and fragment. ca: PEM, the only authorities that may have signed
 * the engine's certificate. certificate, key: PEM, this desk's; key NULL when it is in the same
 * file. timeout_ms: from the question to the whole answer. NULL with GS_FACE_ERROR_REMOTE. Reads
 * the files. */
GsRemoteFaceEngine *gs_remote_face_engine_new (const char *url,
                                               const char *ca,
                                               const char *certificate,
                                               const char *key,
                                               guint timeout_ms,
                                               GError **error);

G_END_DECLS
