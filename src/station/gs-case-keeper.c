/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-keeper.h"

#include "gs-case-table.h"
#include "gs-desk-document.h"
#include "gs-time.h"

/* Rows of closed cases that nobody counts any more. */
#define FORGET_MS (48 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  GsCaseRow *row;
  gboolean saved; /* FALSE: the store did not take it yet */
} Kept;

struct _GsCaseKeeper
{
  GObject parent_instance;

  GsStore *store;
  GsCaseBook *book;
  GsClock *clock;
  const GsConfig *config;
  GCancellable *cancellable;

  GHashTable *kept;  /* crossing → Kept */
  GHashTable *dirty; /* GsCase touched since the last flush */
  guint idle_source;
};

enum
{
  SIGNAL_CHANGED = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsCaseKeeper, gs_case_keeper, G_TYPE_OBJECT)

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  gs_case_row_free (kept->row);
  g_free (kept);
}

static void
gs_case_keeper_dispose (GObject *object)
{
  GsCaseKeeper *self = GS_CASE_KEEPER (object);

  g_clear_handle_id (&self->idle_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->dirty, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->book);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (gs_case_keeper_parent_class)->dispose (object);
}

static void
gs_case_keeper_class_init (GsCaseKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_case_keeper_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_case_keeper_init (GsCaseKeeper *self)
{
  self->cancellable = g_cancellable_new ();
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
  self->dirty = g_hash_table_new_full (g_direct_hash, g_direct_equal, g_object_unref, NULL);
}

static gint64
known (gint64 utc_ms)
{
  return utc_ms == GS_TIME_UNKNOWN ? 0 : utc_ms;
}

static gint64
now_utc_ms (GsCaseKeeper *self)
{
  gint64 now = gs_clock_now_utc_ms (self->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

/* --- rows ------------------------------------------------------------------------------------- */

static GsCaseRow *
copy_row (const GsCaseRow *row)
{
  GsCaseRow *copy = gs_case_row_new ();

  *copy = *row;
  copy->crossing = g_strdup (row->crossing);
  copy->gate = g_strdup (row->gate);
  copy->reasons = g_strdup (row->reasons);
  copy->fault = g_strdup (row->fault);
  copy->party = g_strdup (row->party);
  copy->taken_by = g_strdup (row->taken_by);
  copy->taken_desk = g_strdup (row->taken_desk);
  copy->outcome = g_strdup (row->outcome);
  copy->decided_by = g_strdup (row->decided_by);
  copy->decided_desk = g_strdup (row->decided_desk);
  return copy;
}

/* The times of taking and closing follow from the other fields. */
static gboolean
same_row (const GsCaseRow *a, const GsCaseRow *b)
{
  return a->state == b->state && a->priority == b->priority
         && a->referred_at_utc_ms == b->referred_at_utc_ms && g_strcmp0 (a->gate, b->gate) == 0
         && g_strcmp0 (a->reasons, b->reasons) == 0 && g_strcmp0 (a->fault, b->fault) == 0
         && g_strcmp0 (a->party, b->party) == 0 && g_strcmp0 (a->taken_by, b->taken_by) == 0
         && g_strcmp0 (a->taken_desk, b->taken_desk) == 0 && g_strcmp0 (a->outcome, b->outcome) == 0
         && g_strcmp0 (a->decided_by, b->decided_by) == 0
         && g_strcmp0 (a->decided_desk, b->decided_desk) == 0;
}

static void
set_ended (GsCaseRow *row, const GsCrossing *crossing, gint64 at_utc_ms)
{
  row->state = GS_CASE_CLOSED;
  if (crossing->outcome != 0)
    {
      row->outcome = g_strdup (gs_outcome_to_word (crossing->outcome));
      row->decided_by = g_strdup (crossing->outcome_officer);
      row->decided_desk = g_strdup (crossing->outcome_desk);
      row->closed_at_utc_ms = known (crossing->outcome_utc_ms);
    }
  else if (crossing->state == GS_CROSSING_STATE_ADMITTED)
    {
      row->outcome = g_strdup (gs_outcome_to_word (GS_OUTCOME_ADMITTED));
      row->closed_at_utc_ms = known (crossing->admitted_utc_ms);
    }
  if (row->closed_at_utc_ms == 0)
    row->closed_at_utc_ms = at_utc_ms;
}

/* old: what was kept of the case, or NULL. A lease that ends with the decision stays in the row:
 * it tells who had the case. */
static GsCaseRow *
make_row (GsCaseKeeper *self, GsCase *item, const GsCaseRow *old)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GsCaseRow *row = gs_case_row_new ();
  gint64 at_utc_ms = now_utc_ms (self);

  row->crossing = g_strdup (crossing->id);
  row->gate = g_strdup (crossing->gate);
  row->priority = gs_case_get_priority (item);
  row->reasons = crossing->reasons != NULL ? g_strjoinv (",", crossing->reasons) : g_strdup ("");
  row->fault = g_strdup (crossing->fault);
  row->party = g_strdup (crossing->party);
  row->referred_at_utc_ms = known (crossing->referred_utc_ms);
  row->state = crossing->taken_desk != NULL ? GS_CASE_TAKEN : GS_CASE_WAITING;
  if (crossing->taken_desk != NULL)
    {
      row->taken_by = g_strdup (crossing->taken_officer);
      row->taken_desk = g_strdup (crossing->taken_desk);
      row->taken_at_utc_ms = at_utc_ms;
    }
  else if (!gs_crossing_is_open_case (crossing) && old != NULL)
    {
      row->taken_by = g_strdup (old->taken_by);
      row->taken_desk = g_strdup (old->taken_desk);
      row->taken_at_utc_ms = old->taken_at_utc_ms;
    }
  if (!gs_crossing_is_open_case (crossing))
    set_ended (row, crossing, at_utc_ms);
  return row;
}

static gboolean
is_ours (GsCaseKeeper *self, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);

  if (g_hash_table_contains (self->kept, crossing->id))
    return TRUE;
  /* A crossing that nobody referred is no case. */
  if (crossing->reasons == NULL && crossing->referred_utc_ms == GS_TIME_UNKNOWN
      && crossing->outcome == 0)
    return FALSE;
  return gs_config_has_gate (self->config, crossing->gate) || gs_case_get_findings (item) != NULL
         || gs_case_get_hold (item) == GS_HOLD_HERE
         || g_strcmp0 (crossing->outcome_desk, self->config->desk_id) == 0;
}

/* --- writing ---------------------------------------------------------------------------------- */

static gpointer
put_in_store (GsDatabase *db, gpointer row, GError **error)
{
  gs_case_table_put (db, row, error);
  return NULL;
}

typedef struct
{
  GsCaseKeeper *keeper;
  char *crossing;
} Wait;

static void
on_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (GsCaseKeeper) self = wait->keeper;
  g_autofree char *crossing = wait->crossing;
  g_autoptr (GError) error = NULL;
  Kept *kept;

  g_free (wait);
  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error == NULL || self->kept == NULL
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return;
  g_warning ("The state of case %s cannot be kept: %s", crossing, error->message);
  kept = g_hash_table_lookup (self->kept, crossing);
  if (kept != NULL)
    kept->saved = FALSE;
}

