/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-cost.h"

/* Encoders write about ten. */
#define MAX_SCANS 64
#define JPEG_SCAN 0xDA

/* Three components of 4,096 dots square in the usual blocks of 64 are 16,400; OpenJPEG takes some
 * 400 bytes for each. */
#define MAX_PARTS 200000

/* A picture of a passport is one tile. */
#define MAX_TILES 256

#define J2K_SIZE 0x51
#define SIZE_FIXED 38 /* without the components, of three bytes each */
#define MAX_DEPTH 38
#define J2K_CODING_STYLE 0x52
#define J2K_COMPONENT_STYLE 0x53
#define MAX_LEVELS 32
#define MAX_COMPONENTS 4
/* Exponents of two: what the standard takes when none is given. */
#define PRECINCT_DEFAULT 15

/* How one coding style cuts a component. */
typedef struct
{
  guint levels;
  guint block_width; /* exponents of two */
  guint block_height;
  const guint8 *precincts; /* one byte a resolution; NULL: as large as can be */
} Style;

gboolean
gs_face_cost_jpeg_is_modest (const guint8 *bytes, gsize size)
{
  guint n_scans = 0;

  /* Within a scan FF is followed by 00 or by a restart mark. */
  for (gsize i = 0; i + 1 < size; i++)
    if (bytes[i] == 0xFF && bytes[i + 1] == JPEG_SCAN)
      n_scans++;
  return n_scans <= MAX_SCANS;
}

static guint64
be (const guint8 *bytes, guint n)
{
  guint64 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];
  return number;
}

/* Whether a size begins here: what only looks like its marker has another length, or components
 * that cannot be. */
static gboolean
is_size (const guint8 *at, gsize left)
{
  gsize n_components;

  if (left < SIZE_FIXED)
    return FALSE;
  n_components = be (at + 36, 2);
  if (be (at, 2) != SIZE_FIXED + 3 * n_components || left < SIZE_FIXED + 3 * n_components)
    return FALSE;
  for (gsize i = 0; i < n_components; i++)
    {
      const guint8 *component = at + SIZE_FIXED + 3 * i;

      if ((component[0] & 0x7F) >= MAX_DEPTH || component[1] == 0 || component[2] == 0)
        return FALSE;
    }
  return TRUE;
}

/* Along one side. at: where the picture ends; behind it where it begins, and the same of a tile. */
static gboolean
count_tiles (const guint8 *at, guint max_side, guint64 *n_tiles)
{
  guint64 end = be (at, 4), begin = be (at + 8, 4), tile = be (at + 16, 4), first = be (at + 24, 4);

  if (end <= begin || end - begin > max_side || tile == 0 || first > begin)
    return FALSE;
  *n_tiles = (end - first + tile - 1) / tile;
  return TRUE;
}

gboolean
gs_face_cost_jpeg_2000_size_is_modest (const guint8 *bytes, gsize size, guint max_side)
{
  for (gsize i = 0; i + 1 < size; i++)
    {
      const guint8 *at = bytes + i + 2;
      guint64 wide, high;

      if (bytes[i] != 0xFF || bytes[i + 1] != J2K_SIZE || !is_size (at, size - i - 2))
        continue;
      if (be (at + 36, 2) > MAX_COMPONENTS || !count_tiles (at + 4, max_side, &wide)
          || !count_tiles (at + 8, max_side, &high) || wide > MAX_TILES || wide * high > MAX_TILES)
        return FALSE;
    }
  return TRUE;
}

/* Levels, block sizes, two bytes that do not matter here, precincts. fixed: length of the marker
 * segment without precincts. */
static gboolean
read_style (const guint8 *at, gsize left, gsize length, gsize fixed, gboolean given, Style *style)
{
  if (left < 5 || at[0] > MAX_LEVELS || (at[1] & 0x0F) > 8 || (at[2] & 0x0F) > 8)
    return FALSE;
  *style = (Style){ .levels = at[0],
                    .block_width = (at[1] & 0x0Fu) + 2,
                    .block_height = (at[2] & 0x0Fu) + 2,
                    .precincts = given ? at + 5 : NULL };
  if (!given)
    return length == fixed;
  return length == fixed + style->levels + 1 && left >= 5 + (gsize) style->levels + 1;
}

/* TRUE when a coding style of all components, or of one, begins behind this marker. What is none,
 * but only looks so, has another length. */
static gboolean
find_style (guint8 marker, const guint8 *at, gsize left, Style *style)
{
  gsize length;

  if (left < 9)
    return FALSE;
  length = (gsize) at[0] << 8 | at[1];
  if (marker == J2K_CODING_STYLE)
    return read_style (at + 7, left - 7, length, 12, (at[2] & 1) != 0, style);
  return at[2] < MAX_COMPONENTS
         && read_style (at + 4, left - 4, length, 9, (at[3] & 1) != 0, style);
}

/* Parts of 2^exponent that a length is cut into, wherever the first cut is. */
static guint64
count_parts (guint64 length, guint exponent)
{
  return length == 0 ? 0 : (length >> exponent) + 2;
}

static guint64
count_resolution (const Style *style, guint level, guint width, guint height)
{
  guint shift = style->levels - level;
  guint64 wide = ((guint64) width + ((guint64) 1 << shift) - 1) >> shift;
  guint64 high = ((guint64) height + ((guint64) 1 << shift) - 1) >> shift;
  guint precinct_width =
    style->precincts != NULL ? style->precincts[level] & 0x0Fu : PRECINCT_DEFAULT;
  guint precinct_height =
    style->precincts != NULL ? style->precincts[level] >> 4 : PRECINCT_DEFAULT;
  guint64 parts = count_parts (wide, precinct_width) * count_parts (high, precinct_height);
  guint half = level > 0 ? 1 : 0;

  /* A block never reaches over its precinct, which in the bands is half as large. */
  precinct_width -= MIN (half, precinct_width);
  precinct_height -= MIN (half, precinct_height);
  return parts
         + (level > 0 ? 3 : 1)
             * count_parts ((wide + half) >> half, MIN (style->block_width, precinct_width))
             * count_parts ((high + half) >> half, MIN (style->block_height, precinct_height));
}

gboolean
gs_face_cost_jpeg_2000_is_modest (
  const guint8 *bytes, gsize size, guint width, guint height, guint n_components)
{
  for (gsize i = 0; i + 1 < size; i++)
    {
      guint8 marker = bytes[i + 1];
      guint64 parts = 0;
      Style style;

      if (bytes[i] != 0xFF || (marker != J2K_CODING_STYLE && marker != J2K_COMPONENT_STYLE)
          || !find_style (marker, bytes + i + 2, size - i - 2, &style))
        continue;
      for (guint level = 0; level <= style.levels; level++)
        parts += count_resolution (&style, level, width, height);
      if (parts * n_components > MAX_PARTS)
        return FALSE;
    }
  return TRUE;
}
