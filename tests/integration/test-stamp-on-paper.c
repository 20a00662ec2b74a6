/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dots of the preview are the dots that each printer received, and those on paper, and the seal
 * in them can be read by a program that is not ours. */
#include "gs-printer-calls.h"
#include "gs-pwg.h"
#include "gs-stamp-render.h"
#include "gs-stamp-specimen.h"
#include "gs-test-symbol.h"
#include "gs-uuid.h"

#include <string.h>

typedef struct
{
  char *dir;
  GsStampPack *pack;
  GsTestPrinter *peer;
  GsStampPrinter *printer;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder =
    g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "data", "specimen-pack", NULL);
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("gateside-paper-XXXXXX", NULL);
  fixture->pack = gs_stamp_pack_load (folder, &error);
  g_assert_no_error (error);
  fixture->peer = data != NULL ? gs_test_printer_new_eve (fixture->dir)
                               : gs_test_printer_new_simulated (fixture->dir, NULL);
  if (fixture->peer == NULL)
    return;
  fixture->printer =
    GS_STAMP_PRINTER (gs_ipp_printer_new (NULL, gs_test_printer_get_uri (fixture->peer),
                                          gs_test_printer_get_pins (fixture->peer), &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf -- '%s'", fixture->dir);

  g_clear_object (&fixture->printer);
  gs_test_printer_free (fixture->peer);
  g_clear_pointer (&fixture->pack, gs_stamp_pack_unref);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (fixture->dir);
}

static GsStampBitmap *
draw (Fixture *fixture, GsDirection direction, const char *serial, GsStampArea *specimen)
{
  g_autoptr (GsStampFields) fields = gs_stamp_fields_new ();
  g_autoptr (GBytes) seal = gs_test_symbol_sample ();
  g_autoptr (GsSealSymbol) symbol = gs_test_symbol_new (seal);
  g_autoptr (GError) error = NULL;
  GsStampBitmap *bitmap;

  fields->direction = direction;
  fields->transport = GS_STAMP_TRANSPORT_AIR;
  fields->year = 2026;
  fields->month = 11;
  fields->day = 23;
  gs_stamp_fields_set_port (fields, "AMAUROT", "2");
  gs_stamp_fields_set_serial (fields, serial);
  gs_stamp_fields_set_desk (fields, "D3");
  gs_stamp_fields_set_seal (fields, symbol);
  *specimen = *gs_stamp_pack_get_specimen_area (fixture->pack, fields);
  bitmap = gs_stamp_render (fixture->pack, fields, 600, &error);
  g_assert_no_error (error);
  return bitmap;
}

/* The whole way of one stamp, from the dots to the printer's word that it is out. */
static void
print (Fixture *fixture, GsStampBitmap *bitmap, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPrinterStatus) status = gs_call_status (fixture->printer, &error);
  g_autoptr (GBytes) raster = gs_pwg_encode (bitmap, 4500, 3500, &error);
  g_autoptr (GsPrintJob) job = NULL;
  int id;

  g_assert_no_error (error);
  g_assert_true (gs_printer_status_is_ready (status));
  id = gs_call_create (fixture->printer, name, &error);
  g_assert_no_error (error);
  g_assert_true (gs_call_send (fixture->printer, id, name, raster, &error));
  g_assert_no_error (error);
  job = gs_call_until_final (fixture->printer, id, name);
  g_assert_cmpint (job->state, ==, GS_PRINT_JOB_COMPLETED);
}

static char *
read_spooled (Fixture *fixture, const char *file, gsize *len)
{
  g_autofree char *path = g_build_filename (gs_test_printer_get_spool (fixture->peer), file, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, len, &error);
  g_assert_no_error (error);
  return contents;
}

/* What the simulated printer put on page number: the body of its PBM. */
static GsStampBitmap *
read_paper (Fixture *fixture, int number)
{
  const char *head = "P4\n1062 826\n";
  g_autofree char *file = g_strdup_printf ("page-%04d.pbm", number);
  gsize len = 0;
  g_autofree char *pbm = read_spooled (fixture, file, &len);
  g_autoptr (GBytes) rows = NULL;

  g_assert_true (g_str_has_prefix (pbm, head));
  rows = g_bytes_new (pbm + strlen (head), len - strlen (head));
  return gs_stamp_bitmap_new (1062, 826, 600, rows);
}

