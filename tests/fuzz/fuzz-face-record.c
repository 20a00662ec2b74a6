/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-image.h"
#include "gs-face-record.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* DG2 and the picture in it. What must hold: the dots are as many as the size says. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsFaceRecord) record = gs_face_record_parse (file, &error);

  g_assert ((record != NULL) == (error == NULL));
  g_clear_error (&error);
  g_autoptr (GsPixels) image = gs_face_image_decode (record != NULL ? record->image : file, &error);
  g_assert ((image != NULL) == (error == NULL));
  if (image != NULL)
    g_assert (g_bytes_get_size (image->rgb) == (gsize) 3 * image->width * image->height);
  return 0;
}
