/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-warp-private.h"

#include <math.h>
#include <string.h>

GsFacePoint
gs_face_similarity_apply (const GsFaceSimilarity *self, GsFacePoint point)
{
  return (GsFacePoint){ self->a * point.x - self->b * point.y + self->c,
                        self->b * point.x + self->a * point.y + self->d };
}

gboolean
gs_face_similarity_fit (GsFaceSimilarity *self,
                        const GsFacePoint *from,
                        const GsFacePoint *to,
                        gsize n_points)
{
  GsFacePoint mean_from = { 0, 0 }, mean_to = { 0, 0 };
  double spread = 0, along = 0, across = 0;

  for (gsize i = 0; i < n_points; i++)
    {
      mean_from.x += from[i].x / (double) n_points;
      mean_from.y += from[i].y / (double) n_points;
      mean_to.x += to[i].x / (double) n_points;
      mean_to.y += to[i].y / (double) n_points;
    }
  for (gsize i = 0; i < n_points; i++)
    {
      double x = from[i].x - mean_from.x, y = from[i].y - mean_from.y;
      double u = to[i].x - mean_to.x, v = to[i].y - mean_to.y;

      spread += x * x + y * y;
      along += x * u + y * v;
      across += x * v - y * u;
    }
  if (!(spread > 0))
    return FALSE;
  self->a = along / spread;
  self->b = across / spread;
  self->c = mean_to.x - self->a * mean_from.x + self->b * mean_from.y;
  self->d = mean_to.y - self->b * mean_from.x - self->a * mean_from.y;
  return isfinite (self->a) && isfinite (self->b) && isfinite (self->c) && isfinite (self->d);
}

static guint8
to_byte (float value)
{
  return (guint8) CLAMP (value + 0.5F, 0.0F, 255.0F);
}

/* The part of the dots [first, last) that [begin, end) covers, into weights; returns how many. */
static int
cover (double begin, double end, int *first, float *weights)
{
  int n = 0;

  *first = (int) floor (begin);
  for (int at = *first; at < end; at++)
    weights[n++] = (float) ((MIN (end, at + 1.0) - MAX (begin, at)) / (end - begin));
  return n;
}

/* Rows first, then columns, so that each dot of the picture is read once. */
static void
shrink (const GsPixels *picture, double x, double y, double side, guint size, guint8 *rgb)
{
  const guint8 *dots = g_bytes_get_data (picture->rgb, NULL);
  double step = side / size;
  int left = MAX ((int) floor (x), 0);
  int right = MIN ((int) ceil (x + side), (int) picture->width);
  gsize width = right > left ? (gsize) (right - left) : 0;
  g_autofree float *sums = g_new (float, 3 * MAX (width, 1));
  g_autofree float *weights = g_new (float, (gsize) ceil (step) + 2);

  for (guint row = 0; row < size; row++)
    {
      int first;
      int n = cover (y + row * step, y + (row + 1) * step, &first, weights);

      memset (sums, 0, 3 * width * sizeof *sums);
      for (int i = 0; i < n; i++)
        if (first + i >= 0 && first + i < (int) picture->height)
          {
            const guint8 *from = dots + 3 * ((gsize) (first + i) * picture->width + (gsize) left);
            for (gsize k = 0; k < 3 * width; k++)
              sums[k] += weights[i] * from[k];
          }
      for (guint column = 0; column < size; column++)
        {
          float sum[3] = { 0, 0, 0 };

          n = cover (x + column * step, x + (column + 1) * step, &first, weights);
          for (int i = 0; i < n; i++)
            if (first + i >= left && first + i < right)
              for (int k = 0; k < 3; k++)
                sum[k] += weights[i] * sums[3 * (first + i - left) + k];
          for (int k = 0; k < 3; k++)
            rgb[3 * (row * size + column) + (guint) k] = to_byte (sum[k]);
        }
    }
}

void
gs_face_warp_square (
  const GsPixels *picture, double x, double y, double side, guint size, guint8 *rgb)
{
  if (side > size)
    {
      shrink (picture, x, y, side, size, rgb);
      return;
    }
  GsFaceSimilarity grow = { .a = side / size, .b = 0, .c = x, .d = y };
  gs_face_warp_similarity (picture, &grow, size, rgb);
}

static inline float
dot_at (const GsPixels *picture, const guint8 *dots, int x, int y, int k)
{
  if (x < 0 || y < 0 || x >= (int) picture->width || y >= (int) picture->height)
    return 0;
  return dots[3 * ((gsize) y * picture->width + (gsize) x) + (gsize) k];
}

void
gs_face_warp_similarity (const GsPixels *picture,
                         const GsFaceSimilarity *self,
                         guint size,
                         guint8 *rgb)
{
  const guint8 *dots = g_bytes_get_data (picture->rgb, NULL);
  double limit = 4.0 * MAX (picture->width, picture->height);

  for (guint row = 0; row < size; row++)
    for (guint column = 0; column < size; column++, rgb += 3)
      {
        /* Middles of dots to middles of dots. */
        GsFacePoint at = gs_face_similarity_apply (self, (GsFacePoint){ column + 0.5, row + 0.5 });
        double x = CLAMP (at.x - 0.5, -limit, limit), y = CLAMP (at.y - 0.5, -limit, limit);
        int left = (int) floor (x), top = (int) floor (y);
        float right_part = (float) (x - left), lower_part = (float) (y - top);

        for (int k = 0; k < 3; k++)
          {
            float upper = dot_at (picture, dots, left, top, k) * (1 - right_part)
                          + dot_at (picture, dots, left + 1, top, k) * right_part;
            float lower = dot_at (picture, dots, left, top + 1, k) * (1 - right_part)
                          + dot_at (picture, dots, left + 1, top + 1, k) * right_part;
            rgb[k] = to_byte (upper * (1 - lower_part) + lower * lower_part);
          }
      }
}

void
gs_face_warp_to_planes (
  const guint8 *rgb, guint size, double scale, double offset, gboolean mirrored, float *planes)
{
  gsize n = (gsize) size * size;

  for (guint row = 0; row < size; row++)
    for (guint column = 0; column < size; column++)
      {
        const guint8 *from =
          rgb + 3 * ((gsize) row * size + (mirrored ? size - 1 - column : column));
        float *to = planes + (gsize) row * size + column;

        for (gsize k = 0; k < 3; k++)
          to[k * n] = (float) (from[k] * scale + offset);
      }
}
