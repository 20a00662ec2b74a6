/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include "gs-cloud-event.h"
#include "gs-store-load.h"
#include "gs-time.h"

#define PRESENCE_S 2
#define STATUS_S 5
#define LEASE_S 10
/* The longest day: one on which the clocks go back. */
#define REFOLD_MS (25 * 60 * 60 * G_GINT64_CONSTANT (1000))
/* What no desk has to do with is known to the hall, which is asked when its document comes. */
#define FORGET_MS (10 * 60 * G_GINT64_CONSTANT (1000))

static guint signals[GS_STATION_N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsStation, gs_station, G_TYPE_OBJECT)

static void
gs_station_dispose (GObject *object)
{
  GsStation *self = GS_STATION (object);

  gs_station_stop (self);
  /* Its worker may hold a reference: it ends here, not on the worker's thread. */
  if (self->stamp_desk != NULL)
    g_object_run_dispose (G_OBJECT (self->stamp_desk));
  g_clear_object (&self->stamp_desk);
  if (self->stamps != NULL)
    g_object_run_dispose (G_OBJECT (self->stamps));
  g_clear_object (&self->stamps);
  if (self->face_desk != NULL)
    g_object_run_dispose (G_OBJECT (self->face_desk));
  g_clear_object (&self->face_desk);
  g_clear_pointer (&self->face_engine_trouble, g_free);
  if (self->gate_look != NULL)
    gs_gate_look_end (self->gate_look);
  g_clear_object (&self->gate_look);
  if (self->document_desk != NULL)
    g_object_run_dispose (G_OBJECT (self->document_desk));
  g_clear_object (&self->document_desk);
  g_clear_object (&self->shift);
  g_clear_object (&self->trust_desk);
  g_clear_object (&self->decision_desk);
  g_clear_object (&self->enrolment);
  g_clear_object (&self->tester);
  g_clear_object (&self->printers);
  g_clear_object (&self->keeper);
  g_clear_object (&self->queue);
  g_clear_object (&self->feed_log);
  g_clear_object (&self->stamp_list);
  g_clear_object (&self->current);
  g_clear_object (&self->book);
  g_clear_object (&self->session);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->hall);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->access, gs_hall_access_unref);
  g_clear_pointer (&self->hall_status, gs_hall_status_free);
  g_clear_pointer (&self->evidence, g_hash_table_unref);
  g_clear_pointer (&self->wanted, g_hash_table_unref);
  g_clear_pointer (&self->referral_times, g_array_unref);
  g_clear_pointer (&self->time_zone, g_time_zone_unref);
  G_OBJECT_CLASS (gs_station_parent_class)->dispose (object);
}

static void
gs_station_class_init (GsStationClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_station_dispose;
  signals[GS_STATION_CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GS_STATION_CURRENT_CHANGED] =
    g_signal_new ("current-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GS_STATION_DOCUMENT_READ] = g_signal_new (
    "document-read", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[GS_STATION_PRIORITY_ONE] = g_signal_new ("priority-one", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                   NULL, NULL, G_TYPE_NONE, 1, GS_TYPE_CASE);
  signals[GS_STATION_LEFT] = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, GS_TYPE_CASE);
  signals[GS_STATION_GATES_CHANGED] =
    g_signal_new ("gates-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bytes_unref (gpointer bytes)
{
  g_bytes_unref (bytes);
}

static void
gs_station_init (GsStation *self)
{
  self->cancellable = g_cancellable_new ();
  self->evidence = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, bytes_unref);
  self->wanted = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->referral_times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->time_zone = g_time_zone_new_utc ();
  self->stamp_list = g_list_store_new (GS_TYPE_CASE);
  self->last_byte_utc_ms = GS_TIME_UNKNOWN;
}

void
gs_station_emit (GsStation *self, guint signal)
{
  g_signal_emit (self, signals[signal], 0);
}

void
gs_station_emit_reading (GsStation *self, GsReading *reading)
{
  g_signal_emit (self, signals[GS_STATION_DOCUMENT_READ], 0, reading);
}

static gboolean
on_emit_changed (gpointer data)
{
  GsStation *self = data;

  self->changed_source = 0;
  gs_station_emit (self, GS_STATION_CHANGED);
  return G_SOURCE_REMOVE;
}

void
gs_station_note_change (GsStation *self)
{
  if (self->changed_source == 0)
    self->changed_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_emit_changed, self, NULL);
}

