/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The hall's clock as this desk knows it. Every window and every time on screen is the hall's; the
 * workstation's wall clock is never evidence. An observation is one answer of the hall with its
 * server_time; between observations time runs on the monotonic clock. Main thread only.
 *
 * The clock is *known* when an observation exists, its error (half the round trip plus the hall's
 * own error) is at most 2 s, the hall calls itself synchronised, and the last observation did not
 * jump by more than 1 s beyond the errors. */
#define GS_TYPE_CLOCK (gs_clock_get_type ())
G_DECLARE_FINAL_TYPE (GsClock, gs_clock, GS, CLOCK, GObject)

/* Reads a monotonic time in microseconds; g_get_monotonic_time in the product, a counter in tests.
 */
typedef gint64 (*GsMonotonicFunc) (gpointer user_data);

GsClock *gs_clock_new (void);
GsClock *gs_clock_new_with_source (GsMonotonicFunc source, gpointer user_data);

/* Takes in one answer of the hall. sent and received are monotonic microseconds of the request and
 * of its answer; hall_error_ms is the hall's own statement, negative when it made none. Emits
 * "changed" when known or the offset changed. */
void gs_clock_observe (GsClock *self,
                       gint64 sent_monotonic_us,
                       gint64 received_monotonic_us,
                       gint64 server_utc_ms,
                       gboolean synchronised,
                       gint64 hall_error_ms);

/* Forgets every observation, as after a new epoch of the hall. */
void gs_clock_reset (GsClock *self);

gint64 gs_clock_monotonic_us (GsClock *self);

/* The hall's time now, GS_TIME_UNKNOWN before the first observation. Still answers when !known: as
 * of the last observation. */
gint64 gs_clock_now_utc_ms (GsClock *self);

gboolean gs_clock_is_known (GsClock *self);

/* Largest distance in ms between gs_clock_now_utc_ms() and the hall's time; -1 before the first
 * observation. */
gint64 gs_clock_error_ms (GsClock *self);

/* How far the workstation's wall clock is from the hall's, in ms (positive: ours is ahead); 0
 * before the first observation. More than 5,000 either way is a fault to show, because certificates
 * depend on the wall clock. */
gint64 gs_clock_wall_difference_ms (GsClock *self);

G_END_DECLS
