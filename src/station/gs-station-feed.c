/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include "gs-time.h"

#define LEFT_NEWS_MS (30 * 60 * G_GINT64_CONSTANT (1000)) /* older, it is history */

/* --- load ------------------------------------------------------------------------------------- */

void
gs_station_count_referral (GsStation *self, const GsEvent *event)
{
  const char *gate = event->gate;

  if (event->type != GS_EVENT_CROSSING_REFERRED)
    return;
  if (gate == NULL)
    {
      GsCase *item = gs_case_book_find (self->book, event->subject);

      gate = item != NULL ? gs_case_get_crossing (item)->gate : NULL;
    }
  if (gs_config_has_gate (self->config, gate))
    g_array_append_val (self->referral_times, event->time_utc_ms);
}

guint
gs_station_get_load (GsStation *self, guint values[10])
{
  gint64 now;
  guint load = 0, old = 0;

  g_return_val_if_fail (GS_IS_STATION (self), 0);

  now = gs_station_now_utc_ms (self);
  for (guint i = 0; values != NULL && i < 10; i++)
    values[i] = 0;
  for (guint i = 0; i < self->referral_times->len; i++)
    {
      gint64 age = now - g_array_index (self->referral_times, gint64, i);

      old += age > 2 * GS_STATION_LOAD_SPAN_MS;
      load += age >= 0 && age < GS_STATION_LOAD_SPAN_MS;
      /* The meter's value of m minutes ago is what the load was then. */
      for (gint64 m = 0; values != NULL && m < 10; m++)
        if (age - m * 60000 >= 0 && age - m * 60000 < GS_STATION_LOAD_SPAN_MS)
          values[9 - m]++;
    }
  if (old > 0 && old == self->referral_times->len)
    g_array_set_size (self->referral_times, 0);
  else if (old > 1000)
    g_array_remove_range (self->referral_times, 0, old);
  return load;
}

/* --- what came -------------------------------------------------------------------------------- */

/* A supervisor who works at this desk hears of who left without a decision at another one. */
static gboolean
is_for_supervisor (GsStation *self, const GsEvent *event)
{
  return event->type == GS_EVENT_CROSSING_RESOLVED && event->outcome == GS_OUTCOME_LEFT
         && g_strcmp0 (event->desk, self->config->desk_id) != 0 && self->session != NULL
         && gs_session_get_role (self->session) == GS_ROLE_SUPERVISOR
         && event->time_utc_ms > gs_station_now_utc_ms (self) - LEFT_NEWS_MS;
}

static void
take_event (GsStation *self, GsEvent *event)
{
  GsCase *item = gs_case_book_find (self->book, event->subject);
  gboolean was_one = item != NULL && gs_case_is_waiting (item) && gs_case_get_priority (item) == 1;
  gint64 gate_ms = -1;
  const char *gate = event->gate;

  item = gs_case_book_apply (self->book, event);
  gs_station_count_referral (self, event);
  if (item != NULL)
    {
      const GsCrossing *crossing = gs_case_get_crossing (item);

      if (gate == NULL)
        gate = crossing->gate;
      if (event->type == GS_EVENT_CROSSING_ADMITTED && crossing->started_utc_ms != GS_TIME_UNKNOWN
          && !crossing->admitted_by_officer)
        gate_ms = crossing->admitted_utc_ms - crossing->started_utc_ms;
      if (!was_one && gs_case_is_waiting (item) && gs_case_get_priority (item) == 1
          && gs_config_has_gate (self->config, crossing->gate))
        g_signal_emit_by_name (self, "priority-one", item);
      if (is_for_supervisor (self, event))
        g_signal_emit_by_name (self, "left", item);
    }
  gs_feed_log_add_event (self->feed_log, event, gate, gate_ms);
}

static void
take_item (GsStation *self, GsFeedItem *item)
{
  switch (item->kind)
    {
    case GS_FEED_ITEM_EVENT:
      take_event (self, item->event);
      return;
    case GS_FEED_ITEM_QUARANTINE:
      gs_feed_log_add_quarantine (self->feed_log, item->received_utc_ms);
      /* A flaw in a message must not make a traveller invisible. */
      if (item->referral_crossing != NULL)
        gs_case_book_add_flawed_referral (self->book, item->referral_crossing, item->referral_gate,
                                          (const char *const *) item->referral_reasons,
                                          item->received_utc_ms);
      return;
    case GS_FEED_ITEM_GAP:
      gs_feed_log_add_gap (self->feed_log, item->id, item->last_id, item->received_utc_ms);
      return;
    case GS_FEED_ITEM_RESET:
      if (item->reset == GS_FEED_RESET_FIRST)
        return;
      gs_station_begin_doubt (self, item->reset != GS_FEED_RESET_GONE);
      return;
    }
}

static void
on_batch (GsIntake *intake, GPtrArray *items, gpointer user_data)
{
  GsStation *self = user_data;

  for (guint i = 0; i < items->len; i++)
    take_item (self, g_ptr_array_index (items, i));
  gs_feed_log_flush (self->feed_log);
  gs_station_note_change (self);
}

/* --- the link --------------------------------------------------------------------------------- */

