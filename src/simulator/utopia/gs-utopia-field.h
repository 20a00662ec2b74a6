/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-maths.h"
#include "gs-utopia-scene.h"

/* The head and shoulders as distance fields: the distance in centimetres from a point to the
 * nearest surface of each material. Origin between the eyes, y up, z towards the camera. x is made
 * positive (sqrt (x² + 0.0025) is smooth at the middle), so paired parts are evaluated once. */

typedef enum
{
  GS_UTOPIA_SKIN,
  GS_UTOPIA_EYE,
  GS_UTOPIA_HAIR,
  GS_UTOPIA_CLOTH,
  GS_UTOPIA_GLASSES,
  GS_UTOPIA_MATERIALS,
} GsUtopiaMaterial;

typedef struct
{
  float skin, eye, hair, cloth, glasses;
} GsUtopiaDistances;

/* A point in the frame of the head; AX is its x made positive. */
typedef struct
{
  float x, y, z, ax;
} GsUtopiaPoint;

/* From the frame of the room, where the shoulders stand still. */
GS_UTOPIA_INLINE GsUtopiaPoint
gs_utopia_head_point (const GsUtopiaScene *s, float wx, float wy, float wz)
{
  const float *m = s->turn;
  float x = wx, y = wy + 7.0f, z = wz + 1.0f;
  GsUtopiaPoint p;

  p.x = m[0] * x + m[3] * y + m[6] * z;
  p.y = m[1] * x + m[4] * y + m[7] * z - 7.0f;
  p.z = m[2] * x + m[5] * y + m[8] * z - 1.0f;
  p.x += s->traits.asymmetry * 0.10f * ramp (-2.0f, -10.0f, p.y);
  p.y += s->traits.asymmetry * 0.012f * p.x;
  p.ax = sqrtf (p.x * p.x + 0.0025f);
  return p;
}

/* Height of the line between the lips. */
GS_UTOPIA_INLINE float
gs_utopia_lip_line (const GsUtopiaScene *s, float ax)
{
  float t = ax / s->mouth_half;

  return s->mouth_y + s->view.smile * 0.40f * t * t + 0.05f * t * t + 0.06f * bell (ax * 2.2f);
}

/* The opening between the lids seen from the front: negative inside the almond. It is bounded at
 * its corners too, else the slit of a closed eye would cross the nose. */
GS_UTOPIA_INLINE float
gs_utopia_eye_opening (const GsUtopiaScene *s, float ax, float y)
{
  float u = (ax - s->eye_x) / s->eye_half;
  float yy = y - s->eye_slope * u;
  float q = 1.0f - u * u;
  float upper = s->eye_open * q * (1.0f - 0.10f * u);
  float under = -s->eye_open * 0.62f * q * (1.0f + 0.12f * u);

  return higher (higher (yy - upper, under - yy), (fabsf (u) - 1.0f) * s->eye_half * 0.5f);
}

/* Where the fold from nose to mouth runs, and how strong it is at this height. */
GS_UTOPIA_INLINE float
gs_utopia_fold_x (const GsUtopiaScene *s, float y)
{
  return 1.75f + 0.15f * s->traits.nose_width + (s->nose_y + 0.1f - y) * 0.42f
         + 0.12f * s->view.smile;
}

GS_UTOPIA_INLINE float
gs_utopia_fold_strength (const GsUtopiaScene *s, float y)
{
  return ramp (s->nose_y + 0.6f, s->nose_y - 0.3f, y)
         * ramp (s->mouth_y - 1.2f, s->mouth_y + 0.4f, y);
}

GS_UTOPIA_INLINE float
gs_utopia_cranium (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  return ellipsoid (p.x, p.y - 3.2f, p.z + 1.2f, 7.4f * s->head_w, 8.05f * s->head_h, 9.35f);
}

GS_UTOPIA_INLINE float
gs_utopia_mid_face (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  return ellipsoid (p.x, p.y + 2.6f, p.z - 1.0f, 6.35f * s->head_w, 8.0f * s->head_h, 6.95f);
}

