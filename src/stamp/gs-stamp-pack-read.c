/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-pack-private.h"

#include <pango/pangocairo.h>
#include <string.h>

/* pack.ini: what stands in it and nothing else, so that a slip of the pen is noticed. */

#define STATE "UTO"
#define MAX_PORTS 64
#define MAX_DRAWINGS 64
#define MAX_TEXT 64

/* The places that each kind must have. */
static const char *const stamp_places[] = {
  "date", "port", "serial", "direction", "transport-air", "transport-sea", "transport-land", NULL
};
static const char *const void_places[] = { "serial", "void", NULL };
static const char *const cancelled_places[] = { "serial", "cancelled", NULL };

static const char *const pack_keys[] = { "name",       "state", "month",       "width-hmm",
                                         "height-hmm", "font",  "other-ports", NULL };
static const char *const drawing_keys[] = { "file", "specimen-mm", "seal-mm", NULL };
static const char *const port_keys[] = { "transports", NULL };

void
gs_stamp_drawing_free (gpointer data)
{
  GsStampDrawing *drawing = data;

  gs_stamp_template_unref (drawing->template);
  g_free (drawing);
}

void
gs_stamp_port_free (gpointer data)
{
  GsStampPort *port = data;

  g_free (port->name);
  g_free (port);
}

static gboolean
refuse (GError **error, GsStampError code, const char *problem, const char *what)
{
  g_set_error (error, GS_STAMP_ERROR, code, "Template pack: %s%s%.80s", problem,
               what != NULL ? ": " : "", what != NULL ? what : "");
  return FALSE;
}

/* One line that can be shown and recorded. */
static char *
read_text (GKeyFile *ini, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_string (ini, group, key, NULL);

  if (text == NULL || *text == '\0' || g_utf8_strlen (text, -1) > MAX_TEXT)
    return NULL;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isprint (g_utf8_get_char (c)))
      return NULL;
  return g_steal_pointer (&text);
}

static gboolean
read_head (GsStampPack *self, GKeyFile *ini, GError **error)
{
  self->name = read_text (ini, "pack", "name");
  self->state = read_text (ini, "pack", "state");
  self->month = read_text (ini, "pack", "month");
  self->font = read_text (ini, "pack", "font");
  self->width_hmm = g_key_file_get_integer (ini, "pack", "width-hmm", NULL);
  self->height_hmm = g_key_file_get_integer (ini, "pack", "height-hmm", NULL);

  if (self->name == NULL || self->month == NULL || self->font == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK, "it lacks name, month or font", NULL);
  if (g_strcmp0 (self->state, STATE) != 0)
    return refuse (error, GS_STAMP_ERROR_PACK, "only the fictional state UTO is allowed", NULL);
  if (self->width_hmm < 2000 || self->width_hmm > 10000 || self->height_hmm < 2000
      || self->height_hmm > 10000)
    return refuse (error, GS_STAMP_ERROR_PACK, "the size is not between 20 and 100 mm", NULL);
  return TRUE;
}

static gboolean
check_font (GsStampPack *self, GError **error)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  PangoContext *context = pango_font_map_create_context (map);
  PangoFontDescription *wanted = pango_font_description_new ();
  PangoFont *font;
  gboolean found = FALSE;

  pango_font_description_set_family (wanted, self->font);
  font = pango_font_map_load_font (map, context, wanted);
  if (font != NULL)
    {
      PangoFontDescription *got = pango_font_describe (font);

      found = g_strcmp0 (pango_font_description_get_family (got), self->font) == 0;
      pango_font_description_free (got);
      g_object_unref (font);
    }
  pango_font_description_free (wanted);
  g_object_unref (context);
  if (!found)
    g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FONT,
                 "Template pack: its font is not installed: %.80s", self->font);
  return found;
}

/* --- drawings --------------------------------------------------------------------------------- */

