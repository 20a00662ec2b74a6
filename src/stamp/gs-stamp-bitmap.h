/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stamp as dots of ink: one bit a pixel as in PWG black_1 (1 is ink, most significant bit first,
 * rows of (width + 7) / 8 bytes, unused bits 0). Immutable, reference counted, any thread. What is
 * printed and what is shown are made from the same GsStampBitmap. */
typedef struct _GsStampBitmap GsStampBitmap;

/* Takes a reference on rows. NULL when the sizes do not fit together or a side is over 16384. */
GsStampBitmap *gs_stamp_bitmap_new (guint width, guint height, guint dpi, GBytes *rows);
GsStampBitmap *gs_stamp_bitmap_ref (GsStampBitmap *self);
void gs_stamp_bitmap_unref (GsStampBitmap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampBitmap, gs_stamp_bitmap_unref)

guint gs_stamp_bitmap_get_width (GsStampBitmap *self);  /* pixels */
guint gs_stamp_bitmap_get_height (GsStampBitmap *self); /* pixels */
guint gs_stamp_bitmap_get_stride (GsStampBitmap *self); /* bytes a row */
guint gs_stamp_bitmap_get_dpi (GsStampBitmap *self);

/* The rows. Transfer none. */
GBytes *gs_stamp_bitmap_get_rows (GsStampBitmap *self);

/* TRUE where there is ink; FALSE outside the bitmap. */
gboolean gs_stamp_bitmap_get_ink (GsStampBitmap *self, int x, int y);

/* Number of dots of ink in the rectangle, clipped to the bitmap. */
guint gs_stamp_bitmap_count_ink (GsStampBitmap *self, int x, int y, int width, int height);

/* Same size, resolution and dots. */
gboolean gs_stamp_bitmap_equal (GsStampBitmap *a, GsStampBitmap *b);

/* For the screen: premultiplied B8G8R8A8 (GDK_MEMORY_B8G8R8A8_PREMULTIPLIED), stride width × 4, ink
 * in the colour 0xRRGGBB (the look has 0x25306E), everything else transparent, so that the page
 * shows through. Transfer full. */
GBytes *gs_stamp_bitmap_tint (GsStampBitmap *self, guint32 ink_rgb);

/* A PNG of the ink on the page, both 0xRRGGBB, with a margin in pixels. Transfer full; NULL with
 * GS_STAMP_ERROR_RENDER. */
GBytes *gs_stamp_bitmap_to_png (
  GsStampBitmap *self, guint32 ink_rgb, guint32 page_rgb, guint margin_px, GError **error);

G_END_DECLS
