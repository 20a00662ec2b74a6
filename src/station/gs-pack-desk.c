/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-desk-private.h"

#include "gs-build-config.h"
#include "gs-pack-manifest.h"
#include "gs-time.h"

#include <string.h>

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (gs - pack - desk - error - quark, gs_pack_desk_error)
G_DEFINE_FINAL_TYPE (GsPackDesk, gs_pack_desk, G_TYPE_OBJECT)

static void
found_free (gpointer data)
{
  GsPackFound *found = data;

  gs_stamp_pack_row_free (found->row);
  gs_stamp_pack_unref (found->pack);
  g_clear_error (&found->trouble);
  g_free (found);
}

static void
gs_pack_desk_dispose (GObject *object)
{
  GsPackDesk *self = GS_PACK_DESK (object);

  gs_pack_desk_stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->time_zone, g_time_zone_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->activations, g_ptr_array_unref);
  G_OBJECT_CLASS (gs_pack_desk_parent_class)->dispose (object);
}

static void
gs_pack_desk_class_init (GsPackDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_pack_desk_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_pack_desk_init (GsPackDesk *self)
{
  self->cancellable = g_cancellable_new ();
  self->time_zone = g_time_zone_new_utc ();
  self->worker = gs_worker_new ("stamp-packs");
}

GsPackDesk *
gs_pack_desk_new (const GsConfig *config, GsStore *store, GsClock *clock)
{
  GsPackDesk *self = g_object_new (GS_TYPE_PACK_DESK, NULL);

  self->config = config;
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  gs_pack_desk_load (self);
  return self;
}

void
gs_pack_desk_stop (GsPackDesk *self)
{
  g_return_if_fail (GS_IS_PACK_DESK (self));
  g_cancellable_cancel (self->cancellable);
  if (self->worker != NULL)
    gs_worker_stop (self->worker);
  g_clear_object (&self->worker);
}

/* --- who and when ----------------------------------------------------------------------------- */

void
gs_pack_desk_set_session (GsPackDesk *self, GsSession *session)
{
  g_return_if_fail (GS_IS_PACK_DESK (self));
  if (g_set_object (&self->session, session))
    g_signal_emit (self, signals[CHANGED], 0);
}

void
gs_pack_desk_set_time_zone (GsPackDesk *self, GTimeZone *zone)
{
  g_return_if_fail (GS_IS_PACK_DESK (self));
  g_time_zone_unref (self->time_zone);
  self->time_zone = g_time_zone_ref (zone);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GsRole
role_of (GsPackDesk *self)
{
  return self->session != NULL ? gs_session_get_role (self->session) : GS_ROLE_OFFICER;
}

gboolean
gs_pack_desk_may_look (GsPackDesk *self)
{
  g_return_val_if_fail (GS_IS_PACK_DESK (self), FALSE);
  return role_of (self) != GS_ROLE_OFFICER;
}

gboolean
gs_pack_desk_may_bring (GsPackDesk *self)
{
  g_return_val_if_fail (GS_IS_PACK_DESK (self), FALSE);
  return role_of (self) == GS_ROLE_ADMINISTRATOR || role_of (self) == GS_ROLE_SUPERVISOR;
}

gboolean
gs_pack_desk_may_activate (GsPackDesk *self)
{
  g_return_val_if_fail (GS_IS_PACK_DESK (self), FALSE);
  return role_of (self) == GS_ROLE_SUPERVISOR;
}

/* The hall's time; the wall clock's where the hall has not been heard. */
gint64
gs_pack_desk_now_utc_ms (GsPackDesk *self)
{
  gint64 now_utc_ms = gs_clock_now_utc_ms (self->clock);

  return now_utc_ms != GS_TIME_UNKNOWN ? now_utc_ms : g_get_real_time () / 1000;
}

char *
gs_pack_desk_dup_today (GsPackDesk *self)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  g_return_val_if_fail (GS_IS_PACK_DESK (self), NULL);
  utc = g_date_time_new_from_unix_utc (gs_pack_desk_now_utc_ms (self) / 1000);
  local = g_date_time_to_timezone (utc, self->time_zone);
  return g_date_time_format (local, "%Y-%m-%d");
}

/* --- looking ---------------------------------------------------------------------------------- */

typedef struct
{
  char *authorities;
  char *key_file_pack;
  gint64 now_utc_ms;
  GPtrArray *rows;        /* of GsStampPackRow */
  GPtrArray *activations; /* of GsStampPackActivation */
  GPtrArray *found;       /* of GsPackFound */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->authorities);
  g_free (look->key_file_pack);
  g_clear_pointer (&look->rows, g_ptr_array_unref);
  g_clear_pointer (&look->activations, g_ptr_array_unref);
  g_clear_pointer (&look->found, g_ptr_array_unref);
  g_free (look);
}

