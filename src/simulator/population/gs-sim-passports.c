/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-passports.h"

#include "gs-utopia-passport.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* Folders that stay; the oldest goes first. */
#define KEPT 200
#define LISTS_LAST_S (7 * 86400)

struct _GsSimPassports
{
  char *made;
  char *portraits;
  guint32 seed;
  GsUtopiaCountry *country;
  GQueue kept; /* crossing ids */
};

/* Whom the gate let pass, and most of the others. */
static const char *const genuine[] = {
  "genuine",     "genuine",       "genuine-p256", "genuine-bp384", "genuine-rsa", "genuine-pss",
  "genuine-j2k", "genuine-39794", "bac-aa-rsa",   "bac-ca",        "pace-aes256", "pace-cam",
};

static const struct
{
  const char *reason;
  const char *variant;
  guint percent;
} troubles[] = {
  { "B02", "picture-garbage", 40 }, { "C01", "muted", 40 },
  { "C02", "access-refused", 60 },  { "C03", "bad-signature", 80 },
  { "C04", "unknown-csca", 80 },    { "C05", "expired-signer", 90 },
  { "C06", "revoked-signer", 100 }, { "C07", "cloned-ca", 90 },
  { "C08", "com-disagrees", 100 },  { "C09", "tampered-dg2", 90 },
  { "C10", "wrong-country", 100 },  { "C11", "sod-id-data", 100 },
  { "X01", "print-differs", 90 },   { "E01", "none", 100 },
};

const char *
gs_sim_passports_choose (const char *crossing, const char *reason)
{
  guint hash = g_str_hash (crossing);

  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (g_strcmp0 (troubles[i].reason, reason) == 0 && hash / 64 % 100 < troubles[i].percent)
      return troubles[i].variant;
  return genuine[hash % G_N_ELEMENTS (genuine)];
}

static void
remove_folder (const char *path)
{
  GDir *folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  if (folder != NULL)
    g_dir_close (folder);
  g_rmdir (path);
}

static void
empty_made (GsSimPassports *self)
{
  GDir *folder = g_dir_open (self->made, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->made, name, NULL);

      remove_folder (path);
    }
  if (folder != NULL)
    g_dir_close (folder);
}

static gboolean
is_fresh (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "country", "lists", "utopia-2.crl", NULL);
  struct stat about;

  return stat (path, &about) == 0
         && g_get_real_time () / G_USEC_PER_SEC - about.st_mtime < LISTS_LAST_S;
}

/* All that takes time is made before the first traveller comes: lists, signers, chip keys. */
static gboolean
prepare (GsSimPassports *self, GError **error)
{
  if (!gs_utopia_country_publish (self->country, error))
    return FALSE;
  for (guint seed = 0; seed < 3; seed++)
    for (gsize i = 0; i < G_N_ELEMENTS (genuine) + G_N_ELEMENTS (troubles); i++)
      {
        const char *name =
          i < G_N_ELEMENTS (genuine) ? genuine[i] : troubles[i - G_N_ELEMENTS (genuine)].variant;
        const GsUtopiaVariant *variant = gs_utopia_variant_find (name);
        GsUtopiaHolder holder = { .seed = seed };
        g_autoptr (GsUtopiaPassport) passport = NULL;

        if (variant == NULL)
          continue;
        passport = gs_utopia_passport_new (self->country, variant, &holder, error);
        if (passport == NULL)
          return FALSE;
      }
  return TRUE;
}

GsSimPassports *
gs_sim_passports_new (
  const char *folder, const char *portraits, guint32 seed, gint64 now_utc_ms, GError **error)
{
  g_autoptr (GsSimPassports) self = g_new0 (GsSimPassports, 1);
  g_autofree char *country = g_build_filename (folder, "country", NULL), *whole = NULL;
  gboolean fresh = is_fresh (folder);

  g_queue_init (&self->kept);
  /* The chip program may run elsewhere. */
  whole = g_canonicalize_filename (folder, NULL);
  self->made = g_build_filename (whole, "made", NULL);
  self->portraits = g_strdup (portraits);
  self->seed = seed;
  self->country = gs_utopia_country_open (country, 1, now_utc_ms / 1000, error);
  if (self->country == NULL || (!fresh && !prepare (self, error)))
    return NULL;
  empty_made (self);
  return g_steal_pointer (&self);
}

void
gs_sim_passports_free (GsSimPassports *self)
{
  if (self->made != NULL)
    empty_made (self);
  g_clear_pointer (&self->country, gs_utopia_country_free);
  g_queue_clear_full (&self->kept, g_free);
  g_free (self->made);
  g_free (self->portraits);
  g_free (self);
}

static GBytes *
load_portrait (GsSimPassports *self, int person)
{
  g_autofree char *path =
    self->portraits ? g_strdup_printf ("%s/%02d-passport.jpg", self->portraits, person) : NULL;
  char *contents;
  gsize length;

  return path != NULL && g_file_get_contents (path, &contents, &length, NULL)
           ? g_bytes_new_take (contents, length)
           : NULL;
}

static void
remember (GsSimPassports *self, const char *crossing)
{
  g_queue_push_tail (&self->kept, g_strdup (crossing));
  if (self->kept.length > KEPT)
    {
      g_autofree char *oldest = g_queue_pop_head (&self->kept);
      g_autofree char *path = g_build_filename (self->made, oldest, NULL);

      remove_folder (path);
    }
}

char *
gs_sim_passports_get_folder (GsSimPassports *self, const GsSimPassportWish *wish, GError **error)
{
  const GsUtopiaVariant *variant = gs_utopia_variant_find (wish->variant);
  g_autofree char *path = g_build_filename (self->made, wish->crossing, NULL);
  g_autofree char *ini = g_build_filename (path, "chip.ini", NULL);
  g_autoptr (GBytes) portrait = NULL, other = NULL;
  g_autoptr (GsUtopiaPassport) passport = NULL;
  GsUtopiaHolder holder = { .mrz = wish->mrz,
                            .person = (guint) wish->person,
                            .seed = (guint64) self->seed + g_str_hash (wish->crossing),
                            .name = wish->name };

  if (variant == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The document has no chip");
      return NULL;
    }
  if (g_file_test (ini, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  holder.portrait = portrait = load_portrait (self, wish->person);
  holder.other_portrait = other = load_portrait (self, (wish->person + 1) % 24);
  passport = gs_utopia_passport_new (self->country, variant, &holder, error);
  if (passport == NULL || !gs_utopia_passport_write (passport, path, error))
    return NULL;
  remember (self, wish->crossing);
  return g_steal_pointer (&path);
}

GBytes *
gs_sim_passports_load (GsSimPassports *self, const GsSimPassportWish *wish, const char *name)
{
  g_autofree char *folder = gs_sim_passports_get_folder (self, wish, NULL);
  g_autofree char *path = folder ? g_strdup_printf ("%s/%s.bin", folder, name) : NULL;
  char *contents;
  gsize length;

  return path != NULL && g_file_get_contents (path, &contents, &length, NULL)
           ? g_bytes_new_take (contents, length)
           : NULL;
}
