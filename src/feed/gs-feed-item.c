/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-feed-item.h"

#include "gs-time.h"

GsFeedItem *
gs_feed_item_new (GsFeedItemKind kind, gint64 id)
{
  GsFeedItem *self = g_new0 (GsFeedItem, 1);

  self->kind = kind;
  self->id = id;
  self->last_id = id;
  self->received_utc_ms = GS_TIME_UNKNOWN;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

GsFeedItem *
gs_feed_item_ref (GsFeedItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_feed_item_unref (GsFeedItem *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_clear_pointer (&self->event, gs_event_unref);
  g_free (self->error);
  g_free (self->referral_crossing);
  g_free (self->referral_gate);
  g_strfreev (self->referral_reasons);
  g_free (self->epoch);
  g_free (self);
}

gint64
gs_feed_item_advance (const GsFeedItem *self, gint64 cursor)
{
  g_return_val_if_fail (self != NULL, cursor);

  if (self->kind == GS_FEED_ITEM_RESET)
    return self->id;
  return MAX (cursor, self->last_id);
}

const char *
gs_feed_reset_to_word (GsFeedReset reset)
{
  switch (reset)
    {
    case GS_FEED_RESET_FIRST:
      return "first";
    case GS_FEED_RESET_EPOCH:
      return "epoch";
    case GS_FEED_RESET_AHEAD:
      return "ahead";
    case GS_FEED_RESET_GONE:
      return "gone";
    default:
      return NULL;
    }
}
