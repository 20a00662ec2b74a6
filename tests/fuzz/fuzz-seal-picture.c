/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-error.h"
#include "gs-seal-picture.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Any file: a picture whose size is that of its dots, or an error with a sentence. The finder is
 * not reached: libdmtx aborts by design, which is why it has a process of its own. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsSealPicture) picture = gs_seal_picture_new (bytes, &error);
  g_autoptr (GsSealPicture) small = NULL;

  if (picture == NULL)
    {
      if (error == NULL || error->domain != GS_SEAL_ERROR)
        g_error ("no picture and no reason");
      return 0;
    }
  if ((guint64) picture->width * picture->height > GS_SEAL_PICTURE_MAX_DOTS)
    g_error ("too large");
  small = gs_seal_picture_shrink (picture, 2);
  if (small != NULL && (small->width != picture->width / 2 || small->height != picture->height / 2))
    g_error ("not half as large");
  return 0;
}
