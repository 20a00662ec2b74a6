/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-face.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <string.h>

#define MAX_SIDE 8192

typedef struct
{
  guint number; /* of the measurement */
  const char *failure;
} Image;

static void
pair_clear (gpointer data)
{
  FacePair *pair = data;

  g_free (pair->first);
  g_free (pair->second);
}

static gboolean
read_line (const char *line, FacePair *pair)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);

  if (g_strv_length (fields) != 3 || *fields[0] == '\0' || *fields[1] == '\0'
      || (!g_str_equal (fields[2], "0") && !g_str_equal (fields[2], "1")))
    return FALSE;
  *pair = (FacePair){ .first = g_strdup (fields[0]),
                      .second = g_strdup (fields[1]),
                      .same = *fields[2] == '1' };
  return TRUE;
}

GArray *
face_pairs_read (const char *path, GError **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GArray) pairs = g_array_new (FALSE, TRUE, sizeof (FacePair));
  g_array_set_clear_func (pairs, pair_clear);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      FacePair pair;
      gsize length = strlen (lines[i]);

      if (length > 0 && lines[i][length - 1] == '\r')
        lines[i][length - 1] = '\0';
      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      if (!read_line (lines[i], &pair))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "%s:%u: a line is image, tab, image, tab, 1 or 0", path, i + 1);
          return NULL;
        }
      g_array_append_val (pairs, pair);
    }
  return g_steal_pointer (&pairs);
}

static GsPixels *
decode (const char *path)
{
  int width, height;

  if (gdk_pixbuf_get_file_info (path, &width, &height) == NULL || width < 1 || height < 1
      || width > MAX_SIDE || height > MAX_SIDE)
    return NULL;
  g_autoptr (GdkPixbuf) stored = gdk_pixbuf_new_from_file (path, NULL);
  g_autoptr (GdkPixbuf) upright =
    stored != NULL ? gdk_pixbuf_apply_embedded_orientation (stored) : NULL;
  if (upright == NULL || gdk_pixbuf_get_n_channels (upright) < 3)
    return NULL;
  gsize columns = (gsize) gdk_pixbuf_get_width (upright);
  gsize rows = (gsize) gdk_pixbuf_get_height (upright);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (upright);
  gsize channels = (gsize) gdk_pixbuf_get_n_channels (upright);
  const guint8 *from = gdk_pixbuf_read_pixels (upright);
  guint8 *rgb = g_malloc (3 * columns * rows);
  for (gsize y = 0; y < rows; y++)
    for (gsize x = 0; x < columns; x++)
      memcpy (rgb + 3 * (y * columns + x), from + y * stride + x * channels, 3);
  return gs_pixels_new_take ((guint) columns, (guint) rows, rgb, 3 * columns * rows);
}

static const Image *
get_image (GHashTable *images, const char *name, const char *folder, GsFaceMeasurement *measurement)
{
  g_autofree char *path = g_canonicalize_filename (name, folder);
  Image *image = g_hash_table_lookup (images, path);

  if (image != NULL)
    return image;
  image = g_new0 (Image, 1);
  g_autoptr (GsPixels) pixels = decode (path);
  if (pixels == NULL)
    image->failure = "cannot-be-read";
  else
    {
      GsFaceCause cause;

      image->number = gs_face_measurement_encode (measurement, pixels, &cause);
      if (cause != GS_FACE_CAUSE_NONE)
        image->failure =
          cause == GS_FACE_CAUSE_NO_FACE_REFERENCE ? "no-face" : gs_face_cause_to_word (cause);
    }
  g_hash_table_insert (images, g_steal_pointer (&path), image);
  return image;
}

void
face_pairs_score (GArray *pairs, const char *list, GsFaceMeasurement *measurement)
{
  g_autoptr (GHashTable) images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *absolute = g_canonicalize_filename (list, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);

  for (guint i = 0; i < pairs->len; i++)
    {
      FacePair *pair = &g_array_index (pairs, FacePair, i);
      const Image *first = get_image (images, pair->first, folder, measurement);
      const Image *second = get_image (images, pair->second, folder, measurement);

      pair->failure = first->failure != NULL ? first->failure : second->failure;
      pair->has_score = pair->failure == NULL;
      if (pair->has_score)
        pair->score = gs_face_measurement_score (measurement, first->number, second->number);
    }
}

gboolean
face_pairs_write (const GArray *pairs, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      const FacePair *pair = &g_array_index (pairs, FacePair, i);
      char score[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s\t%s\t%d\t", pair->first, pair->second, pair->same);
      if (pair->has_score)
        g_string_append_printf (text, "%s\n",
                                g_ascii_formatd (score, sizeof score, "%.6f", pair->score));
      else
        g_string_append_printf (text, "-\t%s\n", pair->failure);
    }
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}
