/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kills a desk that changes its trust store, at random moments, again and again: then the file, its
 * log and the record say the same. usage: test-trust-kill CHILD DOCUMENTS */

#include "gs-record-table.h"
#include "gs-test-store.h"
#include "gs-trust-change.h"
#include "gs-trust-desk.h"
#include "gs-trust-log.h"
#include "gs-trust-material.h"

#include <signal.h>
#include <string.h>

#define N_KILLS 40

static const char *child_program;
static const char *documents;

typedef struct
{
  char *folder;
  char *database;
  char *path;
  char *certificate;
  char *fingerprint;
  GRand *rand;
} Run;

static void
run_and_kill (Run *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, child_program, run->database,
                      run->path, run->certificate, run->fingerprint, NULL);
  g_autoptr (GDataInputStream) output = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  /* After a change that was told, so that the moments fall upon changes. */
  for (gint32 n = g_rand_int_range (run->rand, 0, 4); n > 0; n--)
    g_free (g_data_input_stream_read_line (output, NULL, NULL, NULL));
  g_usleep ((gulong) g_rand_int_range (run->rand, 0, 30000));
  g_subprocess_send_signal (child, SIGKILL);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
}

static gpointer
list_trust (GsDatabase *db, gpointer data, GError **error)
{
  gint64 first_bad;

  return gs_record_table_verify (db, &first_bad, error) ? gs_record_table_list_trust (db, error)
                                                        : NULL;
}

static guint
count_changes (GPtrArray *rows, const char *change)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += strstr (((GsRecordRow *) rows->pdata[i])->detail, change) != NULL;
  return n;
}

/* The station starts again: each line of the log is in the record once, and the store is the one
 * that was last recorded. */
static guint
check (Run *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = gs_store_open (run->database, &error);
  g_autoptr (GsClock) clock = gs_clock_new ();
  g_autoptr (GsTrustDesk) desk = gs_trust_desk_new (run->path, store, clock);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autofree char *digest = NULL;

  g_assert_no_error (error);
  gs_trust_desk_start (desk);
  while (gs_trust_desk_get_standing (desk) == GS_TRUST_STANDING_UNKNOWN)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gs_trust_desk_get_standing (desk), ==, GS_TRUST_STANDING_RECORDED);
  gs_trust_desk_stop (desk);
  g_assert_true (gs_trust_change_survey (run->path, 0, &digest, &log, &error));
  rows = gs_store_query (store, list_trust, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, log->len);
  for (guint i = 0; i < log->len; i++)
    g_assert_cmpuint (count_changes (rows, ((GsTrustLogEntry *) log->pdata[i])->change), ==, 1);
  gs_store_close (store);
  return rows->len;
}

static void
test_kill (void)
{
  Run run = { .rand = g_rand_new_with_seed ((guint32) g_test_rand_int ()) };
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  GsTrustItem *item;
  guint n = 0;

  run.folder = test_directory_new ();
  run.database = g_build_filename (run.folder, "desk.db", NULL);
  run.path = g_build_filename (run.folder, "trust-store", NULL);
  run.certificate = g_build_filename (documents, "lists", "csca.der", NULL);
  g_assert_true (gs_trust_material_read_path (material, run.certificate, NULL));
  item = gs_trust_material_get_items (material)->pdata[0];
  run.fingerprint = g_strdup (gs_certificate_get_fingerprint (item->certificate));
  for (guint kill = 0; kill < N_KILLS; kill++)
    {
      run_and_kill (&run);
      n = check (&run);
    }
  g_test_message ("%d kills, %u changes", N_KILLS, n);
  g_assert_cmpuint (n, >, N_KILLS / 2);
  g_rand_free (run.rand);
  g_free (run.database);
  g_free (run.path);
  g_free (run.certificate);
  g_free (run.fingerprint);
  test_directory_remove (run.folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  child_program = argv[1];
  documents = argv[2];
  g_test_add_func ("/integration/trust-kill", test_kill);
  return g_test_run ();
}
