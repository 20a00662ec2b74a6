/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-specimen.h"

#include <math.h>
#include <pango/pangocairo.h>

/* A letter is compared as a grid of coverages over its own box, so neither its size nor the space
 * between letters matters. */
#define COLUMNS 8
#define ROWS 12
#define LETTERS 8
/* Dots looked at in each row and column of a grid cell, fewer or more than there are. */
#define SAMPLES 4
#define REFERENCE_PX 96
#define SMALLEST_LETTER_PX 10
/* Mean difference of coverage up to which a letter is taken for itself; the nearest other pair of
 * the word, E and C, differs by 0.3. */
#define TOLERANCE 0.16

static const char word[LETTERS + 1] = "SPECIMEN";

typedef struct
{
  int left, top, right, bottom; /* right and bottom are outside */
} Box;

typedef struct
{
  double cover[ROWS][COLUMNS];
  double aspect;
} Letter;

/* Anything that can be asked for a dot of the letter at a place. */
typedef gboolean (*IsDot) (gconstpointer picture, int x, int y);

static gboolean
shrink_box (gconstpointer picture, IsDot is_dot, Box *box)
{
  Box found = { box->right, box->bottom, box->left, box->top };

  for (int y = box->top; y < box->bottom; y++)
    for (int x = box->left; x < box->right; x++)
      if (is_dot (picture, x, y))
        {
          found.left = MIN (found.left, x);
          found.top = MIN (found.top, y);
          found.right = MAX (found.right, x + 1);
          found.bottom = MAX (found.bottom, y + 1);
        }
  *box = found;
  return found.left < found.right && found.top < found.bottom;
}

static void
read_letter (gconstpointer picture, IsDot is_dot, const Box *box, Letter *letter)
{
  int width = box->right - box->left;
  int height = box->bottom - box->top;
  double share = 1.0 / (SAMPLES * SAMPLES);

  *letter = (Letter){ 0 };
  for (int y = 0; y < ROWS * SAMPLES; y++)
    for (int x = 0; x < COLUMNS * SAMPLES; x++)
      if (is_dot (picture, box->left + (2 * x + 1) * width / (2 * COLUMNS * SAMPLES),
                  box->top + (2 * y + 1) * height / (2 * ROWS * SAMPLES)))
        letter->cover[y / SAMPLES][x / SAMPLES] += share;
  letter->aspect = (double) width / height;
}

static double
letter_difference (const Letter *a, const Letter *b)
{
  double sum = 0;

  for (int row = 0; row < ROWS; row++)
    for (int column = 0; column < COLUMNS; column++)
      sum += fabs (a->cover[row][column] - b->cover[row][column]);
  return sum / (ROWS * COLUMNS);
}

static gboolean
is_surface_dot (gconstpointer picture, int x, int y)
{
  cairo_surface_t *surface = (cairo_surface_t *) (gpointer) picture;
  const guint8 *data = cairo_image_surface_get_data (surface);

  return data[(gsize) y * (gsize) cairo_image_surface_get_stride (surface) + (gsize) x] >= 128;
}

/* Draws the letter with our own hand, as what the dots are held against. */
static gboolean
draw_reference (char character, Letter *letter)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_A8, 2 * REFERENCE_PX, 2 * REFERENCE_PX);
  cairo_t *cr = cairo_create (surface);
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Inter Bold");
  Box box = { 0, 0, 2 * REFERENCE_PX, 2 * REFERENCE_PX };
  gboolean drawn;

  pango_font_description_set_absolute_size (font, REFERENCE_PX * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, &character, 1);
  cairo_move_to (cr, REFERENCE_PX / 4.0, REFERENCE_PX / 4.0);
  pango_cairo_show_layout (cr, layout);
  cairo_surface_flush (surface);
  drawn = cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS
          && shrink_box (surface, is_surface_dot, &box);
  if (drawn)
    read_letter (surface, is_surface_dot, &box, letter);
  pango_font_description_free (font);
  g_object_unref (layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return drawn;
}

static gboolean
is_ink (gconstpointer picture, int x, int y)
{
  return gs_stamp_bitmap_get_ink ((GsStampBitmap *) (gpointer) picture, x, y);
}

static gboolean
is_light (gconstpointer picture, int x, int y)
{
  return !gs_stamp_bitmap_get_ink ((GsStampBitmap *) (gpointer) picture, x, y);
}

/* Cuts the area at empty columns. FALSE unless there are just eight pieces, all of letter height.
 */
static gboolean
cut_letters (GsStampBitmap *bitmap, IsDot is_dot, const Box *area, Box boxes[LETTERS])
{
  int count = 0;
  int begin = -1;
  int height = 0;

  for (int x = area->left; x <= area->right; x++)
    {
      gboolean filled = FALSE;

      for (int y = area->top; !filled && y < area->bottom && x < area->right; y++)
        filled = is_dot (bitmap, x, y);
      if (filled && begin < 0)
        begin = x;
      if (filled || begin < 0)
        continue;
      if (count == LETTERS)
        return FALSE;
      boxes[count] = (Box){ begin, area->top, x, area->bottom };
      if (!shrink_box (bitmap, is_dot, &boxes[count]))
        return FALSE;
      height = MAX (height, boxes[count].bottom - boxes[count].top);
      count++;
      begin = -1;
    }
  if (count != LETTERS || height < SMALLEST_LETTER_PX)
    return FALSE;
  for (int i = 0; i < LETTERS; i++)
    if (boxes[i].bottom - boxes[i].top < height * 9 / 10)
      return FALSE;
  return TRUE;
}

gboolean
gs_stamp_specimen_is_readable (GsStampBitmap *bitmap, int x, int y, int width, int height)
{
  Box area;
  Box boxes[LETTERS];
  IsDot is_dot;

  g_return_val_if_fail (bitmap != NULL, FALSE);
  area = (Box){ MAX (x, 0), MAX (y, 0),
                (int) MIN ((gint64) x + width, gs_stamp_bitmap_get_width (bitmap)),
                (int) MIN ((gint64) y + height, gs_stamp_bitmap_get_height (bitmap)) };
  if (width <= 0 || height <= 0 || area.left >= area.right || area.top >= area.bottom)
    return FALSE;
  is_dot = gs_stamp_bitmap_count_ink (bitmap, x, y, width, height) * 2
               > (guint) (area.right - area.left) * (guint) (area.bottom - area.top)
             ? is_light
             : is_ink;
  if (!cut_letters (bitmap, is_dot, &area, boxes))
    return FALSE;
  for (int i = 0; i < LETTERS; i++)
    {
      Letter seen, reference;

      read_letter (bitmap, is_dot, &boxes[i], &seen);
      if (!draw_reference (word[i], &reference) || letter_difference (&seen, &reference) > TOLERANCE
          || fabs (log (seen.aspect / reference.aspect)) > 0.35)
        return FALSE;
    }
  return TRUE;
}