/* Skull, jaw, cheeks, brow ridge and eye sockets. */
GS_UTOPIA_INLINE float
gs_utopia_skull (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  const GsUtopiaTraits *t = &s->traits;
  float ax = p.ax, y = p.y, z = p.z, hw = s->head_w, cy = s->chin_y;
  float jaw = capsule (ax, y, z, (5.15f + 0.9f * t->jaw_width) * hw, -5.3f, -0.3f,
                       1.5f + 0.75f * t->chin_width, cy + 0.4f, 5.0f + 0.4f * t->chin_projection,
                       1.25f, 1.35f);
  float chin = ellipsoid (p.x, y - cy, z - 5.7f - 0.5f * t->chin_projection,
                          2.1f + 0.6f * t->chin_width, 1.4f, 1.5f);
  float cheekbone = ellipsoid (ax - 4.55f * hw, y + 2.3f, z - 4.5f - 0.25f * t->cheekbone,
                               2.05f + 0.25f * t->cheekbone, 1.5f, 2.0f + 0.45f * t->cheekbone);
  float cheek = ellipsoid (ax - 3.7f, y + 5.1f, z - 4.0f, 2.3f + 0.5f * t->cheek_fat, 2.6f,
                           2.25f + 0.75f * t->cheek_fat);
  float muzzle = ellipsoid (p.x, y + 6.2f, z - 5.5f, 3.4f, 2.8f, 2.55f);
  float ridge = capsule (ax, y, z, 0.9f, 1.75f, 7.2f + 0.25f * t->brow_ridge, 4.5f, 1.75f,
                         5.75f + 0.2f * t->brow_ridge, 0.75f, 0.7f);
  float socket = ellipsoid (ax - s->eye_x, y + 0.05f, z - 8.3f + 0.2f * t->eye_depth, 2.05f, 1.15f,
                            1.75f + 0.12f * t->brow_ridge + 0.1f * t->eye_depth);
  float d = join (gs_utopia_cranium (s, p), gs_utopia_mid_face (s, p), 1.6f);

  d = join (d, jaw, 2.2f);
  d = join (d, chin, 1.5f);
  d = join (d, cheekbone, 2.2f);
  d = join (d, cheek, 2.2f);
  d = join (d, muzzle, 1.8f);
  d = join (d, ridge, 1.3f);
  return carve (d, socket, 1.3f);
}

GS_UTOPIA_INLINE float
gs_utopia_with_nose (const GsUtopiaScene *s, GsUtopiaPoint p, float d)
{
  const GsUtopiaTraits *t = &s->traits;
  float ax = p.ax, x = p.x, y = p.y, z = p.z, ny = s->nose_y;
  float width = 1.16f + 0.36f * t->nose_width;
  float bridge = capsule (x, y, z, 0.0f, 0.5f, 7.15f + 0.45f * t->nose_bridge, 0.0f, ny + 0.7f,
                          8.75f + 0.45f * t->nose_bridge + 0.35f * t->nose_projection,
                          0.62f + 0.10f * t->nose_width, 0.82f + 0.12f * t->nose_width);
  float tip = ellipsoid (x, y - ny + 0.1f - 0.45f * t->nose_upturn,
                         z - 9.35f - 0.55f * t->nose_projection, 0.95f + 0.22f * t->nose_tip,
                         0.85f + 0.15f * t->nose_tip, 0.95f + 0.1f * t->nose_tip);
  float wing =
    ellipsoid (ax - width, y - ny + 0.26f, z - 8.15f, 0.60f + 0.12f * t->nose_width, 0.66f, 1.05f);
  float septum = ellipsoid (x, y - ny + 0.65f, z - 8.6f, 0.42f, 0.45f, 0.8f);
  float nostril = ellipsoid (ax - width * 0.52f, y - ny + 0.92f - 0.12f * t->nose_upturn, z - 9.0f,
                             0.40f + 0.08f * t->nose_width, 0.26f, 0.62f);

  d = join (d, bridge, 0.9f);
  d = join (d, tip, 0.7f);
  d = join (d, wing, 0.95f);
  d = join (d, septum, 0.4f);
  return carve (d, nostril, 0.25f);
}

