/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-paint.h"

static GsUtopiaColour
skin_tone (const GsUtopiaTraits *t)
{
  const GsUtopiaColour steps[5] = {
    colour (0.95f, 0.80f, 0.72f), colour (0.90f, 0.70f, 0.58f),  colour (0.76f, 0.55f, 0.42f),
    colour (0.56f, 0.38f, 0.28f), colour (0.36f, 0.24f, 0.185f),
  };

  return tint (palette (steps, 5, t->skin), 1.0f + 0.05f * t->skin_hue, 1.0f,
               1.0f - 0.08f * t->skin_hue);
}

/* Blotches, pores, blood in cheeks, nose, ears and chin, shade round the eyes. */
static GsUtopiaColour
add_complexion (const GsUtopiaScene *s, GsUtopiaPoint p, GsUtopiaColour c)
{
  const GsUtopiaTraits *t = &s->traits;
  float ax = p.ax, x = p.x, y = p.y, z = p.z, ex = s->eye_x;
  float n = cloud (x * 1.3f + 11.0f, y * 1.3f, z * 1.3f) - 0.5f;
  float fine = 0.05f * (noise (x * 22.0f, y * 22.0f, z * 22.0f) - 0.5f);
  float mid = noise (x * 9.0f, y * 9.0f, z * 9.0f) - 0.5f;
  float red =
    (0.55f + 0.5f * t->blush) * bell ((ax - 4.1f) / 2.0f) * bell ((y + 3.3f) / 1.7f)
    + 0.55f * bell (x / 1.4f) * bell ((y - s->nose_y + 0.2f) / 1.1f) * ramp (7.0f, 9.0f, z)
    + 0.35f * bell (x / 2.0f) * bell ((y + 9.4f) / 1.2f)
    + 0.8f * ramp (7.2f, 7.9f, ax) * ramp (3.0f, 1.0f, fabsf (y + 1.0f));
  float front = ramp (4.0f, 6.0f, z);
  float socket = bell ((ax - ex) / 1.7f) * bell ((y + 0.15f) / 1.05f) * front;
  float under = (0.25f + 0.35f * higher (t->age, 0.0f)) * bell ((ax - ex + 0.5f) / 1.1f)
                * bell ((y + 1.15f) / 0.45f) * front;

  red = z < -3.0f ? 0.0f : limit (red, 0.0f, 1.0f) * (1.0f - t->skin * 0.55f);
  c = tint (c, 1.0f + 0.10f * n + 0.05f * mid + fine, 1.0f + 0.06f * n + 0.06f * mid + fine,
            1.0f + 0.04f * n + 0.06f * mid + fine);
  c = darken (c, red, -0.02f, 0.20f, 0.17f);
  c = darken (c, socket, 0.10f, 0.17f, 0.13f);
  return darken (c, under, 0.16f, 0.20f, 0.13f);
}

static GsUtopiaColour
add_marks (const GsUtopiaScene *s, GsUtopiaPoint p, GsUtopiaColour c)
{
  const GsUtopiaTraits *t = &s->traits;

  if (t->freckles > 0.0f)
    {
      float where = bell (p.ax / 4.5f) * bell ((p.y + 2.4f) / 2.4f) * ramp (3.0f, 6.0f, p.z);
      float spots = ramp (0.66f, 0.80f, noise (p.x * 3.2f + 5.0f, p.y * 3.2f, 3.0f));

      c = darken (c, spots * where * t->freckles, 0.22f, 0.36f, 0.42f);
    }
  if (t->mole > 0.0f && p.z > 2.0f)
    {
      float a = t->mole * 37.0f;
      float x = p.x - 4.6f * sinf (a), y = p.y + 4.2f - 3.6f * cosf (a * 1.7f);

      c = darken (c, ramp (0.26f, 0.13f, sqrtf (x * x + y * y)) * 0.75f, 0.55f, 0.68f, 0.70f);
    }
  return c;
}

