/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-referral-queue.h"

#include "gs-time.h"

struct _GsQueueEntry
{
  GObject parent_instance;

  GsQueueEntryKind kind;
  GPtrArray *cases;
  gboolean climbed;
  char *key;
};

struct _GsReferralQueue
{
  GObject parent_instance;

  GsCaseBook *book;
  GsClock *clock;
  const GsConfig *config;
  GPtrArray *entries;  /* GsQueueEntry */
  GHashTable *members; /* set of GsCase that stand in the entries; borrowed of them */
  GHashTable *touched; /* set of GsCase, owned, that changed since the last refresh */
  guint waiting;
  guint idle_source;
};

enum
{
  SIGNAL_CHANGED = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsQueueEntry, gs_queue_entry, G_TYPE_OBJECT)

static void
gs_queue_entry_finalize (GObject *object)
{
  GsQueueEntry *self = GS_QUEUE_ENTRY (object);

  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_free (self->key);
  G_OBJECT_CLASS (gs_queue_entry_parent_class)->finalize (object);
}

static void
gs_queue_entry_class_init (GsQueueEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_queue_entry_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_queue_entry_init (GsQueueEntry *self)
{
  self->cases = g_ptr_array_new_with_free_func (g_object_unref);
}

GsQueueEntryKind
gs_queue_entry_get_kind (GsQueueEntry *self)
{
  g_return_val_if_fail (GS_IS_QUEUE_ENTRY (self), GS_QUEUE_ENTRY_CASE);
  return self->kind;
}

GsCase *
gs_queue_entry_get_case (GsQueueEntry *self)
{
  g_return_val_if_fail (GS_IS_QUEUE_ENTRY (self), NULL);
  return self->cases->len > 0 ? g_ptr_array_index (self->cases, 0) : NULL;
}

GPtrArray *
gs_queue_entry_get_cases (GsQueueEntry *self)
{
  g_return_val_if_fail (GS_IS_QUEUE_ENTRY (self), NULL);
  return self->cases;
}

guint
gs_queue_entry_count_travellers (GsQueueEntry *self)
{
  guint travellers = 0;

  g_return_val_if_fail (GS_IS_QUEUE_ENTRY (self), 0);

  for (guint i = 0; i < self->cases->len; i++)
    {
      GsCase *item = g_ptr_array_index (self->cases, i);
      gboolean again = FALSE;

      for (guint j = 0; j < i && !again; j++)
        again = gs_case_is_joined (item, g_ptr_array_index (self->cases, j));
      travellers += !again;
    }
  return travellers;
}

gboolean
gs_queue_entry_is_climbed (GsQueueEntry *self)
{
  g_return_val_if_fail (GS_IS_QUEUE_ENTRY (self), FALSE);
  return self->climbed;
}

static GType
queue_get_item_type (GListModel *model)
{
  return GS_TYPE_QUEUE_ENTRY;
}

static guint
queue_get_n_items (GListModel *model)
{
  return GS_REFERRAL_QUEUE (model)->entries->len;
}

static gpointer
queue_get_item (GListModel *model, guint position)
{
  GsReferralQueue *self = GS_REFERRAL_QUEUE (model);

  return position < self->entries->len ? g_object_ref (g_ptr_array_index (self->entries, position))
                                       : NULL;
}

static void
queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = queue_get_item_type;
  iface->get_n_items = queue_get_n_items;
  iface->get_item = queue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GsReferralQueue,
                               gs_referral_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, queue_list_model_init))

typedef struct
{
  GsCase *item; /* the most urgent of the row */
  int rank;
  gint64 since_utc_ms;
  GsQueueEntry *entry;
} Row;

/* TRUE when a case of the entry changed since the last refresh. */
static gboolean
is_touched (GsReferralQueue *self, GsQueueEntry *entry)
{
  for (guint i = 0; i < entry->cases->len; i++)
    if (g_hash_table_contains (self->touched, g_ptr_array_index (entry->cases, i)))
      return TRUE;
  return FALSE;
}

static int
rank_of (GsReferralQueue *self, GsCase *item, gint64 now_utc_ms)
{
  int priority = gs_case_get_priority (item);
  gint64 since = gs_case_get_crossing (item)->referred_utc_ms;
  gint64 climb_ms = self->config->climb_minutes * G_GINT64_CONSTANT (60000);
  int steps;

  if (priority <= 2 || now_utc_ms == GS_TIME_UNKNOWN || since == GS_TIME_UNKNOWN
      || now_utc_ms <= since || climb_ms <= 0)
    return priority;
  steps = (int) MIN ((now_utc_ms - since) / climb_ms, 4);
  return MAX (priority - steps, 2);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *first = a;
  const Row *second = b;

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  if (first->since_utc_ms != second->since_utc_ms)
    return first->since_utc_ms < second->since_utc_ms ? -1 : 1;
  return g_strcmp0 (gs_case_get_id (first->item), gs_case_get_id (second->item));
}

static GsQueueEntry *
entry_new (GsQueueEntryKind kind, const char *key)
{
  GsQueueEntry *entry = g_object_new (GS_TYPE_QUEUE_ENTRY, NULL);

  entry->kind = kind;
  entry->key = g_strdup (key);
  return entry;
}

