/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-json.h"

#include "gs-time.h"

#include <stdlib.h>

const char *
gs_sim_json_text (json_t *object, const char *member)
{
  return json_string_value (json_object_get (object, member));
}

gint64
gs_sim_json_time (json_t *object, const char *member)
{
  gint64 utc_ms = GS_TIME_UNKNOWN;
  const char *text = gs_sim_json_text (object, member);

  if (text == NULL || !gs_time_parse_rfc3339 (text, -1, &utc_ms))
    return GS_TIME_UNKNOWN;
  return utc_ms;
}

json_t *
gs_sim_json_new_time (gint64 utc_ms)
{
  g_autofree char *text = gs_time_format_rfc3339 (utc_ms);

  return gs_sim_json_new_text (text);
}

json_t *
gs_sim_json_new_text (const char *text)
{
  return text == NULL ? json_null () : json_string (text);
}

json_t *
gs_sim_json_parse (const char *text, gsize length, char **message)
{
  json_error_t error;
  json_t *json = json_loadb (text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);

  if (json == NULL && message != NULL)
    *message = g_strdup_printf ("line %d, column %d: %s", error.line, error.column, error.text);
  return json;
}

char *
gs_sim_json_print (json_t *json)
{
  char *text = json_dumps (json, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION (6));
  char *copy = g_strdup (text);

  free (text);
  return copy;
}

char *
gs_sim_json_digest (json_t *json)
{
  char *text = json_dumps (json, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text == NULL ? "" : text, -1);

  free (text);
  return digest;
}
