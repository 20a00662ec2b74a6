/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-pack.h"

#include <pango/pangocairo.h>
#include <string.h>

#include "gs-stamp-render.h"

#define MANIFEST "pack.ini"
#define STATE "UTO"

enum
{
  KIND_ENTRY,
  KIND_EXIT,
  KIND_VOID,
  N_KINDS
};

static const char *const kinds[N_KINDS] = { "entry", "exit", "void" };

/* The places that each kind must have. */
static const char *const stamp_places[] = {
  "date", "port", "serial", "direction", "transport-air", "transport-sea", "transport-land", NULL
};
static const char *const void_places[] = { "serial", "void", NULL };

struct _GsStampPack
{
  gatomicrefcount ref_count;
  char *name;
  char *state;
  char *month;
  char *font;
  int width_hmm;
  int height_hmm;
  GsStampTemplate *templates[N_KINDS];
  GsStampArea areas[N_KINDS];
};

GsStampPack *
gs_stamp_pack_ref (GsStampPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_stamp_pack_unref (GsStampPack *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (int kind = 0; kind < N_KINDS; kind++)
    gs_stamp_template_unref (self->templates[kind]);
  g_free (self->name);
  g_free (self->state);
  g_free (self->month);
  g_free (self->font);
  g_free (self);
}

static gboolean
refuse (GError **error, GsStampError code, const char *problem, const char *what)
{
  g_set_error (error, GS_STAMP_ERROR, code, "Template pack: %s%s%.80s", problem,
               what != NULL ? ": " : "", what != NULL ? what : "");
  return FALSE;
}

static gboolean
read_head (GsStampPack *self, GKeyFile *manifest, GError **error)
{
  self->name = g_key_file_get_string (manifest, "pack", "name", NULL);
  self->state = g_key_file_get_string (manifest, "pack", "state", NULL);
  self->month = g_key_file_get_string (manifest, "pack", "month", NULL);
  self->font = g_key_file_get_string (manifest, "pack", "font", NULL);
  self->width_hmm = g_key_file_get_integer (manifest, "pack", "width-hmm", NULL);
  self->height_hmm = g_key_file_get_integer (manifest, "pack", "height-hmm", NULL);

  if (self->name == NULL || self->month == NULL || self->font == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK, "the manifest lacks name, month or font", NULL);
  if (g_strcmp0 (self->state, STATE) != 0)
    return refuse (error, GS_STAMP_ERROR_PACK,
                   "only the fictional state UTO is allowed without a signature", NULL);
  if (self->width_hmm < 2000 || self->width_hmm > 10000 || self->height_hmm < 2000
      || self->height_hmm > 10000)
    return refuse (error, GS_STAMP_ERROR_PACK, "the size is not between 20 and 100 mm", NULL);
  return TRUE;
}

static gboolean
read_area (GsStampPack *self, GKeyFile *manifest, int kind, GError **error)
{
  gsize count = 0;
  g_autofree double *values =
    g_key_file_get_double_list (manifest, kinds[kind], "specimen-mm", &count, NULL);
  GsStampArea *area = &self->areas[kind];

  if (values == NULL || count != 4)
    return refuse (error, GS_STAMP_ERROR_SPECIMEN, "no place for SPECIMEN is given", kinds[kind]);
  *area = (GsStampArea){ values[0], values[1], values[2], values[3] };
  /* Written so that a NaN is refused too. */
  if (!(area->x_mm >= 0 && area->y_mm >= 0 && area->width_mm >= 8 && area->height_mm >= 1.2
        && area->x_mm + area->width_mm <= self->width_hmm / 100.0
        && area->y_mm + area->height_mm <= self->height_hmm / 100.0))
    return refuse (error, GS_STAMP_ERROR_SPECIMEN, "SPECIMEN is too small or outside", kinds[kind]);
  return TRUE;
}

static GBytes *
read_file (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, &problem);
  gsize size = 0;

  if (info != NULL && g_file_info_get_size (info) > GS_STAMP_TEMPLATE_MAX_BYTES)
    refuse (error, GS_STAMP_ERROR_PACK, "a file is too large", name);
  else if (info == NULL || !g_file_get_contents (path, &contents, &size, &problem))
    refuse (error, GS_STAMP_ERROR_PACK, "cannot read", problem->message);
  else
    return g_bytes_new_take (g_steal_pointer (&contents), size);
  return NULL;
}

