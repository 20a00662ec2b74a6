/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-render.h"

/* Writes every kind of stamp of a pack as PNG, for looking at: draw-stamps PACK FOLDER. */

typedef struct
{
  const char *name;
  GsDirection direction;
  GsStampTransport transport;
  const char *port;
  const char *point;
  const char *serial;
  const char *desk;
  GsStampKind kind;
} Picture;

static const Picture pictures[] = {
  { "exit-air", GS_DIRECTION_DEPARTURE, GS_STAMP_TRANSPORT_AIR, "AMAUROT", "2", "UTO-D3 004217",
    "D3", GS_STAMP_KIND_STAMP },
  { "entry-air", GS_DIRECTION_ARRIVAL, GS_STAMP_TRANSPORT_AIR, "AMAUROT", "2", "UTO-D3 004217",
    "D3", GS_STAMP_KIND_STAMP },
  { "exit-sea-long", GS_DIRECTION_DEPARTURE, GS_STAMP_TRANSPORT_SEA, "PORT OF AIRCASTLE NORTH", "3",
    "UTO-D12 0000004217", "D12", GS_STAMP_KIND_STAMP },
  { "entry-land", GS_DIRECTION_ARRIVAL, GS_STAMP_TRANSPORT_LAND, "AIRCASTLE BRIDGE", "1",
    "UTO-D3 004217", NULL, GS_STAMP_KIND_STAMP },
  { "void", GS_DIRECTION_DEPARTURE, GS_STAMP_TRANSPORT_AIR, "AMAUROT", "2", "UTO-D3 004217", "D3",
    GS_STAMP_KIND_VOID },
  { "cancelled", GS_DIRECTION_DEPARTURE, GS_STAMP_TRANSPORT_AIR, "AMAUROT", "2", "UTO-D3 004217",
    "D3", GS_STAMP_KIND_CANCELLED },
};

static gboolean
draw (GsStampPack *pack, const char *folder, const Picture *picture, GError **error)
{
  g_autoptr (GsStampFields) fields = gs_stamp_fields_new ();
  g_autoptr (GsStampBitmap) bitmap = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autofree char *file = g_strconcat (picture->name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  fields->direction = picture->direction;
  fields->transport = picture->transport;
  fields->kind = picture->kind;
  fields->year = 2026;
  fields->month = 11;
  fields->day = 23;
  gs_stamp_fields_set_port (fields, picture->port, picture->point);
  gs_stamp_fields_set_serial (fields, picture->serial);
  gs_stamp_fields_set_desk (fields, picture->desk);
  bitmap = gs_stamp_render (pack, fields, 0, error);
  if (bitmap == NULL)
    return FALSE;
  png = gs_stamp_bitmap_to_png (bitmap, 0x25306e, 0xf7f2e4, 40, error);
  return png != NULL
         && g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                 (gssize) g_bytes_get_size (png), error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampPack) pack = NULL;

  if (argc != 3)
    {
      g_printerr ("Usage: draw-stamps PACK FOLDER\n");
      return 64;
    }
  pack = gs_stamp_pack_load (argv[1], &error);
  for (guint i = 0; error == NULL && i < G_N_ELEMENTS (pictures); i++)
    if (gs_stamp_pack_has_kind (pack, pictures[i].kind))
      draw (pack, argv[2], &pictures[i], &error);
  if (error == NULL)
    return 0;
  g_printerr ("draw-stamps: %s\n", error->message);
  return 1;
}
