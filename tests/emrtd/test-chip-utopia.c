/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader against the simulated chip: every variant, and a chip that fails at every command. */
#include "gs-chip-reading.h"
#include "gs-emrtd-error.h"
#include "gs-random-source.h"
#include "gs-utopia-passport.h"
#include "gs-utopia-transport.h"

#include <glib/gstdio.h>
#include <string.h>

static char *root;
static GsUtopiaCountry *country;

typedef struct
{
  const GsUtopiaVariant *variant;
  GsUtopiaPassport *issued;
  GsSimPassport *passport;
  GsSimChipFault fault;
  GsSimChip *chip;
  GsAccessKey key;
} Laid;

static void
lay (Laid *laid, const char *name)
{
  g_autofree char *folder = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;
  GsUtopiaHolder holder = { .person = 3 };
  g_autofree char *document = NULL, *birth = NULL, *expiry = NULL, *wrong = NULL;
  const char *line;

  memset (laid, 0, sizeof *laid);
  laid->variant = gs_utopia_variant_find (name);
  g_assert_nonnull (laid->variant);
  laid->issued = gs_utopia_passport_new (country, laid->variant, &holder, &error);
  g_assert_no_error (error);
  gs_utopia_passport_write (laid->issued, folder, &error);
  g_assert_no_error (error);
  laid->passport = gs_sim_passport_load (folder, &error);
  g_assert_no_error (error);
  if (laid->passport->fault != NULL)
    g_assert_true (gs_sim_chip_fault_add (&laid->fault, laid->passport->fault, &wrong));
  laid->chip = gs_sim_chip_new (laid->passport, &laid->fault, NULL);
  line = gs_utopia_passport_get_mrz (laid->issued) + 44;
  document = g_strndup (line, 9);
  birth = g_strndup (line + 13, 6);
  expiry = g_strndup (line + 21, 6);
  gs_access_key_from_fields (&laid->key, document, birth, expiry, &error);
  g_assert_no_error (error);
}

static void
take (Laid *laid)
{
  gs_sim_chip_free (laid->chip);
  gs_sim_passport_free (laid->passport);
  gs_utopia_passport_free (laid->issued);
  gs_sim_chip_fault_clear (&laid->fault);
  gs_access_key_clear (&laid->key);
}

static GsChipReading *
run_reading (Laid *laid)
{
  g_autoptr (GsChipTransport) transport = gs_utopia_transport_new (laid->chip);
  GsChipPlan plan = { .time_limit_us = 5 * G_USEC_PER_SEC };

  gs_sim_chip_reset (laid->chip);
  return gs_chip_reading_run (transport, &laid->key, &plan, gs_random_source_system (), NULL);
}

static void
compare (Laid *laid, GsChipReading *reading, GsChipFile file, const char *name)
{
  GBytes *issued = gs_utopia_passport_get_file (laid->issued, name);

  if (issued == NULL)
    g_assert_null (reading->files[file]);
  else
    {
      g_assert_nonnull (reading->files[file]);
      g_assert_true (g_bytes_equal (reading->files[file], issued));
    }
}

static void
compare_all (Laid *laid, GsChipReading *reading)
{
  compare (laid, reading, GS_CHIP_FILE_COM, "ef-com");
  compare (laid, reading, GS_CHIP_FILE_DG1, "dg1");
  compare (laid, reading, GS_CHIP_FILE_DG2, "dg2");
  compare (laid, reading, GS_CHIP_FILE_DG11, "dg11");
  compare (laid, reading, GS_CHIP_FILE_DG14, "dg14");
  compare (laid, reading, GS_CHIP_FILE_DG15, "dg15");
  if (g_strcmp0 (laid->variant->name, "broken-sod") != 0)
    compare (laid, reading, GS_CHIP_FILE_SOD, "ef-sod");
}

static GsChipAccess
expect_access (const GsUtopiaVariant *variant)
{
  switch (variant->pace)
    {
    case GS_UTOPIA_MAP_NONE:
      return GS_CHIP_ACCESS_BAC;
    case GS_UTOPIA_MAP_CHIP:
      return GS_CHIP_ACCESS_PACE_CHIP_AUTHENTICATION;
    case GS_UTOPIA_MAP_INTEGRATED:
      return GS_CHIP_ACCESS_PACE_INTEGRATED;
    case GS_UTOPIA_MAP_DH_GENERIC:
      /* The reader speaks PACE on curves only. */
      return GS_CHIP_ACCESS_BAC;
    default:
      return GS_CHIP_ACCESS_PACE_GENERIC;
    }
}

