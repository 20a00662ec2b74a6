/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateside-feed.h"

#include "gs-feed-client.h"
#include "gs-json-read.h"
#include "gs-time.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>

/* Events whose content is remembered, to tell a duplicate from another content under the same id.
 */
#define REMEMBERED 65536

typedef struct
{
  gint64 id;
  guint8 digest[32];
} Memory;

typedef struct
{
  GMainLoop *loop;
  GsHallAccess *access;
  GsFeedClient *client;
  gint64 after; /* -1: from the oldest */
  int exit_status;
  GMutex lock;    /* of standard output: lines come from two threads */
  Memory *memory; /* feed thread */
} Follow;

/* Prints one line and sees to it that it is out. Takes json over. */
static void
print_line (Follow *follow, json_t *json)
{
  char *text = json_dumps (json, JSON_COMPACT);

  g_mutex_lock (&follow->lock);
  if (text == NULL || puts (text) < 0 || fflush (stdout) != 0)
    {
      fprintf (stderr, "gateside-feed: standard output: %s\n", g_strerror (errno));
      follow->exit_status = FEED_EXIT_INPUT_OUTPUT;
      g_main_loop_quit (follow->loop);
    }
  g_mutex_unlock (&follow->lock);
  free (text);
  json_decref (json);
}

/* ---- items, on the feed thread ---- */

static void
print_quarantine (Follow *follow, gint64 id, GBytes *raw, const char *reason, const char *error)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (raw, &len);
  g_autofree char *base64 = g_base64_encode (bytes, len);
  g_autofree char *text = g_strdup_printf ("%s: %s", reason, error);
  json_t *json = json_object ();

  gs_json_set_text (json, "kind", "quarantine");
  json_object_set_new (json, "id", id >= 0 ? json_integer (id) : json_null ());
  gs_json_set_text (json, "error", text);
  gs_json_set_text (json, "raw", base64);
  print_line (follow, json);
}

static void
digest_bytes (GBytes *raw, guint8 *digest)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32, len;
  const guint8 *bytes = g_bytes_get_data (raw, &len);

  g_checksum_update (sum, bytes, (gssize) len);
  g_checksum_get_digest (sum, digest, &size);
}

typedef enum
{
  SEEN_NEW,
  SEEN_SAME,
  SEEN_OTHER
} Seen;

/* Whether this id came before, and with the same bytes. What is too old to be remembered counts as
 * the same. */
static Seen
remember (Follow *follow, const GsFeedItem *item)
{
  Memory *memory;
  guint8 digest[32];

  if (item->id < 0)
    return SEEN_NEW;
  memory = &follow->memory[item->id % REMEMBERED];
  digest_bytes (item->raw, digest);
  if (item->repeated)
    return memory->id == item->id && memcmp (memory->digest, digest, sizeof digest) != 0
             ? SEEN_OTHER
             : SEEN_SAME;
  memory->id = item->id;
  memcpy (memory->digest, digest, sizeof digest);
  return SEEN_NEW;
}

/* The bytes stand in the line as they came, so that they can be compared. */
static void
print_event (Follow *follow, const GsFeedItem *item)
{
  gsize len;
  const char *bytes = g_bytes_get_data (item->raw, &len);

  g_mutex_lock (&follow->lock);
  printf ("{\"kind\":\"event\",\"id\":%" G_GINT64_FORMAT ",\"event\":", item->id);
  /* JSON text may hold line ends between its tokens; inside strings they are escaped. */
  for (gsize i = 0; i < len; i++)
    putchar (bytes[i] == '\n' || bytes[i] == '\r' ? ' ' : bytes[i]);
  if (puts ("}") < 0 || fflush (stdout) != 0)
    {
      follow->exit_status = FEED_EXIT_INPUT_OUTPUT;
      g_main_loop_quit (follow->loop);
    }
  g_mutex_unlock (&follow->lock);
}

