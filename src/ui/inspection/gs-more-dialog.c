/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-more-dialog.h"

#include <glib/gi18n.h>

#include "gs-choice-button.h"
#include "gs-format.h"
#include "gs-next-step.h"

struct _GsMoreDialog
{
  AdwWindow parent_instance;

  GtkLabel *name_label;
  GtkEditable *note_entry;
  GsChoiceButton *second_line_button;
  GtkWidget *more_box;
  GsChoiceButton *back_button;
  GtkDropDown *gate_drop_down;
  GsChoiceButton *left_button;
  GsChoiceButton *hand_over_button;
  GsChoiceButton *withdraw_button;
  GsChoiceButton *refuse_button;
  GtkDropDown *ground_drop_down;

  GsStation *station;
  GsCase *item;
  GsOutcome only; /* 0 for the list */
  GsMoreFunc func;
  gpointer user_data;
  GPtrArray *gates; /* ids, in the order of the list */
};

G_DEFINE_FINAL_TYPE (GsMoreDialog, gs_more_dialog, ADW_TYPE_WINDOW)

/* The list's first row names no ground: it must be chosen. */
static char *
dup_ground (GsMoreDialog *self)
{
  const GsConfig *config = gs_station_get_config (self->station);
  guint chosen = gtk_drop_down_get_selected (self->ground_drop_down);

  if (config->refusal_grounds == NULL || chosen == 0 || chosen == GTK_INVALID_LIST_POSITION
      || chosen > config->refusal_grounds->len)
    return NULL;
  return g_strdup (
    ((GsRefusalGround *) g_ptr_array_index (config->refusal_grounds, chosen - 1))->code);
}

static char *
dup_gate (GsMoreDialog *self)
{
  guint chosen = gtk_drop_down_get_selected (self->gate_drop_down);

  return chosen < self->gates->len ? g_strdup (g_ptr_array_index (self->gates, chosen)) : NULL;
}

static void
choose (GsMoreDialog *self, GsOutcome outcome)
{
  const char *note = gtk_editable_get_text (self->note_entry);
  g_autofree char *copy = *note != '\0' ? g_strdup (note) : NULL;
  g_autofree char *gate_or_ground = NULL;
  GsMoreFunc func = self->func;
  gpointer user_data = self->user_data;

  if (gs_station_choice_blocks (self->station, self->item, outcome) != 0)
    return;
  if (outcome == GS_OUTCOME_BACK_TO_GATE)
    gate_or_ground = dup_gate (self);
  else if (outcome == GS_OUTCOME_REFUSED)
    gate_or_ground = dup_ground (self);
  if (gate_or_ground == NULL
      && (outcome == GS_OUTCOME_BACK_TO_GATE || outcome == GS_OUTCOME_REFUSED))
    return;
  gtk_window_destroy (GTK_WINDOW (self));
  func (outcome, copy, gate_or_ground, user_data);
}

static void
on_clicked (GsChoiceButton *button, GsMoreDialog *self)
{
  if (button == self->second_line_button)
    choose (self, GS_OUTCOME_SECOND_LINE);
  else if (button == self->back_button)
    choose (self, GS_OUTCOME_BACK_TO_GATE);
  else if (button == self->left_button)
    choose (self, GS_OUTCOME_LEFT);
  else if (button == self->hand_over_button)
    choose (self, GS_OUTCOME_HANDED_OVER);
  else if (button == self->withdraw_button)
    choose (self, GS_OUTCOME_WITHDRAWN);
  else if (button == self->refuse_button)
    choose (self, GS_OUTCOME_REFUSED);
}

static void
on_note_activated (GsMoreDialog *self)
{
  if (self->only != 0)
    choose (self, self->only);
}

static void
on_ground_chosen (GsMoreDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->refuse_button),
                            gtk_drop_down_get_selected (self->ground_drop_down) != 0);
}

