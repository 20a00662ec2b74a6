/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What the officer saw on the page after a print. Any thread. */
typedef enum
{
  GS_PAGE_ANSWER_COMPLETE = 1,
  GS_PAGE_ANSWER_INCOMPLETE,
  GS_PAGE_ANSWER_ABSENT,
  GS_PAGE_ANSWER_WRONG_PLACE
} GsPageAnswer;

const char *gs_page_answer_to_word (GsPageAnswer answer);
gboolean gs_page_answer_from_word (const char *word, GsPageAnswer *answer);
