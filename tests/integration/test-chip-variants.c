/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every passport that Utopia's authority makes, genuine and otherwise, is read from the simulated
 * chip and judged, and the judgement is what the authority says it must be. Neither shares a line
 * with the other. Arguments: gateside-authority, gateside-chip. */
#include "gs-document-verdict.h"
#include "gs-emrtd-error.h"
#include "gs-trust-material.h"
#include "gs-vpcd-transport.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *authority, *chip;
static char *folder;
static GsAnchorSet *anchors;
static GPtrArray *revocation_lists;
static const GsMrzDate today = { 2026, 11, 23 };
#define TODAY "2026-11-23"
#define NOW_UTC_MS (G_GINT64_CONSTANT (1795435200) * 1000) /* 2026-11-23T12:00:00Z */

/* What the folder's chip.ini says of it. */
typedef struct
{
  char *path;
  GKeyFile *ini;
  GsMrz mrz;
  char *access;
} Passport;

static void
passport_clear (Passport *self)
{
  g_free (self->path);
  g_free (self->access);
  g_key_file_unref (self->ini);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Passport, passport_clear)

static Passport
open_passport (const char *name)
{
  Passport self = { 0 };
  g_autoptr (GError) error = NULL;

  self.path = g_build_filename (folder, "all", name, NULL);
  g_autofree char *file = g_build_filename (self.path, "chip.ini", NULL);
  self.ini = g_key_file_new ();
  g_key_file_load_from_file (self.ini, file, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  g_autofree char *one = g_key_file_get_string (self.ini, "document", "mrz-line-1", NULL);
  g_autofree char *two = g_key_file_get_string (self.ini, "document", "mrz-line-2", NULL);
  g_autofree char *zone = g_strconcat (one, "\n", two, NULL);
  g_assert_cmpint (gs_mrz_read ((const guint8 *) zone, strlen (zone), &today, &self.mrz), ==,
                   GS_MRZ_OK);
  return self;
}

static GsChipReading *
read_passport (const Passport *passport, const char *fault, const GsChipPlan *plan, guint *n)
{
  g_autoptr (GsVpcdTransport) transport = gs_vpcd_transport_new (chip, passport->path, fault);
  g_auto (GsAccessKey) key = { 0 };
  g_autoptr (GError) error = NULL;

  gs_access_key_from_mrz (&key, &passport->mrz, &error);
  g_assert_no_error (error);
  GsChipReading *reading = gs_chip_reading_run (GS_CHIP_TRANSPORT (transport), &key, plan,
                                                gs_random_source_system (), NULL);
  if (n != NULL)
    *n = gs_vpcd_transport_get_n_commands (transport);
  return reading;
}

static GsVerdict *
judge (const Passport *passport, const GsChipReading *reading)
{
  const GsDocumentInput input = { .reading = reading,
                                  .optical = &passport->mrz,
                                  .gate = &passport->mrz,
                                  .anchors = anchors,
                                  .revocation_lists = revocation_lists,
                                  .now_utc_ms = NOW_UTC_MS,
                                  .today = today };

  return gs_document_verdict_run (&input);
}

static void
test_variant (gconstpointer data)
{
  g_auto (Passport) passport = open_passport (data);
  g_autoptr (GsChipReading) reading = read_passport (&passport, NULL, NULL, NULL);
  g_autoptr (GsVerdict) verdict = judge (&passport, reading);
  g_autofree char *expected = g_key_file_get_string (passport.ini, "expected", "result", NULL);
  g_autofree char *reason = g_key_file_get_string (passport.ini, "expected", "reason", NULL);
  g_autofree char *text = gs_verdict_to_text (verdict, TRUE);

  g_test_message ("%s", text);
  /* The file is judged wrong when it is seen; but a chip does not give a file that ends before the
   * length in its header, and what was not read is no verdict on the document. */
  if (g_str_equal (data, "broken-sod"))
    {
      g_assert_cmpstr (expected, ==, "failed");
      g_assert_cmpint (gs_verdict_get_result (verdict), ==, GS_CHECK_RESULT_ABORTED);
      return;
    }
  g_assert_cmpstr (gs_verdict_result_to_word (gs_verdict_get_result (verdict)), ==, expected);
  if (reason != NULL && *reason != '\0' && !g_str_equal (expected, "successful"))
    g_assert_cmpstr (gs_verdict_get_code (verdict), ==, reason);
}

static void
withhold (GsChipReading *reading, GsChipFile file, GsEmrtdError code)
{
  g_clear_pointer (&reading->files[file], g_bytes_unref);
  g_set_error (&reading->errors[file], GS_EMRTD_ERROR, code, "not given");
}

static void
assert_group (GsVerdict *verdict, guint number, GsCheckResult result, const char *error)
{
  g_autofree char *name = g_strdup_printf ("data-group-%u", number);
  const GsVerdict *node = gs_verdict_find (verdict, name);

  g_assert_nonnull (node);
  g_assert_cmpint (gs_verdict_get_result (node), ==, result);
  g_assert_cmpstr (gs_verdict_find_evidence (node, "error"), ==, error);
}

/* A data group that the issuer signed and the chip keeps to itself is said by its number, each in
 * its own words; the document is not called genuine for what is left. */
static void
test_withheld (gconstpointer data)
{
  g_auto (Passport) passport = open_passport (data);
  g_autoptr (GsChipReading) reading = read_passport (&passport, NULL, NULL, NULL);
  g_autoptr (GsVerdict) verdict = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (reading->files[GS_CHIP_FILE_DG11]);
  withhold (reading, GS_CHIP_FILE_DG2, GS_EMRTD_ERROR_NOT_FOUND);
  withhold (reading, GS_CHIP_FILE_DG11, GS_EMRTD_ERROR_STATUS);
  verdict = judge (&passport, reading);
  text = gs_verdict_to_text (verdict, TRUE);
  g_test_message ("%s", text);
  assert_group (verdict, 1, GS_CHECK_RESULT_SUCCESSFUL, NULL);
  assert_group (verdict, 2, GS_CHECK_RESULT_UNDETERMINED, "missing");
  assert_group (verdict, 11, GS_CHECK_RESULT_UNDETERMINED, "not-given");
  g_assert_nonnull (strstr (text, "Data group 2 is signed, but the chip does not have it."));
  g_assert_nonnull (strstr (text, "Data group 11 is signed, but the chip did not give it."));
  g_assert_cmpint (gs_verdict_get_result (verdict), ==, GS_CHECK_RESULT_UNDETERMINED);
  g_assert_cmpint (gs_verdict_get_result (gs_verdict_find (verdict, "passive-authentication")), ==,
                   GS_CHECK_RESULT_UNDETERMINED);
}

/* The chip is taken away after every possible number of commands: each time the reading ends, says
 * so, gives no verdict on the document, and nothing hangs. */
static void
test_taken_away (gconstpointer data)
{
  g_auto (Passport) passport = open_passport (data);
  guint n_commands = 0;
  g_autoptr (GsChipReading) whole = read_passport (&passport, NULL, NULL, &n_commands);

  g_assert_no_error (whole->error);
  for (guint after = 0; after < n_commands; after++)
    {
      g_autofree char *fault = g_strdup_printf ("dies=%u", after);
      g_autoptr (GsChipReading) reading = read_passport (&passport, fault, NULL, NULL);
      g_autoptr (GsVerdict) verdict = judge (&passport, reading);
      const GsVerdict *opened = gs_verdict_find (verdict, "chip-opened");

      g_assert_error (reading->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD);
      g_assert_cmpint (gs_verdict_get_result (opened), ==, GS_CHECK_RESULT_ABORTED);
      g_assert_cmpstr (gs_verdict_get_code (opened), ==, "C01");
      g_assert_cmpint (gs_verdict_get_result (verdict), ==, GS_CHECK_RESULT_ABORTED);
    }
}

/* What a hostile or broken chip does, and how the reading must end. */
static void
test_fault (gconstpointer data)
{
  g_auto (Passport) passport = open_passport ("genuine");
  const GsChipPlan plan = { .time_limit_us = 10 * G_USEC_PER_SEC };
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GsChipReading) reading = read_passport (&passport, data, &plan, NULL);
  g_autoptr (GsVerdict) verdict = judge (&passport, reading);
  g_autofree char *text = gs_verdict_to_text (verdict, TRUE);

  g_test_message ("%s", text);
  g_assert_cmpint (gs_verdict_get_result (verdict), !=, GS_CHECK_RESULT_SUCCESSFUL);
  g_assert_nonnull (gs_verdict_get_sentence (verdict));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 60 * G_USEC_PER_SEC);
}

