/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-time.h"

#include <string.h>

static gboolean
read_digits (const char *text, gsize count, int *value)
{
  int sum = 0;

  for (gsize i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      sum = sum * 10 + (text[i] - '0');
    }
  *value = sum;
  return TRUE;
}

/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar. */
static gint64
days_from_civil (int year, int month, int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (gint64) g_date_get_julian (&date) - 719163;
}

/* Reads "Z", "+09:00" or "-03:30" and nothing after it. */
static gboolean
read_offset (const char *text, gsize len, int *offset_minutes)
{
  int hours, minutes;

  if (len == 1 && (text[0] == 'Z' || text[0] == 'z'))
    {
      *offset_minutes = 0;
      return TRUE;
    }
  if (len != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
    return FALSE;
  if (!read_digits (text + 1, 2, &hours) || !read_digits (text + 4, 2, &minutes) || hours > 23
      || minutes > 59)
    return FALSE;
  *offset_minutes = (hours * 60 + minutes) * (text[0] == '-' ? -1 : 1);
  return TRUE;
}

gboolean
gs_time_parse_rfc3339 (const char *text, gssize len, gint64 *utc_ms)
{
  int year, month, day, hour, minute, second, offset_minutes;
  int millis = 0;
  gsize length, position = 19;

  g_return_val_if_fail (utc_ms != NULL, FALSE);

  if (text == NULL)
    return FALSE;
  length = len < 0 ? strlen (text) : (gsize) len;
  if (length < 20 || length > 64)
    return FALSE;
  if (!read_digits (text, 4, &year) || text[4] != '-' || !read_digits (text + 5, 2, &month)
      || text[7] != '-' || !read_digits (text + 8, 2, &day) || (text[10] != 'T' && text[10] != 't')
      || !read_digits (text + 11, 2, &hour) || text[13] != ':'
      || !read_digits (text + 14, 2, &minute) || text[16] != ':'
      || !read_digits (text + 17, 2, &second))
    return FALSE;
  if (year < 1 || hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 || day < 1
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  if (text[position] == '.')
    {
      int scale = 100;

      position++;
      if (position >= length || !g_ascii_isdigit (text[position]))
        return FALSE;
      for (; position < length && g_ascii_isdigit (text[position]); position++, scale /= 10)
        millis += (text[position] - '0') * scale;
    }
  if (!read_offset (text + position, length - position, &offset_minutes))
    return FALSE;

  *utc_ms = ((days_from_civil (year, month, day) * 24 + hour) * 60 + minute - offset_minutes)
              * G_GINT64_CONSTANT (60000)
            + second * 1000 + millis;
  return TRUE;
}

char *
gs_time_format_rfc3339 (gint64 utc_ms)
{
  g_autoptr (GDateTime) time = NULL;
  gint64 seconds, millis;

  if (utc_ms == GS_TIME_UNKNOWN)
    return NULL;
  millis = utc_ms % 1000;
  if (millis < 0)
    millis += 1000;
  seconds = (utc_ms - millis) / 1000;
  time = g_date_time_new_from_unix_utc (seconds);
  if (time == NULL)
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", g_date_time_get_year (time),
                          g_date_time_get_month (time), g_date_time_get_day_of_month (time),
                          g_date_time_get_hour (time), g_date_time_get_minute (time),
                          g_date_time_get_second (time), (int) millis);
}

char *
gs_time_format_clock (gint64 utc_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (utc_ms == GS_TIME_UNKNOWN)
    return g_strdup ("--:--:--");
  utc = g_date_time_new_from_unix_utc (utc_ms >= 0 ? utc_ms / 1000 : (utc_ms - 999) / 1000);
  if (utc == NULL)
    return g_strdup ("--:--:--");
  local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  return g_date_time_format (local, "%H:%M:%S");
}

gint64
gs_time_day_begin (gint64 utc_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) begin = NULL;

  if (utc_ms == GS_TIME_UNKNOWN)
    return GS_TIME_UNKNOWN;
  utc = g_date_time_new_from_unix_utc (utc_ms >= 0 ? utc_ms / 1000 : (utc_ms - 999) / 1000);
  if (utc == NULL)
    return GS_TIME_UNKNOWN;
  local = g_date_time_to_timezone (utc, zone);
  begin = local != NULL
            ? g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                               g_date_time_get_day_of_month (local), 0, 0, 0)
            : NULL;
  return begin != NULL ? g_date_time_to_unix (begin) * 1000 : GS_TIME_UNKNOWN;
}

char *
gs_time_format_day (gint64 utc_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (utc_ms == GS_TIME_UNKNOWN)
    return NULL;
  utc = g_date_time_new_from_unix_utc (utc_ms >= 0 ? utc_ms / 1000 : (utc_ms - 999) / 1000);
  if (utc == NULL)
    return NULL;
  local = g_date_time_to_timezone (utc, zone);
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

char *
gs_time_format_duration (gint64 duration_ms)
{
  gint64 seconds = MAX (duration_ms, 0) / 1000;

  if (seconds >= 3600)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", seconds / 3600,
                            (int) (seconds / 60 % 60), (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}
