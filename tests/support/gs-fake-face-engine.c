/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-face-engine.h"

/* --- the engine ------------------------------------------------------------------------------- */

struct _GsFakeFaceEngine
{
  GObject parent_instance;

  GHashTable *verdicts; /* width → GsFaceVerdict */
  GsFaceAttack attack;
  gboolean held;
  GPtrArray *open; /* GTask, with the width as its data */
  guint n_calls;
  guint n_frames;
};

static void engine_init (GsFaceEngineInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFakeFaceEngine,
                               gs_fake_face_engine,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_FACE_ENGINE, engine_init))

static void
gs_fake_face_engine_finalize (GObject *object)
{
  GsFakeFaceEngine *self = GS_FAKE_FACE_ENGINE (object);

  g_hash_table_unref (self->verdicts);
  g_ptr_array_unref (self->open);
  G_OBJECT_CLASS (gs_fake_face_engine_parent_class)->finalize (object);
}

static void
gs_fake_face_engine_class_init (GsFakeFaceEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_fake_face_engine_finalize;
}

static void
gs_fake_face_engine_init (GsFakeFaceEngine *self)
{
  self->verdicts = g_hash_table_new (NULL, NULL);
  self->open = g_ptr_array_new ();
  self->attack = GS_FACE_ATTACK_NONE;
}

static double
score_of (GsFaceVerdict verdict)
{
  switch (verdict)
    {
    case GS_FACE_REVIEW:
      return 0.5;
    case GS_FACE_NO_MATCH:
      return 0.1;
    case GS_FACE_MATCH:
    case GS_FACE_NO_DECISION:
      break;
    }
  return 0.8;
}

static void
comparison_free (gpointer comparison)
{
  gs_face_comparison_free (comparison);
}

static void
answer (GsFakeFaceEngine *self, GTask *task)
{
  gpointer said = g_hash_table_lookup (self->verdicts, g_task_get_task_data (task));
  GsFaceVerdict verdict = said != NULL ? (GsFaceVerdict) GPOINTER_TO_INT (said) : GS_FACE_MATCH;
  GsFaceComparison *comparison = gs_face_comparison_new ("fake", "1");

  g_ptr_array_remove (self->open, task);
  comparison->verdict = verdict;
  comparison->cause =
    verdict == GS_FACE_NO_DECISION ? GS_FACE_CAUSE_NO_FACE_PROBE : GS_FACE_CAUSE_NONE;
  comparison->attack = self->attack;
  comparison->match_threshold = 0.56;
  comparison->review_threshold = 0.42;
  if (verdict != GS_FACE_NO_DECISION)
    comparison->score = score_of (verdict);
  comparison->probe_quality.sharpness = 77;
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, comparison, comparison_free);
  else
    gs_face_comparison_free (comparison);
  g_object_unref (task);
}

static gboolean
answer_later (gpointer data)
{
  GTask *task = data;
  GsFakeFaceEngine *self = g_task_get_source_object (task);

  if (!self->held && g_ptr_array_find (self->open, task, NULL))
    answer (self, task);
  return G_SOURCE_REMOVE;
}

static void
verify_async (GsFaceEngine *engine,
              const GsPixels *reference,
              GsFaceProbe *probe,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GsFakeFaceEngine *self = GS_FAKE_FACE_ENGINE (engine);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, GUINT_TO_POINTER (reference->width), NULL);
  self->n_calls++;
  self->n_frames = gs_face_probe_get_n_frames (probe);
  g_ptr_array_add (self->open, task);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, answer_later, g_object_ref (task), g_object_unref);
}

static GsFaceComparison *
verify_finish (GsFaceEngine *engine, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
get_name (GsFaceEngine *engine)
{
  return "fake";
}

static const char *
get_version (GsFaceEngine *engine)
{
  return "1";
}

static void
engine_init (GsFaceEngineInterface *iface)
{
  iface->verify_async = verify_async;
  iface->verify_finish = verify_finish;
  iface->get_name = get_name;
  iface->get_version = get_version;
}

GsFakeFaceEngine *
gs_fake_face_engine_new (void)
{
  return g_object_new (GS_TYPE_FAKE_FACE_ENGINE, NULL);
}

void
gs_fake_face_engine_say (GsFakeFaceEngine *self, guint width, GsFaceVerdict verdict)
{
  g_hash_table_replace (self->verdicts, GUINT_TO_POINTER (width), GINT_TO_POINTER (verdict));
}

void
gs_fake_face_engine_set_attack (GsFakeFaceEngine *self, GsFaceAttack attack)
{
  self->attack = attack;
}

void
gs_fake_face_engine_hold (GsFakeFaceEngine *self, gboolean hold)
{
  self->held = hold;
  while (!hold && self->open->len > 0)
    answer (self, g_ptr_array_index (self->open, 0));
}

guint
gs_fake_face_engine_get_n_calls (GsFakeFaceEngine *self)
{
  return self->n_calls;
}

guint
gs_fake_face_engine_get_n_open (GsFakeFaceEngine *self)
{
  return self->open->len;
}

guint
gs_fake_face_engine_get_n_frames (GsFakeFaceEngine *self)
{
  return self->n_frames;
}

/* --- the watcher ------------------------------------------------------------------------------ */

struct _GsFakeFaceWatcher
{
  GObject parent_instance;

  guint troubles;
  double worth;
};

static void watcher_init (GsFaceWatcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFakeFaceWatcher,
                               gs_fake_face_watcher,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_FACE_WATCHER, watcher_init))

static void
gs_fake_face_watcher_class_init (GsFakeFaceWatcherClass *klass)
{
}

static void
gs_fake_face_watcher_init (GsFakeFaceWatcher *self)
{
  self->worth = 1;
}

static gboolean
look_later (gpointer data)
{
  g_autoptr (GTask) task = data;

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
look_async (GsFaceWatcher *watcher,
            const GsPixels *frame,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_idle_add (look_later, g_task_new (watcher, cancellable, callback, user_data));
}

static gboolean
look_finish (GsFaceWatcher *watcher, GAsyncResult *result, GsFaceView *view, GError **error)
{
  GsFakeFaceWatcher *self = GS_FAKE_FACE_WATCHER (watcher);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *view = (GsFaceView){ .eyes = { 0.5, 0.4, 0.2 },
                        .n_faces = (self->troubles & GS_FACE_TROUBLE_NO_FACE) != 0 ? 0 : 1,
                        .troubles = self->troubles,
                        .worth = self->worth };
  gs_face_quality_init (&view->quality);
  return TRUE;
}

static void
watcher_init (GsFaceWatcherInterface *iface)
{
  iface->look_async = look_async;
  iface->look_finish = look_finish;
}

GsFakeFaceWatcher *
gs_fake_face_watcher_new (void)
{
  return g_object_new (GS_TYPE_FAKE_FACE_WATCHER, NULL);
}

void
gs_fake_face_watcher_see (GsFakeFaceWatcher *self, guint troubles, double worth)
{
  self->troubles = troubles;
  self->worth = worth;
}