/* A chip that gives no more than 192 bytes at a time, one that is slow, and one that adds bytes
 * nobody asked for, are no worse than others. */
static void
test_harmless (gconstpointer data)
{
  g_auto (Passport) passport = open_passport ("genuine");
  g_autoptr (GsChipReading) reading = read_passport (&passport, data, NULL, NULL);
  g_autoptr (GsVerdict) verdict = judge (&passport, reading);

  g_assert_no_error (reading->error);
  g_assert_cmpint (gs_verdict_get_result (verdict), ==, GS_CHECK_RESULT_SUCCESSFUL);
}

static void
test_wrong_mrz (void)
{
  g_auto (Passport) passport = open_passport ("genuine");
  g_autoptr (GsChipReading) reading = NULL;

  passport.mrz.document_number[0] = passport.mrz.document_number[0] == 'A' ? 'B' : 'A';
  reading = read_passport (&passport, NULL, NULL, NULL);
  g_autoptr (GsVerdict) verdict = judge (&passport, reading);
  const GsVerdict *opened = gs_verdict_find (verdict, "chip-opened");
  g_assert_error (reading->error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS);
  g_assert_cmpint (gs_verdict_get_result (opened), ==, GS_CHECK_RESULT_FAILED);
  g_assert_cmpstr (gs_verdict_get_code (opened), ==, "C02");
}

