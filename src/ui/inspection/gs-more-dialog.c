/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-more-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-label.h"
#include "gs-reason-text.h"

typedef struct
{
  GtkWindow *window;
  GsStation *station;
  GsCase *item;
  GsMoreFunc func;
  gpointer user_data;
  GtkWidget *note_entry;
  GtkWidget *gate_drop_down;   /* NULL without free gates */
  GPtrArray *gates;            /* ids */
  GtkWidget *ground_drop_down; /* NULL where nobody may refuse */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->station);
  g_object_unref (dialog->item);
  g_ptr_array_unref (dialog->gates);
  g_free (dialog);
}

/* Who asked sees to the second officer. */
static guint
blocks_of (Dialog *dialog, GsOutcome outcome)
{
  return gs_station_blocks (dialog->station, dialog->item, outcome)
         & ~(guint) GS_BLOCK_TWO_OFFICERS;
}

/* The first row names no ground: it must be chosen. */
static char *
dup_ground (Dialog *dialog)
{
  const GsConfig *config = gs_station_get_config (dialog->station);
  guint chosen = dialog->ground_drop_down != NULL
                   ? gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->ground_drop_down))
                   : 0;

  if (chosen == 0 || chosen == GTK_INVALID_LIST_POSITION || chosen > config->refusal_grounds->len)
    return NULL;
  return g_strdup (
    ((GsRefusalGround *) g_ptr_array_index (config->refusal_grounds, chosen - 1))->code);
}

static void
choose (Dialog *dialog, GsOutcome outcome)
{
  const char *note = gtk_editable_get_text (GTK_EDITABLE (dialog->note_entry));
  g_autofree char *copy = *note != '\0' ? g_strdup (note) : NULL;
  g_autofree char *gate = NULL;
  GsMoreFunc func = dialog->func;
  gpointer user_data = dialog->user_data;

  if (blocks_of (dialog, outcome) != 0)
    return;
  if (outcome == GS_OUTCOME_BACK_TO_GATE && dialog->gate_drop_down != NULL)
    gate = g_strdup (g_ptr_array_index (
      dialog->gates, gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->gate_drop_down))));
  if (outcome == GS_OUTCOME_REFUSED)
    {
      gate = dup_ground (dialog);
      if (gate == NULL)
        return;
    }
  gtk_window_destroy (dialog->window);
  func (outcome, copy, gate, user_data);
}

static void
on_clicked (GtkWidget *button, Dialog *dialog)
{
  choose (dialog, (GsOutcome) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "outcome")));
}

static void
on_note_activated (GtkWidget *entry, Dialog *dialog)
{
  int outcome = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (entry), "outcome"));

  if (outcome != 0)
    choose (dialog, (GsOutcome) outcome);
}

static gboolean
on_key (
  GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, Dialog *dialog)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_destroy (dialog->window);
  return GDK_EVENT_STOP;
}

static GtkWidget *
add_choice (Dialog *dialog, GtkWidget *box, GsOutcome outcome, const char *text, const char *hint)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  guint blocks = blocks_of (dialog, outcome);
  g_autofree const char **words = gs_reason_text_blocks (blocks);
  g_autofree char *reasons = g_strjoinv ("; ", (char **) words);

  gtk_box_append (GTK_BOX (lines), gs_label_new (text, "gs-strong"));
  gtk_box_append (GTK_BOX (lines),
                  gs_label_new (blocks != 0 ? reasons : hint, "gs-second gs-text2"));
  gtk_button_set_child (GTK_BUTTON (button), lines);
  gtk_widget_add_css_class (button, "gs-button");
  gtk_widget_add_css_class (button, "gs-choice");
  gtk_widget_set_sensitive (button, blocks == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (button), "outcome", GINT_TO_POINTER ((int) outcome));
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), dialog);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_gates (Dialog *dialog)
{
  GPtrArray *gates = gs_case_book_get_gates (gs_station_get_book (dialog->station));
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < gates->len; i++)
    {
      const GsGate *gate = g_ptr_array_index (gates, i);
      g_autofree char *name = NULL;

      if (gate->state != GS_GATE_STATE_FREE)
        continue;
      /* Translators: the gate's number. */
      name = g_strdup_printf (_ ("gate %s"), gate->name);
      gtk_string_list_append (names, name);
      g_ptr_array_add (dialog->gates, g_strdup (gate->id));
    }
  if (dialog->gates->len == 0)
    {
      g_object_unref (names);
      return NULL;
    }
  dialog->gate_drop_down = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->gate_drop_down),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Which gate"), -1);
  return dialog->gate_drop_down;
}

