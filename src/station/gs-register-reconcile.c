/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-register-reconcile.h"

#include <stdio.h>
#include <string.h>

#include "gs-counted-print-table.h"
#include "gs-impression-table.h"
#include "gs-journal-table.h"
#include "gs-reconciliation-table.h"
#include "gs-stamp-commit.h"
#include "gs-stamp-step.h"
#include "gs-time.h"
#include "gs-uuid.h"

#define MORNING_HOUR 6
#define MAX_DAYS 366
/* More serials than this are not looked for one by one: a counter that jumps so far is damaged. */
#define MAX_SERIALS 100000

GsReconcileJob *
gs_reconcile_job_new (const char *desk, const char *day, GTimeZone *zone, gint64 now_utc_ms)
{
  GsReconcileJob *self = g_new0 (GsReconcileJob, 1);

  self->desk = g_strdup (desk);
  self->day = g_strdup (day);
  self->zone = g_time_zone_ref (zone);
  self->now_utc_ms = now_utc_ms;
  self->readings = g_ptr_array_new ();
  return self;
}

void
gs_reconcile_job_free (GsReconcileJob *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->readings->len; i++)
    {
      GsCounterReading *reading = g_ptr_array_index (self->readings, i);

      g_free (reading->printer);
      g_free (reading);
    }
  g_ptr_array_unref (self->readings);
  g_time_zone_unref (self->zone);
  gs_reconciliation_free (self->shown);
  g_free (self->desk);
  g_free (self->day);
  g_free (self);
}

void
gs_reconcile_job_add (GsReconcileJob *self,
                      const char *printer,
                      GsCountSource source,
                      gint64 counter)
{
  GsCounterReading *reading = g_new0 (GsCounterReading, 1);

  reading->printer = g_strdup (printer);
  reading->source = counter >= 0 ? source : GS_COUNT_NONE;
  reading->counter = MAX (counter, -1);
  g_ptr_array_add (self->readings, reading);
}

/* --- signing ---------------------------------------------------------------------------------- */

gboolean
gs_reconcile_sign (GsReconciliation *shown,
                   GsSession *officer,
                   GsSession *second,
                   GsSignReason reason,
                   GError **error)
{
  gboolean signing = shown->result == GS_RECONCILIATION_SIGNED;
  gboolean two = signing || gs_reconciliation_is_by_hand (shown);

  if (officer == NULL || !gs_session_may_decide (officer))
    {
      g_set_error (error, GS_REGISTER_ERROR, GS_REGISTER_ERROR_DENIED,
                   "An officer or a supervisor reconciles");
      return FALSE;
    }
  if (signing && reason == GS_SIGN_REASON_NONE)
    {
      g_set_error (error, GS_REGISTER_ERROR, GS_REGISTER_ERROR_UNSIGNED,
                   "A supervisor signs for this difference, with a reason");
      return FALSE;
    }
  if (two
      && gs_approval_judge (signing ? GS_APPROVAL_RECONCILIATION : GS_APPROVAL_COUNT, officer,
                            second)
           != GS_APPROVAL_GRANTED)
    {
      g_set_error (error, GS_REGISTER_ERROR,
                   signing ? GS_REGISTER_ERROR_UNSIGNED : GS_REGISTER_ERROR_DENIED,
                   signing ? "Two officers are needed, and one of them is a supervisor"
                           : "Two officers count by hand");
      return FALSE;
    }
  g_free (shown->officer);
  shown->officer = g_strdup (gs_session_get_officer_id (officer));
  g_free (shown->second);
  shown->second = two ? g_strdup (gs_session_get_officer_id (second)) : NULL;
  shown->reason = signing ? reason : GS_SIGN_REASON_NONE;
  return TRUE;
}

void
gs_reconcile_describe (const GsReconciliation *shown, GsRecordEntry *entry, char **detail)
{
  g_free (*detail);
  *detail = g_strdup_printf (
    "desk=%s day=%s number=%u issued=%" G_GINT64_FORMAT " void=%" G_GINT64_FORMAT
    " test=%" G_GINT64_FORMAT " difference=%" G_GINT64_FORMAT " counted=%s result=%s reason=%s",
    shown->desk, shown->day, shown->number, shown->issued,
    shown->void_stamps + shown->void_imprints, shown->tests, shown->difference,
    shown->counted ? "yes" : "no", gs_reconciliation_result_to_word (shown->result),
    gs_sign_reason_to_word (shown->reason));
  *entry = (GsRecordEntry){ .kind = "register.reconcile",
                            .at_utc_ms = shown->made_utc_ms,
                            .officer = shown->officer,
                            .second = shown->second,
                            .subject = shown->id,
                            .detail = *detail };
}

