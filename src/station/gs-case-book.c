/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-book.h"

#include "gs-referral-reason.h"
#include "gs-time.h"

#include <string.h>

struct _GsCaseBook
{
  GObject parent_instance;

  char *desk_id;
  GHashTable *cases;   /* crossing id → GsCase */
  GHashTable *present; /* set of GsCase in a gate or open; borrowed of cases */
  GPtrArray *gates;
};

enum
{
  SIGNAL_CASE_CHANGED = 1,
  SIGNAL_GATE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsCaseBook, gs_case_book, G_TYPE_OBJECT)

static void
gs_case_book_finalize (GObject *object)
{
  GsCaseBook *self = GS_CASE_BOOK (object);

  g_free (self->desk_id);
  g_hash_table_unref (self->present);
  g_hash_table_unref (self->cases);
  g_ptr_array_unref (self->gates);
  G_OBJECT_CLASS (gs_case_book_parent_class)->finalize (object);
}

static void
gs_case_book_class_init (GsCaseBookClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_case_book_finalize;
  signals[SIGNAL_CASE_CHANGED] = g_signal_new ("case-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, GS_TYPE_CASE);
  signals[SIGNAL_GATE_CHANGED] = g_signal_new ("gate-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gs_case_book_init (GsCaseBook *self)
{
  self->cases = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->present = g_hash_table_new (NULL, NULL);
  self->gates = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_gate_free);
}

GsCaseBook *
gs_case_book_new (const char *desk_id)
{
  GsCaseBook *self = g_object_new (GS_TYPE_CASE_BOOK, NULL);

  self->desk_id = g_strdup (desk_id);
  return self;
}

GsCase *
gs_case_book_find (GsCaseBook *self, const char *crossing_id)
{
  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);
  return crossing_id != NULL ? g_hash_table_lookup (self->cases, crossing_id) : NULL;
}

static void
on_case_changed (GsCase *found, GsCaseBook *self)
{
  const GsCrossing *crossing = gs_case_get_crossing (found);

  if (crossing->state == GS_CROSSING_STATE_STARTED || gs_crossing_is_open_case (crossing))
    g_hash_table_add (self->present, found);
  else
    g_hash_table_remove (self->present, found);
  g_signal_emit (self, signals[SIGNAL_CASE_CHANGED], 0, found);
}

static GsCase *
ensure (GsCaseBook *self, const char *crossing_id)
{
  GsCase *found = gs_case_book_find (self, crossing_id);

  if (found == NULL)
    {
      found = gs_case_new (crossing_id);
      g_signal_connect_object (found, "changed", G_CALLBACK (on_case_changed), self, 0);
      g_hash_table_insert (self->cases, (char *) gs_case_get_id (found), found);
    }
  return found;
}

/* The hall's lease is the truth about who holds a case; our own wish is set elsewhere. */
static void
follow_lease (GsCaseBook *self, GsCase *found)
{
  const GsCrossing *crossing = gs_case_get_crossing (found);

  if (crossing->taken_desk == NULL)
    gs_case_set_hold (found, GS_HOLD_FREE);
  else if (g_strcmp0 (crossing->taken_desk, self->desk_id) == 0)
    gs_case_set_hold (found, GS_HOLD_HERE);
  else
    gs_case_set_hold (found, GS_HOLD_ELSEWHERE);
}

static void
apply_gate (GsCaseBook *self, const GsEvent *event)
{
  GsGate *gate = gs_case_book_find_gate (self, event->subject);

  if (gate == NULL)
    {
      gate = gs_gate_new (event->subject, event->subject, event->gate_state, event->time_utc_ms);
      g_ptr_array_add (self->gates, gate);
    }
  gate->state = event->gate_state;
  gate->since_utc_ms = event->at_utc_ms != GS_TIME_UNKNOWN ? event->at_utc_ms : event->time_utc_ms;
  g_free (gate->reason);
  gate->reason = g_strdup (event->reason);
  g_signal_emit (self, signals[SIGNAL_GATE_CHANGED], 0, gate->id);
}

GsCase *
gs_case_book_apply (GsCaseBook *self, const GsEvent *event)
{
  GsCase *found;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);

  if (!gs_event_type_is_crossing (event->type))
    {
      apply_gate (self, event);
      return NULL;
    }
  found = ensure (self, event->subject);
  if (gs_case_apply (found, event)
      && (event->type == GS_EVENT_CROSSING_TAKEN || event->type == GS_EVENT_CROSSING_RELEASED))
    follow_lease (self, found);
  return found;
}

