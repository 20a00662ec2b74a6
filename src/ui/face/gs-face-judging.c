/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-judging.h"

#include <glib/gi18n.h>

#include "gs-face-live.h"
#include "gs-face-text.h"
#include "gs-face-texture.h"
#include "gs-format.h"
#include "gs-time.h"

/* Owned by the page. */
typedef struct
{
  GsFaceJudge *page;
  GsStation *station;
  GsFaceDesk *desk;
  GsCase *item;
  gconstpointer shown[2];
} Judging;

static void
judging_free (gpointer data)
{
  Judging *self = data;

  g_signal_handlers_disconnect_by_data (self->desk, self);
  g_object_unref (self->station);
  g_object_unref (self->desk);
  g_object_unref (self->item);
  g_free (self);
}

/* --- pictures --------------------------------------------------------------------------------- */

void
gs_face_judging_show_pixels (GsFaceFrame *frame,
                             const GsPixels *pixels,
                             const char *absent,
                             gconstpointer *shown)
{
  GsFacePicture *picture = gs_face_frame_get_picture (frame);
  gconstpointer key = pixels != NULL ? (gconstpointer) pixels->rgb : absent;
  g_autoptr (GdkTexture) texture = NULL;

  if (*shown == key)
    return;
  *shown = key;
  texture = gs_face_texture_from_pixels (pixels);
  gs_face_picture_set_paintable (picture, GDK_PAINTABLE (texture));
  gs_face_picture_set_cover (picture, pixels != NULL ? GS_FACE_COVER_NONE : GS_FACE_COVER_ABSENT,
                             pixels != NULL ? NULL : absent);
}

void
gs_face_judging_show_references (GsStation *station,
                                 GsFaceDesk *desk,
                                 GsFaceFrame *chip,
                                 GsFaceFrame *gate,
                                 gconstpointer shown[2])
{
  GsCase *item = gs_face_desk_get_case (desk);
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GsFaceEyes chip_eyes = gs_face_desk_get_chip_eyes (desk);
  GsFaceEyes gate_eyes = gs_face_desk_get_gate_eyes (desk);
  const char *absent = gs_face_desk_is_loading (desk) ? _ ("loading…") : _ ("no picture");
  g_autofree char *number = gs_format_gate (station, crossing->gate);
  g_autofree char *caption = g_strdup_printf (_ ("Gate %s"), number);
  g_autofree char *time = gs_format_time (station, crossing->started_utc_ms);

  gs_face_judging_show_pixels (chip, gs_face_desk_get_chip_picture (desk), absent, &shown[0]);
  gs_face_judging_show_pixels (gate, gs_face_desk_get_gate_picture (desk), absent, &shown[1]);
  gs_face_picture_set_eyes (gs_face_frame_get_picture (chip), &chip_eyes);
  gs_face_picture_set_eyes (gs_face_frame_get_picture (gate), &gate_eyes);
  gs_face_frame_set_caption (chip, _ ("Chip"),
                             gs_case_get_document (item) != NULL ? _ ("read here") : NULL);
  gs_face_frame_set_caption (gate, caption, time);
}

/* --- what is shown ---------------------------------------------------------------------------- */

static char *
dup_best_note (Judging *self)
{
  gint64 at_utc_ms = gs_face_desk_get_best_utc_ms (self->desk);
  g_autofree char *time = NULL;

  if (at_utc_ms == GS_TIME_UNKNOWN || !gs_face_desk_has_capture (self->desk))
    return NULL;
  time = gs_format_time (self->station, at_utc_ms);
  /* Translators: a time of day. */
  return g_strdup_printf (_ ("best frame kept %s"), time);
}

static void
show_guidance (Judging *self)
{
  GsFaceGuidance *guidance = gs_face_judge_get_guidance (self->page);
  const GsFaceView *view = gs_face_desk_get_view (self->desk);
  gboolean live = gs_face_desk_get_state (self->desk) == GS_FACE_DESK_LIVE;
  gboolean captured = gs_face_desk_has_capture (self->desk);
  const char *sentence = gs_face_live_sentence (self->desk);
  g_autofree char *note = dup_best_note (self);

  if (sentence == NULL && gs_face_desk_get_wait (self->desk) == GS_FACE_WAIT_PICTURES)
    sentence = _ ("The pictures of chip and gate are on their way.");
  else if (sentence == NULL && !gs_face_desk_has_guidance (self->desk))
    sentence = captured ? _ ("The picture is taken.")
                        : _ ("No guidance at this desk. Take the picture when the face is near, "
                             "straight, lit and sharp.");
  else if (sentence == NULL && view != NULL)
    sentence = gs_face_text_trouble (view->troubles);
  gs_face_guidance_set_view (guidance, live ? view : NULL);
  gs_face_guidance_set_words (guidance, sentence, note);
  gs_face_guidance_set_capture (guidance, live && !captured);
}

