/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-outcomes.h"

#include <glib/gi18n.h>

#include "gs-outcome-button.h"

#define N_KEYS 5
#define KEYS_IN_A_ROW 3 /* of two rows */

struct _GsFaceOutcomes
{
  GtkGrid parent_instance;

  GtkWidget *buttons[N_KEYS];
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsFaceOutcomes, gs_face_outcomes, GTK_TYPE_GRID)

static const struct
{
  const char *action;
  const char *label;
  const char *hint;
  const char *key;
  GsFaceStep step;
} keys[N_KEYS] = {
  { "second-officer", N_ ("Second officer"), N_ ("judges alone"), "F3",
    GS_FACE_STEP_SECOND_OFFICER },
  { "admit", N_ ("Admit"), N_ ("same person"), "F7", GS_FACE_STEP_ADMIT },
  { "second-line", N_ ("Second line"), N_ ("with a note"), "F8", GS_FACE_STEP_SECOND_LINE },
  { "verify", N_ ("Verify again"), N_ ("new capture"), "F5", GS_FACE_STEP_NEW_CAPTURE },
  { "more", N_ ("More…"), N_ ("back to a gate, left, hand over"), "F9", 0 },
};

static void
on_clicked (GtkWidget *button, GsFaceOutcomes *self)
{
  for (guint i = 0; i < N_KEYS; i++)
    if (self->buttons[i] == button)
      g_signal_emit (self, signals[CHOSEN], 0, keys[i].action);
}

static GtkWidget *
find (GsFaceOutcomes *self, const char *action)
{
  for (guint i = 0; i < N_KEYS; i++)
    if (g_str_equal (keys[i].action, action))
      return self->buttons[i];
  return NULL;
}

void
gs_face_outcomes_set_step (GsFaceOutcomes *self, GsFaceStep step)
{
  g_return_if_fail (GS_IS_FACE_OUTCOMES (self));
  for (guint i = 0; i < N_KEYS; i++)
    gs_outcome_button_set_filled (GS_OUTCOME_BUTTON (self->buttons[i]),
                                  keys[i].step != 0 && keys[i].step == step);
}

void
gs_face_outcomes_set_reasons (GsFaceOutcomes *self, const char *action, const char *const *reasons)
{
  GtkWidget *button;

  g_return_if_fail (GS_IS_FACE_OUTCOMES (self));
  button = find (self, action);
  g_return_if_fail (button != NULL);
  gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (button), reasons);
}

gboolean
gs_face_outcomes_is_on (GsFaceOutcomes *self, const char *action)
{
  GtkWidget *button;

  g_return_val_if_fail (GS_IS_FACE_OUTCOMES (self), FALSE);
  button = find (self, action);
  return button != NULL && gtk_widget_get_sensitive (button);
}

void
gs_face_outcomes_clear (GsFaceOutcomes *self)
{
  g_return_if_fail (GS_IS_FACE_OUTCOMES (self));
  gs_face_outcomes_set_step (self, 0);
  for (guint i = 0; i < N_KEYS; i++)
    gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (self->buttons[i]), NULL);
}

void
gs_face_outcomes_set_two_rows (GsFaceOutcomes *self, gboolean two)
{
  GtkLayoutManager *layout;

  g_return_if_fail (GS_IS_FACE_OUTCOMES (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  for (int i = 0; i < N_KEYS; i++)
    g_object_set (gtk_layout_manager_get_layout_child (layout, self->buttons[i]), "column",
                  two ? i % KEYS_IN_A_ROW : i, "row", two ? i / KEYS_IN_A_ROW : 0, NULL);
}

static void
gs_face_outcomes_class_init (GsFaceOutcomesClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/gateside/Station/ui/face/gs-face-outcomes.ui");
  signals[CHOSEN] = g_signal_new ("chosen", GS_TYPE_FACE_OUTCOMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gs_face_outcomes_init (GsFaceOutcomes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_KEYS; i++)
    {
      self->buttons[i] = gs_outcome_button_new (_ (keys[i].label), _ (keys[i].hint), keys[i].key);
      /* Enter and Space belong to nothing here: only the printed keys decide. */
      gtk_widget_set_focusable (self->buttons[i], FALSE);
      g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (on_clicked), self);
      gtk_grid_attach (GTK_GRID (self), self->buttons[i], i, 0, 1, 1);
    }
}
