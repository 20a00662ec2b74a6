/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-svg-subset.h"

#include <math.h>
#include <string.h>

#define NAMESPACE "http://www.w3.org/2000/svg"
#define MAX_ELEMENTS 4000
#define MAX_VALUE_BYTES (64 * 1024)
#define MAX_ID_LENGTH 48
/* Coordinates and lengths, in lengths of the drawing. */
#define MAX_EXTENTS 4
#define MAX_SCALE 16
#define MAX_DASHED 16
#define MAX_DASHED_BYTES 2048
#define LEAST_DASH 2
#define MAX_CLIPPED 16

static const char *const known_elements[] = { "svg",     "g",     "defs",     "title",
                                              "desc",    "path",  "rect",     "circle",
                                              "ellipse", "line",  "polyline", "polygon",
                                              "text",    "tspan", "clipPath", NULL };

static const char *const shapes[] = { "path", "rect",     "circle",  "ellipse",
                                      "line", "polyline", "polygon", NULL };

/* Lists of numbers: each is looked at. */
static const char *const measures[] = { "width",
                                        "height",
                                        "x",
                                        "y",
                                        "dx",
                                        "dy",
                                        "x1",
                                        "y1",
                                        "x2",
                                        "y2",
                                        "cx",
                                        "cy",
                                        "r",
                                        "rx",
                                        "ry",
                                        "d",
                                        "points",
                                        "transform",
                                        "stroke-width",
                                        "stroke-miterlimit",
                                        "stroke-dasharray",
                                        "font-size",
                                        "letter-spacing",
                                        "data-max-width",
                                        NULL };

static const char *const words[] = { "version",        "viewBox",         "fill",
                                     "fill-rule",      "clip-rule",       "stroke",
                                     "stroke-linecap", "stroke-linejoin", "paint-order",
                                     "stroke-opacity", "data-prefix",     "font-family",
                                     "font-weight",    "text-anchor",     "display",
                                     "xml:space",      "clipPathUnits",   NULL };

static gboolean
refuse (GError **error, const char *problem, const char *what)
{
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK, "Template: %s%s%.40s", problem,
               what != NULL ? ": " : "", what != NULL ? what : "");
  return FALSE;
}

/* --- numbers ---------------------------------------------------------------------------------- */

typedef gboolean (*NumberCheck) (double number, double limit);

static gboolean
is_within (double number, double limit)
{
  return fabs (number) <= limit;
}

static gboolean
is_at_least (double number, double limit)
{
  return number >= limit;
}

/* Every number in the text; NaN and infinity fail each check. */
static gboolean
all_numbers (const char *text, NumberCheck check, double limit)
{
  const char *at = text;

  while (*at != '\0')
    {
      char *end;
      double number;

      if (!g_ascii_isdigit (*at) && strchr ("+-.", *at) == NULL)
        {
          at++;
          continue;
        }
      number = g_ascii_strtod (at, &end);
      if (end > at && !check (number, limit))
        return FALSE;
      at = end > at ? end : at + 1;
    }
  return TRUE;
}

/* Moving and turning, and one scaling around each element: nested ones would multiply. */
static gboolean
check_transform (GsSvgSubset *self, const char *value, GError **error)
{
  const char *scale = strstr (value, "scale");

  if (strstr (value, "matrix") != NULL || strstr (value, "skew") != NULL)
    return refuse (error, "only translate, rotate and scale are allowed", "transform");
  if (scale == NULL)
    return TRUE;
  if (self->scale_depth != 0 || strstr (scale + 1, "scale") != NULL)
    return refuse (error, "what is scaled is scaled again", "transform");
  if (!all_numbers (scale, is_within, MAX_SCALE))
    return refuse (error, "it is scaled too much", "transform");
  self->scale_depth = self->depth;
  return TRUE;
}

