/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-passports.h"

#include "gs-test-store.h"
#include "gs-trust-store.h"
#include "gs-utopia-passport.h"
#include "gs-utopia-transport.h"

#include <glib/gstdio.h>
#include <string.h>

struct _GsTestPassports
{
  char *folder;
  char *store;
  GsUtopiaCountry *country;
  GPtrArray *passports;
  gint64 today_utc_s;
};

struct _GsTestPassport
{
  GsUtopiaPassport *issued;
  GsSimPassport *passport;
  GsSimChipFault fault;
  GsSimChip *chip;
  GsMrz zone;
};

static void
passport_free (gpointer data)
{
  GsTestPassport *self = data;

  gs_sim_chip_free (self->chip);
  gs_sim_passport_free (self->passport);
  gs_utopia_passport_free (self->issued);
  gs_sim_chip_fault_clear (&self->fault);
  g_free (self);
}

static void
add_authority (GsTestPassports *self, GsTrustStore *store, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, "certificates", name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) der = NULL;
  g_autoptr (GsCertificate) certificate = NULL;
  gsize size;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  der = g_bytes_new_take (g_steal_pointer (&bytes), size);
  certificate = gs_certificate_new (der, &error);
  g_assert_no_error (error);
  gs_trust_store_add (store, certificate, "a test", GS_TRUST_BY_CONFIRMATION,
                      self->today_utc_s * 1000);
}

static void
add_revocation_list (GsTestPassports *self, GsTrustStore *store, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, "lists", name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) der = NULL;
  g_autoptr (GsRevocationList) list = NULL;
  gsize size;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  der = g_bytes_new_take (g_steal_pointer (&bytes), size);
  list = gs_revocation_list_new (der, &error);
  g_assert_no_error (error);
  g_assert_true (gs_trust_store_add_revocation_list (store, list));
}

GsTestPassports *
gs_test_passports_new (gint64 today_utc_s)
{
  GsTestPassports *self = g_new0 (GsTestPassports, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustStore) store = NULL;

  self->folder = test_directory_new ();
  self->today_utc_s = today_utc_s;
  self->passports = g_ptr_array_new_with_free_func (passport_free);
  self->country = gs_utopia_country_open (self->folder, 1, today_utc_s, &error);
  g_assert_no_error (error);
  gs_utopia_country_publish (self->country, &error);
  g_assert_no_error (error);
  self->store = g_build_filename (self->folder, "trust-store", NULL);
  store = gs_trust_store_open (self->store, &error);
  g_assert_no_error (error);
  add_authority (self, store, "csca-1.der");
  add_authority (self, store, "csca-2.der");
  add_revocation_list (self, store, "utopia-1.crl");
  add_revocation_list (self, store, "utopia-2.crl");
  gs_trust_store_save (store, &error);
  g_assert_no_error (error);
  return self;
}

static void
remove_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_tree (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

void
gs_test_passports_free (GsTestPassports *self)
{
  g_ptr_array_unref (self->passports);
  gs_utopia_country_free (self->country);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->store);
  g_free (self);
}

const char *
gs_test_passports_get_trust_store (GsTestPassports *self)
{
  return self->store;
}

GsTestPassport *
gs_test_passports_issue (GsTestPassports *self, const char *variant, guint person)
{
  GsTestPassport *passport = g_new0 (GsTestPassport, 1);
  const GsUtopiaVariant *which = gs_utopia_variant_find (variant);
  GsUtopiaHolder holder = { .person = person, .seed = person };
  g_autofree char *name = g_strdup_printf ("%s-%u", variant, person);
  g_autofree char *folder = g_build_filename (self->folder, name, NULL);
  g_autofree char *wrong = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (self->today_utc_s);
  GsMrzDate today = { g_date_time_get_year (now), g_date_time_get_month (now),
                      g_date_time_get_day_of_month (now) };
  const char *lines;

  g_assert_nonnull (which);
  passport->issued = gs_utopia_passport_new (self->country, which, &holder, &error);
  g_assert_no_error (error);
  gs_utopia_passport_write (passport->issued, folder, &error);
  g_assert_no_error (error);
  passport->passport = gs_sim_passport_load (folder, &error);
  g_assert_no_error (error);
  if (passport->passport->fault != NULL)
    g_assert_true (gs_sim_chip_fault_add (&passport->fault, passport->passport->fault, &wrong));
  passport->chip = gs_sim_chip_new (passport->passport, &passport->fault, NULL);
  lines = gs_utopia_passport_get_mrz (passport->issued);
  g_assert_cmpint (gs_mrz_read ((const guint8 *) lines, strlen (lines), &today, &passport->zone),
                   ==, GS_MRZ_OK);
  g_ptr_array_add (self->passports, passport);
  return passport;
}

const char *
gs_test_passport_get_lines (GsTestPassport *self)
{
  return gs_utopia_passport_get_mrz (self->issued);
}

GsTraveller *
gs_test_passport_dup_traveller (GsTestPassport *self)
{
  GsTraveller *traveller = gs_traveller_new ();
  const GsMrz *zone = &self->zone;
  char sex[2] = { zone->sex, '\0' };

  gs_traveller_set (&traveller->document_code, zone->document_code);
  gs_traveller_set (&traveller->issuing_state, zone->issuing_state);
  gs_traveller_set (&traveller->primary_identifier, zone->primary_identifier);
  gs_traveller_set (&traveller->secondary_identifier, zone->secondary_identifier);
  gs_traveller_set (&traveller->document_number, zone->document_number);
  gs_traveller_set (&traveller->nationality, zone->nationality);
  gs_traveller_set (&traveller->birth_date, zone->birth_date_mrz);
  gs_traveller_set (&traveller->sex, sex);
  gs_traveller_set (&traveller->expiry_date, zone->expiry_date_mrz);
  return traveller;
}

const GsMrz *
gs_test_passport_get_zone (GsTestPassport *self)
{
  return &self->zone;
}

GsChipReading *
gs_test_passport_read (GsTestPassport *self)
{
  g_autoptr (GsChipTransport) transport = gs_test_passport_lay (self);
  g_auto (GsAccessKey) key = { 0 };

  g_assert_true (gs_access_key_from_mrz (&key, &self->zone, NULL));
  return gs_chip_reading_run (transport, &key, NULL, gs_random_source_system (), NULL);
}

const char **
gs_test_passports_list_variants (void)
{
  GPtrArray *names = g_ptr_array_new ();

  for (const GsUtopiaVariant *variant = gs_utopia_variants (); variant->name != NULL; variant++)
    g_ptr_array_add (names, (gpointer) variant->name);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (names, FALSE);
}

GsChipTransport *
gs_test_passport_lay (GsTestPassport *self)
{
  gs_sim_chip_reset (self->chip);
  return gs_utopia_transport_new (self->chip);
}
