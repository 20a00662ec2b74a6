/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-words.h"

const char *
gs_words_to_word (const GsWord *words, int value)
{
  for (; words->word != NULL; words++)
    if (words->value == value)
      return words->word;
  return NULL;
}

gboolean
gs_words_from_word (const GsWord *words, const char *word, int *value)
{
  if (word == NULL)
    return FALSE;
  for (; words->word != NULL; words++)
    if (g_str_equal (words->word, word))
      {
        *value = words->value;
        return TRUE;
      }
  return FALSE;
}
