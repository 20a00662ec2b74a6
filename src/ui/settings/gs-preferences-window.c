/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-preferences-window.h"

#include "gs-key-cap.h"

#include <math.h>

/* The steps of text size in the template's list. */
#define FIRST_SCALE 1.0
#define STEP_SCALE 0.25

struct _GsPreferencesWindow
{
  AdwWindow parent_instance;

  GtkDropDown *color_drop_down;
  GtkDropDown *text_drop_down;
  GtkSwitch *feed_switch;
  GtkWidget *not_kept_label;

  GsPreferences *preferences;
};

G_DEFINE_FINAL_TYPE (GsPreferencesWindow, gs_preferences_window, ADW_TYPE_WINDOW)

/* In the order of the template's list. */
static const char *const color_schemes[] = { "system", "light", "dark", NULL };

static gboolean
color_to_position (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const char *name = g_value_get_string (from);

  for (guint i = 0; color_schemes[i] != NULL; i++)
    if (g_strcmp0 (color_schemes[i], name) == 0)
      g_value_set_uint (to, i);
  return TRUE;
}

static gboolean
position_to_color (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  guint position = g_value_get_uint (from);

  if (position >= g_strv_length ((char **) color_schemes))
    return FALSE;
  g_value_set_string (to, color_schemes[position]);
  return TRUE;
}

static gboolean
scale_to_position (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_uint (to, (guint) lround ((g_value_get_double (from) - FIRST_SCALE) / STEP_SCALE));
  return TRUE;
}

static gboolean
position_to_scale (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  if (g_value_get_uint (from) == GTK_INVALID_LIST_POSITION)
    return FALSE;
  g_value_set_double (to, FIRST_SCALE + STEP_SCALE * g_value_get_uint (from));
  return TRUE;
}

static void
gs_preferences_window_dispose (GObject *object)
{
  g_clear_object (&GS_PREFERENCES_WINDOW (object)->preferences);
  G_OBJECT_CLASS (gs_preferences_window_parent_class)->dispose (object);
}

static void
gs_preferences_window_class_init (GsPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_preferences_window_dispose;
  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/settings/gs-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GsPreferencesWindow, color_drop_down);
  gtk_widget_class_bind_template_child (widget_class, GsPreferencesWindow, text_drop_down);
  gtk_widget_class_bind_template_child (widget_class, GsPreferencesWindow, feed_switch);
  gtk_widget_class_bind_template_child (widget_class, GsPreferencesWindow, not_kept_label);
}

static void
gs_preferences_window_init (GsPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gs_preferences_window_new (GtkWindow *parent, GsPreferences *preferences)
{
  GsPreferencesWindow *self =
    g_object_new (GS_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  self->preferences = g_object_ref (preferences);
  g_object_bind_property_full (preferences, "color-scheme", self->color_drop_down, "selected", both,
                               color_to_position, position_to_color, NULL, NULL);
  g_object_bind_property_full (preferences, "text-scale", self->text_drop_down, "selected", both,
                               scale_to_position, position_to_scale, NULL, NULL);
  g_object_bind_property (preferences, "feed-shown", self->feed_switch, "active", both);
  gtk_widget_set_visible (self->not_kept_label, !gs_preferences_is_kept (preferences));
  return GTK_WINDOW (self);
}
