/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-intake.h"

#include "gs-cloud-event.h"
#include "gs-ingest.h"
#include "gs-time.h"

/* How long a crossing that is over stays folded here: what comes later (a void stamp, a late
 * withdrawal) comes within minutes. */
#define KEEP_FOLDED_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define PRUNE_EVERY 10000

struct _GsIntake
{
  GObject parent_instance;

  GsStore *store;
  GsIntakeFunc func;
  gpointer user_data;
  GMainContext *main_context;

  /* Feed thread only, after prepare. */
  char *epoch;
  GHashTable *crossings; /* id → GsCrossing */
  guint since_prune;

  GMutex lock; /* guards what follows */
  GPtrArray *ready;
  GSource *wake;
  gboolean closed;

  gint quarantined; /* atomic */
};

G_DEFINE_FINAL_TYPE (GsIntake, gs_intake, G_TYPE_OBJECT)

static void
gs_intake_finalize (GObject *object)
{
  GsIntake *self = GS_INTAKE (object);

  g_clear_pointer (&self->ready, g_ptr_array_unref);
  g_clear_pointer (&self->crossings, g_hash_table_unref);
  g_clear_object (&self->store);
  g_main_context_unref (self->main_context);
  g_mutex_clear (&self->lock);
  g_free (self->epoch);
  G_OBJECT_CLASS (gs_intake_parent_class)->finalize (object);
}

static void
gs_intake_class_init (GsIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_intake_finalize;
}

static void
gs_intake_init (GsIntake *self)
{
  g_mutex_init (&self->lock);
  self->main_context = g_main_context_ref_thread_default ();
  self->ready = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_feed_item_unref);
  self->crossings =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) gs_crossing_free);
}

GsIntake *
gs_intake_new (GsStore *store, GsIntakeFunc func, gpointer user_data)
{
  GsIntake *self = g_object_new (GS_TYPE_INTAKE, NULL);

  self->store = g_object_ref (store);
  self->func = func;
  self->user_data = user_data;
  return self;
}

void
gs_intake_prepare (GsIntake *self, const char *epoch, GPtrArray *crossings)
{
  g_return_if_fail (GS_IS_INTAKE (self));

  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  for (guint i = 0; i < crossings->len; i++)
    {
      GsCrossing *copy = gs_crossing_copy (g_ptr_array_index (crossings, i));

      g_hash_table_replace (self->crossings, copy->id, copy);
    }
}

guint
gs_intake_get_quarantined (GsIntake *self)
{
  g_return_val_if_fail (GS_IS_INTAKE (self), 0);
  return (guint) g_atomic_int_get (&self->quarantined);
}

static gboolean
deliver (gpointer data)
{
  GsIntake *self = data;
  g_autoptr (GPtrArray) items = NULL;
  gboolean closed;

  g_mutex_lock (&self->lock);
  items = g_steal_pointer (&self->ready);
  self->ready = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_feed_item_unref);
  g_clear_pointer (&self->wake, g_source_unref);
  closed = self->closed;
  g_mutex_unlock (&self->lock);
  if (!closed && items->len > 0)
    self->func (self, items, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
hand_on (GsIntake *self, GPtrArray *items)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_extend (self->ready, items, (GCopyFunc) (void (*) (void)) gs_feed_item_ref, NULL);
  if (self->wake == NULL && !self->closed)
    {
      self->wake = g_idle_source_new ();
      /* Above redrawing: a window that draws all the time would never come to it. The feed hands on
       * at most a hundred times a second, so the window is not starved either. */
      g_source_set_priority (self->wake, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->wake, deliver, g_object_ref (self), g_object_unref);
      g_source_attach (self->wake, self->main_context);
    }
  g_mutex_unlock (&self->lock);
}

void
gs_intake_close (GsIntake *self)
{
  g_return_if_fail (GS_IS_INTAKE (self));

  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  if (self->wake != NULL)
    g_source_destroy (self->wake);
  g_clear_pointer (&self->wake, g_source_unref);
  g_mutex_unlock (&self->lock);
}

static gboolean
is_live (const GsCrossing *crossing)
{
  return crossing->state == GS_CROSSING_STATE_STARTED || gs_crossing_is_open_case (crossing)
         || (crossing->state == GS_CROSSING_STATE_ADMITTED
             && crossing->close_cause == GS_CLOSE_CAUSE_NONE);
}

static void
prune (GsIntake *self, gint64 now_utc_ms)
{
  GHashTableIter iter;
  gpointer value;

  self->since_prune = 0;
  g_hash_table_iter_init (&iter, self->crossings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GsCrossing *crossing = value;
      gint64 last = MAX (crossing->closed_utc_ms, crossing->outcome_utc_ms);

      if (!is_live (crossing) && last < now_utc_ms - KEEP_FOLDED_MS)
        g_hash_table_iter_remove (&iter);
    }
}

static GsCrossing *
fold (GsIntake *self, const GsEvent *event)
{
  GsCrossing *crossing = g_hash_table_lookup (self->crossings, event->subject);

  if (crossing == NULL)
    {
      crossing = gs_crossing_new (event->subject);
      g_hash_table_insert (self->crossings, crossing->id, crossing);
    }
  gs_crossing_apply (crossing, event);
  return crossing;
}

/* The rows of the crossings that the items touch, as they are after them. A crossing whose start
 * was never seen writes no row: half a row would replace a whole one. */