GsCase *
gs_case_book_take_crossing (GsCaseBook *self, GsCrossing *crossing)
{
  GsCase *found;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);

  found = ensure (self, crossing->id);
  if (crossing->as_of_event < gs_case_get_crossing (found)->as_of_event)
    {
      gs_crossing_free (crossing);
      return found;
    }
  /* The hash key is the crossing's own id string, which changes hands here. */
  g_object_ref (found);
  g_hash_table_remove (self->cases, crossing->id);
  gs_case_take_crossing (found, crossing);
  g_hash_table_insert (self->cases, (char *) gs_case_get_id (found), found);
  follow_lease (self, found);
  return found;
}

GsCase *
gs_case_book_add_flawed_referral (GsCaseBook *self,
                                  const char *crossing_id,
                                  const char *gate,
                                  const char *const *reasons,
                                  gint64 at_utc_ms)
{
  g_autoptr (GsEvent) event = NULL;
  GsCase *found;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);

  found = ensure (self, crossing_id);
  event = gs_event_new (gs_case_get_crossing (found)->as_of_event + 1, GS_EVENT_CROSSING_REFERRED,
                        crossing_id);
  event->gate = g_strdup (gate);
  event->reasons = g_strdupv ((char **) reasons);
  event->time_utc_ms = at_utc_ms;
  return gs_case_book_apply (self, event);
}

/* Which of two crossings of one document the officer means: the open case (the most urgent), else
 * the newest admitted one, else the newest. */
static gboolean
is_better (const GsCrossing *candidate, const GsCrossing *best)
{
  gboolean open = gs_crossing_is_open_case (candidate);
  gboolean admitted = candidate->state == GS_CROSSING_STATE_ADMITTED;

  if (best == NULL)
    return TRUE;
  if (open != gs_crossing_is_open_case (best))
    return open;
  if (open
      && gs_referral_reasons_priority (candidate->reasons)
           != gs_referral_reasons_priority (best->reasons))
    return gs_referral_reasons_priority (candidate->reasons)
           < gs_referral_reasons_priority (best->reasons);
  if (!open && admitted != (best->state == GS_CROSSING_STATE_ADMITTED))
    return admitted;
  return candidate->started_utc_ms > best->started_utc_ms;
}

GsCase *
gs_case_book_find_document (GsCaseBook *self,
                            const char *issuing_state,
                            const char *document_number)
{
  GHashTableIter iter;
  gpointer value;
  GsCase *best = NULL;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);

  g_hash_table_iter_init (&iter, self->cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GsCrossing *crossing = gs_case_get_crossing (value);

      if (gs_traveller_same_document (crossing->traveller, issuing_state, document_number)
          && is_better (crossing, best != NULL ? gs_case_get_crossing (best) : NULL))
        best = value;
    }
  return best;
}

/* When the traveller came to the gate, as near as it is known. */
static gint64
time_of (const GsCrossing *crossing)
{
  return crossing->referred_utc_ms != GS_TIME_UNKNOWN ? crossing->referred_utc_ms
                                                      : crossing->started_utc_ms;
}

gboolean
gs_case_is_joined (GsCase *item, GsCase *other)
{
  const GsCrossing *a = gs_case_get_crossing (item);
  const GsCrossing *b = gs_case_get_crossing (other);

  if (item == other || a->traveller == NULL || a->traveller->document_number == NULL
      || time_of (a) == GS_TIME_UNKNOWN || time_of (b) == GS_TIME_UNKNOWN)
    return FALSE;
  return ABS (time_of (a) - time_of (b)) <= GS_CASE_JOIN_MS
         && gs_traveller_same_document (b->traveller, a->traveller->issuing_state,
                                        a->traveller->document_number);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  gint64 first = time_of (gs_case_get_crossing (*(GsCase *const *) a));
  gint64 second = time_of (gs_case_get_crossing (*(GsCase *const *) b));

  return first > second ? -1 : first < second;
}

GPtrArray *
gs_case_book_list_joined (GsCaseBook *self, GsCase *item)
{
  GPtrArray *list;
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);
  g_return_val_if_fail (GS_IS_CASE (item), NULL);

  list = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (gs_case_get_crossing (value)->reasons != NULL && gs_case_is_joined (item, value))
      g_ptr_array_add (list, value);
  g_ptr_array_sort (list, compare_newest_first);
  return list;
}

/* Set of gate ids, borrowed of the crossings. */
static GHashTable *
collect_fault_gates (GsCaseBook *self, const char *fault)
{
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->cases);
  while (fault != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GsCrossing *crossing = gs_case_get_crossing (value);

      if (g_strcmp0 (crossing->fault, fault) == 0 && crossing->gate != NULL)
        g_hash_table_add (ids, crossing->gate);
    }
  return ids;
}

