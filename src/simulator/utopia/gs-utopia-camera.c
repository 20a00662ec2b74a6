/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-camera.h"

#include "gs-utopia-maths.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <string.h>

#define LOWEST_QUALITY 30

static const char jpeg_comment[] =
  "DRAWN: a citizen of Utopia, made by a program; no such person exists";

void
gs_utopia_lens_draw (GsUtopiaLens *lens, GsUtopiaRandom *random)
{
  float exposure = gs_utopia_random_range (random, 0.88f, 1.08f);

  lens->slope = gs_utopia_random_range (random, 0.0f, 0.20f);
  lens->slope_angle = gs_utopia_random_range (random, 0.0f, 6.28f);
  lens->gamma = gs_utopia_random_range (random, 0.8f, 1.3f);
  for (int c = 0; c < 3; c++)
    lens->gain[c] = exposure * gs_utopia_random_range (random, 0.97f, 1.03f);
  lens->blur_px = gs_utopia_random_range (random, 0.0f, 1.0f);
  lens->noise = gs_utopia_random_range (random, 0.006f, 0.018f);
}

/* One direction of a Gaussian blur: STRIDE floats lie between neighbours, COUNT of them in a line.
 */
static void
blur_line (float *line, gsize count, gsize stride, const float *kernel, int reach, float *copy)
{
  for (gsize i = 0; i < count; i++)
    copy[i] = line[i * stride];
  for (gsize i = 0; i < count; i++)
    {
      float sum = 0.0f;

      for (int k = -reach; k <= reach; k++)
        sum += kernel[k + reach] * copy[CLAMP ((gssize) i + k, 0, (gssize) count - 1)];
      line[i * stride] = sum;
    }
}

static void
blur (GsUtopiaImage *image, float sigma)
{
  int reach = MIN ((int) ceilf (sigma * 2.5f), 16);
  gsize w = (gsize) image->width, h = (gsize) image->height;
  g_autofree float *copy = g_new (float, MAX (w, h));
  float kernel[33], sum = 0.0f;

  if (sigma < 0.3f)
    return;
  for (int k = -reach; k <= reach; k++)
    sum += kernel[k + reach] = expf (-0.5f * square ((float) k / sigma));
  for (int k = 0; k <= 2 * reach; k++)
    kernel[k] /= sum;
  for (gsize c = 0; c < 3; c++)
    {
      for (gsize y = 0; y < h; y++)
        blur_line (image->pixels + y * w * 4 + c, w, 4, kernel, reach, copy);
      for (gsize x = 0; x < w; x++)
        blur_line (image->pixels + x * 4 + c, h, w * 4, kernel, reach, copy);
    }
}

void
gs_utopia_lens_apply (const GsUtopiaLens *lens, GsUtopiaRandom *random, GsUtopiaImage *image)
{
  float across = cosf (lens->slope_angle), down = sinf (lens->slope_angle);

  for (int y = 0; y < image->height; y++)
    for (int x = 0; x < image->width; x++)
      {
        float *pixel = image->pixels + ((gsize) y * (gsize) image->width + (gsize) x) * 4;
        float u = 2.0f * (float) x / (float) image->width - 1.0f;
        float v = 2.0f * (float) y / (float) image->height - 1.0f;
        float bright = limit (1.0f + 1.5f * lens->slope * (u * across + v * down), 0.4f, 1.6f);

        for (int c = 0; c < 3; c++)
          pixel[c] = powf (limit (pixel[c] * bright, 0.0f, 1.0f), lens->gamma) * lens->gain[c];
      }
  blur (image, lens->blur_px);
  for (gsize i = 0; i < (gsize) image->width * (gsize) image->height; i++)
    for (gsize c = 0; c < 3; c++)
      {
        /* Three even draws are near enough to the normal distribution for grain. */
        float grain = gs_utopia_random_range (random, -1.0f, 1.0f)
                      + gs_utopia_random_range (random, -1.0f, 1.0f)
                      + gs_utopia_random_range (random, -1.0f, 1.0f);

        image->pixels[i * 4 + c] += grain * lens->noise;
      }
}

