/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The pictures of a case side by side: chip, gate, and what the desk camera sees (gs-face-live.h).
 * They are fetched when the case opens and dropped when it closes. Main thread; decoding is done in
 * a thread of its own. */
#define GS_TYPE_CASE_PICTURES (gs_case_pictures_get_type ())
G_DECLARE_FINAL_TYPE (GsCasePictures, gs_case_pictures, GS, CASE_PICTURES, GtkBox)

/* Must be called once, before the first case is shown. */
void gs_case_pictures_set_station (GsCasePictures *self, GsStation *station);
void gs_case_pictures_set_case (GsCasePictures *self, GsCase *item);
/* Texts and covers again, after a change of the case. */
void gs_case_pictures_update (GsCasePictures *self, gboolean shielded);
/* The desk camera's picture stands still, as while a sheet shows it. */
void gs_case_pictures_set_paused (GsCasePictures *self, gboolean paused);

G_END_DECLS
