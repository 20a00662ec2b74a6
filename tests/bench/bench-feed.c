/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast the feed's bytes become events, in one thread: the SSE parser and the CloudEvents
 * reader, beside a bare jansson parse of the same bytes in the same run. */

#include "gs-bench.h"
#include "gs-cloud-event.h"
#include "gs-sse-parser.h"

#include <jansson.h>

#define EVENTS 100000
#define CUT 16384

static char *
make_event (int id)
{
  static const char *const datas[] = {
    "crossing.started.v1\",\"data\":{\"gate\":\"gate-1\",\"direction\":\"arrival\",\"party\":null}",
    "crossing.face.v1\",\"data\":{\"attempt\":1,\"score\":0.93,\"threshold\":0.7,\"match\":"
    "\"successful\",\"attack\":\"successful\",\"quality\":{\"sharpness\":0.8,\"yaw\":2.1}}",
    "crossing.document.v1\",\"data\":{\"document_digest\":\"5b1ff0a2c4\",\"issuing_state\":\"UTO\","
    "\"document_type\":\"P\",\"checks\":[{\"check\":\"mrz-check-digits\",\"result\":\"successful\","
    "\"code\":null,\"detail\":null},{\"check\":\"chip-genuine\",\"result\":\"successful\",\"code\":"
    "null,\"detail\":null},{\"check\":\"security-object\",\"result\":\"successful\",\"code\":null,"
    "\"detail\":null}]}",
    "crossing.admitted.v1\",\"data\":{\"at\":\"2026-11-23T10:00:00.000Z\",\"gate\":\"gate-1\","
    "\"by\":\"gate\"}",
  };

  return g_strdup_printf (
    "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"https://hall.test/\",\"subject\":"
    "\"6f2c8a52-2f0b-4c1c-9d6e-0a6a5f3c7b11\",\"time\":\"2026-11-23T10:00:00.000Z\","
    "\"datacontenttype\":\"application/json\",\"type\":\"org.gateside.%s}",
    id, datas[id % G_N_ELEMENTS (datas)]);
}

static void
take (const GsSseItem *item, void *user_data)
{
  guint *count = user_data;
  g_autoptr (GBytes) raw = g_bytes_new (item->data, item->data_len);
  g_autoptr (GsFeedItem) parsed =
    gs_cloud_event_parse (raw, gs_cloud_event_parse_id (item->id, item->id_len));

  if (parsed->kind == GS_FEED_ITEM_EVENT)
    (*count)++;
}

typedef struct
{
  GPtrArray *events;
  GString *stream;
} Bench;

static void
run_floor (gpointer user_data)
{
  Bench *bench = user_data;

  for (guint i = 0; i < bench->events->len; i++)
    json_decref (json_loads (bench->events->pdata[i], JSON_REJECT_DUPLICATES, NULL));
}

static void
run_feed (gpointer user_data)
{
  Bench *bench = user_data;
  guint count = 0;
  GsSseParser *parser = gs_sse_parser_new (GS_CLOUD_EVENT_LIMIT, take, &count);

  for (gsize at = 0; at < bench->stream->len; at += CUT)
    gs_sse_parser_feed (parser, bench->stream->str + at, MIN (CUT, bench->stream->len - at));
  gs_sse_parser_free (parser);
  if (count != EVENTS)
    g_error ("Only %u of %d events were read", count, EVENTS);
}

int
main (int argc, char **argv)
{
  Bench bench = { g_ptr_array_new_with_free_func (g_free), g_string_new (NULL) };

  gs_bench_init (&argc, &argv);
  for (int id = 1; id <= EVENTS; id++)
    {
      char *event = make_event (id);

      g_ptr_array_add (bench.events, event);
      g_string_append_printf (bench.stream, "id: %d\nevent: x\ndata: %s\n\n", id, event);
    }
  gs_bench_compare ("stream to events, 100,000 events of 400 bytes", "bare jansson", run_floor,
                    "SSE and CloudEvents", run_feed, &bench, 5);
  g_ptr_array_unref (bench.events);
  g_string_free (bench.stream, TRUE);
  return 0;
}
