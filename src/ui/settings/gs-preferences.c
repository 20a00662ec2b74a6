/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-preferences.h"

#include "gs-build-config.h"

#define LARGEST_WINDOW 32767

struct _GsPreferences
{
  GObject parent_instance;

  GSettings *settings; /* NULL: nothing is kept */
  char *color_scheme;
  double text_scale;
  gboolean feed_shown;
  int window_width;
  int window_height;
  gboolean window_maximized;
};

enum
{
  PROP_0,
  PROP_COLOR_SCHEME,
  PROP_TEXT_SCALE,
  PROP_FEED_SHOWN,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GsPreferences, gs_preferences, G_TYPE_OBJECT)

static void
gs_preferences_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GsPreferences *self = GS_PREFERENCES (object);

  switch (id)
    {
    case PROP_COLOR_SCHEME:
      g_value_set_string (value, self->color_scheme);
      break;
    case PROP_TEXT_SCALE:
      g_value_set_double (value, self->text_scale);
      break;
    case PROP_FEED_SHOWN:
      g_value_set_boolean (value, self->feed_shown);
      break;
    case PROP_WINDOW_WIDTH:
      g_value_set_int (value, self->window_width);
      break;
    case PROP_WINDOW_HEIGHT:
      g_value_set_int (value, self->window_height);
      break;
    case PROP_WINDOW_MAXIMIZED:
      g_value_set_boolean (value, self->window_maximized);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static const char *
known_color_scheme (const char *name)
{
  return g_strcmp0 (name, "light") == 0  ? "light"
         : g_strcmp0 (name, "dark") == 0 ? "dark"
                                         : "system";
}

/* Notifies only what changed: what is bound both ways would go round for ever. */
static void
gs_preferences_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GsPreferences *self = GS_PREFERENCES (object);
  GValue before = G_VALUE_INIT;

  g_value_init (&before, pspec->value_type);
  gs_preferences_get_property (object, id, &before, pspec);
  switch (id)
    {
    case PROP_COLOR_SCHEME:
      g_free (self->color_scheme);
      self->color_scheme = g_strdup (known_color_scheme (g_value_get_string (value)));
      break;
    case PROP_TEXT_SCALE:
      self->text_scale = g_value_get_double (value);
      break;
    case PROP_FEED_SHOWN:
      self->feed_shown = g_value_get_boolean (value);
      break;
    case PROP_WINDOW_WIDTH:
      self->window_width = g_value_get_int (value);
      break;
    case PROP_WINDOW_HEIGHT:
      self->window_height = g_value_get_int (value);
      break;
    case PROP_WINDOW_MAXIMIZED:
      self->window_maximized = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  if (g_param_values_cmp (pspec, &before, value) != 0)
    g_object_notify_by_pspec (object, pspec);
  g_value_unset (&before);
}

static void
gs_preferences_dispose (GObject *object)
{
  GsPreferences *self = GS_PREFERENCES (object);

  /* What was chosen last must not be lost with the process. */
  if (self->settings != NULL)
    g_settings_sync ();
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (gs_preferences_parent_class)->dispose (object);
}

static void
gs_preferences_finalize (GObject *object)
{
  g_free (GS_PREFERENCES (object)->color_scheme);
  G_OBJECT_CLASS (gs_preferences_parent_class)->finalize (object);
}

static void
gs_preferences_class_init (GsPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gs_preferences_get_property;
  object_class->set_property = gs_preferences_set_property;
  object_class->dispose = gs_preferences_dispose;
  object_class->finalize = gs_preferences_finalize;
  properties[PROP_COLOR_SCHEME] = g_param_spec_string ("color-scheme", NULL, NULL, "system", flags);
  properties[PROP_TEXT_SCALE] = g_param_spec_double ("text-scale", NULL, NULL, 1, 2, 1, flags);
  properties[PROP_FEED_SHOWN] = g_param_spec_boolean ("feed-shown", NULL, NULL, FALSE, flags);
  properties[PROP_WINDOW_WIDTH] =
    g_param_spec_int ("window-width", NULL, NULL, 0, LARGEST_WINDOW, 0, flags);
  properties[PROP_WINDOW_HEIGHT] =
    g_param_spec_int ("window-height", NULL, NULL, 0, LARGEST_WINDOW, 0, flags);
  properties[PROP_WINDOW_MAXIMIZED] =
    g_param_spec_boolean ("window-maximized", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
gs_preferences_init (GsPreferences *self)
{
  self->color_scheme = g_strdup ("system");
  self->text_scale = 1;
  self->window_maximized = TRUE;
}

GSettingsSchemaSource *
gs_preferences_dup_source (void)
{
  GSettingsSchemaSource *standard = g_settings_schema_source_get_default ();
  GSettingsSchemaSource *own = NULL;

  if (standard != NULL)
    {
      g_autoptr (GSettingsSchema) schema =
        g_settings_schema_source_lookup (standard, GS_APPLICATION_ID, TRUE);

      if (schema != NULL)
        return g_settings_schema_source_ref (standard);
    }
  own = g_settings_schema_source_new_from_directory (GS_SCHEMADIR, standard, FALSE, NULL);
  if (own == NULL && standard != NULL)
    own = g_settings_schema_source_ref (standard);
  return own;
}

/* NULL when it is not there, or is of another version: reading a key that is not in a schema ends
 * the program. */
static GSettings *
open_settings (GSettingsSchemaSource *source)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, GS_APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      g_message ("The schema %s is not installed: preferences are not kept.", GS_APPLICATION_ID);
      return NULL;
    }
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    if (!g_settings_schema_has_key (schema, properties[i]->name))
      {
        g_message ("The schema %s has no key %s: preferences are not kept.", GS_APPLICATION_ID,
                   properties[i]->name);
        return NULL;
      }
  return g_settings_new_full (schema, NULL, NULL);
}

GsPreferences *
gs_preferences_new (GSettingsSchemaSource *source)
{
  GsPreferences *self = g_object_new (GS_TYPE_PREFERENCES, NULL);

  self->settings = open_settings (source);
  for (guint i = PROP_0 + 1; i < N_PROPS && self->settings != NULL; i++)
    g_settings_bind (self->settings, properties[i]->name, self, properties[i]->name,
                     G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
  return self;
}

gboolean
gs_preferences_is_kept (GsPreferences *self)
{
  g_return_val_if_fail (GS_IS_PREFERENCES (self), FALSE);
  return self->settings != NULL;
}

const char *
gs_preferences_get_color_scheme (GsPreferences *self)
{
  g_return_val_if_fail (GS_IS_PREFERENCES (self), NULL);
  return self->color_scheme;
}

double
gs_preferences_get_text_scale (GsPreferences *self)
{
  g_return_val_if_fail (GS_IS_PREFERENCES (self), 1);
  return self->text_scale;
}