static gboolean
read_area (GsStampPack *self, GKeyFile *ini, const char *group, const char *key, GsStampArea *area)
{
  gsize count = 0;
  g_autofree double *values = g_key_file_get_double_list (ini, group, key, &count, NULL);

  if (values == NULL || count != 4)
    return FALSE;
  *area = (GsStampArea){ values[0], values[1], values[2], values[3] };
  /* Written so that a NaN is refused too. */
  return area->x_mm >= 0 && area->y_mm >= 0 && area->width_mm > 0 && area->height_mm > 0
         && area->x_mm + area->width_mm <= self->width_hmm / 100.0
         && area->y_mm + area->height_mm <= self->height_hmm / 100.0;
}

static gboolean
read_areas (
  GsStampPack *self, GKeyFile *ini, const char *group, GsStampDrawing *drawing, GError **error)
{
  if (!read_area (self, ini, group, "specimen-mm", &drawing->specimen))
    return refuse (error, GS_STAMP_ERROR_SPECIMEN, "no place for SPECIMEN is given", group);
  if (!(drawing->specimen.width_mm >= 8 && drawing->specimen.height_mm >= 1.2))
    return refuse (error, GS_STAMP_ERROR_SPECIMEN, "SPECIMEN is too small", group);
  drawing->has_seal = g_key_file_has_key (ini, group, "seal-mm", NULL);
  if (!drawing->has_seal)
    return TRUE;
  if (!g_str_has_prefix (group, "entry") && !g_str_has_prefix (group, "exit"))
    return refuse (error, GS_STAMP_ERROR_PACK, "only a stamp has a seal", group);
  if (!read_area (self, ini, group, "seal-mm", &drawing->seal))
    return refuse (error, GS_STAMP_ERROR_PACK, "the place of the seal is outside", group);
  return TRUE;
}

static const char *const *
places_of (const char *group)
{
  if (g_str_equal (group, "void"))
    return void_places;
  return g_str_equal (group, "cancelled") ? cancelled_places : stamp_places;
}

static gboolean
read_drawing (
  GsStampPack *self, GKeyFile *ini, GsPackFiles *files, const char *group, GError **error)
{
  g_autofree char *name = g_key_file_get_string (ini, group, "file", NULL);
  const char *const *places = places_of (group);
  GBytes *svg;
  GsStampDrawing *drawing;

  if (name == NULL || !gs_pack_name_is_plain (name))
    return refuse (error, GS_STAMP_ERROR_PACK, "no plain file name is given", group);
  svg = gs_pack_files_get (files, name);
  if (svg == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK, "a drawing is not there", name);
  if (g_hash_table_size (self->drawings) >= MAX_DRAWINGS)
    return refuse (error, GS_STAMP_ERROR_PACK, "there are too many drawings", NULL);
  drawing = g_new0 (GsStampDrawing, 1);
  g_hash_table_insert (self->drawings, g_strdup (group), drawing);
  drawing->template = gs_stamp_template_new (svg, error);
  if (drawing->template == NULL)
    return FALSE;
  for (guint i = 0; places[i] != NULL; i++)
    if (!gs_stamp_template_has_place (drawing->template, places[i]))
      return refuse (error, GS_STAMP_ERROR_PACK, "a drawing lacks a place", places[i]);
  if (!gs_stamp_template_uses_font (drawing->template, self->font))
    return refuse (error, GS_STAMP_ERROR_PACK,
                   "a drawing has texts in another font than the pack's", name);
  return read_areas (self, ini, group, drawing, error);
}

/* --- ports ------------------------------------------------------------------------------------ */

static gboolean
add_transport (GsStampPort *port, const char *word)
{
  static const char *const words[] = { NULL, "air", "sea", "land" };

  for (int i = GS_STAMP_TRANSPORT_AIR; i <= GS_STAMP_TRANSPORT_LAND; i++)
    if (g_str_equal (word, words[i]) && !port->transports[i])
      return port->transports[i] = TRUE;
  return FALSE;
}

