/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-face-text.h"
#include "gs-verify-sheet.h"

#include <math.h>

static void
show_faces (GsFaceFrame *chip, GsFaceFrame *gate, GsFaceFrame *desk)
{
  GsFaceFrame *frames[] = { chip, gate, desk };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GdkPaintable) face = gs_gallery_face (i);

      gs_face_picture_set_paintable (gs_face_frame_get_picture (frames[i]), face);
      gs_face_picture_set_cover (gs_face_frame_get_picture (frames[i]), GS_FACE_COVER_NONE, NULL);
    }
}

static GsVerifySheet *
sheet (void)
{
  GsVerifySheet *self = gs_verify_sheet_new (NULL);

  gs_verify_sheet_set_head (self, GS_SIGN_NONE, "ERIKSSON, ANNA MARIA · L898902C3 · gate 3", NULL);
  gs_verify_sheet_set_elapsed (self, "0:09");
  return self;
}

static GsFaceJudge *
judge (GsVerifySheet *self)
{
  GsFaceJudge *page = gs_verify_sheet_get_judge (self);
  GsFaceFrame *chip = gs_face_judge_get_frame (page, GS_FACE_PLACE_CHIP);
  GsFaceFrame *gate = gs_face_judge_get_frame (page, GS_FACE_PLACE_GATE);
  GsFaceFrame *desk = gs_face_judge_get_frame (page, GS_FACE_PLACE_DESK);

  show_faces (chip, gate, desk);
  gs_face_frame_set_caption (chip, "Chip", "read here");
  gs_face_frame_set_caption (gate, "Gate 3", "14:19:48");
  gs_face_frame_set_caption (desk, "Desk", NULL);
  gs_face_frame_set_foot (desk, GS_SIGN_NONE, "gs-passport-symbolic", "L898902C3", "on the reader");
  gs_face_judge_set_gate (page, "Gate 3");
  return page;
}

GtkWidget *
gs_gallery_verify_judge (void)
{
  GsVerifySheet *self = sheet ();
  GsFaceJudge *page = judge (self);
  GsFaceView view = { .n_faces = 1 };

  gs_face_picture_set_live (
    gs_face_frame_get_picture (gs_face_judge_get_frame (page, GS_FACE_PLACE_DESK)), TRUE);
  gs_face_guidance_set_view (gs_face_judge_get_guidance (page), &view);
  gs_face_guidance_set_words (gs_face_judge_get_guidance (page), gs_face_text_trouble (0),
                              "best frame kept 14:22:24");
  gs_face_judge_set_row (page, GS_FACE_ROW_CHIP, TRUE, TRUE, 0);
  gs_face_judge_set_row (page, GS_FACE_ROW_GATE, TRUE, FALSE, 0);
  return GTK_WIDGET (self);
}

/* The second officer's turn, one answer given, and a picture that is not good. */
GtkWidget *
gs_gallery_verify_second (void)
{
  GsVerifySheet *self = sheet ();
  GsFaceJudge *page = judge (self);
  GsFaceView view = { .n_faces = 1, .troubles = GS_FACE_TROUBLE_TOO_FAR | GS_FACE_TROUBLE_DARK };

  gs_face_picture_set_frozen (
    gs_face_frame_get_picture (gs_face_judge_get_frame (page, GS_FACE_PLACE_DESK)), TRUE);
  gs_face_guidance_set_view (gs_face_judge_get_guidance (page), &view);
  gs_face_guidance_set_words (gs_face_judge_get_guidance (page),
                              gs_face_text_trouble (view.troubles), NULL);
  gs_face_guidance_set_capture (gs_face_judge_get_guidance (page), TRUE);
  gs_face_judge_set_turn (page, "Sato");
  gs_face_judge_set_attack (page, TRUE);
  gs_face_judge_set_row (page, GS_FACE_ROW_CHIP, TRUE, FALSE, GS_JUDGEMENT_SAME);
  gs_face_judge_set_row (page, GS_FACE_ROW_GATE, TRUE, TRUE, 0);
  return GTK_WIDGET (self);
}

GtkWidget *
gs_gallery_verify_compare (void)
{
  static const char *const two[] = { "two officers", NULL };
  const GsFaceRuling ruling = { GS_FACE_STEP_SECOND_OFFICER, GS_FACE_GROUND_GATE_NO_MATCH };
  const GsFaceErrorRates rates = { 1.4e-3, 0.018, 0.0015, 0.041, 501 };
  const GsFaceQuality quality = { .inter_eye_px = 128,
                                  .sharpness_raw = 74,
                                  .yaw_degrees = 4,
                                  .pitch_degrees = -2,
                                  .uniformity = 81,
                                  .eyes_open = 92,
                                  .mouth_closed = 40 };
  const GsFaceResult results[] = {
    { .compared = "Chip to desk",
      .asked = TRUE,
      .first = GS_JUDGEMENT_SAME,
      .first_time = "14:22:31",
      .sign = GS_SIGN_SUCCESSFUL,
      .verdict = "Match .64",
      .detail = "this desk’s engine, 52 ms" },
    { .compared = "Gate 3 to desk",
      .asked = TRUE,
      .first = GS_JUDGEMENT_SAME,
      .first_time = "14:22:34",
      .sign = GS_SIGN_SUCCESSFUL,
      .verdict = "Match .71",
      .detail = "this desk’s engine, 49 ms" },
    { .compared = "Chip to gate 3",
      .sign = GS_SIGN_FAILED,
      .verdict = "No match",
      .code = "B01",
      .detail = "gate 3’s engine, 14:19:48" },
  };
  GsFaceComparison chip_desk = { .score = 0.64, .match_threshold = 0.56, .review_threshold = 0.42 };
  GsFaceComparison gate_desk = chip_desk;
  GsVerifySheet *self = sheet ();
  GsFaceCompare *page = gs_verify_sheet_get_compare (self);
  GsFaceFrame *desk = gs_face_compare_get_frame (page, GS_FACE_PLACE_DESK);
  GsFaceOutcomes *outcomes = gs_verify_sheet_get_outcomes (self);

  gate_desk.score = 0.71;
  gs_verify_sheet_set_head (self, GS_SIGN_PRIORITY_2,
                            "ERIKSSON, ANNA MARIA · L898902C3 · B01 · gate 3",
                            "Gate and desk engines differ");
  gs_verify_sheet_set_revealed (self, TRUE);
  show_faces (gs_face_compare_get_frame (page, GS_FACE_PLACE_CHIP),
              gs_face_compare_get_frame (page, GS_FACE_PLACE_GATE), desk);
  gs_face_frame_set_caption (desk, "Desk, best", "14:22:24");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    gs_face_compare_set_result (page, i, &results[i]);
  gs_face_compare_set_quality (page, &quality);
  gs_face_compare_set_scores (page, &chip_desk, &gate_desk);
  gs_face_compare_set_rates (page, &rates);
  gs_face_compare_add_gate (page, "Match with the chip picture", GS_SIGN_FAILED, "failed");
  gs_face_compare_add_gate (page, "No attack found", GS_SIGN_SUCCESSFUL, "successful");
  gs_face_compare_add_gate (page, "One face in view", GS_SIGN_SUCCESSFUL, "successful");
  gs_face_compare_set_ruling (page, &ruling, TRUE);
  gs_face_outcomes_set_step (outcomes, ruling.step);
  gs_face_outcomes_set_reasons (outcomes, "admit", two);
  return GTK_WIDGET (self);
}
