/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sse-parser.h"

#include <glib.h>
#include <string.h>

static void
note (const GsSseItem *item, void *user_data)
{
  GString *log = user_data;

  switch (item->kind)
    {
    case GS_SSE_EVENT:
      g_string_append_printf (log, "[%.*s|%.*s|%.*s|%d]", (int) item->type_len, item->type,
                              (int) item->data_len, item->data, (int) item->id_len, item->id,
                              item->own_id);
      break;
    case GS_SSE_COMMENT:
      g_string_append_printf (log, "(%.*s)", (int) item->data_len, item->data);
      break;
    case GS_SSE_RETRY:
      g_string_append_printf (log, "<%" G_GINT64_FORMAT ">", item->retry_ms);
      break;
    case GS_SSE_TOO_LONG:
      g_string_append_printf (log, "{%d|%.*s}", (int) item->data_len, (int) item->id_len, item->id);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The same items whatever the cuts: whole, every byte alone, and every single cut. */
static void
expect_bytes (const char *stream, gsize len, gsize limit, const char *expected)
{
  for (gsize cut = 0; cut <= len + 1; cut++)
    {
      g_autoptr (GString) log = g_string_new (NULL);
      GsSseParser *parser = gs_sse_parser_new (limit, note, log);

      if (cut == len + 1)
        for (gsize i = 0; i < len; i++)
          gs_sse_parser_feed (parser, stream + i, 1);
      else
        {
          gs_sse_parser_feed (parser, stream, cut);
          gs_sse_parser_feed (parser, stream + cut, len - cut);
        }
      g_assert_cmpstr (log->str, ==, expected);
      gs_sse_parser_free (parser);
    }
}

static void
expect (const char *stream, const char *expected)
{
  expect_bytes (stream, strlen (stream), 1 << 20, expected);
}

static void
test_fields (void)
{
  expect ("data: a\n\n", "[message|a||0]");
  expect ("data:a\ndata:  b\ndata\n\n", "[message|a\n b\n||0]");
  expect ("event: x\ndata: {}\nid: 7\n\ndata: y\n\n", "[x|{}|7|1][message|y|7|0]");
  expect ("data\n\n", "[message|||0]");
  expect ("event: x\n\ndata: y\n\n", "[message|y||0]");
  expect ("event: x\nevent:\ndata: y\n\n", "[message|y||0]");
  expect (" data: no\nDATA: no\ndatax: no\n\n", "");
  expect ("data: never ended\n", "");
}

static void
test_line_ends (void)
{
  expect ("data: a\r\ndata: b\r\n\r\n", "[message|a\nb||0]");
  expect ("data: a\rdata: b\r\r", "[message|a\nb||0]");
  expect ("data: a\r\n\rdata: b\n\r", "[message|a||0][message|b||0]");
  expect ("\n\n\r\r\n", "");
}

static void
test_byte_order_mark (void)
{
  expect ("\xef\xbb\xbf"
          "data: a\n\n",
          "[message|a||0]");
  expect ("\xef\xbb\xbf\xef\xbb\xbf"
          "data: a\n\ndata: b\n\n",
          "[message|b||0]");
  expect ("\xef\xbb"
          "data: a\n\ndata: b\n\n",
          "[message|b||0]");
  expect ("data: \xef\xbb\xbf\n\n", "[message|\xef\xbb\xbf||0]");
}

static void
test_id (void)
{
  static const char nul[] = "id: 1\ndata: a\n\nid: 2\0003\ndata: b\n\nid\ndata: c\n\n";

  expect_bytes (nul, sizeof nul - 1, 100, "[message|a|1|1][message|b|1|0][message|c||1]");
  expect ("id: 5\n\ndata: a\n\n", "[message|a|5|0]");
}

static void
test_comment_and_retry (void)
{
  expect (": hb\n:\n", "( hb)()");
  expect ("retry: 1500\nretry: 15x\nretry\nretry: -1\nretry:07\n", "<1500><7>");
  expect ("retry: 99999999999999999999999\n", "<9223372036854775807>");
}

static void
test_limit (void)
{
  const char *stream = "id: 1\ndata: 12345678\n\nid: 2\ndata: 123456789\n\n"
                       "id: 3\ndata: 1234\ndata: 5678\n\n"
                       ": 1234567890123456789012345678901234567890\n"
                       "id: 4\ndata: 1234567890123456789012345678901234567890\ndata: more\n\n"
                       "id: 5\ndata: ok\n\n";
  GString *log = g_string_new (NULL);

  expect_bytes (stream, strlen (stream), 8,
                "[message|12345678|1|1]{8|2}{8|3}( 1234567890123456789012){8|4}[message|ok|5|1]");
  g_string_free (log, TRUE);
}

static void
test_reset (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  GsSseParser *parser = gs_sse_parser_new (100, note, log);

  gs_sse_parser_feed (parser, "id: 9\ndata: a\r", 14);
  gs_sse_parser_reset (parser);
  gs_sse_parser_feed (parser, "\ndata: b\n\n", 10);
  g_assert_cmpstr (log->str, ==, "[message|b||0]");
  gs_sse_parser_free (parser);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/sse-parser/fields", test_fields);
  g_test_add_func ("/feed/sse-parser/line-ends", test_line_ends);
  g_test_add_func ("/feed/sse-parser/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/feed/sse-parser/id", test_id);
  g_test_add_func ("/feed/sse-parser/comment-and-retry", test_comment_and_retry);
  g_test_add_func ("/feed/sse-parser/limit", test_limit);
  g_test_add_func ("/feed/sse-parser/reset", test_reset);
  return g_test_run ();
}
