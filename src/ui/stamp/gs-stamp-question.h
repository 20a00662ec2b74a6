/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-stamp-bitmap.h"

G_BEGIN_DECLS

/* What is on the page? Four answers, and where a misplaced stamp is. Answers come by key through
 * the sheet, or by a click: then it emits "answered" with the number that the key would say (int, 1
 * to 4). Main thread. */
#define GS_TYPE_STAMP_QUESTION (gs_stamp_question_get_type ())
G_DECLARE_FINAL_TYPE (GsStampQuestion, gs_stamp_question, GS, STAMP_QUESTION, GtkBox)

/* The stamp that was printed, for the little pictures. bitmap: not NULL, borrowed for the call. */
void gs_stamp_question_set_bitmap (GsStampQuestion *self, GsStampBitmap *bitmap);

/* Which printers did not take it and where it was printed; NULL for nothing to say. */
void gs_stamp_question_set_pass (GsStampQuestion *self, const char *text);

/* Asks where the stamp is, after the answer "in the wrong place"; numbers are places from then. */
void gs_stamp_question_ask_place (GsStampQuestion *self, gboolean ask);
gboolean gs_stamp_question_asks_place (GsStampQuestion *self);

G_END_DECLS