static void
read_variant (gconstpointer data)
{
  Laid laid;
  g_autoptr (GsChipReading) reading = NULL;
  gboolean clone;

  lay (&laid, data);
  clone = (laid.variant->tamper & GS_UTOPIA_CLONE) != 0;
  reading = run_reading (&laid);
  if (laid.fault.mute)
    g_assert_error (reading->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD);
  else if (laid.variant->tamper & GS_UTOPIA_OTHER_KEYS)
    g_assert_error (reading->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS);
  else
    {
      g_assert_no_error (reading->error);
      g_assert_cmpint (reading->access, ==, expect_access (laid.variant));
      compare_all (&laid, reading);
      if (laid.variant->ca != 0 && laid.variant->pace != GS_UTOPIA_MAP_CHIP)
        g_assert_cmpint (reading->chip_authentication, ==,
                         clone ? GS_CHECK_RESULT_FAILED : GS_CHECK_RESULT_SUCCESSFUL);
      /* One proof is enough. */
      if (laid.variant->aa != 0 && laid.variant->ca == 0)
        g_assert_cmpint (reading->active_authentication, ==,
                         clone ? GS_CHECK_RESULT_FAILED : GS_CHECK_RESULT_SUCCESSFUL);
    }
  if (reading->pace_error != NULL)
    g_test_message ("PACE: %s", reading->pace_error->message);
  g_test_message ("%u commands, %.1f ms", reading->n_commands, (double) reading->time_us / 1000.0);
  take (&laid);
}

/* At every command the chip may go: nothing hangs, what was read stays, and an error says it. */
static void
test_dies_everywhere (gconstpointer data)
{
  Laid laid;
  g_autoptr (GsChipReading) whole = NULL;

  lay (&laid, data);
  whole = run_reading (&laid);
  g_assert_no_error (whole->error);
  for (guint n = 0; n < whole->n_commands; n++)
    {
      g_autoptr (GsChipReading) reading = NULL;

      laid.fault.dies_after = n + 1;
      reading = run_reading (&laid);
      g_assert_error (reading->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD);
      g_assert_cmpuint (reading->n_commands, <=, n + 2);
      if (reading->files[GS_CHIP_FILE_DG1] != NULL)
        g_assert_true (
          g_bytes_equal (reading->files[GS_CHIP_FILE_DG1], whole->files[GS_CHIP_FILE_DG1]));
    }
  take (&laid);
}

/* Whatever the chip says, the reading ends, in time and without a wrong file. */
static void
test_hostile (gconstpointer data)
{
  static const char *const faults[] = {
    "bad-token",     "endless-file",     "endless-answer",    "long-answers", "short-answers",
    "empty-answers", "truncate=dg2:900", "truncate=ef-sod:3", "status=6982",  "status=6F00@9",
    "status=9000@6", "status=6100@12",   "status=6C10@9",
  };
  static const char *const each[] = { "wrong-mac=%u", "plain=%u", "garbage=%u" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults) + 3 * 14; i++)
    {
      Laid laid;
      g_autoptr (GsChipReading) reading = NULL;
      gsize numbered = i - G_N_ELEMENTS (faults);
      g_autofree char *wrong = NULL;
      g_autofree char *fault = i < G_N_ELEMENTS (faults)
                                 ? g_strdup (faults[i])
                                 : g_strdup_printf (each[numbered % 3], (guint) numbered / 3 + 1);

      lay (&laid, data);
      g_assert_true (gs_sim_chip_fault_add (&laid.fault, fault, &wrong));
      reading = run_reading (&laid);
      g_test_message ("%s: %s, %u commands, %.1f ms", fault,
                      reading->error ? reading->error->message : "read", reading->n_commands,
                      (double) reading->time_us / 1000.0);
      g_assert_cmpint (reading->time_us, <, 8 * G_USEC_PER_SEC);
      if (!laid.fault.long_answers && !laid.fault.endless_file
          && reading->files[GS_CHIP_FILE_DG1] != NULL)
        compare (&laid, reading, GS_CHIP_FILE_DG1, "dg1");
      take (&laid);
    }
}

/* Chips that give less at a time than was asked for are read whole all the same. */
static void
test_small_steps (void)
{
  static const guint limits[] = { 223, 192, 160, 128 };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      Laid laid;
      g_autoptr (GsChipReading) reading = NULL;

      lay (&laid, "genuine");
      laid.fault.read_limit = limits[i];
      reading = run_reading (&laid);
      g_assert_no_error (reading->error);
      compare_all (&laid, reading);
      take (&laid);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  root = g_dir_make_tmp ("gateside-utopia-XXXXXX", &error);
  g_assert_no_error (error);
  folder = g_build_filename (root, "country", NULL);
  country = gs_utopia_country_open (folder, 1, g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  for (const GsUtopiaVariant *variant = gs_utopia_variants (); variant->name != NULL; variant++)
    {
      g_autofree char *path = g_strconcat ("/chip-utopia/variant/", variant->name, NULL);

      g_test_add_data_func (path, variant->name, read_variant);
    }
  g_test_add_data_func ("/chip-utopia/dies-everywhere/pace", "genuine", test_dies_everywhere);
  g_test_add_data_func ("/chip-utopia/dies-everywhere/bac", "bac-aa-rsa", test_dies_everywhere);
  g_test_add_data_func ("/chip-utopia/hostile/pace", "genuine", test_hostile);
  g_test_add_data_func ("/chip-utopia/hostile/bac", "bac-aa-rsa", test_hostile);
  g_test_add_func ("/chip-utopia/small-steps", test_small_steps);
  status = g_test_run ();
  gs_utopia_country_free (country);
  if (status == 0)
    {
      g_autofree char *command = g_strdup_printf ("rm -rf '%s'", root);

      g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
    }
  g_free (root);
  return status;
}
