/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-engine.h"
#include "gs-face-watcher.h"

G_BEGIN_DECLS

/* An engine and a watcher that say what a test tells them. They answer in the main context, never
 * from within a call. Main thread. */
#define GS_TYPE_FAKE_FACE_ENGINE (gs_fake_face_engine_get_type ())
G_DECLARE_FINAL_TYPE (GsFakeFaceEngine, gs_fake_face_engine, GS, FAKE_FACE_ENGINE, GObject)

/* Left alone it says match, 0.80, of everything. Match from 0.56 on, no match below 0.42. */
GsFakeFaceEngine *gs_fake_face_engine_new (void);
/* What it says of references of that width, so that a test can tell the pairs apart. */
void gs_fake_face_engine_say (GsFakeFaceEngine *self, guint width, GsFaceVerdict verdict);
/* An attack is suspected, or not, in every answer. */
void gs_fake_face_engine_set_attack (GsFakeFaceEngine *self, GsFaceAttack attack);
/* While held it answers nothing; released, it answers all. */
void gs_fake_face_engine_hold (GsFakeFaceEngine *self, gboolean hold);
/* Comparisons begun so far. */
guint gs_fake_face_engine_get_n_calls (GsFakeFaceEngine *self);
/* Those that are not answered. */
guint gs_fake_face_engine_get_n_open (GsFakeFaceEngine *self);
/* Frames in the newest probe. */
guint gs_fake_face_engine_get_n_frames (GsFakeFaceEngine *self);

#define GS_TYPE_FAKE_FACE_WATCHER (gs_fake_face_watcher_get_type ())
G_DECLARE_FINAL_TYPE (GsFakeFaceWatcher, gs_fake_face_watcher, GS, FAKE_FACE_WATCHER, GObject)

/* Left alone it finds one good face in every frame. */
GsFakeFaceWatcher *gs_fake_face_watcher_new (void);
void gs_fake_face_watcher_see (GsFakeFaceWatcher *self, guint troubles, double worth);

G_END_DECLS