/* Lips, chin fold, philtrum, the folds beside the nose and the bags under the eyes, as heights on
 * the front of the face. The paint follows the same curves, so the two never part. */
GS_UTOPIA_INLINE float
gs_utopia_front_relief (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  const GsUtopiaTraits *t = &s->traits;
  float ax = p.ax, y = p.y, mw = s->mouth_half, my = s->mouth_y, smile = s->view.smile;
  float age = higher (t->age, 0.0f), open = s->view.mouth_open * 0.35f;
  float line = gs_utopia_lip_line (s, ax);
  float upper = 0.52f + 0.22f * t->lip_upper, under = 0.72f + 0.26f * t->lip_lower;
  float lip = (0.26f + 0.10f * t->lip_upper)
                * bell ((y - line - upper * 0.55f - open * 0.3f) / (upper * 0.75f))
              + (0.34f + 0.12f * t->lip_lower) * ramp (1.0f, 0.35f, ax / mw)
                  * bell ((y - line + under * 0.58f + open) / (under * 0.72f))
              - (0.34f + 0.3f * open) * bell ((y - line + open * 0.4f) / (0.11f + open * 0.7f));
  float corner = -0.07f * bell ((ax - mw - 0.05f) / 0.4f) * bell ((y - line) / 0.5f);
  float chin_fold = -0.28f * bell ((y - my + 2.05f) / 0.55f) * ramp (2.6f, 0.6f, ax);
  float philtrum = -0.07f * bell (ax / 0.28f) * bell ((y - (my + s->nose_y) * 0.5f - 0.1f) / 0.7f);
  float fold_x = gs_utopia_fold_x (s, y);
  float fold = (0.05f * smile * bell ((ax - fold_x - 0.9f) / 0.9f)
                - (0.05f + 0.09f * age + 0.08f * smile) * bell ((ax - fold_x) / 0.32f))
               * gs_utopia_fold_strength (s, y);
  float bag = (0.02f + 0.08f * age) * bell ((y + 1.05f - 0.12f * square (ax - s->eye_x)) / 0.30f)
              * bell ((ax - s->eye_x) / 1.3f);

  return ramp (4.5f, 6.5f, p.z)
         * (ramp (1.04f, 0.55f, ax / mw) * lip + corner + chin_fold + philtrum + fold + bag);
}

/* Lids: a ball a little larger than the eye, cut by the opening. */
GS_UTOPIA_INLINE float
gs_utopia_with_lids (const GsUtopiaScene *s, GsUtopiaPoint p, float d)
{
  const GsUtopiaTraits *t = &s->traits;
  float ax = p.ax, y = p.y, z = p.z, ex = s->eye_x, ez = s->eye_z, r = GS_UTOPIA_EYE_RADIUS;
  float opening = gs_utopia_eye_opening (s, ax, y);
  float inner_x = ex - s->eye_half, inner_y = -0.05f - s->eye_slope;
  float corner = capsule (ax, y, z, inner_x + 0.12f, inner_y, ez + 0.78f, inner_x + 0.3f, inner_y,
                          ez + 0.8f, 0.17f, 0.15f);

  d = join (d, ellipsoid (ax - ex, y, z - ez, r + 0.17f, r + 0.14f, r + 0.15f), 0.55f);
  d += 0.09f * (1.0f - 0.6f * t->lid_fold) * bell ((opening - 0.42f - 0.12f * t->lid_fold) / 0.10f)
       * ramp (-0.1f, 0.25f, y) * bell ((ax - ex) / 1.5f);
  d = shared (d, -higher (opening * 0.8f, 5.0f - z), 0.10f);
  return join (d, corner, 0.15f);
}

