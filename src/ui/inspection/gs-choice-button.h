/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An outcome of a dialog: what it is called, and below what it means (properties "title" and
 * "hint"). Main thread. */
#define GS_TYPE_CHOICE_BUTTON (gs_choice_button_get_type ())
G_DECLARE_FINAL_TYPE (GsChoiceButton, gs_choice_button, GS, CHOICE_BUTTON, GtkButton)

void gs_choice_button_set_hint (GsChoiceButton *self, const char *hint);

/* Switches the button off and names every reason (bits of GsBlock) instead of the hint; 0 leaves
 * both as they are. */
void gs_choice_button_block (GsChoiceButton *self, guint blocks);

G_END_DECLS
