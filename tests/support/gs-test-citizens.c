/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-citizens.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <string.h>

static char *
folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "gateside", "portraits", NULL);
}

gboolean
gs_test_citizens_draw (void)
{
  const char *program = g_getenv ("GATESIDE_PORTRAITS");
  g_autofree char *to = folder ();
  g_autofree char *output = g_strconcat ("--output=", to, NULL);
  g_autofree char *people = g_strdup_printf ("--people=0-%u", GS_TEST_CITIZENS - 1);
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    return FALSE;
  g_autoptr (GSubprocess) drawing =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, output, people, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (drawing, NULL, &error);
  g_assert_no_error (error);
  return TRUE;
}

GsPixels *
gs_test_citizen (guint number, const char *view)
{
  g_autofree char *from = folder ();
  g_autofree char *name = g_strdup_printf ("%02u-%s.jpg", number, view);
  g_autofree char *path = g_build_filename (from, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  guint width = (guint) gdk_pixbuf_get_width (pixbuf);
  guint height = (guint) gdk_pixbuf_get_height (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  gsize channels = (gsize) gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *dots = gdk_pixbuf_read_pixels (pixbuf);
  gsize length = (gsize) 3 * width * height;
  guint8 *rgb = g_malloc (length);
  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      memcpy (rgb + 3 * (y * width + x), dots + y * stride + x * channels, 3);
  return gs_pixels_new_take (width, height, rgb, length);
}