void
gs_utopia_image_over (GsUtopiaImage *back, const GsUtopiaImage *front)
{
  g_return_if_fail (back->width == front->width && back->height == front->height);
  for (gsize i = 0; i < (gsize) back->width * (gsize) back->height; i++)
    {
      float cover = front->pixels[i * 4 + 3];

      for (gsize c = 0; c < 3; c++)
        back->pixels[i * 4 + c] += cover * (front->pixels[i * 4 + c] - back->pixels[i * 4 + c]);
      back->pixels[i * 4 + 3] = higher (back->pixels[i * 4 + 3], cover);
    }
}

/* The colour of IMAGE at U, V (0 to 1), between its pixels. */
static void
sample (const GsUtopiaImage *image, float u, float v, float out[3])
{
  float x = limit (u, 0.0f, 1.0f) * (float) (image->width - 2);
  float y = limit (v, 0.0f, 1.0f) * (float) (image->height - 2);
  gsize row = (gsize) image->width * 4;
  const float *p = image->pixels + (gsize) y * row + (gsize) x * 4;
  float fx = x - floorf (x), fy = y - floorf (y);

  for (int c = 0; c < 3; c++)
    out[c] = (p[c] * (1 - fx) + p[c + 4] * fx) * (1 - fy)
             + (p[c + row] * (1 - fx) + p[c + 4 + row] * fx) * fy;
}

/* Distance to a rectangle with round corners about the origin. */
static float
rectangle (float x, float y, float half_w, float half_h, float round)
{
  float dx = fabsf (x) - half_w + round, dy = fabsf (y) - half_h + round;

  return hypotf (higher (dx, 0.0f), higher (dy, 0.0f)) + lower (higher (dx, dy), 0.0f) - round;
}

/* A finger over the frame: one rounded bar. */
static float
finger (float x, float y, float at_x, float at_y, float length, float half)
{
  float along = limit (x - at_x, 0.0f, length);

  return hypotf (x - at_x - along, y - at_y) - half;
}

GsUtopiaImage *
gs_utopia_image_on_tablet (const GsUtopiaImage *shown)
{
  GsUtopiaImage *out = gs_utopia_image_new (shown->width, shown->height);
  const float w = (float) shown->width, h = (float) shown->height;
  const float tilt_c = 0.9976f, tilt_s = 0.0698f, half_w = 0.33f * w, half_h = 0.35f * h;

  for (int j = 0; j < shown->height; j++)
    for (int i = 0; i < shown->width; i++)
      {
        float *p = out->pixels + ((gsize) j * (gsize) shown->width + (gsize) i) * 4;
        float dx = (float) i - 0.50f * w, dy = (float) j - 0.52f * h;
        float x = dx * tilt_c + dy * tilt_s, y = dy * tilt_c - dx * tilt_s;
        float frame = rectangle (x, y, half_w + 0.04f * w, half_h + 0.05f * w, 0.05f * w);
        float screen = rectangle (x, y, half_w, half_h, 2.0f);
        float thumbs = lower (finger (x, y, -0.60f * w, 0.14f * h, 0.26f * w, 0.045f * w),
                              finger (x, y, 0.34f * w, 0.20f * h, 0.26f * w, 0.045f * w));
        float room = 0.62f - 0.16f * (float) j / h, on, face[3];

        p[0] = p[1] = p[2] = room - 0.25f * ramp (0.06f * w, 0.0f, frame);
        for (int c = 0; c < 3; c++)
          p[c] += (0.07f - p[c]) * ramp (0.8f, -0.8f, frame);
        sample (shown, 0.5f + 0.5f * x / half_w, 0.5f + 0.5f * y / half_h, face);
        on = ramp (0.8f, -0.8f, screen);
        for (int c = 0; c < 3; c++)
          {
            /* The rows of the screen beat against those of the camera, and a lamp is mirrored. */
            float beat = 1.0f + 0.05f * sinf (y * 0.9f + (float) c) * sinf (x * 0.11f + y * 0.03f);
            float glare = 0.35f * bell ((x + 0.55f * y + 0.20f * w) / (0.09f * w));

            p[c] += on * (limit (face[c] * 0.92f * beat + glare * 0.5f, 0.0f, 1.0f) - p[c]);
          }
        p[0] += (0.72f - p[0]) * ramp (1.0f, -1.0f, thumbs);
        p[1] += (0.53f - p[1]) * ramp (1.0f, -1.0f, thumbs);
        p[2] += (0.43f - p[2]) * ramp (1.0f, -1.0f, thumbs);
        for (int c = 0; c < 3; c++)
          p[c] *= 1.0f - 0.35f * ramp (-0.02f * w, 0.0f, thumbs) * ramp (2.0f, 0.0f, thumbs);
        p[3] = 1.0f;
      }
  return out;
}

