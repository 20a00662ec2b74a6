/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include "gs-time.h"
#include "gs-uuid.h"

/* --- the card and its lease ------------------------------------------------------------------- */

typedef struct
{
  GsStation *station;
  GsCase *item;
} Wait;

static Wait *
wait_new (GsStation *self, GsCase *item)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->station = g_object_ref (self);
  wait->item = g_object_ref (item);
  return wait;
}

static void
wait_free (Wait *wait)
{
  g_object_unref (wait->station);
  g_object_unref (wait->item);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wait, wait_free)

static void
on_lease_given_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* A lease that cannot be given back ends by itself after 30 s. */
  if (!gs_hall_delete_lease_finish (GS_HALL (source), result, &error))
    g_debug ("Lease: %s", error->message);
}

static void
delete_lease (GsStation *self, GsCase *item)
{
  gs_hall_delete_lease_async (self->hall, gs_case_get_id (item), self->config->desk_id,
                              self->session != NULL ? gs_session_get_officer_id (self->session)
                                                    : self->config->desk_id,
                              self->cancellable, on_lease_given_back, NULL);
}

GPtrArray *
gs_station_list_on_card (GsStation *self, GsCase *item)
{
  GPtrArray *list = gs_case_book_list_joined (self->book, item);

  for (guint i = list->len; i > 0; i--)
    {
      GsCase *other = g_ptr_array_index (list, i - 1);

      if (!gs_crossing_is_open_case (gs_case_get_crossing (other))
          || gs_case_get_pending (other) != 0)
        g_ptr_array_remove_index (list, i - 1);
    }
  g_ptr_array_insert (list, 0, item);
  return list;
}

static gboolean
is_on_card (GsStation *self, GsCase *item)
{
  return self->current != NULL
         && (self->current == item || gs_case_is_joined (self->current, item));
}

static void
on_leased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wait) wait = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallLease) lease = gs_hall_put_lease_finish (GS_HALL (source), result, &error);

  if (lease != NULL)
    {
      if (is_on_card (wait->station, wait->item))
        gs_case_set_hold (wait->item, GS_HOLD_HERE);
      /* The card was closed before the hall answered: nobody here would ever give it back. */
      else if (gs_case_get_pending (wait->item) == 0)
        delete_lease (wait->station, wait->item);
    }
  else if (g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_LEASE_HELD))
    gs_case_set_hold (wait->item, GS_HOLD_ELSEWHERE);
  else
    g_debug ("Lease: %s", error->message);
  gs_station_note_change (wait->station);
}

static void
take_lease (GsStation *self, GsCase *item)
{
  if (self->session == NULL || !gs_session_may_decide (self->session)
      || !gs_crossing_is_open_case (gs_case_get_crossing (item)) || gs_case_get_pending (item) != 0)
    return;
  gs_hall_put_lease_async (self->hall, gs_case_get_id (item), self->config->desk_id,
                           gs_session_get_officer_id (self->session), self->cancellable, on_leased,
                           wait_new (self, item));
}

static void
give_lease_back (GsStation *self, GsCase *item)
{
  if (gs_case_get_hold (item) != GS_HOLD_HERE || gs_case_get_pending (item) != 0)
    return;
  gs_case_set_hold (item, GS_HOLD_FREE);
  delete_lease (self, item);
}

void
gs_station_renew_lease (GsStation *self)
{
  g_autoptr (GPtrArray) held = NULL;

  if (self->current == NULL)
    return;
  held = gs_station_list_on_card (self, self->current);
  for (guint i = 0; i < held->len; i++)
    if (gs_case_get_hold (g_ptr_array_index (held, i)) == GS_HOLD_HERE)
      take_lease (self, g_ptr_array_index (held, i));
}

GsCase *
gs_station_get_current (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->current;
}