GPtrArray *
gs_case_book_list_fault_gates (GsCaseBook *self, const char *fault, gboolean *reported)
{
  GPtrArray *list;
  g_autoptr (GHashTable) ids = NULL;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);

  *reported = FALSE;
  list = g_ptr_array_new_with_free_func (g_free);
  ids = collect_fault_gates (self, fault);
  for (guint i = 0; i < self->gates->len; i++)
    {
      const GsGate *gate = g_ptr_array_index (self->gates, i);

      if (gate->state == GS_GATE_STATE_FAULT && g_hash_table_contains (ids, gate->id))
        g_ptr_array_add (list, g_strdup (gate->id));
    }
  *reported = list->len > 0;
  for (guint i = 0; !*reported && i < self->gates->len; i++)
    {
      const GsGate *gate = g_ptr_array_index (self->gates, i);

      if (g_hash_table_contains (ids, gate->id))
        g_ptr_array_add (list, g_strdup (gate->id));
    }
  return list;
}

GPtrArray *
gs_case_book_list (GsCaseBook *self)
{
  GPtrArray *list;
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);

  list = g_ptr_array_sized_new (g_hash_table_size (self->cases));
  g_hash_table_iter_init (&iter, self->cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (list, value);
  return list;
}

GPtrArray *
gs_case_book_list_present (GsCaseBook *self)
{
  GPtrArray *list;
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);

  list = g_ptr_array_sized_new (g_hash_table_size (self->present));
  g_hash_table_iter_init (&iter, self->present);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (list, key);
  return list;
}

guint
gs_case_book_get_size (GsCaseBook *self)
{
  g_return_val_if_fail (GS_IS_CASE_BOOK (self), 0);
  return g_hash_table_size (self->cases);
}

void
gs_case_book_begin_epoch (GsCaseBook *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (GS_IS_CASE_BOOK (self));

  g_hash_table_iter_init (&iter, self->cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    gs_case_forget_position (value);
}

static gboolean
may_forget (GsCase *found, gint64 before_utc_ms)
{
  const GsCrossing *crossing = gs_case_get_crossing (found);
  gint64 last = MAX (crossing->started_utc_ms, crossing->referred_utc_ms);

  last = MAX (last, crossing->admitted_utc_ms);
  last = MAX (last, crossing->outcome_utc_ms);
  last = MAX (last, crossing->closed_utc_ms);
  /* A referral may still join the next one of its document. */
  if (crossing->reasons != NULL && crossing->traveller != NULL)
    last = MAX (last, crossing->referred_utc_ms + GS_CASE_JOIN_MS);
  return !gs_crossing_is_open_case (crossing) && !gs_case_get_stamp_wanted (found)
         && !gs_case_get_on_card (found) && gs_case_get_pending (found) == 0
         && gs_case_get_hold (found) != GS_HOLD_HERE && last < before_utc_ms;
}

guint
gs_case_book_forget (GsCaseBook *self, gint64 before_utc_ms)
{
  GHashTableIter iter;
  gpointer value;
  guint forgotten = 0;

  g_return_val_if_fail (GS_IS_CASE_BOOK (self), 0);

  g_hash_table_iter_init (&iter, self->cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (may_forget (value, before_utc_ms))
      {
        g_hash_table_remove (self->present, value);
        g_hash_table_iter_remove (&iter);
        forgotten++;
      }
  return forgotten;
}

GPtrArray *
gs_case_book_get_gates (GsCaseBook *self)
{
  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);
  return self->gates;
}

GsGate *
gs_case_book_find_gate (GsCaseBook *self, const char *id)
{
  g_return_val_if_fail (GS_IS_CASE_BOOK (self), NULL);

  for (guint i = 0; i < self->gates->len; i++)
    {
      GsGate *gate = g_ptr_array_index (self->gates, i);

      if (g_strcmp0 (gate->id, id) == 0)
        return gate;
    }
  return NULL;
}

void
gs_case_book_set_gates (GsCaseBook *self, GPtrArray *gates)
{
  g_return_if_fail (GS_IS_CASE_BOOK (self));

  g_ptr_array_set_size (self->gates, 0);
  for (guint i = 0; gates != NULL && i < gates->len; i++)
    g_ptr_array_add (self->gates, gs_gate_copy (g_ptr_array_index (gates, i)));
  for (guint i = 0; i < self->gates->len; i++)
    g_signal_emit (self, signals[SIGNAL_GATE_CHANGED], 0,
                   ((GsGate *) g_ptr_array_index (self->gates, i))->id);
}