/* Lines of forehead, eyes and frown, and the fold beside the nose. */
static GsUtopiaColour
add_lines (const GsUtopiaScene *s, GsUtopiaPoint p, GsUtopiaColour c)
{
  float age = higher (s->traits.age, 0.0f), ax = p.ax, y = p.y;
  float outside = ax - s->eye_x - s->eye_half;
  float fold = (0.05f + 0.38f * age + 0.20f * s->view.smile)
               * bell ((ax - gs_utopia_fold_x (s, y)) / 0.17f) * gs_utopia_fold_strength (s, y)
               * ramp (4.0f, 6.0f, p.z);

  if (age > 0.0f && p.z > 3.0f)
    {
      float forehead = 0.0f, eyes = 0.0f;
      float frown = bell ((ax - 0.75f) / 0.10f) * ramp (0.7f, 1.4f, y) * ramp (2.9f, 2.0f, y);

      for (int i = 0; i < 3; i++)
        forehead +=
          bell ((y - 3.3f - 1.05f * (float) i - 0.10f * sinf (p.x * 0.9f + (float) i)) / 0.09f)
          * ramp (4.6f, 3.0f, ax);
      for (int i = -1; i < 2; i++)
        eyes += bell ((y - 0.05f - (float) i * 0.42f - outside * 0.45f * (float) i) / 0.07f)
                * ramp (0.15f, 0.5f, outside) * ramp (1.7f, 1.0f, outside);
      c = darken (c, age * (0.30f * forehead + 0.34f * eyes + 0.28f * frown), 0.5f, 0.62f, 0.65f);
    }
  return darken (c, fold, 0.30f, 0.42f, 0.45f);
}

/* Where the moustache grows: it follows the lip and droops at its ends. */
static float
moustache_at (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  float ax = p.ax, y = p.y, mw = s->mouth_half, my = s->mouth_y;
  float middle = my + 1.12f - 0.13f * ax * ax, half = 0.42f - 0.05f * ax;
  float ragged = 0.12f * (noise (p.x * 6.0f, y * 2.0f, 1.0f) - 0.5f);
  float m = ramp (half + 0.20f, half - 0.12f, fabsf (y - middle + ragged))
            * ramp (mw + 1.0f, mw + 0.3f, ax) * ramp (4.0f, 5.0f, p.z)
            * (1.0f - 0.35f * bell (p.x / 0.16f));

  return m * ramp (my + 0.10f * ax - 0.1f, my + 0.30f, y + 0.35f * higher (ax - mw + 0.2f, 0.0f));
}

static GsUtopiaColour
add_beard (const GsUtopiaScene *s,
           GsUtopiaPoint p,
           GsUtopiaColour c,
           GsUtopiaColour skin,
           GsUtopiaPaint *paint)
{
  const GsUtopiaTraits *t = &s->traits;
  GsUtopiaColour hair = gs_utopia_hair_colour (t);
  float ax = p.ax, x = p.x, y = p.y, z = p.z, cy = s->chin_y;
  float jaw = y - 0.50f * higher (ax - 2.4f, 0.0f);
  float lips =
    sqrtf (square (y - s->mouth_y + 0.05f) * 0.95f + square (ax / (s->mouth_half + 0.25f)));
  float near = ramp (0.86f, 1.10f, lips), moustache = moustache_at (s, p);
  float shaven = ramp (-3.6f, -5.6f, jaw) * ramp (-3.5f, 0.0f, z) * near
                 * ramp (cy - 2.0f, cy - 0.5f, y - 0.34f * lower (z - 4.0f, 0.0f) - 0.6f);
  float grain = 0.6f + 0.4f * noise (x * 14.0f, y * 6.0f, z * 6.0f);
  float stubble = t->stubble * higher (shaven, moustache) * grain;
  float beard = 0.0f, grown;

  c = blend (c, tint (blend (hair, skin, 0.35f), 0.8f, 0.85f, 0.95f),
             limit (stubble * 0.55f, 0.0f, 1.0f));
  if (t->beard > 0.0f)
    beard = ramp (0.15f, 0.6f, t->beard)
            * ramp (-4.3f, -6.0f, jaw + 0.5f * (noise (x * 5.0f, y * 2.0f, z) - 0.5f))
            * ramp (-2.5f, 0.5f, z) * near * ramp (cy - 2.4f, cy - 1.2f, y + 0.2f * z - 0.8f);
  grown = higher (beard, t->moustache > 0.0f ? ramp (0.1f, 0.5f, t->moustache) * moustache : 0.0f);
  if (grown > 0.01f)
    {
      float k = 0.45f + 1.1f * cloud (x * 7.0f, y * 2.2f, z * 3.0f);

      c = blend (c, tint (hair, k, k, k), grown * 0.97f);
    }
  if (grown > 0.4f)
    {
      paint->shine = 0.05f;
      paint->softness = 0.2f;
    }
  return c;
}

