/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The memory of the station's core while a million events pass through it, from the feed's bytes to
 * the objects that the window shows: reader, intake, store, book of cases, queue, feed list. Eight
 * events make a crossing, four events a second of the hall's time, 2 crossings in 100 are referred
 * and decided; what is over is forgotten as the station does it. Beside it the store alone, in
 * bench-ingest. */

#include <glib/gstdio.h>
#include <string.h>

#include "gs-bench.h"
#include "gs-cloud-event.h"
#include "gs-feed-log.h"
#include "gs-ingest.h"
#include "gs-intake.h"
#include "gs-referral-queue.h"
#include "gs-time.h"

#define N_EVENTS 1000000
#define BATCH 100
#define EPOCH "5c1f6a52-2f0b-4c1c-9d6e-0a6a5f3c7b11"
#define BEGIN_UTC_MS G_GINT64_CONSTANT (1795000000000)
#define STEP_MS 250
#define FORGET_MS (2 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  GsCaseBook *book;
  GsReferralQueue *queue;
  GsFeedLog *log;
  gint64 taken;
} Desk;

static void
on_batch (GsIntake *intake, GPtrArray *items, gpointer user_data)
{
  Desk *desk = user_data;

  for (guint i = 0; i < items->len; i++)
    {
      const GsFeedItem *item = g_ptr_array_index (items, i);

      desk->taken++;
      if (item->kind != GS_FEED_ITEM_EVENT)
        g_error ("an event could not be read: %s", item->error);
      gs_case_book_apply (desk->book, item->event);
      gs_feed_log_add_event (desk->log, item->event, item->event->gate, -1);
    }
  gs_feed_log_flush (desk->log);
}

static GBytes *
make_event (gint64 id)
{
  gint64 crossing = (id - 1) / 8;
  int stage = (int) ((id - 1) % 8);
  gboolean referred = crossing % 50 == 0;
  g_autofree char *at = gs_time_format_rfc3339 (BEGIN_UTC_MS + id * STEP_MS);
  g_autofree char *data = NULL;
  const char *type = "gate.status";
  g_autofree char *subject =
    g_strdup_printf ("00000000-0000-4000-8000-%012" G_GINT64_FORMAT, crossing);
  int gate = (int) (crossing % 12) + 1;
  char *text;

  switch (stage)
    {
    case 1:
      type = "crossing.started";
      data =
        g_strdup_printf ("\"gate\":\"gate-%d\",\"direction\":\"arrival\",\"party\":null", gate);
      break;
    case 2:
      type = "crossing.face";
      data = g_strdup ("\"attempt\":1,\"score\":0.93,\"threshold\":0.7,\"match\":\"successful\","
                       "\"attack\":\"successful\"");
      break;
    case 3:
      type = referred ? "crossing.referred" : "crossing.admitted";
      data = referred
               ? g_strdup_printf ("\"gate\":\"gate-%d\",\"reasons\":[\"B01\"],\"fault\":"
                                  "null,\"party\":null",
                                  gate)
               : g_strdup_printf ("\"at\":\"%s\",\"gate\":\"gate-%d\",\"by\":\"gate\"", at, gate);
      break;
    case 4:
      if (!referred)
        break;
      type = "crossing.admitted";
      data = g_strdup_printf ("\"at\":\"%s\",\"gate\":\"gate-%d\",\"by\":\"officer\"", at, gate);
      break;
    case 7:
      type = "crossing.customs";
      data = g_strdup_printf ("\"at\":\"%s\"", at);
      break;
    default:
      break;
    }
  if (data == NULL)
    {
      g_free (subject);
      subject = g_strdup_printf ("gate-%d", gate);
      data = g_strdup_printf ("\"state\":\"%s\",\"since\":\"%s\",\"reason\":null",
                              stage == 0 ? "occupied" : "free", at);
    }
  text = g_strdup_printf ("{\"specversion\":\"1.0\",\"id\":\"%" G_GINT64_FORMAT
                          "\",\"source\":\"https://hall.uto.example/\",\"type\":\"org.gateside.%s"
                          ".v1\",\"subject\":\"%s\",\"time\":\"%s\",\"datacontenttype\":"
                          "\"application/json\",\"data\":{%s}}",
                          id, type, subject, at, data);
  return g_bytes_new_take (text, strlen (text));
}

/* Resident memory in MB. */
static double
get_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL)
      || (line = strstr (status, "VmRSS:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

static void
pass (GsIntake *intake, Desk *desk, gint64 first)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_feed_item_unref);

  for (gint64 id = first; id < first + BATCH; id++)
    {
      g_autoptr (GBytes) raw = make_event (id);

      g_ptr_array_add (items, gs_cloud_event_parse (raw, id));
    }
  if (!gs_intake_sink (items, first + BATCH - 1, intake))
    g_error ("the store does not take the events");
  while (desk->taken < first + BATCH - 1)
    g_main_context_iteration (NULL, TRUE);
}

static void
run (const char *path)
{
  g_auto (GStrv) gates = g_strsplit ("gate-1 gate-2 gate-3 gate-4", " ", -1);
  g_autofree char *desk_id = g_strdup ("desk-3");
  GsConfig config = { .desk_id = desk_id, .gates = gates, .direction = GS_DIRECTION_ARRIVAL };
  g_autoptr (GsClock) clock = gs_clock_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = gs_store_open (path, &error);
  Desk desk = { .book = gs_case_book_new ("desk-3"), .log = gs_feed_log_new () };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GsIntake) intake = NULL;
  double early = 0;
  guint most = 0;

  if (store == NULL || gs_store_begin_epoch (store, EPOCH, 0, FALSE, 1, &error) < 0)
    g_error ("store: %s", error->message);
  desk.queue = gs_referral_queue_new (desk.book, clock, &config);
  intake = gs_intake_new (store, on_batch, &desk);
  gs_intake_prepare (intake, EPOCH, none);
  for (gint64 id = 1; id <= N_EVENTS; id += BATCH)
    {
      pass (intake, &desk, id);
      most = MAX (most, gs_case_book_get_size (desk.book));
      gs_case_book_forget (desk.book, BEGIN_UTC_MS + id * STEP_MS - FORGET_MS);
      if (id == 100 * 1000 + 1)
        early = get_memory ();
    }
  gs_bench_report ("resident memory of the station's core", "MB", "after 100,000 events", early,
                   "after 1,000,000 events", get_memory ());
  gs_bench_report ("cases in the book", "cases", "at most", most, "at the end",
                   gs_case_book_get_size (desk.book));
  gs_intake_close (intake);
  g_object_unref (desk.queue);
  g_object_unref (desk.log);
  g_object_unref (desk.book);
  gs_store_close (store);
}

int
main (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  const char *base = g_getenv ("G_TEST_BUILDDIR");

  gs_bench_init (&argc, &argv);
  directory = g_build_filename (base != NULL ? base : ".", "bench-memory-XXXXXX", NULL);
  if (g_mkdtemp (directory) == NULL)
    g_error ("no folder for the database");
  {
    g_autofree char *path = g_build_filename (directory, "desk.db", NULL);
    static const char *const endings[] = { "", "-wal", "-shm" };

    run (path);
    for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
      {
        g_autofree char *file = g_strconcat (path, endings[i], NULL);

        g_unlink (file);
      }
  }
  g_rmdir (directory);
  return 0;
}