void
gs_station_take_status (GsStation *self, const GsHallStatus *status)
{
  gboolean first = self->hall_status == NULL;

  gs_clock_observe (self->clock, status->sent_monotonic_us, status->received_monotonic_us,
                    status->server_time_utc_ms, status->synchronised, status->clock_error_ms);
  /* Gate states come by events; the status names the gates, and is the truth at first and after a
   * break. */
  if (first || self->snapshot_pending
      || gs_case_book_get_gates (self->book)->len != status->gates->len)
    gs_case_book_set_gates (self->book, status->gates);
  g_clear_pointer (&self->hall_status, gs_hall_status_free);
  self->hall_status = gs_hall_status_copy (status);
  if (status->time_zone != NULL)
    {
      GTimeZone *zone = g_time_zone_new_identifier (status->time_zone);

      if (zone != NULL)
        {
          g_time_zone_unref (self->time_zone);
          self->time_zone = zone;
          gs_stamp_desk_set_time_zone (self->stamp_desk, zone);
          gs_document_desk_set_time_zone (self->document_desk, zone);
          gs_stamp_register_set_time_zone (self->stamps, zone);
        }
    }
  gs_stamp_desk_set_closing_events (
    self->stamp_desk, self->config->direction == GS_DIRECTION_ARRIVAL ? status->closes_by_customs
                                                                      : status->closes_by_boarded);
  gs_station_note_change (self);
}

static void
on_feed_state (GsFeedClient *client, const GsFeedStatus *status, gpointer user_data)
{
  GsStation *self = user_data;

  if (status->state == GS_FEED_STATE_LIVE)
    gs_decision_desk_try_now (self->decision_desk);
  gs_station_note_change (self);
}

static void
on_feed_hall (GsFeedClient *client, const GsHallStatus *status, gpointer user_data)
{
  gs_station_take_status (user_data, status);
}

/* One intake serves the feed's sink and outlives the client's thread. */
static gboolean
sink (GPtrArray *items, gint64 cursor, gpointer user_data)
{
  GsStation *self = user_data;

  return gs_intake_sink (items, cursor, self->intake);
}

void
gs_station_feed_start (GsStation *self, gint64 cursor, const char *epoch)
{
  g_autoptr (GPtrArray) cases = gs_case_book_list (self->book);
  g_autoptr (GPtrArray) crossings = g_ptr_array_new ();

  for (guint i = 0; i < cases->len; i++)
    g_ptr_array_add (crossings, (gpointer) gs_case_get_crossing (g_ptr_array_index (cases, i)));
  self->intake = gs_intake_new (self->store, on_batch, self);
  gs_intake_prepare (self->intake, epoch, crossings);
  self->feed = gs_feed_client_new (self->access, sink, on_feed_state, on_feed_hall, self);
  gs_feed_client_start (self->feed, cursor, epoch);
}

void
gs_station_feed_stop (GsStation *self)
{
  if (self->intake != NULL)
    gs_intake_close (self->intake);
  if (self->feed != NULL)
    gs_feed_client_stop (self->feed);
  g_clear_object (&self->feed);
  g_clear_object (&self->intake);
}

gboolean
gs_station_is_live (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), FALSE);
  return self->feed != NULL && !self->snapshot_pending && gs_feed_client_is_fresh (self->feed);
}

void
gs_station_try_now (GsStation *self)
{
  g_return_if_fail (GS_IS_STATION (self));
  if (self->feed != NULL)
    gs_feed_client_try_now (self->feed);
}

static GsLinkState
link_state_of (GsStation *self, const GsFeedStatus *status)
{
  if (status->error_code == GS_HALL_ERROR_REFUSED || status->error_code == GS_HALL_ERROR_UNTRUSTED
      || status->error_code == GS_HALL_ERROR_CREDENTIALS)
    return GS_LINK_REFUSED;
  switch (status->state)
    {
    case GS_FEED_STATE_LIVE:
      return gs_feed_client_is_fresh (self->feed) ? GS_LINK_LIVE : GS_LINK_DEAD;
    case GS_FEED_STATE_CATCHING_UP:
      return GS_LINK_CATCHING_UP;
    case GS_FEED_STATE_STOPPED:
      return GS_LINK_DEAD;
    case GS_FEED_STATE_DISCONNECTED:
      return GS_LINK_DEAD;
    case GS_FEED_STATE_CONNECTING:
      return status->lost_since_monotonic_us != 0 || status->attempts > 1 ? GS_LINK_DEAD
                                                                          : GS_LINK_CONNECTING;
    }
  return GS_LINK_CONNECTING;
}

void
gs_station_get_link (GsStation *self, GsLink *link)
{
  const GsFeedStatus *status;
  gint64 now, lost;

  g_return_if_fail (GS_IS_STATION (self));

  *link = (GsLink){ .state = GS_LINK_CONNECTING,
                    .as_of_utc_ms = self->last_byte_utc_ms,
                    .snapshot_pending = self->snapshot_pending };
  if (self->feed == NULL)
    return;
  status = gs_feed_client_get_status (self->feed);
  now = gs_clock_monotonic_us (self->clock);
  link->state = link_state_of (self, status);
  link->behind = status->behind;
  link->quarantined = gs_intake_get_quarantined (self->intake);
  if (link->state == GS_LINK_DEAD || link->state == GS_LINK_REFUSED)
    {
      lost = gs_feed_client_last_byte_monotonic_us (self->feed);
      if (lost == 0)
        lost = status->lost_since_monotonic_us != 0 ? status->lost_since_monotonic_us
                                                    : status->since_monotonic_us;
      link->dead_ms = MAX ((now - lost) / 1000, 0);
      if (status->next_try_monotonic_us > now)
        link->next_try_ms = (status->next_try_monotonic_us - now) / 1000;
    }
}
