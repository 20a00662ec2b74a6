/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-portrait.h"

#include "gs-utopia-camera.h"
#include "gs-utopia-maths.h"
#include "gs-utopia-people.h"

#include <glib/gstdio.h>
#include <string.h>

#define VERSION_FILE "portraits.version"
#define DEGREE 0.0174533f

typedef enum
{
  CAMERA_GATE,
  CAMERA_DESK,
} Camera;

static const GsUtopiaView passport_view = {
  .shift_y = 0.8f,
  .light_x = -0.45f,
  .light_y = 0.55f,
  .key = 0.78f,
  .fill = 0.52f,
  .exposure = 1.05f,
  .background = 0.86f,
  .smile = 0.15f,
};

/* Another day: other clothes, hair cut or grown a little, a little older. */
static void
another_day (GsUtopiaTraits *t, GsUtopiaRandom *r)
{
  t->clothes = gs_utopia_random_range (r, 0.0f, 1.0f);
  t->collar = gs_utopia_random_below (r, 2) ? 1.0f : 0.0f;
  if (t->hair_top > -0.5f)
    {
      t->hair_top *= 1.0f + limit (gs_utopia_random_normal (r, 0.0f, 0.10f), -0.2f, 0.2f);
      t->hair_side += limit (gs_utopia_random_normal (r, 0.0f, 0.06f), -0.12f, 0.12f);
    }
  if (t->hair_length > 1.0f)
    t->hair_length += gs_utopia_random_range (r, -1.5f, 1.5f);
  t->age = limit (t->age + gs_utopia_random_range (r, 0.0f, 0.15f), 0.0f, 1.0f);
  if (t->stubble > 0.0f)
    t->stubble = limit (t->stubble + gs_utopia_random_range (r, -0.2f, 0.25f), 0.0f, 1.0f);
  t->cheek_fat += limit (gs_utopia_random_normal (r, 0.0f, 0.15f), -0.3f, 0.3f);
}

static void
draw_view (GsUtopiaView *v, Camera camera, float skin, GsUtopiaRandom *r)
{
  float pitch = camera == CAMERA_DESK ? -1.0f : 3.0f;

  *v = (GsUtopiaView){ 0 };
  v->yaw = limit (gs_utopia_random_normal (r, 0.0f, 5.0f), -11.0f, 11.0f) * DEGREE;
  v->pitch = limit (gs_utopia_random_normal (r, pitch, 3.5f), -8.0f, 9.0f) * DEGREE;
  v->roll = limit (gs_utopia_random_normal (r, 0.0f, 3.0f), -8.0f, 8.0f) * DEGREE;
  v->shift_x = gs_utopia_random_range (r, -1.6f, 1.6f);
  v->shift_y = gs_utopia_random_range (r, 0.0f, 1.6f);
  v->light_x = gs_utopia_random_range (r, -0.8f, 0.8f);
  v->light_y = gs_utopia_random_range (r, 0.25f, 0.9f);
  v->key = gs_utopia_random_range (r, 0.55f, 0.85f);
  v->fill = gs_utopia_random_range (r, 0.42f, 0.62f);
  v->smile = limit (gs_utopia_random_normal (r, 0.25f, 0.3f), -0.15f, 0.8f);
  v->mouth_open = higher (gs_utopia_random_normal (r, 0.0f, 0.08f), 0.0f);
  v->gaze_x = gs_utopia_random_normal (r, 0.0f, 0.15f);
  v->gaze_y = gs_utopia_random_normal (r, 0.0f, 0.08f);
  v->background = gs_utopia_random_range (r, 0.5f, 0.8f);
  v->warmth = gs_utopia_random_range (r, -0.6f, 1.0f);
  /* Dark skin under a key light alone would be low in contrast. */
  v->exposure = 1.05f * (skin > 0.8f ? 1.10f : 1.0f);
}

/* Image of a camera before its lens: one person, another day. SCALE shrinks the head. */
static GsUtopiaImage *
camera_image (const GsUtopiaTraits *person,
              Camera camera,
              GsUtopiaRandom *r,
              int width,
              int height,
              float scale)
{
  GsUtopiaTraits traits = *person;
  GsUtopiaView view;
  GsUtopiaScene scene;

  another_day (&traits, r);
  draw_view (&view, camera, traits.skin, r);
  view.eye_distance_px = gs_utopia_random_range (r, 84.0f, 112.0f) * (float) width / 480.0f * scale;
  gs_utopia_scene_init (&scene, &traits, &view);
  return gs_utopia_render (&scene, width, height);
}

