/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-portrait.h"

#include "gs-utopia-camera.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

/* Small pictures keep the tests short; the sizes of the issue are asked for where they matter. */
static GsUtopiaPortraitOptions
options_new (guint64 seed, GsUtopiaViews views)
{
  return (GsUtopiaPortraitOptions){
    .folder = g_dir_make_tmp ("gs-portraits-XXXXXX", NULL),
    .seed = seed,
    .width = 120,
    .height = 160,
    .views = views,
  };
}

static void
options_clear (GsUtopiaPortraitOptions *options)
{
  g_autoptr (GDir) folder = g_dir_open (options->folder, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (options->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (options->folder);
  g_free (options->folder);
}

static guint
draw (const GsUtopiaPortraitOptions *options, guint index)
{
  g_autoptr (GError) error = NULL;
  guint drawn = 0;

  gs_utopia_portrait_prepare (options, &error);
  g_assert_no_error (error);
  gs_utopia_portrait_write (options, index, &drawn, &error);
  g_assert_no_error (error);
  return drawn;
}

static GBytes *
load (const GsUtopiaPortraitOptions *options, const char *name)
{
  g_autofree char *path = g_build_filename (options->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

static void
assert_size (const GsUtopiaPortraitOptions *options, const char *name, int width, int height)
{
  g_autofree char *path = g_build_filename (options->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, height);
}

static void
test_passport (void)
{
  GsUtopiaPortraitOptions options = options_new (1, GS_UTOPIA_VIEW_PASSPORT);
  /* Curls and a dark beard: hard to compress. */
  const guint people[2] = { 7, 12 };

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02u-passport.jpg", people[i]);
      g_autoptr (GBytes) jpeg = NULL;

      g_assert_cmpuint (draw (&options, people[i]), ==, 1);
      jpeg = load (&options, name);
      g_assert_cmpuint (g_bytes_get_size (jpeg), <=, 15000);
      g_assert_cmpuint (g_bytes_get_size (jpeg), >, 4000);
      assert_size (&options, name, 413, 531);
    }
  options_clear (&options);
}

static void
test_all_views (void)
{
  static const char *const names[] = { "05-gate-0.jpg",     "05-gate-1.jpg",   "05-gate-2.jpg",
                                       "05-gate-spoof.jpg", "05-gate-two.jpg", "05-gate-dark.jpg" };
  GsUtopiaPortraitOptions options = options_new (1, GS_UTOPIA_VIEW_ALL & ~GS_UTOPIA_VIEW_PASSPORT);

  g_assert_cmpuint (draw (&options, 5), ==, G_N_ELEMENTS (names) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    assert_size (&options, names[i], 120, 160);
  assert_size (&options, "05-desk-0.jpg", 120, 150);
  options_clear (&options);
}

static void
test_deterministic (void)
{
  GsUtopiaPortraitOptions a = options_new (7, GS_UTOPIA_VIEW_GATE);
  GsUtopiaPortraitOptions b = options_new (7, GS_UTOPIA_VIEW_GATE | GS_UTOPIA_VIEW_SPECIAL);
  GsUtopiaPortraitOptions c = options_new (8, GS_UTOPIA_VIEW_GATE);
  static const char *const names[] = { "16-gate-0.jpg", "16-gate-1.jpg", "16-gate-2.jpg" };

  draw (&a, 16);
  draw (&b, 16);
  draw (&c, 16);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) first = load (&a, names[i]);
      g_autoptr (GBytes) same = load (&b, names[i]);
      g_autoptr (GBytes) other = load (&c, names[i]);

      g_assert_true (g_bytes_equal (first, same));
      g_assert_false (g_bytes_equal (first, other));
    }
  options_clear (&a);
  options_clear (&b);
  options_clear (&c);
}

static void
test_cache (void)
{
  GsUtopiaPortraitOptions options = options_new (1, GS_UTOPIA_VIEW_GATE);
  g_autofree char *mine = g_build_filename (options.folder, "notes.jpg", NULL);
  g_autofree char *picture = g_build_filename (options.folder, "20-gate-1.jpg", NULL);

  g_assert_cmpuint (draw (&options, 20), ==, 3);
  g_assert_true (g_file_set_contents (mine, "kept", -1, NULL));
  g_assert_cmpuint (draw (&options, 20), ==, 0);
  g_unlink (picture);
  g_assert_cmpuint (draw (&options, 20), ==, 1);

  options.seed = 2;
  g_assert_cmpuint (draw (&options, 20), ==, 3);
  g_assert_true (g_file_test (mine, G_FILE_TEST_EXISTS));
  options_clear (&options);
}

static void
test_folder_refused (void)
{
  GsUtopiaPortraitOptions options = { .folder = (char *) "/proc/no-such/folder", .seed = 1 };
  g_autoptr (GError) error = NULL;

  g_assert_false (gs_utopia_portrait_prepare (&options, &error));
  g_assert_nonnull (error);
}

static void
test_labelled (void)
{
  GsUtopiaPortraitOptions options = options_new (1, GS_UTOPIA_VIEW_DESK);
  g_autoptr (GBytes) jpeg = NULL;
  const guchar *data;
  gsize length;

  draw (&options, 9);
  jpeg = load (&options, "09-desk-0.jpg");
  data = g_bytes_get_data (jpeg, &length);
  g_assert_nonnull (memmem (data, MIN (length, 200), "\xff\xfe", 2));
  g_assert_nonnull (memmem (data, MIN (length, 200), "DRAWN", 5));
  options_clear (&options);
}

static void
test_limit_cannot_be_met (void)
{
  g_autoptr (GsUtopiaImage) image = gs_utopia_image_new (200, 200);
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_utopia_image_to_jpeg (image, 80, 100, &error));
  g_assert_nonnull (error);
}

/* People are told apart by eye too: their passport pictures differ widely. */
static void
test_people_differ (void)
{
  g_autoptr (GsUtopiaImage) a = gs_utopia_portrait_passport (gs_utopia_traits (0), 64, 82);
  g_autoptr (GsUtopiaImage) b = gs_utopia_portrait_passport (gs_utopia_traits (6), 64, 82);
  double difference = 0.0, covered = 0.0;

  for (gsize i = 0; i < 64 * 82; i++)
    {
      difference += ABS (a->pixels[i * 4] - b->pixels[i * 4]);
      covered += a->pixels[i * 4 + 3];
    }
  g_assert_cmpfloat (difference / (64 * 82), >, 0.05);
  /* Somebody stands in the picture, and there is room around the head. */
  g_assert_cmpfloat (covered / (64 * 82), >, 0.35);
  g_assert_cmpfloat (covered / (64 * 82), <, 0.85);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/utopia/portraits/passport", test_passport);
  g_test_add_func ("/simulator/utopia/portraits/all-views", test_all_views);
  g_test_add_func ("/simulator/utopia/portraits/deterministic", test_deterministic);
  g_test_add_func ("/simulator/utopia/portraits/cache", test_cache);
  g_test_add_func ("/simulator/utopia/portraits/folder-refused", test_folder_refused);
  g_test_add_func ("/simulator/utopia/portraits/labelled", test_labelled);
  g_test_add_func ("/simulator/utopia/portraits/limit-cannot-be-met", test_limit_cannot_be_met);
  g_test_add_func ("/simulator/utopia/portraits/people-differ", test_people_differ);
  return g_test_run ();
}
