/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-desk-private.h"

#include "gs-time.h"

/* The camera belongs to the person at the desk: it runs while the document of the case on the card
 * is there. The best frames are kept by themselves. */

/* After the first good frame better ones are waited for, no longer than this. */
#define SETTLE_MS 1000

/* --- the document ----------------------------------------------------------------------------- */

static gint64
swipe_left_ms (GsFaceDesk *self)
{
  gint64 read = gs_case_get_read_utc_ms (self->item);

  if (gs_case_get_read_method (self->item) == GS_READ_NONE || read == GS_TIME_UNKNOWN
      || (self->left_utc_ms != GS_TIME_UNKNOWN && read <= self->left_utc_ms))
    return 0;
  return read + GS_FACE_DESK_SWIPE_MS - gs_face_desk_now_utc_ms (self);
}

GsFaceDocument
gs_face_desk_get_document (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), GS_FACE_DOCUMENT_NONE);

  if (self->item == NULL)
    return GS_FACE_DOCUMENT_NONE;
  if (gs_document_desk_is_on_reader (self->documents, self->item))
    return GS_FACE_DOCUMENT_ON_READER;
  if (swipe_left_ms (self) <= 0)
    return GS_FACE_DOCUMENT_NONE;
  return gs_case_get_read_method (self->item) == GS_READ_TYPED ? GS_FACE_DOCUMENT_TYPED
                                                               : GS_FACE_DOCUMENT_SWIPED;
}

gboolean
gs_face_desk_has_reader (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);
  return gs_document_desk_get_reader (self->documents) != NULL;
}

gboolean
gs_face_desk_has_document (GsFaceDesk *self)
{
  return gs_face_desk_get_document (self) != GS_FACE_DOCUMENT_NONE;
}

/* What was swiped and then lay on the reader is gone when it is taken from there. */
static void
follow_reader (GsFaceDesk *self)
{
  gboolean there =
    self->item != NULL && gs_document_desk_is_on_reader (self->documents, self->item);

  if (self->was_on_reader && !there)
    self->left_utc_ms = gs_face_desk_now_utc_ms (self);
  self->was_on_reader = there;
}

static gboolean
on_swipe_over (gpointer data)
{
  GsFaceDesk *self = data;

  self->swipe_source = 0;
  gs_face_desk_update_camera (self);
  return G_SOURCE_REMOVE;
}

static void
watch_swipe (GsFaceDesk *self)
{
  gint64 left_ms = self->item != NULL ? swipe_left_ms (self) : 0;

  g_clear_handle_id (&self->swipe_source, g_source_remove);
  if (self->running && left_ms > 0)
    self->swipe_source =
      g_timeout_add ((guint) MIN (left_ms + 1, GS_FACE_DESK_SWIPE_MS), on_swipe_over, self);
}

/* --- best frame ------------------------------------------------------------------------------- */

void
gs_face_desk_drop_probe (GsFaceDesk *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_object (&self->probe);
  self->best_eyes = (GsFaceEyes){ 0 };
  self->frozen = FALSE;
  self->take_next = FALSE;
}

void
gs_face_desk_freeze (GsFaceDesk *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->take_next = FALSE;
  if (self->probe == NULL)
    return;
  self->frozen = TRUE;
  gs_face_desk_compare (self);
}