char *
gs_pack_desk_dup_authorities_path (GsPackDesk *self)
{
  return self->config->pack_authorities != NULL
           ? g_strdup (self->config->pack_authorities)
           : g_build_filename (GS_PKGDATADIR, "specimen-pack-authority.pem", NULL);
}

/* The name by which the store has it must be its own, or somebody changed the database. */
static GsStampPack *
open_row (const GsStampPackRow *row,
          GsPackAuthorities *authorities,
          gint64 now_utc_ms,
          GError **error)
{
  g_autoptr (GsPackFiles) files = gs_pack_files_read_tar (row->file, error);
  g_autoptr (GsStampPack) pack = NULL;

  if (files == NULL)
    return NULL;
  pack = gs_stamp_pack_new_signed (files, authorities, now_utc_ms, error);
  if (pack == NULL)
    return NULL;
  if (g_str_equal (gs_stamp_pack_get_proof (pack)->digest, row->digest))
    return g_steal_pointer (&pack);
  g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_HASH,
                       "The store has another pack under this name");
  return NULL;
}

static void
look_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackAuthorities) authorities = gs_pack_authorities_load (look->authorities, &error);

  look->found = g_ptr_array_new_with_free_func (found_free);
  for (guint i = 0; i <= look->rows->len; i++)
    {
      GsPackFound *found = g_new0 (GsPackFound, 1);

      g_ptr_array_add (look->found, found);
      /* The first is the key file's. */
      if (i > 0)
        found->row = g_steal_pointer (&look->rows->pdata[i - 1]);
      if (authorities == NULL)
        found->trouble = g_error_copy (error);
      else if (found->row != NULL)
        found->pack = open_row (found->row, authorities, look->now_utc_ms, &found->trouble);
      else
        found->pack = gs_stamp_pack_load_signed (look->key_file_pack, authorities, look->now_utc_ms,
                                                 &found->trouble);
    }
  g_task_return_boolean (task, TRUE);
}

const GsPackFound *
gs_pack_desk_find (GsPackDesk *self, const char *digest)
{
  for (guint i = 1; self->found != NULL && i < self->found->len; i++)
    {
      const GsPackFound *found = g_ptr_array_index (self->found, i);

      if (g_str_equal (found->row->digest, digest))
        return found;
    }
  return NULL;
}

