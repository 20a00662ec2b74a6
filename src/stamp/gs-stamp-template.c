/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-template.h"

#include <librsvg/rsvg.h>
#include <string.h>

#include "gs-svg-subset.h"

#define MAX_PLACES 64
/* Below these parts of its drawn size a text is set in two lines, or refused. */
#define SMALLEST_ON_ONE_LINE 0.8
#define SMALLEST 0.55

struct _GsStampTemplate
{
  gatomicrefcount ref_count;
  GBytes *svg;
  GHashTable *places; /* id → data-max-width as double *, 0 for none */
  GHashTable *fonts;  /* the families that its texts ask for */
  double width;       /* of the viewBox, which begins at 0 0 */
  double height;
};

/* What one pass over the markup does: only look (out is NULL), or write it again. */
typedef struct
{
  GsStampTemplate *self;
  GString *out;
  GHashTable *texts;  /* id → what the element shall say */
  GHashTable *hidden; /* ids that are not shown */
  GHashTable *scales; /* id → double *, factor on the type size */
  GsSvgSubset subset; /* while looking */
  guint depth;
  gboolean rooted;   /* the root element was begun */
  guint replaced_at; /* depth of the element whose content is replaced, 0 for none */
} Pass;

static gboolean
refuse (GError **error, const char *problem, const char *what)
{
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK, "Template: %s%s%.40s", problem,
               what != NULL ? ": " : "", what != NULL ? what : "");
  return FALSE;
}

static const char *
find_attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return NULL;
}

static gboolean
read_view_box (GsStampTemplate *self, const char *view_box, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (view_box != NULL ? view_box : "", " ", 5);

  if (g_strv_length (parts) != 4 || strcmp (parts[0], "0") != 0 || strcmp (parts[1], "0") != 0)
    return refuse (error, "its viewBox does not begin with 0 0", NULL);
  self->width = g_ascii_strtod (parts[2], NULL);
  self->height = g_ascii_strtod (parts[3], NULL);
  if (!(self->width >= 1 && self->width <= 20000 && self->height >= 1 && self->height <= 20000))
    return refuse (error, "its viewBox is too small or too large", NULL);
  return TRUE;
}

static gboolean
note_place (GsStampTemplate *self, const char *id, const char *max_width, GError **error)
{
  double *place;

  if (g_hash_table_size (self->places) >= MAX_PLACES || g_hash_table_contains (self->places, id))
    return refuse (error, "an id is there twice, or there are too many", id);
  place = g_new0 (double, 1);
  *place = max_width != NULL ? g_ascii_strtod (max_width, NULL) : 0;
  if (!(*place >= 0 && *place < 1e6))
    *place = 0;
  g_hash_table_insert (self->places, g_strdup (id), place);
  return TRUE;
}

static gboolean
check_element (
  Pass *pass, const char *element, const char **names, const char **values, GError **error)
{
  GsStampTemplate *self = pass->self;
  const char *id = find_attribute (names, values, "id");
  const char *font = find_attribute (names, values, "font-family");

  if (pass->depth == 1)
    {
      if (find_attribute (names, values, "xmlns") == NULL)
        return refuse (error, "it does not say that it is an SVG", NULL);
      if (!read_view_box (self, find_attribute (names, values, "viewBox"), error))
        return FALSE;
      pass->subset.extent = MAX (self->width, self->height);
    }
  if (!gs_svg_subset_begin (&pass->subset, element, names, values, error))
    return FALSE;
  if (font != NULL)
    g_hash_table_add (self->fonts, g_strdup (font));
  return id == NULL
         || note_place (self, id, find_attribute (names, values, "data-max-width"), error);
}

static void
write_attribute (Pass *pass, const char *name, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (pass->out, " %s=\"%s\"", name, escaped);
}

static void
write_scaled (Pass *pass, const char *name, const char *value, double scale)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  write_attribute (
    pass, name, g_ascii_formatd (text, sizeof text, "%.3f", g_ascii_strtod (value, NULL) * scale));
}

/* The size in pixels is that of the viewBox, so that librsvg measures in user units: 2.54 ignores
 * the viewport when it measures a layer. */
static void
write_size (Pass *pass)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  write_attribute (pass, "width", g_ascii_formatd (text, sizeof text, "%.3f", pass->self->width));
  write_attribute (pass, "height", g_ascii_formatd (text, sizeof text, "%.3f", pass->self->height));
}

