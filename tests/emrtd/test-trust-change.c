/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of a trust store: one writer at a time, and a writer that is killed between any two of
 * its steps. Certificates of make-documents.py. usage: test-trust-change FOLDER */

#include "gs-emrtd-error.h"
#include "gs-trust-change.h"
#include "gs-trust-log.h"
#include "gs-trust-material.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOW_UTC_MS (G_GINT64_CONSTANT (1793491200) * 1000)

static const char *folder;

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("gs-trust-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "store", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "store", "store.log", "store.lock" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);

      g_remove (path);
    }
  /* Nothing else is left behind. */
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static void
add_certificate (GsTrustChange *change, const char *name)
{
  g_autofree char *path = g_build_filename (folder, "lists", name, NULL);
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  GsTrustItem *item;

  g_assert_true (gs_trust_material_read_path (material, path, NULL));
  item = gs_trust_material_get_items (material)->pdata[0];
  gs_trust_store_add (gs_trust_change_get_store (change), item->certificate, name,
                      GS_TRUST_BY_CONFIRMATION, NOW_UTC_MS);
}

static GsTrustChange *
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GsTrustChange *change = gs_trust_change_begin (fixture->path, 0, &error);

  g_assert_no_error (error);
  return change;
}

/* How far a writer comes. */
typedef enum
{
  STEP_BEGUN,
  STEP_PREPARED,
  STEP_LOGGED,
  STEP_PLACED,
  STEP_UNDO_LOGGED,
  STEP_UNDONE,
  N_STEPS
} Step;

static void
log_change (GsTrustChange *change)
{
  g_autoptr (GError) error = NULL;

  gs_trust_change_log (change, "trust.import", NOW_UTC_MS, "ito", "subject", "taken=1", &error);
  g_assert_no_error (error);
}

/* What gs_trust_change_undo() does first. */
static void
log_undo (Fixture *fixture, GsTrustChange *change)
{
  const GsTrustLogEntry entry = { (char *) "0c0ffee0-0000-4000-8000-000000000001",
                                  (char *) "trust.undo",
                                  NULL,
                                  NULL,
                                  (char *) "undone=1",
                                  (char *) gs_trust_change_get_after (change),
                                  (char *) gs_trust_change_get_before (change),
                                  NOW_UTC_MS };

  g_assert_true (gs_trust_log_append (fixture->path, &entry, NULL));
}

static void
walk (Fixture *fixture, GsTrustChange *change, Step step, const char *name)
{
  add_certificate (change, name);
  if (step >= STEP_PREPARED)
    g_assert_true (gs_trust_change_prepare (change, NULL));
  if (step >= STEP_LOGGED)
    log_change (change);
  if (step >= STEP_PLACED)
    g_assert_true (gs_trust_change_put_in_place (change, NULL));
  if (step == STEP_UNDO_LOGGED)
    log_undo (fixture, change);
  if (step == STEP_UNDONE)
    g_assert_true (gs_trust_change_undo (change, NOW_UTC_MS, NULL));
}

static void
change_whole (Fixture *fixture, const char *name)
{
  g_autoptr (GsTrustChange) change = begin (fixture);

  walk (fixture, change, STEP_PLACED, name);
}

/* A writer in a process of its own that is killed right after that step. */
static void
change_killed (Fixture *fixture, Step step, const char *name)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      walk (fixture, begin (fixture), step, name);
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

static guint
n_entries (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustStore) store = gs_trust_store_open (fixture->path, &error);

  g_assert_no_error (error);
  return gs_trust_store_get_n_entries (store);
}

/* What stands there is what the log's last line says. */
static guint
survey (Fixture *fixture)
{
  g_autofree char *digest = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;

  gs_trust_change_survey (fixture->path, 0, &digest, &log, &error);
  g_assert_no_error (error);
  if (log->len > 0)
    g_assert_cmpstr (((GsTrustLogEntry *) log->pdata[log->len - 1])->after, ==, digest);
  else
    g_assert_cmpstr (digest, ==, GS_TRUST_LOG_NONE);
  return log->len;
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) log = NULL;
  const GsTrustLogEntry *first, *second;

  g_assert_cmpuint (survey (fixture), ==, 0);
  change_whole (fixture, "csca.der");
  change_whole (fixture, "signer.der");
  g_assert_cmpuint (survey (fixture), ==, 2);
  g_assert_cmpuint (n_entries (fixture), ==, 2);
  log = gs_trust_log_read (fixture->path, NULL);
  first = log->pdata[0];
  second = log->pdata[1];
  g_assert_cmpstr (first->before, ==, GS_TRUST_LOG_NONE);
  g_assert_cmpstr (second->before, ==, first->after);
  g_assert_cmpstr (second->change, !=, first->change);
  g_assert_cmpstr (first->officer, ==, "ito");
  g_assert_cmpstr (first->subject, ==, "subject");
  g_assert_cmpstr (first->detail, ==, "taken=1");
  g_assert_cmpint (first->at_utc_ms, ==, NOW_UTC_MS);
}

/* After a cut there is either the store as it was or the whole change, with its line in the log. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint n_lines, n_entries;
  } expected[N_STEPS] = { { 1, 1 }, { 1, 1 }, { 2, 2 }, { 2, 2 }, { 3, 1 }, { 3, 1 } };
  Step step = GPOINTER_TO_UINT (data);

  change_whole (fixture, "csca.der");
  change_killed (fixture, step, "signer.der");
  g_assert_cmpuint (survey (fixture), ==, expected[step].n_lines);
  g_assert_cmpuint (n_entries (fixture), ==, expected[step].n_entries);
  /* And the next change goes on from there. */
  change_whole (fixture, "new.der");
  g_assert_cmpuint (n_entries (fixture), ==, expected[step].n_entries + 1);
  g_assert_cmpuint (survey (fixture), ==, expected[step].n_lines + 1);
}

