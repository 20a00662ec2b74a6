/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-decision-desk.h"

#include <string.h>

#include "gs-decision-table.h"
#include "gs-time.h"
#include "gs-uuid.h"

#define RETRY_MS 2000
#define VERSION_TRIES 3
#define DECISION_TYPE "(ssxssmssxasmsmsa(sss))"

typedef struct
{
  GsDecisionDesk *desk; /* borrowed */
  GsCase *item;
  GsHallDecision *decision;
  gint64 due_monotonic_us;
  guint source;
  gboolean committed; /* the store has it: only then may it be sent */
  gboolean sending;
  gboolean due_told;
  guint version_tries;
  guint group; /* decided by one key */
} Pending;

struct _GsDecisionDesk
{
  GObject parent_instance;

  GsHall *hall;
  GsStore *store;
  GsCaseBook *book;
  GsClock *clock;
  GCancellable *cancellable;
  GPtrArray *pending; /* Pending, oldest first */
  guint group;
};

enum
{
  SIGNAL_CHANGED = 1,
  SIGNAL_REJECTED,
  SIGNAL_FAILED,
  SIGNAL_DUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsDecisionDesk, gs_decision_desk, G_TYPE_OBJECT)

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_clear_handle_id (&pending->source, g_source_remove);
  g_clear_object (&pending->item);
  gs_hall_decision_free (pending->decision);
  g_free (pending);
}

static void
gs_decision_desk_dispose (GObject *object)
{
  GsDecisionDesk *self = GS_DECISION_DESK (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->hall);
  g_clear_object (&self->store);
  g_clear_object (&self->book);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (gs_decision_desk_parent_class)->dispose (object);
}

static void
gs_decision_desk_class_init (GsDecisionDeskClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_decision_desk_dispose;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REJECTED] = g_signal_new ("rejected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, GS_TYPE_CASE, G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, GS_TYPE_CASE);
  signals[SIGNAL_DUE] = g_signal_new ("due", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 2, GS_TYPE_CASE, G_TYPE_POINTER);
}

static void
gs_decision_desk_init (GsDecisionDesk *self)
{
  self->cancellable = g_cancellable_new ();
  self->pending = g_ptr_array_new_with_free_func (pending_free);
}

GsDecisionDesk *
gs_decision_desk_new (GsHall *hall, GsStore *store, GsCaseBook *book, GsClock *clock)
{
  GsDecisionDesk *self = g_object_new (GS_TYPE_DECISION_DESK, NULL);

  self->hall = g_object_ref (hall);
  self->store = g_object_ref (store);
  self->book = g_object_ref (book);
  self->clock = g_object_ref (clock);
  return self;
}

/* --- in the store ----------------------------------------------------------------------------- */

static GVariant *
maybe_string (const char *text)
{
  return g_variant_new_maybe (G_VARIANT_TYPE_STRING,
                              text != NULL ? g_variant_new_string (text) : NULL);
}

