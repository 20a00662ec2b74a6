/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-reconciliation.h"

#include "gs-time.h"
#include "gs-words.h"

static const GsWord kind_words[] = {
  { GS_DIFFERENCE_OPEN, "open" },
  { GS_DIFFERENCE_EARLIER, "earlier" },
  { GS_DIFFERENCE_ABSENT, "absent" },
  { GS_DIFFERENCE_INCOMPLETE, "incomplete" },
  { GS_DIFFERENCE_TEST, "test" },
  { GS_DIFFERENCE_VOID_IMPRINT, "void-imprint" },
  { GS_DIFFERENCE_COUNTER_RESET, "counter-reset" },
  { GS_DIFFERENCE_NO_COUNTER, "no-counter" },
  { GS_DIFFERENCE_NO_BEGINNING, "no-beginning" },
  { GS_DIFFERENCE_SERIAL_GAP, "serial-gap" },
  { GS_DIFFERENCE_MISSING_DAY, "missing-day" },
  { 0, NULL },
};

static const GsWord source_words[] = {
  { GS_COUNT_PRINTER, "printer" },
  { GS_COUNT_HAND, "hand" },
  { GS_COUNT_NONE, "none" },
  { 0, NULL },
};

static const GsWord result_words[] = {
  { GS_RECONCILIATION_MATCHED, "matched" },
  { GS_RECONCILIATION_EXPLAINED, "explained" },
  { GS_RECONCILIATION_SIGNED, "signed" },
  { 0, NULL },
};

static const GsWord reason_words[] = {
  { GS_SIGN_REASON_NONE, "none" },
  { GS_SIGN_REASON_COUNTER_RESET, "counter-reset" },
  { GS_SIGN_REASON_PRINTER_EXCHANGED, "printer-exchanged" },
  { GS_SIGN_REASON_SERVICE, "service" },
  { GS_SIGN_REASON_FIRST, "first" },
  { GS_SIGN_REASON_RESTORED, "restored" },
  { GS_SIGN_REASON_NOT_FOUND, "not-found" },
  { 0, NULL },
};

const char *
gs_difference_kind_to_word (GsDifferenceKind kind)
{
  return gs_words_to_word (kind_words, kind);
}

const char *
gs_count_source_to_word (GsCountSource source)
{
  return gs_words_to_word (source_words, source);
}

const char *
gs_reconciliation_result_to_word (GsReconciliationResult result)
{
  return gs_words_to_word (result_words, result);
}

const char *
gs_sign_reason_to_word (GsSignReason reason)
{
  return gs_words_to_word (reason_words, reason);
}

gboolean
gs_difference_kind_from_word (const char *word, GsDifferenceKind *kind)
{
  int value;

  if (!gs_words_from_word (kind_words, word, &value))
    return FALSE;
  *kind = (GsDifferenceKind) value;
  return TRUE;
}

gboolean
gs_count_source_from_word (const char *word, GsCountSource *source)
{
  int value;

  if (!gs_words_from_word (source_words, word, &value))
    return FALSE;
  *source = (GsCountSource) value;
  return TRUE;
}

gboolean
gs_reconciliation_result_from_word (const char *word, GsReconciliationResult *result)
{
  int value;

  if (!gs_words_from_word (result_words, word, &value))
    return FALSE;
  *result = (GsReconciliationResult) value;
  return TRUE;
}

gboolean
gs_sign_reason_from_word (const char *word, GsSignReason *reason)
{
  int value;

  if (!gs_words_from_word (reason_words, word, &value))
    return FALSE;
  *reason = (GsSignReason) value;
  return TRUE;
}

static void
count_free (gpointer data)
{
  GsPrinterCount *count = data;

  g_free (count->printer);
  g_free (count);
}

static void
difference_free (gpointer data)
{
  GsDifference *difference = data;

  g_free (difference->subject);
  g_free (difference->last);
  g_free (difference);
}

GsReconciliation *
gs_reconciliation_new (void)
{
  GsReconciliation *self = g_new0 (GsReconciliation, 1);

  self->number = 1;
  self->from_utc_ms = GS_TIME_UNKNOWN;
  self->made_utc_ms = GS_TIME_UNKNOWN;
  self->counts = g_ptr_array_new_with_free_func (count_free);
  self->differences = g_ptr_array_new_with_free_func (difference_free);
  self->result = GS_RECONCILIATION_SIGNED;
  self->reason = GS_SIGN_REASON_NONE;
  return self;
}

void
gs_reconciliation_free (GsReconciliation *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->desk);
  g_free (self->day);
  g_free (self->zone);
  g_free (self->officer);
  g_free (self->second);
  g_ptr_array_unref (self->counts);
  g_ptr_array_unref (self->differences);
  g_free (self);
}

