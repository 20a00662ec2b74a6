/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-stand.h"

#include "gs-utopia-maths.h"
#include "gs-utopia-people.h"
#include "gs-utopia-portrait.h"
#include "gs-utopia-random.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define DEGREE 0.0174533f
#define EYE_DISTANCE_PX 108.0f
#define LARGEST_SEED 4096

gboolean
gs_utopia_who_equal (const GsUtopiaWho *one, const GsUtopiaWho *other)
{
  return one->a == other->a && one->b == other->b && fabsf (one->blend - other->blend) < 0.005f;
}

static int
hundredths (const GsUtopiaWho *who)
{
  return (int) (who->blend * 100.0f + 0.5f);
}

/* ---- drawing ---- */

/* The clothes and the light of the day, the same in all poses of one person. */
static void
set_day (GsUtopiaTraits *traits, GsUtopiaView *view, const GsUtopiaWho *who)
{
  GsUtopiaRandom random;

  gs_utopia_random_init (&random, LARGEST_SEED * (guint64) who->a + 77);
  traits->clothes = gs_utopia_random_range (&random, 0.0f, 1.0f);
  traits->collar = gs_utopia_random_below (&random, 2) ? 1.0f : 0.0f;
  traits->age = limit (traits->age + gs_utopia_random_range (&random, 0.0f, 0.1f), 0.0f, 1.0f);
  *view = (GsUtopiaView){
    .pitch = -2.0f * DEGREE,
    .roll = limit (gs_utopia_random_normal (&random, 0.0f, 1.5f), -3.0f, 3.0f) * DEGREE,
    .shift_y = 0.8f,
    .light_x = gs_utopia_random_range (&random, -0.6f, 0.6f),
    .light_y = gs_utopia_random_range (&random, 0.35f, 0.8f),
    .key = gs_utopia_random_range (&random, 0.62f, 0.8f),
    .fill = gs_utopia_random_range (&random, 0.5f, 0.62f),
    .warmth = gs_utopia_random_range (&random, -0.3f, 0.6f),
    /* Dark skin under a key light alone would be low in contrast. */
    .exposure = 1.05f * (traits->skin > 0.8f ? 1.10f : 1.0f),
    .background = 0.62f,
    .eye_distance_px = EYE_DISTANCE_PX,
  };
}

static void
set_pose (GsUtopiaView *view, GsUtopiaPose pose)
{
  switch (pose)
    {
    case GS_UTOPIA_POSE_LIDS:
      view->lids = 1.0f;
      break;
    case GS_UTOPIA_POSE_LEFT:
      view->yaw = -4.5f * DEGREE;
      view->gaze_x = 0.1f;
      break;
    case GS_UTOPIA_POSE_RIGHT:
      view->yaw = 4.5f * DEGREE;
      view->gaze_x = -0.1f;
      break;
    case GS_UTOPIA_POSE_FRIENDLY:
      view->smile = 0.55f;
      view->pitch -= 1.5f * DEGREE;
      break;
    case GS_UTOPIA_POSE_AWAY:
      view->yaw = 36.0f * DEGREE;
      break;
    case GS_UTOPIA_POSE_FACING:
    case GS_UTOPIA_POSES:
    default:
      break;
    }
}

static GsUtopiaImage *
draw (const GsUtopiaWho *who, GsUtopiaPose pose)
{
  GsUtopiaTraits traits = *gs_utopia_traits (who->a);
  GsUtopiaView view;
  GsUtopiaScene scene;

  if (who->blend > 0.0f)
    gs_utopia_traits_blend (gs_utopia_traits (who->a), gs_utopia_traits (who->b), who->blend,
                            &traits);
  set_day (&traits, &view, who);
  set_pose (&view, pose);
  gs_utopia_scene_init (&scene, &traits, &view);
  return gs_utopia_render (&scene, GS_UTOPIA_STAND_WIDTH, GS_UTOPIA_STAND_HEIGHT);
}

/* ---- the cache ---- */

static char *
path_of (const char *folder, const GsUtopiaWho *who, GsUtopiaPose pose)
{
  g_autofree char *name = hundredths (who) > 0
                            ? g_strdup_printf ("%02u-%02u-%02d-stand-%d.v%d.png",
                                               who->a % GS_UTOPIA_PEOPLE, who->b % GS_UTOPIA_PEOPLE,
                                               hundredths (who), (int) pose, GS_UTOPIA_GENERATION)
                            : g_strdup_printf ("%02u-stand-%d.v%d.png", who->a % GS_UTOPIA_PEOPLE,
                                               (int) pose, GS_UTOPIA_GENERATION);

  return g_build_filename (folder, name, NULL);
}

static GsUtopiaImage *
load (const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, NULL);
  GsUtopiaImage *image;
  const guchar *dots;
  gsize stride;

  if (pixbuf == NULL || gdk_pixbuf_get_n_channels (pixbuf) != 4
      || gdk_pixbuf_get_width (pixbuf) != GS_UTOPIA_STAND_WIDTH
      || gdk_pixbuf_get_height (pixbuf) != GS_UTOPIA_STAND_HEIGHT)
    return NULL;
  dots = gdk_pixbuf_read_pixels (pixbuf);
  stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  image = gs_utopia_image_new (GS_UTOPIA_STAND_WIDTH, GS_UTOPIA_STAND_HEIGHT);
  for (gsize y = 0; y < GS_UTOPIA_STAND_HEIGHT; y++)
    for (gsize i = 0; i < GS_UTOPIA_STAND_WIDTH * 4; i++)
      image->pixels[y * GS_UTOPIA_STAND_WIDTH * 4 + i] = (float) dots[y * stride + i] / 255.0f;
  return image;
}

/* Whole or not at all; a folder that refuses costs the next program the drawing, nothing else. */
static void
save (const GsUtopiaImage *image, const char *path)
{
  gsize count = (gsize) image->width * (gsize) image->height;
  g_autofree guchar *dots = g_malloc (count * 4);
  g_autofree char *data = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gsize length;

  for (gsize i = 0; i < count * 4; i++)
    dots[i] = image->pixels[i / 4 * 4 + 3] > 0.0f
                ? (guchar) (limit (image->pixels[i], 0.0f, 1.0f) * 255.0f + 0.5f)
                : 0;
  pixbuf = gdk_pixbuf_new_from_data (dots, GDK_COLORSPACE_RGB, TRUE, 8, image->width, image->height,
                                     image->width * 4, NULL, NULL);
  if (gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "png", NULL, "tEXt::Comment",
                                 "DRAWN: a citizen of Utopia, made by a program; no such person "
                                 "exists",
                                 "compression", "3", NULL))
    g_file_set_contents (path, data, (gssize) length, NULL);
}

GsUtopiaImage *
gs_utopia_stand (const char *folder, const GsUtopiaWho *who, GsUtopiaPose pose)
{
  g_autofree char *path = folder == NULL ? NULL : path_of (folder, who, pose);
  GsUtopiaImage *image = path == NULL ? NULL : load (path);

  if (image != NULL)
    return image;
  image = draw (who, pose);
  if (path != NULL)
    save (image, path);
  return image;
}
