/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The contract writes enumerations as lower-case words; a table of { value, word } pairs ended by a
 * NULL word joins them to our enums. Any thread. */
typedef struct
{
  int value;
  const char *word;
} GsWord;

/* The word of value; NULL when the table lacks it. */
const char *gs_words_to_word (const GsWord *words, int value);

/* FALSE and *value untouched when the word is NULL or not in the table. */
gboolean gs_words_from_word (const GsWord *words, const char *word, int *value);