static void
give_card_back (GsStation *self, GsCase *item)
{
  g_autoptr (GPtrArray) held = gs_station_list_on_card (self, item);

  for (guint i = 0; i < held->len; i++)
    give_lease_back (self, g_ptr_array_index (held, i));
}

static gboolean
is_to_be_taken (GsCase *item)
{
  return gs_crossing_is_open_case (gs_case_get_crossing (item))
         && gs_case_get_hold (item) == GS_HOLD_FREE;
}

static void
take_card (GsStation *self, GsCase *item)
{
  g_autoptr (GPtrArray) wanted = gs_station_list_on_card (self, item);

  for (guint i = 0; i < wanted->len; i++)
    {
      GsCase *one = g_ptr_array_index (wanted, i);

      if (is_to_be_taken (one))
        g_hash_table_add (self->wanted, g_object_ref (one));
      if (gs_case_get_hold (one) != GS_HOLD_ELSEWHERE)
        take_lease (self, one);
    }
}

/* A document that was refused while a question was open is read when nothing is asked any more
 * about the case on the card: an answer must not fall on another traveller's card. */
static void
offer_card (GsStation *self)
{
  GsCase *item = self->current;

  if (self->card_locked)
    return;
  if (item == NULL || gs_case_get_pending (item) != 0
      || !gs_crossing_is_open_case (gs_case_get_crossing (item))
      || item == gs_document_desk_get_case (self->document_desk))
    gs_document_desk_take_waiting (self->document_desk);
}

/* What is on the card may become a case there, as when this desk finds something on the document of
 * whom the gate admitted, or when the traveller is referred at another gate meanwhile; and another
 * desk may give it back. Then it is taken, as one that was just opened: once, until somebody has
 * it. */
void
gs_station_follow_card (GsStation *self, GsCase *item)
{
  if (!is_on_card (self, item))
    return;
  if (!is_to_be_taken (item))
    g_hash_table_remove (self->wanted, item);
  else if (!g_hash_table_contains (self->wanted, item))
    {
      g_hash_table_add (self->wanted, g_object_ref (item));
      if (item == self->current)
        take_card (self, item);
      else
        take_lease (self, item);
    }
}

static void
on_current_changed (GsCase *item, GsStation *self)
{
  gs_station_follow_card (self, item);
  offer_card (self);
  gs_station_note_change (self);
}

void
gs_station_open (GsStation *self, GsCase *item)
{
  g_autoptr (GsCase) old = NULL;

  g_return_if_fail (GS_IS_STATION (self));

  if (self->current == item)
    return;
  old = g_steal_pointer (&self->current);
  if (old != NULL)
    {
      g_signal_handlers_disconnect_by_func (old, on_current_changed, self);
      gs_case_set_on_card (old, FALSE);
      give_card_back (self, old);
    }
  g_hash_table_remove_all (self->evidence);
  g_hash_table_remove_all (self->wanted);
  g_set_object (&self->current, item);
  if (item != NULL)
    {
      gs_case_set_on_card (item, TRUE);
      g_signal_connect_object (item, "changed", G_CALLBACK (on_current_changed), self, 0);
      take_card (self, item);
    }
  gs_document_desk_set_current (self->document_desk, item);
  gs_face_desk_set_case (self->face_desk, item);
  gs_station_emit (self, GS_STATION_CURRENT_CHANGED);
  offer_card (self);
}

gboolean
gs_station_take_next (GsStation *self)
{
  GsCase *next;

  g_return_val_if_fail (GS_IS_STATION (self), FALSE);

  if (self->card_locked || self->session == NULL)
    return FALSE;
  next = gs_referral_queue_get_next (self->queue);
  if (next == NULL)
    return FALSE;
  gs_station_open (self, next);
  return TRUE;
}

void
gs_station_set_card_locked (GsStation *self, gboolean locked)
{
  g_return_if_fail (GS_IS_STATION (self));
  self->card_locked = locked;
  offer_card (self);
}

