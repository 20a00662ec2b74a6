/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include "gs-time.h"

/* Calling a traveller who waits in the hall to this desk. */

guint
gs_station_call_blocks (GsStation *self, GsCase *item)
{
  guint blocks = 0;

  g_return_val_if_fail (GS_IS_STATION (self), 0);

  if (item == NULL)
    return GS_BLOCK_NO_CASE;
  if (self->session == NULL || !gs_session_may_decide (self->session))
    blocks |= GS_BLOCK_NOT_SIGNED_IN;
  if (!gs_crossing_is_open_case (gs_case_get_crossing (item)))
    blocks |= GS_BLOCK_NOT_OPEN;
  if (gs_case_get_pending (item) != 0)
    blocks |= GS_BLOCK_PENDING;
  if (gs_case_get_hold (item) == GS_HOLD_ELSEWHERE)
    blocks |= GS_BLOCK_ELSEWHERE;
  return blocks;
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  /* The traveller walks already: a call is not taken back because of the disk. */
  if (error != NULL)
    g_warning ("A call to the desk is not in the record: %s", error->message);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsStation *self = g_task_get_source_object (task);
  GsCase *item = g_task_get_task_data (task);
  g_autofree char *officer = g_strdup (g_object_get_data (G_OBJECT (task), "officer"));
  g_autofree char *detail = g_strdup_printf ("desk=%s", self->config->desk_id);
  GsRecordEntry entry = {
    .kind = "desk.call", .officer = officer, .subject = gs_case_get_id (item), .detail = detail
  };
  GError *error = NULL;

  if (!gs_hall_post_desk_call_finish (GS_HALL (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  entry.at_utc_ms = gs_station_now_utc_ms (self);
  gs_case_set_called (item, entry.at_utc_ms);
  gs_store_note_async (self->store, &entry, NULL, on_noted, NULL);
  g_task_return_boolean (task, TRUE);
}

void
gs_station_call_forward_async (GsStation *self,
                               GsCase *item,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GS_IS_STATION (self));
  g_return_if_fail (GS_IS_CASE (item));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, g_object_ref (item), g_object_unref);
  if (gs_station_call_blocks (self, item) != 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                               "This traveller cannot be called from here");
      g_object_unref (task);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "officer",
                          g_strdup (gs_session_get_officer_id (self->session)), g_free);
  gs_hall_post_desk_call_async (self->hall, gs_case_get_id (item), self->config->desk_id,
                                self->cancellable, on_called, task);
}

gboolean
gs_station_call_forward_finish (GsStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
