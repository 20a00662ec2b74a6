/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-wardrobe.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define LESS_PRIORITY 3
#define MOST_PEOPLE 5

typedef struct
{
  GsUtopiaWho who;
  GsSimSprite *poses[GS_UTOPIA_POSES];
  gboolean is_asked[GS_UTOPIA_POSES];
  guint64 used;
} Person;

typedef struct
{
  GsUtopiaWho who;
  GsUtopiaPose pose;
} Order;

struct _GsSimWardrobe
{
  char *folder;
  GThreadPool *artist;
  GMutex lock;
  GPtrArray *people; /* Person */
  guint64 clock;
};

/* ---- sprites ---- */

static guint8
to_byte (float value)
{
  return (guint8) CLAMP (value + 0.5f, 0.0f, 255.0f);
}

/* ITU-R BT.709, limited range. */
static void
to_luma (const float rgb[3], float out[3])
{
  float luma = 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2];

  out[0] = 16.0f + 219.0f * luma;
  out[1] = 128.0f + 224.0f * (rgb[2] - luma) / 1.8556f;
  out[2] = 128.0f + 224.0f * (rgb[0] - luma) / 1.5748f;
}

GsSimSprite *
gs_sim_sprite_new (const GsUtopiaImage *image)
{
  GsSimSprite *self = g_new0 (GsSimSprite, 1);
  gsize width = (gsize) image->width & ~(gsize) 1, height = (gsize) image->height & ~(gsize) 1;
  gsize half = width / 2;

  g_atomic_ref_count_init (&self->count);
  self->width = (int) width;
  self->height = (int) height;
  self->luma = g_malloc (width * height);
  self->cover = g_malloc (width * height);
  self->blue = g_malloc (width * height / 4);
  self->red = g_malloc (width * height / 4);
  self->half_cover = g_malloc (width * height / 4);
  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      {
        const float *dot = image->pixels + (y * (gsize) image->width + x) * 4;
        float yuv[3];

        to_luma (dot, yuv);
        self->luma[y * width + x] = to_byte (yuv[0]);
        self->cover[y * width + x] = to_byte (dot[3] * 255.0f);
        if ((x | y) & 1)
          continue;
        self->blue[y / 2 * half + x / 2] = to_byte (yuv[1]);
        self->red[y / 2 * half + x / 2] = to_byte (yuv[2]);
        self->half_cover[y / 2 * half + x / 2] = to_byte (dot[3] * 255.0f);
      }
  return self;
}

GsSimSprite *
gs_sim_sprite_ref (GsSimSprite *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
gs_sim_sprite_unref (GsSimSprite *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_free (self->luma);
  g_free (self->cover);
  g_free (self->blue);
  g_free (self->red);
  g_free (self->half_cover);
  g_free (self);
}

/* ---- people ---- */

static void
person_free (gpointer data)
{
  Person *person = data;

  for (guint i = 0; i < GS_UTOPIA_POSES; i++)
    g_clear_pointer (&person->poses[i], gs_sim_sprite_unref);
  g_free (person);
}

static Person *
find_person (GsSimWardrobe *self, const GsUtopiaWho *who)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      Person *person = g_ptr_array_index (self->people, i);

      if (gs_utopia_who_equal (&person->who, who))
        return person;
    }
  return NULL;
}

/* Makes room by forgetting whom nobody has looked at for longest. */
static Person *
add_person (GsSimWardrobe *self, const GsUtopiaWho *who)
{
  Person *person = g_new0 (Person, 1);

  if (self->people->len >= MOST_PEOPLE)
    {
      guint oldest = 0;

      for (guint i = 1; i < self->people->len; i++)
        if (((Person *) g_ptr_array_index (self->people, i))->used
            < ((Person *) g_ptr_array_index (self->people, oldest))->used)
          oldest = i;
      g_ptr_array_remove_index (self->people, oldest);
    }
  person->who = *who;
  g_ptr_array_add (self->people, person);
  return person;
}

/* Linux has a priority for each thread: pictures that are shown come before those to come. */
static void
step_back (void)
{
  static GPrivate done;

  if (g_private_get (&done) != NULL)
    return;
  g_private_set (&done, &done);
  setpriority (PRIO_PROCESS, (id_t) gettid (), getpriority (PRIO_PROCESS, 0) + LESS_PRIORITY);
}

static void
draw (gpointer data, gpointer user_data)
{
  GsSimWardrobe *self = user_data;
  g_autofree Order *order = data;
  GsUtopiaImage *image;
  GsSimSprite *sprite;
  Person *person;
  gboolean is_awaited;

  g_mutex_lock (&self->lock);
  is_awaited = find_person (self, &order->who) != NULL;
  g_mutex_unlock (&self->lock);
  if (!is_awaited)
    return;
  step_back ();
  image = gs_utopia_stand (self->folder, &order->who, order->pose);
  sprite = gs_sim_sprite_new (image);
  gs_utopia_image_free (image);
  g_mutex_lock (&self->lock);
  person = find_person (self, &order->who);
  if (person != NULL && person->poses[order->pose] == NULL)
    person->poses[order->pose] = g_steal_pointer (&sprite);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&sprite, gs_sim_sprite_unref);
}

/* What somebody waits to see comes before what only makes it livelier. */
static int
compare_orders (gconstpointer one, gconstpointer other, gpointer user_data)
{
  static const int rank[GS_UTOPIA_POSES] = {
    [GS_UTOPIA_POSE_FACING] = 0, [GS_UTOPIA_POSE_AWAY] = 0,     [GS_UTOPIA_POSE_LIDS] = 1,
    [GS_UTOPIA_POSE_LEFT] = 2,   [GS_UTOPIA_POSE_FRIENDLY] = 3, [GS_UTOPIA_POSE_RIGHT] = 4,
  };

  return rank[((const Order *) one)->pose] - rank[((const Order *) other)->pose];
}

GsSimWardrobe *
gs_sim_wardrobe_new (const char *folder)
{
  GsSimWardrobe *self = g_new0 (GsSimWardrobe, 1);

  self->folder = g_strdup (folder);
  g_mutex_init (&self->lock);
  self->people = g_ptr_array_new_with_free_func (person_free);
  self->artist = g_thread_pool_new (draw, self, 1, TRUE, NULL);
  g_thread_pool_set_sort_function (self->artist, compare_orders, NULL);
  return self;
}

void
gs_sim_wardrobe_free (GsSimWardrobe *self)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_set_size (self->people, 0);
  g_mutex_unlock (&self->lock);
  /* What is still ordered finds nobody who waits for it, and is passed over. */
  g_thread_pool_free (self->artist, FALSE, TRUE);
  g_ptr_array_unref (self->people);
  g_mutex_clear (&self->lock);
  g_free (self->folder);
  g_free (self);
}

GsSimSprite *
gs_sim_wardrobe_get (GsSimWardrobe *self, const GsUtopiaWho *who, GsUtopiaPose pose)
{
  GsSimSprite *sprite = NULL;
  Person *person;

  g_mutex_lock (&self->lock);
  person = find_person (self, who);
  if (person == NULL)
    person = add_person (self, who);
  person->used = ++self->clock;
  if (person->poses[pose] != NULL)
    sprite = gs_sim_sprite_ref (person->poses[pose]);
  else if (!person->is_asked[pose])
    {
      Order *order = g_new (Order, 1);

      *order = (Order){ *who, pose };
      person->is_asked[pose] = TRUE;
      g_thread_pool_push (self->artist, order, NULL);
    }
  g_mutex_unlock (&self->lock);
  return sprite;
}
