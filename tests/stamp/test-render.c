/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-render.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gs-pwg.h"
#include "gs-stamp-specimen.h"
#include "gs-stamp-symbol.h"
#include "gs-test-symbol.h"

static char *
pack_folder (void)
{
  return g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "data", "specimen-pack", NULL);
}

static GsStampPack *
load_pack (void)
{
  g_autofree char *folder = pack_folder ();
  g_autoptr (GError) error = NULL;
  GsStampPack *pack = gs_stamp_pack_load (folder, &error);

  g_assert_no_error (error);
  return pack;
}

static GsStampFields *
make_fields (GsDirection direction)
{
  GsStampFields *fields = gs_stamp_fields_new ();

  fields->direction = direction;
  fields->transport = GS_STAMP_TRANSPORT_AIR;
  fields->year = 2026;
  fields->month = 11;
  fields->day = 23;
  gs_stamp_fields_set_port (fields, "AMAUROT", "2");
  gs_stamp_fields_set_serial (fields, "UTO-D3 004217");
  gs_stamp_fields_set_desk (fields, "D3");
  return fields;
}

static GsStampBitmap *
render_at (GsStampPack *pack, const GsStampFields *fields, guint dpi)
{
  g_autoptr (GError) error = NULL;
  GsStampBitmap *bitmap = gs_stamp_render (pack, fields, dpi, &error);

  g_assert_no_error (error);
  return bitmap;
}

static GsStampBitmap *
render (GsStampPack *pack, const GsStampFields *fields)
{
  return render_at (pack, fields, 0);
}

static void
test_size (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
  g_autoptr (GsStampBitmap) bitmap = render (pack, fields);
  g_autoptr (GsStampBitmap) coarse = render_at (pack, fields, 300);

  g_assert_cmpuint (gs_stamp_bitmap_get_width (bitmap), ==, 1062);
  g_assert_cmpuint (gs_stamp_bitmap_get_height (bitmap), ==, 826);
  g_assert_cmpuint (gs_stamp_bitmap_get_dpi (bitmap), ==, 600);
  g_assert_cmpuint (gs_stamp_bitmap_get_width (coarse), ==, 531);
  g_assert_cmpuint (gs_stamp_bitmap_get_height (coarse), ==, 413);
}

static void
test_deterministic (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsStampPack) again = load_pack ();
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
  g_autoptr (GsStampBitmap) a = render (pack, fields);
  g_autoptr (GsStampBitmap) b = render (again, fields);

  g_assert_true (gs_stamp_bitmap_equal (a, b));
}

/* The corners alone tell entry from exit: there is ink in a rectangle's, none in a rounded one's.
 */
static void
test_shapes (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsStampFields) entry_fields = make_fields (GS_DIRECTION_ARRIVAL);
  g_autoptr (GsStampFields) exit_fields = make_fields (GS_DIRECTION_DEPARTURE);
  g_autoptr (GsStampBitmap) entry = render (pack, entry_fields);
  g_autoptr (GsStampBitmap) exit_stamp = render (pack, exit_fields);

  g_assert_cmpuint (gs_stamp_bitmap_count_ink (entry, 0, 0, 28, 28), >, 200);
  g_assert_cmpuint (gs_stamp_bitmap_count_ink (exit_stamp, 0, 0, 28, 28), ==, 0);
  g_assert_cmpuint (gs_stamp_bitmap_count_ink (exit_stamp, 400, 0, 100, 28), >, 1000);
}

static GsStampBitmap *
render_changed (GsStampPack *pack, int what)
{
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);

  switch (what)
    {
    case 1:
      gs_stamp_fields_set_port (fields, "AMAUROT", "3");
      break;
    case 2:
      gs_stamp_fields_set_serial (fields, "UTO-D3 004218");
      break;
    case 3:
      fields->day = 24;
      break;
    case 4:
      fields->transport = GS_STAMP_TRANSPORT_SEA;
      break;
    case 5:
      fields->transport = GS_STAMP_TRANSPORT_LAND;
      break;
    case 6:
      gs_stamp_fields_set_desk (fields, "D4");
      break;
    case 7:
      gs_stamp_fields_set_desk (fields, NULL);
      break;
    case 8:
      fields->kind = GS_STAMP_KIND_VOID;
      break;
    default:
      break;
    }
  return render (pack, fields);
}

