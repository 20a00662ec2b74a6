/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-feed-log.h"

#include "gs-referral-reason.h"
#include "gs-time.h"

#define LOG_LIMIT 500
#define TRIM_SLACK 50

struct _GsFeedEntry
{
  GObject parent_instance;

  GsEvent *event;
  char *gate;
  gint64 gate_ms;
  gint64 gap_first;
  gint64 gap_last;
  gboolean quarantine;
  gboolean left;
  GsOutcome outcome;
  gint64 time_utc_ms;
};

struct _GsFeedLog
{
  GObject parent_instance;

  GListStore *store;
  GPtrArray *pending;
};

G_DEFINE_FINAL_TYPE (GsFeedEntry, gs_feed_entry, G_TYPE_OBJECT)

static void
gs_feed_entry_finalize (GObject *object)
{
  GsFeedEntry *self = GS_FEED_ENTRY (object);

  g_clear_pointer (&self->event, gs_event_unref);
  g_free (self->gate);
  G_OBJECT_CLASS (gs_feed_entry_parent_class)->finalize (object);
}

static void
gs_feed_entry_class_init (GsFeedEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_feed_entry_finalize;
}

static void
gs_feed_entry_init (GsFeedEntry *self)
{
  self->gate_ms = -1;
}

const GsEvent *
gs_feed_entry_get_event (GsFeedEntry *self)
{
  g_return_val_if_fail (GS_IS_FEED_ENTRY (self), NULL);
  return self->event;
}

gint64
gs_feed_entry_get_gate_ms (GsFeedEntry *self)
{
  g_return_val_if_fail (GS_IS_FEED_ENTRY (self), -1);
  return self->gate_ms;
}

gboolean
gs_feed_entry_is_blind (GsFeedEntry *self)
{
  g_return_val_if_fail (GS_IS_FEED_ENTRY (self), FALSE);
  return self->event != NULL && gs_referral_reasons_are_blind (self->event->reasons);
}

void
gs_feed_entry_get_gap (GsFeedEntry *self, gint64 *first, gint64 *last)
{
  g_return_if_fail (GS_IS_FEED_ENTRY (self));
  *first = self->gap_first;
  *last = self->gap_last;
}

gboolean
gs_feed_entry_is_quarantine (GsFeedEntry *self)
{
  g_return_val_if_fail (GS_IS_FEED_ENTRY (self), FALSE);
  return self->quarantine;
}

gboolean
gs_feed_entry_get_left (GsFeedEntry *self, GsOutcome *outcome)
{
  g_return_val_if_fail (GS_IS_FEED_ENTRY (self), FALSE);
  *outcome = self->outcome;
  return self->left;
}

gint64
gs_feed_entry_get_time_utc_ms (GsFeedEntry *self)
{
  g_return_val_if_fail (GS_IS_FEED_ENTRY (self), GS_TIME_UNKNOWN);
  return self->time_utc_ms;
}

const char *
gs_feed_entry_get_gate (GsFeedEntry *self)
{
  g_return_val_if_fail (GS_IS_FEED_ENTRY (self), NULL);
  return self->gate;
}

static GType
log_get_item_type (GListModel *model)
{
  return GS_TYPE_FEED_ENTRY;
}

static guint
log_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (GS_FEED_LOG (model)->store));
}

static gpointer
log_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (GS_FEED_LOG (model)->store), position);
}

static void
log_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = log_get_item_type;
  iface->get_n_items = log_get_n_items;
  iface->get_item = log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFeedLog,
                               gs_feed_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, log_list_model_init))

static void
gs_feed_log_finalize (GObject *object)
{
  GsFeedLog *self = GS_FEED_LOG (object);

  g_object_unref (self->store);
  g_ptr_array_unref (self->pending);
  G_OBJECT_CLASS (gs_feed_log_parent_class)->finalize (object);
}

static void
gs_feed_log_class_init (GsFeedLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_feed_log_finalize;
}

