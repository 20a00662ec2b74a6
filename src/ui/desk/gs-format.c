/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-format.h"

#include <glib/gi18n.h>

#include "gs-time.h"

char *
gs_format_time (GsStation *station, gint64 utc_ms)
{
  return gs_time_format_clock (utc_ms, gs_station_get_time_zone (station));
}

char *
gs_format_since (GsStation *station, gint64 utc_ms)
{
  gint64 now = gs_clock_now_utc_ms (gs_station_get_clock (station));

  if (now == GS_TIME_UNKNOWN || utc_ms == GS_TIME_UNKNOWN)
    return g_strdup ("–");
  return gs_time_format_duration (now - utc_ms);
}

char *
gs_format_gate (GsStation *station, const char *gate_id)
{
  const GsGate *gate = gs_case_book_find_gate (gs_station_get_book (station), gate_id);

  if (gate != NULL && gate->name != NULL)
    return g_strdup (gate->name);
  return g_strdup (gate_id != NULL ? gate_id : "–");
}

char *
gs_format_name (GsCase *item)
{
  char *name = gs_traveller_dup_name (gs_case_get_crossing (item)->traveller);

  return name != NULL ? name : g_strdup (_ ("Name not told"));
}

static gboolean
is_named_before (GPtrArray *cases, guint place)
{
  for (guint i = 0; i < place; i++)
    if (gs_case_is_joined (g_ptr_array_index (cases, place), g_ptr_array_index (cases, i)))
      return TRUE;
  return FALSE;
}

/* The family name of all of them; NULL when they have several, or one of them lacks a part. */
static const char *
find_family_name (GPtrArray *cases)
{
  const char *family = NULL;

  for (guint i = 0; i < cases->len; i++)
    {
      const GsTraveller *traveller = gs_case_get_crossing (g_ptr_array_index (cases, i))->traveller;

      if (traveller == NULL || traveller->primary_identifier == NULL
          || traveller->secondary_identifier == NULL || *traveller->secondary_identifier == '\0'
          || (family != NULL && !g_str_equal (family, traveller->primary_identifier)))
        return NULL;
      family = traveller->primary_identifier;
    }
  return family;
}

char *
gs_format_family (GPtrArray *cases)
{
  const char *family = find_family_name (cases);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < cases->len; i++)
    {
      GsCase *item = g_ptr_array_index (cases, i);
      g_autofree char *name = gs_format_name (item);

      if (is_named_before (cases, i))
        continue;
      if (names->len > 0)
        g_string_append (names, family != NULL ? ", " : "; ");
      g_string_append (names, family != NULL
                                ? gs_case_get_crossing (item)->traveller->secondary_identifier
                                : name);
    }
  /* Translators: a family's name and the given names of its members. */
  return family != NULL ? g_strdup_printf (_ ("%s: %s"), family, names->str)
                        : g_strdup (names->str);
}

char *
gs_format_desk (const char *desk_id)
{
  if (desk_id == NULL)
    return g_strdup ("–");
  if (g_str_has_prefix (desk_id, "desk-"))
    /* Translators: a desk's number. */
    return g_strdup_printf (_ ("Desk %s"), desk_id + strlen ("desk-"));
  return g_strdup (desk_id);
}

const char *
gs_format_script (GsCase *item)
{
  const GsTraveller *traveller = gs_case_get_crossing (item)->traveller;
  const char *name = traveller != NULL ? traveller->name_own_script : NULL;

  for (const char *p = name; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

      if (script == G_UNICODE_SCRIPT_HANGUL)
        return "ko";
      if (script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA)
        return "ja";
    }
  if (traveller == NULL)
    return NULL;
  if (g_strcmp0 (traveller->nationality, "CHN") == 0 || g_strcmp0 (traveller->language, "zh") == 0)
    return "zh-cn";
  if (g_strcmp0 (traveller->nationality, "TWN") == 0)
    return "zh-tw";
  if (g_strcmp0 (traveller->nationality, "KOR") == 0 || g_strcmp0 (traveller->language, "ko") == 0)
    return "ko";
  return "ja";
}