gint64
gs_station_now_utc_ms (GsStation *self)
{
  gint64 now = gs_clock_now_utc_ms (self->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

/* Keeps the list of cases opened for a stamp. */
static void
on_case_changed (GsCaseBook *book, GsCase *item, GsStation *self)
{
  guint position;
  gboolean listed = g_list_store_find (self->stamp_list, item, &position);

  if (gs_case_get_stamp_wanted (item) && !listed)
    g_list_store_append (self->stamp_list, item);
  else if (!gs_case_get_stamp_wanted (item) && listed)
    g_list_store_remove (self->stamp_list, position);
  if (item != self->current)
    gs_station_follow_card (self, item);
}

static void
on_gate_changed (GsStation *self)
{
  gs_station_emit (self, GS_STATION_GATES_CHANGED);
}

static void
on_decision_due (GsDecisionDesk *desk,
                 GsCase *item,
                 const GsHallDecision *decision,
                 GsStation *self)
{
  if (decision->outcome == GS_OUTCOME_LEFT)
    gs_shift_tell_left (self->shift, decision->officer, decision->crossing, decision->key);
}

static gboolean
is_live_for_stamps (gpointer user_data)
{
  return gs_station_is_live (user_data);
}

static void
on_zone_read (GsDocumentDesk *desk, const GsMrz *zone, guint visit, GsStation *self)
{
  gs_station_take_chip_zone (self, zone, visit);
}

static GsPrinterDesk *
make_printers (const GsStationDevices *devices)
{
  GsPrinterDesk *printers = gs_printer_desk_new ();

  if (devices->printer != NULL)
    gs_printer_desk_add (printers, devices->printer);
  for (guint i = 0; devices->more_printers != NULL && i < devices->more_printers->len; i++)
    gs_printer_desk_add (printers, g_ptr_array_index (devices->more_printers, i));
  return printers;
}

static GsFaceDesk *
make_face_desk (GsStation *self, const GsStationDevices *devices)
{
  const GsFaceDeskParts parts = { .config = self->config,
                                  .store = self->store,
                                  .clock = self->clock,
                                  .hall = self->hall,
                                  .book = self->book,
                                  .documents = self->document_desk,
                                  .camera = devices->camera,
                                  .engine = devices->face_engine,
                                  .watcher = devices->face_watcher };

  return gs_face_desk_new (&parts);
}

GsStation *
gs_station_new (const GsStationDevices *devices)
{
  GsStation *self = g_object_new (GS_TYPE_STATION, NULL);

  self->config = devices->config;
  if (devices->access != NULL)
    self->access = gs_hall_access_ref (devices->access);
  self->hall = g_object_ref (devices->hall);
  self->store = g_object_ref (devices->store);
  g_set_object (&self->sign_in, devices->sign_in);
  self->clock = devices->clock != NULL ? g_object_ref (devices->clock) : gs_clock_new ();
  self->book = gs_case_book_new (self->config->desk_id);
  self->keeper = gs_case_keeper_new (self->store, self->book, self->clock, self->config);
  self->queue = gs_referral_queue_new (self->book, self->clock, self->config);
  self->feed_log = gs_feed_log_new ();
  self->printers = make_printers (devices);
  self->enrolment =
    gs_printer_enrolment_new (self->printers, self->config, self->store, self->clock);
  self->tester = gs_printer_tester_new (self->printers, self->config, self->store, self->clock);
  self->shift = gs_shift_new (self->store, self->clock, self->config->desk_id);
  self->trust_desk = gs_trust_desk_new (self->config->trust_store, self->store, self->clock);
  self->decision_desk = gs_decision_desk_new (self->hall, self->store, self->book, self->clock);
  self->stamp_desk = gs_stamp_desk_new (self->config, self->hall, self->store, self->printers,
                                        self->book, self->clock, is_live_for_stamps, self);
  self->stamps = gs_stamp_register_new (self->config, self->store, self->clock);
  gs_stamp_register_set_printers (self->stamps, self->printers);
  gs_stamp_desk_set_register (self->stamp_desk, self->stamps);
  self->document_desk =
    gs_document_desk_new (devices->reader, self->store, self->clock, self->config->trust_store);
  self->face_desk = make_face_desk (self, devices);
  self->face_engine_trouble = g_strdup (devices->face_engine_trouble);
  self->gate_look = gs_gate_look_new (self->book, self->store, self->clock, devices->make_camera,
                                      devices->make_camera_data);
  self->intake = NULL;
  g_signal_connect_object (self->trust_desk, "stored", G_CALLBACK (gs_document_desk_reload_trust),
                           self->document_desk, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document_desk, "zone-read", G_CALLBACK (on_zone_read), self, 0);
  g_signal_connect_object (self->document_desk, "changed", G_CALLBACK (gs_station_note_change),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->face_desk, "changed", G_CALLBACK (gs_station_note_change), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->book, "case-changed", G_CALLBACK (on_case_changed), self, 0);
  g_signal_connect_object (self->book, "gate-changed", G_CALLBACK (on_gate_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->decision_desk, "changed", G_CALLBACK (gs_station_note_change),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->decision_desk, "due", G_CALLBACK (on_decision_due), self, 0);
  g_signal_connect_object (self->stamp_desk, "changed", G_CALLBACK (gs_station_note_change), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stamps, "changed", G_CALLBACK (gs_station_note_change), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shift, "changed", G_CALLBACK (gs_station_note_change), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (gs_station_note_change), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "notify::fault", G_CALLBACK (gs_station_note_change), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->printers, "changed", G_CALLBACK (gs_station_note_change), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* --- timers ----------------------------------------------------------------------------------- */

static void
on_presence_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The next one follows in two seconds; the dead link is shown by the feed. */
  if (!gs_hall_put_presence_finish (GS_HALL (source), result, &error))
    g_debug ("Presence: %s", error->message);
}

static gboolean
on_presence (gpointer data)
{
  GsStation *self = data;
  g_autoptr (GsHallPresence) presence = gs_hall_presence_new ();

  presence->desk = g_strdup (self->config->desk_id);
  if (self->session != NULL)
    {
      presence->officer = g_strdup (gs_session_get_officer_id (self->session));
      presence->gates = g_strdupv (self->config->gates);
    }
  gs_hall_put_presence_async (self->hall, presence, self->cancellable, on_presence_told, NULL);
  return G_SOURCE_CONTINUE;
}

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStation) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallStatus) status = gs_hall_get_status_finish (GS_HALL (source), result, &error);

  if (status != NULL && self->started)
    gs_station_take_status (self, status);
  else if (error != NULL)
    g_debug ("Status: %s", error->message);
}

static gboolean
on_status_due (gpointer data)
{
  GsStation *self = data;

  gs_hall_get_status_async (self->hall, self->cancellable, on_status, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static gboolean
on_lease_due (gpointer data)
{
  gs_station_renew_lease (data);
  return G_SOURCE_CONTINUE;
}

/* Once a second: the climb in the queue, the flood, what may be forgotten. */
static gboolean
on_second (gpointer data)
{
  GsStation *self = data;
  guint load = gs_station_get_load (self, NULL);

  if (load >= 10 || load <= 5)
    self->flood = load >= 10;
  gs_referral_queue_refresh (self->queue);
  gs_case_keeper_flush (self->keeper);
  gs_case_book_forget (self->book, gs_station_now_utc_ms (self) - FORGET_MS);
  if (gs_station_is_live (self))
    self->last_byte_utc_ms = gs_clock_now_utc_ms (self->clock);
  gs_station_note_change (self);
  return G_SOURCE_CONTINUE;
}

/* --- start ------------------------------------------------------------------------------------ */

/* Folds the stored events again, so that the desk shows at once what it knew. */
static void
refold (GsStation *self, GPtrArray *rows, const char *epoch)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const GsEventRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GsFeedItem) item = NULL;

      /* Numbers of an earlier epoch do not compare with this one's. */
      if (g_strcmp0 (row->epoch, epoch) != 0)
        continue;
      item = gs_cloud_event_parse (row->raw, row->id);
      if (item->kind == GS_FEED_ITEM_EVENT)
        gs_case_book_apply (self->book, item->event);
    }
}

