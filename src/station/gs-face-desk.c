/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-desk-private.h"

#include <math.h>

#include "gs-face-standing.h"
#include "gs-time.h"

enum
{
  SIGNAL_CHANGED = 1,
  SIGNAL_VIEW_CHANGED,
  SIGNAL_PREVIEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsFaceDesk, gs_face_desk, G_TYPE_OBJECT)

static void
gs_face_desk_dispose (GObject *object)
{
  GsFaceDesk *self = GS_FACE_DESK (object);

  gs_face_desk_stop (self);
  if (self->worker != NULL)
    gs_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->hall);
  g_clear_object (&self->book);
  g_clear_object (&self->documents);
  g_clear_object (&self->camera);
  g_clear_object (&self->engine);
  g_clear_object (&self->watcher);
  g_clear_pointer (&self->verification_id, g_free);
  G_OBJECT_CLASS (gs_face_desk_parent_class)->dispose (object);
}

static void
gs_face_desk_class_init (GsFaceDeskClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_face_desk_dispose;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_VIEW_CHANGED] =
    g_signal_new ("view-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PREVIEW] = g_signal_new ("preview", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, GS_TYPE_CAMERA_FRAME);
}

static void
gs_face_desk_init (GsFaceDesk *self)
{
  self->left_utc_ms = GS_TIME_UNKNOWN;
  self->guard_ms = GS_FACE_DESK_GUARD_MS;
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    self->pictures[pair].source = GS_FACE_REFERENCE_NONE;
}

static void
on_preview (GsFaceDesk *self, GsCameraFrame *frame)
{
  if (self->running)
    g_signal_emit (self, signals[SIGNAL_PREVIEW], 0, frame);
}

