/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-preview.h"

G_BEGIN_DECLS

/* An answer about the page: a small picture of what it stands for, its title, a line of text and
 * its key (properties "title", "text" and "key", set once). It never takes the focus. Main
 * thread. */
#define GS_TYPE_ANSWER_BUTTON (gs_answer_button_get_type ())
G_DECLARE_FINAL_TYPE (GsAnswerButton, gs_answer_button, GS, ANSWER_BUTTON, GtkButton)

/* The picture inside. Transfer none. */
GsStampPreview *gs_answer_button_get_preview (GsAnswerButton *self);

G_END_DECLS
