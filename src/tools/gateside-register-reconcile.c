/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-register.h"

#include <jansson.h>
#include <stdio.h>

#include "gs-ipp-printer.h"
#include "gs-reconciliation-table.h"
#include "gs-register-reconcile.h"
#include "gs-time.h"

/* --- the printers ----------------------------------------------------------------------------- */

typedef struct
{
  gint64 counter;
  gboolean over;
} Asking;

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status =
    gs_stamp_printer_get_status_finish (GS_STAMP_PRINTER (source), result, &error);

  if (status != NULL)
    asking->counter = status->impressions_completed;
  else
    fprintf (stderr, "gateside-register: a printer does not answer: %s\n", error->message);
  asking->over = TRUE;
}

static gint64
ask_printer (const char *uri, const char *pins)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsIppPrinter) printer =
    pins != NULL ? gs_ipp_printer_new (NULL, uri, pins, &error) : NULL;
  Asking asking = { -1, FALSE };

  if (printer == NULL)
    {
      fprintf (stderr, "gateside-register: %s cannot be asked: %s\n", uri,
               error != NULL ? error->message : "the key file has no certificate of it");
      return -1;
    }
  gs_stamp_printer_get_status_async (GS_STAMP_PRINTER (printer), NULL, on_status, &asking);
  while (!asking.over)
    g_main_context_iteration (NULL, TRUE);
  return asking.counter;
}

static void
add_reading (GsReconcileJob *job, const char *uri, const char *pins, gint64 *by_hand)
{
  gint64 counter = ask_printer (uri, pins);

  if (counter >= 0)
    gs_reconcile_job_add (job, uri, GS_COUNT_PRINTER, counter);
  else if (*by_hand >= 0)
    {
      gs_reconcile_job_add (job, uri, GS_COUNT_HAND, *by_hand);
      *by_hand = 0;
    }
  else
    gs_reconcile_job_add (job, uri, GS_COUNT_NONE, -1);
}

static void
add_readings (GsReconcileJob *job, const RegisterOptions *options)
{
  const GsConfig *config = options->loaded;
  gint64 by_hand = options->counted;

  if (config->printer_uri != NULL)
    add_reading (job, config->printer_uri, config->printer_certificate, &by_hand);
  for (guint i = 0; config->more_printers != NULL && i < config->more_printers->len; i++)
    {
      const GsConfigPrinter *printer = g_ptr_array_index (config->more_printers, i);

      add_reading (job, printer->uri, printer->certificate, &by_hand);
    }
}

/* --- what is shown ---------------------------------------------------------------------------- */

static json_t *
text_or_null (const char *text)
{
  return text != NULL ? json_string (text) : json_null ();
}

static void
print_json (const GsReconciliation *row)
{
  json_t *counts = json_array ();
  json_t *differences = json_array ();
  json_t *whole;
  char *text;

  for (guint i = 0; i < row->counts->len; i++)
    {
      const GsPrinterCount *count = g_ptr_array_index (row->counts, i);

      json_array_append_new (counts, json_pack ("{s:s, s:s, s:I, s:I}", "printer", count->printer,
                                                "source", gs_count_source_to_word (count->source),
                                                "before", (json_int_t) count->before, "now",
                                                (json_int_t) count->now));
    }
  for (guint i = 0; i < row->differences->len; i++)
    {
      const GsDifference *difference = g_ptr_array_index (row->differences, i);

      json_array_append_new (differences, json_pack ("{s:s, s:o, s:o, s:I, s:I}", "kind",
                                                     gs_difference_kind_to_word (difference->kind),
                                                     "subject", text_or_null (difference->subject),
                                                     "last", text_or_null (difference->last), "low",
                                                     (json_int_t) difference->low, "high",
                                                     (json_int_t) difference->high));
    }
  whole = json_pack (
    "{s:s, s:s, s:i, s:I, s:I, s:I, s:I, s:I, s:b, s:I, s:s, s:s, s:o, s:o}", "desk", row->desk,
    "day", row->day, "number", (int) row->number, "issued", (json_int_t) row->issued, "void_stamps",
    (json_int_t) row->void_stamps, "void_imprints", (json_int_t) row->void_imprints, "tests",
    (json_int_t) row->tests, "unused", (json_int_t) row->unused, "counted", row->counted,
    "difference", (json_int_t) row->difference, "result",
    gs_reconciliation_result_to_word (row->result), "reason", gs_sign_reason_to_word (row->reason),
    "counts", counts, "differences", differences);
  text = json_dumps (whole, JSON_INDENT (2));
  json_decref (whole);
  puts (text);
  free (text);
}