static gboolean
on_settled (gpointer data)
{
  GsFaceDesk *self = data;

  self->settle_source = 0;
  gs_face_desk_freeze (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_judged (GsFaceDesk *self)
{
  const GsFaceVerification *verification = gs_face_desk_get_verification (self);

  return verification != NULL && gs_face_verification_has_answer (verification, FALSE);
}

static void
take_by_hand (GsFaceDesk *self, const GsPixels *frame)
{
  gs_face_desk_drop_probe (self);
  gs_face_desk_drop_comparisons (self);
  self->probe = gs_face_probe_new (frame, 0, gs_face_desk_now_utc_ms (self));
  gs_face_desk_find_best_eyes (self);
  gs_face_desk_freeze (self);
  gs_face_desk_note_change (self);
}

static void
take_good (GsFaceDesk *self, const GsPixels *frame, const GsFaceView *view)
{
  double worth = view->worth;
  const GsPixels *best = gs_face_desk_get_best (self);
  gint64 now = gs_face_desk_now_utc_ms (self);

  if (self->probe == NULL)
    {
      self->probe = gs_face_probe_new (frame, worth, now);
      self->settle_source = g_timeout_add (SETTLE_MS, on_settled, self);
    }
  else
    gs_face_probe_add (self->probe, frame, worth, now);
  /* The probe has its own dots: another best one is this frame. */
  if (gs_face_probe_get_best (self->probe) != best)
    self->best_eyes = view->eyes;
  if (gs_face_probe_get_n_frames (self->probe) == GS_FACE_PROBE_MAX_FRAMES)
    gs_face_desk_freeze (self);
}

/* frame: NULL when it is an earlier sitting's. The facts change with what is wrong, not with every
 * frame. */
static void
take_view (GsFaceDesk *self, const GsFaceView *view, const GsPixels *frame)
{
  gboolean had = self->probe != NULL;
  gboolean same =
    self->has_view && self->view.troubles == view->troubles && self->view.n_faces == view->n_faces;

  self->view = *view;
  self->has_view = TRUE;
  if (view->troubles == 0 && frame != NULL && !self->frozen && !is_judged (self))
    take_good (self, frame, view);
  gs_face_desk_note_view (self);
  if (!same || had != (self->probe != NULL))
    gs_face_desk_note_change (self);
}

/* --- frames ----------------------------------------------------------------------------------- */

static void
want_frame (GsFaceDesk *self)
{
  if (self->running && !self->looking
      && (self->take_next || (self->watcher != NULL && !self->frozen)))
    gs_camera_want_frame (self->camera);
}

void
gs_face_desk_look_again (GsFaceDesk *self)
{
  want_frame (self);
}

typedef struct
{
  GsFaceDesk *desk;
  GsPixels *frame;
  guint visit;
  guint sitting;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->desk);
  gs_pixels_free (look->frame);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Look) look = user_data;
  GsFaceDesk *self = look->desk;
  g_autoptr (GError) error = NULL;
  GsFaceView view = { 0 };
  gboolean seen = gs_face_watcher_look_finish (GS_FACE_WATCHER (source), result, &view, &error);

  self->looking = FALSE;
  if (look->visit != self->visit || !self->running)
    {
      want_frame (self);
      return;
    }
  if (seen)
    take_view (self, &view, look->sitting == self->sitting ? look->frame : NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("A frame cannot be looked at: %s", error->message);
  want_frame (self);
}

static void
on_frame (GsFaceDesk *self, gpointer data)
{
  const GsPixels *frame = data;
  Look *look;

  if (!self->running || frame == NULL)
    return;
  if (self->take_next)
    take_by_hand (self, frame);
  if (self->watcher == NULL || self->looking || self->frozen)
    return;
  look = g_new0 (Look, 1);
  look->desk = g_object_ref (self);
  look->frame = gs_pixels_copy (frame);
  look->visit = self->visit;
  look->sitting = self->sitting;
  self->looking = TRUE;
  gs_face_watcher_look_async (self->watcher, frame, self->cancellable, on_looked, look);
}

static void
on_camera_state (GsFaceDesk *self)
{
  if (self->running && gs_camera_get_state (self->camera) != GS_CAMERA_LIVE)
    self->has_view = FALSE;
  want_frame (self);
  gs_face_desk_note_change (self);
}

void
gs_face_desk_connect_camera (GsFaceDesk *self)
{
  g_signal_connect_object (self->camera, "frame", G_CALLBACK (on_frame), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "state-changed", G_CALLBACK (on_camera_state), self,
                           G_CONNECT_SWAPPED);
}

/* --- on and off ------------------------------------------------------------------------------- */

void
gs_face_desk_stop_camera (GsFaceDesk *self)
{
  g_clear_handle_id (&self->swipe_source, g_source_remove);
  self->has_view = FALSE;
  self->take_next = FALSE;
  if (!self->running)
    return;
  self->running = FALSE;
  gs_camera_stop (self->camera);
}

void
gs_face_desk_update_camera (GsFaceDesk *self)
{
  gboolean wanted;

  if (self->stopped)
    return;
  follow_reader (self);
  wanted = self->camera != NULL && self->cancellable != NULL && !self->decided
           && gs_face_desk_has_document (self);
  if (wanted && !self->running)
    {
      self->running = TRUE;
      gs_camera_start (self->camera);
      want_frame (self);
      gs_face_desk_note_change (self);
    }
  else if (!wanted && self->running)
    {
      gs_face_desk_stop_camera (self);
      /* Who comes back with the document may be somebody else. */
      if (!is_judged (self))
        {
          gs_face_desk_drop_comparisons (self);
          gs_face_desk_drop_probe (self);
        }
      gs_face_desk_note_change (self);
    }
  watch_swipe (self);
}

GsFaceDeskState
gs_face_desk_get_state (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), GS_FACE_DESK_NO_CAMERA);

  if (self->camera == NULL)
    return GS_FACE_DESK_NO_CAMERA;
  if (self->item == NULL || self->session == NULL)
    return GS_FACE_DESK_NO_CASE;
  if (!self->running)
    return GS_FACE_DESK_NO_DOCUMENT;
  switch (gs_camera_get_state (self->camera))
    {
    case GS_CAMERA_LIVE:
      return GS_FACE_DESK_LIVE;
    case GS_CAMERA_FROZEN:
      return GS_FACE_DESK_FROZEN;
    case GS_CAMERA_LOST:
      return GS_FACE_DESK_LOST;
    case GS_CAMERA_REFUSED:
      return GS_FACE_DESK_REFUSED;
    case GS_CAMERA_OFF:
    case GS_CAMERA_STARTING:
      break;
    }
  return GS_FACE_DESK_STARTING;
}

const GsFaceView *
gs_face_desk_get_view (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  return self->has_view ? &self->view : NULL;
}

const GsPixels *
gs_face_desk_get_best (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), NULL);
  return self->probe != NULL ? gs_face_probe_get_best (self->probe) : NULL;
}

gint64
gs_face_desk_get_best_utc_ms (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), GS_TIME_UNKNOWN);
  return self->probe != NULL ? gs_face_probe_get_best_utc_ms (self->probe) : GS_TIME_UNKNOWN;
}

gboolean
gs_face_desk_has_capture (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);
  return self->probe != NULL;
}

gboolean
gs_face_desk_capture (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), FALSE);

  if (gs_face_desk_get_state (self) != GS_FACE_DESK_LIVE || is_judged (self))
    return FALSE;
  self->take_next = TRUE;
  gs_camera_want_frame (self->camera);
  return TRUE;
}