static void
print_message (Follow *follow, const GsFeedItem *item)
{
  Seen seen = remember (follow, item);

  if (seen == SEEN_SAME)
    return;
  if (seen == SEEN_OTHER)
    print_quarantine (follow, item->id, item->raw, "other-content",
                      "this id came before with other content");
  else if (item->kind == GS_FEED_ITEM_EVENT)
    print_event (follow, item);
  else
    print_quarantine (follow, item->id, item->raw, item->reason, item->error);
}

static void
print_gap (Follow *follow, const GsFeedItem *item)
{
  json_t *json = json_object ();

  gs_json_set_text (json, "kind", "gap");
  json_object_set_new (json, "id", json_integer (item->id));
  json_object_set_new (json, "last_id", json_integer (item->last_id));
  print_line (follow, json);
}

static void
print_reset (Follow *follow, const GsFeedItem *item)
{
  json_t *json;

  if (item->reset == GS_FEED_RESET_FIRST)
    return;
  json = json_object ();
  gs_json_set_text (json, "kind", "reset");
  gs_json_set_text (json, "reason", gs_feed_reset_to_word (item->reset));
  gs_json_set_text (json, "epoch", item->epoch);
  json_object_set_new (json, "after", json_integer (item->id));
  print_line (follow, json);
  /* Another count: the same numbers mean other events. */
  if (item->reset != GS_FEED_RESET_GONE)
    memset (follow->memory, 0, REMEMBERED * sizeof *follow->memory);
}

static gboolean
on_items (GPtrArray *items, gint64 cursor, gpointer user_data)
{
  Follow *follow = user_data;

  for (guint i = 0; i < items->len; i++)
    {
      const GsFeedItem *item = items->pdata[i];

      if (item->kind == GS_FEED_ITEM_EVENT || item->kind == GS_FEED_ITEM_QUARANTINE)
        print_message (follow, item);
      else if (item->kind == GS_FEED_ITEM_GAP)
        print_gap (follow, item);
      else
        print_reset (follow, item);
    }
  return TRUE;
}

/* ---- states, on the main thread ---- */

static void
on_state (GsFeedClient *client, const GsFeedStatus *status, gpointer user_data)
{
  Follow *follow = user_data;
  json_t *json = json_object ();

  gs_json_set_text (json, "kind", "state");
  gs_json_set_text (json, "state", gs_feed_state_to_word (status->state));
  gs_json_set_time (json, "since", status->since_utc_ms);
  json_object_set_new (json, "behind", json_integer (status->behind));
  gs_json_set_text (json, "reason", status->reason);
  print_line (follow, json);
  if (status->state == GS_FEED_STATE_DISCONNECTED && status->error_code == GS_HALL_ERROR_REFUSED)
    {
      fprintf (stderr, "gateside-feed: refused by the hall: %s\n", status->reason);
      follow->exit_status = FEED_EXIT_FAILED;
      g_main_loop_quit (follow->loop);
    }
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (((Follow *) user_data)->loop);
  return G_SOURCE_CONTINUE;
}

int
feed_follow (GsHallAccess *access, gint64 after)
{
  Follow follow = { .access = access, .after = after, .exit_status = FEED_EXIT_OK };

  follow.loop = g_main_loop_new (NULL, FALSE);
  follow.memory = g_new0 (Memory, REMEMBERED);
  g_mutex_init (&follow.lock);
  g_unix_signal_add (SIGINT, on_signal, &follow);
  g_unix_signal_add (SIGTERM, on_signal, &follow);
  follow.client = gs_feed_client_new (access, on_items, on_state, NULL, &follow);
  gs_feed_client_start (follow.client, MAX (after, 0), NULL);
  g_main_loop_run (follow.loop);
  gs_feed_client_stop (follow.client);
  g_clear_object (&follow.client);
  g_main_loop_unref (follow.loop);
  g_mutex_clear (&follow.lock);
  g_free (follow.memory);
  return follow.exit_status;
}
