/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-outcome.h"

G_BEGIN_DECLS

/* One pair of pictures and its three answers: "Chip to Desk: same person, unsure, different". The
 * row that is asked now is marked and shows the keys; an answered one says what was answered and
 * takes no other. No colour leads a judgement. Main thread.
 *
 * Signal "answered" (int): a GsJudgement was clicked; keys come through the sheet. */
#define GS_TYPE_PAIR_QUESTION (gs_pair_question_get_type ())
G_DECLARE_FINAL_TYPE (GsPairQuestion, gs_pair_question, GS, PAIR_QUESTION, GtkBox)

/* first "Chip", second "Desk", what "the picture in the chip and the person here". */
void gs_pair_question_set_words (GsPairQuestion *self,
                                 const char *first,
                                 const char *second,
                                 const char *what);
/* marked: 1, 2, 3 answer this row. answer: 0 while there is none. */
void gs_pair_question_set_state (GsPairQuestion *self, gboolean marked, GsJudgement answer);
/* FALSE while no answer is taken, as before there is a picture to judge. */
void gs_pair_question_set_ready (GsPairQuestion *self, gboolean ready);
/* Narrow places: the answers go below the words. */
void gs_pair_question_set_stacked (GsPairQuestion *self, gboolean stacked);
/* The two names alone, where there is little room. */
void gs_pair_question_hide_what (GsPairQuestion *self);
/* The answers of both rows stand below each other. */
void gs_pair_question_align (GsPairQuestion *self, GsPairQuestion *other);

G_END_DECLS
