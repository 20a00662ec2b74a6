/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of the crossing's history: time and what happened. Main thread. */
#define GS_TYPE_CASE_HISTORY_LINE (gs_case_history_line_get_type ())
G_DECLARE_FINAL_TYPE (GsCaseHistoryLine, gs_case_history_line, GS, CASE_HISTORY_LINE, GtkBox)

GtkWidget *gs_case_history_line_new (const char *time, const char *text);

G_END_DECLS
