/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-engine.h"
#include "gs-face-models.h"
#include "gs-face-thresholds.h"
#include "gs-face-watcher.h"

G_BEGIN_DECLS

/* The engine on this machine (docs/face-engine.md): it is a GsFaceEngine and a GsFaceWatcher, and
 * does both on one worker thread, "face", in the order in which it was asked. Main thread. */
#define GS_TYPE_EMBEDDED_FACE_ENGINE (gs_embedded_face_engine_get_type ())
G_DECLARE_FINAL_TYPE (
  GsEmbeddedFaceEngine, gs_embedded_face_engine, GS, EMBEDDED_FACE_ENGINE, GObject)

/* Takes both. thresholds NULL: a watcher alone, whose comparisons are all undecided. */
GsEmbeddedFaceEngine *
gs_embedded_face_engine_new (GsFaceModels *models, GsFaceThresholds *thresholds);

/* For the engine's page; NULL for a watcher alone. Borrowed. */
const GsFaceThresholds *gs_embedded_face_engine_get_thresholds (GsEmbeddedFaceEngine *self);

G_END_DECLS
