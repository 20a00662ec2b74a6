/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-face-net.h"

G_BEGIN_DECLS

/* The three networks of the embedded engine. The program knows the SHA-256 of each file
 * (tools/models/models.json) and reads no other; what is hashed is what is read. Used by one thread
 * at a time. */
typedef struct
{
  GsFaceNet *detector;
  GsFaceNet *mesh;
  GsFaceNet *embedding;
} GsFaceModels;

/* Reads them from a folder. Slow (about 0.1 s). NULL with GS_FACE_ERROR_MODELS and a sentence that
 * names the file, or with _ABSENT. */
GsFaceModels *gs_face_models_load (const char *folder, GError **error);
void gs_face_models_free (GsFaceModels *self);

/* The first twelve digits of the digests, one for each model: "3bc182eb9f33-…"; what the record
 * calls the engine's version. Static. */
const char *gs_face_models_version (void);
/* The digest of the embedding: the thresholds belong to it (gs-face-thresholds.h). Static. */
const char *gs_face_models_embedding_sha256 (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceModels, gs_face_models_free)

G_END_DECLS
