/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-cost.h"

/* Encoders write about ten. */
#define MAX_SCANS 32
#define JPEG_SCAN 0xDA
#define JPEG_BEGIN 0xD8
#define JPEG_END 0xD9
#define JPEG_ALONE 0x01

/* Three components of 2,048 dots square in the usual blocks of 64 are 4,200; OpenJPEG takes some
 * 400 bytes for each. */
#define MAX_PARTS 50000

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

static guint64
be (const guint8 *bytes, guint n)
{
  guint64 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];
  return number;
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static void
take_frame (const guint8 *at, gsize left, guint8 marker, GsJpegFacts *facts)
{
  if (left < 8)
    return;
  facts->is_usual = marker <= 0xC2;
  facts->depth = at[2];
  facts->height = (guint) be (at + 3, 2);
  facts->width = (guint) be (at + 5, 2);
  facts->n_components = at[7];
}

/* The next marker's place behind FF: what stands before it are samples, or nothing. */
static gsize
find_marker (const guint8 *bytes, gsize size, gsize at)
{
  for (; at + 1 < size; at++)
    if (bytes[at] == 0xFF && bytes[at + 1] != 0x00 && bytes[at + 1] != 0xFF
        && (bytes[at + 1] < 0xD0 || bytes[at + 1] > 0xD7))
      return at + 1;
  return size;
}

void
gs_face_cost_survey_jpeg (const guint8 *bytes, gsize size, GsJpegFacts *facts)
{
  gsize at = 2;

  *facts = (GsJpegFacts){ 0 };
  while ((at = find_marker (bytes, size, at)) < size && bytes[at] != JPEG_END)
    {
      guint8 marker = bytes[at++];
      gsize length;

      if (marker == JPEG_BEGIN || marker == JPEG_ALONE)
        continue;
      length = size - at >= 2 ? (gsize) be (bytes + at, 2) : G_MAXSIZE;
      if (length > size - at)
        return;
      if (is_frame (marker))
        take_frame (bytes + at, length, marker, facts);
      facts->n_scans += marker == JPEG_SCAN;
      at += length;
    }
  facts->is_whole = at < size;
  /* Chips pad with zero bytes. */
  for (at++; at < size && bytes[at] == 0; at++)
    ;
  facts->is_several =
    size > at && size - at >= 2 && bytes[at] == 0xFF && bytes[at + 1] == JPEG_BEGIN;
}

gboolean
gs_face_cost_jpeg_is_modest (const GsJpegFacts *facts)
{
  return facts->n_scans <= MAX_SCANS;
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
