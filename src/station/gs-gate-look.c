/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gate-look-private.h"

#include "gs-time.h"

struct _GsGateLook
{
  GObject parent_instance;

  GsCaseBook *book;
  GsStore *store;
  GsClock *clock;
  GsMakeCameraFunc make_camera;
  gpointer make_camera_data;
  GsSession *session;

  char *gate;       /* NULL: nothing is looked at */
  guint look;       /* counts looks; what an earlier one brings is dropped */
  GsCamera *camera; /* NULL until the look is in the record */
  gint64 end_monotonic_us;
  guint end_source;
  guint length_ms;
};

enum
{
  SIGNAL_CHANGED = 1,
  SIGNAL_PREVIEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsGateLook, gs_gate_look, G_TYPE_OBJECT)

static void
note_change (GsGateLook *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
stop_camera (GsGateLook *self)
{
  g_autoptr (GsCamera) camera = g_steal_pointer (&self->camera);

  if (camera == NULL)
    return;
  g_signal_handlers_disconnect_by_data (camera, self);
  gs_camera_stop (camera);
}

void
gs_gate_look_end (GsGateLook *self)
{
  g_return_if_fail (GS_IS_GATE_LOOK (self));

  if (self->gate == NULL)
    return;
  self->look++;
  g_clear_handle_id (&self->end_source, g_source_remove);
  stop_camera (self);
  g_clear_pointer (&self->gate, g_free);
  note_change (self);
}

static void
gs_gate_look_dispose (GObject *object)
{
  GsGateLook *self = GS_GATE_LOOK (object);

  gs_gate_look_end (self);
  g_clear_object (&self->book);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gs_gate_look_parent_class)->dispose (object);
}

static void
gs_gate_look_class_init (GsGateLookClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_gate_look_dispose;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PREVIEW] = g_signal_new ("preview", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, GS_TYPE_CAMERA_FRAME);
}

static void
gs_gate_look_init (GsGateLook *self)
{
  self->length_ms = GS_GATE_LOOK_MS;
}

/* --- the reason ------------------------------------------------------------------------------- */

/* An open case that came from the gate; NULL for none. */
static GsCase *
find_case (GsGateLook *self, const char *gate)
{
  g_autoptr (GPtrArray) cases = gs_case_book_list_present (self->book);

  for (guint i = 0; i < cases->len; i++)
    {
      GsCase *item = g_ptr_array_index (cases, i);
      const GsCrossing *crossing = gs_case_get_crossing (item);

      if (gs_crossing_is_open_case (crossing) && g_strcmp0 (crossing->gate, gate) == 0)
        return item;
    }
  return NULL;
}

static gboolean
has_alarm (GsGateLook *self, const char *gate)
{
  const GsGate *found = gs_case_book_find_gate (self->book, gate);

  return found != NULL && found->state == GS_GATE_STATE_ALARM;
}

static gboolean
has_reason (GsGateLook *self, const char *gate)
{
  return find_case (self, gate) != NULL || has_alarm (self, gate);
}

GsLookVerdict
gs_gate_look_judge (GsGateLook *self, const char *gate)
{
  const GsGate *found;

  g_return_val_if_fail (GS_IS_GATE_LOOK (self), GS_LOOK_NO_CAMERA);
  g_return_val_if_fail (gate != NULL, GS_LOOK_NO_CAMERA);

  found = gs_case_book_find_gate (self->book, gate);
  if (self->session == NULL || !gs_session_may_decide (self->session))
    return GS_LOOK_NOT_SIGNED_IN;
  if (found == NULL || found->camera == NULL || self->make_camera == NULL)
    return GS_LOOK_NO_CAMERA;
  return has_reason (self, gate) ? GS_LOOK_ALLOWED : GS_LOOK_NO_REASON;
}

/* The case was decided, or the alarm is over. */
static void
check_reason (GsGateLook *self)
{
  if (self->gate != NULL && !has_reason (self, self->gate))
    gs_gate_look_end (self);
}

/* --- the look --------------------------------------------------------------------------------- */

static void
on_preview (GsGateLook *self, GsCameraFrame *frame)
{
  g_signal_emit (self, signals[SIGNAL_PREVIEW], 0, frame);
}

static gboolean
on_end (gpointer data)
{
  GsGateLook *self = data;

  self->end_source = 0;
  gs_gate_look_end (self);
  return G_SOURCE_REMOVE;
}