static GPtrArray *
make_rows (GsIntake *self, GPtrArray *items)
{
  g_autoptr (GHashTable) touched = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_crossing_row_free);
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < items->len; i++)
    {
      const GsFeedItem *item = g_ptr_array_index (items, i);

      if (item->kind == GS_FEED_ITEM_EVENT && gs_event_type_is_crossing (item->event->type))
        {
          GsCrossing *crossing = fold (self, item->event);

          g_hash_table_insert (touched, crossing->id, crossing);
        }
    }
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GsCrossing *crossing = value;

      if (crossing->started_utc_ms != GS_TIME_UNKNOWN)
        g_ptr_array_add (rows, gs_crossing_row_new_from (crossing, is_live (crossing)));
    }
  return rows;
}

static GsIngestItem *
make_ingest_item (const GsFeedItem *item)
{
  GsIngestItem *out;

  switch (item->kind)
    {
    case GS_FEED_ITEM_GAP:
      out = gs_ingest_item_new (GS_INGEST_GAP, item->id);
      out->last_id = item->last_id;
      out->time_utc_ms = item->received_utc_ms;
      return out;
    case GS_FEED_ITEM_QUARANTINE:
      out = gs_ingest_item_new (GS_INGEST_QUARANTINE, item->id);
      out->crossing = g_strdup (item->referral_crossing);
      out->gate = g_strdup (item->referral_gate);
      out->time_utc_ms = item->received_utc_ms;
      out->raw = g_bytes_ref (item->raw);
      out->reason = g_strdup (item->error);
      return out;
    case GS_FEED_ITEM_EVENT:
      out = gs_ingest_item_new (GS_INGEST_EVENT, item->id);
      out->type = g_strdup (gs_event_type_to_word (item->event->type));
      if (gs_event_type_is_crossing (item->event->type))
        out->crossing = g_strdup (item->event->subject);
      out->gate = g_strdup (gs_event_type_is_crossing (item->event->type) ? item->event->gate
                                                                          : item->event->subject);
      out->time_utc_ms = item->event->time_utc_ms;
      out->raw = g_bytes_ref (item->raw);
      out->traveller = gs_traveller_copy (item->event->traveller);
      gs_cloud_event_split_identity (g_bytes_get_data (item->raw, NULL),
                                     g_bytes_get_size (item->raw), &out->identity_start,
                                     &out->identity_length);
      return out;
    case GS_FEED_ITEM_RESET:
      return NULL;
    }
  return NULL;
}

static gboolean
begin_epoch (GsIntake *self, const GsFeedItem *item)
{
  g_autoptr (GError) error = NULL;

  gs_store_begin_epoch (self->store, item->epoch, item->id, item->reset == GS_FEED_RESET_AHEAD,
                        item->received_utc_ms, &error);
  if (error != NULL)
    {
      g_warning ("The hall's epoch cannot be stored: %s", error->message);
      return FALSE;
    }
  g_free (self->epoch);
  self->epoch = g_strdup (item->epoch);
  if (item->reset == GS_FEED_RESET_EPOCH)
    g_hash_table_remove_all (self->crossings);
  return TRUE;
}

/* Stores a stretch of items without a reset among them and hands on what is new of it. */
static gboolean
store_stretch (GsIntake *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) ingest =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_ingest_item_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) fresh =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_feed_item_unref);
  g_autoptr (GsIngestResult) outcome = NULL;
  g_autoptr (GError) error = NULL;

  if (items->len == 0)
    return TRUE;
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (ingest, make_ingest_item (g_ptr_array_index (items, i)));
  rows = make_rows (self, items);
  outcome = gs_store_ingest (self->store, self->epoch, ingest, rows, &error);
  if (outcome == NULL)
    {
      g_warning ("%u events cannot be stored: %s", items->len, error->message);
      return FALSE;
    }
  g_atomic_int_add (&self->quarantined, (gint) outcome->n_quarantined);
  for (guint i = 0; i < items->len; i++)
    if (g_array_index (outcome->verdicts, GsIngestVerdict, i) == GS_INGEST_NEW)
      g_ptr_array_add (fresh, gs_feed_item_ref (g_ptr_array_index (items, i)));
  hand_on (self, fresh);
  return TRUE;
}

gboolean
gs_intake_sink (GPtrArray *items, gint64 cursor, gpointer user_data)
{
  GsIntake *self = user_data;
  g_autoptr (GPtrArray) stretch = g_ptr_array_new ();
  gboolean safe = TRUE;

  for (guint i = 0; safe && i < items->len; i++)
    {
      GsFeedItem *item = g_ptr_array_index (items, i);

      if (item->kind != GS_FEED_ITEM_RESET)
        {
          g_ptr_array_add (stretch, item);
          continue;
        }
      safe = store_stretch (self, stretch) && begin_epoch (self, item);
      g_ptr_array_set_size (stretch, 0);
      if (safe)
        {
          g_autoptr (GPtrArray) reset = g_ptr_array_new ();

          g_ptr_array_add (reset, item);
          hand_on (self, reset);
        }
    }
  safe = safe && store_stretch (self, stretch);

  self->since_prune += items->len;
  if (self->since_prune > PRUNE_EVERY)
    prune (self, g_get_real_time () / 1000);
  return safe;
}
