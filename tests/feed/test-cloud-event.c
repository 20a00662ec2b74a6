/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-cloud-event.h"
#include "gs-json-range.h"
#include "gs-time.h"

#include <string.h>

#define CROSSING "6f2c8a52-2f0b-4c1c-9d6e-0a6a5f3c7b11"
#define HEAD                                                                                       \
  "{\"specversion\":\"1.0\",\"id\":\"12\",\"source\":\"https://hall.test/\","                      \
  "\"time\":\"2026-11-23T10:00:00.125Z\",\"subject\":\"" CROSSING "\","
#define REFERRED HEAD "\"type\":\"org.gateside.crossing.referred.v1\","

static GsFeedItem *
parse (const char *text, gint64 expected_id)
{
  g_autoptr (GBytes) raw = g_bytes_new (text, strlen (text));
  GsFeedItem *item = gs_cloud_event_parse (raw, expected_id);

  g_assert_true (g_bytes_equal (item->raw, raw));
  g_assert_cmpint (item->kind == GS_FEED_ITEM_EVENT, ==, item->event != NULL);
  g_assert_cmpint (item->kind == GS_FEED_ITEM_QUARANTINE, ==, item->error != NULL);
  return item;
}

static void
expect_bad (const char *text, const char *reason)
{
  g_autoptr (GsFeedItem) item = parse (text, -1);

  g_assert_cmpstr (item->reason, ==, reason);
}

static void
test_referral (void)
{
  g_autoptr (GsFeedItem) item =
    parse (REFERRED "\"data\":{\"gate\":\"gate-3\",\"reasons\":[\"B01\",\"Z99\"],\"fault\":null,"
                    "\"party\":null,\"new_member\":[1,{}],\"traveller\":{\"document_code\":\"P\","
                    "\"issuing_state\":\"UTO\",\"primary_identifier\":\"ERIKSSON\","
                    "\"document_number\":\"L898902C3\",\"birth_date\":\"740812\",\"sex\":\"F\"}}}",
           12);

  g_assert_cmpint (item->kind, ==, GS_FEED_ITEM_EVENT);
  g_assert_cmpint (item->event->id, ==, 12);
  g_assert_cmpint (item->event->type, ==, GS_EVENT_CROSSING_REFERRED);
  g_assert_cmpstr (item->event->subject, ==, CROSSING);
  g_assert_cmpstr (item->event->gate, ==, "gate-3");
  g_assert_cmpstr (item->event->reasons[1], ==, "Z99");
  g_assert_cmpstr (item->event->traveller->document_number, ==, "L898902C3");
  g_assert_cmpint (item->event->time_utc_ms % 1000, ==, 125);
}

static void
test_bad (void)
{
  expect_bad ("", "not-json");
  expect_bad ("nonsense", "not-json");
  expect_bad ("[]", "not-cloud-event");
  expect_bad ("{\"id\":\"1\",\"id\":\"1\"}", "not-json");
  expect_bad ("{\"id\":12}", "bad-id");
  expect_bad ("{\"id\":\"012\"}", "bad-id");
  expect_bad ("{\"id\":\"9223372036854775808\"}", "bad-id");
  expect_bad ("{\"id\":\"-1\"}", "bad-id");
  expect_bad ("{\"id\":\"12\"}", "not-cloud-event");
  expect_bad (HEAD "\"type\":\"org.gateside.crossing.teleported.v1\",\"data\":{}}", "unknown-type");
  expect_bad (HEAD "\"type\":\"org.gateside.v1\",\"data\":{}}", "unknown-type");
  expect_bad (HEAD "\"type\":\"org.gateside.crossing.customs.v1\"}", "bad-data");
  expect_bad (HEAD "\"type\":\"org.gateside.crossing.customs.v1\",\"data\":{\"at\":\"noon\"}}",
              "bad-data");
  expect_bad (HEAD "\"type\":\"org.gateside.crossing.background.v1\",\"data\":{\"checks\":"
                   "[{\"check\":\"x\",\"result\":\"perhaps\"}]}}",
              "bad-data");
}

static void
test_limits (void)
{
  g_autoptr (GString) deep = g_string_new (HEAD "\"type\":\"org.gateside.crossing.customs.v1\","
                                                "\"data\":{\"at\":\"2026-11-23T10:00:00Z\",\"x\":");
  g_autofree char *long_text = g_strnfill (GS_CLOUD_EVENT_LIMIT + 1, '[');
  gsize head = deep->len;
  g_autoptr (GsFeedItem) item = NULL;

  for (int i = 0; i < 30; i++)
    g_string_append_c (deep, '[');
  for (int i = 0; i < 30; i++)
    g_string_append_c (deep, ']');
  g_string_append (deep, "}}");
  item = parse (deep->str, -1);
  g_assert_cmpint (item->kind, ==, GS_FEED_ITEM_EVENT);
  g_string_insert_c (deep, (gssize) head, '[');
  g_string_insert_c (deep, (gssize) deep->len - 2, ']');
  expect_bad (deep->str, "not-json");
  expect_bad (long_text, "too-long");
  long_text[GS_CLOUD_EVENT_LIMIT] = '\0';
  expect_bad (long_text, "not-json");
}