/* --- days ------------------------------------------------------------------------------------- */

static gboolean
parse_day (const char *text, GDate *date)
{
  guint year, month, day;

  g_date_clear (date, 1);
  if (text == NULL || strlen (text) != 10 || sscanf (text, "%4u-%2u-%2u", &year, &month, &day) != 3
      || !g_date_valid_dmy ((GDateDay) MIN (day, 99), (GDateMonth) MIN (month, 99),
                            (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

GPtrArray *
gs_reconcile_days_between (const char *first, const char *last)
{
  GPtrArray *days = g_ptr_array_new_with_free_func (g_free);
  GDate at, end;

  if (!parse_day (first, &at) || !parse_day (last, &end))
    return days;
  for (g_date_add_days (&at, 1); g_date_compare (&at, &end) < 0 && days->len < MAX_DAYS;
       g_date_add_days (&at, 1))
    g_ptr_array_add (days,
                     g_strdup_printf ("%04d-%02d-%02d", (int) g_date_get_year (&at),
                                      (int) g_date_get_month (&at), (int) g_date_get_day (&at)));
  return days;
}

static gboolean
is_early (const GsReconcileJob *job)
{
  g_autofree char *clock = gs_time_format_clock (job->now_utc_ms, job->zone);

  return g_ascii_strtoll (clock, NULL, 10) < MORNING_HOUR;
}

/* began: the day on which the register began, NULL when that is not known. */
static char *
choose_day (const GsReconcileJob *job, const char *today, const char *last, const char *began)
{
  gint64 begin_utc_ms = gs_time_day_begin (job->now_utc_ms, job->zone);
  g_autofree char *yesterday = gs_time_format_day (begin_utc_ms - 1, job->zone);
  const char *after = last != NULL ? last : began;

  if (is_early (job) && yesterday != NULL && after != NULL
      && (last != NULL ? g_strcmp0 (last, yesterday) < 0 : g_strcmp0 (began, yesterday) <= 0))
    return g_steal_pointer (&yesterday);
  return g_strdup (today);
}

/* Fills day and number, and names the days that nobody reconciled. */
static gboolean
fill_day (GsDatabase *db,
          const GsReconcileJob *job,
          const GsReconciliation *last,
          GsReconciliation *row,
          GError **error)
{
  g_autofree char *today = gs_time_format_day (job->now_utc_ms, job->zone);
  g_autofree char *began = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  gint64 began_utc_ms, times;
  GDate date;

  if (!gs_printer_count_table_began (db, job->desk, &began_utc_ms, error))
    return FALSE;
  began = gs_time_format_day (began_utc_ms, job->zone);
  row->from_utc_ms = last != NULL ? last->made_utc_ms : began_utc_ms;
  row->day = job->day != NULL ? g_strdup (job->day)
                              : choose_day (job, today, last != NULL ? last->day : NULL, began);
  if (!parse_day (row->day, &date) || g_strcmp0 (row->day, today) > 0
      || (last != NULL && g_strcmp0 (row->day, last->day) < 0))
    {
      g_set_error (error, GS_REGISTER_ERROR, GS_REGISTER_ERROR_DAY,
                   "The day is none, is after today, or before the last reconciled one");
      return FALSE;
    }
  if (!gs_reconciliation_table_count (db, job->desk, row->day, &times, error))
    return FALSE;
  row->number = (guint) times + 1;
  if (last != NULL)
    missing = gs_reconcile_days_between (last->day, row->day);
  else if (began != NULL && g_strcmp0 (began, row->day) < 0)
    {
      gs_reconciliation_add_difference (row, GS_DIFFERENCE_MISSING_DAY, began, NULL,
                                        GS_TIME_UNKNOWN);
      missing = gs_reconcile_days_between (began, row->day);
    }
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    gs_reconciliation_add_difference (row, GS_DIFFERENCE_MISSING_DAY,
                                      g_ptr_array_index (missing, i), NULL, GS_TIME_UNKNOWN);
  return TRUE;
}

/* --- what the journal says -------------------------------------------------------------------- */

static gboolean
was_open (const GsReconciliation *last, const char *serial)
{
  for (guint i = 0; last != NULL && i < last->differences->len; i++)
    {
      const GsDifference *difference = g_ptr_array_index (last->differences, i);

      if (difference->kind == GS_DIFFERENCE_OPEN && g_strcmp0 (difference->subject, serial) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
name_serial (GsReconciliation *row, GsDifferenceKind kind, const GsImpressionRow *impression)
{
  gs_reconciliation_add_difference (row, kind, impression->serial, NULL,
                                    impression->taken_at_utc_ms);
}

static void
count_impression (GsReconciliation *row,
                  const GsReconciliation *last,
                  const GsImpressionRow *impression)
{
  const char *cause = impression->void_at_utc_ms != 0 ? impression->void_cause : NULL;

  if (impression->void_at_utc_ms == 0 && impression->confirmed_at_utc_ms == 0)
    {
      name_serial (row, GS_DIFFERENCE_OPEN, impression);
      return;
    }
  if (g_strcmp0 (cause, "unused") == 0 || g_strcmp0 (cause, "absent") == 0)
    {
      row->unused++;
      if (g_str_equal (cause, "absent"))
        name_serial (row, GS_DIFFERENCE_ABSENT, impression);
      return;
    }
  if (impression->void_at_utc_ms != 0)
    row->void_stamps++;
  else
    row->issued++;
  if (was_open (last, impression->serial))
    name_serial (row, GS_DIFFERENCE_EARLIER, impression);
  else if (g_strcmp0 (cause, "incomplete") == 0)
    name_serial (row, GS_DIFFERENCE_INCOMPLETE, impression);
}

static void
count_print (GsReconciliation *row, const GsCountedPrint *print)
{
  gboolean test = print->kind == GS_COUNTED_PRINT_TEST;

  if (print->state == GS_COUNTED_PRINT_PRINTED && test)
    row->tests++;
  else if (print->state == GS_COUNTED_PRINT_PRINTED)
    row->void_imprints++;
  else if (print->state == GS_COUNTED_PRINT_BEGUN)
    gs_reconciliation_add_difference (row, test ? GS_DIFFERENCE_TEST : GS_DIFFERENCE_VOID_IMPRINT,
                                      print->serial != NULL ? print->serial : print->id, NULL,
                                      print->taken_utc_ms);
}

static gboolean
count_journal (GsDatabase *db,
               const GsReconcileJob *job,
               const GsReconciliation *last,
               GsReconciliation *row,
               GError **error)
{
  g_autoptr (GPtrArray) impressions = gs_impression_table_list_new (db, job->desk, error);
  g_autoptr (GPtrArray) prints = NULL;

  if (impressions == NULL)
    return FALSE;
  prints = gs_counted_print_table_list_new (db, job->desk, error);
  if (prints == NULL)
    return FALSE;
  for (guint i = 0; i < impressions->len; i++)
    count_impression (row, last, g_ptr_array_index (impressions, i));
  for (guint i = 0; i < prints->len; i++)
    count_print (row, g_ptr_array_index (prints, i));
  return TRUE;
}

static void
name_gap (GsReconciliation *row, const char *prefix, gint64 first, gint64 last)
{
  g_autofree char *from = gs_stamp_serial_format (prefix, first);
  g_autofree char *to = first < last ? gs_stamp_serial_format (prefix, last) : NULL;

  gs_reconciliation_add_difference (row, GS_DIFFERENCE_SERIAL_GAP, from, to, GS_TIME_UNKNOWN);
}

static gboolean
look_for_serials (GsDatabase *db,
                  const GsSerialCounter *counter,
                  GsReconciliation *row,
                  GError **error)
{
  gint64 gap = 0;

  if (counter->last - counter->seen > MAX_SERIALS)
    {
      name_gap (row, counter->prefix, counter->seen + 1, counter->last);
      return TRUE;
    }
  for (gint64 number = counter->seen + 1; number <= counter->last; number++)
    {
      g_autofree char *serial = gs_stamp_serial_format (counter->prefix, number);
      g_autoptr (GError) local = NULL;
      g_autoptr (GsImpressionRow) impression = gs_impression_table_get (db, serial, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (impression == NULL && gap == 0)
        gap = number;
      if (impression != NULL && gap != 0)
        {
          name_gap (row, counter->prefix, gap, number - 1);
          gap = 0;
        }
    }
  if (gap != 0)
    name_gap (row, counter->prefix, gap, counter->last);
  return TRUE;
}

/* --- what the printers say -------------------------------------------------------------------- */

static gboolean
add_counts (GsDatabase *db, const GsReconcileJob *job, GsReconciliation *row, GError **error)
{
  for (guint i = 0; i < job->readings->len; i++)
    {
      const GsCounterReading *reading = g_ptr_array_index (job->readings, i);
      gint64 before;

      if (!gs_printer_count_table_get (db, job->desk, reading->printer, &before, error))
        return FALSE;
      gs_reconciliation_add_count (row, reading->printer, reading->source,
                                   reading->source == GS_COUNT_HAND ? 0 : before, reading->counter);
    }
  return TRUE;
}

/* While a document is under way nobody can say what the counter will be. */
static gboolean
is_printing (GsDatabase *db, gboolean *printing, GError **error)
{
  g_autoptr (GPtrArray) steps = gs_journal_table_list_unfinished (db, error);

  *printing = FALSE;
  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const GsJournalRow *row = g_ptr_array_index (steps, i);
      const GsJournalRow *next = i + 1 < steps->len ? g_ptr_array_index (steps, i + 1) : NULL;
      GsStampStep step;

      if (next != NULL && g_strcmp0 (next->stamp, row->stamp) == 0)
        continue;
      if (gs_stamp_step_from_string (row->step, &step) && step >= GS_STAMP_STEP_INTENT
          && step <= GS_STAMP_STEP_ACCEPTED)
        *printing = TRUE;
    }
  return TRUE;
}

/* --- all together ----------------------------------------------------------------------------- */

static gboolean
is_same (const GsReconciliation *one, const GsReconciliation *other)
{
  gboolean same = one->number == other->number && g_strcmp0 (one->day, other->day) == 0
                  && one->issued == other->issued && one->void_stamps == other->void_stamps
                  && one->void_imprints == other->void_imprints && one->tests == other->tests
                  && one->unused == other->unused && one->counted == other->counted
                  && one->difference == other->difference && one->result == other->result
                  && one->differences->len == other->differences->len
                  && one->counts->len == other->counts->len;

  for (guint i = 0; same && i < one->counts->len; i++)
    {
      const GsPrinterCount *a = g_ptr_array_index (one->counts, i);
      const GsPrinterCount *b = g_ptr_array_index (other->counts, i);

      same = a->source == b->source && a->before == b->before && a->now == b->now
             && g_strcmp0 (a->printer, b->printer) == 0;
    }
  for (guint i = 0; same && i < one->differences->len; i++)
    {
      const GsDifference *a = g_ptr_array_index (one->differences, i);
      const GsDifference *b = g_ptr_array_index (other->differences, i);

      same = a->kind == b->kind && g_strcmp0 (a->subject, b->subject) == 0
             && g_strcmp0 (a->last, b->last) == 0;
    }
  return same;
}

static GsReconciliation *
gather (GsDatabase *db, const GsReconcileJob *job, GPtrArray *unseen, GError **error)
{
  g_autoptr (GsReconciliation) row = gs_reconciliation_new ();
  g_autoptr (GError) local = NULL;
  g_autoptr (GsReconciliation) last = gs_reconciliation_table_last (db, job->desk, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  row->id = gs_uuid_new ();
  row->desk = g_strdup (job->desk);
  row->zone = g_strdup (g_time_zone_get_identifier (job->zone));
  row->made_utc_ms = job->now_utc_ms;
  if (!count_journal (db, job, last, row, error))
    return NULL;
  for (guint i = 0; i < unseen->len; i++)
    if (!look_for_serials (db, g_ptr_array_index (unseen, i), row, error))
      return NULL;
  if (!fill_day (db, job, last, row, error) || !add_counts (db, job, row, error))
    return NULL;
  gs_reconciliation_judge (row);
  return g_steal_pointer (&row);
}

static gboolean
write_down (GsDatabase *db, GsReconciliation *shown, GPtrArray *unseen, GError **error)
{
  for (guint i = 0; i < unseen->len; i++)
    {
      const GsSerialCounter *counter = g_ptr_array_index (unseen, i);

      if (!gs_serial_counter_see (db, counter->prefix, counter->last, error))
        return FALSE;
    }
  return gs_reconciliation_table_add (db, shown, error)
         && gs_impression_table_reconcile (db, shown->desk, shown->id, error)
         && gs_counted_print_table_reconcile (db, shown->desk, shown->id, error);
}

gpointer
gs_reconcile_run (GsDatabase *db, gpointer data, GError **error)
{
  GsReconcileJob *job = data;
  gboolean printing;
  g_autoptr (GPtrArray) unseen = gs_serial_counter_list_unseen (db, error);
  g_autoptr (GsReconciliation) row = NULL;

  if (unseen == NULL)
    return NULL;
  row = gather (db, job, unseen, error);
  if (row == NULL || job->shown == NULL)
    return g_steal_pointer (&row);
  if (!is_printing (db, &printing, error))
    return NULL;
  if (printing)
    {
      g_set_error (error, GS_REGISTER_ERROR, GS_REGISTER_ERROR_BUSY, "A stamp is being printed");
      return NULL;
    }
  if (!is_same (row, job->shown))
    {
      g_set_error (error, GS_REGISTER_ERROR, GS_REGISTER_ERROR_CHANGED,
                   "The numbers have changed since they were shown");
      return NULL;
    }
  if (!write_down (db, job->shown, unseen, error))
    return NULL;
  return g_steal_pointer (&job->shown);
}