static void
assert_reads_specimen (GsStampBitmap *paper, const GsStampArea *area)
{
  const double dots = 600 / 25.4;

  g_assert_true (
    gs_stamp_specimen_is_readable (paper, (int) (area->x_mm * dots), (int) (area->y_mm * dots),
                                   (int) (area->width_mm * dots), (int) (area->height_mm * dots)));
}

/* Holds ZXingReader over the seal on the paper: it reads the bytes that were given to the stamp. */
static void
assert_reads_seal (Fixture *fixture, GsStampBitmap *paper)
{
  enum
  {
    LEFT = 560,
    TOP = 326,
    WIDTH = 496,
    HEIGHT = 496
  };
  g_autofree char *path = g_build_filename (fixture->dir, "seen.pgm", NULL);
  g_autoptr (GByteArray) picture = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("P5\n%d %d\n255\n", WIDTH, HEIGHT);
  g_autoptr (GBytes) wanted = gs_test_symbol_sample ();
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GSubprocess) reader = NULL;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (picture, (const guint8 *) head, (guint) strlen (head));
  for (int y = TOP; y < TOP + HEIGHT; y++)
    for (int x = LEFT; x < LEFT + WIDTH; x++)
      {
        guint8 grey = gs_stamp_bitmap_get_ink (paper, x, y) ? 0 : 255;

        g_byte_array_append (picture, &grey, 1);
      }
  g_assert_true (
    g_file_set_contents (path, (const char *) picture->data, (gssize) picture->len, &error));
  reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "ZXingReader", "-format",
                             "DataMatrix", "-bytes", path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (reader, NULL, NULL, &read, NULL, &error));
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read),
                   g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted));
}

static void
test_simulated (Fixture *fixture, gconstpointer data)
{
  static const GsDirection directions[] = { GS_DIRECTION_ARRIVAL, GS_DIRECTION_DEPARTURE };

  for (int i = 0; i < 2; i++)
    {
      GsStampArea specimen;
      g_autofree char *name = gs_uuid_new ();
      g_autoptr (GsStampBitmap) bitmap = draw (fixture, directions[i], "UTO-D3 004217", &specimen);
      g_autoptr (GsStampBitmap) paper = NULL;
      g_auto (GStrv) truth = NULL;

      print (fixture, bitmap, name);
      paper = read_paper (fixture, i + 1);
      g_assert_true (gs_stamp_bitmap_equal (bitmap, paper));
      assert_reads_specimen (paper, &specimen);
      assert_reads_seal (fixture, paper);
      truth = gs_test_printer_get_truth (fixture->peer, name);
      g_assert_cmpuint (g_strv_length (truth), ==, 1);
      g_assert_nonnull (strstr (truth[0], "\"printed\": \"fully\""));
    }
}

static void
test_eve (Fixture *fixture, gconstpointer data)
{
  GsStampArea specimen;
  g_autofree char *name = gs_uuid_new ();
  g_autofree char *file = g_strconcat (name, ".pwg", NULL);
  g_autofree char *document = NULL;
  g_autoptr (GsStampBitmap) bitmap = NULL, received = NULL;
  g_autoptr (GBytes) stream = NULL;
  g_autoptr (GError) error = NULL;
  gsize len = 0;

  if (fixture->peer == NULL)
    {
      g_test_skip ("ippeveprinter or dbus-daemon is not installed");
      return;
    }
  bitmap = draw (fixture, GS_DIRECTION_ARRIVAL, "UTO-D3 004218", &specimen);
  print (fixture, bitmap, name);
  document = read_spooled (fixture, file, &len);
  stream = g_bytes_new (document, len);
  received = gs_pwg_decode (stream, &error);
  g_assert_no_error (error);
  g_assert_true (gs_stamp_bitmap_equal (bitmap, received));
  assert_reads_specimen (received, &specimen);
  assert_reads_seal (fixture, received);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/stamp-on-paper/simulated", Fixture, NULL, set_up, test_simulated, tear_down);
  g_test_add ("/stamp-on-paper/ippeveprinter", Fixture, "eve", set_up, test_eve, tear_down);
  return g_test_run ();
}
