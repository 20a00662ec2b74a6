/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-slip.h"

G_BEGIN_DECLS

#define GS_SLIP_N_PURPOSES 5
#define GS_SLIP_N_BRING 3

/* What the slip says in one language. It is handed to a traveller whose language is not the
 * officer's, so it is kept here and not in the program's translations. */
typedef struct
{
  const char *code;     /* "ja" */
  const char *families; /* for Pango, in the order in which glyphs are looked for */
  const char *title;
  const char *lead;
  const char *reference;
  const char *direction;
  const char *entry;
  const char *exit;
  const char *date;
  const char *port;
  const char *gate;
  const char *name;
  const char *purposes_title;
  const char *purposes[GS_SLIP_N_PURPOSES]; /* in the order of the flags */
  const char *bring_title;
  const char *bring[GS_SLIP_N_BRING];
  const char *where_title;
  const char *hours;
  const char *notice;
  const char *issued;
} GsSlipWords;

/* Static; English for a value outside the enumeration. */
const GsSlipWords *gs_slip_words (GsSlipLanguage language);

/* Puts the words of a notice of refusal in place of those of the travel record; purposes_title
 * heads the ground. language is within the enumeration. */
void gs_slip_words_refuse (GsSlipWords *words, GsSlipLanguage language);

/* The date and time as the language writes it: "2026年11月23日(月) 13:47". NULL for a time outside
 * years 1 to 9999. Transfer full. */
char *gs_slip_words_format_time (GsSlipLanguage language, gint64 utc_ms, GTimeZone *zone);

G_END_DECLS
