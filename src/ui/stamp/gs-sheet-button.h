/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button of a sheet: text and key cap (properties "text" and "key"). It never takes the focus, so
 * that Enter and Space belong to the sheet, whatever was touched last. Main thread. */
#define GS_TYPE_SHEET_BUTTON (gs_sheet_button_get_type ())
G_DECLARE_FINAL_TYPE (GsSheetButton, gs_sheet_button, GS, SHEET_BUTTON, GtkButton)

void gs_sheet_button_set_text (GsSheetButton *self, const char *text);
/* NULL for none. */
void gs_sheet_button_set_key (GsSheetButton *self, const char *key);

G_END_DECLS