static gboolean
belongs (GsReferralQueue *self, GsCase *item)
{
  return gs_case_is_waiting (item)
         && (gs_config_has_gate (self->config, gs_case_get_crossing (item)->gate)
             || gs_case_get_hold (item) == GS_HOLD_HERE);
}

/* The key by which cases share a row: the gate fault, else the party, else the case alone. */
static char *
dup_row_key (const GsCrossing *crossing, GHashTable *fault_sizes, GsQueueEntryKind *kind)
{
  if (crossing->fault != NULL
      && GPOINTER_TO_INT (g_hash_table_lookup (fault_sizes, crossing->fault)) > 1)
    {
      *kind = GS_QUEUE_ENTRY_FAULT;
      return g_strconcat ("fault:", crossing->fault, NULL);
    }
  if (crossing->party != NULL)
    {
      *kind = GS_QUEUE_ENTRY_PARTY;
      return g_strconcat ("party:", crossing->party, NULL);
    }
  *kind = GS_QUEUE_ENTRY_CASE;
  if (crossing->traveller != NULL && crossing->traveller->document_number != NULL)
    return g_strconcat ("document:", crossing->traveller->issuing_state, "/",
                        crossing->traveller->document_number, NULL);
  return g_strconcat ("case:", crossing->id, NULL);
}

/* One document is one traveller for half an hour; later it stands alone. */
static gboolean
joins (GsQueueEntry *entry, GsCase *item)
{
  return entry->kind != GS_QUEUE_ENTRY_CASE
         || gs_case_is_joined (item, g_ptr_array_index (entry->cases, 0));
}

static GHashTable *
count_faults (GPtrArray *waiting)
{
  GHashTable *sizes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < waiting->len; i++)
    {
      const GsCrossing *crossing = gs_case_get_crossing (g_ptr_array_index (waiting, i));

      if (crossing->fault != NULL)
        g_hash_table_insert (
          sizes, crossing->fault,
          GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (sizes, crossing->fault)) + 1));
    }
  return sizes;
}

/* Rows in order; the cases of a row are in order too because they are added sorted. */
static GPtrArray *
build_rows (GsReferralQueue *self, GArray *sorted, GPtrArray *waiting)
{
  g_autoptr (GHashTable) faults = count_faults (waiting);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sorted->len; i++)
    {
      Row *row = &g_array_index (sorted, Row, i);
      GsQueueEntryKind kind;
      g_autofree char *key = dup_row_key (gs_case_get_crossing (row->item), faults, &kind);
      GsQueueEntry *entry = g_hash_table_lookup (by_key, key);

      if (entry != NULL && !joins (entry, row->item))
        {
          g_free (key);
          key = g_strconcat ("case:", gs_case_get_id (row->item), NULL);
          entry = NULL;
        }
      if (entry == NULL)
        {
          entry = entry_new (kind, key);
          entry->climbed = row->rank < gs_case_get_priority (row->item);
          g_ptr_array_add (rows, entry);
          g_hash_table_insert (by_key, g_steal_pointer (&key), entry);
        }
      g_ptr_array_add (entry->cases, g_object_ref (row->item));
    }
  for (guint i = 0; i < rows->len; i++)
    {
      GsQueueEntry *entry = g_ptr_array_index (rows, i);

      if (entry->kind == GS_QUEUE_ENTRY_PARTY && gs_queue_entry_count_travellers (entry) == 1)
        entry->kind = GS_QUEUE_ENTRY_CASE;
    }
  return rows;
}

/* Cases that are a further referral of a traveller who is counted already. */
static guint
count_joined (GPtrArray *rows)
{
  guint joined = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      GsQueueEntry *entry = g_ptr_array_index (rows, i);

      /* Every member of a fault has a row of its own. */
      if (entry->kind != GS_QUEUE_ENTRY_FAULT)
        joined += entry->cases->len - gs_queue_entry_count_travellers (entry);
    }
  return joined;
}

/* Puts the members of a fault under its head. */
static GPtrArray *
unfold_faults (GPtrArray *rows)
{
  GPtrArray *flat = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      GsQueueEntry *entry = g_ptr_array_index (rows, i);

      g_ptr_array_add (flat, g_object_ref (entry));
      for (guint j = 0; entry->kind == GS_QUEUE_ENTRY_FAULT && j < entry->cases->len; j++)
        {
          GsCase *item = g_ptr_array_index (entry->cases, j);
          g_autofree char *key = g_strconcat ("member:", gs_case_get_id (item), NULL);
          GsQueueEntry *member = entry_new (GS_QUEUE_ENTRY_FAULT_MEMBER, key);

          g_ptr_array_add (member->cases, g_object_ref (item));
          g_ptr_array_add (flat, member);
        }
    }
  return flat;
}

static gboolean
same_entry (GsQueueEntry *a, GsQueueEntry *b)
{
  if (a->kind != b->kind || a->climbed != b->climbed || a->cases->len != b->cases->len
      || !g_str_equal (a->key, b->key))
    return FALSE;
  for (guint i = 0; i < a->cases->len; i++)
    if (g_ptr_array_index (a->cases, i) != g_ptr_array_index (b->cases, i))
      return FALSE;
  return TRUE;
}