static void
fill_gates (GsMoreDialog *self)
{
  g_autoptr (GPtrArray) gates = gs_station_dup_free_gates (self->station);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < gates->len; i++)
    {
      const GsGate *gate = g_ptr_array_index (gates, i);
      g_autofree char *name = NULL;

      /* Translators: the gate's number. */
      name = g_strdup_printf (_ ("gate %s"), gate->name);
      gtk_string_list_append (names, name);
      g_ptr_array_add (self->gates, g_strdup (gate->id));
    }
  gtk_drop_down_set_model (self->gate_drop_down, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->gate_drop_down), gates->len > 0);
  if (gates->len > 0)
    return;
  gs_choice_button_set_hint (self->back_button, _ ("no gate is free now"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->back_button), FALSE);
}

static void
fill_grounds (GsMoreDialog *self)
{
  const GsConfig *config = gs_station_get_config (self->station);
  g_autoptr (GtkStringList) grounds = gtk_string_list_new (NULL);
  g_autofree char *language = g_strndup (pango_language_to_string (gtk_get_default_language ()), 2);
  gboolean may = config->refuse_allowed && config->refusal_grounds != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->refuse_button), may);
  gtk_widget_set_visible (
    GTK_WIDGET (self->ground_drop_down),
    may && gs_station_choice_blocks (self->station, self->item, GS_OUTCOME_REFUSED) == 0);
  if (!may)
    return;
  gtk_string_list_append (grounds, _ ("Choose the legal ground"));
  for (guint i = 0; i < config->refusal_grounds->len; i++)
    {
      const GsRefusalGround *ground = g_ptr_array_index (config->refusal_grounds, i);
      g_autofree char *text =
        g_strdup_printf ("%s · %s", ground->code, gs_refusal_ground_get_text (ground, language));

      gtk_string_list_append (grounds, text);
    }
  gtk_drop_down_set_model (self->ground_drop_down, G_LIST_MODEL (grounds));
  on_ground_chosen (self);
}

static void
block (GsMoreDialog *self, GsChoiceButton *button, GsOutcome outcome)
{
  gs_choice_button_block (button, gs_station_choice_blocks (self->station, self->item, outcome));
}

static void
fill (GsMoreDialog *self)
{
  g_autofree char *name = gs_format_name (self->item);

  gtk_window_set_title (GTK_WINDOW (self),
                        self->only != 0 ? _ ("Second line") : _ ("More outcomes"));
  gtk_label_set_text (self->name_label, name);
  gtk_widget_set_visible (GTK_WIDGET (self->second_line_button), self->only != 0);
  gtk_widget_set_visible (self->more_box, self->only == 0);
  fill_gates (self);
  fill_grounds (self);
  block (self, self->second_line_button, GS_OUTCOME_SECOND_LINE);
  block (self, self->back_button, GS_OUTCOME_BACK_TO_GATE);
  block (self, self->left_button, GS_OUTCOME_LEFT);
  block (self, self->hand_over_button, GS_OUTCOME_HANDED_OVER);
  block (self, self->withdraw_button, GS_OUTCOME_WITHDRAWN);
  block (self, self->refuse_button, GS_OUTCOME_REFUSED);
}

static void
gs_more_dialog_dispose (GObject *object)
{
  GsMoreDialog *self = GS_MORE_DIALOG (object);

  g_clear_object (&self->station);
  g_clear_object (&self->item);
  g_clear_pointer (&self->gates, g_ptr_array_unref);
  G_OBJECT_CLASS (gs_more_dialog_parent_class)->dispose (object);
}

static void
gs_more_dialog_class_init (GsMoreDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_more_dialog_dispose;
  g_type_ensure (GS_TYPE_CHOICE_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-more-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, name_label);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, note_entry);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, second_line_button);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, more_box);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, gate_drop_down);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, left_button);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, hand_over_button);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, withdraw_button);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, refuse_button);
  gtk_widget_class_bind_template_child (widget_class, GsMoreDialog, ground_drop_down);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_note_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_ground_chosen);
}

static void
gs_more_dialog_init (GsMoreDialog *self)
{
  self->gates = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gs_more_dialog_present (GtkWindow *parent,
                        GsStation *station,
                        GsCase *item,
                        GsOutcome only,
                        GsMoreFunc func,
                        gpointer user_data)
{
  GsMoreDialog *self = g_object_new (GS_TYPE_MORE_DIALOG, "transient-for", parent, NULL);

  self->station = g_object_ref (station);
  self->item = g_object_ref (item);
  self->only = only;
  self->func = func;
  self->user_data = user_data;
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
