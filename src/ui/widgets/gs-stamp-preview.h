/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The stamp as it will look on the page: the printer's own bits, in violet ink on a page, with a
 * ruler in millimetres. Main thread. */
#define GS_TYPE_STAMP_PREVIEW (gs_stamp_preview_get_type ())
G_DECLARE_FINAL_TYPE (GsStampPreview, gs_stamp_preview, GS, STAMP_PREVIEW, GtkWidget)

typedef enum
{
  GS_STAMP_LOOK_WHOLE = 1,
  GS_STAMP_LOOK_CUT,    /* its lower part is missing, as of an incomplete print */
  GS_STAMP_LOOK_ASTRAY, /* askew over lines of print, as of one in the wrong place */
} GsStampLook;

GtkWidget *gs_stamp_preview_new (void);

/* What a small preview beside an answer stands for; whole at first. */
void gs_stamp_preview_set_look (GsStampPreview *self, GsStampLook look);

/* PWG black_1: rows of (width + 7) / 8 bytes, most significant bit first, 1 is ink. FALSE when the
 * bytes are too few or a length is not positive; the preview is then empty. NULL empties it. */
gboolean gs_stamp_preview_set_bitmap (
  GsStampPreview *self, GBytes *bits, guint width_px, guint height_px, guint dpi);

/* Small previews beside an answer show no ruler. */
void gs_stamp_preview_set_ruler (GsStampPreview *self, gboolean ruler);