/* Takes up the cases of the last run: counts, load, and what the hall must confirm. */
static void
restore_cases (GsStation *self, GPtrArray *rows, GPtrArray *documents)
{
  gs_case_keeper_restore (self->keeper, rows);
  gs_document_desk_restore (self->book, documents);
  gs_case_keeper_list_referrals (
    self->keeper, gs_station_now_utc_ms (self) - 2 * GS_STATION_LOAD_SPAN_MS, self->referral_times);
}

/* What was verified in the last run: for the history, and for as long as it counts. */
static void
restore_faces (GsStation *self, GPtrArray *faces)
{
  for (guint i = 0; i < faces->len; i++)
    {
      const GsFaceVerification *face = g_ptr_array_index (faces, i);
      GsCase *item = gs_case_book_find (self->book, face->crossing);

      if (item == NULL)
        continue;
      gs_case_restore_verification (item, gs_face_verification_copy (face));
      if (self->session != NULL)
        gs_case_set_verifying_officer (item, gs_session_get_officer_id (self->session));
    }
}

static gboolean
has_open_case (GsStation *self)
{
  g_autoptr (GPtrArray) cases = gs_case_book_list (self->book);

  for (guint i = 0; i < cases->len; i++)
    if (gs_crossing_is_open_case (gs_case_get_crossing (g_ptr_array_index (cases, i))))
      return TRUE;
  return FALSE;
}

