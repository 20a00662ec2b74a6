/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-page-answer.h"

#include "gs-words.h"

static const GsWord answer_words[] = {
  { GS_PAGE_ANSWER_COMPLETE, "complete" },
  { GS_PAGE_ANSWER_INCOMPLETE, "incomplete" },
  { GS_PAGE_ANSWER_ABSENT, "absent" },
  { GS_PAGE_ANSWER_WRONG_PLACE, "wrong-place" },
  { 0, NULL },
};

const char *
gs_page_answer_to_word (GsPageAnswer answer)
{
  return gs_words_to_word (answer_words, answer);
}

gboolean
gs_page_answer_from_word (const char *word, GsPageAnswer *answer)
{
  int value;

  if (!gs_words_from_word (answer_words, word, &value))
    return FALSE;
  *answer = (GsPageAnswer) value;
  return TRUE;
}