/* Every field is on the paper: changing any one changes the dots. */
static void
test_each_field_shows (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GPtrArray) all =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_stamp_bitmap_unref);

  for (int what = 0; what <= 8; what++)
    g_ptr_array_add (all, render_changed (pack, what));
  for (guint i = 0; i < all->len; i++)
    for (guint j = 0; j < i; j++)
      g_assert_false (gs_stamp_bitmap_equal (all->pdata[i], all->pdata[j]));
}

/* The place of the seal in dots: 14.9 mm square at the lower right. */
static GsStampDots
seal_place (guint dpi)
{
  int half = dpi == 600 ? 1 : 2;

  return (GsStampDots){ 634 / half, 398 / half, 352 / half, 352 / half };
}

/* Without a seal, words stand in its place, which nobody can take for a symbol. */
static void
test_seal_place_without (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  GsStampDots place = seal_place (600);

  for (int direction = GS_DIRECTION_ARRIVAL; direction <= GS_DIRECTION_DEPARTURE; direction++)
    {
      g_autoptr (GsStampFields) fields = make_fields ((GsDirection) direction);
      g_autoptr (GsStampBitmap) bitmap = render (pack, fields);
      guint ink = gs_stamp_bitmap_count_ink (bitmap, place.x, place.y, place.width, place.height);

      g_assert_cmpuint (ink, >, 1000);
      g_assert_cmpuint (ink, <, (guint) (place.width * place.height) / 12);
    }
}

static GsSealSymbol *
sample_symbol (void)
{
  g_autoptr (GBytes) bytes = gs_test_symbol_sample ();
  GsSealSymbol *symbol = gs_test_symbol_new (bytes);

  g_assert_nonnull (symbol);
  g_assert_cmpuint (gs_seal_symbol_get_side (symbol), ==, GS_STAMP_SEAL_SIDE);
  return symbol;
}

/* Every dot of the place is that of its module, and the two outer modules are white. */
static void
test_seal_drawn (void)
{
  static const struct
  {
    guint dpi;
    int module;
  } cases[] = { { 600, 8 }, { 300, 4 } };
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsSealSymbol) symbol = sample_symbol ();

  for (guint i = 0; i < G_N_ELEMENTS (cases) * 2; i++)
    {
      GsStampDots place = seal_place (cases[i / 2].dpi);
      int module = cases[i / 2].module;
      g_autoptr (GsStampFields) fields =
        make_fields (i % 2 == 0 ? GS_DIRECTION_ARRIVAL : GS_DIRECTION_DEPARTURE);
      g_autoptr (GsStampBitmap) bitmap = NULL;

      gs_stamp_fields_set_seal (fields, symbol);
      bitmap = render_at (pack, fields, cases[i / 2].dpi);
      for (int y = 0; y < place.height; y++)
        for (int x = 0; x < place.width; x++)
          {
            int column = x / module - GS_STAMP_SYMBOL_QUIET;
            int row = y / module - GS_STAMP_SYMBOL_QUIET;
            gboolean dark =
              column >= 0 && row >= 0 && gs_seal_symbol_get (symbol, (guint) column, (guint) row);

            if (gs_stamp_bitmap_get_ink (bitmap, place.x + x, place.y + y) != dark)
              g_error ("the dot at %d, %d of the seal is wrong at %u dpi", x, y, cases[i / 2].dpi);
          }
    }
}

/* The rest of the stamp does not change with the seal. */
static void
test_seal_changes_nothing_else (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsSealSymbol) symbol = sample_symbol ();
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
  g_autoptr (GsStampBitmap) without = render (pack, fields);
  g_autoptr (GsStampBitmap) with = NULL;
  GsStampDots place = seal_place (600);

  gs_stamp_fields_set_seal (fields, symbol);
  with = render (pack, fields);
  for (int y = 0; y < 826; y++)
    for (int x = 0; x < 1062; x++)
      if ((x < place.x || x >= place.x + place.width || y < place.y || y >= place.y + place.height)
          && gs_stamp_bitmap_get_ink (without, x, y) != gs_stamp_bitmap_get_ink (with, x, y))
        g_error ("the seal changed the dot at %d, %d", x, y);
}

static void
assert_seal_refused (GsStampPack *pack, const GsStampFields *fields)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampBitmap) bitmap = gs_stamp_render (pack, fields, 0, &error);

  g_assert_null (bitmap);
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SEAL);
}

