/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-picture.h"

#include "gs-utopia-camera.h"
#include "gs-utopia-random.h"

#include <math.h>
#include <string.h>

#define WIDTH GS_SIM_PICTURE_WIDTH
#define HEIGHT GS_SIM_PICTURE_HEIGHT
#define DOTS ((gsize) WIDTH * HEIGHT)
#define NOISE 65536
#define LABEL_WIDTH 76
#define LABEL_HEIGHT 24
#define POSE_LASTS_US (2400 * G_TIME_SPAN_MILLISECOND)
#define FADE_US (130 * G_TIME_SPAN_MILLISECOND)
#define BLINK_EVERY_US (3700 * G_TIME_SPAN_MILLISECOND)
#define BLINK_US (140 * G_TIME_SPAN_MILLISECOND)
#define WALK_US (900 * G_TIME_SPAN_MILLISECOND)

/* Where in a sprite the eyes are, and where they are in the picture. */
#define SPRITE_EYE_X 480.0f
#define SPRITE_EYE_Y 320.0f
#define PICTURE_EYE_X 640.0f
#define PICTURE_EYE_Y 330.0f

struct _GsSimPicture
{
  GsSimWardrobe *wardrobe;
  GsUtopiaRandom random;
  double phase;
  guint8 *room; /* I420 */
  gint8 *noise; /* NOISE */
  guint8 label[LABEL_WIDTH * LABEL_HEIGHT];
};

/* Where a person is put. */
typedef struct
{
  float x, y; /* of the eyes */
  float scale;
  guint opacity; /* 0 to 256 */
} Place;

gboolean
gs_sim_trouble_from_word (const char *word, GsSimTrouble *trouble)
{
  static const struct
  {
    const char *word;
    GsSimTrouble trouble;
  } words[] = {
    { "none", GS_SIM_TROUBLE_NONE },
    { "nobody", GS_SIM_TROUBLE_NOBODY },
    { "two-faces", GS_SIM_TROUBLE_TWO_FACES },
    { "dark", GS_SIM_TROUBLE_DARK },
    { "turned", GS_SIM_TROUBLE_TURNED },
    { "blurred", GS_SIM_TROUBLE_BLURRED },
    { "far", GS_SIM_TROUBLE_FAR },
    { "another-person", GS_SIM_TROUBLE_ANOTHER_PERSON },
    { "freeze", GS_SIM_TROUBLE_FREEZE },
    { "garbage", GS_SIM_TROUBLE_GARBAGE },
    { "stop", GS_SIM_TROUBLE_STOP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].word, word) == 0)
      {
        *trouble = words[i].trouble;
        return TRUE;
      }
  return FALSE;
}

/* ---- what never changes ---- */

static void
paint_room (guint8 *room)
{
  for (gsize y = 0; y < HEIGHT; y++)
    for (gsize x = 0; x < WIDTH; x++)
      {
        /* A wall, lighter on one side, with the seams of its panels. */
        int wall = 148 - (int) (y / 16) + (int) (x / 40);

        room[y * WIDTH + x] = (guint8) (x % 320 < 3 ? wall - 24 : wall);
      }
  memset (room + DOTS, 130, DOTS / 4);
  memset (room + DOTS * 5 / 4, 125, DOTS / 4);
}

/* The label of Utopia's still pictures, cut out of one. */
static void
cut_label (guint8 *label)
{
  GsUtopiaImage *image = gs_utopia_image_new (400, 40);

  for (gsize i = 0; i < 400 * 40 * 4; i++)
    image->pixels[i] = 0.5f;
  gs_utopia_image_label (image);
  for (gsize y = 0; y < LABEL_HEIGHT; y++)
    for (gsize x = 0; x < LABEL_WIDTH; x++)
      label[y * LABEL_WIDTH + x] =
        (guint8) (16.0f + 219.0f * image->pixels[((40 - LABEL_HEIGHT + y) * 400 + x) * 4]);
  gs_utopia_image_free (image);
}

GsSimPicture *
gs_sim_picture_new (GsSimWardrobe *wardrobe, guint64 seed)
{
  GsSimPicture *self = g_new0 (GsSimPicture, 1);

  self->wardrobe = wardrobe;
  gs_utopia_random_init (&self->random, seed);
  self->phase = gs_utopia_random_range (&self->random, 0.0f, 6.28f);
  self->room = g_malloc (GS_SIM_PICTURE_BYTES);
  paint_room (self->room);
  self->noise = g_malloc (NOISE);
  for (gsize i = 0; i < NOISE; i++)
    self->noise[i] = (gint8) gs_utopia_random_normal (&self->random, 0.0f, 2.0f);
  cut_label (self->label);
  return self;
}

void
gs_sim_picture_free (GsSimPicture *self)
{
  g_free (self->room);
  g_free (self->noise);
  g_free (self);
}

/* ---- one plane ---- */

typedef struct
{
  const guint8 *colour, *cover;
  int width, height;
} Plane;

/* Which source column each column of the picture takes, and how much of its right neighbour
 * (0 to 255); the first and the last column that fall into the source. */
