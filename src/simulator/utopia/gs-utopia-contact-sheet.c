/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-portrait.h"

#include "gs-utopia-camera.h"
#include "gs-utopia-people.h"

#include <string.h>

#define COLUMNS 8
#define CELL_WIDTH 150
#define CELL_HEIGHT 192
#define SHEET_LIMIT_BYTES 150000

gboolean
gs_utopia_contact_sheet (const char *path, GError **error)
{
  const int rows = (GS_UTOPIA_PEOPLE + COLUMNS - 1) / COLUMNS;
  g_autoptr (GsUtopiaImage) sheet = gs_utopia_image_new (COLUMNS * CELL_WIDTH, rows * CELL_HEIGHT);
  g_autoptr (GBytes) jpeg = NULL;
  gconstpointer data;
  gsize length;

  for (int i = 0; i < GS_UTOPIA_PEOPLE; i++)
    {
      g_autoptr (GsUtopiaImage) cell =
        gs_utopia_portrait_passport (gs_utopia_traits ((guint) i), CELL_WIDTH, CELL_HEIGHT);

      for (int y = 0; y < CELL_HEIGHT; y++)
        {
          gsize row = (gsize) (i / COLUMNS * CELL_HEIGHT + y) * (gsize) sheet->width;

          memcpy (sheet->pixels + (row + (gsize) (i % COLUMNS * CELL_WIDTH)) * 4,
                  cell->pixels + (gsize) (y * CELL_WIDTH) * 4, CELL_WIDTH * 4 * sizeof (float));
        }
    }
  gs_utopia_image_label (sheet);
  jpeg = gs_utopia_image_to_jpeg (sheet, 90, SHEET_LIMIT_BYTES, error);
  if (jpeg == NULL)
    return FALSE;
  data = g_bytes_get_data (jpeg, &length);
  return g_file_set_contents (path, data, (gssize) length, error);
}