GBytes *
gs_decision_to_bytes (const GsHallDecision *decision)
{
  GVariantBuilder reasons, evidence;
  g_autoptr (GVariant) value = NULL;
  char *text;

  g_variant_builder_init (&reasons, G_VARIANT_TYPE ("as"));
  for (char **code = decision->reasons; code != NULL && *code != NULL; code++)
    g_variant_builder_add (&reasons, "s", *code);
  g_variant_builder_init (&evidence, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; decision->evidence != NULL && i < decision->evidence->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (decision->evidence, i);

      g_variant_builder_add (&evidence, "(sss)", check->name,
                             gs_check_result_to_word (check->result),
                             check->code != NULL ? check->code : "");
    }
  value = g_variant_ref_sink (
    g_variant_new ("(ssxss@mssx@as@ms@ms@a(sss))", decision->crossing, decision->key,
                   decision->version, gs_outcome_to_word (decision->outcome), decision->officer,
                   maybe_string (decision->second_officer), decision->desk, decision->at_utc_ms,
                   g_variant_builder_end (&reasons), maybe_string (decision->note),
                   maybe_string (decision->gate), g_variant_builder_end (&evidence)));
  text = g_variant_print (value, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

GsHallDecision *
gs_decision_from_bytes (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GVariant) value =
    g_variant_parse (G_VARIANT_TYPE (DECISION_TYPE), text, text + length, NULL, NULL);
  g_autoptr (GsHallDecision) decision = NULL;
  g_autofree char *outcome = NULL;
  g_autoptr (GVariantIter) evidence = NULL;
  const char *name, *word, *code;

  if (value == NULL)
    return NULL;
  decision = gs_hall_decision_new ();
  g_variant_get (value, "(ssxssmssx^asmsmsa(sss))", &decision->crossing, &decision->key,
                 &decision->version, &outcome, &decision->officer, &decision->second_officer,
                 &decision->desk, &decision->at_utc_ms, &decision->reasons, &decision->note,
                 &decision->gate, &evidence);
  if (!gs_outcome_from_word (outcome, &decision->outcome))
    return NULL;
  if (decision->evidence == NULL)
    decision->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  while (g_variant_iter_next (evidence, "(&s&s&s)", &name, &word, &code))
    {
      GsCheckResult result;

      if (gs_check_result_from_word (word, &result))
        g_ptr_array_add (decision->evidence,
                         gs_check_new (name, result, *code != '\0' ? code : NULL, NULL));
    }
  return g_steal_pointer (&decision);
}

static gpointer
add_in_store (GsDatabase *db, gpointer data, GError **error)
{
  gs_decision_table_add (db, data, error);
  return NULL;
}

typedef struct
{
  char *key;
  GsDecisionState state;
  gint64 at_utc_ms;
  int status;
  char *code;
} Settle;

static void
settle_free (gpointer data)
{
  Settle *settle = data;

  g_free (settle->key);
  g_free (settle->code);
  g_free (settle);
}

static gpointer
settle_in_store (GsDatabase *db, gpointer data, GError **error)
{
  Settle *settle = data;

  if (settle->state == GS_DECISION_UNDONE)
    gs_decision_table_undo (db, settle->key, settle->at_utc_ms, error);
  else
    gs_decision_table_settle (db, settle->key, settle->state, settle->at_utc_ms, settle->status,
                              settle->code, error);
  return NULL;
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  /* An answer that cannot be noted is asked for again after the next start, with the same key. */
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The end of a decision cannot be noted: %s", error->message);
}

static gint64
now_utc_ms (GsDecisionDesk *self)
{
  gint64 now = gs_clock_now_utc_ms (self->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

static void
settle (GsDecisionDesk *self, Pending *pending, GsDecisionState state, int status, const char *code)
{
  Settle *job = g_new0 (Settle, 1);
  const char *const kinds[] = { NULL, NULL, "decision.sent", "decision.rejected",
                                "decision.undone" };
  GsRecordEntry entry = { .kind = kinds[state],
                          .at_utc_ms = now_utc_ms (self),
                          .officer = pending->decision->officer,
                          .subject = pending->decision->crossing,
                          .detail = code };

  job->key = g_strdup (pending->decision->key);
  job->state = state;
  job->at_utc_ms = entry.at_utc_ms;
  job->status = status;
  job->code = g_strdup (code);
  gs_store_transact_async (self->store, &entry, settle_in_store, job, settle_free, NULL, NULL,
                           on_settled, NULL);
}

/* --- sending ---------------------------------------------------------------------------------- */

static void send_decision (GsDecisionDesk *self, Pending *pending);

static Pending *
find_key (GsDecisionDesk *self, const char *key)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (g_str_equal (pending->decision->key, key))
        return pending;
    }
  return NULL;
}

typedef struct
{
  GsDecisionDesk *desk;
  char *key;
} Wait;

static Wait *
wait_new (GsDecisionDesk *self, Pending *pending)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->desk = g_object_ref (self);
  wait->key = g_strdup (pending->decision->key);
  return wait;
}

