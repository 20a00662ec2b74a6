/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-judge.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-pair-question.h"
#include "gs-style.h"

struct _GsFaceJudge
{
  GtkBox parent_instance;

  GtkWidget *turn_box;
  GtkWidget *turn_label;
  GtkBox *body;
  AdwClamp *pictures_clamp;
  GsFaceFrame *chip;
  GsFaceFrame *gate;
  GsFaceFrame *desk;
  GsFaceGuidance *guidance;
  GtkWidget *hints;
  GsPairQuestion *chip_row;
  GsPairQuestion *gate_row;
  GtkToggleButton *attack_button;
  GtkWidget *attack_label;
  GtkWidget *blind_label;
  GtkWidget *title_box;
  GtkWidget *stays_label;
  GtkWidget *look_label;
  GtkBox *note_box;
  gboolean setting;
  gboolean compact;
};

enum
{
  ANSWERED,
  ATTACK,
  CAPTURE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsFaceJudge, gs_face_judge, GTK_TYPE_BOX)

GsFaceFrame *
gs_face_judge_get_frame (GsFaceJudge *self, GsFacePlace place)
{
  g_return_val_if_fail (GS_IS_FACE_JUDGE (self), NULL);
  return place == GS_FACE_PLACE_CHIP   ? self->chip
         : place == GS_FACE_PLACE_GATE ? self->gate
                                       : self->desk;
}

GsFaceGuidance *
gs_face_judge_get_guidance (GsFaceJudge *self)
{
  g_return_val_if_fail (GS_IS_FACE_JUDGE (self), NULL);
  return self->guidance;
}

void
gs_face_judge_set_gate (GsFaceJudge *self, const char *gate)
{
  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  gs_pair_question_set_words (self->chip_row, C_ ("picture", "Chip"), C_ ("picture", "Desk"),
                              _ ("the picture in the chip and the person here"));
  gs_pair_question_set_words (self->gate_row, gate, C_ ("picture", "Desk"),
                              _ ("the person at the gate and the person here"));
}

void
gs_face_judge_set_row (
  GsFaceJudge *self, GsFaceRow row, gboolean asked, gboolean marked, GsJudgement answer)
{
  GsPairQuestion *question;

  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  question = row == GS_FACE_ROW_CHIP ? self->chip_row : self->gate_row;
  gtk_widget_set_visible (GTK_WIDGET (question), asked);
  gs_pair_question_set_state (question, marked, answer);
  if (row == GS_FACE_ROW_GATE)
    gs_label_set (self->blind_label, asked
                                       ? _ ("All results are hidden until you have answered both.")
                                       : _ ("All results are hidden until you have answered."));
}

void
gs_face_judge_set_ready (GsFaceJudge *self, gboolean ready)
{
  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  gs_pair_question_set_ready (self->chip_row, ready);
  gs_pair_question_set_ready (self->gate_row, ready);
}

void
gs_face_judge_set_turn (GsFaceJudge *self, const char *second)
{
  g_autofree char *words = NULL;

  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  gtk_widget_set_visible (self->turn_box, second != NULL);
  if (second == NULL)
    return;
  /* Translators: the second officer's name. */
  words = g_strdup_printf (_ ("Second officer: %s judges alone now."), second);
  gs_label_set (self->turn_label, words);
}

void
gs_face_judge_set_attack (GsFaceJudge *self, gboolean seen)
{
  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  self->setting = TRUE;
  gtk_toggle_button_set_active (self->attack_button, seen);
  self->setting = FALSE;
  gs_label_set (self->attack_label, seen ? _ ("Attack seen, recorded") : _ ("I see an attack"));
}

void
gs_face_judge_toggle_attack (GsFaceJudge *self)
{
  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  gtk_toggle_button_set_active (self->attack_button,
                                !gtk_toggle_button_get_active (self->attack_button));
}

void
gs_face_judge_set_layout (GsFaceJudge *self, gboolean beside, gboolean stacked, int pictures_px)
{
  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  adw_clamp_set_maximum_size (self->pictures_clamp, pictures_px);
  adw_clamp_set_tightening_threshold (self->pictures_clamp, pictures_px);
  gs_pair_question_set_stacked (self->chip_row, stacked || self->compact);
  gs_pair_question_set_stacked (self->gate_row, stacked || self->compact);
}