static void
run_authority (void)
{
  g_autofree char *country = g_build_filename (folder, "country", NULL);
  g_autofree char *all = g_build_filename (folder, "all", NULL);
  const char *arguments[] = { authority, "--quiet", "--country", country, "--all",
                              all,       "--today", TODAY,       NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/* What the authority publishes, as an administrator takes it in. */
static void
load_trust (void)
{
  static const char *const files[] = { "master-list.ml", "utopia-1.crl", "utopia-2.crl",
                                       "nusquama.crl" };
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, "country", "lists", files[i], NULL);
      g_autoptr (GError) error = NULL;

      gs_trust_material_read_path (material, path, &error);
      g_assert_no_error (error);
    }
  anchors = gs_trust_material_make_anchors (material, NULL);
  revocation_lists = g_ptr_array_ref (gs_trust_material_get_revocation_lists (material));
}

static void
add_variants (void)
{
  g_autofree char *all = g_build_filename (folder, "all", NULL);
  g_autoptr (GDir) dir = g_dir_open (all, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_assert_cmpuint (names->len, >, 50);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("/chip/variant/", g_ptr_array_index (names, i), NULL);
      g_test_add_data_func_full (path, g_ptr_array_index (names, i), test_variant, g_free);
    }
}

int
main (int argc, char **argv)
{
  static const char *const faults[] = {
    "mute",          "bad-token",    "endless-file",  "endless-answer", "short-answers",
    "empty-answers", "wrong-mac=12", "plain=12",      "garbage=5",      "garbage=20",
    "silent=7",      "cloned",       "status=6982@9", "status=6700@9",  "truncate=dg2:900",
  };
  static const char *const harmless[] = { "le-limit=192", "le-limit=130", "delay=5",
                                          "long-answers" };

  g_test_init (&argc, &argv, NULL);
  /* One wrong judgement does not hide the others. */
  g_test_set_nonfatal_assertions ();
  g_assert_cmpint (argc, ==, 3);
  authority = argv[1];
  chip = argv[2];
  folder = g_dir_make_tmp ("gs-chip-XXXXXX", NULL);
  run_authority ();
  load_trust ();
  add_variants ();
  g_test_add_data_func ("/chip/withheld", "genuine", test_withheld);
  g_test_add_data_func ("/chip/taken-away/pace", "genuine", test_taken_away);
  g_test_add_data_func ("/chip/taken-away/bac", "bac-aa-rsa", test_taken_away);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/chip/fault/", faults[i], NULL);
      g_test_add_data_func (path, faults[i], test_fault);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      g_autofree char *path = g_strconcat ("/chip/harmless/", harmless[i], NULL);
      g_test_add_data_func (path, harmless[i], test_harmless);
    }
  g_test_add_func ("/chip/wrong-mrz", test_wrong_mrz);
  return g_test_run ();
}