static GsUtopiaColour
add_brows (const GsUtopiaScene *s, GsUtopiaPoint p, GsUtopiaColour c, GsUtopiaColour skin)
{
  const GsUtopiaTraits *tr = &s->traits;
  GsUtopiaColour hair = gs_utopia_hair_colour (tr);
  float t = (p.ax - s->brow_inner) / (s->brow_outer - s->brow_inner);
  float uneven, middle, half, e, a, strand;

  if (t <= -0.1f || t >= 1.15f || p.z <= 2.0f)
    return c;
  uneven = p.x < 0.0f ? tr->asymmetry * 0.12f : -tr->asymmetry * 0.06f;
  middle = s->brow_y + uneven + 0.42f * tr->brow_tilt * (t - 0.35f)
           + (0.30f + 0.26f * tr->brow_arch) * 4.0f * t * (1.0f - t) * (0.6f + 0.6f * t) * 0.75f
           - 0.28f * t * t;
  half = (0.34f + 0.13f * higher (tr->brow_thickness, -1.0f))
         * (0.55f + 1.1f * ramp (-0.05f, 0.30f, t)) * 0.66f
         * (1.0f - 0.85f * ramp (0.45f, 1.05f, t));
  e = fabsf (p.y - middle) / higher (half, 0.03f);
  a = ramp (1.35f, 0.55f, e) * ramp (-0.06f, 0.10f, t) * ramp (1.08f, 0.92f, t);
  strand =
    noise (p.x * 9.0f + p.y * 7.0f * (p.x > 0.0f ? -1.0f : 1.0f), p.y * 7.0f - p.ax * 3.0f, 5.0f);
  a *= 0.60f + 0.55f * strand;
  c = blend (c, blend (tint (hair, 0.8f, 0.8f, 0.8f), skin, tr->hair_colour > 0.8f ? 0.25f : 0.0f),
             limit (a * (0.86f + 0.1f * tr->brow_thickness), 0.0f, 0.97f));
  return c;
}

/* Lashes are a dark band along the opening of the eye. */
static GsUtopiaColour
add_lashes (const GsUtopiaScene *s, GsUtopiaPoint p, GsUtopiaColour c)
{
  float liner = higher (s->traits.eye_liner, 0.0f);
  float opening = gs_utopia_eye_opening (s, p.ax, p.y);
  float front = bell ((p.ax - s->eye_x) / 2.2f) * ramp (5.0f, 6.0f, p.z);
  float u = (p.ax - s->eye_x) / s->eye_half;
  float upper = ramp (-0.12f, 0.05f, p.y - s->eye_slope * u + 0.05f);
  float lash = (fabsf (u) < 1.12f ? ramp (0.17f + 0.10f * liner, 0.02f, opening) * upper : 0.0f)
               + (fabsf (u) < 1.02f ? 0.35f * ramp (0.09f, 0.0f, opening) * (1.0f - upper) : 0.0f);
  float shadow = liner * bell ((opening - 0.35f) / 0.35f) * upper * front * 0.45f;

  c = blend (c, colour (0.09f, 0.065f, 0.06f),
             limit (lash * front * (0.80f + 0.2f * liner), 0.0f, 0.96f));
  return darken (c, shadow, 0.55f, 0.65f, 0.55f);
}

