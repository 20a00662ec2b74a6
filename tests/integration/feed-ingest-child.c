/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desk's way from the hall to the disk, feed client, intake and store, without a window:
 *
 *   feed-ingest-child follow DATABASE URL PKI-DIRECTORY   follows the hall until it is killed
 *   feed-ingest-child dump DATABASE                       prints what is stored: a line "cursor N",
 *                                                         "gaps N", "quarantine N", then id TAB
 * bytes
 *
 * follow prints "connected", and each newly committed id range's last id. */

#include <stdio.h>

#include "gs-event-table.h"
#include "gs-feed-client.h"
#include "gs-feed-table.h"
#include "gs-intake.h"

static void
on_committed (GsIntake *intake, GPtrArray *items, gpointer data)
{
  const GsFeedItem *last = g_ptr_array_index (items, items->len - 1);

  g_print ("%" G_GINT64_FORMAT "\n", last->id);
}

static void
on_state (GsFeedClient *client, const GsFeedStatus *status, gpointer data)
{
  if (status->state == GS_FEED_STATE_DISCONNECTED)
    g_printerr ("disconnected: %s\n", status->reason);
  else if (status->state == GS_FEED_STATE_LIVE)
    g_print ("live\n");
}

static gpointer
get_feed (GsDatabase *db, gpointer data, GError **error)
{
  return gs_feed_table_get (db, error);
}

static GsHallAccess *
make_access (const char *url, const char *pki, GError **error)
{
  g_autofree char *ca = g_build_filename (pki, "ca.pem", NULL);
  g_autofree char *certificate = g_build_filename (pki, "desk-1.pem", NULL);
  g_autofree char *key = g_build_filename (pki, "desk-1.key", NULL);
  g_autoptr (GsHallAccess) access = gs_hall_access_new (url, error);

  if (access == NULL || !gs_hall_access_add_ca_file (access, ca, error)
      || !gs_hall_access_set_certificate_files (access, certificate, key, error))
    return NULL;
  return g_steal_pointer (&access);
}

static int
follow (GsStore *store, const char *url, const char *pki)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GsFeedPosition) position = gs_store_query (store, get_feed, NULL, &error);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GsHallAccess) access = make_access (url, pki, &error);
  g_autoptr (GsIntake) intake = NULL;
  g_autoptr (GsFeedClient) client = NULL;

  if (position == NULL || access == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  intake = gs_intake_new (store, on_committed, NULL);
  gs_intake_prepare (intake, position->epoch, none);
  client = gs_feed_client_new (access, gs_intake_sink, on_state, NULL, intake);
  gs_feed_client_start (client, position->cursor, position->epoch);
  g_main_loop_run (loop);
  return 0;
}

static gpointer
print_all (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GsFeedPosition) position = gs_feed_table_get (db, error);
  g_autoptr (GPtrArray) gaps = gs_feed_table_list_gaps (db, error);
  gint64 quarantined, after = 0;

  if (position == NULL || gaps == NULL || !gs_quarantine_table_count (db, &quarantined, error))
    return NULL;
  printf ("cursor %" G_GINT64_FORMAT "\ngaps %u\nquarantine %" G_GINT64_FORMAT "\n",
          position->cursor, gaps->len, quarantined);
  for (;;)
    {
      g_autoptr (GPtrArray) rows = gs_event_table_list (db, after, 1000, error);

      if (rows == NULL || rows->len == 0)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        {
          const GsEventRow *row = g_ptr_array_index (rows, i);

          printf ("%" G_GINT64_FORMAT "\t", row->id);
          fwrite (g_bytes_get_data (row->raw, NULL), 1, g_bytes_get_size (row->raw), stdout);
          putchar ('\n');
          after = row->position;
        }
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = NULL;

  if ((argc != 5 || !g_str_equal (argv[1], "follow"))
      && (argc != 3 || !g_str_equal (argv[1], "dump")))
    return 64;
  setvbuf (stdout, NULL, argc == 5 ? _IOLBF : _IOFBF, 0);
  store = gs_store_open (argv[2], &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (argc == 5)
    return follow (store, argv[3], argv[4]);
  gs_store_query (store, print_all, NULL, &error);
  gs_store_close (store);
  return error == NULL ? 0 : 1;
}
