/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-embedded-face-engine.h"

#include "gs-face-gate-private.h"
#include "gs-face-guide-private.h"
#include "gs-face-probe-private.h"
#include "gs-worker.h"

#include <math.h>
#include <string.h>

#define NAME "mobilefacenet"

struct _GsEmbeddedFaceEngine
{
  GObject parent;
  GsWorker *worker;
  GsFaceModels *models; /* the worker's, from the first task on */
  GsFaceThresholds *thresholds;
};

static void engine_iface_init (GsFaceEngineInterface *iface);
static void watcher_iface_init (GsFaceWatcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsEmbeddedFaceEngine,
                               gs_embedded_face_engine,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_FACE_ENGINE, engine_iface_init)
                                 G_IMPLEMENT_INTERFACE (GS_TYPE_FACE_WATCHER, watcher_iface_init))

/* The pictures of one comparison. */
typedef struct
{
  GsPixels *reference;
  GsPixels *frames[GS_FACE_PROBE_MAX_FRAMES];
  guint n_frames;
} Pictures;

/* What the frames came to. */
typedef struct
{
  float numbers[GS_FACE_PROBE_MAX_FRAMES][GS_FACE_NUMBERS];
  guint n_good;
  GsFaceCause cause; /* why there is no good one: of the frame that came closest */
  GsFaceQuality quality;
} Sitting;

static void
pictures_free (gpointer data)
{
  Pictures *self = data;

  gs_pixels_free (self->reference);
  for (guint i = 0; i < self->n_frames; i++)
    gs_pixels_free (self->frames[i]);
  g_free (self);
}

/* The same for a frame of the desk, in which the traveller shall be alone. */
static GsFaceCause
gate_frame (const GsFaceReading *reading, const GsFaceThresholds *thresholds)
{
  if (reading->n_faces > 1 && reading->second_share >= thresholds->most_second_face)
    return GS_FACE_CAUSE_SEVERAL_PEOPLE;
  return gs_face_gate (reading, thresholds, GS_FACE_CAUSE_NO_FACE_PROBE);
}

static gboolean
read_reference (GsEmbeddedFaceEngine *self,
                const GsPixels *picture,
                float *numbers,
                GsFaceComparison *answer,
                GError **error)
{
  g_autofree GsFaceReading *reading = g_new (GsFaceReading, 1);
  gboolean ok = gs_face_lab_read (self->models, picture, reading, error);

  if (ok)
    {
      answer->reference_quality = reading->quality;
      /* In a gate's picture with somebody behind, the largest face is who was checked. */
      answer->cause = gs_face_gate (reading, self->thresholds, GS_FACE_CAUSE_NO_FACE_REFERENCE);
      if (answer->cause == GS_FACE_CAUSE_NONE)
        ok = gs_face_lab_embed (self->models, reading, numbers, error);
    }
  gs_face_reading_clear (reading);
  return ok;
}

/* A frame that is told of in the answer when none is good: the first that has a face. */
static gboolean
read_frame (GsEmbeddedFaceEngine *self, const GsPixels *frame, Sitting *sitting, GError **error)
{
  g_autofree GsFaceReading *reading = g_new (GsFaceReading, 1);
  gboolean ok = gs_face_lab_read (self->models, frame, reading, error);

  if (ok)
    {
      GsFaceCause cause = gate_frame (reading, self->thresholds);
      gboolean is_first_good = cause == GS_FACE_CAUSE_NONE && sitting->n_good == 0;
      gboolean is_first_face =
        reading->n_faces > 0 && sitting->cause == GS_FACE_CAUSE_NO_FACE_PROBE;

      if (is_first_good || is_first_face)
        sitting->quality = reading->quality;
      if (is_first_face || cause == GS_FACE_CAUSE_SEVERAL_PEOPLE)
        sitting->cause = cause;
      if (cause == GS_FACE_CAUSE_NONE)
        ok = gs_face_lab_embed (self->models, reading, sitting->numbers[sitting->n_good++], error);
    }
  gs_face_reading_clear (reading);
  return ok;
}

