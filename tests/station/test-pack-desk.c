/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Template packs of a station: brought in, activated by date, refused. */

#include "gs-pack-desk.h"
#include "gs-record-table.h"
#include "gs-test-desk.h"
#include "gs-test-pack.h"

#include <glib/gstdio.h>

typedef struct
{
  TestDesk desk;
  GsTestPackAuthority *authority;
  char *authorities; /* PEM that the desk believes */
  char *file;        /* the pack of the key file */
  GsPackDesk *packs;
} Fixture;

static void
write_bytes (const char *path, GBytes *bytes)
{
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
}

/* A signed pack with this name. */
static void
write_pack (Fixture *fixture, const char *path, const char *name)
{
  g_autoptr (GsPackFiles) files = gs_test_pack_files ();
  gsize size;
  const char *data = g_bytes_get_data (gs_pack_files_get (files, "pack.ini"), &size);
  g_autoptr (GString) ini = g_string_new_len (data, (gssize) size);
  g_autofree char *line = g_strdup_printf ("name=%s\n", name);
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GBytes) tar = NULL;

  g_assert_cmpuint (g_string_replace (ini, "name=Specimen pack UTO\n", line, 1), ==, 1);
  changed = g_bytes_new (ini->str, ini->len);
  g_assert_true (gs_pack_files_put (files, "pack.ini", changed, NULL));
  gs_test_pack_sign (files, fixture->authority, GS_TEST_SIGNER_GOOD, NULL);
  tar = gs_pack_files_write_tar (files, NULL);
  write_bytes (path, tar);
}

static void
sign_in (Fixture *fixture, GsRole role)
{
  g_autoptr (GsSession) session = gs_session_new ("mori", "Mori", role, TEST_NOW);

  gs_pack_desk_set_session (fixture->packs, session);
}

static void
stop (Fixture *fixture)
{
  gs_pack_desk_stop (fixture->packs);
  g_clear_object (&fixture->packs);
}

static void
start (Fixture *fixture)
{
  if (fixture->packs != NULL)
    stop (fixture);
  fixture->packs =
    gs_pack_desk_new (&fixture->desk.config, fixture->desk.store, fixture->desk.clock);
  sign_in (fixture, GS_ROLE_SUPERVISOR);
  test_until (gs_pack_desk_is_loaded (fixture->packs));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pem = NULL;

  test_desk_set_up (&fixture->desk, NULL);
  fixture->authority = gs_test_pack_authority_new ("Test authority", FALSE);
  fixture->authorities = g_build_filename (fixture->desk.folder, "authorities.pem", NULL);
  fixture->file = g_build_filename (fixture->desk.folder, "first.tar", NULL);
  pem = gs_test_pack_authority_dup_pem (fixture->authority);
  write_bytes (fixture->authorities, pem);
  write_pack (fixture, fixture->file, "First pack");
  g_free (fixture->desk.config.pack_authorities);
  fixture->desk.config.pack_authorities = g_strdup (fixture->authorities);
  g_free (fixture->desk.config.specimen_pack);
  fixture->desk.config.specimen_pack = g_strdup (fixture->file);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->packs != NULL)
    stop (fixture);
  gs_test_pack_authority_free (fixture->authority);
  g_free (fixture->authorities);
  g_free (fixture->file);
  test_desk_tear_down (&fixture->desk, NULL);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GsPackCandidate *
read_pack (Fixture *fixture, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_pack_desk_read_async (fixture->packs, path, NULL, keep_result, &result);
  test_until (result != NULL);
  return gs_pack_desk_read_finish (fixture->packs, result, error);
}

static gboolean
bring (Fixture *fixture, const GsPackCandidate *candidate, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_pack_desk_bring_async (fixture->packs, candidate, NULL, keep_result, &result);
  test_until (result != NULL);
  return gs_pack_desk_change_finish (fixture->packs, result, error);
}

static gboolean
activate (Fixture *fixture, const char *digest, const char *day, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_pack_desk_activate_async (fixture->packs, digest, day, NULL, keep_result, &result);
  test_until (result != NULL);
  return gs_pack_desk_change_finish (fixture->packs, result, error);
}

static guint
n_listed (Fixture *fixture)
{
  g_autoptr (GPtrArray) list = gs_pack_desk_list (fixture->packs);

  return list->len;
}

/* Brings a pack of that name in; its digest, transfer full. */
static char *
bring_new (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->desk.folder, "next.tar", NULL);
  g_autoptr (GsPackCandidate) candidate = NULL;
  g_autoptr (GError) error = NULL;
  guint before = n_listed (fixture);

  write_pack (fixture, path, name);
  candidate = read_pack (fixture, path, &error);
  g_assert_no_error (error);
  g_assert_true (bring (fixture, candidate, &error));
  g_assert_no_error (error);
  test_until (n_listed (fixture) == before + 1);
  return g_strdup (gs_stamp_pack_get_proof (candidate->pack)->digest);
}

