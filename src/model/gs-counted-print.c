/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-counted-print.h"

#include "gs-time.h"
#include "gs-words.h"

static const GsWord kind_words[] = {
  { GS_COUNTED_PRINT_TEST, "test" },
  { GS_COUNTED_PRINT_VOID, "void" },
  { 0, NULL },
};

static const GsWord state_words[] = {
  { GS_COUNTED_PRINT_BEGUN, "begun" },
  { GS_COUNTED_PRINT_PRINTED, "printed" },
  { GS_COUNTED_PRINT_FAILED, "failed" },
  { 0, NULL },
};

GsCountedPrint *
gs_counted_print_new (void)
{
  GsCountedPrint *self = g_new0 (GsCountedPrint, 1);

  self->state = GS_COUNTED_PRINT_BEGUN;
  self->taken_utc_ms = GS_TIME_UNKNOWN;
  self->ended_utc_ms = GS_TIME_UNKNOWN;
  return self;
}

void
gs_counted_print_free (GsCountedPrint *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->desk);
  g_free (self->printer);
  g_free (self->officer);
  g_free (self->serial);
  g_free (self);
}

const char *
gs_counted_print_kind_to_word (GsCountedPrintKind kind)
{
  return gs_words_to_word (kind_words, kind);
}

gboolean
gs_counted_print_kind_from_word (const char *word, GsCountedPrintKind *kind)
{
  int value;

  if (!gs_words_from_word (kind_words, word, &value))
    return FALSE;
  *kind = (GsCountedPrintKind) value;
  return TRUE;
}

const char *
gs_counted_print_state_to_word (GsCountedPrintState state)
{
  return gs_words_to_word (state_words, state);
}

gboolean
gs_counted_print_state_from_word (const char *word, GsCountedPrintState *state)
{
  int value;

  if (!gs_words_from_word (state_words, word, &value))
    return FALSE;
  *state = (GsCountedPrintState) value;
  return TRUE;
}
