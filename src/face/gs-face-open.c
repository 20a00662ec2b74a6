/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-open.h"

#include "gs-build-config.h"
#include "gs-embedded-face-engine.h"
#include "gs-remote-face-engine.h"
#include "gs-worker.h"

#define MODELS_FOLDER GS_PKGDATADIR "/models"
#define THRESHOLDS_FILE GS_PKGDATADIR "/face-thresholds.ini"

/* What is slow, made in the thread. */
typedef struct
{
  GsWorker *worker;
  GsFaceEngineKind kind;
  char *models_folder;
  char *thresholds_file;
  GsFaceModels *models;
  char *models_trouble;
  GsFaceThresholds *thresholds;
  char *thresholds_trouble;
  char *url;
  char *ca;
  char *certificate;
  char *key;
  guint timeout_ms;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_clear_object (&self->worker);
  g_free (self->models_folder);
  g_free (self->thresholds_file);
  g_clear_pointer (&self->models, gs_face_models_free);
  g_free (self->models_trouble);
  g_clear_pointer (&self->thresholds, gs_face_thresholds_free);
  g_free (self->thresholds_trouble);
  g_free (self->url);
  g_free (self->ca);
  g_free (self->certificate);
  g_free (self->key);
  g_free (self);
}

static Opening *
opening_new (const GsFaceOptions *options)
{
  Opening *self = g_new0 (Opening, 1);

  self->kind = options->kind;
  self->models_folder = g_strdup (options->models != NULL ? options->models : MODELS_FOLDER);
  self->thresholds_file =
    g_strdup (options->thresholds != NULL ? options->thresholds : THRESHOLDS_FILE);
  self->url = g_strdup (options->url);
  self->ca = g_strdup (options->ca);
  self->certificate = g_strdup (options->certificate);
  self->key = g_strdup (options->key);
  self->timeout_ms = options->timeout_ms > 0 ? options->timeout_ms : GS_FACE_TIMEOUT_MS;
  return self;
}

static void
read_files (Opening *self)
{
  g_autoptr (GError) error = NULL;

  self->models = gs_face_models_load (self->models_folder, &error);
  if (self->models == NULL)
    self->models_trouble = g_strdup (error->message);
  g_clear_error (&error);
  if (self->kind != GS_FACE_ENGINE_EMBEDDED)
    return;
  self->thresholds = gs_face_thresholds_load (self->thresholds_file, &error);
  if (self->thresholds == NULL)
    self->thresholds_trouble = g_strdup (error->message);
}

/* On the main thread, where its session belongs. */
static void
open_remote (const Opening *self, GsFaceEquipment *made)
{
  g_autoptr (GError) error = NULL;

  if (self->url == NULL || self->ca == NULL || self->certificate == NULL)
    {
      made->engine_trouble =
        g_strdup ("the remote face engine needs an address, an authority and a certificate");
      return;
    }
  made->engine = (GsFaceEngine *) gs_remote_face_engine_new (self->url, self->ca, self->certificate,
                                                             self->key, self->timeout_ms, &error);
  if (made->engine == NULL)
    made->engine_trouble = g_strdup (error->message);
}

static GsFaceEquipment *
make_equipment (Opening *self)
{
  GsFaceEquipment *made = g_new0 (GsFaceEquipment, 1);

  if (self->models != NULL)
    {
      gboolean has_engine = self->thresholds != NULL;
      GsEmbeddedFaceEngine *embedded = gs_embedded_face_engine_new (
        g_steal_pointer (&self->models), g_steal_pointer (&self->thresholds));

      made->watcher = GS_FACE_WATCHER (embedded);
      if (has_engine)
        made->engine = g_object_ref (GS_FACE_ENGINE (embedded));
    }
  if (made->engine == NULL && self->kind == GS_FACE_ENGINE_EMBEDDED)
    made->engine_trouble =
      g_strdup (self->models_trouble != NULL ? self->models_trouble : self->thresholds_trouble);
  made->watcher_trouble = g_steal_pointer (&self->models_trouble);
  if (self->kind == GS_FACE_ENGINE_REMOTE)
    open_remote (self, made);
  return made;
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  (void) source;
  (void) cancellable;
  read_files (data);
  g_task_return_boolean (task, TRUE);
}

void
gs_face_open_async (const GsFaceOptions *options, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  Opening *opening = opening_new (options);

  g_task_set_task_data (task, opening, opening_free);
  opening->worker = gs_worker_new ("face-open");
  gs_worker_push (opening->worker, task, open_in_thread);
}

GsFaceEquipment *
gs_face_open_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_task_propagate_boolean (G_TASK (result), NULL);
  return make_equipment (g_task_get_task_data (G_TASK (result)));
}

GsFaceEquipment *
gs_face_open (const GsFaceOptions *options)
{
  Opening *opening = opening_new (options);

  read_files (opening);
  GsFaceEquipment *made = make_equipment (opening);
  opening_free (opening);
  return made;
}

void
gs_face_equipment_free (GsFaceEquipment *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->engine);
  g_free (self->engine_trouble);
  g_clear_object (&self->watcher);
  g_free (self->watcher_trouble);
  g_free (self);
}