/* A symbol with too many modules, and one for a drawing that has no place. */
static void
test_seal_refused (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
  g_autofree guint8 *modules = g_malloc0 (64 * 64);
  g_autoptr (GsSealSymbol) large = gs_seal_symbol_new (64, modules, 64 * 64);
  g_autoptr (GsSealSymbol) symbol = sample_symbol ();

  gs_stamp_fields_set_seal (fields, large);
  assert_seal_refused (pack, fields);
  gs_stamp_fields_set_seal (fields, symbol);
  fields->kind = GS_STAMP_KIND_VOID;
  assert_seal_refused (pack, fields);
}

/* Modules are as large as the place allows, in its middle, and never too small to read. */
static void
test_seal_fit (void)
{
  const GsStampDots place = { 10, 20, 359, 353 };
  const GsStampDots small = { 0, 0, 44 * 5, 44 * 5 };
  GsStampSymbolFit fit;

  g_assert_true (gs_stamp_symbol_fit (40, 600, &place, &fit));
  g_assert_cmpuint (fit.module, ==, 8);
  g_assert_cmpint (fit.quiet.x, ==, 13);
  g_assert_cmpint (fit.quiet.y, ==, 20);
  g_assert_cmpint (fit.ink.x, ==, 29);
  g_assert_cmpint (fit.ink.width, ==, 320);
  g_assert_false (gs_stamp_symbol_fit (40, 600, &small, &fit));
  g_assert_true (gs_stamp_symbol_fit (40, 300, &small, &fit));
}

static void
test_specimen_readable (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
  const GsStampArea *area = gs_stamp_pack_get_specimen_area (pack, fields);
  g_autoptr (GsStampBitmap) bitmap = render (pack, fields);
  double px = 600 / 25.4;
  int x = (int) (area->x_mm * px), y = (int) (area->y_mm * px);
  int width = (int) (area->width_mm * px), height = (int) (area->height_mm * px);

  g_assert_true (gs_stamp_specimen_is_readable (bitmap, x, y, width, height));
  /* Other places of the same stamp read otherwise, half the word does, and so does nothing. */
  g_assert_false (gs_stamp_specimen_is_readable (bitmap, x, y - 90, width, height));
  g_assert_false (gs_stamp_specimen_is_readable (bitmap, x, y, width / 2, height));
  g_assert_false (gs_stamp_specimen_is_readable (bitmap, x, y + height / 2, width, height / 2));
  g_assert_false (gs_stamp_specimen_is_readable (bitmap, 5000, 5000, width, height));
  g_assert_false (gs_stamp_specimen_is_readable (bitmap, x, y, 0, 0));
}

/* Copies the pack with one text of one file replaced; returns its folder. */
static char *
changed_pack (const char *file, const char *from, const char *to)
{
  static const char *const files[] = { "pack.ini", "entry.svg", "exit.svg", "void.svg",
                                       "cancelled.svg" };
  g_autofree char *source = pack_folder ();
  char *folder = g_dir_make_tmp ("gateside-pack-XXXXXX", NULL);
  gboolean replaced = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *in = g_build_filename (source, files[i], NULL);
      g_autofree char *out = g_build_filename (folder, files[i], NULL);
      g_autofree char *text = NULL;
      g_autoptr (GString) changed = NULL;

      g_assert_true (g_file_get_contents (in, &text, NULL, NULL));
      changed = g_string_new (text);
      if (strcmp (files[i], file) == 0)
        replaced = g_string_replace (changed, from, to, 0) > 0;
      g_assert_true (g_file_set_contents (out, changed->str, (gssize) changed->len, NULL));
    }
  g_assert_true (replaced);
  return folder;
}