GsUtopiaImage *
gs_utopia_portrait_passport (const GsUtopiaTraits *traits, int width, int height)
{
  GsUtopiaView view = passport_view;
  GsUtopiaScene scene;

  view.eye_distance_px = 103.0f * (float) width / (float) GS_UTOPIA_PASSPORT_WIDTH;
  gs_utopia_scene_init (&scene, traits, &view);
  return gs_utopia_render (&scene, width, height);
}

/* One person's pictures in the making. */
typedef struct
{
  const GsUtopiaPortraitOptions *options;
  const GsUtopiaTraits *traits;
  const GsUtopiaTraits *neighbour; /* who stands behind in the picture of two */
  const char *prefix;
  guint64 seed;
  guint drawn;
} Job;

static char *
job_path (const Job *job, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s-%s.jpg", job->prefix, name);

  return g_build_filename (job->options->folder, file, NULL);
}

static gboolean
job_has (const Job *job, const char *name)
{
  g_autofree char *path = job_path (job, name);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static gboolean
job_save (Job *job,
          const GsUtopiaImage *image,
          const char *name,
          int quality,
          gsize limit_bytes,
          GError **error)
{
  g_autofree char *path = job_path (job, name);
  g_autoptr (GBytes) jpeg = gs_utopia_image_to_jpeg (image, quality, limit_bytes, error);
  gsize length;
  gconstpointer data;

  if (jpeg == NULL)
    return FALSE;
  data = g_bytes_get_data (jpeg, &length);
  if (!g_file_set_contents (path, data, (gssize) length, error))
    return FALSE;
  job->drawn++;
  return TRUE;
}

static gboolean
write_passport (Job *job, GError **error)
{
  static const GsUtopiaLens lens = { .gamma = 1.0f, .gain = { 1.0f, 1.0f, 1.0f }, .noise = 0.003f };
  g_autoptr (GsUtopiaImage) image = NULL;
  GsUtopiaRandom random;

  if (job_has (job, "passport"))
    return TRUE;
  gs_utopia_random_init (&random, 1);
  image =
    gs_utopia_portrait_passport (job->traits, GS_UTOPIA_PASSPORT_WIDTH, GS_UTOPIA_PASSPORT_HEIGHT);
  gs_utopia_lens_apply (&lens, &random, image);
  return job_save (job, image, "passport", 84, GS_UTOPIA_PASSPORT_LIMIT_BYTES, error);
}

static GsUtopiaImage *
image_copy (const GsUtopiaImage *image)
{
  GsUtopiaImage *copy = gs_utopia_image_new (image->width, image->height);

  memcpy (copy->pixels, image->pixels,
          (gsize) image->width * (gsize) image->height * 4 * sizeof (float));
  return copy;
}

/* Lens, label and file of a camera's IMAGE, which is used up. */
static gboolean
finish (Job *job,
        GsUtopiaImage *image,
        const GsUtopiaLens *lens,
        GsUtopiaRandom *random,
        const char *name,
        GError **error)
{
  g_autoptr (GsUtopiaImage) owned = image;

  gs_utopia_lens_apply (lens, random, owned);
  gs_utopia_image_label (owned);
  return job_save (job, owned, name, 82, 0, error);
}

/* The pictures for the referral reasons that are about the capture: they change one gate picture.
 */
static gboolean
write_special (Job *job,
               const GsUtopiaImage *gate,
               const GsUtopiaLens *lens,
               GsUtopiaRandom *random,
               GError **error)
{
  GsUtopiaLens dark = *lens;
  g_autoptr (GsUtopiaImage) back = NULL;

  if (!job_has (job, "gate-spoof")
      && !finish (job, gs_utopia_image_on_tablet (gate), lens, random, "gate-spoof", error))
    return FALSE;
  if (!job_has (job, "gate-dark"))
    {
      for (int c = 0; c < 3; c++)
        dark.gain[c] *= 0.42f;
      dark.gamma = 1.5f;
      dark.noise = 0.03f;
      dark.blur_px = 2.0f;
      if (!finish (job, image_copy (gate), &dark, random, "gate-dark", error))
        return FALSE;
    }
  if (job_has (job, "gate-two"))
    return TRUE;
  {
    GsUtopiaTraits neighbour = *job->neighbour;
    GsUtopiaView view;
    GsUtopiaScene scene;

    draw_view (&view, CAMERA_GATE, neighbour.skin, random);
    view.shift_x = 17.0f;
    view.shift_y = -0.5f;
    view.eye_distance_px = 62.0f * (float) gate->width / 480.0f;
    gs_utopia_scene_init (&scene, &neighbour, &view);
    back = gs_utopia_render (&scene, gate->width, gate->height);
  }
  gs_utopia_image_over (back, gate);
  return finish (job, g_steal_pointer (&back), lens, random, "gate-two", error);
}

static gboolean
special_missing (const Job *job)
{
  return (job->options->views & GS_UTOPIA_VIEW_SPECIAL)
         && (!job_has (job, "gate-spoof") || !job_has (job, "gate-dark")
             || !job_has (job, "gate-two"));
}

static gboolean
write_camera (Job *job, Camera camera, guint number, GError **error)
{
  g_autofree char *name = g_strdup_printf (camera == CAMERA_GATE ? "gate-%u" : "desk-%u", number);
  gboolean wanted =
    job->options->views & (camera == CAMERA_GATE ? GS_UTOPIA_VIEW_GATE : GS_UTOPIA_VIEW_DESK);
  gboolean special = camera == CAMERA_GATE && number == 0 && special_missing (job);
  int height = camera == CAMERA_GATE ? job->options->height : job->options->width * 5 / 4;
  g_autoptr (GsUtopiaImage) image = NULL;
  GsUtopiaRandom random;
  GsUtopiaLens lens;

  wanted = wanted && !job_has (job, name);
  if (!wanted && !special)
    return TRUE;
  gs_utopia_random_init (&random, job->seed * 64 + (camera == CAMERA_DESK ? 32 : 0) + number);
  image = camera_image (job->traits, camera, &random, job->options->width, height, 1.0f);
  gs_utopia_lens_draw (&lens, &random);
  if (special && !write_special (job, image, &lens, &random, error))
    return FALSE;
  if (!wanted)
    return TRUE;
  /* The same bytes, whether or not the special pictures were drawn from this one first. */
  gs_utopia_random_init (&random, job->seed * 64 + 63 - number);
  return finish (job, g_steal_pointer (&image), &lens, &random, name, error);
}

static gboolean
run_job (Job *job, GError **error)
{
  if ((job->options->views & GS_UTOPIA_VIEW_PASSPORT) && !write_passport (job, error))
    return FALSE;
  for (guint k = 0; k < GS_UTOPIA_GATE_PICTURES; k++)
    if (!write_camera (job, CAMERA_GATE, k, error))
      return FALSE;
  return write_camera (job, CAMERA_DESK, 0, error);
}

gboolean
gs_utopia_portrait_write (const GsUtopiaPortraitOptions *options,
                          guint index,
                          guint *drawn,
                          GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("%02u", index % GS_UTOPIA_PEOPLE);
  Job job = { options,
              gs_utopia_traits (index),
              gs_utopia_traits (index + 7),
              prefix,
              options->seed * 4096 + index % GS_UTOPIA_PEOPLE,
              0 };
  gboolean done = run_job (&job, error);

  if (drawn)
    *drawn = job.drawn;
  return done;
}

gboolean
gs_utopia_portrait_write_blend (
  const GsUtopiaPortraitOptions *options, guint a, guint b, float t, guint *drawn, GError **error)
{
  g_autofree char *prefix = g_strdup_printf ("%02u-%02u-%02d", a % GS_UTOPIA_PEOPLE,
                                             b % GS_UTOPIA_PEOPLE, (int) (t * 100.0f + 0.5f));
  GsUtopiaTraits traits;
  Job job = { options,
              &traits,
              gs_utopia_traits (a + 7),
              prefix,
              options->seed * 4096 + 1000 + a % GS_UTOPIA_PEOPLE * 32 + b % GS_UTOPIA_PEOPLE,
              0 };
  gboolean done;

  gs_utopia_traits_blend (gs_utopia_traits (a), gs_utopia_traits (b), t, &traits);
  done = run_job (&job, error);
  if (drawn)
    *drawn = job.drawn;
  return done;
}

gboolean
gs_utopia_portrait_prepare (const GsUtopiaPortraitOptions *options, GError **error)
{
  g_autofree char *path = g_build_filename (options->folder, VERSION_FILE, NULL);
  g_autofree char *version =
    g_strdup_printf ("gateside-portraits %d seed %" G_GUINT64_FORMAT " size %dx%d\n",
                     GS_UTOPIA_GENERATION, options->seed, options->width, options->height);
  g_autofree char *found = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (g_mkdir_with_parents (options->folder, 0755) != 0)
    {
      int number = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s", options->folder,
                   g_strerror (number));
      return FALSE;
    }
  if (g_file_get_contents (path, &found, NULL, NULL) && strcmp (found, version) == 0)
    return TRUE;
  folder = g_dir_open (options->folder, 0, error);
  if (folder == NULL)
    return FALSE;
  while ((name = g_dir_read_name (folder)))
    if (g_ascii_isdigit (name[0]) && g_ascii_isdigit (name[1]) && name[2] == '-'
        && g_str_has_suffix (name, ".jpg"))
      {
        g_autofree char *old = g_build_filename (options->folder, name, NULL);

        g_unlink (old);
      }
  return g_file_set_contents (path, version, -1, error);
}
