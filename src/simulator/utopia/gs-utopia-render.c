/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-render.h"

#include "gs-utopia-paint.h"
#include "gs-utopia-trace.h"

#define LANES GS_UTOPIA_LANES

GsUtopiaImage *
gs_utopia_image_new (int width, int height)
{
  GsUtopiaImage *image = g_new0 (GsUtopiaImage, 1);

  image->width = width;
  image->height = height;
  image->pixels = g_new0 (float, (gsize) width *(gsize) height * 4);
  return image;
}

void
gs_utopia_image_free (GsUtopiaImage *image)
{
  if (image == NULL)
    return;
  g_free (image->pixels);
  g_free (image);
}

static void
trace (const GsUtopiaScene *scene, GsUtopiaRays *rays)
{
#ifdef GS_UTOPIA_AVX2
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    {
      gs_utopia_trace_avx2 (scene, rays);
      return;
    }
#endif
  gs_utopia_trace_any (scene, rays);
}

/* Points ray LANE through the place (X, Y) of the picture, in pixels. */
static void
aim (const GsUtopiaScene *scene,
     const GsUtopiaImage *image,
     GsUtopiaRays *rays,
     int lane,
     float x,
     float y)
{
  float per_cm = scene->view.eye_distance_px / 6.24f, depth = GS_UTOPIA_CAMERA_Z - 7.0f;
  float dx = (x - (float) image->width * 0.5f) / per_cm - scene->view.shift_x;
  float dy = ((float) image->height * 0.5f - y) / per_cm - scene->view.shift_y;
  float n = sqrtf (dx * dx + dy * dy + depth * depth);

  rays->dx[lane] = dx / n;
  rays->dy[lane] = dy / n;
  rays->dz[lane] = -depth / n;
}

/* Key light with a little scattering per channel, fill, sky, a highlight and a rim. */
static GsUtopiaColour
light_up (const GsUtopiaScene *s, const GsUtopiaRays *r, int i, const GsUtopiaPaint *paint)
{
  const float *l = s->light;
  float n[3] = { r->nx[i], r->ny[i], r->nz[i] }, soft = paint->softness;
  float facing = n[0] * l[0] + n[1] * l[1] + n[2] * l[2];
  float open = 0.12f + 0.88f * limit (1.0f - r->occlusion[i], 0.0f, 1.0f);
  float lit = r->light[i] * r->light[i] * (3.0f - 2.0f * r->light[i]);
  const float wrap[3] = { 0.38f * soft, 0.20f * soft, 0.15f * soft };
  const float bleed[3] = { 0.22f * soft, 0.10f * soft, 0.08f * soft };
  const float open_channel[3] = { powf (open, 1.0f - 0.22f * soft),
                                  powf (open, 1.0f - 0.05f * soft), open };
  const float warm[3] = { 1.0f + 0.06f * s->view.warmth, 1.0f, 1.0f - 0.06f * s->view.warmth };
  float from_front =
    higher (0.55f + 0.45f * (-n[0] * l[0] * 1.4f + n[2] * 0.7f + n[1] * 0.1f), 0.0f);
  float ambient = 0.50f * (0.55f + 0.45f * n[1]) + 0.5f * from_front;
  float hx = l[0] - r->dx[i], hy = l[1] - r->dy[i], hz = l[2] - r->dz[i];
  float half = 1.0f / sqrtf (hx * hx + hy * hy + hz * hz);
  float mirror = higher ((n[0] * hx + n[1] * hy + n[2] * hz) * half, 0.0f);
  float towards = limit (-(n[0] * r->dx[i] + n[1] * r->dy[i] + n[2] * r->dz[i]), 0.0f, 1.0f);
  float rim = square (square (1.0f - towards));
  float shine =
    paint->shine * (powf (mirror, paint->gloss) * 0.55f * s->view.key * lit + rim * 0.35f * open);
  float in[3] = { paint->colour.r, paint->colour.g, paint->colour.b }, out[3];

  for (int c = 0; c < 3; c++)
    {
      float key = higher ((facing + wrap[c]) / (1.0f + wrap[c]), 0.0f);

      key *= s->view.key * (lit + (1.0f - lit) * bleed[c]) * warm[c];
      out[c] = in[c] * (key + s->view.fill * ambient * open_channel[c]) + shine;
    }
  return (GsUtopiaColour){ out[0], out[1], out[2] };
}

static float
as_displayed (float linear, float exposure)
{
  float u = higher (linear * exposure, 0.0f);

  u = u / (1.0f + 0.18f * u * u);
  return limit (powf (u, 1.0f / 2.2f), 0.0f, 1.0f);
}

