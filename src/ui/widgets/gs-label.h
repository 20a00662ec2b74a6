/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Small helps for labels. Main thread. */

/* Sets the text, without what is blank at its end, only when it differs; NULL or empty hides the
 * label. */
void gs_label_set (GtkWidget *label, const char *given);

/* For names and cause titles, the only texts that may be cut: one line at normal text scale with
 * the rest in the tooltip; at large ones they wrap instead. */
void gs_label_set_title (GtkWidget *label, const char *text);

/* A label with these CSS classes (separated by spaces), aligned to the start. Floating reference.
 */
GtkWidget *gs_label_new (const char *text, const char *css_classes);

/* The glyphs of the name's own script: "zh-cn", "zh-tw", "ko", "ja" or NULL. */
void gs_label_set_script (GtkWidget *label, const char *lang);
