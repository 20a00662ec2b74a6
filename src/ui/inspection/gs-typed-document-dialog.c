/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-typed-document-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "gs-action-table.h"
#include "gs-label.h"
#include "gs-mrz-live.h"
#include "gs-second-officer-dialog.h"
#include "gs-style.h"

typedef struct
{
  GtkWindow *window;
  GsStation *station;
  GtkWidget *view;
  GtkWidget *status_label;
  GtkWidget *button;
  gboolean editing;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_object_unref (dialog->station);
  g_free (dialog);
}

static char *
dup_text (Dialog *dialog)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (dialog->view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* "document number right, birth date wrong": what the check digits say so far. */
static char *
describe (const GsMrzLive *live)
{
  const char *const names[GS_MRZ_N_CHECKS] = { N_ ("Document number"), N_ ("Birth date"),
                                               N_ ("Expiry date"), N_ ("Optional data"),
                                               N_ ("Whole zone") };
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    {
      if (live->checks[i] == GS_MRZ_CHECK_ABSENT)
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      /* Translators: a field of the zone, then whether its check digit is right. */
      g_string_append_printf (text, _ ("%s: %s"), _ (names[i]),
                              live->checks[i] == GS_MRZ_CHECK_RIGHT ? _ ("right") : _ ("wrong"));
    }
  if (text->len == 0)
    return g_strdup (_ ("Type both lines as they are printed; a space stands for <."));
  return g_strdup (text->str);
}

static void
on_changed (GtkTextBuffer *buffer, Dialog *dialog)
{
  g_autofree char *text = dup_text (dialog);
  g_autofree char *status = NULL;
  g_autofree char *tooltip = NULL;
  GsMrzLive live;

  gs_mrz_live (text, &live);
  status = describe (&live);
  gs_label_set (dialog->status_label, status);
  gs_style_toggle_class (dialog->status_label, "gs-bad", live.complete && !live.right);
  gtk_widget_set_sensitive (dialog->button, live.right);
  tooltip = live.right ? gs_action_tooltip ("second-officer")
                       : g_strdup (_ ("Both lines must be complete, and every check digit right."));
  gtk_widget_set_tooltip_text (dialog->button, tooltip);
  explicit_bzero (&live, sizeof live);
}

typedef struct
{
  GsStation *station;
  char *text;
} Typed;

static void
on_approved (GsSession *second, gpointer user_data)
{
  Typed *typed = user_data;

  if (second != NULL)
    gs_station_read_document (typed->station, typed->text, strlen (typed->text), GS_READ_TYPED,
                              second);
  explicit_bzero (typed->text, strlen (typed->text));
  g_free (typed->text);
  g_object_unref (typed->station);
  g_free (typed);
}

static void
on_clicked (Dialog *dialog)
{
  Typed *typed = g_new0 (Typed, 1);
  GtkWindow *parent = gtk_window_get_transient_for (dialog->window);

  typed->station = g_object_ref (dialog->station);
  typed->text = dup_text (dialog);
  gtk_window_destroy (dialog->window);
  gs_second_officer_dialog_present (
    parent, typed->station, GS_APPROVAL_TYPED_MRZ,
    _ ("No device read this document. Compare what was typed with the page, then approve."),
    on_approved, typed);
}

static gboolean
on_key (
  GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, Dialog *dialog)
{
  if (keyval == GDK_KEY_Escape)
    {
      gtk_window_destroy (dialog->window);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_F3)
    {
      if (gtk_widget_get_sensitive (dialog->button))
        on_clicked (dialog);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Tab)
    {
      gtk_widget_grab_focus (dialog->button);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

GtkWindow *
gs_typed_document_dialog_present (GtkWindow *parent, GsStation *station)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  dialog->window = GTK_WINDOW (window);
  dialog->station = g_object_ref (station);
  g_object_set_data_full (G_OBJECT (window), "dialog", dialog, dialog_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Type a document"));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_widget_add_css_class (window, "gs-station");
  gtk_widget_add_css_class (window, "gs-sheet-window");
  gtk_widget_add_css_class (box, "gs-sheet");
  gtk_box_append (GTK_BOX (box), gs_label_new (_ ("Type a document"), "gs-title"));
  dialog->view = gtk_text_view_new ();
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (dialog->view), TRUE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (dialog->view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (dialog->view), 10);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (dialog->view), 10);
  gtk_widget_add_css_class (dialog->view, "gs-note");
  gtk_widget_add_css_class (dialog->view, "gs-mrz-entry");
  gtk_widget_set_size_request (dialog->view, 560, 84);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Machine readable zone"), -1);
  gtk_box_append (GTK_BOX (box), dialog->view);
  dialog->status_label = gs_label_new (" ", "gs-second");
  gtk_label_set_wrap (GTK_LABEL (dialog->status_label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (dialog->status_label), 70);
  gtk_box_append (GTK_BOX (box), dialog->status_label);
  dialog->button = gtk_button_new_with_label (_ ("Ask the second officer"));
  gtk_widget_add_css_class (dialog->button, "gs-button");
  gtk_widget_add_css_class (dialog->button, "filled");
  gtk_widget_set_halign (dialog->button, GTK_ALIGN_END);
  g_signal_connect_swapped (dialog->button, "clicked", G_CALLBACK (on_clicked), dialog);
  gtk_box_append (GTK_BOX (box), dialog->button);
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (dialog->view)), "changed",
                    G_CALLBACK (on_changed), dialog);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), dialog);
  gtk_widget_add_controller (window, keys);
  adw_window_set_content (ADW_WINDOW (window), box);
  on_changed (NULL, dialog);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (dialog->view);
  return GTK_WINDOW (window);
}
