/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scores on the engine's scale between its thresholds: no match, review, match, each band with its
 * word. The table above it says the same, so assistive technology is told one sentence. Main
 * thread. */
#define GS_TYPE_SCORE_PLOT (gs_score_plot_get_type ())
G_DECLARE_FINAL_TYPE (GsScorePlot, gs_score_plot, GS, SCORE_PLOT, GtkWidget)

GtkWidget *gs_score_plot_new (void);

/* The scale's thresholds; NAN when the engine names none: the plot hides then. */
void gs_score_plot_set_thresholds (GsScorePlot *self, double review, double match);
/* Up to two marks; words NULL or score NAN takes one away. */
void gs_score_plot_set_mark (GsScorePlot *self, guint place, double score, const char *words);

G_END_DECLS
