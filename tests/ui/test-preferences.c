/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-build-config.h"
#include "gs-look.h"
#include "gs-preferences-window.h"
#include "gs-ui.h"
#include "gs-window-size.h"

#include <glib/gstdio.h>

/* The schema as it was built. The backend is the one in memory that GSETTINGS_BACKEND names. */
static GSettingsSchemaSource *
built_source (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (g_getenv ("GATESIDE_BUILD_ROOT"), "data", NULL);
  GSettingsSchemaSource *source =
    g_settings_schema_source_new_from_directory (folder, NULL, FALSE, &error);

  g_assert_no_error (error);
  return source;
}

/* As after a start: every preference has the schema's own value again. */
static void
reset (GSettingsSchemaSource *source)
{
  g_autoptr (GSettingsSchema) schema =
    g_settings_schema_source_lookup (source, GS_APPLICATION_ID, FALSE);
  g_autoptr (GSettings) settings = g_settings_new_full (schema, NULL, NULL);
  g_auto (GStrv) keys = g_settings_schema_list_keys (schema);

  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

static void
test_kept (void)
{
  g_autoptr (GSettingsSchemaSource) source = built_source ();
  g_autoptr (GsPreferences) first = NULL;
  g_autoptr (GsPreferences) second = NULL;
  gboolean shown = FALSE;
  int width = 0;

  reset (source);
  first = gs_preferences_new (source);
  g_assert_true (gs_preferences_is_kept (first));
  g_object_set (first, "color-scheme", "dark", "text-scale", 1.5, "feed-shown", TRUE,
                "window-width", 1300, NULL);
  second = gs_preferences_new (source);
  g_object_get (second, "feed-shown", &shown, "window-width", &width, NULL);
  g_assert_cmpstr (gs_preferences_get_color_scheme (second), ==, "dark");
  g_assert_cmpfloat (gs_preferences_get_text_scale (second), ==, 1.5);
  g_assert_true (shown);
  g_assert_cmpint (width, ==, 1300);
  reset (source);
}

/* The schema and the program name the same keys, and begin with the same values. */
static void
test_schema_agrees (void)
{
  g_autoptr (GSettingsSchemaSource) source = built_source ();
  g_autoptr (GSettingsSchema) schema =
    g_settings_schema_source_lookup (source, GS_APPLICATION_ID, FALSE);
  g_autoptr (GsPreferences) kept = NULL;
  g_autoptr (GsPreferences) fresh = g_object_new (GS_TYPE_PREFERENCES, NULL);
  g_auto (GStrv) keys = g_settings_schema_list_keys (schema);
  g_autofree GParamSpec **all = NULL;
  guint n;

  reset (source);
  kept = gs_preferences_new (source);
  all = g_object_class_list_properties (G_OBJECT_GET_CLASS (kept), &n);
  g_assert_cmpuint (n, ==, g_strv_length (keys));
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) one = G_VALUE_INIT;
      g_auto (GValue) other = G_VALUE_INIT;

      g_assert_true (g_strv_contains ((const char *const *) keys, all[i]->name));
      g_object_get_property (G_OBJECT (kept), all[i]->name, &one);
      g_object_get_property (G_OBJECT (fresh), all[i]->name, &other);
      g_assert_cmpint (g_param_values_cmp (all[i], &one, &other), ==, 0);
    }
}

static void
test_without_schema (void)
{
  g_autoptr (GsPreferences) preferences = NULL;

  preferences = gs_preferences_new (NULL);
  g_assert_false (gs_preferences_is_kept (preferences));
  g_object_set (preferences, "color-scheme", "light", NULL);
  g_assert_cmpstr (gs_preferences_get_color_scheme (preferences), ==, "light");
  g_object_set (preferences, "color-scheme", "pink", NULL);
  g_assert_cmpstr (gs_preferences_get_color_scheme (preferences), ==, "system");
}