static void
write_element (Pass *pass, const char *element, const char **names, const char **values)
{
  const char *id = find_attribute (names, values, "id");
  const char *prefix = find_attribute (names, values, "data-prefix");
  const char *text = id != NULL ? g_hash_table_lookup (pass->texts, id) : NULL;
  const double *scale = id != NULL ? g_hash_table_lookup (pass->scales, id) : NULL;
  gboolean hidden = id != NULL && g_hash_table_contains (pass->hidden, id);

  g_string_append_printf (pass->out, "<%s", element);
  if (pass->depth == 1)
    write_size (pass);
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (pass->depth == 1 && (strcmp (names[i], "width") == 0 || strcmp (names[i], "height") == 0))
        continue;
      if (g_str_has_prefix (names[i], "data-") || (hidden && strcmp (names[i], "display") == 0))
        continue;
      if (scale != NULL
          && (strcmp (names[i], "font-size") == 0 || strcmp (names[i], "letter-spacing") == 0))
        write_scaled (pass, names[i], values[i], *scale);
      else
        write_attribute (pass, names[i], values[i]);
    }
  if (hidden)
    write_attribute (pass, "display", "none");
  g_string_append_c (pass->out, '>');
  if (text != NULL)
    {
      g_autofree char *whole = g_strconcat (prefix != NULL ? prefix : "", text, NULL);
      g_autofree char *escaped = g_markup_escape_text (whole, -1);

      g_string_append (pass->out, escaped);
      pass->replaced_at = pass->depth;
    }
}

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Pass *pass = user_data;

  pass->depth++;
  pass->rooted = TRUE;
  if (pass->out == NULL)
    check_element (pass, element, names, values, error);
  else if (pass->replaced_at == 0)
    write_element (pass, element, names, values);
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Pass *pass = user_data;

  if (pass->replaced_at == pass->depth)
    pass->replaced_at = 0;
  if (pass->out != NULL && pass->replaced_at == 0)
    g_string_append_printf (pass->out, "</%s>", element);
  if (pass->out == NULL)
    gs_svg_subset_end (&pass->subset);
  pass->depth--;
}

static void
on_text (
  GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  Pass *pass = user_data;
  g_autofree char *escaped = NULL;

  if (pass->out == NULL || pass->replaced_at != 0)
    return;
  escaped = g_markup_escape_text (text, (gssize) length);
  g_string_append (pass->out, escaped);
}

static void
on_passthrough (
  GMarkupParseContext *context, const char *text, gsize length, gpointer user_data, GError **error)
{
  /* Comments and the XML declaration are dropped; a document type could bring entities. */
  if (!g_str_has_prefix (text, "<!--") && !g_str_has_prefix (text, "<?xml "))
    refuse (error, "a declaration is not allowed", NULL);
}

static const GMarkupParser parser = { on_start, on_end, on_text, on_passthrough, NULL };

static gboolean
run_pass (Pass *pass, GError **error)
{
  gsize size;
  const char *svg = g_bytes_get_data (pass->self->svg, &size);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, pass, NULL);

  if (!g_utf8_validate_len (svg, size, NULL))
    return refuse (error, "it is not UTF-8", NULL);
  if (g_markup_parse_context_parse (context, svg, (gssize) size, &problem))
    {
      /* GLib 2.74 sets two errors when a document ends before its first element has. */
      if (!pass->rooted || pass->depth != 0)
        return refuse (error, "it ends early", NULL);
      if (g_markup_parse_context_end_parse (context, &problem))
        return TRUE;
    }
  if (problem->domain == GS_STAMP_ERROR)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK, "Template: %s", problem->message);
  return FALSE;
}

