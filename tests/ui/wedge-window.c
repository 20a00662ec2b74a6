/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with everything that a scanned key could set off, and another one over it: says on
 * standard output what happened. Driven by test-wedge-keys.py with real keys. */

#include "gs-wedge-keys.h"

#include <stdio.h>
#include <string.h>

static void
say (const char *what, const char *text)
{
  printf ("%s %s\n", what, text);
  fflush (stdout);
}

static void
on_changed (GtkEditable *editable, gpointer user_data)
{
  say ("entry", gtk_editable_get_text (editable));
}

static void
on_clicked (GtkButton *button, gpointer user_data)
{
  say ("button", "");
}

static void
on_scan (GsWedgeKeys *keys, GBytes *text, gpointer user_data)
{
  gsize len;
  const char *bytes = g_bytes_get_data (text, &len);
  g_autofree char *copy = g_strndup (bytes, len);

  say ("scan", g_strdelimit (copy, "\r", '/'));
}

static gboolean
on_shortcut (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  say ("key", user_data);
  return GDK_EVENT_STOP;
}

static gboolean
on_released (GtkEventControllerKey *controller,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             gpointer user_data)
{
  if (keyval == GDK_KEY_F12)
    say ("released", "F12");
  return GDK_EVENT_PROPAGATE;
}

static void
add_keys (GtkWidget *window)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    const char *name;
  } keys[] = { { GDK_KEY_1, 0, "1" },
               { GDK_KEY_F10, 0, "F10" },
               { GDK_KEY_F12, 0, "F12" },
               { GDK_KEY_n, GDK_CONTROL_MASK, "Ctrl+N" } };
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkEventController *releases = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                        gtk_callback_action_new (on_shortcut, (gpointer) keys[i].name, NULL)));
  g_signal_connect (releases, "key-released", G_CALLBACK (on_released), NULL);
  gtk_widget_add_controller (window, shortcuts);
  gtk_widget_add_controller (window, releases);
}

static GtkWidget *
make_window (GsWedgeKeys *keys, const char *title)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_with_label ("Print");

  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 200);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_window_set_default_widget (GTK_WINDOW (window), button);
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), NULL);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), NULL);
  gs_wedge_keys_attach (keys, GTK_WINDOW (window));
  add_keys (window);
  gtk_widget_grab_focus (entry);
  return window;
}

static gboolean
on_ready (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  say ("ready", "");
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GsWedgeKeys) keys = NULL;
  GtkWidget *window, *dialog;

  gtk_init ();
  keys = gs_wedge_keys_new ();
  g_signal_connect (keys, "scan", G_CALLBACK (on_scan), NULL);
  window = make_window (keys, "Wedge");
  gtk_widget_add_tick_callback (window, on_ready, NULL, NULL);
  gtk_window_present (GTK_WINDOW (window));
  if (argc > 1 && strcmp (argv[1], "--dialog") == 0)
    {
      dialog = make_window (keys, "Dialog");
      gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window));
      gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
      gtk_window_present (GTK_WINDOW (dialog));
    }
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
