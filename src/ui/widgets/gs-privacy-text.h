/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A text that shows as grey bars while it is shielded. The bars do not follow the words, and
 * assistive technology is told "shielded" instead of the text. The height stays, so that nothing
 * moves when it is read. Main thread.
 *
 * Write-only property text-class (string): a CSS class of the text. */
#define GS_TYPE_PRIVACY_TEXT (gs_privacy_text_get_type ())
G_DECLARE_FINAL_TYPE (GsPrivacyText, gs_privacy_text, GS, PRIVACY_TEXT, GtkWidget)

void gs_privacy_text_set_text (GsPrivacyText *self, const char *text);

/* The same with Pango markup; the caller has escaped what came from outside. */
void gs_privacy_text_set_markup (GsPrivacyText *self, const char *markup);
void gs_privacy_text_set_shielded (GsPrivacyText *self, gboolean shielded);
gboolean gs_privacy_text_get_shielded (GsPrivacyText *self);

/* The label inside, for its script and alignment. Transfer none. */
GtkWidget *gs_privacy_text_get_label (GsPrivacyText *self);
