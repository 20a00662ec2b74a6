/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-clock.h"

#include "gs-time.h"

#define ERROR_LIMIT_MS 2000
#define JUMP_LIMIT_MS 1000

struct _GsClock
{
  GObject parent_instance;

  GsMonotonicFunc source;
  gpointer source_data;

  gboolean observed;
  gboolean known;
  gint64 base_monotonic_us;
  gint64 base_utc_ms;
  gint64 error_ms;
};

enum
{
  SIGNAL_CHANGED = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsClock, gs_clock, G_TYPE_OBJECT)

static gint64
system_monotonic (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static void
gs_clock_class_init (GsClockClass *klass)
{
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_clock_init (GsClock *self)
{
  self->source = system_monotonic;
  self->error_ms = -1;
}

GsClock *
gs_clock_new (void)
{
  return g_object_new (GS_TYPE_CLOCK, NULL);
}

GsClock *
gs_clock_new_with_source (GsMonotonicFunc source, gpointer user_data)
{
  GsClock *self = gs_clock_new ();

  self->source = source;
  self->source_data = user_data;
  return self;
}

gint64
gs_clock_monotonic_us (GsClock *self)
{
  g_return_val_if_fail (GS_IS_CLOCK (self), 0);
  return self->source (self->source_data);
}

static gint64
utc_at (GsClock *self, gint64 monotonic_us)
{
  return self->base_utc_ms + (monotonic_us - self->base_monotonic_us) / 1000;
}

void
gs_clock_observe (GsClock *self,
                  gint64 sent_monotonic_us,
                  gint64 received_monotonic_us,
                  gint64 server_utc_ms,
                  gboolean synchronised,
                  gint64 hall_error_ms)
{
  gint64 half_trip_ms, error_ms, middle_us;
  gboolean jumped = FALSE;

  g_return_if_fail (GS_IS_CLOCK (self));

  /* The answer was written somewhere between the two readings; the middle is the best guess. */
  half_trip_ms = MAX (received_monotonic_us - sent_monotonic_us, 0) / 2000 + 1;
  middle_us = sent_monotonic_us + MAX (received_monotonic_us - sent_monotonic_us, 0) / 2;
  error_ms = half_trip_ms + MAX (hall_error_ms, 0);

  if (self->observed)
    {
      gint64 step = server_utc_ms - utc_at (self, middle_us);

      jumped = ABS (step) > JUMP_LIMIT_MS + error_ms + self->error_ms;
    }

  self->observed = TRUE;
  self->base_monotonic_us = middle_us;
  self->base_utc_ms = server_utc_ms;
  self->error_ms = error_ms;
  self->known = synchronised && error_ms <= ERROR_LIMIT_MS && !jumped;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gs_clock_reset (GsClock *self)
{
  g_return_if_fail (GS_IS_CLOCK (self));

  if (!self->observed)
    return;
  self->observed = FALSE;
  self->known = FALSE;
  self->error_ms = -1;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gint64
gs_clock_now_utc_ms (GsClock *self)
{
  g_return_val_if_fail (GS_IS_CLOCK (self), GS_TIME_UNKNOWN);

  if (!self->observed)
    return GS_TIME_UNKNOWN;
  return utc_at (self, gs_clock_monotonic_us (self));
}

gboolean
gs_clock_is_known (GsClock *self)
{
  g_return_val_if_fail (GS_IS_CLOCK (self), FALSE);
  return self->known;
}

gint64
gs_clock_error_ms (GsClock *self)
{
  g_return_val_if_fail (GS_IS_CLOCK (self), -1);
  return self->error_ms;
}

gint64
gs_clock_wall_difference_ms (GsClock *self)
{
  g_return_val_if_fail (GS_IS_CLOCK (self), 0);

  if (!self->observed)
    return 0;
  return g_get_real_time () / 1000 - gs_clock_now_utc_ms (self);
}