static void
test_stream_id (void)
{
  g_autoptr (GsFeedItem) item =
    parse (HEAD "\"type\":\"org.gateside.crossing.customs.v1\",\"data\":{\"at\":"
                "\"2026-11-23T10:00:00Z\"}}",
           13);

  g_assert_cmpint (item->kind, ==, GS_FEED_ITEM_QUARANTINE);
  g_assert_cmpint (item->id, ==, 13);
  g_assert_cmpstr (item->reason, ==, GS_FEED_BAD_ID);
}

static void
expect_referral (const char *text, const char *gate, const char *reasons)
{
  g_autoptr (GsFeedItem) item = parse (text, 12);
  g_autofree char *joined =
    item->referral_reasons != NULL ? g_strjoinv (",", item->referral_reasons) : NULL;

  g_assert_cmpint (item->kind, ==, GS_FEED_ITEM_QUARANTINE);
  g_assert_cmpstr (item->referral_crossing, ==, CROSSING);
  g_assert_cmpstr (item->referral_gate, ==, gate);
  g_assert_cmpstr (joined, ==, reasons);
}

/* A flaw in a message must not make a traveller invisible. */
static void
test_flawed_referral (void)
{
  g_autoptr (GsFeedItem) other = NULL;

  expect_referral (REFERRED "\"data\":{\"reasons\":[\"B05\"]}}", NULL, "B05");
  expect_referral (REFERRED "\"data\":{\"gate\":\"gate-2\",\"reasons\":[7,\"B05\"]}}", "gate-2",
                   "B05");
  expect_referral (REFERRED "\"data\":7}", NULL, NULL);
  expect_referral (REFERRED "\"id\":\"12\",\"data\":{\"gate\":\"g\",\"reasons\":[\"W01\"]}}", "g",
                   "W01");
  expect_referral (REFERRED "\"data\":{\"gate\":\"gate-2\",\"reasons\":[\"B01\", \"C03\"],\"tra",
                   "gate-2", "B01,C03");
  expect_referral (REFERRED "\"data\":{\"gate\":\"gate-2\",\"reasons\":[\"B01\",\"\xff\"", "gate-2",
                   NULL);
  expect_referral (REFERRED "\"data\"", NULL, NULL);
  other = parse (HEAD "\"type\":\"org.gateside.crossing.admitted.v1\",\"data\":{", 12);
  g_assert_null (other->referral_crossing);
}

static void
expect_range (const char *text, const char *range)
{
  gsize start, length;
  gboolean found = gs_cloud_event_split_identity (text, strlen (text), &start, &length);

  if (range == NULL)
    g_assert_false (found);
  else
    {
      g_autofree char *part = NULL;

      g_assert_true (found);
      part = g_strndup (text + start, length);
      g_assert_cmpstr (part, ==, range);
    }
}

static void
test_split (void)
{
  expect_range ("{\"data\": { \"gate\":\"1\", \"traveller\" : {\"a\":\"}\\\"\"} , \"z\":1}}",
                "{\"a\":\"}\\\"\"}");
  expect_range ("{\"data\":{\"tr\\u0061veller\":{\"sex\":\"F\"}}}", "{\"sex\":\"F\"}");
  expect_range ("{\"data\":{\"traveller\":null}}", NULL);
  expect_range ("{\"traveller\":{\"a\":1},\"data\":{\"gate\":1}}", NULL);
  expect_range ("{\"data\":{\"checks\":[],\"document_number\":\"L8\"},\"x\":1}",
                "{\"checks\":[],\"document_number\":\"L8\"}");
  expect_range ("{\"data\":{\"checks\":[],\"issuing_state\":\"UTO\"}}", NULL);
  expect_range ("not json", NULL);
  expect_range ("{\"data\":", NULL);
}

static void
test_elements (void)
{
  const char *text = " [ {\"a\":[1,2]} ,\"],[\", 3,[[]] ] ";
  const char *const expected[] = { "{\"a\":[1,2]}", "\"],[\"", "3", "[[]]" };
  gsize pos = 0, start, length, n = 0;

  while (gs_json_next_element (text, strlen (text), &pos, &start, &length))
    {
      g_autofree char *part = g_strndup (text + start, length);

      g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (part, ==, expected[n++]);
    }
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpuint (pos, ==, strlen (text) - 1);
  pos = 0;
  g_assert_false (gs_json_next_element ("[ ]", 3, &pos, &start, &length));
  g_assert_cmpuint (pos, ==, 3);
  pos = 0;
  g_assert_false (gs_json_next_element ("{}", 2, &pos, &start, &length));
  g_assert_cmpuint (pos, ==, (gsize) -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/cloud-event/referral", test_referral);
  g_test_add_func ("/feed/cloud-event/bad", test_bad);
  g_test_add_func ("/feed/cloud-event/limits", test_limits);
  g_test_add_func ("/feed/cloud-event/stream-id", test_stream_id);
  g_test_add_func ("/feed/cloud-event/flawed-referral", test_flawed_referral);
  g_test_add_func ("/feed/cloud-event/split", test_split);
  g_test_add_func ("/feed/json-range/elements", test_elements);
  return g_test_run ();
}
