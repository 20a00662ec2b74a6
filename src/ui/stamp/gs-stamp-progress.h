/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The sheet's page while a stamp is printed: the five steps, how far the sending is, what the
 * printer lacks, and how to stop. Main thread. */
#define GS_TYPE_STAMP_PROGRESS (gs_stamp_progress_get_type ())
G_DECLARE_FINAL_TYPE (GsStampProgress, gs_stamp_progress, GS, STAMP_PROGRESS, GtkBox)

void gs_stamp_progress_update (GsStampProgress *self, GsStation *station, GsStampIssue *issue);

G_END_DECLS
