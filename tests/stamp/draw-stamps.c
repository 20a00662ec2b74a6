/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-render.h"
#include "gs-test-symbol.h"

#include <string.h>

/* Writes every kind of stamp of a pack as PNG, for looking at and for tests of readers:
 * draw-stamps [--dpi 300] [--plain] [--seal HEX] [--only NAME] PACK FOLDER. Each --seal beyond one
 * makes a picture of its own, NAME-1.png and so on. */

typedef struct
{
  const char *name;
  GsStampKind kind;
  GsDirection direction;
  GsStampTransport transport;
  const char *port;
  const char *point;
  const char *serial;
  const char *desk;
  gboolean sealed;
  const char *below; /* the picture that it is printed over; NULL: an empty page */
} Picture;

#define STAMP GS_STAMP_KIND_STAMP
#define ENTRY GS_DIRECTION_ARRIVAL
#define EXIT GS_DIRECTION_DEPARTURE
#define AIR GS_STAMP_TRANSPORT_AIR
#define SEA GS_STAMP_TRANSPORT_SEA
#define LAND GS_STAMP_TRANSPORT_LAND
#define SERIAL "UTO-D3 004217"

static const Picture pictures[] = {
  { "entry-air", STAMP, ENTRY, AIR, "AMAUROT", "2", SERIAL, "D3", TRUE, NULL },
  { "exit-air", STAMP, EXIT, AIR, "AMAUROT", "2", SERIAL, "D3", TRUE, NULL },
  { "entry-sea", STAMP, ENTRY, SEA, "ANYDER HARBOUR", "1", SERIAL, "D7", TRUE, NULL },
  { "exit-sea-long", STAMP, EXIT, SEA, "PORT OF AIRCASTLE NORTH", "3", "UTO-D12 0000004217", "D12",
    TRUE, NULL },
  { "entry-land", STAMP, ENTRY, LAND, "AIRCASTLE BRIDGE", "1", SERIAL, NULL, TRUE, NULL },
  { "exit-land", STAMP, EXIT, LAND, "MACARIA", NULL, SERIAL, "D1", TRUE, NULL },
  { "entry-without-seal", STAMP, ENTRY, AIR, "AMAUROT", "2", SERIAL, "D3", FALSE, NULL },
  { "exit-without-seal", STAMP, EXIT, AIR, "AMAUROT", "2", SERIAL, "D3", FALSE, NULL },
  { "void", GS_STAMP_KIND_VOID, EXIT, AIR, "AMAUROT", "2", SERIAL, "D3", FALSE, NULL },
  { "void-over-exit", GS_STAMP_KIND_VOID, EXIT, AIR, "AMAUROT", "2", SERIAL, "D3", FALSE,
    "exit-air" },
  { "void-over-entry", GS_STAMP_KIND_VOID, ENTRY, AIR, "AMAUROT", "2", SERIAL, "D3", FALSE,
    "entry-air" },
  { "cancelled", GS_STAMP_KIND_CANCELLED, EXIT, AIR, "AMAUROT", "2", SERIAL, "D3", FALSE, NULL },
  { "cancelled-over-exit", GS_STAMP_KIND_CANCELLED, EXIT, AIR, "AMAUROT", "2", SERIAL, "D3", FALSE,
    "exit-air" },
};

static const Picture *
find_picture (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    if (strcmp (pictures[i].name, name) == 0)
      return &pictures[i];
  return NULL;
}

static GsStampBitmap *
print_over (GsStampBitmap *below, GsStampBitmap *above)
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
                              gs_stamp_bitmap_get_dpi (below), rows);
}

