/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-day-count.h"

#include "gs-time.h"

#define KEPT_MS (48 * 60 * 60 * G_GINT64_CONSTANT (1000))

struct _GsDayCount
{
  GArray *times; /* gint64 utc ms, unordered */
};

GsDayCount *
gs_day_count_new (void)
{
  GsDayCount *self = g_new0 (GsDayCount, 1);

  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
gs_day_count_free (GsDayCount *self)
{
  g_array_unref (self->times);
  g_free (self);
}

void
gs_day_count_add (GsDayCount *self, gint64 at_utc_ms)
{
  g_return_if_fail (self != NULL);
  if (at_utc_ms != GS_TIME_UNKNOWN)
    g_array_append_val (self->times, at_utc_ms);
}

static void
forget (GsDayCount *self, gint64 before_utc_ms)
{
  for (guint i = self->times->len; i > 0; i--)
    if (g_array_index (self->times, gint64, i - 1) < before_utc_ms)
      g_array_remove_index_fast (self->times, i - 1);
}

guint
gs_day_count_get (GsDayCount *self, gint64 now_utc_ms, GTimeZone *zone)
{
  gint64 begin_utc_ms;
  guint count = 0;

  g_return_val_if_fail (self != NULL, 0);
  begin_utc_ms = gs_time_day_begin (now_utc_ms, zone);
  if (begin_utc_ms == GS_TIME_UNKNOWN)
    return 0;
  forget (self, now_utc_ms - KEPT_MS);
  for (guint i = 0; i < self->times->len; i++)
    count += g_array_index (self->times, gint64, i) >= begin_utc_ms;
  return count;
}
