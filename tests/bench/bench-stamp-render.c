/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-bench.h"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include "gs-pwg.h"
#include "gs-stamp-render.h"
#include "gs-stamp-specimen.h"
#include "gs-test-symbol.h"

/* From the officer's key to the bytes for the printer: fill, draw, cut to dots, read SPECIMEN,
 * encode, gzip. */

typedef struct
{
  GsStampPack *pack;
  GsStampFields *fields;
  GBytes *filled;
  GsStampBitmap *bitmap;
  GBytes *seal;
  GsSealSymbol *symbol;
} Data;

static cairo_surface_t *
white_surface (cairo_t **cr)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1062, 826);

  *cr = cairo_create (surface);
  cairo_set_source_rgb (*cr, 1, 1, 1);
  cairo_paint (*cr);
  return surface;
}

static void
bare_paint (gpointer user_data)
{
  cairo_t *cr;
  cairo_surface_t *surface = white_surface (&cr);

  cairo_surface_flush (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
bare_librsvg (gpointer user_data)
{
  Data *data = user_data;
  RsvgRectangle viewport = { 0, 0, 1062, 826 };
  gsize size;
  const guint8 *svg = g_bytes_get_data (data->filled, &size);
  RsvgHandle *handle = rsvg_handle_new_from_data (svg, size, NULL);
  cairo_t *cr;
  cairo_surface_t *surface = white_surface (&cr);

  if (handle == NULL || !rsvg_handle_render_document (handle, cr, &viewport, NULL))
    g_error ("librsvg cannot draw the stamp");
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_clear_object (&handle);
}

static void
whole_stamp (gpointer user_data)
{
  Data *data = user_data;
  g_autoptr (GsStampBitmap) bitmap = gs_stamp_render (data->pack, data->fields, 0, NULL);
  g_autoptr (GBytes) raster = gs_pwg_encode (bitmap, 4500, 3500, NULL);
  g_autoptr (GBytes) packed = gs_pwg_gzip (raster, NULL);

  if (packed == NULL)
    g_error ("the stamp cannot be made");
}

static void
make_symbol (gpointer user_data)
{
  g_autoptr (GBytes) bytes = gs_test_symbol_sample ();
  g_autoptr (GsSealSymbol) symbol = gs_test_symbol_new (bytes);

  if (symbol == NULL)
    g_error ("the symbol cannot be made");
}

static void
only_fill (gpointer user_data)
{
  Data *data = user_data;
  g_autoptr (GBytes) filled = gs_stamp_template_fill (
    gs_stamp_pack_get_template (data->pack, data->fields), data->fields, NULL);

  if (filled == NULL)
    g_error ("the template cannot be filled");
}

static void
only_encode (gpointer user_data)
{
  Data *data = user_data;
  g_autoptr (GBytes) raster = gs_pwg_encode (data->bitmap, 4500, 3500, NULL);
  g_autoptr (GBytes) packed = gs_pwg_gzip (raster, NULL);

  if (packed == NULL)
    g_error ("the stamp cannot be encoded");
}

static void
only_specimen (gpointer user_data)
{
  Data *data = user_data;

  if (!gs_stamp_specimen_is_readable (data->bitmap, 110, 676, 482, 50))
    g_error ("SPECIMEN cannot be read");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  Data data = { 0 };

  gs_bench_init (&argc, &argv);
  folder = g_build_filename (
    g_getenv ("GATESIDE_SOURCE_ROOT") != NULL ? g_getenv ("GATESIDE_SOURCE_ROOT") : ".", "data",
    "specimen-pack", NULL);
  data.pack = gs_stamp_pack_load (folder, &error);
  if (data.pack == NULL)
    {
      g_printerr ("bench-stamp-render: %s\n", error->message);
      return 1;
    }
  data.fields = gs_stamp_fields_new ();
  data.fields->direction = GS_DIRECTION_DEPARTURE;
  data.fields->transport = GS_STAMP_TRANSPORT_AIR;
  data.fields->year = 2026;
  data.fields->month = 11;
  data.fields->day = 23;
  gs_stamp_fields_set_port (data.fields, "AMAUROT", "2");
  gs_stamp_fields_set_serial (data.fields, "UTO-D3 004217");
  data.seal = gs_test_symbol_sample ();
  data.symbol = gs_test_symbol_new (data.seal);
  gs_stamp_fields_set_seal (data.fields, data.symbol);
  data.filled =
    gs_stamp_template_fill (gs_stamp_pack_get_template (data.pack, data.fields), data.fields, NULL);

  data.bitmap = gs_stamp_render (data.pack, data.fields, 0, NULL);

  gs_bench_compare ("stamp-against-paint", "cairo paint", bare_paint, "stamp to raster",
                    whole_stamp, &data, 100);
  gs_bench_compare ("stamp-against-librsvg", "bare librsvg", bare_librsvg, "stamp to raster",
                    whole_stamp, &data, 100);
  gs_bench_compare ("stamp-symbol", "cairo paint", bare_paint, "bytes to symbol", make_symbol,
                    &data, 100);
  gs_bench_compare ("stamp-fill", "bare librsvg", bare_librsvg, "fill and measure", only_fill,
                    &data, 100);
  gs_bench_compare ("stamp-encode", "bare librsvg", bare_librsvg, "encode and gzip", only_encode,
                    &data, 100);
  gs_bench_compare ("stamp-specimen", "bare librsvg", bare_librsvg, "read SPECIMEN", only_specimen,
                    &data, 100);

  gs_stamp_bitmap_unref (data.bitmap);
  gs_seal_symbol_unref (data.symbol);
  g_bytes_unref (data.seal);
  g_bytes_unref (data.filled);
  gs_stamp_fields_free (data.fields);
  gs_stamp_pack_unref (data.pack);
  return 0;
}