static gboolean
find_columns (const Plane *from,
              float left,
              float scale,
              int width,
              guint16 *at,
              guint8 *part,
              int *first,
              int *last)
{
  *first = MAX (0, (int) ceilf (left));
  *last = MIN (width - 1, (int) floorf (left + scale * (float) (from->width - 2)));
  for (int x = *first; x <= *last; x++)
    {
      float source = CLAMP (((float) x - left) / scale, 0.0f, (float) (from->width - 2));

      at[x] = (guint16) source;
      part[x] = (guint8) ((source - (float) at[x]) * 255.0f);
    }
  return *first <= *last;
}

static inline int
between (const guint8 *upper, const guint8 *lower, gsize at, int right, int down)
{
  int top = upper[at] * (256 - right) + upper[at + 1] * right;
  int bottom = lower[at] * (256 - right) + lower[at + 1] * right;

  return (top * (256 - down) + bottom * down) >> 16;
}

/* Puts a source with its left upper corner at left, top. Below its last row it goes on as that row:
 * a person has more body than the drawing. */
static void
put_plane (guint8 *plane,
           int width,
           int height,
           const Plane *from,
           float left,
           float top,
           const Place *place)
{
  guint16 at[WIDTH];
  guint8 part[WIDTH];
  int first, last;

  if (!find_columns (from, left, place->scale, width, at, part, &first, &last))
    return;
  for (int y = MAX (0, (int) ceilf (top)); y < height; y++)
    {
      float source = CLAMP (((float) y - top) / place->scale, 0.0f, (float) (from->height - 2));
      gsize row = (gsize) source * (gsize) from->width;
      int down = (int) ((source - floorf (source)) * 255.0f);
      guint8 *out = plane + (gsize) y * (gsize) width;

      for (int x = first; x <= last; x++)
        {
          int cover =
            between (from->cover + row, from->cover + row + from->width, at[x], part[x], down);
          int colour;

          if (cover == 0)
            continue;
          colour =
            between (from->colour + row, from->colour + row + from->width, at[x], part[x], down);
          cover = cover * (int) place->opacity * 257 >> 16;
          out[x] = (guint8) (out[x] + ((colour - out[x]) * cover + 128) / 256);
        }
    }
}

static void
put_sprite (guint8 *i420, const GsSimSprite *sprite, const Place *place)
{
  float left = place->x - SPRITE_EYE_X * place->scale, top = place->y - SPRITE_EYE_Y * place->scale;
  Plane luma = { sprite->luma, sprite->cover, sprite->width, sprite->height };
  Plane blue = { sprite->blue, sprite->half_cover, sprite->width / 2, sprite->height / 2 };
  Plane red = { sprite->red, sprite->half_cover, sprite->width / 2, sprite->height / 2 };

  put_plane (i420, WIDTH, HEIGHT, &luma, left, top, place);
  put_plane (i420 + DOTS, WIDTH / 2, HEIGHT / 2, &blue, left / 2, top / 2, place);
  put_plane (i420 + DOTS * 5 / 4, WIDTH / 2, HEIGHT / 2, &red, left / 2, top / 2, place);
}

/* ---- people ---- */

/* Facing, a little to one side, a friendlier look: one after the other, the same for the same
 * time. */
static GsUtopiaPose
pose_at (gint64 turn)
{
  static const GsUtopiaPose poses[] = { GS_UTOPIA_POSE_FACING, GS_UTOPIA_POSE_LEFT,
                                        GS_UTOPIA_POSE_FACING, GS_UTOPIA_POSE_FRIENDLY,
                                        GS_UTOPIA_POSE_RIGHT };

  return poses[turn % (gint64) G_N_ELEMENTS (poses)];
}

static GsSimSprite *
get_sprite (GsSimPicture *self, const GsUtopiaWho *who, GsUtopiaPose pose)
{
  GsSimSprite *sprite = gs_sim_wardrobe_get (self->wardrobe, who, pose);

  return sprite != NULL || pose == GS_UTOPIA_POSE_FACING || pose == GS_UTOPIA_POSE_AWAY
           ? sprite
           : gs_sim_wardrobe_get (self->wardrobe, who, GS_UTOPIA_POSE_FACING);
}

static void
put_pose (
  GsSimPicture *self, guint8 *i420, const GsUtopiaWho *who, GsUtopiaPose pose, const Place *place)
{
  g_autoptr (GsSimSprite) sprite = get_sprite (self, who, pose);

  if (sprite != NULL)
    put_sprite (i420, sprite, place);
}

static void
put_person (GsSimPicture *self,
            guint8 *i420,
            const GsUtopiaWho *who,
            gboolean is_turned,
            gint64 age_us,
            const Place *place)
{
  gint64 turn = age_us / POSE_LASTS_US, into_us = age_us % POSE_LASTS_US;
  Place fade = *place;

  if (is_turned)
    {
      put_pose (self, i420, who, GS_UTOPIA_POSE_AWAY, place);
      return;
    }
  if (age_us % BLINK_EVERY_US > BLINK_EVERY_US - BLINK_US)
    {
      put_pose (self, i420, who, GS_UTOPIA_POSE_LIDS, place);
      return;
    }
  put_pose (self, i420, who, pose_at (turn), place);
  if (into_us < POSE_LASTS_US - FADE_US)
    return;
  fade.opacity = (guint) ((into_us - (POSE_LASTS_US - FADE_US)) * 256 / FADE_US);
  put_pose (self, i420, who, pose_at (turn + 1), &fade);
}