GS_UTOPIA_INLINE float
gs_utopia_ear (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  const GsUtopiaTraits *t = &s->traits;
  float size = 1.0f + 0.16f * t->ear_size;
  float ex = p.ax - 7.35f * s->head_w - 0.15f * t->ear_size + 1.6f * t->scarf;
  float shell = ellipsoid (ex - 0.05f * (p.y + 1.0f), p.y + 0.9f, p.z + 1.0f + 0.4f * ex,
                           0.50f * size, 2.75f * size, 1.55f * size);
  float hollow = ellipsoid (ex - 0.5f, p.y + 0.7f, p.z - 0.1f, 0.45f, 1.7f * size, 0.85f * size);

  return carve (shell, hollow, 0.35f);
}

/* Height of beard and moustache over the skin. */
GS_UTOPIA_INLINE float
gs_utopia_beard (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  const GsUtopiaTraits *t = &s->traits;
  float ax = p.ax, y = p.y, z = p.z, my = s->mouth_y, cy = s->chin_y;
  float cheek =
    ramp (-4.2f, -6.6f, y - 0.42f * higher (ax - 2.6f, 0.0f)) * ramp (-2.0f, 1.0f, z + 0.2f * ax);
  float lips = sqrtf (square (y - my + 0.05f) * 0.95f + square (ax / (s->mouth_half + 0.45f)));
  float beard = higher (t->beard, 0.0f) * 0.55f * cheek * ramp (0.8f, 1.25f, lips)
                * ramp (cy - 2.2f, cy - 0.6f, y + 0.3f * z - 1.5f);
  float moustache = higher (t->moustache, 0.0f) * 0.30f
                    * bell ((y - my - 1.12f + 0.13f * ax * ax) / 0.42f)
                    * ramp (s->mouth_half + 0.9f, s->mouth_half - 0.4f, ax) * ramp (4.5f, 6.5f, z);

  return beard + moustache;
}

GS_UTOPIA_INLINE float
gs_utopia_neck (const GsUtopiaScene *s, float wx, float wy, float wz)
{
  return capsule (wx, wy, wz, 0.0f, -8.0f, -1.6f, 0.0f, -17.0f, -3.2f,
                  4.75f + 0.55f * s->traits.neck, 5.2f + 0.7f * s->traits.neck);
}

/* Shoulders, and a torso and arms that go down without end. */
GS_UTOPIA_INLINE float
gs_utopia_body (const GsUtopiaScene *s, float wx, float wy, float wz)
{
  float ax = fabsf (wx), wide = 1.6f * s->traits.neck;
  float d = capsule (ax, wy, wz, 0.0f, -19.2f, -3.0f, 14.3f + wide, -22.3f, -4.0f, 4.6f, 4.4f);
  float torso = ellipsoid (wx, higher (wy + 27.0f, 0.0f), wz + 2.5f, 16.0f, 10.0f, 8.5f);
  float arm =
    capsule (ax, wy, wz, 15.2f + wide, -23.5f, -4.0f, 18.0f + wide, -60.0f, -4.0f, 4.3f, 4.5f);
  float nape = capsule (ax, wy, wz, 2.5f, -14.0f, -4.2f, 9.0f, -18.0f, -4.0f, 1.9f, 2.0f);

  d = join (d, torso, 4.0f);
  d = join (d, arm, 2.0f);
  return join (d, nape, 3.5f);
}

/* How far outside the face opening of hair and scarf a point lies; the opening is half circle, half
 * square. */
GS_UTOPIA_INLINE float
gs_utopia_hair_opening (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  const GsUtopiaTraits *t = &s->traits;
  float height = 6.4f + 0.9f * t->hairline - t->fringe + 3.8f;
  float width = 5.75f * s->head_w + 0.4f * t->hair_opening;
  float parting = t->parting * p.x * 0.12f
                  + 0.35f * t->parting * t->parting * bell ((p.x - 3.0f * t->parting) / 1.2f);
  float u = square (p.x / width), w = square ((p.y - parting + 3.8f) / height);

  return (0.45f * sqrtf (u + w) + 0.55f * sqrtf (sqrtf (u * u + w * w)) - 1.0f) * width * 0.8f
         + 0.05f * sinf (p.x * 3.3f + 2.0f * t->parting) * sinf (p.x * 1.3f + 1.0f);
}

