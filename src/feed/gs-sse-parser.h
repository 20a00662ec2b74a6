/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Server-Sent Events, WHATWG HTML section 9.2.6 "Interpreting an event stream", plain C.
 *
 * Bytes go in by any cuts, items come out through one function, synchronously, in the order of the
 * stream. One parser belongs to one thread. A field's bytes are passed on as they came: the reader
 * of the field checks that they are UTF-8 (the standard would replace bad sequences, which would
 * hide that a message was damaged). */
typedef struct GsSseParser GsSseParser;

typedef enum
{
  GS_SSE_EVENT = 1, /* an event with data, at its blank line */
  GS_SSE_COMMENT,   /* a line that begins with a colon, as the hall's heartbeat; data = the text */
  GS_SSE_RETRY,     /* a valid retry field, at its line */
  GS_SSE_TOO_LONG,  /* an event over the limit, at its blank line; data = what fitted */
} GsSseKind;

typedef struct
{
  GsSseKind kind;
  const char *type; /* "message" when the stream names none; may hold NUL bytes */
  size_t type_len;
  const char *data;
  size_t data_len;
  const char *id; /* the last event id of the stream so far, "" when it had none */
  size_t id_len;
  bool own_id;      /* this event itself had an id field */
  int64_t retry_ms; /* of GS_SSE_RETRY; a number too large stands at INT64_MAX */
} GsSseItem;

/* The item and what it points to last until the function returns. The function must not feed, reset
 * or free the parser. */
typedef void (*GsSseFunc) (const GsSseItem *item, void *user_data);

/* limit: largest number of bytes of one event's data, and of any field. NULL when there is no
 * memory. */
GsSseParser *gs_sse_parser_new (size_t limit, GsSseFunc func, void *user_data);

void gs_sse_parser_free (GsSseParser *parser);

/* Takes the next bytes of the stream. When memory ends, the event at hand comes out as
 * GS_SSE_TOO_LONG. */
void gs_sse_parser_feed (GsSseParser *parser, const void *bytes, size_t len);

/* Begins a new stream: forgets what is unfinished and the last event id, as a new connection does.
 */
void gs_sse_parser_reset (GsSseParser *parser);