void
gs_reconciliation_add_count (
  GsReconciliation *self, const char *printer, GsCountSource source, gint64 before, gint64 now)
{
  GsPrinterCount *count = g_new0 (GsPrinterCount, 1);

  count->printer = g_strdup (printer);
  count->source = source;
  count->before = before;
  count->now = now;
  g_ptr_array_add (self->counts, count);
}

const GsDifference *
gs_reconciliation_add_difference (GsReconciliation *self,
                                  GsDifferenceKind kind,
                                  const char *subject,
                                  const char *last,
                                  gint64 at_utc_ms)
{
  GsDifference *difference = g_new0 (GsDifference, 1);

  difference->kind = kind;
  difference->subject = g_strdup (subject);
  difference->last = g_strdup (last);
  difference->at_utc_ms = at_utc_ms;
  switch (kind)
    {
    case GS_DIFFERENCE_OPEN:
    case GS_DIFFERENCE_ABSENT:
    case GS_DIFFERENCE_TEST:
    case GS_DIFFERENCE_VOID_IMPRINT:
      difference->high = 1;
      break;
    case GS_DIFFERENCE_EARLIER:
    case GS_DIFFERENCE_INCOMPLETE:
      difference->low = -1;
      break;
    case GS_DIFFERENCE_COUNTER_RESET:
    case GS_DIFFERENCE_NO_COUNTER:
    case GS_DIFFERENCE_NO_BEGINNING:
    case GS_DIFFERENCE_SERIAL_GAP:
    case GS_DIFFERENCE_MISSING_DAY:
      break;
    }
  g_ptr_array_add (self->differences, difference);
  return difference;
}

gint64
gs_reconciliation_get_printed (const GsReconciliation *self)
{
  return self->issued + self->void_stamps + self->void_imprints + self->tests;
}

static gboolean
is_named (const GsReconciliation *self, GsDifferenceKind kind, const char *subject)
{
  for (guint i = 0; i < self->differences->len; i++)
    {
      const GsDifference *difference = g_ptr_array_index (self->differences, i);

      if (difference->kind == kind && g_strcmp0 (difference->subject, subject) == 0)
        return TRUE;
    }
  return FALSE;
}

/* FALSE and named when the number cannot be known. A sum that does not fit is not known either. */
static gboolean
add_up (GsReconciliation *self, const GsPrinterCount *count, gint64 *sum)
{
  GsDifferenceKind wrong;
  gint64 delta;

  if (count->source == GS_COUNT_NONE || count->now < 0)
    wrong = GS_DIFFERENCE_NO_COUNTER;
  else if (count->before < 0)
    wrong = GS_DIFFERENCE_NO_BEGINNING;
  else if (count->now < count->before)
    wrong = GS_DIFFERENCE_COUNTER_RESET;
  else
    {
      delta = count->now - count->before;
      if (*sum <= G_MAXINT64 - delta)
        {
          *sum += delta;
          return TRUE;
        }
      wrong = GS_DIFFERENCE_COUNTER_RESET;
    }
  if (!is_named (self, wrong, count->printer))
    gs_reconciliation_add_difference (self, wrong, count->printer, NULL, self->made_utc_ms);
  return FALSE;
}

void
gs_reconciliation_judge (GsReconciliation *self)
{
  gint64 sum = 0, low = 0, high = 0;
  gboolean gap = FALSE;

  self->counted = TRUE;
  for (guint i = 0; i < self->counts->len; i++)
    if (!add_up (self, g_ptr_array_index (self->counts, i), &sum))
      self->counted = FALSE;
  self->difference = self->counted ? sum - gs_reconciliation_get_printed (self) : 0;
  for (guint i = 0; i < self->differences->len; i++)
    {
      const GsDifference *difference = g_ptr_array_index (self->differences, i);

      low += difference->low;
      high += difference->high;
      gap = gap || difference->kind == GS_DIFFERENCE_SERIAL_GAP;
    }
  if (!self->counted || gap || self->number > 1)
    self->result = GS_RECONCILIATION_SIGNED;
  else if (self->difference == 0)
    self->result = GS_RECONCILIATION_MATCHED;
  else if (self->difference >= low && self->difference <= high)
    self->result = GS_RECONCILIATION_EXPLAINED;
  else
    self->result = GS_RECONCILIATION_SIGNED;
}

gboolean
gs_reconciliation_is_by_hand (const GsReconciliation *self)
{
  for (guint i = 0; i < self->counts->len; i++)
    if (((const GsPrinterCount *) g_ptr_array_index (self->counts, i))->source == GS_COUNT_HAND)
      return TRUE;
  return FALSE;
}
