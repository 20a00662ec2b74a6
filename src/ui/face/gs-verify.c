/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-verify.h"

#include <glib/gi18n.h>

#include "gs-face-judging.h"
#include "gs-format.h"
#include "gs-next-step.h"
#include "gs-reason-text.h"
#include "gs-second-officer-dialog.h"
#include "gs-time.h"
#include "gs-verify-results.h"

#define DATA "gs-verify"

/* The sheet and the face desk, joined; owned by the sheet. */
typedef struct
{
  GsVerifySheet *sheet;
  GsStation *station;
  GsFaceDesk *desk;
  GsCase *item;
  gint64 opened_monotonic_us;
  guint tick_source;
  gconstpointer shown[GS_FACE_N_PLACES]; /* compared, never read */
} GsVerify;

static void
verify_free (gpointer data)
{
  GsVerify *self = data;

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->desk, self);
  g_object_unref (self->station);
  g_object_unref (self->desk);
  g_object_unref (self->item);
  g_free (self);
}

static gboolean
is_on_card (GsVerify *self)
{
  return gs_face_desk_get_case (self->desk) == self->item;
}

/* --- what is shown ---------------------------------------------------------------------------- */

static void
show_best (GsVerify *self, GsFaceFrame *frame)
{
  gint64 at_utc_ms = gs_face_desk_get_best_utc_ms (self->desk);
  GsFaceEyes eyes = gs_face_desk_get_best_eyes (self->desk);
  g_autofree char *time =
    at_utc_ms != GS_TIME_UNKNOWN ? gs_format_time (self->station, at_utc_ms) : NULL;

  gs_face_judging_show_pixels (frame, gs_face_desk_get_best (self->desk),
                               _ ("no picture was taken"), &self->shown[GS_FACE_PLACE_DESK]);
  gs_face_picture_set_eyes (gs_face_frame_get_picture (frame), &eyes);
  gs_face_frame_set_caption (frame, _ ("Desk, best"), time);
}

static void
show_head (GsVerify *self, gboolean revealed)
{
  const GsCrossing *crossing = gs_case_get_crossing (self->item);
  const GsTraveller *traveller = crossing->traveller;
  g_autofree char *name = gs_format_name (self->item);
  g_autofree char *number = gs_format_gate (self->station, crossing->gate);
  const char *code = revealed && crossing->reasons != NULL ? crossing->reasons[0] : NULL;
  /* Translators: the gate's number. */
  g_autofree char *gate = g_strdup_printf (_ ("gate %s"), number);
  g_autofree char *line = g_strjoin (
    " · ", name,
    traveller != NULL && traveller->document_number != NULL ? traveller->document_number : "–",
    gate, code, NULL);
  gboolean differ = revealed && gs_verify_results_differ (self->item, self->desk);

  gs_verify_sheet_set_head (
    self->sheet,
    revealed ? gs_sign_for_priority ((guint) gs_case_get_priority (self->item), FALSE)
             : GS_SIGN_NONE,
    line, differ ? _ ("Gate and desk engines differ") : NULL);
}

static void
show_outcomes (GsVerify *self)
{
  GsFaceOutcomes *outcomes = gs_verify_sheet_get_outcomes (self->sheet);
  const char *const not_needed[] = { _ ("not needed"), NULL };
  const char *const not_undone[] = { _ ("an answer is not undone"), NULL };
  g_autofree const char **admit =
    gs_reason_text_blocks (gs_station_blocks (self->station, self->item, GS_OUTCOME_ADMITTED));
  g_autofree const char **second_line =
    gs_reason_text_blocks (gs_station_blocks (self->station, self->item, GS_OUTCOME_SECOND_LINE));
  g_autofree const char **more =
    gs_reason_text_blocks (gs_station_more_blocks (self->station, self->item));
  /* Two officers for the case, whatever the face came to. */
  gboolean second = gs_station_needs_second (self->station, self->item);
  GsFaceRuling ruling;

  gs_face_desk_get_ruling (self->desk, &ruling);
  if (ruling.step == GS_FACE_STEP_ADMIT && second)
    ruling.step = GS_FACE_STEP_SECOND_OFFICER;
  gs_face_outcomes_set_step (outcomes, ruling.step);
  gs_face_outcomes_set_reasons (outcomes, "second-officer",
                                ruling.step == GS_FACE_STEP_SECOND_OFFICER || second ? NULL
                                                                                     : not_needed);
  gs_face_outcomes_set_reasons (outcomes, "admit", admit);
  gs_face_outcomes_set_reasons (outcomes, "second-line", second_line);
  gs_face_outcomes_set_reasons (outcomes, "verify",
                                gs_face_desk_can_begin_again (self->desk) ? NULL : not_undone);
  gs_face_outcomes_set_reasons (outcomes, "more", more);
}

