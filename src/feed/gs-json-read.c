/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-json-read.h"

#include "gs-json-range.h"
#include "gs-time.h"

json_t *
gs_json_load (const char *text, gsize len, unsigned depth_limit, char **why)
{
  json_error_t error;
  json_t *json;

  /* Before the parser, so that its recursion is bounded by ours. */
  if (gs_json_depth (text, len) > depth_limit)
    {
      *why = g_strdup_printf ("nested deeper than %u", depth_limit);
      return NULL;
    }
  json = json_loadb (text, len, JSON_REJECT_DUPLICATES, &error);
  if (json == NULL)
    {
      /* The parser's own sentence quotes the text, which may be personal. */
      *why = g_strdup_printf ("not JSON at byte %d (code %d)", error.position,
                              (int) json_error_code (&error));
    }
  return json;
}

const char *
gs_json_text (json_t *object, const char *name)
{
  return json_string_value (json_object_get (object, name));
}

gint64
gs_json_integer (json_t *object, const char *name, gint64 otherwise)
{
  json_t *value = json_object_get (object, name);

  return json_is_integer (value) ? (gint64) json_integer_value (value) : otherwise;
}

gint64
gs_json_time (json_t *object, const char *name)
{
  gint64 utc_ms;

  if (gs_time_parse_rfc3339 (gs_json_text (object, name), -1, &utc_ms))
    return utc_ms;
  return GS_TIME_UNKNOWN;
}

double
gs_json_number (json_t *object, const char *name, double otherwise)
{
  json_t *value = json_object_get (object, name);

  return json_is_number (value) ? json_number_value (value) : otherwise;
}

gboolean
gs_json_is_absent (json_t *object, const char *name)
{
  json_t *value = json_object_get (object, name);

  return value == NULL || json_is_null (value);
}

char **
gs_json_texts (json_t *object, const char *name)
{
  json_t *array = json_object_get (object, name);
  json_t *value;
  size_t i;
  g_autoptr (GStrvBuilder) builder = NULL;

  if (!json_is_array (array))
    return NULL;
  builder = g_strv_builder_new ();
  json_array_foreach (array, i, value) if (json_is_string (value))
    g_strv_builder_add (builder, json_string_value (value));
  return g_strv_builder_end (builder);
}

void
gs_json_set_text (json_t *object, const char *name, const char *text)
{
  json_object_set_new (object, name, text != NULL ? json_string (text) : json_null ());
}

void
gs_json_set_time (json_t *object, const char *name, gint64 utc_ms)
{
  g_autofree char *text = gs_time_format_rfc3339 (utc_ms);

  gs_json_set_text (object, name, text);
}

char *
gs_json_write (json_t *json)
{
  char *text = json_dumps (json, JSON_COMPACT);
  char *copy = g_strdup (text);

  free (text);
  json_decref (json);
  return copy;
}