/* Names of officers and desks come from the hall: what the record cannot hold is left out. */
static const char *
recordable (const char *name)
{
  if (name == NULL || *name == '\0' || !g_str_is_ascii (name) || g_str_equal (name, "-"))
    return NULL;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return NULL;
  return name;
}

static void
put (GsCaseKeeper *self, Kept *kept)
{
  static const char *const words[] = { "", "waiting", "taken", "closed" };
  const GsCaseRow *row = kept->row;
  const char *desk = row->state == GS_CASE_CLOSED ? row->decided_desk : row->taken_desk;
  g_autoptr (GString) detail = g_string_new (NULL);
  GsRecordEntry entry = { .kind = "case", .at_utc_ms = now_utc_ms (self) };
  Wait *wait = g_new0 (Wait, 1);

  g_string_printf (detail, "state=%s priority=%d", words[row->state], row->priority);
  if (row->state == GS_CASE_CLOSED)
    g_string_append_printf (detail, " outcome=%s",
                            row->outcome != NULL ? row->outcome : "not-known-to-hall");
  entry.officer = recordable (row->state == GS_CASE_CLOSED ? row->decided_by : row->taken_by);
  entry.subject = row->crossing;
  if (recordable (desk) != NULL)
    g_string_append_printf (detail, " desk=%s", desk);
  entry.detail = detail->str;
  kept->saved = TRUE;
  wait->keeper = g_object_ref (self);
  wait->crossing = g_strdup (row->crossing);
  gs_store_transact_async (self->store, &entry, put_in_store, copy_row (row),
                           (GDestroyNotify) gs_case_row_free, NULL, self->cancellable, on_put,
                           wait);
}

static void
keep (GsCaseKeeper *self, GsCase *item)
{
  const char *id = gs_case_get_id (item);
  Kept *kept = g_hash_table_lookup (self->kept, id);
  g_autoptr (GsCaseRow) row = NULL;

  if (!is_ours (self, item))
    return;
  row = make_row (self, item, kept != NULL ? kept->row : NULL);
  if (kept != NULL && same_row (kept->row, row))
    return;
  if (kept == NULL)
    {
      kept = g_new0 (Kept, 1);
      g_hash_table_insert (self->kept, g_strdup (id), kept);
    }
  gs_case_row_free (kept->row);
  kept->row = g_steal_pointer (&row);
  kept->saved = FALSE;
}