/* Ends the wait; NULL when the desk is gone or the decision no longer pending. */
static Pending *
wait_end (Wait *wait, GsDecisionDesk **desk)
{
  Pending *pending = NULL;

  *desk = wait->desk;
  if (wait->desk->pending != NULL)
    pending = find_key (wait->desk, wait->key);
  g_free (wait->key);
  g_free (wait);
  return pending;
}

static gboolean
on_due (gpointer data)
{
  Pending *pending = data;

  pending->source = 0;
  /* A store that is slower than the undo: the commit's end sends it. */
  if (pending->committed)
    send_decision (pending->desk, pending);
  return G_SOURCE_REMOVE;
}

static void
try_later (Pending *pending, guint after_ms)
{
  g_clear_handle_id (&pending->source, g_source_remove);
  pending->source = g_timeout_add (after_ms, on_due, pending);
}

static void
reject (GsDecisionDesk *self, Pending *pending, const GError *error)
{
  const GsHallProblem *problem = gs_hall_error_get_problem (error);
  const char *word = gs_hall_error_to_word (error->code);
  g_autoptr (GsCase) item = g_object_ref (pending->item);

  settle (self, pending, GS_DECISION_REJECTED, problem != NULL ? (int) problem->status : 0, word);
  g_ptr_array_remove (self->pending, pending);
  gs_case_set_rejected (item, TRUE);
  g_signal_emit (self, signals[SIGNAL_REJECTED], 0, item, word);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The crossing changed since the officer saw it. When it is still the same open case, the decision
 * stands for its new version; else the officer must look again. */
static void
on_crossing (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsDecisionDesk) self = NULL;
  Pending *pending = wait_end (user_data, &self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallCrossing) now = gs_hall_get_crossing_finish (GS_HALL (source), result, &error);
  gint64 version;
  gboolean same;

  if (pending == NULL)
    return;
  pending->sending = FALSE;
  if (now == NULL)
    {
      try_later (pending, RETRY_MS);
      return;
    }
  version = now->crossing->version;
  same = gs_case_still_stands (pending->item, now->crossing, pending->decision->reasons);
  if (!same || pending->version_tries++ >= VERSION_TRIES)
    {
      g_autoptr (GError) changed =
        g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_VERSION, "the case has changed");

      reject (self, pending, changed);
      return;
    }
  pending->decision->version = version;
  send_decision (self, pending);
}

static void
on_posted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsDecisionDesk) self = NULL;
  Pending *pending = wait_end (user_data, &self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallReceipt) receipt =
    gs_hall_post_decision_finish (GS_HALL (source), result, &error);

  if (pending == NULL)
    return;
  pending->sending = FALSE;
  if (receipt != NULL)
    {
      settle (self, pending, GS_DECISION_SENT, receipt->replayed ? 200 : 201, NULL);
      g_ptr_array_remove (self->pending, pending);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return;
    }
  if (g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_VERSION))
    {
      pending->sending = TRUE;
      gs_hall_get_crossing_async (self->hall, pending->decision->crossing, self->cancellable,
                                  on_crossing, wait_new (self, pending));
      return;
    }
  if (error->domain == GS_HALL_ERROR && !gs_hall_error_is_transient (error)
      && error->code != GS_HALL_ERROR_REFUSED && error->code != GS_HALL_ERROR_UNTRUSTED)
    {
      reject (self, pending, error);
      return;
    }
  try_later (pending, RETRY_MS);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