static gboolean
read_template (GsStampPack *self, GKeyFile *manifest, const char *folder, int kind, GError **error)
{
  const char *const *places = kind == KIND_VOID ? void_places : stamp_places;
  g_autofree char *name = g_key_file_get_string (manifest, kinds[kind], "file", NULL);
  g_autoptr (GBytes) svg = NULL;

  if (name == NULL || *name == '\0' || *name == '.' || strchr (name, '/') != NULL)
    return refuse (error, GS_STAMP_ERROR_PACK, "no plain file name is given", kinds[kind]);
  svg = read_file (folder, name, error);
  if (svg == NULL)
    return FALSE;
  self->templates[kind] = gs_stamp_template_new (svg, error);
  if (self->templates[kind] == NULL)
    return FALSE;
  for (guint i = 0; places[i] != NULL; i++)
    if (!gs_stamp_template_has_place (self->templates[kind], places[i]))
      return refuse (error, GS_STAMP_ERROR_PACK, "a template lacks a place", places[i]);
  return read_area (self, manifest, kind, error);
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
  return found || refuse (error, GS_STAMP_ERROR_FONT, "its font is not installed", self->font);
}

/* Draws each template once with plain values, which also reads SPECIMEN. */
static gboolean
try_templates (GsStampPack *self, GError **error)
{
  g_autoptr (GsStampFields) fields = gs_stamp_fields_new ();

  gs_stamp_fields_set_port (fields, "AMAUROT", "2");
  gs_stamp_fields_set_serial (fields, "UTO-T0 000000");
  fields->transport = GS_STAMP_TRANSPORT_AIR;
  fields->year = 2026;
  fields->month = 11;
  fields->day = 23;
  for (int kind = 0; kind < N_KINDS; kind++)
    {
      g_autoptr (GsStampBitmap) bitmap = NULL;

      fields->direction = kind == KIND_ENTRY ? GS_DIRECTION_ARRIVAL : GS_DIRECTION_DEPARTURE;
      fields->void_imprint = kind == KIND_VOID;
      bitmap = gs_stamp_render (self, fields, 0, error);
      if (bitmap == NULL)
        return FALSE;
    }
  return TRUE;
}

GsStampPack *
gs_stamp_pack_load (const char *folder, GError **error)
{
  g_autoptr (GsStampPack) self = NULL;
  g_autoptr (GKeyFile) manifest = g_key_file_new ();
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (folder != NULL, NULL);
  text = read_file (folder, MANIFEST, error);
  if (text == NULL)
    return NULL;
  if (!g_key_file_load_from_bytes (manifest, text, G_KEY_FILE_NONE, &problem))
    {
      refuse (error, GS_STAMP_ERROR_PACK, "the manifest is malformed", problem->message);
      return NULL;
    }
  self = g_new0 (GsStampPack, 1);
  g_atomic_ref_count_init (&self->ref_count);
  if (!read_head (self, manifest, error) || !check_font (self, error))
    return NULL;
  for (int kind = 0; kind < N_KINDS; kind++)
    if (!read_template (self, manifest, folder, kind, error))
      return NULL;
  if (!try_templates (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
gs_stamp_pack_get_name (GsStampPack *self)
{
  return self->name;
}

const char *
gs_stamp_pack_get_state (GsStampPack *self)
{
  return self->state;
}

const char *
gs_stamp_pack_get_month (GsStampPack *self)
{
  return self->month;
}

int
gs_stamp_pack_get_width_hmm (GsStampPack *self)
{
  return self->width_hmm;
}

int
gs_stamp_pack_get_height_hmm (GsStampPack *self)
{
  return self->height_hmm;
}

static int
kind_of (const GsStampFields *fields)
{
  if (fields->void_imprint)
    return KIND_VOID;
  return fields->direction == GS_DIRECTION_ARRIVAL ? KIND_ENTRY : KIND_EXIT;
}

const GsStampArea *
gs_stamp_pack_get_specimen_area (GsStampPack *self, const GsStampFields *fields)
{
  g_return_val_if_fail (self != NULL && fields != NULL, NULL);
  return &self->areas[kind_of (fields)];
}

GsStampTemplate *
gs_stamp_pack_get_template (GsStampPack *self, const GsStampFields *fields)
{
  g_return_val_if_fail (self != NULL && fields != NULL, NULL);
  return self->templates[kind_of (fields)];
}