GsFaceDesk *
gs_face_desk_new (const GsFaceDeskParts *parts)
{
  GsFaceDesk *self = g_object_new (GS_TYPE_FACE_DESK, NULL);

  self->config = parts->config;
  self->store = g_object_ref (parts->store);
  self->clock = g_object_ref (parts->clock);
  self->hall = g_object_ref (parts->hall);
  self->book = g_object_ref (parts->book);
  self->documents = g_object_ref (parts->documents);
  g_set_object (&self->camera, parts->camera);
  g_set_object (&self->engine, parts->engine);
  g_set_object (&self->watcher, parts->watcher);
  self->worker = gs_worker_new ("face-pictures");
  g_signal_connect_object (self->documents, "changed", G_CALLBACK (gs_face_desk_update_camera),
                           self, G_CONNECT_SWAPPED);
  /* The document desk goes on telling how a reading ended when the chip is gone. */
  if (gs_document_desk_get_reader (self->documents) != NULL)
    g_signal_connect_object (gs_document_desk_get_reader (self->documents), "state-changed",
                             G_CALLBACK (gs_face_desk_update_camera), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (self->camera != NULL)
    {
      g_signal_connect_object (self->camera, "preview", G_CALLBACK (on_preview), self,
                               G_CONNECT_SWAPPED);
      gs_face_desk_connect_camera (self);
    }
  return self;
}

void
gs_face_desk_note_change (GsFaceDesk *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gs_face_desk_note_view (GsFaceDesk *self)
{
  g_signal_emit (self, signals[SIGNAL_VIEW_CHANGED], 0);
}

gint64
gs_face_desk_now_utc_ms (GsFaceDesk *self)
{
  gint64 now = gs_clock_now_utc_ms (self->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

GsFaceVerification *
gs_face_desk_get_verification (GsFaceDesk *self)
{
  return self->item != NULL && self->session != NULL ? gs_case_get_verification (self->item) : NULL;
}

/* --- case and officer ------------------------------------------------------------------------- */

void
gs_face_desk_clear_sitting (GsFaceDesk *self)
{
  self->sitting++;
  self->second_judging = FALSE;
  g_clear_object (&self->second);
  gs_face_desk_drop_comparisons (self);
  gs_face_desk_drop_probe (self);
  self->attack_seen = FALSE;
}

void
gs_face_desk_follow_verification (GsFaceDesk *self)
{
  const GsFaceVerification *verification = gs_face_desk_get_verification (self);

  g_free (self->verification_id);
  self->verification_id = verification != NULL ? g_strdup (verification->id) : NULL;
}

/* Whoever closes the card cannot take back what was revealed; what was not complete counts for
 * nothing, and its answers are in the record. */
static void
settle (GsFaceDesk *self)
{
  GsFaceVerification *verification = gs_face_desk_get_verification (self);

  if (verification == NULL)
    return;
  gs_face_desk_end_second (self);
  if (verification->stored || self->writing)
    return;
  if (verification->revealed_utc_ms != GS_TIME_UNKNOWN)
    gs_face_desk_give_up_comparing (self);
  else
    gs_case_end_verification (self->item);
}

static void
leave (GsFaceDesk *self)
{
  GCancellable *cancellable = g_steal_pointer (&self->cancellable);

  if (cancellable == NULL)
    return;
  settle (self);
  self->visit++;
  g_cancellable_cancel (cancellable);
  g_object_unref (cancellable);
  gs_face_desk_clear_sitting (self);
  gs_face_desk_drop_pictures (self);
  gs_face_desk_stop_camera (self);
  g_clear_pointer (&self->verification_id, g_free);
  self->writing = FALSE;
  self->was_on_reader = FALSE;
  self->left_utc_ms = GS_TIME_UNKNOWN;
}

static gboolean
is_decided (GsCase *item)
{
  return gs_case_get_pending (item) != 0 || gs_case_get_gone (item)
         || gs_case_get_crossing (item)->state == GS_CROSSING_STATE_ENDED;
}

static void
arrive (GsFaceDesk *self)
{
  if (self->item == NULL || self->session == NULL || self->stopped)
    return;
  self->cancellable = g_cancellable_new ();
  gs_face_desk_follow_verification (self);
  self->decided = is_decided (self->item);
  if (self->decided)
    return;
  gs_face_desk_load_pictures (self);
  gs_face_desk_update_camera (self);
}

/* Pictures live until the decision; when it is undone they are fetched again. */
static void
follow_decision (GsFaceDesk *self)
{
  gboolean decided = is_decided (self->item);

  if (decided == self->decided)
    return;
  self->decided = decided;
  if (decided)
    {
      settle (self);
      gs_face_desk_stop_camera (self);
      gs_face_desk_clear_sitting (self);
      gs_face_desk_drop_pictures (self);
    }
  else
    gs_face_desk_load_pictures (self);
  gs_face_desk_note_change (self);
}

/* The case may have been decided or referred anew, or its chip may have been read. */
static void
on_case_changed (GsFaceDesk *self)
{
  const GsFaceVerification *verification = gs_face_desk_get_verification (self);

  if (self->cancellable == NULL)
    return;
  if (g_strcmp0 (self->verification_id, verification != NULL ? verification->id : NULL) != 0)
    {
      gs_face_desk_follow_verification (self);
      gs_face_desk_clear_sitting (self);
      gs_face_desk_note_change (self);
    }
  follow_decision (self);
  if (self->decided)
    return;
  gs_face_desk_follow_document (self);
  gs_face_desk_update_camera (self);
}

void
gs_face_desk_set_case (GsFaceDesk *self, GsCase *item)
{
  g_return_if_fail (GS_IS_FACE_DESK (self));

  if (self->item == item)
    return;
  leave (self);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, on_case_changed, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (on_case_changed), self,
                             G_CONNECT_SWAPPED);
  arrive (self);
  gs_face_desk_note_change (self);
}

GsCase *
gs_face_desk_get_case (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  return self->item;
}

void
gs_face_desk_set_session (GsFaceDesk *self, GsSession *session)
{
  g_return_if_fail (GS_IS_FACE_DESK (self));

  if (self->session == session)
    return;
  leave (self);
  g_set_object (&self->session, session);
  arrive (self);
  gs_face_desk_note_change (self);
}

void
gs_face_desk_stop (GsFaceDesk *self)
{
  g_return_if_fail (GS_IS_FACE_DESK (self));

  if (self->stopped)
    return;
  gs_face_desk_set_case (self, NULL);
  g_clear_object (&self->session);
  self->stopped = TRUE;
}

/* --- facts ------------------------------------------------------------------------------------ */

GsCamera *
gs_face_desk_get_camera (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  return self->camera;
}

GsFaceEngine *
gs_face_desk_get_engine (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  return self->engine;
}

gboolean
gs_face_desk_has_guidance (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);
  return self->watcher != NULL;
}

const GsPixels *
gs_face_desk_get_chip_picture (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  return self->pictures[GS_FACE_PAIR_CHIP_DESK].pixels;
}

const GsPixels *
gs_face_desk_get_gate_picture (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  return self->pictures[GS_FACE_PAIR_GATE_DESK].pixels;
}

gboolean
gs_face_desk_is_loading (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);
  return self->pictures[GS_FACE_PAIR_CHIP_DESK].loading
         || self->pictures[GS_FACE_PAIR_GATE_DESK].loading;
}

void
gs_face_desk_get_rates (GsFaceDesk *self, GsFaceErrorRates *rates)
{
  *rates = (GsFaceErrorRates){ NAN, NAN, NAN, NAN, 0 };
  g_return_if_fail (GS_IS_FACE_DESK (self));
  if (self->engine != NULL)
    gs_face_engine_describe_errors (self->engine, rates);
}

gboolean
gs_face_desk_is_verified (GsFaceDesk *self, GsCase *item, gint64 *at_utc_ms)
{
  const GsFaceVerification *verification;
  gboolean verified;

  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);

  verification = self->session != NULL ? gs_case_get_verification (item) : NULL;
  verified =
    gs_face_judge_standing (verification, &self->config->face, gs_clock_now_utc_ms (self->clock))
    == GS_FACE_STANDING_VERIFIED;
  if (at_utc_ms != NULL)
    *at_utc_ms = verified ? gs_face_verification_get_utc_ms (verification) : GS_TIME_UNKNOWN;
  return verified;
}
