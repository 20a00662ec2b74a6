/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pwg.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* A raster as a printer or a spool folder may hand it to us, plain or gzip. What can be read has
 * the size that it says, and dots only where there are pixels. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) plain = gs_pwg_gunzip (bytes, 1 << 20, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampBitmap) bitmap = gs_pwg_decode (plain != NULL ? plain : bytes, &error);

  if ((bitmap == NULL) == (error == NULL))
    g_error ("an answer and an error, or neither");
  if (bitmap != NULL)
    {
      guint width = gs_stamp_bitmap_get_width (bitmap);
      guint stride = gs_stamp_bitmap_get_stride (bitmap);
      const guint8 *rows = g_bytes_get_data (gs_stamp_bitmap_get_rows (bitmap), NULL);

      for (guint y = 0; width % 8 != 0 && y < gs_stamp_bitmap_get_height (bitmap); y++)
        if ((rows[y * stride + stride - 1] & (0xff >> (width % 8))) != 0)
          g_error ("ink beyond the last pixel");
    }
  return 0;
}