/* A question about a page that a crash left names whose page it is. */
static void
restore_travellers (GsStation *self, GHashTable *travellers)
{
  GHashTableIter iter;
  gpointer crossing, traveller;

  g_hash_table_iter_init (&iter, travellers);
  while (g_hash_table_iter_next (&iter, &crossing, &traveller))
    {
      GsCase *item = gs_case_book_find (self->book, crossing);

      if (item == NULL)
        item = gs_case_book_take_crossing (self->book, gs_crossing_new (crossing));
      if (gs_case_get_crossing (item)->traveller == NULL)
        gs_case_take_traveller (item, gs_traveller_copy (traveller));
    }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsStation *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStoreSnapshot) snapshot = gs_store_load_finish (GS_STORE (source), result, &error);

  if (snapshot == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  refold (self, snapshot->events, snapshot->feed != NULL ? snapshot->feed->epoch : NULL);
  restore_cases (self, snapshot->cases, snapshot->documents);
  restore_faces (self, snapshot->faces);
  gs_decision_desk_restore (self->decision_desk, snapshot->decisions);
  restore_travellers (self, snapshot->travellers);
  gs_printer_enrolment_restore (self->enrolment, snapshot->pins);
  gs_stamp_desk_recover (self->stamp_desk, snapshot->claims, snapshot->journal, snapshot->outcomes);
  gs_shift_restore (self->shift);
  gs_referral_queue_refresh (self->queue);
  self->started = TRUE;
  if (self->access != NULL)
    gs_station_feed_start (self, snapshot->feed != NULL ? snapshot->feed->cursor : 0,
                           snapshot->feed != NULL ? snapshot->feed->epoch : NULL);
  gs_printer_desk_start (self->printers);
  gs_stamp_register_start (self->stamps);
  gs_trust_desk_start (self->trust_desk);
  gs_document_desk_start (self->document_desk);
  on_presence (self);
  on_status_due (self);
  /* Events are missing among those that were folded again, and nobody knows whether the hall was
   * heard about that: a window may be closed that looks open here. */
  if (snapshot->last_gap_utc_ms >= gs_station_now_utc_ms (self) - REFOLD_MS)
    gs_station_begin_doubt (self, FALSE);
  else if (has_open_case (self))
    gs_station_load_snapshot (self);
  self->presence_source = g_timeout_add_seconds (PRESENCE_S, on_presence, self);
  self->status_source = g_timeout_add_seconds (STATUS_S, on_status_due, self);
  self->lease_source = g_timeout_add_seconds (LEASE_S, on_lease_due, self);
  self->second_source = g_timeout_add_seconds (1, on_second, self);
  gs_station_retention_start (self);
  g_task_return_boolean (task, TRUE);
}

void
gs_station_start_async (GsStation *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GS_IS_STATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  gs_store_load_async (self->store, gs_station_now_utc_ms (self) - REFOLD_MS, cancellable,
                       on_loaded, g_steal_pointer (&task));
}

gboolean
gs_station_start_finish (GsStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
gs_station_stop (GsStation *self)
{
  g_return_if_fail (GS_IS_STATION (self));

  self->started = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->presence_source, g_source_remove);
  g_clear_handle_id (&self->status_source, g_source_remove);
  g_clear_handle_id (&self->lease_source, g_source_remove);
  g_clear_handle_id (&self->second_source, g_source_remove);
  g_clear_handle_id (&self->changed_source, g_source_remove);
  gs_station_retention_stop (self);
  if (self->stamps != NULL)
    gs_stamp_register_stop (self->stamps);
  if (self->trust_desk != NULL)
    gs_trust_desk_stop (self->trust_desk);
  if (self->printers != NULL)
    gs_printer_desk_stop (self->printers);
  if (self->gate_look != NULL)
    gs_gate_look_end (self->gate_look);
  if (self->face_desk != NULL)
    gs_face_desk_stop (self->face_desk);
  if (self->document_desk != NULL)
    gs_document_desk_stop (self->document_desk);
  gs_station_feed_stop (self);
}