void
gs_utopia_image_label (GsUtopiaImage *image)
{
  /* Five letters, seven rows of five dots each. */
  static const guchar letters[5][7] = {
    { 0x1e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1e }, { 0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11 },
    { 0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11 }, { 0x11, 0x11, 0x11, 0x15, 0x15, 0x1b, 0x11 },
    { 0x11, 0x19, 0x19, 0x15, 0x13, 0x13, 0x11 },
  };
  int dot = image->width < 400 ? 1 : 2, left = 4 * dot, top = image->height - 12 * dot;

  for (int y = 0; y < 11 * dot; y++)
    for (int x = 0; x < 33 * dot; x++)
      {
        int row = y / dot - 2, column = x / dot - 2;
        gboolean ink = row >= 0 && row < 7 && column >= 0 && column < 30 && column % 6 < 5
                       && (letters[column / 6][row] >> (4 - column % 6) & 1);
        gsize at = (gsize) (top + y) * (gsize) image->width + (gsize) (left + x);

        if (left + x >= image->width || top + y < 0)
          continue;
        for (gsize c = 0; c < 3; c++)
          image->pixels[at * 4 + c] = ink ? 0.95f : image->pixels[at * 4 + c] * 0.35f;
      }
}

/* The file with the comment segment (ITU-T T.81 § B.2.4.5) right after its start marker. */
static GBytes *
with_comment (const guchar *data, gsize length)
{
  GByteArray *out = g_byte_array_sized_new ((guint) (length + sizeof jpeg_comment + 4));
  gsize size = sizeof jpeg_comment - 1 + 2;
  const guchar head[4] = { 0xff, 0xfe, (guchar) (size >> 8), (guchar) size };
  gsize first = 2;

  /* A JFIF header, when there is one, has to stay first. */
  if (length > 20 && data[2] == 0xff && data[3] == 0xe0)
    first = 4 + ((gsize) data[4] << 8 | data[5]);
  first = MIN (first, length);
  g_byte_array_append (out, data, (guint) first);
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, (const guchar *) jpeg_comment, sizeof jpeg_comment - 1);
  g_byte_array_append (out, data + first, (guint) (length - first));
  return g_byte_array_free_to_bytes (out);
}

GBytes *
gs_utopia_image_to_jpeg (const GsUtopiaImage *image, int quality, gsize limit_bytes, GError **error)
{
  gsize count = (gsize) image->width * (gsize) image->height;
  g_autofree guchar *rgb = g_malloc (count * 3);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  for (gsize i = 0; i < count * 3; i++)
    rgb[i] = (guchar) (limit (image->pixels[i / 3 * 4 + i % 3], 0.0f, 1.0f) * 255.0f + 0.5f);
  pixbuf = gdk_pixbuf_new_from_data (rgb, GDK_COLORSPACE_RGB, FALSE, 8, image->width, image->height,
                                     image->width * 3, NULL, NULL);
  for (int q = quality; q >= LOWEST_QUALITY; q -= 2)
    {
      g_autofree char *value = g_strdup_printf ("%d", q);
      g_autofree char *data = NULL;
      gsize length = 0;

      if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "jpeg", error, "quality", value,
                                      NULL))
        return NULL;
      if (limit_bytes == 0 || length + sizeof jpeg_comment + 3 <= limit_bytes)
        return with_comment ((const guchar *) data, length);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The picture does not fit into %zu bytes",
               limit_bytes);
  return NULL;
}
