/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a stamp printer puts on paper beside stamps, and counts like them: a test print, or VOID
 * over a stamp. It is written down before it is sent, so that the daily reconciliation finds it.
 * A plain struct of one owner. Any thread. */
typedef enum
{
  GS_COUNTED_PRINT_TEST = 1,
  GS_COUNTED_PRINT_VOID,
} GsCountedPrintKind;

typedef enum
{
  GS_COUNTED_PRINT_BEGUN = 1, /* about to be sent; nobody knows whether it is on paper */
  GS_COUNTED_PRINT_PRINTED,   /* the printer took the whole of it */
  GS_COUNTED_PRINT_FAILED,    /* nothing was sent, or the printer cancelled it with 0 impressions */
} GsCountedPrintState;

typedef struct
{
  char *id; /* UUID: the print job's name */
  GsCountedPrintKind kind;
  GsCountedPrintState state;
  char *desk;
  char *printer; /* its address */
  char *officer; /* account id */
  char *serial;  /* of VOID: the stamp's; NULL for a test */
  gint64 taken_utc_ms;
  gint64 ended_utc_ms; /* GS_TIME_UNKNOWN while it is BEGUN */
} GsCountedPrint;

GsCountedPrint *gs_counted_print_new (void);
void gs_counted_print_free (GsCountedPrint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCountedPrint, gs_counted_print_free)

/* "test", "void"; "begun", "printed", "failed". NULL outside the enumeration. */
const char *gs_counted_print_kind_to_word (GsCountedPrintKind kind);
gboolean gs_counted_print_kind_from_word (const char *word, GsCountedPrintKind *kind);
const char *gs_counted_print_state_to_word (GsCountedPrintState state);
gboolean gs_counted_print_state_from_word (const char *word, GsCountedPrintState *state);

G_END_DECLS
