/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pair-question.h"

#include <glib/gi18n.h>

#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-sign-view.h"
#include "gs-style.h"

#define N_ANSWERS 3

struct _GsPairQuestion
{
  GtkBox parent_instance;

  GtkWidget *first_label;
  GtkWidget *second_label;
  GtkWidget *what_label;
  GtkWidget *answers_box;
  GtkWidget *buttons[N_ANSWERS];
  GsKeyCap *caps[N_ANSWERS];
  gboolean ready;
  gboolean brief;
  GsJudgement answer;
};

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsPairQuestion, gs_pair_question, GTK_TYPE_BOX)

static const struct
{
  GsSign sign;
  const char *words;
  const char *key;
} answers[N_ANSWERS] = {
  { GS_SIGN_SAME, N_ ("Same person"), "1" },
  { GS_SIGN_UNSURE, N_ ("Unsure"), "2" },
  { GS_SIGN_DIFFERENT, N_ ("Different"), "3" },
};

static void
on_clicked (GtkWidget *button, GsPairQuestion *self)
{
  for (guint i = 0; i < N_ANSWERS; i++)
    if (self->buttons[i] == button)
      g_signal_emit (self, signals[ANSWERED], 0, (int) (GS_JUDGEMENT_SAME + i));
}

void
gs_pair_question_set_words (GsPairQuestion *self,
                            const char *first,
                            const char *second,
                            const char *what)
{
  g_return_if_fail (GS_IS_PAIR_QUESTION (self));
  gs_label_set (self->first_label, first);
  gs_label_set (self->second_label, second);
  gs_label_set (self->what_label, self->brief ? NULL : what);
  for (guint i = 0; i < N_ANSWERS; i++)
    {
      /* Translators: two pictures, then an answer: "Chip to Desk: Same person". */
      g_autofree char *name = g_strdup_printf (_ ("%s to %s: %s"), first != NULL ? first : "",
                                               second != NULL ? second : "", _ (answers[i].words));

      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
update_sensitive (GsPairQuestion *self)
{
  for (guint i = 0; i < N_ANSWERS; i++)
    gtk_widget_set_sensitive (self->buttons[i], self->ready && self->answer == 0);
}

void
gs_pair_question_set_ready (GsPairQuestion *self, gboolean ready)
{
  g_return_if_fail (GS_IS_PAIR_QUESTION (self));
  self->ready = ready;
  update_sensitive (self);
}

void
gs_pair_question_set_state (GsPairQuestion *self, gboolean marked, GsJudgement answer)
{
  g_return_if_fail (GS_IS_PAIR_QUESTION (self));
  gs_style_toggle_class (GTK_WIDGET (self), "marked", marked);
  for (guint i = 0; i < N_ANSWERS; i++)
    {
      gboolean given = answer == (GsJudgement) (GS_JUDGEMENT_SAME + i);

      gs_key_cap_set_text (self->caps[i], marked ? answers[i].key : NULL);
      gs_style_toggle_class (self->buttons[i], "given", given);
      gtk_accessible_update_state (
        GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_STATE_PRESSED,
        given ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
    }
  self->answer = answer;
  update_sensitive (self);
}

void
gs_pair_question_set_stacked (GsPairQuestion *self, gboolean stacked)
{
  g_return_if_fail (GS_IS_PAIR_QUESTION (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self),
                                  stacked ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
gs_pair_question_hide_what (GsPairQuestion *self)
{
  g_return_if_fail (GS_IS_PAIR_QUESTION (self));
  self->brief = TRUE;
  gs_label_set (self->what_label, NULL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

void
gs_pair_question_align (GsPairQuestion *self, GsPairQuestion *other)
{
  g_autoptr (GtkSizeGroup) group = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  g_return_if_fail (GS_IS_PAIR_QUESTION (self));
  g_return_if_fail (GS_IS_PAIR_QUESTION (other));
  gtk_size_group_add_widget (group, self->answers_box);
  gtk_size_group_add_widget (group, other->answers_box);
}

static void
gs_pair_question_class_init (GsPairQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[ANSWERED] = g_signal_new ("answered", GS_TYPE_PAIR_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/face/gs-pair-question.ui");
  gtk_widget_class_bind_template_child (widget_class, GsPairQuestion, first_label);
  gtk_widget_class_bind_template_child (widget_class, GsPairQuestion, second_label);
  gtk_widget_class_bind_template_child (widget_class, GsPairQuestion, what_label);
  gtk_widget_class_bind_template_child (widget_class, GsPairQuestion, answers_box);
}

/* They never take the focus: the keys come through the sheet, so that a reader that types cannot
 * answer. */
static void
add_answer (GsPairQuestion *self, guint i)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *sign = gs_sign_view_new (answers[i].sign, 18);
  GtkWidget *cap = gs_key_cap_new (NULL);
  GtkWidget *label = gs_label_new (_ (answers[i].words), "gs-strong");

  gs_sign_view_set_label (GS_SIGN_VIEW (sign), "");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), cap);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_add_css_class (button, "gs-button");
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self->answers_box), button);
  self->buttons[i] = button;
  self->caps[i] = GS_KEY_CAP (cap);
}

static void
gs_pair_question_init (GsPairQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ready = TRUE;
  for (guint i = 0; i < N_ANSWERS; i++)
    add_answer (self, i);
}