static void
remove_pack (const char *folder)
{
  static const char *const files[] = { "pack.ini", "entry.svg", "exit.svg", "void.svg",
                                       "cancelled.svg" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
assert_pack_refused (const char *file, const char *from, const char *to, GsStampError code)
{
  g_autofree char *folder = changed_pack (file, from, to);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampPack) pack = gs_stamp_pack_load (folder, &error);

  g_assert_null (pack);
  g_assert_error (error, GS_STAMP_ERROR, (gint) code);
  remove_pack (folder);
}

static void
test_specimen_removed (void)
{
  static const char *const files[] = { "entry.svg", "exit.svg", "void.svg" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      assert_pack_refused (files[i], ">SPECIMEN<", "><", GS_STAMP_ERROR_SPECIMEN);
      assert_pack_refused (files[i], ">SPECIMEN<", ">SPECIAL!<", GS_STAMP_ERROR_SPECIMEN);
      assert_pack_refused (files[i], ">SPECIMEN<", ">ORIGINAL<", GS_STAMP_ERROR_SPECIMEN);
      assert_pack_refused (files[i], "<g id=\"specimen\">", "<g id=\"specimen\" display=\"none\">",
                           GS_STAMP_ERROR_SPECIMEN);
    }
}

static void
test_pack_refused (void)
{
  assert_pack_refused ("pack.ini", "state=UTO", "state=XYZ", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("pack.ini", "font=Inter", "font=No Such Font", GS_STAMP_ERROR_FONT);
  assert_pack_refused ("pack.ini", "file=void.svg", "file=../void.svg", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("pack.ini", "file=void.svg", "file=none.svg", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("pack.ini", "width-hmm=4500", "width-hmm=45", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("pack.ini", "seal-mm=26.839;16.849", "seal-mm=24.000;16.849",
                       GS_STAMP_ERROR_SEAL);
  assert_pack_refused ("pack.ini", ";14.901;14.901", ";10.000;10.000", GS_STAMP_ERROR_SEAL);
  assert_pack_refused ("exit.svg", "<g id=\"seal-none\"", "<g id=\"seal-always\"",
                       GS_STAMP_ERROR_SEAL);
  assert_pack_refused ("pack.ini", "specimen-mm", "specimen", GS_STAMP_ERROR_SPECIMEN);
  assert_pack_refused ("exit.svg", "id=\"serial\"", "id=\"other\"", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("exit.svg", "</svg>", "<script>1</script></svg>", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("exit.svg", "</svg>", "<image href=\"x\"/></svg>", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("exit.svg", "<title>", "<title onload=\"x\">", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("exit.svg", "</svg>", "", GS_STAMP_ERROR_PACK);
  assert_pack_refused ("exit.svg", "<svg ", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg ",
                       GS_STAMP_ERROR_PACK);
  assert_pack_refused ("exit.svg", "fill=\"none\"", "fill=\"url(file:///etc/passwd)\"",
                       GS_STAMP_ERROR_PACK);
}

/* What the page shows after VOID was printed over a stamp. */
static GsStampBitmap *
overprint (GsStampBitmap *below, GsStampBitmap *above)
{
  gsize size;
  const guint8 *a = g_bytes_get_data (gs_stamp_bitmap_get_rows (below), &size);
  const guint8 *b = g_bytes_get_data (gs_stamp_bitmap_get_rows (above), NULL);
  guint8 *both = g_malloc (size);
  g_autoptr (GBytes) rows = NULL;

  for (gsize i = 0; i < size; i++)
    both[i] = a[i] | b[i];
  rows = g_bytes_new_take (both, size);
  return gs_stamp_bitmap_new (gs_stamp_bitmap_get_width (below), gs_stamp_bitmap_get_height (below),
                              600, rows);
}

/* The date is struck out, the stamp's own serial can still be read, and so can SPECIMEN. */
static void
test_void_over_stamp (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
  const GsStampArea *area = gs_stamp_pack_get_specimen_area (pack, fields);
  g_autoptr (GsStampBitmap) stamp = render (pack, fields);
  g_autoptr (GsStampBitmap) imprint = NULL;
  g_autoptr (GsStampBitmap) page = NULL;
  double px = 600 / 25.4;

  fields->kind = GS_STAMP_KIND_VOID;
  imprint = render (pack, fields);
  page = overprint (stamp, imprint);
  g_assert_cmpuint (gs_stamp_bitmap_count_ink (imprint, 48, 540, 570, 50), ==, 0);
  g_assert_cmpuint (gs_stamp_bitmap_count_ink (imprint, 92, 267, 878, 64), >, 878 * 64 / 4);
  g_assert_true (
    gs_stamp_specimen_is_readable (page, (int) (area->x_mm * px), (int) (area->y_mm * px),
                                   (int) (area->width_mm * px), (int) (area->height_mm * px)));
}

static void
test_preview_is_print (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
  g_autoptr (GsStampBitmap) bitmap = render (pack, fields);
  g_autoptr (GBytes) raster = gs_pwg_encode (bitmap, 4500, 3500, NULL);
  g_autoptr (GsStampBitmap) printed = gs_pwg_decode (raster, NULL);
  g_autoptr (GBytes) preview = gs_stamp_bitmap_tint (bitmap, 0x25306e);
  const guint8 *pixels = g_bytes_get_data (preview, NULL);

  g_assert_true (gs_stamp_bitmap_equal (bitmap, printed));
  for (int y = 0; y < 826; y++)
    for (int x = 0; x < 1062; x++)
      {
        const guint8 *pixel = pixels + (y * 1062 + x) * 4;
        gboolean shown = pixel[3] == 0xff && pixel[2] == 0x25 && pixel[1] == 0x30;

        if (shown != gs_stamp_bitmap_get_ink (printed, x, y))
          g_error ("preview and print differ at %d, %d", x, y);
      }
}

/* Nothing outside the frame, nothing between the port's compartment and the seal's: no text is
 * clipped or runs over a line, however long it may be. */
static void
test_long_texts_fit (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  static const char *const ports[] = { "PORT OF AIRCASTLE NORTH", "AIRCASTLE BRIDGE", "MACARIA",
                                       "W", "AMAUROT & ANYDER <WEST>" };

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
      g_autoptr (GsStampBitmap) bitmap = NULL;

      gs_stamp_fields_set_port (fields, ports[i], "3");
      gs_stamp_fields_set_serial (fields, "UTO-D12 0000004217");
      gs_stamp_fields_set_desk (fields, "DESK 12");
      bitmap = render (pack, fields);
      g_assert_cmpuint (gs_stamp_bitmap_count_ink (bitmap, 611, 400, 22, 360), ==, 0);
      g_assert_cmpuint (gs_stamp_bitmap_count_ink (bitmap, 200, 410, 410, 110), >, 500);
    }
}

static void
test_too_long_refused (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_DEPARTURE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampBitmap) bitmap = NULL;

  gs_stamp_fields_set_serial (fields, "UTO-D3 00000000000000000000000000004217");
  bitmap = gs_stamp_render (pack, fields, 0, &error);
  g_assert_null (bitmap);
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FIELDS);
}

static gpointer
render_in_thread (gpointer pack)
{
  g_autoptr (GsStampFields) fields = make_fields (GS_DIRECTION_ARRIVAL);

  return gs_stamp_render (pack, fields, 0, NULL);
}

static void
test_two_threads (void)
{
  g_autoptr (GsStampPack) pack = load_pack ();
  GThread *one = g_thread_new ("one", render_in_thread, pack);
  GThread *two = g_thread_new ("two", render_in_thread, pack);
  g_autoptr (GsStampBitmap) a = g_thread_join (one);
  g_autoptr (GsStampBitmap) b = g_thread_join (two);

  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_true (gs_stamp_bitmap_equal (a, b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/render/size", test_size);
  g_test_add_func ("/stamp/render/deterministic", test_deterministic);
  g_test_add_func ("/stamp/render/shapes", test_shapes);
  g_test_add_func ("/stamp/render/each-field-shows", test_each_field_shows);
  g_test_add_func ("/stamp/render/seal/without", test_seal_place_without);
  g_test_add_func ("/stamp/render/seal/drawn", test_seal_drawn);
  g_test_add_func ("/stamp/render/seal/changes-nothing-else", test_seal_changes_nothing_else);
  g_test_add_func ("/stamp/render/seal/refused", test_seal_refused);
  g_test_add_func ("/stamp/render/seal/fit", test_seal_fit);
  g_test_add_func ("/stamp/render/specimen/readable", test_specimen_readable);
  g_test_add_func ("/stamp/render/specimen/removed", test_specimen_removed);
  g_test_add_func ("/stamp/render/pack-refused", test_pack_refused);
  g_test_add_func ("/stamp/render/void-over-stamp", test_void_over_stamp);
  g_test_add_func ("/stamp/render/preview-is-print", test_preview_is_print);
  g_test_add_func ("/stamp/render/long-texts-fit", test_long_texts_fit);
  g_test_add_func ("/stamp/render/too-long-refused", test_too_long_refused);
  g_test_add_func ("/stamp/render/two-threads", test_two_threads);
  return g_test_run ();
}
