/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-action-table.h"
#include "gs-build-config.h"
#include "gs-ui.h"
#include "gs-window.h"

#include <string.h>

static GtkApplication *application;

static gboolean
only_admit (const char *action, gpointer user_data)
{
  return strcmp (action, "admit") == 0;
}

static void
on_activated (GsWindow *window, const char *name, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", name);
}

static void
test_table (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n;
  const GsActionEntry *table = gs_action_table (&n);

  g_assert_cmpuint (n, >, 10);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *key = gs_action_key_text (&table[i]);
      guint value = 0;

      gtk_accelerator_parse (table[i].accelerator, &value, NULL);
      g_assert_cmpuint (value, !=, 0);
      g_assert_cmpstr (key, !=, "");
      g_assert_cmpstr (gs_action_label (&table[i]), !=, "");
      g_assert_true (g_hash_table_add (names, (char *) table[i].name));
      g_assert_true (g_hash_table_add (keys, g_steal_pointer (&key)));
      g_assert_true (table[i].group >= GS_ACTION_GROUP_CASE && table[i].group < GS_ACTION_N_GROUPS);
    }
}

static void
test_key_texts (void)
{
  g_autofree char *next = gs_action_key_text (gs_action_find ("take-next"));
  g_autofree char *stop = gs_action_key_text (gs_action_find ("stop"));
  g_autofree char *admit = gs_action_tooltip ("admit");

  g_assert_cmpstr (next, ==, "Ctrl N");
  g_assert_cmpstr (stop, ==, "hold Del");
  g_assert_cmpstr (admit, ==, "Admit (F7)");
  g_assert_null (gs_action_find ("no-such-action"));
}

static void
test_update_actions (void)
{
  GsWindow *window = gs_window_new (application);
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (window, "activated::admit", G_CALLBACK (on_activated), log);
  g_action_group_activate_action (G_ACTION_GROUP (window), "admit", NULL);
  g_assert_cmpstr (log->str, ==, "");
  gs_window_update_actions (window, only_admit, NULL);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "admit"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "stamp"));
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "keys"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "admit", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (window), "stamp", NULL);
  g_assert_cmpstr (log->str, ==, "admit ");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_accelerators (void)
{
  GsWindow *window = gs_window_new (application);
  g_auto (GStrv) admit = gtk_application_get_accels_for_action (application, "win.admit");
  g_auto (GStrv) pause = gtk_application_get_accels_for_action (application, "win.pause");

  g_assert_cmpuint (g_strv_length (admit), ==, 1);
  g_assert_cmpstr (admit[0], ==, "F7");
  /* A bare letter is no accelerator: it would be taken out of what is typed. */
  g_assert_cmpuint (g_strv_length (pause), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_blanked (void)
{
  GsWindow *window = gs_window_new (application);
  GtkWidget *page = gtk_label_new ("secret");
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  gs_window_add_page (window, page, "desk", "Desk", "gs-desk-symbolic");
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (page) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_get_mapped (page));
  gs_window_set_blanked (window, TRUE);
  g_assert_false (gtk_widget_get_mapped (page));
  gs_window_set_blanked (window, FALSE);
  g_assert_true (gtk_widget_get_mapped (page));
  gs_window_set_locked_page (window, gtk_label_new ("sign in"));
  g_assert_false (gtk_widget_get_mapped (page));
  gs_window_set_locked_page (window, NULL);
  g_assert_true (gtk_widget_get_mapped (page));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) adw = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  gs_ui_init ();
  adw = g_object_new (ADW_TYPE_APPLICATION, "application-id", GS_APPLICATION_ID, "flags",
                      G_APPLICATION_NON_UNIQUE, NULL);
  application = GTK_APPLICATION (adw);
  g_assert_true (g_application_register (G_APPLICATION (adw), NULL, NULL));
  g_test_add_func ("/ui/actions/table", test_table);
  g_test_add_func ("/ui/actions/key-texts", test_key_texts);
  g_test_add_func ("/ui/window/update-actions", test_update_actions);
  g_test_add_func ("/ui/window/accelerators", test_accelerators);
  g_test_add_func ("/ui/window/blanked", test_blanked);
  result = g_test_run ();
  return result;
}
