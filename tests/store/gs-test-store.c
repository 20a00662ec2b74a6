/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

char *
test_directory_new (void)
{
  const char *base = g_getenv ("G_TEST_BUILDDIR");
  char *path = g_build_filename (base != NULL ? base : g_get_tmp_dir (), "store-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (path));
  return path;
}

void
test_directory_remove (char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
  g_free (directory);
}

static gboolean
is_referral (gint64 id)
{
  return id % 5 == 0;
}

char *
test_event_dup_name (gint64 id)
{
  return is_referral (id) ? g_strdup_printf ("MUSTERTRAVELLER%" G_GINT64_FORMAT "Z", id) : NULL;
}

GsIngestItem *
test_event_new (gint64 id)
{
  GsIngestItem *item = gs_ingest_item_new (GS_INGEST_EVENT, id);
  g_autofree char *name = test_event_dup_name (id);
  g_autofree char *identity = NULL;
  GString *raw = g_string_new (NULL);

  item->crossing = g_strdup_printf ("00000000-0000-4000-8000-%012" G_GINT64_FORMAT, id / 8);
  item->type = g_strdup (name != NULL ? "crossing.referred" : "crossing.face");
  item->gate = g_strdup_printf ("gate-%d", (int) (id % 12));
  item->time_utc_ms = G_GINT64_CONSTANT (1795000000000) + id * 10;
  g_string_append_printf (raw,
                          "{\"specversion\":\"1.0\",\"id\":\"%" G_GINT64_FORMAT
                          "\",\"source\":\"https://hall.uto.example/\",\"type\":\"org.gateside.%s"
                          ".v1\",\"subject\":\"%s\",\"data\":{\"gate\":\"%s\"",
                          id, item->type, item->crossing, item->gate);
  if (name != NULL)
    {
      g_string_append (raw, ",\"traveller\":");
      item->identity_start = raw->len;
      identity = g_strdup_printf ("{\"issuing_state\":\"UTO\",\"document_number\":\"D%08d\","
                                  "\"primary_identifier\":\"%s\"}",
                                  (int) (id % 100000000), name);
      g_string_append (raw, identity);
      item->identity_length = strlen (identity);
      item->traveller = gs_traveller_new ();
      gs_traveller_set (&item->traveller->issuing_state, "UTO");
      gs_traveller_set (&item->traveller->primary_identifier, name);
      item->traveller->document_number = g_strdup_printf ("D%08d", (int) (id % 100000000));
    }
  g_string_append_printf (raw, ",\"score\":0.%03d}}", (int) (id % 1000));
  item->raw = g_string_free_to_bytes (raw);
  return item;
}

typedef struct
{
  GAsyncResult *result;
  gboolean done;
} Wait;

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  wait->done = TRUE;
}

void
test_wait_until (gboolean *done)
{
  gint64 deadline_monotonic_us = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (!*done && g_get_monotonic_time () < deadline_monotonic_us)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  g_assert_true (*done);
}

gint64
test_begin_epoch (GsStore *store, const char *epoch, gint64 after)
{
  g_autoptr (GError) error = NULL;
  Wait wait = { 0 };
  gint64 cursor;

  gs_store_begin_epoch_async (store, epoch, after, FALSE, 1, NULL, on_done, &wait);
  test_wait_until (&wait.done);
  cursor = gs_store_begin_epoch_finish (store, wait.result, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return cursor;
}

GsIngestResult *
test_ingest (GsStore *store, const char *epoch, GPtrArray *items, GPtrArray *crossings)
{
  g_autoptr (GError) error = NULL;
  Wait wait = { 0 };
  GsIngestResult *result;

  gs_store_ingest_async (store, epoch, items, crossings, NULL, on_done, &wait);
  test_wait_until (&wait.done);
  result = gs_store_ingest_finish (store, wait.result, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return result;
}

static GMutex log_lock;
static GHashTable *logged; /* char * */

static int
on_statement (unsigned mask, void *context, void *statement, void *text)
{
  const char *sql = sqlite3_sql (statement);
  FILE *file;

  g_mutex_lock (&log_lock);
  if (sql != NULL && !g_hash_table_contains (logged, sql))
    {
      g_hash_table_add (logged, g_strdup (sql));
      file = fopen (g_getenv ("GATESIDE_TEST_SQL_LOG"), "a");
      g_assert_nonnull (file);
      fprintf (file, "%s\n-- end\n", sql);
      fclose (file);
    }
  g_mutex_unlock (&log_lock);
  return 0;
}

static int
watch (sqlite3 *db, char **message, const struct sqlite3_api_routines *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, on_statement, NULL);
}

void
test_log_sql (void)
{
  if (g_getenv ("GATESIDE_TEST_SQL_LOG") == NULL)
    return;
  logged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_assert_cmpint (sqlite3_auto_extension ((void (*) (void)) watch), ==, SQLITE_OK);
}
