/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A key of the outcome bar: label, a line that says what it does or every reason why it is off, and
 * its key. Only one may be filled: the next step. Main thread. */
#define GS_TYPE_OUTCOME_BUTTON (gs_outcome_button_get_type ())
G_DECLARE_FINAL_TYPE (GsOutcomeButton, gs_outcome_button, GS, OUTCOME_BUTTON, GtkButton)

GtkWidget *gs_outcome_button_new (const char *label, const char *hint, const char *key);

void gs_outcome_button_set_text (GsOutcomeButton *self, const char *label, const char *hint);
void gs_outcome_button_set_key (GsOutcomeButton *self, const char *key);
void gs_outcome_button_set_filled (GsOutcomeButton *self, gboolean filled);

/* NULL or an empty vector: the button is on and shows its hint. Else it is off and names every
 * reason, joined by "; ". */
void gs_outcome_button_set_reasons (GsOutcomeButton *self, const char *const *reasons);