static void
print_text (const GsReconciliation *row)
{
  printf ("%s %s", row->desk, row->day);
  if (row->number > 1)
    printf (" (number %u)", row->number);
  printf ("\nissued %" G_GINT64_FORMAT "\nvoid %" G_GINT64_FORMAT "\ntest %" G_GINT64_FORMAT "\n",
          row->issued, row->void_stamps + row->void_imprints, row->tests);
  for (guint i = 0; i < row->counts->len; i++)
    {
      const GsPrinterCount *count = g_ptr_array_index (row->counts, i);

      printf ("counted %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
              gs_count_source_to_word (count->source), count->before, count->now, count->printer);
    }
  if (row->counted)
    printf ("difference %" G_GINT64_FORMAT "\n", row->difference);
  else
    puts ("difference unknown");
  for (guint i = 0; i < row->differences->len; i++)
    {
      const GsDifference *difference = g_ptr_array_index (row->differences, i);

      printf ("%s %s%s%s\n", gs_difference_kind_to_word (difference->kind), difference->subject,
              difference->last != NULL ? " to " : "",
              difference->last != NULL ? difference->last : "");
    }
  printf ("%s\n", gs_reconciliation_result_to_word (row->result));
}

/* --- the command ------------------------------------------------------------------------------ */

static gpointer
last_in_store (GsDatabase *db, gpointer desk, GError **error)
{
  return gs_reconciliation_table_last (db, desk, error);
}

/* The port's: as asked for, or as the last reconciliation had it from the hall. */
static GTimeZone *
find_zone (GsStore *store, const RegisterOptions *options)
{
  g_autoptr (GsReconciliation) last = NULL;

  if (options->zone != NULL)
    return g_time_zone_new_identifier (options->zone);
  last = gs_store_query (store, last_in_store, options->desk, NULL);
  return last != NULL ? g_time_zone_new_identifier (last->zone) : NULL;
}

static int
close_day (GsStore *store,
           GsReconcileJob *job,
           GsReconciliation *shown,
           const RegisterOptions *options)
{
  g_autoptr (GsSession) first = NULL;
  g_autoptr (GsSession) second = NULL;
  g_autoptr (GsReconciliation) written = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  GsSignReason reason = GS_SIGN_REASON_NONE;
  GsRecordEntry entry;

  job->shown = shown;
  if (options->reason != NULL)
    gs_sign_reason_from_word (options->reason, &reason);
  first = register_sign_in (store, options->as);
  if (first != NULL && options->with != NULL)
    second = register_sign_in (store, options->with);
  if (first == NULL || (options->with != NULL && second == NULL))
    return EXIT_NOT_DONE;
  if (!gs_reconcile_sign (shown, first, second, reason, &error))
    return register_fail ("the day was not closed", error);
  g_free (job->day);
  job->day = g_strdup (shown->day);
  gs_reconcile_describe (shown, &entry, &detail);
  written = gs_store_transact (store, &entry, gs_reconcile_run, job, &error);
  return error == NULL ? EXIT_DONE : register_fail ("the day was not closed", error);
}

int
register_reconcile (GsStore *store, const RegisterOptions *options)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GsReconcileJob) job = NULL;
  g_autoptr (GError) error = NULL;
  GsReconciliation *shown;
  GsSignReason reason;

  if (options->reason != NULL && !gs_sign_reason_from_word (options->reason, &reason))
    return register_fail_usage ("--reason is none of the reasons");
  zone = find_zone (store, options);
  if (zone == NULL)
    return register_fail_usage (options->zone != NULL
                                  ? "--time-zone is no time zone"
                                  : "--time-zone is missing: no day was reconciled before");
  job = gs_reconcile_job_new (options->desk, options->day, zone, g_get_real_time () / 1000);
  add_readings (job, options);
  shown = gs_store_query (store, gs_reconcile_run, job, &error);
  if (shown == NULL)
    return register_fail ("the day cannot be reconciled", error);
  if (options->json)
    print_json (shown);
  else
    print_text (shown);
  if (!options->look)
    return close_day (store, job, shown, options);
  gs_reconciliation_free (shown);
  return EXIT_DONE;
}
