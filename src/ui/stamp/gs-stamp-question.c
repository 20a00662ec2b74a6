/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-question.h"

#include "gs-answer-button.h"
#include "gs-label.h"
#include "gs-sheet-button.h"

struct _GsStampQuestion
{
  GtkBox parent_instance;

  GtkWidget *answers_box;
  GtkWidget *pass_label;
  GsAnswerButton *complete_button;
  GsAnswerButton *incomplete_button;
  GsAnswerButton *absent_button;
  GsAnswerButton *astray_button;
  GtkWidget *places_box;
  GsSheetButton *other_page_button;
  GsSheetButton *over_stamp_button;
  GsSheetButton *other_passport_button;
  GsSheetButton *loose_sheet_button;
};

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsStampQuestion, gs_stamp_question, GTK_TYPE_BOX)

void
gs_stamp_question_set_bitmap (GsStampQuestion *self, GsStampBitmap *bitmap)
{
  GsAnswerButton *with_stamp[3];

  g_return_if_fail (GS_IS_STAMP_QUESTION (self));
  with_stamp[0] = self->complete_button;
  with_stamp[1] = self->incomplete_button;
  with_stamp[2] = self->astray_button;
  for (guint i = 0; i < G_N_ELEMENTS (with_stamp); i++)
    gs_stamp_preview_set_bitmap (
      gs_answer_button_get_preview (with_stamp[i]), gs_stamp_bitmap_get_rows (bitmap),
      gs_stamp_bitmap_get_width (bitmap), gs_stamp_bitmap_get_height (bitmap),
      gs_stamp_bitmap_get_dpi (bitmap));
}

void
gs_stamp_question_set_pass (GsStampQuestion *self, const char *text)
{
  g_return_if_fail (GS_IS_STAMP_QUESTION (self));
  gs_label_set (self->pass_label, text);
}

void
gs_stamp_question_ask_place (GsStampQuestion *self, gboolean ask)
{
  g_return_if_fail (GS_IS_STAMP_QUESTION (self));
  gtk_widget_set_visible (self->answers_box, !ask);
  gtk_widget_set_visible (self->places_box, ask);
}

gboolean
gs_stamp_question_asks_place (GsStampQuestion *self)
{
  g_return_val_if_fail (GS_IS_STAMP_QUESTION (self), FALSE);
  return gtk_widget_get_visible (self->places_box);
}

static void
on_clicked (gpointer button, GsStampQuestion *self)
{
  const gpointer answers[] = { self->complete_button, self->incomplete_button, self->absent_button,
                               self->astray_button };
  const gpointer places[] = { self->other_page_button, self->over_stamp_button,
                              self->other_passport_button, self->loose_sheet_button };

  for (int i = 0; i < 4; i++)
    if (button == answers[i] || button == places[i])
      {
        g_signal_emit (self, signals[ANSWERED], 0, i + 1);
        return;
      }
}

static void
gs_stamp_question_class_init (GsStampQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[ANSWERED] = g_signal_new ("answered", GS_TYPE_STAMP_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  g_type_ensure (GS_TYPE_ANSWER_BUTTON);
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/stamp/gs-stamp-question.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, answers_box);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, pass_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, complete_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, incomplete_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, absent_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, astray_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, places_box);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, other_page_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, over_stamp_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, other_passport_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampQuestion, loose_sheet_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
gs_stamp_question_init (GsStampQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gs_stamp_preview_set_look (gs_answer_button_get_preview (self->incomplete_button),
                             GS_STAMP_LOOK_CUT);
  gs_stamp_preview_set_look (gs_answer_button_get_preview (self->astray_button),
                             GS_STAMP_LOOK_ASTRAY);
}