static void
on_ground_chosen (GtkDropDown *grounds, GParamSpec *spec, GtkWidget *button)
{
  gtk_widget_set_sensitive (button, gtk_drop_down_get_selected (grounds) != 0);
}

static void
add_refusal (Dialog *dialog, GtkWidget *box)
{
  const GsConfig *config = gs_station_get_config (dialog->station);
  GtkStringList *grounds;
  GtkWidget *button;

  if (!config->refuse_allowed || config->refusal_grounds == NULL)
    return;
  button = add_choice (dialog, box, GS_OUTCOME_REFUSED, _ ("Refuse"),
                       _ ("a formal act, on the ground below, with a supervisor"));
  if (blocks_of (dialog, GS_OUTCOME_REFUSED) != 0)
    return;
  grounds = gtk_string_list_new (NULL);
  gtk_string_list_append (grounds, _ ("Choose the legal ground"));
  for (guint i = 0; i < config->refusal_grounds->len; i++)
    {
      const GsRefusalGround *ground = g_ptr_array_index (config->refusal_grounds, i);
      g_autofree char *language =
        g_strndup (pango_language_to_string (gtk_get_default_language ()), 2);
      g_autofree char *text =
        g_strdup_printf ("%s · %s", ground->code, gs_refusal_ground_get_text (ground, language));

      gtk_string_list_append (grounds, text);
    }
  dialog->ground_drop_down = gtk_drop_down_new (G_LIST_MODEL (grounds), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->ground_drop_down),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Legal ground"), -1);
  gtk_widget_set_sensitive (button, FALSE);
  g_signal_connect_object (dialog->ground_drop_down, "notify::selected",
                           G_CALLBACK (on_ground_chosen), button, 0);
  gtk_box_append (GTK_BOX (box), dialog->ground_drop_down);
}

static void
add_choices (Dialog *dialog, GtkWidget *box)
{
  GtkWidget *gates = make_gates (dialog);

  GtkWidget *back =
    add_choice (dialog, box, GS_OUTCOME_BACK_TO_GATE, _ ("Back to a gate"),
                gates != NULL ? _ ("to the gate below") : _ ("no gate is free now"));

  if (gates != NULL)
    gtk_box_append (GTK_BOX (box), gates);
  else
    gtk_widget_set_sensitive (back, FALSE);
  add_choice (dialog, box, GS_OUTCOME_LEFT, _ ("Left without decision"),
              _ ("recorded; tell the supervisor"));
  add_choice (dialog, box, GS_OUTCOME_HANDED_OVER, _ ("Hand over"), _ ("to a colleague"));
  add_choice (dialog, box, GS_OUTCOME_WITHDRAWN, _ ("Withdraw my decision"),
              _ ("a mistake: the case opens again"));
  add_refusal (dialog, box);
}

GtkWindow *
gs_more_dialog_present (GtkWindow *parent,
                        GsStation *station,
                        GsCase *item,
                        GsOutcome only,
                        GsMoreFunc func,
                        gpointer user_data)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();
  const char *title = only == GS_OUTCOME_SECOND_LINE ? _ ("Second line") : _ ("More outcomes");
  g_autofree char *name = gs_format_name (item);

  dialog->window = GTK_WINDOW (window);
  dialog->station = g_object_ref (station);
  dialog->item = g_object_ref (item);
  dialog->func = func;
  dialog->user_data = user_data;
  dialog->gates = g_ptr_array_new_with_free_func (g_free);
  g_object_set_data_full (G_OBJECT (window), "dialog", dialog, dialog_free);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_widget_add_css_class (window, "gs-station");
  gtk_widget_add_css_class (window, "gs-sheet-window");
  gtk_widget_add_css_class (box, "gs-sheet");
  gtk_widget_set_size_request (box, 440, -1);
  gtk_box_append (GTK_BOX (box), gs_label_new (title, "gs-title"));
  gtk_box_append (GTK_BOX (box), gs_label_new (name, "gs-body gs-text2"));
  gtk_box_append (GTK_BOX (box), gs_label_new (_ ("Note for the colleague"), "gs-second gs-text2"));
  dialog->note_entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (dialog->note_entry), 500);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->note_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Note for the colleague"), -1);
  g_object_set_data (G_OBJECT (dialog->note_entry), "outcome", GINT_TO_POINTER ((int) only));
  g_signal_connect (dialog->note_entry, "activate", G_CALLBACK (on_note_activated), dialog);
  gtk_box_append (GTK_BOX (box), dialog->note_entry);
  if (only != 0)
    add_choice (dialog, box, only, _ ("Send to the second line"), _ ("Enter sends it"));
  else
    add_choices (dialog, box);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), dialog);
  gtk_widget_add_controller (window, keys);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (dialog->note_entry);
  return GTK_WINDOW (window);
}