/* Colour and cover of ray LANE, added to PIXEL with WEIGHT. HEIGHT is 0 at the top, 1 below. */
static void
add_ray (
  const GsUtopiaScene *s, const GsUtopiaRays *r, int i, float height, float weight, float *pixel)
{
  GsUtopiaColour c;

  if (r->material[i] < 0)
    {
      float grey = s->view.background * (1.0f - 0.05f * height);

      c = colour (grey, grey, grey * 1.005f);
    }
  else
    {
      GsUtopiaPoint p = gs_utopia_head_point (s, r->x[i], r->y[i], r->z[i]);
      GsUtopiaPaint paint =
        gs_utopia_paint (s, (GsUtopiaMaterial) r->material[i], p, r->x[i], r->y[i], r->z[i]);

      c = light_up (s, r, i, &paint);
      pixel[3] += weight;
    }
  pixel[0] += weight * as_displayed (c.r, s->view.exposure);
  pixel[1] += weight * as_displayed (c.g, s->view.exposure);
  pixel[2] += weight * as_displayed (c.b, s->view.exposure);
}

/* What decides whether a pixel lies on an edge. */
typedef struct
{
  float depth;
  int material;
} Met;

static void
render_once (const GsUtopiaScene *scene, GsUtopiaImage *image, Met *met)
{
  GsUtopiaRays rays;

  for (int y = 0; y < image->height; y++)
    for (int x0 = 0; x0 < image->width; x0 += LANES)
      {
        int lanes = MIN (LANES, image->width - x0);

        for (int i = 0; i < LANES; i++)
          aim (scene, image, &rays, i, (float) (x0 + i) + 0.5f, (float) y + 0.5f);
        trace (scene, &rays);
        for (int i = 0; i < lanes; i++)
          {
            gsize at = (gsize) y * (gsize) image->width + (gsize) (x0 + i);

            add_ray (scene, &rays, i, (float) y / (float) image->height, 1.0f,
                     image->pixels + at * 4);
            met[at] = (Met){ rays.material[i] < 0 ? 999.0f : rays.depth[i], rays.material[i] };
          }
      }
}

/* Material or depth jumps between the pixel and a neighbour. */
static gboolean
on_edge (const GsUtopiaImage *image, const Met *met, int x, int y)
{
  static const int steps[4][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  const Met *here = met + (gsize) y * (gsize) image->width + x;

  for (int k = 0; k < 4; k++)
    {
      int nx = x + steps[k][0], ny = y + steps[k][1];
      const Met *there;

      if (nx < 0 || ny < 0 || nx >= image->width || ny >= image->height)
        continue;
      there = met + (gsize) ny * (gsize) image->width + nx;
      if (there->material != here->material || fabsf (there->depth - here->depth) > 0.5f)
        return TRUE;
    }
  return FALSE;
}

/* Draws the pixels listed in EDGES again with four rays each, four pixels at a time. */
static void
render_edges (const GsUtopiaScene *scene, GsUtopiaImage *image, const GArray *edges)
{
  GsUtopiaRays rays;

  for (guint first = 0; first < edges->len; first += LANES / 4)
    {
      guint count = MIN (LANES / 4, edges->len - first);

      for (guint i = 0; i < LANES; i++)
        {
          guint at = g_array_index (edges, guint, first + MIN (i / 4, count - 1));
          float x = (float) (at % (guint) image->width) + (i % 2 == 0 ? 0.25f : 0.75f);
          float y = (float) (at / (guint) image->width) + (i / 2 % 2 == 0 ? 0.25f : 0.75f);

          aim (scene, image, &rays, (int) i, x, y);
        }
      trace (scene, &rays);
      for (guint i = 0; i < count * 4; i++)
        {
          guint at = g_array_index (edges, guint, first + i / 4);
          float *pixel = image->pixels + (gsize) at * 4;

          if (i % 4 == 0)
            pixel[0] = pixel[1] = pixel[2] = pixel[3] = 0.0f;
          add_ray (scene, &rays, (int) i,
                   (float) (at / (guint) image->width) / (float) image->height, 0.25f, pixel);
        }
    }
}

GsUtopiaImage *
gs_utopia_render (const GsUtopiaScene *scene, int width, int height)
{
  GsUtopiaImage *image = gs_utopia_image_new (width, height);
  g_autofree Met *met = g_new (Met, (gsize) width * (gsize) height);
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint));

  render_once (scene, image, met);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (on_edge (image, met, x, y))
        {
          guint at = (guint) (y * width + x);

          g_array_append_val (edges, at);
        }
  render_edges (scene, image, edges);
  return image;
}