static const char *
name_on (Fixture *fixture, const char *day)
{
  g_autoptr (GError) error = NULL;
  GsStampPack *pack = gs_pack_desk_get_pack (fixture->packs, day, &error);

  return pack != NULL ? gs_stamp_pack_get_name (pack)
                      : gs_stamp_error_to_word ((GsStampError) error->code);
}

/* Days of the tests, counted from the fake hall's now. Transfer full. */
static char *
day_after (Fixture *fixture, int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (TEST_NOW / 1000);
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  return g_date_time_format (then, "%Y-%m-%d");
}

/* Before anything is activated the key file's pack prints; afterwards each day has its own. */
static void
test_by_date (Fixture *fixture, gconstpointer data)
{
  g_autofree char *yesterday = day_after (fixture, -1);
  g_autofree char *today = day_after (fixture, 0);
  g_autofree char *tomorrow = day_after (fixture, 1);
  g_autofree char *later = day_after (fixture, 5);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autoptr (GError) error = NULL;

  start (fixture);
  g_assert_cmpstr (name_on (fixture, today), ==, "First pack");
  second = bring_new (fixture, "Second pack");
  third = bring_new (fixture, "Third pack");
  g_assert_cmpstr (name_on (fixture, later), ==, "First pack");
  g_assert_true (activate (fixture, second, tomorrow, &error));
  test_until (g_str_equal (name_on (fixture, tomorrow), "Second pack"));
  g_assert_cmpstr (name_on (fixture, today), ==, "First pack");
  g_assert_true (activate (fixture, third, later, &error));
  test_until (g_str_equal (name_on (fixture, later), "Third pack"));
  /* The last word about a day holds. */
  g_assert_true (activate (fixture, third, tomorrow, &error));
  test_until (g_str_equal (name_on (fixture, tomorrow), "Third pack"));
  g_assert_true (activate (fixture, second, tomorrow, &error));
  test_until (g_str_equal (name_on (fixture, tomorrow), "Second pack"));
  /* It is all the same after a start. */
  start (fixture);
  g_assert_cmpstr (name_on (fixture, yesterday), ==, "First pack");
  g_assert_cmpstr (name_on (fixture, today), ==, "First pack");
  g_assert_cmpstr (name_on (fixture, tomorrow), ==, "Second pack");
  g_assert_cmpstr (name_on (fixture, later), ==, "Third pack");
}

static GsPackState
state_of (Fixture *fixture, const char *name)
{
  g_autoptr (GPtrArray) list = gs_pack_desk_list (fixture->packs);

  for (guint i = 0; i < list->len; i++)
    {
      const GsPackEntry *entry = g_ptr_array_index (list, i);

      if (g_strcmp0 (entry->name, name) == 0)
        return entry->state;
    }
  return 0;
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  g_autofree char *today = day_after (fixture, 0);
  g_autofree char *later = day_after (fixture, 5);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  start (fixture);
  g_assert_cmpint (state_of (fixture, "First pack"), ==, GS_PACK_STATE_ACTIVE);
  second = bring_new (fixture, "Second pack");
  third = bring_new (fixture, "Third pack");
  g_assert_cmpint (state_of (fixture, "Second pack"), ==, GS_PACK_STATE_WAITING);
  g_assert_true (activate (fixture, second, today, NULL));
  test_until (state_of (fixture, "Second pack") == GS_PACK_STATE_ACTIVE);
  g_assert_cmpint (state_of (fixture, "First pack"), ==, GS_PACK_STATE_REPLACED);
  g_assert_true (activate (fixture, third, later, NULL));
  test_until (state_of (fixture, "Third pack") == GS_PACK_STATE_PLANNED);
  g_assert_true (activate (fixture, third, today, NULL));
  test_until (state_of (fixture, "Third pack") == GS_PACK_STATE_ACTIVE);
  g_assert_cmpint (state_of (fixture, "Second pack"), ==, GS_PACK_STATE_REPLACED);
}

static void
assert_not_activated (Fixture *fixture, const char *digest, const char *day, GsPackDeskError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (activate (fixture, digest, day, &error));
  g_assert_error (error, GS_PACK_DESK_ERROR, (gint) code);
}

static void
test_activation_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *yesterday = day_after (fixture, -1);
  g_autofree char *today = day_after (fixture, 0);
  g_autofree char *second = NULL;

  start (fixture);
  second = bring_new (fixture, "Second pack");
  assert_not_activated (fixture, second, yesterday, GS_PACK_DESK_ERROR_DAY);
  assert_not_activated (fixture, second, "soon", GS_PACK_DESK_ERROR_DAY);
  assert_not_activated (fixture, "none", today, GS_PACK_DESK_ERROR_NONE);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  assert_not_activated (fixture, second, today, GS_PACK_DESK_ERROR_ROLE);
  sign_in (fixture, GS_ROLE_AUDITOR);
  assert_not_activated (fixture, second, today, GS_PACK_DESK_ERROR_ROLE);
  g_assert_false (gs_pack_desk_may_bring (fixture->packs));
  g_assert_cmpuint (n_listed (fixture), ==, 2);
  sign_in (fixture, GS_ROLE_OFFICER);
  assert_not_activated (fixture, second, today, GS_PACK_DESK_ERROR_ROLE);
  g_assert_cmpuint (n_listed (fixture), ==, 0);
  sign_in (fixture, GS_ROLE_SUPERVISOR);
  g_assert_true (activate (fixture, second, today, NULL));
  assert_not_activated (fixture, second, today, GS_PACK_DESK_ERROR_THERE);
}