static void
update (GsVerify *self)
{
  GsFaceCompare *compare = gs_verify_sheet_get_compare (self->sheet);
  gboolean revealed;

  if (!is_on_card (self))
    return;
  revealed = gs_face_desk_is_revealed (self->desk);
  gs_verify_sheet_set_revealed (self->sheet, revealed);
  show_head (self, revealed);
  if (!revealed)
    return;
  gs_face_judging_show_references (
    self->station, self->desk, gs_face_compare_get_frame (compare, GS_FACE_PLACE_CHIP),
    gs_face_compare_get_frame (compare, GS_FACE_PLACE_GATE), self->shown);
  show_best (self, gs_face_compare_get_frame (compare, GS_FACE_PLACE_DESK));
  gs_verify_results_show (compare, self->station, self->item, self->desk);
  show_outcomes (self);
}

/* How long the officer takes; it stands still once everything is revealed. */
static gboolean
on_tick (gpointer data)
{
  GsVerify *self = data;
  g_autofree char *elapsed =
    gs_time_format_duration ((g_get_monotonic_time () - self->opened_monotonic_us) / 1000);

  if (is_on_card (self) && gs_face_desk_is_revealed (self->desk))
    show_outcomes (self);
  else
    gs_verify_sheet_set_elapsed (self->sheet, elapsed);
  return G_SOURCE_CONTINUE;
}

/* --- what the officer does -------------------------------------------------------------------- */

static void
on_answered (GsVerify *self, int judgement)
{
  if (is_on_card (self))
    gs_face_judging_answer (self->station, self->desk, -1, (GsJudgement) judgement);
}

static void
on_second (GsSession *second, gpointer user_data)
{
  g_autoptr (GsVerifySheet) sheet = user_data;
  GsVerify *self = g_object_get_data (G_OBJECT (sheet), DATA);

  if (second == NULL || self == NULL || !is_on_card (self))
    return;
  if (!gs_face_desk_begin_second (self->desk, second))
    gs_verify_sheet_set_notice (sheet, _ ("A second officer cannot judge this now."));
}

static void
on_chosen (GsVerify *self, const char *action)
{
  GsFaceRuling ruling;

  gs_verify_sheet_set_notice (self->sheet, NULL);
  gs_face_desk_get_ruling (self->desk, &ruling);
  if (g_str_equal (action, "verify"))
    gs_face_desk_begin_again (self->desk);
  else if (g_str_equal (action, "second-officer") && ruling.step == GS_FACE_STEP_SECOND_OFFICER)
    gs_second_officer_dialog_present (
      GTK_WINDOW (self->sheet), self->station, GS_APPROVAL_FACE,
      _ ("The second officer signs in, then judges alone and without seeing any result."),
      on_second, g_object_ref (self->sheet));
}

/* A second officer who leaves before the first answer changes nothing. */
static void
on_gone (GtkWidget *sheet)
{
  GsVerify *self = g_object_get_data (G_OBJECT (sheet), DATA);
  g_autoptr (GsFaceDesk) desk = g_object_ref (self->desk);
  gboolean judging = is_on_card (self) && gs_face_desk_is_second_judging (desk);

  g_object_set_data (G_OBJECT (sheet), DATA, NULL);
  if (judging)
    gs_face_desk_cancel_second (desk);
}

GsVerifySheet *
gs_verify_open (GtkWindow *parent, GsStation *station, GsFaceDesk *desk)
{
  GsVerify *self;
  GsVerifySheet *sheet;

  g_return_val_if_fail (gs_face_desk_get_case (desk) != NULL, NULL);
  sheet = gs_verify_sheet_new (parent);
  self = g_new0 (GsVerify, 1);
  self->sheet = sheet;
  self->station = g_object_ref (station);
  self->desk = g_object_ref (desk);
  self->item = g_object_ref (gs_face_desk_get_case (desk));
  self->opened_monotonic_us = g_get_monotonic_time ();
  self->tick_source = g_timeout_add_seconds (1, on_tick, self);
  g_object_set_data_full (G_OBJECT (sheet), DATA, self, verify_free);
  gs_face_judging_attach (gs_verify_sheet_get_judge (sheet), station, desk);
  g_signal_connect_swapped (sheet, "answered", G_CALLBACK (on_answered), self);
  g_signal_connect_swapped (sheet, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect (sheet, "destroy", G_CALLBACK (on_gone), NULL);
  g_signal_connect_swapped (desk, "changed", G_CALLBACK (update), self);
  on_tick (self);
  update (self);
  return sheet;
}