/* The same where there was no store before. */
static void
test_killed_at_first (Fixture *fixture, gconstpointer data)
{
  static const guint expected[N_STEPS] = { 0, 0, 1, 1, 0, 0 };
  Step step = GPOINTER_TO_UINT (data);

  change_killed (fixture, step, "csca.der");
  survey (fixture);
  g_assert_cmpuint (n_entries (fixture), ==, expected[step]);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustChange) one = begin (fixture);
  g_autoptr (GsTrustChange) other = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_trust_change_begin (fixture->path, 50, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (gs_trust_change_survey (fixture->path, 0, &digest, &log, &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_BUSY);
  /* Whoever looks is not kept waiting. */
  g_assert_cmpuint (n_entries (fixture), ==, 0);
  g_clear_pointer (&one, gs_trust_change_free);
  other = begin (fixture);
  g_assert_nonnull (other);
}

static gpointer
write_often (gpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GsTrustChange) change = gs_trust_change_begin (data, 60000, &error);
      g_autofree char *fingerprint = g_strdup_printf ("%p-%u", (gpointer) g_thread_self (), i);

      g_assert_no_error (error);
      gs_trust_store_confirm (gs_trust_change_get_store (change), fingerprint);
      g_assert_true (gs_trust_change_prepare (change, NULL));
      log_change (change);
      g_assert_true (gs_trust_change_put_in_place (change, NULL));
    }
  return NULL;
}

/* Two that write at once lose nothing: each builds on what the other left. */
static void
test_two_writers (Fixture *fixture, gconstpointer data)
{
  GThread *other = g_thread_new ("other", write_often, fixture->path);
  g_autoptr (GPtrArray) log = NULL;

  write_often (fixture->path);
  g_thread_join (other);
  g_assert_cmpuint (survey (fixture), ==, 40);
  log = gs_trust_log_read (fixture->path, NULL);
  for (guint i = 1; i < log->len; i++)
    g_assert_cmpstr (((GsTrustLogEntry *) log->pdata[i])->before, ==,
                     ((GsTrustLogEntry *) log->pdata[i - 1])->after);
}

/* What no program of ours writes is no entry; a line cut in half spoils neither neighbour. */
static void
test_strange_lines (Fixture *fixture, gconstpointer data)
{
  static const char *const strange[] = {
    "",
    "{}",
    "[]",
    "null",
    "{\"change\":1}",
    "not JSON",
    "{\"change\":\"0c0ffee0-0000-4000-8000-000000000001\",\"at\":1,\"kind\":\"trust.found\","
    "\"before\":\"none\",\"after\":\"none\"}",
    "{\"change\":\"0c0ffee0-0000-4000-8000-000000000001\",\"at\":1,\"kind\":\"trust.import\","
    "\"detail\":\"two\\nlines\",\"before\":\"none\",\"after\":\"none\"}",
    "{\"change\":\"0c0ffee0-0000-4000-8000-000000000001\",\"at\":1,\"kind\":\"trust.import\","
    "\"before\":\"none\",\"after\":\"ABC\"}",
    "{\"change\":\"0c0ffee0-0000-4000-80",
  };
  g_autofree char *path = gs_trust_log_get_path (fixture->path);
  g_autofree char *joined =
    g_strjoinv ("\n", (char **) (const char *[]){ strange[0], strange[1], strange[2], strange[3],
                                                  strange[4], strange[5], strange[6], strange[7],
                                                  strange[8], strange[9], NULL });

  g_assert_true (g_file_set_contents (path, joined, -1, NULL));
  change_whole (fixture, "csca.der");
  change_whole (fixture, "signer.der");
  g_assert_cmpuint (survey (fixture), ==, 2);
}

/* Nothing that is written costs a line that stands there already. */
static void
test_log_cannot_grow (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = gs_trust_log_get_path (fixture->path);
  g_autoptr (GsTrustChange) change = NULL;
  g_autoptr (GError) error = NULL;

  change_whole (fixture, "csca.der");
  if (geteuid () == 0)
    {
      g_test_skip ("root writes everywhere");
      return;
    }
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  change = begin (fixture);
  add_certificate (change, "signer.der");
  g_assert_true (gs_trust_change_prepare (change, NULL));
  g_assert_false (
    gs_trust_change_log (change, "trust.import", NOW_UTC_MS, NULL, NULL, "taken=1", &error));
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_STORAGE);
  g_clear_pointer (&change, gs_trust_change_free);
  g_assert_cmpuint (survey (fixture), ==, 1);
  g_assert_cmpuint (n_entries (fixture), ==, 1);
}

#define ADD(path, data, function)                                                                  \
  g_test_add ("/emrtd/trust-change/" path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  static const char *const steps[N_STEPS] = { "begun",  "prepared",    "logged",
                                              "placed", "undo-logged", "undone" };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  ADD ("whole", NULL, test_whole);
  for (guint step = 0; step < N_STEPS; step++)
    {
      g_autofree char *killed = g_strconcat ("/emrtd/trust-change/killed-", steps[step], NULL);
      g_autofree char *first =
        g_strconcat ("/emrtd/trust-change/killed-at-first-", steps[step], NULL);

      g_test_add (killed, Fixture, GUINT_TO_POINTER (step), set_up, test_killed, tear_down);
      g_test_add (first, Fixture, GUINT_TO_POINTER (step), set_up, test_killed_at_first, tear_down);
    }
  ADD ("busy", NULL, test_busy);
  ADD ("two-writers", NULL, test_two_writers);
  ADD ("strange-lines", NULL, test_strange_lines);
  ADD ("log-cannot-grow", NULL, test_log_cannot_grow);
  return g_test_run ();
}
