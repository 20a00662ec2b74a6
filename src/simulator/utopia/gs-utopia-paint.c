/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-paint.h"

GsUtopiaColour
gs_utopia_hair_colour (const GsUtopiaTraits *t)
{
  const GsUtopiaColour steps[6] = {
    colour (0.07f, 0.06f, 0.06f), colour (0.17f, 0.11f, 0.085f), colour (0.30f, 0.19f, 0.13f),
    colour (0.45f, 0.28f, 0.17f), colour (0.56f, 0.27f, 0.13f),  colour (0.78f, 0.62f, 0.40f),
  };

  return blend (palette (steps, 6, t->hair_colour), colour (0.74f, 0.74f, 0.75f), t->grey);
}

/* White, iris with fibres and a dark rim, pupil, the shadow of the lid, a painted catch-light. */
static GsUtopiaColour
paint_eye (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  const GsUtopiaColour irises[5] = {
    colour (0.16f, 0.09f, 0.05f), colour (0.30f, 0.18f, 0.10f), colour (0.38f, 0.36f, 0.20f),
    colour (0.36f, 0.46f, 0.42f), colour (0.40f, 0.52f, 0.62f),
  };
  const float radius = 0.60f;
  float x = (p.ax - s->eye_x) * (p.x > 0.0f ? 1.0f : -1.0f) - s->view.gaze_x * 0.35f;
  float y = p.y - 0.10f - s->view.gaze_y * 0.3f, r = sqrtf (x * x + y * y);
  float side = square ((p.ax - s->eye_x) / s->eye_half);
  float opening = gs_utopia_eye_opening (s, p.ax, p.y);
  float fibres =
    0.75f + 0.6f * noise (atan2f (y, x) * 7.0f, r * 3.0f, 1.0f) + 0.3f * ramp (0.2f, 0.5f, r);
  float rim = 1.0f - 0.65f * ramp (radius * 0.72f, radius, r);
  float lid = ramp (-0.30f, 0.02f, opening)
              * ramp (-0.25f, 0.15f, p.y - s->eye_slope * (p.ax - s->eye_x) / s->eye_half);
  float edge = ramp (-0.10f, 0.02f, opening);
  float hx = p.x - (p.x > 0.0f ? s->eye_x : -s->eye_x) + 0.26f, hy = p.y - 0.32f;
  GsUtopiaColour c = darken (colour (0.90f, 0.87f, 0.85f), side, 0.10f, 0.20f, 0.22f);
  GsUtopiaColour iris = palette (irises, 5, s->traits.iris);

  iris = tint (iris, fibres * rim, fibres * rim, fibres * rim);
  c = blend (c, iris, ramp (radius + 0.03f, radius - 0.04f, r));
  c = blend (c, colour (0.03f, 0.025f, 0.025f), ramp (0.27f, 0.22f, r));
  c = darken (c, lid, 0.62f, 0.62f, 0.60f);
  c = darken (c, edge, 0.3f, 0.4f, 0.4f);
  return blend (c, colour (0.98f, 0.98f, 0.98f),
                ramp (0.15f, 0.09f, sqrtf (hx * hx + hy * hy)) * 0.92f);
}

/* Strands are noise stretched along the hair; curls are round noise. */
static GsUtopiaPaint
paint_hair (const GsUtopiaScene *s, GsUtopiaPoint p)
{
  const GsUtopiaTraits *t = &s->traits;
  float x = p.x, y = p.y, z = p.z;
  float wave = 0.8f * noise (x * 0.8f, y * 0.5f, z * 0.5f);
  float strand = t->curl > 0.5f ? cloud (x * 3.0f, y * 3.0f, z * 3.0f)
                                : cloud ((x + t->parting * y * 0.3f) * 5.5f + wave * 3.0f,
                                         y * 0.55f + wave * 2.0f, z * 1.6f);
  float k = (0.50f + strand) * (0.8f + 0.4f * noise (x * 1.5f, y * 0.3f, z * 0.6f));

  return (GsUtopiaPaint){
    .colour = tint (gs_utopia_hair_colour (t), k, k, k),
    .shine = t->curl > 0.5f ? 0.03f : 0.12f * (0.4f + strand),
    .gloss = 9.0f,
    .softness = 0.15f,
  };
}

static GsUtopiaColour
paint_cloth (const GsUtopiaTraits *t, float x, float y, float z)
{
  const GsUtopiaColour dyes[8] = {
    colour (0.20f, 0.24f, 0.33f), colour (0.35f, 0.18f, 0.22f), colour (0.28f, 0.36f, 0.31f),
    colour (0.83f, 0.81f, 0.77f), colour (0.16f, 0.16f, 0.17f), colour (0.45f, 0.52f, 0.60f),
    colour (0.58f, 0.44f, 0.30f), colour (0.40f, 0.32f, 0.44f),
  };
  float weave = 0.93f + 0.12f * noise (x * 6.0f, y * 6.0f, z * 6.0f)
                + 0.04f * sinf (x * 25.0f) * sinf (y * 25.0f);

  return tint (dyes[(int) (fabsf (t->clothes) * 7.99f) & 7], weave, weave, weave);
}

GsUtopiaPaint
gs_utopia_paint (
  const GsUtopiaScene *s, GsUtopiaMaterial material, GsUtopiaPoint p, float wx, float wy, float wz)
{
  GsUtopiaPaint paint = { .shine = 0.10f, .gloss = 14.0f, .softness = 1.0f };
  float dark = s->traits.glasses_darkness;

  switch (material)
    {
    case GS_UTOPIA_EYE:
      return (GsUtopiaPaint){ paint_eye (s, p), 0.5f, 140.0f, 0.6f };
    case GS_UTOPIA_HAIR:
      return paint_hair (s, p);
    case GS_UTOPIA_CLOTH:
      return (GsUtopiaPaint){ paint_cloth (&s->traits, wx, wy, wz), 0.015f, 6.0f, 0.15f };
    case GS_UTOPIA_GLASSES:
      paint.colour = dark > 0.5f   ? colour (0.07f, 0.06f, 0.06f)
                     : dark > 0.2f ? colour (0.25f, 0.13f, 0.08f)
                                   : colour (0.45f, 0.44f, 0.43f);
      return (GsUtopiaPaint){ paint.colour, 0.5f, 50.0f, 0.0f };
    case GS_UTOPIA_SKIN:
    case GS_UTOPIA_MATERIALS:
    default:
      gs_utopia_paint_skin (s, p, &paint);
      return paint;
    }
}
