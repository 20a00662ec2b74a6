/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-fields.h"

#define MAX_CHARACTERS 64

static const char *const months[] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC" };

GsStampFields *
gs_stamp_fields_new (void)
{
  GsStampFields *self = g_new0 (GsStampFields, 1);

  self->kind = GS_STAMP_KIND_STAMP;
  return self;
}

GsStampFields *
gs_stamp_fields_copy (const GsStampFields *self)
{
  GsStampFields *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_new (GsStampFields, 1);
  *copy = *self;
  copy->port = g_strdup (self->port);
  copy->crossing_point = g_strdup (self->crossing_point);
  copy->serial = g_strdup (self->serial);
  copy->desk = g_strdup (self->desk);
  copy->seal = self->seal != NULL ? gs_seal_symbol_ref (self->seal) : NULL;
  return copy;
}

void
gs_stamp_fields_free (GsStampFields *self)
{
  if (self == NULL)
    return;
  g_free (self->port);
  g_free (self->crossing_point);
  g_free (self->serial);
  g_free (self->desk);
  g_clear_pointer (&self->seal, gs_seal_symbol_unref);
  g_free (self);
}

static void
replace (char **place, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*place);
  *place = copy;
}

void
gs_stamp_fields_set_port (GsStampFields *self, const char *port, const char *crossing_point)
{
  g_return_if_fail (self != NULL);
  replace (&self->port, port);
  replace (&self->crossing_point, crossing_point);
}

void
gs_stamp_fields_set_serial (GsStampFields *self, const char *serial)
{
  g_return_if_fail (self != NULL);
  replace (&self->serial, serial);
}

void
gs_stamp_fields_set_desk (GsStampFields *self, const char *desk)
{
  g_return_if_fail (self != NULL);
  replace (&self->desk, desk);
}

void
gs_stamp_fields_set_seal (GsStampFields *self, GsSealSymbol *seal)
{
  g_return_if_fail (self != NULL);
  if (seal != NULL)
    gs_seal_symbol_ref (seal);
  g_clear_pointer (&self->seal, gs_seal_symbol_unref);
  self->seal = seal;
}

gboolean
gs_stamp_fields_set_crossing_time (GsStampFields *self,
                                   gint64 crossed_at_utc_ms,
                                   GTimeZone *port_zone)
{
  gint64 seconds;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (self != NULL && port_zone != NULL, FALSE);
  /* Floor, not truncation: half a second before 1970 is still 1969. */
  seconds = crossed_at_utc_ms / 1000 - (crossed_at_utc_ms % 1000 < 0 ? 1 : 0);
  utc = g_date_time_new_from_unix_utc (seconds);
  if (utc == NULL)
    return FALSE;
  local = g_date_time_to_timezone (utc, port_zone);
  if (local == NULL)
    return FALSE;
  g_date_time_get_ymd (local, &self->year, &self->month, &self->day);
  return TRUE;
}

static gboolean
check_text (const char *value, const char *what, gboolean needed, GError **error)
{
  const char *problem = NULL;
  gboolean blank = TRUE;

  if (value == NULL || *value == '\0')
    {
      if (!needed)
        return TRUE;
      problem = "is missing";
    }
  else if (!g_utf8_validate (value, -1, NULL))
    problem = "is not UTF-8";
  else if (g_utf8_strlen (value, -1) > MAX_CHARACTERS)
    problem = "is too long";
  for (const char *p = value; problem == NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isprint (c))
        problem = "holds a character that cannot be printed";
      else if (!g_unichar_isspace (c))
        blank = FALSE;
    }
  if (problem == NULL && blank)
    problem = "is blank";
  if (problem == NULL)
    return TRUE;
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FIELDS, "The %s %s", what, problem);
  return FALSE;
}

gboolean
gs_stamp_fields_check (const GsStampFields *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->kind < GS_STAMP_KIND_STAMP || self->kind > GS_STAMP_KIND_CANCELLED
      || (self->kind == GS_STAMP_KIND_CANCELLED && self->direction == GS_DIRECTION_ARRIVAL))
    {
      g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FIELDS,
                           "Only a departure can be cancelled");
      return FALSE;
    }
  if (self->direction != GS_DIRECTION_ARRIVAL && self->direction != GS_DIRECTION_DEPARTURE)
    {
      g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FIELDS,
                           "The direction is neither arrival nor departure");
      return FALSE;
    }
  if (self->transport < GS_STAMP_TRANSPORT_AIR || self->transport > GS_STAMP_TRANSPORT_LAND)
    {
      g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FIELDS,
                           "The transport is neither air nor sea nor land");
      return FALSE;
    }
  if (self->year < 1 || self->year > 9999 || self->month < 1 || self->month > 12 || self->day < 1
      || !g_date_valid_dmy ((GDateDay) MIN (self->day, 99), (GDateMonth) self->month,
                            (GDateYear) self->year))
    {
      g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FIELDS, "The date is no day");
      return FALSE;
    }
  return check_text (self->port, "port", TRUE, error)
         && check_text (self->crossing_point, "crossing point", FALSE, error)
         && check_text (self->serial, "serial", TRUE, error)
         && check_text (self->desk, "desk", FALSE, error);
}

char *
gs_stamp_fields_dup_date (const GsStampFields *self)
{
  g_return_val_if_fail (self != NULL && self->month >= 1 && self->month <= 12, NULL);
  return g_strdup_printf ("%02d %s %04d", self->day, months[self->month - 1], self->year);
}

char *
gs_stamp_fields_dup_port (const GsStampFields *self)
{
  g_return_val_if_fail (self != NULL && self->port != NULL, NULL);
  if (self->crossing_point == NULL || *self->crossing_point == '\0')
    return g_strdup (self->port);
  return g_strdup_printf ("%s (%s)", self->port, self->crossing_point);
}