/* The head grown by the thickness of the hair. It is the head's own field, because an ellipsoid of
 * its own would sink into the temples. At the hair line the shell starts thin. */
GS_UTOPIA_INLINE float
gs_utopia_hair_shell (const GsUtopiaScene *s, GsUtopiaPoint p, float opening)
{
  const GsUtopiaTraits *t = &s->traits;
  float edge = ramp (-0.3f, 2.6f + 1.5f * t->curl, higher (opening, 2.0f - p.z));
  float covered = higher (edge, s->hair_whole);
  float top = t->hair_side + (t->hair_top * 1.05f - t->hair_side) * ramp (1.5f, 9.5f, p.y);
  float thickness = (0.18f + top) * (0.30f + 0.70f * covered) + 0.04f
                    + 0.30f * ramp (1.0f, 2.0f, t->fringe) + 0.25f * t->scarf;
  float crown = ellipsoid (p.x, p.y - 5.6f, p.z + 1.5f, 6.7f * s->head_w, 5.3f * s->head_h, 8.0f);
  float head = join (gs_utopia_cranium (s, p), gs_utopia_mid_face (s, p), 1.6f);

  return join (head, crown, 2.5f) - thickness;
}

GS_UTOPIA_INLINE float
gs_utopia_hair (const GsUtopiaScene *s, GsUtopiaPoint p, float opening, float shell)
{
  const GsUtopiaTraits *t = &s->traits;
  float ax = p.ax, x = p.x, y = p.y, z = p.z, hw = s->head_w;
  float length = t->hair_length, wide = t->hair_breadth;
  float nape = higher ((-1.6f - y) - 0.30f * (-z - 1.5f), -0.5f * (y + 9.0f));
  float h = shared (shell, -higher (opening, 1.3f - z), 0.5f);
  float side = capsule (ax, y, z, 7.0f * hw + 0.3f * wide, 1.8f, -1.3f, 7.0f * hw + 0.9f * wide,
                        -length - 3.0f, -1.6f, 1.3f + 0.6f * wide, 1.4f + 0.8f * wide);
  float back =
    ellipsoid (x, y + length * 0.45f, z + 5.2f, 6.6f + wide, length * 0.55f + 5.0f, 3.2f);
  float cut = -(y + length + 0.12f * sinf (x * 2.1f) + 0.10f * sinf (x * 7.3f + 1.0f));
  float falling = shared (join (side, back, 2.0f), cut, 0.5f);
  float size = s->bun_size;
  float bun = ellipsoid (x, y - 12.2f * s->head_h, z + 3.5f, 3.0f * size, 2.6f * size, 2.8f * size);

  h = shared (h, nape, 0.6f);
  h = join (h, falling + s->falling_away, 1.6f);
  h = join (h, bun + s->bun_away, 0.6f);
  h -= t->curl * 0.20f
       * (sinf (x * 2.9f + sinf (y * 1.7f)) * sinf (y * 3.1f + sinf (z * 2.0f)) * sinf (z * 2.7f));
  return h + s->hair_away;
}

GS_UTOPIA_INLINE float
gs_utopia_scarf (const GsUtopiaScene *s, GsUtopiaPoint p, float opening, float shell)
{
  float wrap = ellipsoid (p.x, p.y + 10.8f, p.z + 2.6f, 7.6f, 4.2f, 8.2f);
  float face = ellipsoid (p.x, p.y + 2.8f, p.z - 4.0f, 5.9f * s->head_w, 8.6f * s->head_h, 30.0f);
  float hood = shared (shell - 0.25f, -higher (opening, 1.3f - p.z), 0.6f);
  float side = capsule (p.ax, p.y, p.z, 6.5f * s->head_w, 2.0f, -1.5f, 6.0f * s->head_w, -8.0f,
                        -1.0f, 1.3f, 2.0f);
  float d = join (shared (hood, -(p.y + 9.0f), 1.0f), carve (wrap, face, 0.5f), 1.5f);

  d = join (d, side, 1.5f);
  d = shared (d, -higher (opening - 0.15f, 0.5f - p.z), 0.5f);
  return d + s->scarf_away;
}

