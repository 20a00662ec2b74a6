/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-desk-private.h"

/* Each picture goes through the watcher once, for the eyes alone: what it thinks of the picture is
 * dropped, so that nothing of it can lead a judgement. */

typedef struct
{
  GsFaceDesk *desk;
  GsPixels *pixels;
  GsFacePair pair; /* 0: the best frame */
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->desk);
  gs_pixels_free (search->pixels);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Search) search = user_data;
  GsFaceDesk *self = search->desk;
  g_autoptr (GError) error = NULL;
  GsFaceView view = { 0 };
  const GsPixels *shown;

  if (!gs_face_watcher_look_finish (GS_FACE_WATCHER (source), result, &view, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("A picture cannot be looked at: %s", error->message);
      return;
    }
  /* Another picture may have taken its place. */
  shown = search->pair != 0 ? self->pictures[search->pair].pixels : gs_face_desk_get_best (self);
  if (shown == NULL || shown->rgb != search->pixels->rgb || view.n_faces == 0)
    return;
  if (search->pair != 0)
    self->pictures[search->pair].eyes = view.eyes;
  else
    self->best_eyes = view.eyes;
  gs_face_desk_note_change (self);
}

static void
search_in (GsFaceDesk *self, const GsPixels *pixels, GsFacePair pair)
{
  Search *search;

  if (self->watcher == NULL || pixels == NULL || self->cancellable == NULL)
    return;
  search = g_new0 (Search, 1);
  search->desk = g_object_ref (self);
  search->pixels = gs_pixels_copy (pixels);
  search->pair = pair;
  gs_face_watcher_look_async (self->watcher, pixels, self->cancellable, on_found, search);
}

void
gs_face_desk_find_eyes (GsFaceDesk *self, GsFacePair pair)
{
  self->pictures[pair].eyes = (GsFaceEyes){ 0 };
  search_in (self, self->pictures[pair].pixels, pair);
}

void
gs_face_desk_find_best_eyes (GsFaceDesk *self)
{
  self->best_eyes = (GsFaceEyes){ 0 };
  search_in (self, gs_face_desk_get_best (self), 0);
}

GsFaceEyes
gs_face_desk_get_chip_eyes (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), ((GsFaceEyes){ 0 }));
  return self->pictures[GS_FACE_PAIR_CHIP_DESK].eyes;
}

GsFaceEyes
gs_face_desk_get_gate_eyes (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), ((GsFaceEyes){ 0 }));
  return self->pictures[GS_FACE_PAIR_GATE_DESK].eyes;
}

GsFaceEyes
gs_face_desk_get_best_eyes (GsFaceDesk *self)
{
  g_return_val_if_fail (GS_IS_FACE_DESK (self), ((GsFaceEyes){ 0 }));
  return self->best_eyes;
}