static GsStampBitmap *
draw (GsStampPack *pack, guint dpi, const Picture *picture, GBytes *seal, GError **error)
{
  g_autoptr (GsStampFields) fields = gs_stamp_fields_new ();
  g_autoptr (GsStampBitmap) bitmap = NULL;
  g_autoptr (GsStampBitmap) below = NULL;

  fields->direction = picture->direction;
  fields->transport = picture->transport;
  fields->kind = picture->kind;
  fields->year = 2026;
  fields->month = 11;
  fields->day = 23;
  gs_stamp_fields_set_port (fields, picture->port, picture->point);
  gs_stamp_fields_set_serial (fields, picture->serial);
  gs_stamp_fields_set_desk (fields, picture->desk);
  if (picture->sealed)
    {
      g_autoptr (GsSealSymbol) symbol = gs_test_symbol_new (seal);

      gs_stamp_fields_set_seal (fields, symbol);
    }
  bitmap = gs_stamp_render (pack, fields, dpi, error);
  if (bitmap == NULL || picture->below == NULL)
    return g_steal_pointer (&bitmap);
  below = draw (pack, dpi, find_picture (picture->below), seal, error);
  return below != NULL ? print_over (below, bitmap) : NULL;
}

static gboolean
save (GsStampBitmap *bitmap, gboolean plain, const char *folder, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GBytes) png = plain ? gs_stamp_bitmap_to_png (bitmap, 0x000000, 0xffffff, 0, error)
                                 : gs_stamp_bitmap_to_png (bitmap, 0x25306e, 0xf7f2e4, 40, error);

  return png != NULL
         && g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                 (gssize) g_bytes_get_size (png), error);
}

/* The bytes of each --seal, or the sample; GPtrArray of GBytes. */
static GPtrArray *
read_seals (char **texts)
{
  GPtrArray *seals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (char **text = texts; text != NULL && *text != NULL; text++)
    {
      GByteArray *bytes = g_byte_array_new ();

      for (const char *at = *text; g_ascii_isxdigit (at[0]) && g_ascii_isxdigit (at[1]); at += 2)
        {
          guint8 byte = (guint8) (g_ascii_xdigit_value (at[0]) * 16 + g_ascii_xdigit_value (at[1]));

          g_byte_array_append (bytes, &byte, 1);
        }
      g_ptr_array_add (seals, g_byte_array_free_to_bytes (bytes));
    }
  if (seals->len == 0)
    g_ptr_array_add (seals, gs_test_symbol_sample ());
  return seals;
}

static int dpi;
static gboolean plain;
static char *only;
static char **seal_texts;

static void
draw_all (GsStampPack *pack, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) seals = read_seals (seal_texts);

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    for (guint j = 0; j < seals->len; j++)
      {
        g_autofree char *name =
          j == 0 ? g_strdup (pictures[i].name) : g_strdup_printf ("%s-%u", pictures[i].name, j);
        g_autoptr (GsStampBitmap) bitmap = NULL;

        if (!gs_stamp_pack_has_kind (pack, pictures[i].kind)
            || (only != NULL && strcmp (only, pictures[i].name) != 0))
          continue;
        bitmap = draw (pack, (guint) dpi, &pictures[i], g_ptr_array_index (seals, j), error);
        if (bitmap == NULL || !save (bitmap, plain, folder, name, error))
          return;
      }
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "dpi", 0, 0, G_OPTION_ARG_INT, &dpi, "Dots per inch instead of 600", "DPI" },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &plain, "Black on white without a margin", NULL },
    { "seal", 0, 0, G_OPTION_ARG_STRING_ARRAY, &seal_texts, "The seal's bytes", "HEX" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "This picture alone", "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("PACK FOLDER");
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampPack) pack = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3)
    {
      g_printerr ("draw-stamps: %s\n", error != NULL ? error->message : "PACK FOLDER");
      return 64;
    }
  pack = gs_stamp_pack_load (argv[1], &error);
  if (pack != NULL)
    draw_all (pack, argv[2], &error);
  g_free (only);
  g_strfreev (seal_texts);
  if (error == NULL)
    return 0;
  g_printerr ("draw-stamps: %s\n", error->message);
  return 1;
}
