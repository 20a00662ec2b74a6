/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-models.h"

#include "gs-face-error.h"
#include "gs-face-models-digests.h"

/* A model of this engine has 5 MB at most. */
#define SIZE_LIMIT (64 * 1024 * 1024)

static GsFaceNet *
load (const char *folder, const char *name, const char *digest, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &local);

  if (file == NULL)
    {
      g_set_error (error, GS_FACE_ERROR, GS_FACE_ERROR_MODELS, "the model %s cannot be read: %s",
                   path, local->message);
      return NULL;
    }
  gsize length = g_mapped_file_get_length (file);
  if (length == 0 || length > SIZE_LIMIT)
    {
      g_set_error (error, GS_FACE_ERROR, GS_FACE_ERROR_MODELS, "the model %s has %s", path,
                   length == 0 ? "no content" : "too many bytes");
      return NULL;
    }
  /* A copy, so that nobody changes the file between the look and the use. */
  g_autofree guchar *bytes = g_memdup2 (g_mapped_file_get_contents (file), length);
  g_autofree char *found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, length);
  if (!g_str_equal (found, digest))
    {
      g_set_error (error, GS_FACE_ERROR, GS_FACE_ERROR_MODELS,
                   "the model %s is not the one that this program knows: its SHA-256 begins %.12s, "
                   "not %.12s",
                   path, found, digest);
      return NULL;
    }
  return gs_face_net_new (bytes, length, error);
}

GsFaceModels *
gs_face_models_load (const char *folder, GError **error)
{
  g_autoptr (GsFaceModels) self = g_new0 (GsFaceModels, 1);

  g_return_val_if_fail (folder != NULL, NULL);
  self->detector = load (folder, GS_FACE_MODEL_DETECTOR_FILE, GS_FACE_MODEL_DETECTOR_SHA256, error);
  if (self->detector == NULL)
    return NULL;
  self->mesh = load (folder, GS_FACE_MODEL_MESH_FILE, GS_FACE_MODEL_MESH_SHA256, error);
  if (self->mesh == NULL)
    return NULL;
  self->embedding =
    load (folder, GS_FACE_MODEL_EMBEDDING_FILE, GS_FACE_MODEL_EMBEDDING_SHA256, error);
  if (self->embedding == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
gs_face_models_free (GsFaceModels *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->detector, gs_face_net_free);
  g_clear_pointer (&self->mesh, gs_face_net_free);
  g_clear_pointer (&self->embedding, gs_face_net_free);
  g_free (self);
}

const char *
gs_face_models_version (void)
{
  static char *version;

  if (g_once_init_enter (&version))
    g_once_init_leave (&version,
                       g_strdup_printf ("%.12s-%.12s-%.12s", GS_FACE_MODEL_DETECTOR_SHA256,
                                        GS_FACE_MODEL_MESH_SHA256, GS_FACE_MODEL_EMBEDDING_SHA256));
  return version;
}

const char *
gs_face_models_embedding_sha256 (void)
{
  return GS_FACE_MODEL_EMBEDDING_SHA256;
}
