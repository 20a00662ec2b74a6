/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-desk-private.h"

#include "gs-face-image.h"
#include "gs-hall-error.h"
#include "gs-time.h"

/* Chip's and gate's picture of the case on the card, fetched from the hall and decoded in a worker;
 * the chip that is read at this desk brings its own. */

#define RETRY_MS 2000

typedef struct
{
  GsFaceDesk *desk;
  GsFacePair pair;
  guint visit;
} Load;

static Load *
load_new (GsFaceDesk *self, GsFacePair pair)
{
  Load *load = g_new0 (Load, 1);

  load->desk = g_object_ref (self);
  load->pair = pair;
  load->visit = self->visit;
  return load;
}

static void
load_free (Load *load)
{
  g_object_unref (load->desk);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static gboolean
is_revealed (GsFaceDesk *self)
{
  const GsFaceVerification *verification = gs_face_desk_get_verification (self);

  return verification != NULL && verification->revealed_utc_ms != GS_TIME_UNKNOWN;
}

static void
take_picture (GsFaceDesk *self, GsFacePair pair, const GsPixels *pixels, GsFaceReference source)
{
  GsFaceDeskPicture *picture = &self->pictures[pair];

  g_clear_pointer (&picture->pixels, gs_pixels_free);
  picture->pixels = gs_pixels_copy (pixels);
  picture->source = source;
  picture->loading = FALSE;
  g_clear_handle_id (&picture->retry_source, g_source_remove);
  gs_face_desk_find_eyes (self, pair);
  if (!is_revealed (self))
    gs_face_desk_compare_again (self, pair);
  gs_face_desk_note_change (self);
}

static void
end_without (GsFaceDesk *self, GsFacePair pair)
{
  self->pictures[pair].loading = FALSE;
  gs_face_desk_note_change (self);
}

/* --- decoding --------------------------------------------------------------------------------- */

static void
pixels_free (gpointer pixels)
{
  gs_pixels_free (pixels);
}

static void
decode_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GsPixels *pixels = gs_face_image_decode (data, &error);

  if (pixels != NULL)
    g_task_return_pointer (task, pixels, pixels_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  GsFaceDesk *self = load->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPixels) pixels = g_task_propagate_pointer (G_TASK (result), &error);

  if (load->visit != self->visit || self->pictures[load->pair].source == GS_FACE_REFERENCE_CHIP)
    return;
  if (pixels != NULL)
    {
      take_picture (self, load->pair, pixels, GS_FACE_REFERENCE_HALL);
      return;
    }
  g_message ("The hall's picture cannot be shown: %s", error->message);
  end_without (self, load->pair);
}

/* --- fetching --------------------------------------------------------------------------------- */

static void fetch (GsFaceDesk *self, GsFacePair pair);

static gboolean
on_retry_chip (gpointer data)
{
  GsFaceDesk *self = data;

  self->pictures[GS_FACE_PAIR_CHIP_DESK].retry_source = 0;
  fetch (self, GS_FACE_PAIR_CHIP_DESK);
  return G_SOURCE_REMOVE;
}

static gboolean
on_retry_gate (gpointer data)
{
  GsFaceDesk *self = data;

  self->pictures[GS_FACE_PAIR_GATE_DESK].retry_source = 0;
  fetch (self, GS_FACE_PAIR_GATE_DESK);
  return G_SOURCE_REMOVE;
}

static void
on_evidence (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  GsFaceDesk *self = load->desk;
  GsFaceDeskPicture *picture = &self->pictures[load->pair];
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallEvidence) evidence =
    gs_hall_get_evidence_finish (GS_HALL (source), result, &error);
  g_autoptr (GTask) task = NULL;

  if (load->visit != self->visit || picture->source == GS_FACE_REFERENCE_CHIP)
    return;
  if (evidence == NULL)
    {
      /* Nobody waits for a hall that does not answer; it is asked again while the card is open. */
      if (gs_hall_error_is_transient (error) && !is_revealed (self))
        picture->retry_source = g_timeout_add (
          RETRY_MS, load->pair == GS_FACE_PAIR_CHIP_DESK ? on_retry_chip : on_retry_gate, self);
      end_without (self, load->pair);
      return;
    }
  task = g_task_new (NULL, self->cancellable, on_decoded, load);
  g_task_set_task_data (task, g_bytes_ref (evidence->bytes), (GDestroyNotify) g_bytes_unref);
  g_steal_pointer (&load);
  gs_worker_push (self->worker, task, decode_in_worker);
}

static void
fetch (GsFaceDesk *self, GsFacePair pair)
{
  gs_hall_get_evidence_async (self->hall, gs_case_get_id (self->item),
                              pair == GS_FACE_PAIR_CHIP_DESK ? "chip-face" : "gate-face",
                              self->cancellable, on_evidence, load_new (self, pair));
}

void
gs_face_desk_load_pictures (GsFaceDesk *self)
{
  gs_face_desk_follow_document (self);
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    if (self->pictures[pair].source != GS_FACE_REFERENCE_CHIP)
      {
        self->pictures[pair].loading = TRUE;
        fetch (self, (GsFacePair) pair);
      }
}

void
gs_face_desk_drop_pictures (GsFaceDesk *self)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      GsFaceDeskPicture *picture = &self->pictures[pair];

      g_clear_pointer (&picture->pixels, gs_pixels_free);
      picture->source = GS_FACE_REFERENCE_NONE;
      picture->eyes = (GsFaceEyes){ 0 };
      picture->loading = FALSE;
      g_clear_handle_id (&picture->retry_source, g_source_remove);
    }
}

void
gs_face_desk_follow_document (GsFaceDesk *self)
{
  GsDeskDocument *document = NULL;
  const GsPixels *shown = self->pictures[GS_FACE_PAIR_CHIP_DESK].pixels;
  const GsPixels *read;

  if (self->item != NULL && self->session != NULL && !self->stopped)
    document = gs_case_get_document (self->item);
  read = document != NULL ? gs_desk_document_get_picture (document) : NULL;
  if (read != NULL && (shown == NULL || shown->rgb != read->rgb))
    take_picture (self, GS_FACE_PAIR_CHIP_DESK, read, GS_FACE_REFERENCE_CHIP);
}