static void
on_commanded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallReceipt) receipt =
    gs_hall_post_gate_command_finish (GS_HALL (source), result, &error);

  /* The gate's own state tells the officer whether it worked. */
  if (receipt == NULL)
    g_message ("A gate command was not taken: %s", error->message);
}

typedef struct
{
  GsStation *station;
  GsHallGateCommand *command;
} GateCommand;

static void
gate_command_free (GateCommand *self)
{
  g_object_unref (self->station);
  gs_hall_gate_command_free (self->command);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GateCommand, gate_command_free)

static void
on_command_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GateCommand) command = user_data;
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error == NULL)
    gs_hall_post_gate_command_async (command->station->hall, command->command,
                                     command->station->cancellable, on_commanded, NULL);
  else
    g_warning ("A gate command is not in the record, so it is not sent: %s", error->message);
}

void
gs_station_set_gate_closed (GsStation *self, const char *gate, gboolean closed)
{
  GsHallGateCommand *command;
  GateCommand *wait;
  GsRecordEntry entry = { .kind = "gate.command" };

  g_return_if_fail (GS_IS_STATION (self));

  if (self->session == NULL || !gs_session_may_decide (self->session)
      || !gs_config_has_gate (self->config, gate))
    return;
  command = gs_hall_gate_command_new ();
  command->gate = g_strdup (gate);
  command->key = gs_uuid_new ();
  command->command = closed ? GS_HALL_COMMAND_CLOSE : GS_HALL_COMMAND_REOPEN;
  command->officer = g_strdup (gs_session_get_officer_id (self->session));
  command->reason = g_strdup ("officer");
  entry.at_utc_ms = gs_station_now_utc_ms (self);
  entry.officer = command->officer;
  entry.subject = gate;
  entry.detail = closed ? "command=close" : "command=reopen";
  wait = g_new0 (GateCommand, 1);
  wait->station = g_object_ref (self);
  wait->command = command;
  gs_store_note_async (self->store, &entry, self->cancellable, on_command_noted, wait);
}

/* --- pictures --------------------------------------------------------------------------------- */

static void
on_evidence (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsStation *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallEvidence) evidence =
    gs_hall_get_evidence_finish (GS_HALL (source), result, &error);
  GsCase *item = g_object_get_data (G_OBJECT (task), "case");

  if (evidence == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* Kept only while the case is on the card. */
  if (self->current == item)
    g_hash_table_replace (self->evidence, g_strdup (g_task_get_task_data (task)),
                          g_bytes_ref (evidence->bytes));
  g_task_return_pointer (task, g_bytes_ref (evidence->bytes), (GDestroyNotify) g_bytes_unref);
}

void
gs_station_get_evidence_async (GsStation *self,
                               GsCase *item,
                               const char *name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GBytes *kept = NULL;

  g_return_if_fail (GS_IS_STATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_task_data (task, g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (task), "case", g_object_ref (item), g_object_unref);
  if (self->current == item)
    kept = g_hash_table_lookup (self->evidence, name);
  if (kept != NULL)
    {
      g_task_return_pointer (task, g_bytes_ref (kept), (GDestroyNotify) g_bytes_unref);
      return;
    }
  gs_hall_get_evidence_async (self->hall, gs_case_get_id (item), name, cancellable, on_evidence,
                              g_steal_pointer (&task));
}

GBytes *
gs_station_get_evidence_finish (GsStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the stamp's window ------------------------------------------------------------------------
 */

void
gs_station_judge_window (GsStation *self, GsCase *item, GsWindowVerdict *verdict)
{
  g_return_if_fail (GS_IS_STATION (self));
  gs_stamp_window_judge (gs_case_get_crossing (item), &self->config->window,
                         gs_clock_now_utc_ms (self->clock), gs_clock_error_ms (self->clock),
                         gs_clock_is_known (self->clock),
                         gs_station_is_live (self) && !gs_case_get_unconfirmed (item), verdict);
}