static gboolean
is_one_person (const Sitting *sitting, double threshold)
{
  for (guint i = 0; i < sitting->n_good; i++)
    for (guint k = i + 1; k < sitting->n_good; k++)
      if (gs_face_lab_cosine (sitting->numbers[i], sitting->numbers[k]) < threshold)
        return FALSE;
  return TRUE;
}

/* The mean of all frames, into the first one's place. */
static gboolean
average (Sitting *sitting)
{
  for (guint i = 1; i < sitting->n_good; i++)
    for (guint k = 0; k < GS_FACE_NUMBERS; k++)
      sitting->numbers[0][k] += sitting->numbers[i][k];
  return gs_face_lab_normalise (sitting->numbers[0]);
}

static void
decide (const GsFaceThresholds *thresholds, double score, GsFaceComparison *answer)
{
  answer->cause = GS_FACE_CAUSE_NONE;
  answer->score = score;
  if (score >= thresholds->match)
    answer->verdict = GS_FACE_MATCH;
  else if (score >= thresholds->review)
    answer->verdict = GS_FACE_REVIEW;
  else
    answer->verdict = GS_FACE_NO_MATCH;
}

/* Fills the answer. FALSE when a net failed. */
static gboolean
compare (GsEmbeddedFaceEngine *self,
         const Pictures *pictures,
         Sitting *sitting,
         GsFaceComparison *answer,
         GError **error)
{
  float reference[GS_FACE_NUMBERS];

  if (!read_reference (self, pictures->reference, reference, answer, error))
    return FALSE;
  /* The frames are read also where the reference decides nothing: the officer sees their quality.
   */
  sitting->cause = GS_FACE_CAUSE_NO_FACE_PROBE;
  gs_face_quality_init (&sitting->quality);
  for (guint i = 0; i < pictures->n_frames; i++)
    if (!read_frame (self, pictures->frames[i], sitting, error))
      return FALSE;
  answer->probe_quality = sitting->quality;
  if (answer->cause != GS_FACE_CAUSE_NONE)
    return TRUE;
  if (sitting->cause == GS_FACE_CAUSE_SEVERAL_PEOPLE
      || !is_one_person (sitting, self->thresholds->one_person))
    answer->cause = GS_FACE_CAUSE_SEVERAL_PEOPLE;
  else if (sitting->n_good == 0)
    answer->cause = sitting->cause;
  else if (average (sitting))
    decide (self->thresholds, gs_face_lab_cosine (reference, sitting->numbers[0]), answer);
  else
    answer->cause = GS_FACE_CAUSE_SEVERAL_PEOPLE;
  explicit_bzero (reference, sizeof reference);
  return TRUE;
}

static void
verify_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GsEmbeddedFaceEngine *self = source;
  Pictures *pictures = data;
  gint64 began = g_get_monotonic_time ();
  GsFaceComparison *answer = gs_face_comparison_new (NAME, gs_face_models_version ());
  g_autofree Sitting *sitting = g_new0 (Sitting, 1);
  g_autoptr (GError) error = NULL;

  (void) cancellable;
  if (self->thresholds != NULL)
    {
      answer->match_threshold = self->thresholds->match;
      answer->review_threshold = self->thresholds->review;
      if (!compare (self, pictures, sitting, answer, &error))
        {
          g_warning ("face engine: %s", error->message);
          answer->verdict = GS_FACE_NO_DECISION;
          answer->cause = GS_FACE_CAUSE_NO_ENGINE;
        }
    }
  explicit_bzero (sitting, sizeof *sitting);
  answer->duration_us = g_get_monotonic_time () - began;
  g_task_return_pointer (task, answer, (GDestroyNotify) gs_face_comparison_free);
}

static void
verify_async (GsFaceEngine *engine,
              const GsPixels *reference,
              GsFaceProbe *probe,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GsEmbeddedFaceEngine *self = GS_EMBEDDED_FACE_ENGINE (engine);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Pictures *pictures = g_new0 (Pictures, 1);
  const GsPixels *frame;

  g_task_set_source_tag (task, verify_async);
  pictures->reference = gs_pixels_copy (reference);
  while ((frame = gs_face_probe_get_frame (probe, pictures->n_frames)) != NULL)
    pictures->frames[pictures->n_frames++] = gs_pixels_copy (frame);
  g_task_set_task_data (task, pictures, pictures_free);
  gs_worker_push (self->worker, task, verify_in_worker);
}

