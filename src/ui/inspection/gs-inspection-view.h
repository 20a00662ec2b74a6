/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The card: the case that is open at this desk, with pictures, reason chain, checks, history and
 * the outcome bar; or a quiet page when none is. Main thread. */
#define GS_TYPE_INSPECTION_VIEW (gs_inspection_view_get_type ())
G_DECLARE_FINAL_TYPE (GsInspectionView, gs_inspection_view, GS, INSPECTION_VIEW, GtkBox)

GtkWidget *gs_inspection_view_new (GsStation *station);

/* Space is held: a shielded case shows its words. */
void gs_inspection_view_set_read_held (GsInspectionView *self, gboolean held);

/* A sheet shows the desk camera's picture: the card's stands still meanwhile. */
void gs_inspection_view_set_covered (GsInspectionView *self, gboolean covered);

/* Narrow screens: the checks fold to one line a group. */
void gs_inspection_view_set_narrow (GsInspectionView *self, gboolean narrow);

/* Narrower still, or in large text: the outcomes stand in two rows. */
void gs_inspection_view_set_tight (GsInspectionView *self, gboolean tight);

G_END_DECLS