static void
test_bringing_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->desk.folder, "bad.tar", NULL);
  g_autoptr (GsTestPackAuthority) other = gs_test_pack_authority_new ("Other", FALSE);
  g_autoptr (GsPackFiles) files = gs_test_pack_files ();
  g_autoptr (GsPackCandidate) candidate = NULL;
  g_autoptr (GBytes) tar = NULL;
  g_autoptr (GError) error = NULL;

  start (fixture);
  gs_test_pack_sign (files, other, GS_TEST_SIGNER_GOOD, NULL);
  tar = gs_pack_files_write_tar (files, NULL);
  write_bytes (path, tar);
  g_assert_null (read_pack (fixture, path, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_AUTHORITY);
  g_clear_error (&error);
  sign_in (fixture, GS_ROLE_AUDITOR);
  g_assert_null (read_pack (fixture, fixture->file, &error));
  g_assert_error (error, GS_PACK_DESK_ERROR, GS_PACK_DESK_ERROR_ROLE);
  g_clear_error (&error);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  candidate = read_pack (fixture, fixture->file, &error);
  g_assert_true (bring (fixture, candidate, &error));
  g_assert_false (bring (fixture, candidate, &error));
  g_assert_error (error, GS_PACK_DESK_ERROR, GS_PACK_DESK_ERROR_THERE);
}

/* What cannot be verified any more prints nothing, and nothing takes its place. */
static void
test_refused_at_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *today = day_after (fixture, 0);
  g_autofree char *second = NULL;
  g_autoptr (GsTestPackAuthority) other = gs_test_pack_authority_new ("Other", FALSE);
  g_autoptr (GBytes) pem = gs_test_pack_authority_dup_pem (other);
  g_autoptr (GPtrArray) list = NULL;
  const GsPackEntry *entry;

  start (fixture);
  second = bring_new (fixture, "Second pack");
  g_assert_true (activate (fixture, second, today, NULL));
  test_until (g_str_equal (name_on (fixture, today), "Second pack"));
  write_bytes (fixture->authorities, pem);
  start (fixture);
  g_assert_cmpstr (name_on (fixture, today), ==, "unknown-authority");
  list = gs_pack_desk_list (fixture->packs);
  entry = g_ptr_array_index (list, 0);
  g_assert_cmpstr (entry->name, ==, "Second pack");
  g_assert_cmpint (entry->state, ==, GS_PACK_STATE_ACTIVE);
  g_assert_error (entry->trouble, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_AUTHORITY);
}

static void
test_key_file_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *today = day_after (fixture, 0);
  g_autofree char *unsigned_pack =
    g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "data", "specimen-pack", NULL);

  g_free (fixture->desk.config.specimen_pack);
  fixture->desk.config.specimen_pack = g_steal_pointer (&unsigned_pack);
  start (fixture);
  g_assert_cmpstr (name_on (fixture, today), ==, "unsigned");
}

static gpointer
list_record (GsDatabase *db, gpointer data, GError **error)
{
  return gs_record_table_list (db, 0, 1000, error);
}

/* Who brought and who activated what stands in the record. */
static void
test_record (Fixture *fixture, gconstpointer data)
{
  g_autofree char *today = day_after (fixture, 0);
  g_autofree char *from = g_strdup_printf ("from=%s", today);
  g_autofree char *second = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint seen = 0;

  start (fixture);
  second = bring_new (fixture, "Second pack");
  g_assert_true (activate (fixture, second, today, NULL));
  rows = gs_store_query (fixture->desk.store, list_record, NULL, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      if (!g_str_has_prefix (row->kind, "pack."))
        continue;
      g_assert_cmpstr (row->kind, ==, seen == 0 ? "pack.bring" : "pack.activate");
      g_assert_cmpstr (row->officer, ==, "mori");
      g_assert_cmpstr (row->subject, ==, second);
      if (seen == 1)
        g_assert_cmpstr (row->detail, ==, from);
      seen++;
    }
  g_assert_cmpuint (seen, ==, 2);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/station/pack-desk/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A refused pack is warned of. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("by-date", test_by_date);
  ADD ("states", test_states);
  ADD ("activation-refused", test_activation_refused);
  ADD ("bringing-refused", test_bringing_refused);
  ADD ("refused-at-start", test_refused_at_start);
  ADD ("key-file-refused", test_key_file_refused);
  ADD ("record", test_record);
  return g_test_run ();
}