/* What should print today and does not is said once a start, aloud and in the record. */
static void
tell_trouble (GsPackDesk *self)
{
  g_autofree char *today = gs_pack_desk_dup_today (self);
  const GsStampPackActivation *holding = gs_stamp_pack_choose (self->activations, today);
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "pack.refused" };

  if (self->told || gs_pack_desk_get_pack (self, today, &error) != NULL)
    return;
  self->told = TRUE;
  g_warning ("The stamp pack cannot be used, nothing is printed: %s", error->message);
  detail = g_strdup_printf ("reason=%s", gs_stamp_error_to_word ((GsStampError) error->code));
  entry.at_utc_ms = gs_pack_desk_now_utc_ms (self);
  entry.subject = holding != NULL ? holding->digest : "key-file";
  entry.detail = detail;
  gs_store_note_async (self->store, &entry, NULL, NULL, NULL);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GsPackDesk *self = GS_PACK_DESK (source);
  Look *look = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->activations, g_ptr_array_unref);
  self->found = g_steal_pointer (&look->found);
  self->activations = g_steal_pointer (&look->activations);
  tell_trouble (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gpointer
read_tables (GsDatabase *db, gpointer data, GError **error)
{
  Look *look = g_new0 (Look, 1);

  look->rows = gs_stamp_pack_table_list (db, error);
  if (look->rows != NULL)
    look->activations = gs_stamp_pack_table_list_activations (db, error);
  if (look->activations != NULL)
    return look;
  look_free (look);
  return NULL;
}

static void
on_tables (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsPackDesk) self = user_data;
  g_autoptr (GError) error = NULL;
  Look *look = gs_store_query_finish (GS_STORE (source), result, &error);
  g_autoptr (GTask) task = NULL;

  if (look == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        g_warning ("The stamp packs cannot be read, nothing is printed: %s", error->message);
      return;
    }
  look->authorities = gs_pack_desk_dup_authorities_path (self);
  look->key_file_pack = self->config->specimen_pack != NULL
                          ? g_strdup (self->config->specimen_pack)
                          : g_build_filename (GS_PKGDATADIR, "specimen-pack.tar", NULL);
  look->now_utc_ms = gs_pack_desk_now_utc_ms (self);
  task = g_task_new (self, self->cancellable, on_looked, NULL);
  g_task_set_task_data (task, look, look_free);
  if (self->worker != NULL)
    gs_worker_push (self->worker, task, look_in_worker);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The pack desk has stopped");
}

void
gs_pack_desk_load (GsPackDesk *self)
{
  gs_store_query_async (self->store, read_tables, NULL, NULL, look_free, self->cancellable,
                        on_tables, g_object_ref (self));
}

gboolean
gs_pack_desk_is_loaded (GsPackDesk *self)
{
  g_return_val_if_fail (GS_IS_PACK_DESK (self), FALSE);
  return self->found != NULL;
}

/* --- which one -------------------------------------------------------------------------------- */

static GsStampPack *
check_found (GsPackDesk *self, const GsPackFound *found, const char *day, GError **error)
{
  const GsPackProof *proof;

  if (found->pack == NULL)
    {
      g_propagate_error (error, g_error_copy (found->trouble));
      return NULL;
    }
  proof = gs_stamp_pack_get_proof (found->pack);
  /* A desk runs for weeks: what was valid at its start need not be so now. */
  if (gs_pack_desk_now_utc_ms (self) > proof->signer_until_utc_ms)
    {
      g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_SIGNER_EXPIRED,
                           "The signer’s certificate has ended");
      return NULL;
    }
  return gs_pack_proof_check_day (proof, day, error) ? found->pack : NULL;
}

GsStampPack *
gs_pack_desk_get_pack (GsPackDesk *self, const char *day, GError **error)
{
  const GsStampPackActivation *holding;
  const GsPackFound *found;

  g_return_val_if_fail (GS_IS_PACK_DESK (self) && gs_pack_day_is_valid (day), NULL);
  if (self->found == NULL)
    {
      g_set_error_literal (error, GS_PACK_DESK_ERROR, GS_PACK_DESK_ERROR_LOADING,
                           "The stamp packs are being read");
      return NULL;
    }
  holding = gs_stamp_pack_choose (self->activations, day);
  found = holding != NULL ? gs_pack_desk_find (self, holding->digest)
                          : g_ptr_array_index (self->found, 0);
  if (found != NULL)
    return check_found (self, found, day, error);
  g_set_error_literal (error, GS_PACK_DESK_ERROR, GS_PACK_DESK_ERROR_NONE,
                       "The activated pack is not in the store");
  return NULL;
}

/* --- the list --------------------------------------------------------------------------------- */

static void
entry_free (gpointer data)
{
  GsPackEntry *entry = data;

  g_free (entry->digest);
  g_free (entry->name);
  g_free (entry->month);
  g_free (entry->signer);
  g_free (entry->fingerprint);
  g_free (entry->valid_from);
  g_free (entry->valid_until);
  g_free (entry->brought_by);
  g_free (entry->since);
  g_free (entry->decided_by);
  gs_stamp_pack_unref (entry->pack);
  g_clear_error (&entry->trouble);
  g_free (entry);
}

