/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-question.h"

#include "gs-key-cap.h"
#include "gs-outcome.h"
#include "gs-sign-view.h"

struct _GsFaceQuestion
{
  GtkBox parent_instance;

  GsSignView *same_sign;
  GsSignView *unsure_sign;
  GsSignView *different_sign;
};

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsFaceQuestion, gs_face_question, GTK_TYPE_BOX)

static void
on_same (GsFaceQuestion *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, GS_JUDGEMENT_SAME);
}

static void
on_unsure (GsFaceQuestion *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, GS_JUDGEMENT_UNSURE);
}

static void
on_different (GsFaceQuestion *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, GS_JUDGEMENT_DIFFERENT);
}

static void
gs_face_question_class_init (GsFaceQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[ANSWERED] = g_signal_new ("answered", GS_TYPE_FACE_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  g_type_ensure (GS_TYPE_KEY_CAP);
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-face-question.ui");
  gtk_widget_class_bind_template_child (widget_class, GsFaceQuestion, same_sign);
  gtk_widget_class_bind_template_child (widget_class, GsFaceQuestion, unsure_sign);
  gtk_widget_class_bind_template_child (widget_class, GsFaceQuestion, different_sign);
  gtk_widget_class_bind_template_callback (widget_class, on_same);
  gtk_widget_class_bind_template_callback (widget_class, on_unsure);
  gtk_widget_class_bind_template_callback (widget_class, on_different);
}

static void
gs_face_question_init (GsFaceQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The words stand beside the signs. */
  gs_sign_view_set_sign (self->same_sign, GS_SIGN_SAME);
  gs_sign_view_set_sign (self->unsure_sign, GS_SIGN_UNSURE);
  gs_sign_view_set_sign (self->different_sign, GS_SIGN_DIFFERENT);
}