GS_UTOPIA_INLINE float
gs_utopia_shirt (const GsUtopiaScene *s, float wx, float wy, float wz, float body, float neck)
{
  float collar = s->traits.collar;
  float neckline =
    ellipsoid (wx, wy + 13.6f - 1.2f * collar, wz - 4.0f, 4.9f, 5.0f - 0.9f * collar, 9.0f);
  float band = higher (-14.2f - 0.30f * (wz + 2.0f) + collar - wy, wy + 18.0f);

  return join (carve (body - 0.25f, neckline, 0.5f), shared (neck - 0.55f, band, 0.3f), 0.5f);
}

/* Two rims, a bridge and the sides. */
GS_UTOPIA_INLINE float
gs_utopia_glasses (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  const GsUtopiaTraits *t = &s->traits;
  float ax = p.ax, y = p.y, z = p.z, ex = s->eye_x;
  float gx = ax - ex - 0.05f, gy = y + 0.25f, gz = z - 8.75f + 0.035f * ax * ax;
  float gw = 2.15f - 0.5f * t->glasses_roundness, gh = 1.35f - 0.25f * t->glasses_roundness;
  float round = (lower (gw, gh) - 0.35f) * (0.45f + 0.5f * t->glasses_roundness);
  float ux = fabsf (gx) - gw + round, uy = fabsf (gy) - gh + round;
  float rim = fabsf (sqrtf (square (higher (ux, 0.0f)) + square (higher (uy, 0.0f)))
                     + lower (higher (ux, uy), 0.0f) - round);
  float d = sqrtf (rim * rim + gz * gz) - 0.10f - 0.07f * t->glasses_darkness;

  d = lower (d, capsule (ax, y, z, 0.0f, 0.25f, 9.0f, ex - gw + 0.1f, 0.15f, 8.6f, 0.12f, 0.12f));
  d = lower (d,
             capsule (ax, y, z, ex + gw, 0.35f, 7.6f, 7.5f * s->head_w, 0.2f, -0.5f, 0.12f, 0.12f));
  return d + s->glasses_away;
}

/* The whole figure at one point of the room. */
GS_UTOPIA_INLINE GsUtopiaDistances
gs_utopia_distances (const GsUtopiaScene *s, float wx, float wy, float wz)
{
  GsUtopiaPoint p = gs_utopia_head_point (s, wx, wy, wz);
  float neck = gs_utopia_neck (s, wx, wy, wz), body = gs_utopia_body (s, wx, wy, wz);
  float opening = gs_utopia_hair_opening (s, p), shell = gs_utopia_hair_shell (s, p, opening);
  float r = GS_UTOPIA_EYE_RADIUS;
  GsUtopiaDistances d;

  d.skin = gs_utopia_with_nose (s, p, gs_utopia_skull (s, p)) - gs_utopia_front_relief (s, p);
  d.skin = join (gs_utopia_with_lids (s, p, d.skin), gs_utopia_ear (s, p), 0.5f);
  d.skin = join (d.skin - gs_utopia_beard (s, p), neck, 2.0f);
  d.skin = join (d.skin, body, 1.2f);
  d.eye = ellipsoid (p.ax - s->eye_x, p.y, p.z - s->eye_z, r, r, r);
  d.hair = gs_utopia_hair (s, p, opening, shell);
  d.cloth =
    lower (gs_utopia_shirt (s, wx, wy, wz, body, neck), gs_utopia_scarf (s, p, opening, shell));
  d.glasses = gs_utopia_glasses (s, p);
  return d;
}
