/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-register-export.h"

#include <string.h>

#include "gs-reconciliation-table.h"
#include "gs-register-reconcile.h"
#include "gs-register-report.h"
#include "gs-stamp-device-table.h"
#include "gs-time.h"

GsRegisterExport *
gs_register_export_new (const char *desk,
                        const char *port,
                        const char *first_day,
                        const char *last_day,
                        GTimeZone *zone,
                        gint64 now_utc_ms,
                        gboolean pdf)
{
  GsRegisterExport *self = g_new0 (GsRegisterExport, 1);

  self->desk = g_strdup (desk);
  self->port = g_strdup (port);
  self->first_day = g_strdup (first_day);
  self->last_day = g_strdup (last_day);
  self->zone = zone != NULL ? g_time_zone_ref (zone) : NULL;
  self->now_utc_ms = now_utc_ms;
  self->pdf = pdf;
  return self;
}

void
gs_register_export_free (GsRegisterExport *self)
{
  if (self == NULL)
    return;
  g_free (self->desk);
  g_free (self->port);
  g_free (self->first_day);
  g_free (self->last_day);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

void
gs_register_export_describe (const GsRegisterExport *self,
                             const char *officer,
                             GsRecordEntry *entry,
                             char **detail)
{
  g_free (*detail);
  *detail = g_strdup_printf ("format=%s desk=%s from=%s to=%s", self->pdf ? "pdf" : "csv",
                             self->desk, self->first_day, self->last_day);
  *entry = (GsRecordEntry){ .kind = "export",
                            .at_utc_ms = self->now_utc_ms,
                            .officer = officer,
                            .subject = "stamp-register",
                            .detail = *detail };
}

/* From the first day's beginning to the last day's end, in the port's time zone. */
static gint64
edge_of (const char *day, gboolean end, GTimeZone *zone)
{
  g_autofree char *text = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr (GDateTime) begin = g_date_time_new_from_iso8601 (text, zone);
  g_autoptr (GDateTime) next = NULL;

  if (begin == NULL)
    return end ? G_MAXINT64 : 0;
  next = g_date_time_add_days (begin, end ? 1 : 0);
  return g_date_time_to_unix (next) * 1000;
}

/* Days of the span between two reconciled ones, and from the last one to today or the span's end,
 * that nobody closed. */
static GPtrArray *
list_missing (const GsRegisterExport *self, GPtrArray *rows, const char *last, GTimeZone *zone)
{
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *today = gs_time_format_day (self->now_utc_ms, zone);
  g_autoptr (GPtrArray) days = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const GsReconciliation *row = g_ptr_array_index (rows, i);

      for (guint j = 0; j < row->differences->len; j++)
        {
          const GsDifference *difference = g_ptr_array_index (row->differences, j);

          if (difference->kind == GS_DIFFERENCE_MISSING_DAY
              && g_strcmp0 (difference->subject, self->first_day) >= 0)
            g_ptr_array_add (missing, g_strdup (difference->subject));
        }
    }
  days = gs_reconcile_days_between (last, today);
  for (guint i = 0; i < days->len; i++)
    if (g_strcmp0 (days->pdata[i], self->first_day) >= 0
        && g_strcmp0 (days->pdata[i], self->last_day) <= 0)
      g_ptr_array_add (missing, g_strdup (days->pdata[i]));
  return missing;
}

gpointer
gs_register_export_run (GsDatabase *db, gpointer data, GError **error)
{
  const GsRegisterExport *self = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (GsReconciliation) last = gs_reconciliation_table_last (db, self->desk, &local);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) holdings = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *csv = NULL;
  GsRegisterReport report;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  zone = self->zone != NULL ? g_time_zone_ref (self->zone)
         : last != NULL     ? g_time_zone_new_identifier (last->zone)
                            : NULL;
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  rows = gs_reconciliation_table_of_days (db, self->desk, self->first_day, self->last_day, error);
  if (rows == NULL)
    return NULL;
  holdings = gs_stamp_holding_table_list (db, edge_of (self->first_day, FALSE, zone),
                                          edge_of (self->last_day, TRUE, zone), error);
  if (holdings == NULL)
    return NULL;
  missing = list_missing (self, rows, last != NULL ? last->day : NULL, zone);
  report = (GsRegisterReport){ .desk = self->desk,
                               .port = self->port,
                               .first_day = self->first_day,
                               .last_day = self->last_day,
                               .zone = zone,
                               .made_utc_ms = self->now_utc_ms,
                               .reconciliations = rows,
                               .missing = missing,
                               .holdings = holdings };
  if (self->pdf)
    return gs_register_report_to_pdf (&report, error);
  csv = gs_register_report_to_csv (&report);
  return g_bytes_new (csv, strlen (csv));
}
