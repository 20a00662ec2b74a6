/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-register-report.h"

#include <string.h>

#include "gs-time.h"

#define HEADER                                                                                     \
  "row,desk,day,number,from,until,issued,void_stamps,void_imprints,tests,unused,counted,"          \
  "difference,result,reason,officer,second,kind,subject,last,before,now"
#define COLUMNS 22

enum
{
  ROW,
  DESK,
  DAY,
  NUMBER,
  FROM,
  UNTIL,
  ISSUED,
  VOID_STAMPS,
  VOID_IMPRINTS,
  TESTS,
  UNUSED,
  COUNTED,
  DIFFERENCE,
  RESULT,
  REASON,
  OFFICER,
  SECOND,
  KIND,
  SUBJECT,
  LAST,
  BEFORE,
  NOW,
};

typedef struct
{
  char *cells[COLUMNS];
} Row;

static void
set (Row *row, guint column, const char *text)
{
  g_free (row->cells[column]);
  row->cells[column] = g_strdup (text);
}

static void
set_number (Row *row, guint column, gint64 number)
{
  g_free (row->cells[column]);
  row->cells[column] = g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static void
set_time (Row *row, guint column, gint64 utc_ms)
{
  g_free (row->cells[column]);
  row->cells[column] =
    utc_ms != 0 && utc_ms != GS_TIME_UNKNOWN ? gs_time_format_rfc3339 (utc_ms) : NULL;
}

/* Writes the row and empties it. A cell is quoted where RFC 4180 asks for it. */
static void
put (GString *text, Row *row)
{
  for (guint i = 0; i < COLUMNS; i++)
    {
      const char *cell = row->cells[i] != NULL ? row->cells[i] : "";

      if (i > 0)
        g_string_append_c (text, ',');
      if (strpbrk (cell, ",\"\r\n") == NULL)
        g_string_append (text, cell);
      else
        {
          g_autoptr (GString) quoted = g_string_new (cell);

          g_string_replace (quoted, "\"", "\"\"", 0);
          g_string_append_printf (text, "\"%s\"", quoted->str);
        }
      g_clear_pointer (&row->cells[i], g_free);
    }
  g_string_append (text, "\r\n");
}

static void
begin (Row *row, const char *what, const GsReconciliation *of)
{
  set (row, ROW, what);
  set (row, DESK, of->desk);
  set (row, DAY, of->day);
  set_number (row, NUMBER, of->number);
}

static void
put_reconciliation (GString *text, const GsReconciliation *of)
{
  Row row = { 0 };

  begin (&row, "reconciliation", of);
  set_time (&row, FROM, of->from_utc_ms);
  set_time (&row, UNTIL, of->made_utc_ms);
  set_number (&row, ISSUED, of->issued);
  set_number (&row, VOID_STAMPS, of->void_stamps);
  set_number (&row, VOID_IMPRINTS, of->void_imprints);
  set_number (&row, TESTS, of->tests);
  set_number (&row, UNUSED, of->unused);
  set (&row, COUNTED, of->counted ? "yes" : "no");
  if (of->counted)
    set_number (&row, DIFFERENCE, of->difference);
  set (&row, RESULT, gs_reconciliation_result_to_word (of->result));
  set (&row, REASON, gs_sign_reason_to_word (of->reason));
  set (&row, OFFICER, of->officer);
  set (&row, SECOND, of->second);
  put (text, &row);
  for (guint i = 0; i < of->counts->len; i++)
    {
      const GsPrinterCount *count = g_ptr_array_index (of->counts, i);

      begin (&row, "count", of);
      set (&row, KIND, gs_count_source_to_word (count->source));
      set (&row, SUBJECT, count->printer);
      set_number (&row, BEFORE, count->before);
      set_number (&row, NOW, count->now);
      put (text, &row);
    }
  for (guint i = 0; i < of->differences->len; i++)
    {
      const GsDifference *difference = g_ptr_array_index (of->differences, i);

      begin (&row, "difference", of);
      set (&row, KIND, gs_difference_kind_to_word (difference->kind));
      set (&row, SUBJECT, difference->subject);
      set (&row, LAST, difference->last);
      set_time (&row, FROM, difference->at_utc_ms);
      put (text, &row);
    }
}

static void
put_holding (GString *text, const GsStampHolding *holding)
{
  Row row = { 0 };

  set (&row, ROW, "holding");
  set (&row, DESK, holding->desk);
  set (&row, SUBJECT, holding->device);
  set_time (&row, FROM, holding->from_utc_ms);
  set_time (&row, UNTIL, holding->until_utc_ms);
  set (&row, OFFICER, holding->officer);
  set (&row, SECOND, holding->handed_by);
  set (&row, KIND,
       holding->until_utc_ms == 0     ? "held"
       : holding->received_by == NULL ? "lost"
                                      : "returned");
  set (&row, LAST, holding->received_by);
  put (text, &row);
}

char *
gs_register_report_to_csv (const GsRegisterReport *report)
{
  GString *text = g_string_new (HEADER "\r\n");

  for (guint i = 0; i < report->reconciliations->len; i++)
    put_reconciliation (text, g_ptr_array_index (report->reconciliations, i));
  for (guint i = 0; i < report->missing->len; i++)
    {
      Row row = { 0 };

      set (&row, ROW, "missing");
      set (&row, DESK, report->desk);
      set (&row, DAY, g_ptr_array_index (report->missing, i));
      put (text, &row);
    }
  for (guint i = 0; i < report->holdings->len; i++)
    put_holding (text, g_ptr_array_index (report->holdings, i));
  return g_string_free (text, FALSE);
}