static void
describe_row (GsPackEntry *entry, const GsStampPackRow *row)
{
  entry->digest = g_strdup (row->digest);
  entry->name = g_strdup (row->name);
  entry->month = g_strdup (row->month);
  entry->signer = g_strdup (row->signer);
  entry->fingerprint = g_strdup (row->signer_digest);
  entry->valid_from = g_strdup (row->valid_from);
  entry->valid_until = g_strdup (row->valid_until);
  entry->brought_at_utc_ms = row->brought_at_utc_ms;
  entry->brought_by = g_strdup (row->brought_by);
}

static void
describe_pack (GsPackEntry *entry, GsStampPack *pack)
{
  const GsPackProof *proof = gs_stamp_pack_get_proof (pack);

  entry->digest = g_strdup (proof->digest);
  entry->name = g_strdup (gs_stamp_pack_get_name (pack));
  entry->month = g_strdup (gs_stamp_pack_get_month (pack));
  entry->signer = g_strdup (proof->signer);
  entry->fingerprint = g_strdup (proof->fingerprint);
  entry->valid_from = g_strdup (proof->valid_from);
  entry->valid_until = g_strdup (proof->valid_until);
}

static void
put_decision (GsPackEntry *entry, GsPackState state, const GsStampPackActivation *activation)
{
  entry->state = state;
  g_free (entry->since);
  g_free (entry->decided_by);
  entry->since = g_strdup (activation->from_day);
  entry->decided_by = g_strdup (activation->decided_by);
}

/* What its decisions make of it today: the one that prints, else the next that will. */
static void
judge_decisions (GsPackDesk *self, GsPackEntry *entry, const char *today)
{
  const GsStampPackActivation *now = gs_stamp_pack_choose (self->activations, today);

  if (now != NULL && g_str_equal (now->digest, entry->digest))
    {
      put_decision (entry, GS_PACK_STATE_ACTIVE, now);
      return;
    }
  for (guint i = 0; i < self->activations->len; i++)
    {
      const GsStampPackActivation *one = g_ptr_array_index (self->activations, i);
      gboolean planned = strcmp (one->from_day, today) > 0
                         && gs_stamp_pack_choose (self->activations, one->from_day) == one;

      if (!g_str_equal (one->digest, entry->digest))
        continue;
      if (planned
          && (entry->state != GS_PACK_STATE_PLANNED || strcmp (one->from_day, entry->since) < 0))
        put_decision (entry, GS_PACK_STATE_PLANNED, one);
      else if (entry->state != GS_PACK_STATE_PLANNED)
        put_decision (entry, GS_PACK_STATE_REPLACED, one);
    }
}

static GsPackEntry *
make_entry (GsPackDesk *self, const GsPackFound *found, const char *today)
{
  GsPackEntry *entry = g_new0 (GsPackEntry, 1);

  entry->state = GS_PACK_STATE_WAITING;
  entry->of_key_file = found->row == NULL;
  if (found->row != NULL)
    {
      describe_row (entry, found->row);
      judge_decisions (self, entry, today);
    }
  else
    {
      if (found->pack != NULL)
        describe_pack (entry, found->pack);
      entry->state = gs_stamp_pack_choose (self->activations, today) == NULL
                       ? GS_PACK_STATE_ACTIVE
                       : GS_PACK_STATE_REPLACED;
    }
  if (found->pack != NULL)
    entry->pack = gs_stamp_pack_ref (found->pack);
  if (found->pack == NULL)
    entry->trouble = g_error_copy (found->trouble);
  else if (entry->state == GS_PACK_STATE_ACTIVE)
    check_found (self, found, today, &entry->trouble);
  return entry;
}

GPtrArray *
gs_pack_desk_list (GsPackDesk *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (entry_free);
  g_autofree char *today = NULL;

  g_return_val_if_fail (GS_IS_PACK_DESK (self), list);
  today = gs_pack_desk_dup_today (self);
  for (guint i = 0; self->found != NULL && gs_pack_desk_may_look (self) && i < self->found->len;
       i++)
    {
      GsPackEntry *entry = make_entry (self, g_ptr_array_index (self->found, i), today);

      g_ptr_array_insert (list, entry->state == GS_PACK_STATE_ACTIVE ? 0 : -1, entry);
    }
  return list;
}