/* Swaps the new rows in and tells only of the stretch that differs, so that no row is rebuilt under
 * the pointer. */
static void
replace_entries (GsReferralQueue *self, GPtrArray *fresh)
{
  GPtrArray *old = self->entries;
  guint head = 0, tail = 0;

  while (head < old->len && head < fresh->len
         && same_entry (g_ptr_array_index (old, head), g_ptr_array_index (fresh, head)))
    head++;
  while (tail < old->len - head && tail < fresh->len - head
         && same_entry (g_ptr_array_index (old, old->len - 1 - tail),
                        g_ptr_array_index (fresh, fresh->len - 1 - tail)))
    tail++;
  for (guint i = 0; i < fresh->len; i++)
    {
      guint from = i < head ? i : old->len - (fresh->len - i);

      if (i < head || i >= fresh->len - tail)
        g_set_object ((GObject **) &fresh->pdata[i], g_ptr_array_index (old, from));
    }
  self->entries = g_ptr_array_ref (fresh);
  if (old->len != fresh->len || head < old->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                fresh->len - head - tail);
  g_ptr_array_unref (old);
  for (guint i = 0; i < fresh->len; i++)
    if (is_touched (self, g_ptr_array_index (fresh, i)))
      g_signal_emit (g_ptr_array_index (fresh, i), signals[SIGNAL_CHANGED], 0);
}

void
gs_referral_queue_refresh (GsReferralQueue *self)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GArray) sorted = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) flat = NULL;
  gint64 now_utc_ms;

  g_return_if_fail (GS_IS_REFERRAL_QUEUE (self));

  g_clear_handle_id (&self->idle_source, g_source_remove);
  all = gs_case_book_list_present (self->book);
  waiting = g_ptr_array_new ();
  sorted = g_array_new (FALSE, FALSE, sizeof (Row));
  now_utc_ms = gs_clock_now_utc_ms (self->clock);
  for (guint i = 0; i < all->len; i++)
    {
      GsCase *item = g_ptr_array_index (all, i);
      Row row = { item, 0, gs_case_get_crossing (item)->referred_utc_ms, NULL };

      if (!belongs (self, item))
        continue;
      row.rank = rank_of (self, item, now_utc_ms);
      g_ptr_array_add (waiting, item);
      g_array_append_val (sorted, row);
    }
  g_array_sort (sorted, compare_rows);
  rows = build_rows (self, sorted, waiting);
  flat = unfold_faults (rows);
  self->waiting = waiting->len - count_joined (rows);
  g_hash_table_remove_all (self->members);
  for (guint i = 0; i < waiting->len; i++)
    g_hash_table_add (self->members, g_ptr_array_index (waiting, i));
  replace_entries (self, flat);
  g_hash_table_remove_all (self->touched);
}

static gboolean
on_idle (gpointer data)
{
  GsReferralQueue *self = data;

  self->idle_source = 0;
  gs_referral_queue_refresh (self);
  return G_SOURCE_REMOVE;
}

/* Many events of one batch touch many cases: sort once after them. Most events of a hall are about
 * travellers who never stand here. */
static void
on_case_changed (GsReferralQueue *self, GsCase *item)
{
  if (!belongs (self, item) && !g_hash_table_contains (self->members, item))
    return;
  g_hash_table_add (self->touched, g_object_ref (item));
  if (self->idle_source == 0)
    self->idle_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
gs_referral_queue_dispose (GObject *object)
{
  GsReferralQueue *self = GS_REFERRAL_QUEUE (object);

  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_clear_object (&self->book);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (gs_referral_queue_parent_class)->dispose (object);
}

static void
gs_referral_queue_class_init (GsReferralQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_referral_queue_dispose;
}

static void
gs_referral_queue_init (GsReferralQueue *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->members = g_hash_table_new (NULL, NULL);
  self->touched = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

GsReferralQueue *
gs_referral_queue_new (GsCaseBook *book, GsClock *clock, const GsConfig *config)
{
  GsReferralQueue *self = g_object_new (GS_TYPE_REFERRAL_QUEUE, NULL);

  self->book = g_object_ref (book);
  self->clock = g_object_ref (clock);
  self->config = config;
  g_signal_connect_object (book, "case-changed", G_CALLBACK (on_case_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

guint
gs_referral_queue_get_waiting (GsReferralQueue *self)
{
  g_return_val_if_fail (GS_IS_REFERRAL_QUEUE (self), 0);
  return self->waiting;
}

GsCase *
gs_referral_queue_get_next (GsReferralQueue *self)
{
  g_return_val_if_fail (GS_IS_REFERRAL_QUEUE (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      GPtrArray *cases = gs_queue_entry_get_cases (g_ptr_array_index (self->entries, i));

      for (guint j = 0; j < cases->len; j++)
        if (gs_case_get_hold (g_ptr_array_index (cases, j)) == GS_HOLD_FREE)
          return g_ptr_array_index (cases, j);
    }
  return NULL;
}