void
gs_face_judge_set_compact (GsFaceJudge *self)
{
  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  gtk_widget_set_visible (self->hints, FALSE);
  /* The sheet around it asks the question itself, and says whose document was read. */
  gtk_widget_set_visible (self->title_box, FALSE);
  gtk_widget_set_visible (self->stays_label, FALSE);
  gtk_widget_set_visible (self->look_label, FALSE);
  gs_face_frame_hide_foot (self->chip);
  gs_face_frame_hide_foot (self->gate);
  gs_face_frame_hide_foot (self->desk);
  gs_face_guidance_hide_ticks (self->guidance);
  gs_pair_question_hide_what (self->chip_row);
  gs_pair_question_hide_what (self->gate_row);
  gtk_box_set_spacing (self->body, 8);
  gtk_box_set_spacing (self->note_box, 4);
  gtk_widget_add_css_class (GTK_WIDGET (self), "compact-judge");
  self->compact = TRUE;
  gs_pair_question_set_stacked (self->chip_row, TRUE);
  gs_pair_question_set_stacked (self->gate_row, TRUE);
}

/* --- signals ---------------------------------------------------------------------------------- */

static void
on_chip_answered (GsFaceJudge *self, int judgement)
{
  g_signal_emit (self, signals[ANSWERED], 0, (int) GS_FACE_ROW_CHIP, judgement);
}

static void
on_gate_answered (GsFaceJudge *self, int judgement)
{
  g_signal_emit (self, signals[ANSWERED], 0, (int) GS_FACE_ROW_GATE, judgement);
}

static void
on_attack (GsFaceJudge *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[ATTACK], 0, gtk_toggle_button_get_active (self->attack_button));
}

static void
on_capture (GsFaceJudge *self)
{
  g_signal_emit (self, signals[CAPTURE], 0);
}

void
gs_face_judge_capture (GsFaceJudge *self)
{
  g_return_if_fail (GS_IS_FACE_JUDGE (self));
  on_capture (self);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GsFaceJudge, name)

static void
gs_face_judge_class_init (GsFaceJudgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[ANSWERED] = g_signal_new ("answered", GS_TYPE_FACE_JUDGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[ATTACK] = g_signal_new ("attack", GS_TYPE_FACE_JUDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CAPTURE] = g_signal_new ("capture", GS_TYPE_FACE_JUDGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  g_type_ensure (GS_TYPE_FACE_FRAME);
  g_type_ensure (GS_TYPE_FACE_GUIDANCE);
  g_type_ensure (GS_TYPE_KEY_CAP);
  g_type_ensure (GS_TYPE_PAIR_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/face/gs-face-judge.ui");
  BIND (turn_box);
  BIND (turn_label);
  BIND (body);
  BIND (pictures_clamp);
  BIND (chip);
  BIND (gate);
  BIND (desk);
  BIND (guidance);
  BIND (hints);
  BIND (chip_row);
  BIND (gate_row);
  BIND (attack_button);
  BIND (attack_label);
  BIND (blind_label);
  BIND (title_box);
  BIND (stays_label);
  BIND (look_label);
  BIND (note_box);
  gtk_widget_class_bind_template_callback (widget_class, on_chip_answered);
  gtk_widget_class_bind_template_callback (widget_class, on_gate_answered);
  gtk_widget_class_bind_template_callback (widget_class, on_attack);
  gtk_widget_class_bind_template_callback (widget_class, on_capture);
}

static void
gs_face_judge_init (GsFaceJudge *self)
{
  GsFaceFrame *frames[GS_FACE_N_PLACES];

  gtk_widget_init_template (GTK_WIDGET (self));
  frames[0] = self->chip;
  frames[1] = self->gate;
  frames[2] = self->desk;
  gs_face_frame_set_caption (self->chip, _ ("Chip"), NULL);
  gs_face_frame_set_caption (self->gate, _ ("Gate"), NULL);
  gs_face_frame_set_caption (self->desk, _ ("Desk"), NULL);
  gs_face_frame_align (frames, G_N_ELEMENTS (frames));
  gs_pair_question_align (self->chip_row, self->gate_row);
  gs_face_judge_set_gate (self, _ ("Gate"));
  gs_face_judge_set_attack (self, FALSE);
  gs_face_judge_set_turn (self, NULL);
}
