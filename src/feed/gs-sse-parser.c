/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sse-parser.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  char *bytes;
  size_t len;
  size_t room;
} Buffer;

struct GsSseParser
{
  GsSseFunc func;
  void *user_data;
  size_t limit;

  unsigned bom_seen; /* bytes of a byte order mark matched so far; BOM_DONE after the start */
  bool skip_lf;      /* the last byte was CR: an LF now belongs to it */

  Buffer line; /* the beginning of a line whose end has not come yet */
  bool line_cut;

  Buffer data;
  bool has_data;
  bool too_long;
  Buffer type;
  Buffer id; /* "last event ID buffer" of the standard */
  bool own_id;
};

#define BOM_DONE 3

/* A line may be longer than the largest data by its field name. */
#define NAME_ROOM 16

static const char bom[3] = { '\xef', '\xbb', '\xbf' };

/* Appends what fits under the limit; false when not all of it did. */
static bool
buffer_append (Buffer *buffer, const char *bytes, size_t len, size_t limit)
{
  size_t fits = limit - buffer->len < len ? limit - buffer->len : len;

  if (fits > buffer->room - buffer->len)
    {
      size_t room = buffer->room < 128 ? 256 : buffer->room * 2;
      char *bigger;

      if (room < buffer->len + fits)
        room = buffer->len + fits;
      bigger = realloc (buffer->bytes, room);
      if (bigger == NULL)
        return false;
      buffer->bytes = bigger;
      buffer->room = room;
    }
  if (fits > 0)
    memcpy (buffer->bytes + buffer->len, bytes, fits);
  buffer->len += fits;
  return fits == len;
}

static bool
buffer_set (Buffer *buffer, const char *bytes, size_t len, size_t limit)
{
  buffer->len = 0;
  return buffer_append (buffer, bytes, len, limit);
}

static void
emit (GsSseParser *parser, GsSseKind kind, const char *data, size_t data_len, int64_t retry_ms)
{
  GsSseItem item = {
    .kind = kind,
    .type = parser->type.len > 0 ? parser->type.bytes : "message",
    .type_len = parser->type.len > 0 ? parser->type.len : strlen ("message"),
    .data = data_len > 0 ? data : "",
    .data_len = data_len,
    .id = parser->id.len > 0 ? parser->id.bytes : "",
    .id_len = parser->id.len,
    .own_id = parser->own_id,
    .retry_ms = retry_ms,
  };

  parser->func (&item, parser->user_data);
}

static void
end_event (GsSseParser *parser)
{
  if (parser->too_long)
    emit (parser, GS_SSE_TOO_LONG, parser->data.bytes, parser->data.len, -1);
  else if (parser->has_data)
    emit (parser, GS_SSE_EVENT, parser->data.bytes, parser->data.len, -1);
  parser->data.len = 0;
  parser->has_data = false;
  parser->too_long = false;
  parser->type.len = 0;
  parser->own_id = false;
}

static void
take_data (GsSseParser *parser, const char *value, size_t len)
{
  bool whole = true;

  if (parser->has_data)
    whole = buffer_append (&parser->data, "\n", 1, parser->limit);
  parser->has_data = true;
  if (!buffer_append (&parser->data, value, len, parser->limit) || !whole)
    parser->too_long = true;
}

static void
take_retry (GsSseParser *parser, const char *value, size_t len)
{
  int64_t ms = 0;

  if (len == 0)
    return;
  for (size_t i = 0; i < len; i++)
    {
      int digit = value[i] - '0';

      if (digit < 0 || digit > 9)
        return;
      if (ms > (INT64_MAX - digit) / 10)
        ms = INT64_MAX;
      else
        ms = ms * 10 + digit;
    }
  emit (parser, GS_SSE_RETRY, NULL, 0, ms);
}

static bool
name_is (const char *line, size_t len, const char *name)
{
  return len == strlen (name) && memcmp (line, name, len) == 0;
}