send_decision (GsDecisionDesk *self, Pending *pending)
{
  if (pending->sending)
    return;
  pending->sending = TRUE;
  g_clear_handle_id (&pending->source, g_source_remove);
  if (!pending->due_told)
    {
      pending->due_told = TRUE;
      g_signal_emit (self, signals[SIGNAL_DUE], 0, pending->item, pending->decision);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  gs_hall_post_decision_async (self->hall, pending->decision, self->cancellable, on_posted,
                               wait_new (self, pending));
}

static Pending *
add_pending (GsDecisionDesk *self, GsCase *item, GsHallDecision *decision, gint64 wait_ms)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->desk = self;
  pending->group = self->group;
  pending->item = g_object_ref (item);
  pending->decision = decision;
  pending->due_monotonic_us = gs_clock_monotonic_us (self->clock) + wait_ms * 1000;
  pending->source = g_timeout_add ((guint) MAX (wait_ms, 0), on_due, pending);
  g_ptr_array_add (self->pending, pending);
  gs_case_set_pending (item, decision->outcome);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return pending;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsDecisionDesk) self = NULL;
  Pending *pending = wait_end (user_data, &self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GsCase) item = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (pending == NULL)
    return;
  if (error == NULL)
    {
      pending->committed = TRUE;
      if (pending->source == 0)
        send_decision (self, pending);
      return;
    }
  /* What is not committed does not exist, and is not sent. */
  g_warning ("A decision cannot be committed: %s", error->message);
  item = g_object_ref (pending->item);
  g_ptr_array_remove (self->pending, pending);
  gs_case_set_pending (item, 0);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, item);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gs_decision_desk_decide (GsDecisionDesk *self, GsCase *item, GsHallDecision *decision)
{
  g_return_if_fail (GS_IS_DECISION_DESK (self));

  self->group++;
  gs_decision_desk_decide_joined (self, item, decision);
}

void
gs_decision_desk_decide_joined (GsDecisionDesk *self, GsCase *item, GsHallDecision *decision)
{
  GsDecisionRow *row;
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "decision" };
  Pending *pending;

  g_return_if_fail (GS_IS_DECISION_DESK (self));

  g_free (decision->key);
  decision->key = gs_uuid_new ();
  row = gs_decision_row_new ();
  row->key = g_strdup (decision->key);
  row->crossing = g_strdup (decision->crossing);
  row->outcome = g_strdup (gs_outcome_to_word (decision->outcome));
  row->officer = g_strdup (decision->officer);
  row->second_officer = g_strdup (decision->second_officer);
  row->match = g_strdup_printf ("%" G_GINT64_FORMAT, decision->version);
  row->body = gs_decision_to_bytes (decision);
  row->decided_at_utc_ms = decision->at_utc_ms;
  row->due_at_utc_ms = decision->at_utc_ms + GS_DECISION_UNDO_MS;
  row->state = GS_DECISION_PENDING;
  detail = g_strdup_printf (
    "outcome=%s%s%s%s%s", row->outcome, decision->ground != NULL ? " ground=" : "",
    decision->ground != NULL ? decision->ground : "", decision->relaxed != NULL ? " policy=" : "",
    decision->relaxed != NULL ? decision->relaxed : "");
  entry.at_utc_ms = decision->at_utc_ms;
  entry.officer = decision->officer;
  entry.second = decision->second_officer;
  entry.subject = decision->crossing;
  entry.detail = detail;
  pending = add_pending (self, item, decision, GS_DECISION_UNDO_MS);
  gs_store_transact_async (self->store, &entry, add_in_store, row,
                           (GDestroyNotify) gs_decision_row_free, NULL, NULL, on_added,
                           wait_new (self, pending));
}

static gboolean
is_undoable (const Pending *pending, gint64 now_monotonic_us)
{
  return !pending->sending && pending->due_monotonic_us > now_monotonic_us;
}

