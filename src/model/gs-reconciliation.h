/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The daily reconciliation of a desk: what its journal says was printed since the last one against
 * what its printers counted. Plain structs of one owner; the judgement is a pure function. Any
 * thread. */

/* What may explain a difference, or must be named. low and high say by how many impressions the
 * printers may have counted less and more because of it. */
typedef enum
{
  GS_DIFFERENCE_OPEN = 1,      /* a serial whose page nobody has answered for yet */
  GS_DIFFERENCE_EARLIER,       /* open then, in the sums now: the printer counted it perhaps then */
  GS_DIFFERENCE_ABSENT,        /* void because absent from the page, yet perhaps counted */
  GS_DIFFERENCE_INCOMPLETE,    /* void because incomplete, perhaps not counted */
  GS_DIFFERENCE_TEST,          /* a test print of which nobody knows whether it was printed */
  GS_DIFFERENCE_VOID_IMPRINT,  /* the same of a VOID imprint */
  GS_DIFFERENCE_COUNTER_RESET, /* a printer counts lower than before */
  GS_DIFFERENCE_NO_COUNTER,    /* a printer could not be asked, or does not count */
  GS_DIFFERENCE_NO_BEGINNING,  /* a printer whose counter was not read before */
  GS_DIFFERENCE_SERIAL_GAP,    /* serials that the journal does not have */
  GS_DIFFERENCE_MISSING_DAY,   /* a day that was not reconciled */
} GsDifferenceKind;

typedef struct
{
  GsDifferenceKind kind;
  char *subject; /* serial, print, printer or day */
  char *last;    /* of a gap: the last serial; NULL otherwise */
  gint64 at_utc_ms;
  gint64 low;
  gint64 high;
} GsDifference;

/* Where a printer's number is from. */
typedef enum
{
  GS_COUNT_PRINTER = 1, /* printer-impressions-completed */
  GS_COUNT_HAND,        /* two officers counted the sheets since the last time */
  GS_COUNT_NONE,        /* nobody can say */
} GsCountSource;

typedef struct
{
  char *printer; /* its address */
  GsCountSource source;
  gint64 before; /* the counter then; -1 when it is not known. 0 with HAND */
  gint64 now;    /* the counter now; -1 when it is not known. With HAND what was counted */
} GsPrinterCount;

typedef enum
{
  GS_RECONCILIATION_MATCHED = 1, /* the numbers are equal */
  GS_RECONCILIATION_EXPLAINED,   /* what is listed explains the difference */
  GS_RECONCILIATION_SIGNED,      /* a supervisor signs for it */
} GsReconciliationResult;

/* What a supervisor signs for. */
typedef enum
{
  GS_SIGN_REASON_NONE = 1,
  GS_SIGN_REASON_COUNTER_RESET,
  GS_SIGN_REASON_PRINTER_EXCHANGED,
  GS_SIGN_REASON_SERVICE,  /* impressions of a maintenance that the journal does not know */
  GS_SIGN_REASON_FIRST,    /* the first reconciliation of a printer */
  GS_SIGN_REASON_RESTORED, /* the database was restored from a copy */
  GS_SIGN_REASON_NOT_FOUND /* looked into, not found */
} GsSignReason;
#define GS_SIGN_REASON_LAST GS_SIGN_REASON_NOT_FOUND

typedef struct
{
  char *id; /* UUID */
  char *desk;
  char *day;    /* "2026-11-23" in the port's time zone */
  guint number; /* 1; higher when the day was reconciled again */
  char *zone;   /* the time zone's name */
  gint64
    from_utc_ms; /* when the last one was made, or the register began; GS_TIME_UNKNOWN before */
  gint64 made_utc_ms;

  gint64 issued;
  gint64 void_stamps; /* void stamps that are on paper */
  gint64 void_imprints;
  gint64 tests;
  gint64 unused; /* serials that were taken and not printed: in no sum */

  GPtrArray *counts;      /* GsPrinterCount */
  GPtrArray *differences; /* GsDifference */

  /* By gs_reconciliation_judge(). */
  gboolean counted;  /* FALSE: some printer's number is not known, and neither is the difference */
  gint64 difference; /* what the printers counted more than the journal; 0 when not counted */
  GsReconciliationResult result;

  GsSignReason reason;
  char *officer; /* account ids */
  char *second;  /* of a signature, or of a count by hand; NULL otherwise */
} GsReconciliation;

GsReconciliation *gs_reconciliation_new (void);
void gs_reconciliation_free (GsReconciliation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsReconciliation, gs_reconciliation_free)

void gs_reconciliation_add_count (
  GsReconciliation *self, const char *printer, GsCountSource source, gint64 before, gint64 now);
/* last may be NULL. low and high follow from the kind. Borrowed. */
const GsDifference *gs_reconciliation_add_difference (GsReconciliation *self,
                                                      GsDifferenceKind kind,
                                                      const char *subject,
                                                      const char *last,
                                                      gint64 at_utc_ms);

/* Issued, void and test: what the journal says is on paper. */
gint64 gs_reconciliation_get_printed (const GsReconciliation *self);

/* Names what is wrong with the printers' counts (once), and fills counted, difference and result.
 * The result is SIGNED when the difference is not known or not explained, when serials are missing,
 * and when the day was reconciled before. */
void gs_reconciliation_judge (GsReconciliation *self);

/* TRUE when a number was counted by hand, which takes two officers. */
gboolean gs_reconciliation_is_by_hand (const GsReconciliation *self);

/* Words as stored and exported; NULL outside the enumeration. */
const char *gs_difference_kind_to_word (GsDifferenceKind kind);
gboolean gs_difference_kind_from_word (const char *word, GsDifferenceKind *kind);
const char *gs_count_source_to_word (GsCountSource source);
gboolean gs_count_source_from_word (const char *word, GsCountSource *source);
const char *gs_reconciliation_result_to_word (GsReconciliationResult result);
gboolean gs_reconciliation_result_from_word (const char *word, GsReconciliationResult *result);
const char *gs_sign_reason_to_word (GsSignReason reason);
gboolean gs_sign_reason_from_word (const char *word, GsSignReason *reason);

G_END_DECLS