static void
show_questions (Judging *self)
{
  static const GsFacePair pairs[GS_FACE_N_ROWS] = { GS_FACE_PAIR_CHIP_DESK,
                                                    GS_FACE_PAIR_GATE_DESK };
  gboolean ready = gs_face_desk_get_wait (self->desk) == GS_FACE_WAIT_NONE;
  GsFacePair asked = gs_face_desk_get_asked (self->desk);
  GsSession *second =
    gs_face_desk_is_second_judging (self->desk) ? gs_face_desk_get_second (self->desk) : NULL;

  for (guint i = 0; i < GS_FACE_N_ROWS; i++)
    gs_face_judge_set_row (self->page, i, gs_face_desk_is_pair_asked (self->desk, pairs[i]),
                           ready && asked == pairs[i],
                           gs_face_desk_get_answer (self->desk, pairs[i]));
  gs_face_judge_set_ready (self->page, ready);
  gs_face_judge_set_turn (self->page, second != NULL ? gs_session_get_display_name (second) : NULL);
  gs_face_judge_set_attack (self->page, gs_face_desk_get_attack_seen (self->desk));
}

static void
update (Judging *self)
{
  g_autofree char *number = NULL;
  g_autofree char *gate = NULL;

  if (gs_face_desk_get_case (self->desk) != self->item)
    return;
  number = gs_format_gate (self->station, gs_case_get_crossing (self->item)->gate);
  gate = g_strdup_printf (_ ("Gate %s"), number);
  gs_face_judging_show_references (
    self->station, self->desk, gs_face_judge_get_frame (self->page, GS_FACE_PLACE_CHIP),
    gs_face_judge_get_frame (self->page, GS_FACE_PLACE_GATE), self->shown);
  gs_face_judge_set_gate (self->page, gate);
  show_questions (self);
  show_guidance (self);
}

static void
on_view (Judging *self)
{
  if (gs_face_desk_get_case (self->desk) == self->item)
    show_guidance (self);
}

/* --- what the officer does -------------------------------------------------------------------- */

gboolean
gs_face_judging_answer (GsStation *station, GsFaceDesk *desk, int row, GsJudgement judgement)
{
  GsFacePair pair = row < 0                   ? gs_face_desk_get_asked (desk)
                    : row == GS_FACE_ROW_CHIP ? GS_FACE_PAIR_CHIP_DESK
                                              : GS_FACE_PAIR_GATE_DESK;
  GsSession *by = gs_face_desk_is_second_judging (desk) ? gs_face_desk_get_second (desk)
                                                        : gs_station_get_session (station);

  return pair != 0 && by != NULL && gs_face_desk_answer (desk, pair, judgement, by);
}

static void
on_answered (Judging *self, int row, int judgement)
{
  if (gs_face_desk_get_case (self->desk) == self->item)
    gs_face_judging_answer (self->station, self->desk, row, (GsJudgement) judgement);
}

static void
on_attack (Judging *self, gboolean seen)
{
  if (gs_face_desk_get_case (self->desk) != self->item)
    return;
  gs_face_desk_set_attack_seen (self->desk, seen);
  update (self);
}

static void
on_capture (Judging *self)
{
  if (gs_face_desk_get_case (self->desk) == self->item)
    gs_face_desk_capture (self->desk);
}

/* The desk lives on: nothing of it may reach a page that is taken apart. */
static void
on_gone (GtkWidget *page)
{
  g_object_set_data (G_OBJECT (page), "gs-face-judging", NULL);
}

void
gs_face_judging_attach (GsFaceJudge *page, GsStation *station, GsFaceDesk *desk)
{
  Judging *self;

  g_return_if_fail (gs_face_desk_get_case (desk) != NULL);
  self = g_new0 (Judging, 1);
  self->page = page;
  self->station = g_object_ref (station);
  self->desk = g_object_ref (desk);
  self->item = g_object_ref (gs_face_desk_get_case (desk));
  g_object_set_data_full (G_OBJECT (page), "gs-face-judging", self, judging_free);
  gs_face_live_attach (gs_face_judge_get_frame (page, GS_FACE_PLACE_DESK), desk);
  g_signal_connect_swapped (page, "answered", G_CALLBACK (on_answered), self);
  g_signal_connect_swapped (page, "attack", G_CALLBACK (on_attack), self);
  g_signal_connect_swapped (page, "capture", G_CALLBACK (on_capture), self);
  g_signal_connect (page, "destroy", G_CALLBACK (on_gone), NULL);
  g_signal_connect_swapped (desk, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (desk, "view-changed", G_CALLBACK (on_view), self);
  update (self);
}