static void
take_line (GsSseParser *parser, const char *line, size_t len)
{
  const char *colon, *value;
  size_t name_len, value_len;

  if (len == 0)
    {
      end_event (parser);
      return;
    }
  colon = memchr (line, ':', len);
  if (colon == line)
    {
      emit (parser, GS_SSE_COMMENT, line + 1, len - 1, -1);
      return;
    }
  name_len = colon != NULL ? (size_t) (colon - line) : len;
  value = colon != NULL ? colon + 1 : line + len;
  value_len = len - (size_t) (value - line);
  if (value_len > 0 && *value == ' ')
    {
      value++;
      value_len--;
    }

  if (name_is (line, name_len, "data"))
    take_data (parser, value, value_len);
  else if (name_is (line, name_len, "event"))
    {
      if (!buffer_set (&parser->type, value, value_len, parser->limit))
        parser->too_long = true;
    }
  else if (name_is (line, name_len, "id"))
    {
      if (value_len > 0 && memchr (value, '\0', value_len) != NULL)
        return;
      parser->own_id = true;
      if (!buffer_set (&parser->id, value, value_len, parser->limit))
        parser->too_long = true;
    }
  else if (name_is (line, name_len, "retry"))
    take_retry (parser, value, value_len);
}

/* The end of a line came: its beginning may wait in the buffer. A line that was cut at the limit
 * spoils its event, unless it is a comment. */
static void
finish_line (GsSseParser *parser, const char *rest, size_t len)
{
  if (parser->line.len == 0 && !parser->line_cut && len <= parser->limit + NAME_ROOM)
    {
      take_line (parser, rest, len);
      return;
    }
  if (!buffer_append (&parser->line, rest, len, parser->limit + NAME_ROOM))
    parser->line_cut = true;
  if (parser->line_cut && !(parser->line.len > 0 && parser->line.bytes[0] == ':'))
    parser->too_long = true;
  /* An empty line would end the event: a line whose bytes found no memory is not one. */
  if (parser->line.len > 0)
    take_line (parser, parser->line.bytes, parser->line.len);
  parser->line.len = 0;
  parser->line_cut = false;
}

static const char *
find_line_end (const char *from, const char *end)
{
  const char *lf = memchr (from, '\n', (size_t) (end - from));
  const char *cr = memchr (from, '\r', (size_t) ((lf != NULL ? lf : end) - from));

  return cr != NULL ? cr : lf;
}

static void
feed_lines (GsSseParser *parser, const char *bytes, size_t len)
{
  const char *from = bytes, *end = bytes + len;

  while (from < end)
    {
      const char *stop;

      if (parser->skip_lf)
        {
          parser->skip_lf = false;
          if (*from == '\n')
            {
              from++;
              continue;
            }
        }
      stop = find_line_end (from, end);
      if (stop == NULL)
        {
          if (!buffer_append (&parser->line, from, (size_t) (end - from),
                              parser->limit + NAME_ROOM))
            parser->line_cut = true;
          return;
        }
      parser->skip_lf = *stop == '\r';
      finish_line (parser, from, (size_t) (stop - from));
      from = stop + 1;
    }
}

GsSseParser *
gs_sse_parser_new (size_t limit, GsSseFunc func, void *user_data)
{
  GsSseParser *parser = calloc (1, sizeof *parser);

  if (parser == NULL)
    return NULL;
  parser->limit = limit;
  parser->func = func;
  parser->user_data = user_data;
  return parser;
}

void
gs_sse_parser_free (GsSseParser *parser)
{
  if (parser == NULL)
    return;
  free (parser->line.bytes);
  free (parser->data.bytes);
  free (parser->type.bytes);
  free (parser->id.bytes);
  free (parser);
}

void
gs_sse_parser_feed (GsSseParser *parser, const void *bytes, size_t len)
{
  const char *from = bytes;

  while (len > 0 && parser->bom_seen < BOM_DONE)
    {
      unsigned seen = parser->bom_seen;

      if (*from != bom[seen])
        {
          parser->bom_seen = BOM_DONE;
          feed_lines (parser, bom, seen);
          break;
        }
      parser->bom_seen++;
      from++;
      len--;
    }
  if (len > 0)
    feed_lines (parser, from, len);
}

void
gs_sse_parser_reset (GsSseParser *parser)
{
  parser->bom_seen = 0;
  parser->skip_lf = false;
  parser->line.len = 0;
  parser->line_cut = false;
  parser->data.len = 0;
  parser->has_data = false;
  parser->too_long = false;
  parser->type.len = 0;
  parser->id.len = 0;
  parser->own_id = false;
}
