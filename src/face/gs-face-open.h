/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-engine.h"
#include "gs-face-watcher.h"

G_BEGIN_DECLS

/* What compares faces at this desk. */
typedef enum
{
  GS_FACE_ENGINE_OFF = 1, /* the officer compares alone */
  GS_FACE_ENGINE_EMBEDDED,
  GS_FACE_ENGINE_REMOTE
} GsFaceEngineKind;

/* What the key file says of the engine; borrowed strings. */
typedef struct
{
  GsFaceEngineKind kind;
  const char *models;      /* folder; NULL for the installed one */
  const char *thresholds;  /* file; NULL for the installed one */
  const char *url;         /* the remote engine's; https */
  const char *ca;          /* PEM: who may sign its certificate */
  const char *certificate; /* PEM: this desk's */
  const char *key;         /* PEM */
  guint timeout_ms;        /* for one answer; 0 for GS_FACE_TIMEOUT_MS */
} GsFaceOptions;

#define GS_FACE_TIMEOUT_MS 5000

/* What a desk has: either may be missing, and then the sentence says why, in English, for the log
 * and the engine's page. */
typedef struct
{
  GsFaceEngine *engine;
  char *engine_trouble; /* NULL when it is there, or none was asked for */
  GsFaceWatcher *watcher;
  char *watcher_trouble;
} GsFaceEquipment;

/* Opens what the options ask for, and the watcher (from the models) whichever engine it is, also
 * without one. Reads 8 MB and builds the networks: 0.1 to 0.3 s, in a thread of its own. Never
 * fails: what cannot be opened is missing. Main thread. */
void
gs_face_open_async (const GsFaceOptions *options, GAsyncReadyCallback callback, gpointer user_data);
/* Transfer full. */
GsFaceEquipment *gs_face_open_finish (GAsyncResult *result);
/* The same, waiting for it; for tests and tools. */
GsFaceEquipment *gs_face_open (const GsFaceOptions *options);
void gs_face_equipment_free (GsFaceEquipment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceEquipment, gs_face_equipment_free)

G_END_DECLS