/* --- facts ------------------------------------------------------------------------------------ */

const GsConfig *
gs_station_get_config (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->config;
}

GsClock *
gs_station_get_clock (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->clock;
}

GsCaseBook *
gs_station_get_book (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->book;
}

GsReferralQueue *
gs_station_get_queue (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->queue;
}

GsFeedLog *
gs_station_get_feed_log (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->feed_log;
}

GListModel *
gs_station_get_stamp_list (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return G_LIST_MODEL (self->stamp_list);
}

GsStampDesk *
gs_station_get_stamp_desk (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->stamp_desk;
}

GsStampRegister *
gs_station_get_register (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->stamps;
}

GsDecisionDesk *
gs_station_get_decision_desk (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->decision_desk;
}

GsTrustDesk *
gs_station_get_trust_desk (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->trust_desk;
}

GsDocumentDesk *
gs_station_get_document_desk (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->document_desk;
}

GsFaceDesk *
gs_station_get_face_desk (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->face_desk;
}

const char *
gs_station_get_face_engine_trouble (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->face_engine_trouble;
}

GsGateLook *
gs_station_get_gate_look (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->gate_look;
}

GsShift *
gs_station_get_shift (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->shift;
}

GsPrinterMonitor *
gs_station_get_printer (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return gs_printer_desk_get_n_printers (self->printers) > 0
           ? gs_printer_desk_get_printer (self->printers, 0)
           : NULL;
}

GsPrinterEnrolment *
gs_station_get_enrolment (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->enrolment;
}

GsPrinterTester *
gs_station_get_printer_tester (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->tester;
}

GsPrinterDesk *
gs_station_get_printers (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->printers;
}

const GsHallStatus *
gs_station_get_hall_status (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->hall_status;
}

GTimeZone *
gs_station_get_time_zone (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->time_zone;
}

gboolean
gs_station_is_flood (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), FALSE);
  return self->flood;
}

guint
gs_station_get_done_today (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), 0);
  return gs_case_keeper_count_done (
    self->keeper, gs_time_day_begin (gs_station_now_utc_ms (self), self->time_zone));
}

guint
gs_station_get_kept (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), 0);
  return gs_decision_desk_get_kept (self->decision_desk);
}

GsStoreError
gs_station_get_store_fault (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), 0);
  return gs_store_get_fault (self->store);
}

GsSession *
gs_station_get_session (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->session;
}

GsSignIn *
gs_station_get_sign_in (GsStation *self)
{
  g_return_val_if_fail (GS_IS_STATION (self), NULL);
  return self->sign_in;
}

/* What another officer saw is on the record, but decides and stamps nothing for this one. */
static void
set_verifying_officer (GsStation *self, const char *officer)
{
  g_autoptr (GPtrArray) cases = gs_case_book_list (self->book);

  for (guint i = 0; i < cases->len; i++)
    gs_case_set_verifying_officer (g_ptr_array_index (cases, i), officer);
}

void
gs_station_set_session (GsStation *self, GsSession *session)
{
  g_return_if_fail (GS_IS_STATION (self));

  gs_trust_desk_set_session (self->trust_desk, session);
  gs_pack_desk_set_session (gs_stamp_desk_get_packs (self->stamp_desk), session);
  gs_printer_enrolment_set_session (self->enrolment, session);
  gs_printer_tester_set_session (self->tester, session);
  gs_stamp_register_set_session (self->stamps, session);
  /* Who decides nothing watches no gate: for the desk nobody is signed in. */
  if (session != NULL && !gs_session_may_decide (session))
    session = NULL;
  if (session == NULL)
    gs_station_open (self, NULL);
  if (!g_set_object (&self->session, session))
    return;
  if (session != NULL)
    set_verifying_officer (self, gs_session_get_officer_id (session));
  gs_stamp_desk_set_session (self->stamp_desk, session);
  gs_document_desk_set_session (self->document_desk, session);
  gs_face_desk_set_session (self->face_desk, session);
  gs_gate_look_set_session (self->gate_look, session);
  gs_shift_set_session (self->shift, session);
  if (self->started)
    on_presence (self);
  gs_station_note_change (self);
}
