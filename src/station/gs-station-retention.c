/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include "gs-retention.h"

/* Personal data leave the database by the clock: at start and every ten minutes. */

#define PURGE_EVERY_S 600

static void
on_purged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStation) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 count = gs_store_purge_finish (GS_STORE (source), result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Personal data whose time is over could not be deleted: %s", error->message);
  else if (count == GS_STORE_PURGE_LIMIT && self->retention_source != 0)
    gs_station_purge (self);
}

void
gs_station_purge (GsStation *self)
{
  /* Times in the database are the hall's; where that is not known, the wall clock is near enough
   * for hours and days. */
  gint64 now_utc_ms = g_get_real_time () / 1000;
  GsRetentionLimits limits = { now_utc_ms - self->config->keep_identity_ms,
                               now_utc_ms - self->config->keep_case_ms,
                               now_utc_ms - self->config->keep_quarantine_ms };

  gs_store_purge_async (self->store, &limits, now_utc_ms, self->cancellable, on_purged,
                        g_object_ref (self));
}

static gboolean
on_due (gpointer data)
{
  gs_station_purge (data);
  return G_SOURCE_CONTINUE;
}

void
gs_station_retention_start (GsStation *self)
{
  self->retention_source = g_timeout_add_seconds (PURGE_EVERY_S, on_due, self);
  gs_station_purge (self);
}

void
gs_station_retention_stop (GsStation *self)
{
  g_clear_handle_id (&self->retention_source, g_source_remove);
}
