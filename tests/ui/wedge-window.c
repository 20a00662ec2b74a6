/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with everything that a scanned key could set off, and another one over it: says on
 * standard output what happened. Driven by test-wedge-keys.py with real keys.
 *
 * Its clock goes only by what it reads, so that a busy machine changes nothing: "pace 5" lets 5 ms
 * pass before each key press that comes, and "wait 400" lets 400 ms pass after every key that was
 * sent before it, and answers "waited". With --real-time it has the desk's own clock. */

#include "gs-wedge-keys.h"

#include <gdk/x11/gdkx.h>
#include <stdio.h>
#include <string.h>

/* More than two of the wedge's own waits; what is due by then has been done. */
#define SETTLED_MS 100

static gint64 fake_us = G_USEC_PER_SEC;
static gint64 pace_us;

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
on_activate (GtkButton *button, gpointer user_data)
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
  g_signal_connect (button, "activate", G_CALLBACK (on_activate), NULL);
  gs_wedge_keys_attach (keys, GTK_WINDOW (window));
  add_keys (window);
  gtk_widget_grab_focus (entry);
  return window;
}

static gint64
time_of (GdkEvent *event, gpointer user_data)
{
  if (event != NULL && gdk_event_get_event_type (event) == GDK_KEY_PRESS)
    fake_us += pace_us;
  return fake_us;
}

static gboolean
on_settled (gpointer user_data)
{
  say ("waited", "");
  return G_SOURCE_REMOVE;
}

/* By now the loop has taken the keys that were there: this source comes after them. */
static gboolean
on_keys_taken (gpointer wait_ms)
{
  fake_us += GPOINTER_TO_INT (wait_ms) * G_GINT64_CONSTANT (1000);
  g_timeout_add_full (G_PRIORITY_LOW, SETTLED_MS, on_settled, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_order (GIOChannel *input, GIOCondition condition, gpointer user_data)
{
  g_autofree char *line = NULL;
  int ms;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    return G_SOURCE_REMOVE;
  if (sscanf (line, "pace %d", &ms) == 1)
    pace_us = ms * G_GINT64_CONSTANT (1000);
  else if (sscanf (line, "wait %d", &ms) == 1)
    {
      gdk_display_sync (gdk_display_get_default ());
      g_idle_add_full (G_PRIORITY_LOW, on_keys_taken, GINT_TO_POINTER (ms), NULL);
    }
  return G_SOURCE_CONTINUE;
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
  gboolean real_time = argc > 2 && strcmp (argv[2], "--real-time") == 0;
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (GsWedgeKeys) keys = NULL;
  GtkWidget *window, *dialog;

  gtk_init ();
  XAutoRepeatOff (gdk_x11_display_get_xdisplay (gdk_display_get_default ()));
  keys = real_time ? gs_wedge_keys_new () : gs_wedge_keys_new_with_time (time_of, NULL);
  g_signal_connect (keys, "scan", G_CALLBACK (on_scan), NULL);
  g_io_add_watch (input, G_IO_IN, on_order, NULL);
  window = make_window (keys, "Wedge");
  gtk_widget_add_tick_callback (window, on_ready, NULL, NULL);
  gtk_window_present (GTK_WINDOW (window));
  if (argc > 1 && strcmp (argv[1], "dialog") == 0)
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