static GBytes *
write_markup (Pass *pass, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  pass->out = out;
  pass->depth = 0;
  pass->replaced_at = 0;
  if (!run_pass (pass, error))
    return NULL;
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

/* librsvg reads what was written again, never the file itself: its parser knows encodings and
 * declarations that the look at the markup does not. */
static gboolean
try_reading (GBytes *svg, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (svg, &size);
  g_autoptr (GError) problem = NULL;
  RsvgHandle *handle = rsvg_handle_new_from_data (data, size, &problem);

  if (handle == NULL)
    return refuse (error, "librsvg cannot read it", problem->message);
  g_object_unref (handle);
  return TRUE;
}

GsStampTemplate *
gs_stamp_template_new (GBytes *svg, GError **error)
{
  g_autoptr (GsStampTemplate) self = NULL;
  g_autoptr (GHashTable) nothing = NULL;
  g_autoptr (GBytes) written = NULL;
  gsize size;
  Pass pass = { 0 };

  g_return_val_if_fail (svg != NULL, NULL);
  size = g_bytes_get_size (svg);
  if (size == 0 || size > GS_STAMP_TEMPLATE_MAX_BYTES)
    {
      refuse (error, "it is empty or too large", NULL);
      return NULL;
    }
  self = g_new0 (GsStampTemplate, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->svg = g_bytes_ref (svg);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->fonts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  pass.self = self;
  if (!run_pass (&pass, error))
    return NULL;
  nothing = g_hash_table_new (g_str_hash, g_str_equal);
  pass.texts = pass.hidden = pass.scales = nothing;
  written = write_markup (&pass, error);
  if (written == NULL || !try_reading (written, error))
    return NULL;
  return g_steal_pointer (&self);
}

GsStampTemplate *
gs_stamp_template_ref (GsStampTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_stamp_template_unref (GsStampTemplate *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_bytes_unref (self->svg);
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->fonts);
  g_free (self);
}

gboolean
gs_stamp_template_uses_font (GsStampTemplate *self, const char *family)
{
  g_return_val_if_fail (self != NULL && family != NULL, FALSE);
  return g_hash_table_size (self->fonts) == 1 && g_hash_table_contains (self->fonts, family);
}

gboolean
gs_stamp_template_has_place (GsStampTemplate *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, FALSE);
  return g_hash_table_contains (self->places, id);
}

/* The width in user units of every text that has a limit, as a factor on the limit: 1 fits, 2 is
 * twice too wide. Ids without a limit, hidden or empty are left out. */
static gboolean
measure (Pass *pass, GBytes *svg, GHashTable *factors, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (svg, &size);
  RsvgRectangle viewport = { 0, 0, pass->self->width, pass->self->height };
  GHashTableIter iter;
  gpointer id, limit;
  g_autoptr (GError) problem = NULL;
  RsvgHandle *handle = rsvg_handle_new_from_data (data, size, &problem);

  g_hash_table_iter_init (&iter, pass->self->places);
  while (problem == NULL && g_hash_table_iter_next (&iter, &id, &limit))
    {
      g_autofree char *layer = g_strconcat ("#", (char *) id, NULL);
      RsvgRectangle ink = { 0 };
      double *factor;

      if (*(double *) limit <= 0 || !g_hash_table_contains (pass->texts, id)
          || g_hash_table_contains (pass->hidden, id))
        continue;
      if (!rsvg_handle_get_geometry_for_layer (handle, layer, &viewport, &ink, NULL, &problem))
        break;
      factor = g_new (double, 1);
      *factor = ink.width / *(double *) limit;
      g_hash_table_insert (factors, id, factor);
    }
  g_clear_object (&handle);
  if (problem == NULL)
    return TRUE;
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_RENDER, "librsvg: %s", problem->message);
  return FALSE;
}

/* Cuts a name at the space that leaves its two halves most alike. FALSE when it has no space. */
static gboolean
split_in_two (const char *text, char **first, char **second)
{
  glong length = g_utf8_strlen (text, -1);
  const char *best = NULL;
  glong best_longer = length;

  for (const char *space = strchr (text, ' '); space != NULL; space = strchr (space + 1, ' '))
    {
      glong before = g_utf8_pointer_to_offset (text, space);
      glong longer = MAX (before, length - before - 1);

      if (longer < best_longer && space != text && space[1] != '\0')
        {
          best = space;
          best_longer = longer;
        }
    }
  if (best == NULL)
    return FALSE;
  *first = g_strndup (text, (gsize) (best - text));
  *second = g_strdup (best + 1);
  return TRUE;
}

static void
set_text (Pass *pass, const char *id, const char *value)
{
  if (value != NULL && *value != '\0')
    g_hash_table_insert (pass->texts, g_strdup (id), g_strdup (value));
  else
    g_hash_table_add (pass->hidden, g_strdup (id));
}