/* The newest; NULL when it, or one of its group, is on its way already. */
static Pending *
find_undoable (GsDecisionDesk *self)
{
  gint64 now = gs_clock_monotonic_us (self->clock);
  Pending *newest = NULL;

  for (guint i = self->pending->len; i > 0 && newest == NULL; i--)
    {
      Pending *pending = g_ptr_array_index (self->pending, i - 1);

      if (is_undoable (pending, now))
        newest = pending;
    }
  for (guint i = 0; newest != NULL && i < self->pending->len; i++)
    {
      const Pending *pending = g_ptr_array_index (self->pending, i);

      if (pending->group == newest->group && !is_undoable (pending, now))
        return NULL;
    }
  return newest;
}

gboolean
gs_decision_desk_undo (GsDecisionDesk *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  Pending *newest;
  guint group;

  g_return_val_if_fail (GS_IS_DECISION_DESK (self), FALSE);

  newest = find_undoable (self);
  if (newest == NULL)
    return FALSE;
  group = newest->group;
  for (guint i = self->pending->len; i > 0; i--)
    {
      Pending *pending = g_ptr_array_index (self->pending, i - 1);

      if (pending->group != group)
        continue;
      settle (self, pending, GS_DECISION_UNDONE, 0, NULL);
      g_ptr_array_add (items, g_object_ref (pending->item));
      g_ptr_array_remove_index (self->pending, i - 1);
    }
  for (guint i = 0; i < items->len; i++)
    gs_case_set_pending (g_ptr_array_index (items, i), 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

GsCase *
gs_decision_desk_get_undoable (GsDecisionDesk *self)
{
  Pending *pending;

  g_return_val_if_fail (GS_IS_DECISION_DESK (self), NULL);

  pending = find_undoable (self);
  /* Of a group the first: the one that was on the card. */
  for (guint i = 0; pending != NULL && i < self->pending->len; i++)
    if (((Pending *) g_ptr_array_index (self->pending, i))->group == pending->group)
      return ((Pending *) g_ptr_array_index (self->pending, i))->item;
  return NULL;
}

gint64
gs_decision_desk_undo_left_ms (GsDecisionDesk *self)
{
  Pending *pending;

  g_return_val_if_fail (GS_IS_DECISION_DESK (self), 0);

  pending = find_undoable (self);
  if (pending == NULL)
    return 0;
  return (pending->due_monotonic_us - gs_clock_monotonic_us (self->clock)) / 1000;
}

guint
gs_decision_desk_get_kept (GsDecisionDesk *self)
{
  gint64 now;
  guint kept = 0;

  g_return_val_if_fail (GS_IS_DECISION_DESK (self), 0);

  now = gs_clock_monotonic_us (self->clock);
  for (guint i = 0; i < self->pending->len; i++)
    kept += ((Pending *) g_ptr_array_index (self->pending, i))->due_monotonic_us <= now;
  return kept;
}

void
gs_decision_desk_try_now (GsDecisionDesk *self)
{
  gint64 now;

  g_return_if_fail (GS_IS_DECISION_DESK (self));

  now = gs_clock_monotonic_us (self->clock);
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = g_ptr_array_index (self->pending, i);

      if (pending->due_monotonic_us <= now && !pending->sending && pending->committed)
        try_later (pending, 0);
    }
}

void
gs_decision_desk_restore (GsDecisionDesk *self, GPtrArray *rows)
{
  g_return_if_fail (GS_IS_DECISION_DESK (self));

  for (guint i = 0; i < rows->len; i++)
    {
      const GsDecisionRow *row = g_ptr_array_index (rows, i);
      GsHallDecision *decision = gs_decision_from_bytes (row->body);
      GsCase *item;

      if (decision == NULL)
        {
          g_warning ("A kept decision of crossing %s cannot be read", row->crossing);
          continue;
        }
      self->group++;
      item = gs_case_book_find (self->book, row->crossing);
      if (item == NULL)
        item = gs_case_book_take_crossing (self->book, gs_crossing_new (row->crossing));
      add_pending (self, item, decision, 0)->committed = TRUE;
    }
}
