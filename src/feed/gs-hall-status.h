/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-event.h"

G_BEGIN_DECLS

/* One answer of GET /v1/status. Plain data with owned strings. */
typedef struct
{
  char *hall;
  GsDirection direction;
  char *port;
  char *time_zone;  /* IANA name, as "Asia/Tokyo" */
  GPtrArray *gates; /* GsGate */
  char *epoch;      /* UUID */
  gint64 oldest_event;
  gint64 newest_event; /* 0 when the hall has no event yet */

  gboolean closes_by_customs; /* the hall delivers the customs event */
  gboolean closes_by_boarded;
  gint64 closing_delay_ms; /* usual delay of the closing events; -1 when not told */

  gint64 server_time_utc_ms;
  gboolean synchronised;
  gint64 clock_error_ms; /* the hall's own; -1 when not told */

  /* When the request left and the answer came: with server_time the hall's clock (gs-clock.h). */
  gint64 sent_monotonic_us;
  gint64 received_monotonic_us;
} GsHallStatus;

GsHallStatus *gs_hall_status_new (void);
GsHallStatus *gs_hall_status_copy (const GsHallStatus *self);
void gs_hall_status_free (GsHallStatus *self);

/* Parses the body of an answer; the two monotonic times stay 0. NULL with GS_HALL_ERROR_PROTOCOL
 * when a required member is missing or wrong. */
GsHallStatus *gs_hall_status_parse (GBytes *body, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallStatus, gs_hall_status_free)

G_END_DECLS