static GsUtopiaColour
add_lips (const GsUtopiaScene *s,
          GsUtopiaPoint p,
          GsUtopiaColour c,
          GsUtopiaColour skin,
          GsUtopiaPaint *paint)
{
  const GsUtopiaTraits *tr = &s->traits;
  float t = p.ax / s->mouth_half, t2 = t * t, open = s->view.mouth_open * 0.35f;
  float u = p.y - gs_utopia_lip_line (s, p.ax), front = ramp (5.0f, 6.0f, p.z);
  float upper =
    (0.60f + 0.30f * tr->lip_upper) * (1.0f - t2) * (1.0f - 0.16f * bell (p.ax / 0.30f)) + 0.01f;
  float under = (0.84f + 0.32f * tr->lip_lower) * (1.0f - t2 * t2 * 0.4f - t2 * 0.6f);
  float a = ramp (upper + 0.12f, upper - 0.10f, u) * ramp (-under - 0.14f, -under + 0.12f, u)
            * ramp (1.02f, 0.93f, t) * front;
  float wrinkle = 0.9f + 0.2f * noise (p.x * 8.0f, p.y * 1.5f, 2.0f);
  float between =
    ramp (0.16f + open, 0.03f, fabsf (u + open * 0.4f)) * ramp (1.05f, 0.92f, t) * front;
  GsUtopiaColour lip = tint (skin, 0.86f, 0.60f, 0.60f);

  lip = blend (lip, colour (0.66f, 0.16f, 0.20f), higher (tr->lip_colour, 0.0f) * 0.75f);
  lip = blend (lip, tint (skin, 0.80f, 0.68f, 0.66f), higher (-tr->lip_colour, 0.0f));
  c = blend (c, tint (lip, wrinkle, wrinkle, wrinkle), a * 0.92f);
  if (a > 0.5f)
    {
      paint->shine = 0.16f;
      paint->gloss = 24.0f;
    }
  return blend (c, tint (skin, 0.22f, 0.10f, 0.10f), between * 0.82f);
}

/* A shaved scalp: stubble where hair would be, greyer than light hair, which would look pink. */
static GsUtopiaColour
add_scalp (const GsUtopiaScene *s, GsUtopiaPoint p, GsUtopiaColour c, GsUtopiaColour skin)
{
  const GsUtopiaTraits *t = &s->traits;
  GsUtopiaColour hair = blend (gs_utopia_hair_colour (t), colour (0.34f, 0.31f, 0.29f), 0.75f);
  float height = 10.2f + 0.9f * t->hairline;
  float outside = sqrtf (square (p.x / 5.9f) + square ((p.y + 3.8f) / height)) - 1.0f;
  float a;

  if (t->hair_top >= -0.5f || t->cropped <= 0.0f)
    return c;
  a = ramp (-0.03f, 0.08f, outside) * ramp (-0.5f, 1.5f, p.y + (p.z < 1.0f ? 2.5f : 0.0f));
  a = higher (a, ramp (1.0f, 0.0f, p.z) * ramp (0.0f, 2.0f, p.y));
  a *= t->cropped * (0.72f + 0.3f * (noise (p.x * 10.0f, p.y * 10.0f, p.z * 10.0f) - 0.5f));
  return blend (c, blend (hair, skin, 0.30f), a);
}

void
gs_utopia_paint_skin (const GsUtopiaScene *s, GsUtopiaPoint p, GsUtopiaPaint *paint)
{
  GsUtopiaColour skin = skin_tone (&s->traits);
  GsUtopiaColour c = add_complexion (s, p, skin);

  c = add_marks (s, p, c);
  c = add_lines (s, p, c);
  c = add_beard (s, p, c, skin, paint);
  c = add_brows (s, p, c, skin);
  c = add_lashes (s, p, c);
  c = add_lips (s, p, c, skin, paint);
  paint->colour = add_scalp (s, p, c, skin);
}