static void
start_camera (GsGateLook *self)
{
  const GsGate *found = gs_case_book_find_gate (self->book, self->gate);

  if (self->camera == NULL && found != NULL && found->camera != NULL)
    self->camera = self->make_camera (found->camera, self->make_camera_data);
  if (self->camera == NULL)
    {
      gs_gate_look_end (self);
      return;
    }
  /* The minute begins with the picture's permission, not with the key. */
  self->end_monotonic_us =
    gs_clock_monotonic_us (self->clock) + self->length_ms * G_GINT64_CONSTANT (1000);
  g_clear_handle_id (&self->end_source, g_source_remove);
  self->end_source = g_timeout_add (self->length_ms, on_end, self);
  g_signal_handlers_disconnect_by_data (self->camera, self);
  g_signal_connect_object (self->camera, "preview", G_CALLBACK (on_preview), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "state-changed", G_CALLBACK (note_change), self,
                           G_CONNECT_SWAPPED);
  gs_camera_start (self->camera);
  note_change (self);
}

typedef struct
{
  GsGateLook *gate_look;
  guint look;
} Wait;

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (GsGateLook) self = wait->gate_look;
  guint look = wait->look;
  g_autoptr (GError) error = NULL;

  g_free (wait);
  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (look != self->look)
    return;
  if (error == NULL)
    {
      start_camera (self);
      return;
    }
  g_warning ("A look at a gate is not in the record, so there is none: %s", error->message);
  gs_gate_look_end (self);
}

static void
note (GsGateLook *self)
{
  GsCase *item = find_case (self, self->gate);
  gint64 now = gs_clock_now_utc_ms (self->clock);
  g_autofree char *detail = item != NULL
                              ? g_strdup_printf ("reason=case crossing=%s", gs_case_get_id (item))
                              : g_strdup ("reason=alarm");
  GsRecordEntry entry = { .kind = "gate.look",
                          .at_utc_ms = now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000,
                          .officer = gs_session_get_officer_id (self->session),
                          .subject = self->gate,
                          .detail = detail };
  Wait *wait = g_new0 (Wait, 1);

  wait->gate_look = g_object_ref (self);
  wait->look = self->look;
  gs_store_note_async (self->store, &entry, NULL, on_noted, wait);
}

gboolean
gs_gate_look_begin (GsGateLook *self, const char *gate)
{
  g_return_val_if_fail (GS_IS_GATE_LOOK (self), FALSE);

  if (gs_gate_look_judge (self, gate) != GS_LOOK_ALLOWED)
    return FALSE;
  if (g_strcmp0 (self->gate, gate) != 0)
    {
      gs_gate_look_end (self);
      self->gate = g_strdup (gate);
    }
  self->look++;
  note (self);
  note_change (self);
  return TRUE;
}

void
gs_gate_look_set_session (GsGateLook *self, GsSession *session)
{
  g_return_if_fail (GS_IS_GATE_LOOK (self));

  if (g_set_object (&self->session, session))
    gs_gate_look_end (self);
}

GsGateLook *
gs_gate_look_new (GsCaseBook *book,
                  GsStore *store,
                  GsClock *clock,
                  GsMakeCameraFunc make_camera,
                  gpointer user_data)
{
  GsGateLook *self = g_object_new (GS_TYPE_GATE_LOOK, NULL);

  self->book = g_object_ref (book);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->make_camera = make_camera;
  self->make_camera_data = user_data;
  g_signal_connect_object (book, "case-changed", G_CALLBACK (check_reason), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "gate-changed", G_CALLBACK (check_reason), self,
                           G_CONNECT_SWAPPED);
  return self;
}

const char *
gs_gate_look_get_gate (GsGateLook *self)
{
  g_return_val_if_fail (GS_IS_GATE_LOOK (self), NULL);
  return self->gate;
}

GsCamera *
gs_gate_look_get_camera (GsGateLook *self)
{
  g_return_val_if_fail (GS_IS_GATE_LOOK (self), NULL);
  return self->camera;
}

gint64
gs_gate_look_get_left_ms (GsGateLook *self)
{
  g_return_val_if_fail (GS_IS_GATE_LOOK (self), 0);

  if (self->camera == NULL)
    return 0;
  return MAX (0, (self->end_monotonic_us - gs_clock_monotonic_us (self->clock)) / 1000);
}

void
gs_gate_look_set_length_ms (GsGateLook *self, guint length_ms)
{
  g_return_if_fail (GS_IS_GATE_LOOK (self));
  self->length_ms = MIN (length_ms, GS_GATE_LOOK_MS);
}