/* Nobody stands still: a few slow waves. */
static Place
place_at (GsSimPicture *self, const GsSimSight *sight, gint64 age_us)
{
  double t = (double) age_us / (double) G_USEC_PER_SEC, p = self->phase;
  float come = 1.0f - MIN ((float) age_us / (float) WALK_US, 1.0f);
  Place place = {
    .x = PICTURE_EYE_X + (float) (14.0 * sin (0.9 * t + p) + 5.0 * sin (2.3 * t + 2.0 * p)),
    .y = PICTURE_EYE_Y + (float) (5.0 * sin (1.3 * t + p) + 2.0 * sin (3.1 * t)),
    .scale = 0.96f + 0.02f * (float) sin (0.5 * t + p),
    .opacity = 256,
  };

  /* In from the side. */
  place.x += come * come * 900.0f;
  if (sight->trouble == GS_SIM_TROUBLE_FAR)
    place.scale *= 0.36f;
  return place;
}

static void
put_people (GsSimPicture *self, guint8 *i420, const GsSimSight *sight, gint64 now_us)
{
  gint64 age_us = MAX (now_us - sight->since_us, 0);
  Place place = place_at (self, sight, age_us), beside = place;

  if (!sight->is_there || sight->trouble == GS_SIM_TROUBLE_NOBODY)
    return;
  if (sight->trouble == GS_SIM_TROUBLE_TWO_FACES)
    {
      beside.x += 330.0f;
      beside.y += 30.0f;
      beside.scale *= 0.8f;
      place.x -= 120.0f;
      put_person (self, i420, &sight->other, FALSE, age_us + POSE_LASTS_US, &beside);
    }
  put_person (self, i420,
              sight->trouble == GS_SIM_TROUBLE_ANOTHER_PERSON ? &sight->other : &sight->who,
              sight->trouble == GS_SIM_TROUBLE_TURNED, age_us, &place);
}

/* ---- the lens ---- */

/* A mean of 2 × REACH + 1 neighbours along one line. */
static void
smear_line (guint8 *line, gsize count, gsize step, int reach, guint8 *copy)
{
  int sum = 0, window = 2 * reach + 1;

  for (gsize i = 0; i < count; i++)
    copy[i] = line[i * step];
  for (int k = -reach; k <= reach; k++)
    sum += copy[CLAMP (k, 0, (int) count - 1)];
  for (int i = 0; i < (int) count; i++)
    {
      line[(gsize) i * step] = (guint8) (sum / window);
      sum += copy[MIN (i + reach + 1, (int) count - 1)] - copy[MAX (i - reach, 0)];
    }
}

static void
smear (guint8 *plane, int reach)
{
  guint8 copy[WIDTH];

  for (gsize y = 0; y < HEIGHT; y++)
    smear_line (plane + y * WIDTH, WIDTH, 1, reach, copy);
  for (gsize x = 0; x < WIDTH; x++)
    smear_line (plane + x, HEIGHT, WIDTH, reach, copy);
}

/* The light breathes, and the sensor is noisy. */
static void
expose (GsSimPicture *self, guint8 *i420, gboolean is_dark, gint64 now_us)
{
  double t = (double) now_us / (double) G_USEC_PER_SEC;
  double light = is_dark ? 0.13 : 1.0 + 0.05 * sin (0.7 * t + self->phase);
  guint8 brightness[256];

  for (int i = 0; i < 256; i++)
    brightness[i] = (guint8) CLAMP (16.0 + (i - 16) * light, 18.0, 233.0);
  for (gsize y = 0; y < HEIGHT; y++)
    {
      const gint8 *noise = self->noise + gs_utopia_random_next (&self->random) % (NOISE - WIDTH);
      guint8 *row = i420 + y * WIDTH;

      for (gsize x = 0; x < WIDTH; x++)
        row[x] = (guint8) (brightness[row[x]] + noise[x]);
    }
  for (gsize i = DOTS; is_dark && i < DOTS * 3 / 2; i++)
    i420[i] = (guint8) (128 + (i420[i] - 128) / 6);
}

void
gs_sim_picture_draw (GsSimPicture *self, const GsSimSight *sight, gint64 now_us, guint8 *i420)
{
  memcpy (i420, self->room, GS_SIM_PICTURE_BYTES);
  put_people (self, i420, sight, now_us);
  if (sight->trouble == GS_SIM_TROUBLE_BLURRED)
    smear (i420, 9);
  expose (self, i420, sight->trouble == GS_SIM_TROUBLE_DARK, now_us);
  for (gsize y = 0; y < LABEL_HEIGHT; y++)
    memcpy (i420 + (HEIGHT - LABEL_HEIGHT + y) * WIDTH, self->label + y * LABEL_WIDTH, LABEL_WIDTH);
}