static void
hide_unless (Pass *pass, const char *id, gboolean shown)
{
  if (!shown)
    g_hash_table_add (pass->hidden, g_strdup (id));
}

static void
put_fields (Pass *pass, const GsStampFields *fields)
{
  g_autofree char *date = gs_stamp_fields_dup_date (fields);
  g_autofree char *port = gs_stamp_fields_dup_port (fields);

  set_text (pass, "date", date);
  set_text (pass, "port", port);
  set_text (pass, "serial", fields->serial);
  set_text (pass, "desk", fields->desk);
  hide_unless (pass, "transport-air", fields->transport == GS_STAMP_TRANSPORT_AIR);
  hide_unless (pass, "transport-sea", fields->transport == GS_STAMP_TRANSPORT_SEA);
  hide_unless (pass, "transport-land", fields->transport == GS_STAMP_TRANSPORT_LAND);
  hide_unless (pass, "port-double", FALSE);
  hide_unless (pass, "seal-none", fields->seal == NULL);
}

/* Sets the port in two lines when one would be too small to read and the template has two. */
static void
choose_port_lines (Pass *pass, GHashTable *factors)
{
  const double *factor = g_hash_table_lookup (factors, "port");
  const char *port = g_hash_table_lookup (pass->texts, "port");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (factor == NULL || *factor <= 1 / SMALLEST_ON_ONE_LINE
      || !g_hash_table_contains (pass->self->places, "port-double")
      || !split_in_two (port, &first, &second))
    return;
  set_text (pass, "port-1", first);
  set_text (pass, "port-2", second);
  g_hash_table_remove (pass->hidden, "port-double");
  g_hash_table_add (pass->hidden, g_strdup ("port-single"));
  g_hash_table_add (pass->hidden, g_strdup ("port"));
}

/* Two lines of one name keep one size. */
static void
level_port_lines (GHashTable *factors)
{
  double *first = g_hash_table_lookup (factors, "port-1");
  double *second = g_hash_table_lookup (factors, "port-2");

  if (first != NULL && second != NULL)
    *first = *second = MAX (*first, *second);
}

static gboolean
choose_scales (Pass *pass, GHashTable *factors, GError **error)
{
  GHashTableIter iter;
  gpointer id, factor;

  g_hash_table_iter_init (&iter, factors);
  while (g_hash_table_iter_next (&iter, &id, &factor))
    {
      double *scale;

      if (*(double *) factor <= 1)
        continue;
      /* A little less than fits, for what rounding the size adds. */
      scale = g_new (double, 1);
      *scale = 0.998 / *(double *) factor;
      if (*scale < SMALLEST)
        {
          g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_FIELDS,
                       "The text for \"%s\" is too long for its place", (char *) id);
          g_free (scale);
          return FALSE;
        }
      g_hash_table_insert (pass->scales, g_strdup (id), scale);
    }
  return TRUE;
}

static GBytes *
fill_pass (Pass *pass, GError **error)
{
  g_autoptr (GHashTable) factors = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GBytes) first = write_markup (pass, error);
  g_autoptr (GBytes) second = NULL;

  if (first == NULL || !measure (pass, first, factors, error))
    return NULL;
  choose_port_lines (pass, factors);
  if (g_hash_table_contains (pass->hidden, "port-single"))
    {
      g_hash_table_remove_all (factors);
      second = write_markup (pass, error);
      if (second == NULL || !measure (pass, second, factors, error))
        return NULL;
      level_port_lines (factors);
    }
  if (!choose_scales (pass, factors, error))
    return NULL;
  return write_markup (pass, error);
}

GBytes *
gs_stamp_template_fill (GsStampTemplate *self, const GsStampFields *fields, GError **error)
{
  Pass pass = { .self = self };
  GBytes *filled;

  g_return_val_if_fail (self != NULL && fields != NULL, NULL);
  if (!gs_stamp_fields_check (fields, error))
    return NULL;
  pass.texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  pass.hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pass.scales = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  put_fields (&pass, fields);
  filled = fill_pass (&pass, error);
  g_hash_table_unref (pass.texts);
  g_hash_table_unref (pass.hidden);
  g_hash_table_unref (pass.scales);
  return filled;
}
