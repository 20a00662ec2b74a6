/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-desk.h"

#include "gs-worker.h"

struct _GsSealDesk
{
  GObject parent_instance;

  char **paths;
  GsSealRing *ring; /* the worker's: NULL until the first seal */
  GsWorker *worker;
};

G_DEFINE_FINAL_TYPE (GsSealDesk, gs_seal_desk, G_TYPE_OBJECT)

typedef struct
{
  GBytes *seal;
  char *state;
  char *number;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->seal);
  g_free (job->state);
  g_free (job->number);
  g_free (job);
}

static gboolean
load_ring (GsSealDesk *self, GError **error)
{
  g_autoptr (GsSealRing) ring = NULL;

  if (self->ring != NULL)
    return TRUE;
  ring = gs_seal_ring_new ();
  for (char **path = self->paths; path != NULL && *path != NULL; path++)
    if (!gs_seal_ring_add_path (ring, *path, error))
      return FALSE;
  self->ring = g_steal_pointer (&ring);
  return TRUE;
}

/* The latest day that it is anywhere on earth: a seal of a port far to the east is none of
 * tomorrow. */
static GsSealDate
get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) latest = g_date_time_add_hours (now, 14);

  return (GsSealDate){ (guint) g_date_time_get_year (latest),
                       (guint) g_date_time_get_month (latest),
                       (guint) g_date_time_get_day_of_month (latest) };
}

static void
judge (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GsSealDesk *self = GS_SEAL_DESK (source);
  const Job *job = data;
  g_autoptr (GError) error = NULL;
  GsSealInput input = {
    .bytes = job->seal, .today = get_today (), .state = job->state, .number = job->number
  };

  if (!load_ring (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  input.ring = self->ring;
  g_task_return_pointer (task, gs_seal_verdict_run (&input), (GDestroyNotify) gs_verdict_unref);
}

static void
gs_seal_desk_finalize (GObject *object)
{
  GsSealDesk *self = GS_SEAL_DESK (object);

  gs_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->ring, gs_seal_ring_unref);
  g_strfreev (self->paths);
  G_OBJECT_CLASS (gs_seal_desk_parent_class)->finalize (object);
}

static void
gs_seal_desk_class_init (GsSealDeskClass *class)
{
  G_OBJECT_CLASS (class)->finalize = gs_seal_desk_finalize;
}

static void
gs_seal_desk_init (GsSealDesk *self)
{
  self->worker = gs_worker_new ("seal-reader");
}

GsSealDesk *
gs_seal_desk_new (const GsConfig *config)
{
  GsSealDesk *self = g_object_new (GS_TYPE_SEAL_DESK, NULL);

  self->paths = g_strdupv (config->seal_keys);
  return self;
}

gboolean
gs_seal_desk_has_keys (GsSealDesk *self)
{
  g_return_val_if_fail (GS_IS_SEAL_DESK (self), FALSE);
  return self->paths != NULL && self->paths[0] != NULL;
}

void
gs_seal_desk_judge_async (GsSealDesk *self,
                          GBytes *seal,
                          const char *state,
                          const char *number,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (GS_IS_SEAL_DESK (self));
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job){ g_bytes_ref (seal), g_strdup (state), g_strdup (number) };
  g_task_set_source_tag (task, gs_seal_desk_judge_async);
  g_task_set_task_data (task, job, job_free);
  gs_worker_push (self->worker, task, judge);
}

GsVerdict *
gs_seal_desk_judge_finish (GsSealDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
