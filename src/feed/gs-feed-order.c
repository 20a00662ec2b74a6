/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-feed-order.h"

struct GsFeedOrder
{
  GsFeedOrderFunc sink;
  gpointer user_data;
  gint64 cursor;
  char *epoch;
  gint64 ahead;
  GPtrArray *pending;
  GQueue stash; /* what the stream brought and is not pending yet */
};

GsFeedOrder *
gs_feed_order_new (GsFeedOrderFunc sink, gpointer user_data, gint64 cursor, const char *epoch)
{
  GsFeedOrder *self = g_new0 (GsFeedOrder, 1);

  self->sink = sink;
  self->user_data = user_data;
  self->cursor = cursor;
  self->ahead = cursor;
  self->epoch = g_strdup (epoch);
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_feed_item_unref);
  g_queue_init (&self->stash);
  return self;
}

void
gs_feed_order_free (GsFeedOrder *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->stash, (GDestroyNotify) gs_feed_item_unref);
  g_ptr_array_unref (self->pending);
  g_free (self->epoch);
  g_free (self);
}

gint64
gs_feed_order_get_cursor (GsFeedOrder *self)
{
  return self->cursor;
}

const char *
gs_feed_order_get_epoch (GsFeedOrder *self)
{
  return self->epoch;
}

gint64
gs_feed_order_get_ahead (GsFeedOrder *self)
{
  return self->ahead;
}

void
gs_feed_order_push (GsFeedOrder *self, GsFeedItem *item)
{
  item->received_utc_ms = g_get_real_time () / 1000;
  if (item->kind != GS_FEED_ITEM_RESET && item->id >= 0)
    item->repeated = item->last_id <= self->ahead;
  self->ahead = gs_feed_item_advance (item, self->ahead);
  g_ptr_array_add (self->pending, item);
}

void
gs_feed_order_push_gap (GsFeedOrder *self, gint64 first, gint64 last)
{
  GsFeedItem *item = gs_feed_item_new (GS_FEED_ITEM_GAP, first);

  item->last_id = last;
  gs_feed_order_push (self, item);
}

void
gs_feed_order_push_page (GsFeedOrder *self, GPtrArray *items, gint64 last)
{
  for (guint i = 0; i < items->len; i++)
    {
      GsFeedItem *item = items->pdata[i];

      if (item->id > last)
        {
          if (self->ahead < last)
            gs_feed_order_push_gap (self, self->ahead + 1, last);
          return;
        }
      if (item->id > self->ahead + 1)
        gs_feed_order_push_gap (self, self->ahead + 1, item->id - 1);
      gs_feed_order_push (self, gs_feed_item_ref (item));
    }
}

void
gs_feed_order_queue (GsFeedOrder *self, GsFeedItem *item)
{
  g_queue_push_tail (&self->stash, item);
}

void
gs_feed_order_drain (GsFeedOrder *self)
{
  gint64 first, last;

  while (!g_queue_is_empty (&self->stash) && !gs_feed_order_get_hole (self, &first, &last))
    gs_feed_order_push (self, g_queue_pop_head (&self->stash));
}

gboolean
gs_feed_order_get_hole (GsFeedOrder *self, gint64 *first, gint64 *last)
{
  GsFeedItem *next = g_queue_peek_head (&self->stash);

  if (next == NULL || next->id <= self->ahead + 1)
    return FALSE;
  *first = self->ahead + 1;
  *last = next->id - 1;
  return TRUE;
}

gboolean
gs_feed_order_is_empty (GsFeedOrder *self)
{
  return self->pending->len == 0;
}

gboolean
gs_feed_order_is_full (GsFeedOrder *self)
{
  return self->pending->len >= GS_FEED_BATCH;
}

/* What the sink has accepted is what counts from now on. */
static void
accept (GsFeedOrder *self, GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    {
      const GsFeedItem *item = batch->pdata[i];

      self->cursor = gs_feed_item_advance (item, self->cursor);
      if (item->kind == GS_FEED_ITEM_RESET)
        {
          g_free (self->epoch);
          self->epoch = g_strdup (item->epoch);
        }
    }
}

gboolean
gs_feed_order_flush (GsFeedOrder *self)
{
  while (self->pending->len > 0)
    {
      guint count = MIN (self->pending->len, GS_FEED_BATCH);
      g_autoptr (GPtrArray) batch =
        g_ptr_array_new_full (count, (GDestroyNotify) gs_feed_item_unref);
      gint64 cursor = self->cursor;

      for (guint i = 0; i < count; i++)
        {
          cursor = gs_feed_item_advance (self->pending->pdata[i], cursor);
          g_ptr_array_add (batch, gs_feed_item_ref (self->pending->pdata[i]));
        }
      if (!self->sink (batch, cursor, self->user_data))
        return FALSE;
      accept (self, batch);
      g_ptr_array_remove_range (self->pending, 0, count);
    }
  return TRUE;
}

void
gs_feed_order_rewind (GsFeedOrder *self)
{
  g_ptr_array_set_size (self->pending, 0);
  g_queue_clear_full (&self->stash, (GDestroyNotify) gs_feed_item_unref);
  self->ahead = self->cursor;
}
