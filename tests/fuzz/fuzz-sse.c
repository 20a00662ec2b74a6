/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sse-parser.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

typedef struct
{
  uint64_t hash;
  size_t limit;
} Sum;

static void
mix (Sum *sum, const void *bytes, size_t len)
{
  const uint8_t *byte = bytes;

  for (size_t i = 0; i < len; i++)
    sum->hash = (sum->hash ^ byte[i]) * 1099511628211u;
  sum->hash = (sum->hash ^ len) * 1099511628211u;
}

static void
take (const GsSseItem *item, void *user_data)
{
  Sum *sum = user_data;

  if (item->data_len > sum->limit + 16 || item->id_len > sum->limit
      || item->type_len > sum->limit + 7)
    abort ();
  mix (sum, &item->kind, sizeof item->kind);
  mix (sum, item->type, item->type_len);
  mix (sum, item->data, item->data_len);
  mix (sum, item->id, item->id_len);
  mix (sum, &item->retry_ms, sizeof item->retry_ms);
}

/* The first two bytes choose the limit and the cuts; the items must not depend on the cuts. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Sum whole = { 0 }, cut = { 0 };
  size_t step;
  GsSseParser *parser;

  if (size < 2)
    return 0;
  whole.limit = cut.limit = data[0] < 128 ? 1024 : data[0] - 127u;
  step = data[1] % 7 + 1u;
  data += 2;
  size -= 2;
  parser = gs_sse_parser_new (whole.limit, take, &whole);
  gs_sse_parser_feed (parser, data, size);
  gs_sse_parser_free (parser);
  parser = gs_sse_parser_new (cut.limit, take, &cut);
  for (size_t at = 0; at < size; at += step)
    gs_sse_parser_feed (parser, data + at, size - at < step ? size - at : step);
  gs_sse_parser_free (parser);
  if (whole.hash != cut.hash)
    abort ();
  return 0;
}
