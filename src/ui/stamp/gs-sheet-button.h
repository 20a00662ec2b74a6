/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A button of a sheet: text and key cap. It never takes the focus, so that Enter and Space belong
 * to the sheet, whatever was touched last. key: NULL for none. label: where to put the text's
 * label, or NULL. Main thread. */
GtkWidget *
gs_sheet_button_new (const char *text, const char *key, gboolean filled, GtkWidget **label);