static gboolean
check_dashes (
  GsSvgSubset *self, const char *element, const char **values, const char *value, GError **error)
{
  gsize size = 0;

  if (g_str_equal (value, "none"))
    return TRUE;
  for (guint i = 0; values[i] != NULL; i++)
    size += strlen (values[i]);
  if (++self->n_dashed > MAX_DASHED || size > MAX_DASHED_BYTES || !g_strv_contains (shapes, element)
      || !all_numbers (value, is_at_least, LEAST_DASH))
    return refuse (error, "dashes are too fine, too many or not of a shape", element);
  return TRUE;
}

/* --- references ------------------------------------------------------------------------------- */

static gboolean
is_id (const char *id, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (id[i]) && strchr ("-_.", id[i]) == NULL)
      return FALSE;
  return length > 0 && length <= MAX_ID_LENGTH;
}

/* Shapes that clip the shapes that clip would multiply too. */
static gboolean
check_clip (GsSvgSubset *self, const char *element, const char *value, GError **error)
{
  gsize length = strlen (value);

  if (g_str_equal (value, "none"))
    return TRUE;
  if (!g_str_has_prefix (value, "url(#") || value[length - 1] != ')'
      || !is_id (value + 5, length - 6))
    return refuse (error, "it points outside itself", "clip-path");
  if (self->clip_depth != 0 || g_str_equal (element, "clipPath") || ++self->n_clipped > MAX_CLIPPED)
    return refuse (error, "it clips too often", element);
  return TRUE;
}

/* CSS finds a reference in any letters, and behind a backslash. */
static gboolean
has_reference (const char *value)
{
  for (const char *at = value; *at != '\0'; at++)
    if (*at == '\\' || g_ascii_strncasecmp (at, "url", 3) == 0
        || g_ascii_strncasecmp (at, "var(", 4) == 0)
      return TRUE;
  return FALSE;
}

/* --- elements --------------------------------------------------------------------------------- */

static gboolean
check_attribute (GsSvgSubset *self,
                 const char *element,
                 const char *name,
                 const char *value,
                 const char **values,
                 GError **error)
{
  if (strlen (value) > MAX_VALUE_BYTES)
    return refuse (error, "an attribute is too long", name);
  if (g_str_equal (name, "xmlns"))
    return (self->depth == 1 && g_str_equal (value, NAMESPACE))
           || refuse (error, "another namespace is not allowed", NULL);
  if (g_str_equal (name, "id"))
    return is_id (value, strlen (value)) || refuse (error, "an id is not plain", value);
  if (g_str_equal (name, "clip-path"))
    return check_clip (self, element, value, error);
  if (has_reference (value))
    return refuse (error, "it points outside itself", name);
  if (g_strv_contains (words, name))
    return TRUE;
  if (!g_strv_contains (measures, name))
    return refuse (error, "an attribute is not allowed", name);
  if (!all_numbers (value, is_within, MAX_EXTENTS * self->extent))
    return refuse (error, "a length or coordinate is too large", name);
  if (g_str_equal (name, "transform"))
    return check_transform (self, value, error);
  if (g_str_equal (name, "stroke-dasharray"))
    return check_dashes (self, element, values, value, error);
  return TRUE;
}

gboolean
gs_svg_subset_begin (
  GsSvgSubset *self, const char *element, const char **names, const char **values, GError **error)
{
  self->depth++;
  if (!g_strv_contains (known_elements, element))
    return refuse (error, "an element is not allowed", element);
  if ((self->depth == 1) != g_str_equal (element, "svg"))
    return refuse (error, "it does not begin with svg, or svg is there twice", NULL);
  if (self->depth > GS_SVG_MAX_DEPTH)
    return refuse (error, "it is nested too deeply", NULL);
  if (++self->n_elements > MAX_ELEMENTS)
    return refuse (error, "it has too many elements", NULL);
  for (guint i = 0; names[i] != NULL; i++)
    if (!check_attribute (self, element, names[i], values[i], values, error))
      return FALSE;
  if (g_str_equal (element, "clipPath") && self->clip_depth == 0)
    self->clip_depth = self->depth;
  return TRUE;
}

void
gs_svg_subset_end (GsSvgSubset *self)
{
  if (self->clip_depth == self->depth)
    self->clip_depth = 0;
  if (self->scale_depth == self->depth)
    self->scale_depth = 0;
  self->depth--;
}