void
gs_case_keeper_flush (GsCaseKeeper *self)
{
  gint64 old_utc_ms;
  gboolean wrote = FALSE;
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (GS_IS_CASE_KEEPER (self));

  g_clear_handle_id (&self->idle_source, g_source_remove);
  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    keep (self, value);
  g_hash_table_remove_all (self->dirty);

  old_utc_ms = now_utc_ms (self) - FORGET_MS;
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Kept *kept = value;

      if (!kept->saved)
        {
          put (self, kept);
          wrote = TRUE;
        }
      else if (kept->row->state == GS_CASE_CLOSED && kept->row->closed_at_utc_ms < old_utc_ms)
        g_hash_table_iter_remove (&iter);
    }
  if (wrote)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_idle (gpointer data)
{
  GsCaseKeeper *self = data;

  self->idle_source = 0;
  gs_case_keeper_flush (self);
  return G_SOURCE_REMOVE;
}

static void
on_case_changed (GsCaseBook *book, GsCase *item, GsCaseKeeper *self)
{
  if (!is_ours (self, item))
    return;
  if (!g_hash_table_contains (self->dirty, item))
    g_hash_table_add (self->dirty, g_object_ref (item));
  if (self->idle_source == 0)
    self->idle_source = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

GsCaseKeeper *
gs_case_keeper_new (GsStore *store, GsCaseBook *book, GsClock *clock, const GsConfig *config)
{
  GsCaseKeeper *self = g_object_new (GS_TYPE_CASE_KEEPER, NULL);

  self->store = g_object_ref (store);
  self->book = g_object_ref (book);
  self->clock = g_object_ref (clock);
  self->config = config;
  g_signal_connect_object (book, "case-changed", G_CALLBACK (on_case_changed), self, 0);
  return self;
}

/* --- after a start ---------------------------------------------------------------------------- */

/* What this desk found is in the row alone. Codes that the hall gave as well change nothing. */
static void
restore_findings (GsCase *item, const GsCaseRow *row)
{
  g_auto (GStrv) codes = g_strsplit (row->reasons != NULL ? row->reasons : "", ",", -1);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (char **code = codes; *code != NULL; code++)
    if (gs_desk_document_is_finding (*code))
      g_ptr_array_add (found, *code);
  if (found->len == 0)
    return;
  g_ptr_array_add (found, NULL);
  gs_case_set_findings (item, (const char *const *) found->pdata, TRUE, NULL,
                        row->referred_at_utc_ms);
}

static void
revive (GsCaseKeeper *self, const GsCaseRow *row)
{
  GsCrossing *crossing = gs_crossing_new (row->crossing);

  crossing->state = GS_CROSSING_STATE_REFERRED;
  crossing->direction = self->config->direction;
  crossing->gate = g_strdup (row->gate);
  crossing->fault = g_strdup (row->fault);
  crossing->party = g_strdup (row->party);
  crossing->referred_utc_ms =
    row->referred_at_utc_ms != 0 ? row->referred_at_utc_ms : GS_TIME_UNKNOWN;
  if (row->reasons != NULL && *row->reasons != '\0')
    crossing->reasons = g_strsplit (row->reasons, ",", -1);
  /* Who held it before the break is not known to hold it now. */
  gs_case_set_unconfirmed (gs_case_book_take_crossing (self->book, crossing), TRUE);
}

void
gs_case_keeper_restore (GsCaseKeeper *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) cases = NULL;

  g_return_if_fail (GS_IS_CASE_KEEPER (self));

  for (guint i = 0; i < rows->len; i++)
    {
      const GsCaseRow *row = g_ptr_array_index (rows, i);
      Kept *kept = g_new0 (Kept, 1);

      kept->row = copy_row (row);
      kept->saved = TRUE;
      g_hash_table_replace (self->kept, g_strdup (row->crossing), kept);
      if (row->state == GS_CASE_CLOSED)
        continue;
      if (gs_case_book_find (self->book, row->crossing) == NULL)
        revive (self, row);
      restore_findings (gs_case_book_find (self->book, row->crossing), row);
    }
  /* What the folded events tell beyond the rows, as after a crash between the two. */
  cases = gs_case_book_list (self->book);
  for (guint i = 0; i < cases->len; i++)
    on_case_changed (self->book, g_ptr_array_index (cases, i), self);
  gs_case_keeper_flush (self);
}

/* --- counts ----------------------------------------------------------------------------------- */

guint
gs_case_keeper_count_done (GsCaseKeeper *self, gint64 since_utc_ms)
{
  GHashTableIter iter;
  gpointer value;
  guint done = 0;

  g_return_val_if_fail (GS_IS_CASE_KEEPER (self), 0);

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GsCaseRow *row = ((Kept *) value)->row;

      done += row->state == GS_CASE_CLOSED && row->closed_at_utc_ms >= since_utc_ms
              && g_strcmp0 (row->decided_desk, self->config->desk_id) == 0;
    }
  return done;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

void
gs_case_keeper_list_referrals (GsCaseKeeper *self, gint64 since_utc_ms, GArray *times_utc_ms)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (GS_IS_CASE_KEEPER (self));

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const GsCaseRow *row = ((Kept *) value)->row;

      if (row->referred_at_utc_ms >= since_utc_ms && gs_config_has_gate (self->config, row->gate))
        g_array_append_val (times_utc_ms, row->referred_at_utc_ms);
    }
  g_array_sort (times_utc_ms, compare_times);
}