/* An older schema on the same machine must not end the program. */
static void
test_other_version (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("gateside-schema-XXXXXX", &error);
  g_autofree char *file = g_build_filename (folder, "old.gschema.xml", NULL);
  g_autofree char *compiled = g_build_filename (folder, "gschemas.compiled", NULL);
  const char *const command[] = { "glib-compile-schemas", folder, NULL };
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GsPreferences) preferences = NULL;
  int status = 0;

  g_file_set_contents (file,
                       "<schemalist><schema id='" GS_APPLICATION_ID "' path='/old/'>"
                       "<key name='color-scheme' type='s'><default>'dark'</default></key>"
                       "</schema></schemalist>",
                       -1, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  source = g_settings_schema_source_new_from_directory (folder, NULL, FALSE, &error);
  g_assert_no_error (error);
  preferences = gs_preferences_new (source);
  g_assert_false (gs_preferences_is_kept (preferences));
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_unlink (compiled), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static int
current_dpi (void)
{
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi : 96 * 1024;
}

static void
test_look (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr (GsPreferences) preferences = g_object_new (GS_TYPE_PREFERENCES, NULL);
  int desktop_dpi = current_dpi ();

  gs_look_follow (preferences);
  g_assert_cmpint (current_dpi (), ==, desktop_dpi);
  g_object_set (preferences, "color-scheme", "dark", "text-scale", 1.5, NULL);
  g_assert_true (adw_style_manager_get_dark (style));
  g_assert_cmpint (current_dpi (), ==, (int) (1.5 * desktop_dpi));
  g_object_set (preferences, "color-scheme", "light", "text-scale", 1.0, NULL);
  g_assert_false (adw_style_manager_get_dark (style));
  g_assert_cmpint (current_dpi (), ==, desktop_dpi);
  g_object_set (preferences, "color-scheme", "system", NULL);
  g_assert_cmpint (adw_style_manager_get_color_scheme (style), ==, ADW_COLOR_SCHEME_DEFAULT);
}

static GtkWidget *
find_of_type (GtkWidget *widget, GType type, guint *skip)
{
  if (G_OBJECT_TYPE (widget) == type && (*skip)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_of_type (child, type, skip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
nth (GtkWindow *window, GType type, guint number)
{
  GtkWidget *found = find_of_type (GTK_WIDGET (window), type, &number);

  g_assert_nonnull (found);
  return found;
}

static void
test_window (void)
{
  g_autoptr (GsPreferences) preferences = g_object_new (GS_TYPE_PREFERENCES, NULL);
  GtkWindow *window;
  GtkDropDown *colors, *sizes;
  gboolean shown = FALSE;

  g_object_set (preferences, "color-scheme", "light", "text-scale", 1.75, NULL);
  window = gs_preferences_window_new (NULL, preferences);
  colors = GTK_DROP_DOWN (nth (window, GTK_TYPE_DROP_DOWN, 0));
  sizes = GTK_DROP_DOWN (nth (window, GTK_TYPE_DROP_DOWN, 1));
  g_assert_cmpuint (gtk_drop_down_get_selected (colors), ==, 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (sizes), ==, 3);
  gtk_drop_down_set_selected (colors, 2);
  gtk_drop_down_set_selected (sizes, 4);
  gtk_switch_set_active (GTK_SWITCH (nth (window, GTK_TYPE_SWITCH, 0)), TRUE);
  g_object_get (preferences, "feed-shown", &shown, NULL);
  g_assert_cmpstr (gs_preferences_get_color_scheme (preferences), ==, "dark");
  g_assert_cmpfloat (gs_preferences_get_text_scale (preferences), ==, 2.0);
  g_assert_true (shown);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (colors), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Colours");
  gtk_window_destroy (window);
}

static void
test_window_size (void)
{
  g_autoptr (GsPreferences) preferences = g_object_new (GS_TYPE_PREFERENCES, NULL);
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GdkRectangle screen;
  g_autoptr (GdkMonitor) monitor =
    g_list_model_get_item (gdk_display_get_monitors (gdk_display_get_default ()), 0);
  int width, height;

  gdk_monitor_get_geometry (monitor, &screen);
  g_object_set (preferences, "window-maximized", FALSE, NULL);
  gs_window_size_follow (window, preferences);
  gtk_window_get_default_size (window, &width, &height);
  g_assert_cmpint (width, ==, screen.width);
  g_assert_cmpint (height, ==, screen.height);
  gtk_window_set_default_size (window, 1300, 900);
  gtk_window_destroy (window);

  g_object_get (preferences, "window-width", &width, "window-height", &height, NULL);
  g_assert_cmpint (width, ==, 1300);
  g_assert_cmpint (height, ==, 900);
  g_object_set (preferences, "window-height", 30000, NULL);
  window = GTK_WINDOW (gtk_window_new ());
  gs_window_size_follow (window, preferences);
  gtk_window_get_default_size (window, &width, &height);
  g_assert_cmpint (width, ==, 1300);
  g_assert_cmpint (height, ==, screen.height);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  gs_ui_init ();
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", GS_APPLICATION_ID, "flags",
                              G_APPLICATION_NON_UNIQUE, NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/ui/preferences/kept", test_kept);
  g_test_add_func ("/ui/preferences/schema-agrees", test_schema_agrees);
  g_test_add_func ("/ui/preferences/without-schema", test_without_schema);
  g_test_add_func ("/ui/preferences/other-version", test_other_version);
  g_test_add_func ("/ui/preferences/look", test_look);
  g_test_add_func ("/ui/preferences/window", test_window);
  g_test_add_func ("/ui/preferences/window-size", test_window_size);
  return g_test_run ();
}