static void
gs_feed_log_init (GsFeedLog *self)
{
  self->store = g_list_store_new (GS_TYPE_FEED_ENTRY);
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (self->store, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

GsFeedLog *
gs_feed_log_new (void)
{
  return g_object_new (GS_TYPE_FEED_LOG, NULL);
}

/* Only the newest LOG_LIMIT can ever be shown: a burst must not pile up objects. */
static void
collect (GsFeedLog *self, GsFeedEntry *entry)
{
  g_ptr_array_add (self->pending, entry);
  if (self->pending->len > 2 * LOG_LIMIT)
    g_ptr_array_remove_range (self->pending, 0, LOG_LIMIT);
}

static gboolean
is_for_the_list (GsEventType type)
{
  switch (type)
    {
    case GS_EVENT_CROSSING_DOCUMENT:
    case GS_EVENT_CROSSING_ADMITTED:
    case GS_EVENT_CROSSING_REFERRED:
    case GS_EVENT_CROSSING_TAKEN:
    case GS_EVENT_CROSSING_RESOLVED:
    case GS_EVENT_CROSSING_CUSTOMS:
    case GS_EVENT_CROSSING_BOARDED:
    case GS_EVENT_CROSSING_STAMPED:
    case GS_EVENT_CROSSING_STAMP_VOIDED:
    case GS_EVENT_CROSSING_CANCELLED:
      return TRUE;
    case GS_EVENT_GATE_STATUS:
    case GS_EVENT_CROSSING_STARTED:
    case GS_EVENT_CROSSING_FACE:
    case GS_EVENT_CROSSING_BACKGROUND:
    case GS_EVENT_CROSSING_FLIGHT:
    case GS_EVENT_CROSSING_RELEASED:
      return FALSE;
    }
  return FALSE;
}

void
gs_feed_log_add_event (GsFeedLog *self, GsEvent *event, const char *gate, gint64 gate_ms)
{
  GsFeedEntry *entry;

  g_return_if_fail (GS_IS_FEED_LOG (self));

  if (!is_for_the_list (event->type))
    return;
  entry = g_object_new (GS_TYPE_FEED_ENTRY, NULL);
  entry->event = gs_event_ref (event);
  entry->gate = g_strdup (gate);
  entry->gate_ms = gate_ms;
  entry->time_utc_ms = event->time_utc_ms;
  collect (self, entry);
}

void
gs_feed_log_add_gap (GsFeedLog *self, gint64 first, gint64 last, gint64 at_utc_ms)
{
  GsFeedEntry *entry;

  g_return_if_fail (GS_IS_FEED_LOG (self));

  entry = g_object_new (GS_TYPE_FEED_ENTRY, NULL);
  entry->gap_first = first;
  entry->gap_last = last;
  entry->time_utc_ms = at_utc_ms;
  collect (self, entry);
}

void
gs_feed_log_add_quarantine (GsFeedLog *self, gint64 at_utc_ms)
{
  GsFeedEntry *entry;

  g_return_if_fail (GS_IS_FEED_LOG (self));

  entry = g_object_new (GS_TYPE_FEED_ENTRY, NULL);
  entry->quarantine = TRUE;
  entry->time_utc_ms = at_utc_ms;
  collect (self, entry);
}

void
gs_feed_log_add_left (GsFeedLog *self, const char *gate, GsOutcome outcome, gint64 at_utc_ms)
{
  GsFeedEntry *entry;

  g_return_if_fail (GS_IS_FEED_LOG (self));

  entry = g_object_new (GS_TYPE_FEED_ENTRY, NULL);
  entry->left = TRUE;
  entry->outcome = outcome;
  entry->gate = g_strdup (gate);
  entry->time_utc_ms = at_utc_ms;
  collect (self, entry);
}

void
gs_feed_log_flush (GsFeedLog *self)
{
  guint fresh, have, first;

  g_return_if_fail (GS_IS_FEED_LOG (self));

  fresh = self->pending->len;
  if (fresh == 0)
    return;
  first = fresh > LOG_LIMIT ? fresh - LOG_LIMIT : 0;
  have = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  /* Trimming in steps keeps most appends a plain append. */
  if (have + fresh - first > LOG_LIMIT + TRIM_SLACK)
    g_list_store_splice (self->store, 0, MIN (have, have + fresh - first - LOG_LIMIT), NULL, 0);
  g_list_store_splice (self->store, g_list_model_get_n_items (G_LIST_MODEL (self->store)), 0,
                       self->pending->pdata + first, fresh - first);
  g_ptr_array_set_size (self->pending, 0);
}