static GsFaceComparison *
verify_finish (GsFaceEngine *engine, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, engine), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
get_name (GsFaceEngine *engine)
{
  (void) engine;
  return NAME;
}

static const char *
get_version (GsFaceEngine *engine)
{
  (void) engine;
  return gs_face_models_version ();
}

static void
describe_errors (GsFaceEngine *engine, GsFaceErrorRates *rates)
{
  GsEmbeddedFaceEngine *self = GS_EMBEDDED_FACE_ENGINE (engine);

  if (self->thresholds != NULL)
    *rates = self->thresholds->rates;
}

static void
look_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GsEmbeddedFaceEngine *self = source;
  const GsPixels *frame = data;
  gint64 began = g_get_monotonic_time ();
  GsFaceView *view = g_new0 (GsFaceView, 1);
  g_autofree GsFaceReading *reading = g_new (GsFaceReading, 1);
  g_autoptr (GError) error = NULL;

  (void) cancellable;
  gboolean ok = gs_face_lab_read (self->models, frame, reading, &error);
  if (ok)
    gs_face_guide (reading, frame, view);
  gs_face_reading_clear (reading);
  view->duration_us = g_get_monotonic_time () - began;
  if (ok)
    {
      g_task_return_pointer (task, view, g_free);
      return;
    }
  g_free (view);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
look_async (GsFaceWatcher *watcher,
            const GsPixels *frame,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GsEmbeddedFaceEngine *self = GS_EMBEDDED_FACE_ENGINE (watcher);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, look_async);
  g_task_set_task_data (task, gs_pixels_copy (frame), (GDestroyNotify) gs_pixels_free);
  gs_worker_push (self->worker, task, look_in_worker);
}

static gboolean
look_finish (GsFaceWatcher *watcher, GAsyncResult *result, GsFaceView *view, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, watcher), FALSE);
  g_autofree GsFaceView *made = g_task_propagate_pointer (G_TASK (result), error);

  if (made == NULL)
    return FALSE;
  *view = *made;
  return TRUE;
}

static void
engine_iface_init (GsFaceEngineInterface *iface)
{
  iface->verify_async = verify_async;
  iface->verify_finish = verify_finish;
  iface->get_name = get_name;
  iface->get_version = get_version;
  iface->describe_errors = describe_errors;
}

static void
watcher_iface_init (GsFaceWatcherInterface *iface)
{
  iface->look_async = look_async;
  iface->look_finish = look_finish;
}

static void
gs_embedded_face_engine_finalize (GObject *object)
{
  GsEmbeddedFaceEngine *self = GS_EMBEDDED_FACE_ENGINE (object);

  /* Tasks hold a reference to this, so none is left. */
  g_clear_object (&self->worker);
  g_clear_pointer (&self->models, gs_face_models_free);
  g_clear_pointer (&self->thresholds, gs_face_thresholds_free);
  G_OBJECT_CLASS (gs_embedded_face_engine_parent_class)->finalize (object);
}

static void
gs_embedded_face_engine_class_init (GsEmbeddedFaceEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_embedded_face_engine_finalize;
}

static void
gs_embedded_face_engine_init (GsEmbeddedFaceEngine *self)
{
  self->worker = gs_worker_new ("face");
}

GsEmbeddedFaceEngine *
gs_embedded_face_engine_new (GsFaceModels *models, GsFaceThresholds *thresholds)
{
  g_return_val_if_fail (models != NULL, NULL);
  GsEmbeddedFaceEngine *self = g_object_new (GS_TYPE_EMBEDDED_FACE_ENGINE, NULL);

  self->models = models;
  self->thresholds = thresholds;
  return self;
}

const GsFaceThresholds *
gs_embedded_face_engine_get_thresholds (GsEmbeddedFaceEngine *self)
{
  g_return_val_if_fail (GS_IS_EMBEDDED_FACE_ENGINE (self), NULL);
  return self->thresholds;
}