static gboolean
read_port (GsStampPack *self, GKeyFile *ini, const char *group, GError **error)
{
  const char *name = group + strlen ("port ");
  g_auto (GStrv) words = g_key_file_get_string_list (ini, group, "transports", NULL, NULL);
  GsStampPort *port;

  if (self->ports->len >= MAX_PORTS || !g_utf8_validate (name, -1, NULL)
      || g_utf8_strlen (name, -1) > MAX_TEXT)
    return refuse (error, GS_STAMP_ERROR_PACK, "there are too many ports, or one is too long",
                   NULL);
  if (words == NULL || *words == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK, "a port has no transports", name);
  port = g_new0 (GsStampPort, 1);
  port->name = g_strdup (name);
  g_ptr_array_add (self->ports, port);
  for (char **word = words; *word != NULL; word++)
    if (!add_transport (port, *word))
      return refuse (error, GS_STAMP_ERROR_PACK, "transports are air, sea and land, each once",
                     name);
  return TRUE;
}

static gboolean
read_other_ports (GsStampPack *self, GKeyFile *ini, GError **error)
{
  g_autofree char *word = g_key_file_get_string (ini, "pack", "other-ports", NULL);

  if (word != NULL && !g_str_equal (word, "yes") && !g_str_equal (word, "no"))
    return refuse (error, GS_STAMP_ERROR_PACK, "other-ports is yes or no", NULL);
  self->other_ports = word != NULL ? g_str_equal (word, "yes") : self->ports->len == 0;
  if (!self->other_ports && self->ports->len == 0)
    return refuse (error, GS_STAMP_ERROR_PACK, "it is for no port", NULL);
  return TRUE;
}

/* --- the whole -------------------------------------------------------------------------------- */

static gboolean
check_keys (GKeyFile *ini, const char *group, const char *const *known, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (ini, group, NULL, NULL);

  for (char **key = keys; key != NULL && *key != NULL; key++)
    if (!g_strv_contains (known, *key))
      return refuse (error, GS_STAMP_ERROR_PACK, "it has a key that nobody knows", *key);
  return TRUE;
}

/* "entry AMAUROT": a drawing of that port's own, which must be a port that is named. */
static gboolean
is_own_drawing (GKeyFile *ini, const char *group)
{
  g_autofree char *port = NULL;

  if (!g_str_has_prefix (group, "entry ") && !g_str_has_prefix (group, "exit "))
    return FALSE;
  port = g_strconcat ("port", strchr (group, ' '), NULL);
  return g_key_file_has_group (ini, port);
}

static gboolean
read_group (GsStampPack *self, GKeyFile *ini, GsPackFiles *files, const char *group, GError **error)
{
  static const char *const kinds[] = { "entry", "exit", "void", "cancelled", NULL };

  if (g_str_equal (group, "pack"))
    return check_keys (ini, group, pack_keys, error);
  if (g_str_has_prefix (group, "port ") && group[5] != '\0')
    return check_keys (ini, group, port_keys, error) && read_port (self, ini, group, error);
  if (g_strv_contains (kinds, group) || is_own_drawing (ini, group))
    return read_drawing (self, ini, files, group, error)
           && check_keys (ini, group, drawing_keys, error);
  return refuse (error, GS_STAMP_ERROR_PACK, "it has a group that nobody knows", group);
}

static gboolean
read_groups (GsStampPack *self, GKeyFile *ini, GsPackFiles *files, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (ini, NULL);

  for (char **group = groups; *group != NULL; group++)
    if (!read_group (self, ini, files, *group, error))
      return FALSE;
  /* Whether every port has its entry and exit is seen when they are tried. */
  if (!g_hash_table_contains (self->drawings, "void"))
    return refuse (error, GS_STAMP_ERROR_PACK, "it has no drawing for", "void");
  return read_other_ports (self, ini, error);
}

gboolean
gs_stamp_pack_read (GsStampPack *self, GsPackFiles *files, GError **error)
{
  g_autoptr (GKeyFile) ini = g_key_file_new ();
  GBytes *text = gs_pack_files_get (files, GS_PACK_DESCRIPTION);
  g_autoptr (GError) problem = NULL;

  if (text == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK, "it has no " GS_PACK_DESCRIPTION, NULL);
  if (!g_key_file_load_from_bytes (ini, text, G_KEY_FILE_NONE, &problem))
    return refuse (error, GS_STAMP_ERROR_PACK, GS_PACK_DESCRIPTION " is malformed",
                   problem->message);
  return read_head (self, ini, error) && check_font (self, error)
         && read_groups (self, ini, files, error);
}
