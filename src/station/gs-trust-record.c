/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-record.h"

#include "gs-record-table.h"
#include "gs-trust-change.h"
#include "gs-trust-log.h"

#include <string.h>

/* The command line holds the lock for as long as it takes to write a file. */
#define PATIENCE_MS 2000

#define CHANGE " change="
#define STORE " store="
#define EXPECTED " expected="

typedef struct
{
  GsStore *store;
  char *path;
  gint64 now_utc_ms;
  /* Of the worker: */
  char *digest;
  GPtrArray *log; /* GsTrustLogEntry */
  /* Of the record: */
  GPtrArray *missing; /* GsTrustLogEntry, the log's */
  guint at;
  char *expected; /* the digest that was last recorded; NULL: none */
  gboolean differed;
  GsTrustSurvey *survey;
} Survey;

void
gs_trust_survey_free (GsTrustSurvey *self)
{
  if (self == NULL)
    return;
  g_free (self->digest);
  g_free (self);
}

static void
survey_free (gpointer data)
{
  Survey *self = data;

  g_object_unref (self->store);
  g_free (self->path);
  g_free (self->digest);
  g_clear_pointer (&self->log, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_free (self->expected);
  gs_trust_survey_free (self->survey);
  g_free (self);
}

char *
gs_trust_record_describe (const char *detail, const char *change, const char *digest)
{
  return g_strconcat (detail, CHANGE, change, STORE, digest, NULL);
}

/* One word of a detail; NULL when it is not there. Transfer full. */
static char *
find_word (const char *detail, const char *name)
{
  const char *at = detail != NULL ? g_strrstr (detail, name) : NULL;
  const char *word = at != NULL ? at + strlen (name) : NULL;

  return word != NULL ? g_strndup (word, strcspn (word, " ")) : NULL;
}

/* --- comparing -------------------------------------------------------------------------------- */

static gpointer
list_trust (GsDatabase *db, gpointer data, GError **error)
{
  return gs_record_table_list_trust (db, error);
}

static void write_next (GTask *task);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Survey *self = g_task_get_task_data (task);
  GError *error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->at++;
  write_next (task);
}

static void
write_entry (GTask *task, const GsRecordEntry *entry)
{
  Survey *self = g_task_get_task_data (task);

  gs_store_note_async (self->store, entry, NULL, on_written, g_object_ref (task));
}

/* Of a change that somebody else made: who it was is what the log says, not what this station
 * saw. */
static void
write_logged (GTask *task, const GsTrustLogEntry *logged)
{
  Survey *self = g_task_get_task_data (task);
  g_autofree char *told = g_strdup_printf (
    "from=log%s%s%s%s", logged->officer != NULL ? " logged-officer=" : "",
    logged->officer != NULL ? logged->officer : "", logged->detail != NULL ? " " : "",
    logged->detail != NULL ? logged->detail : "");
  g_autofree char *detail = gs_trust_record_describe (told, logged->change, logged->after);
  const GsRecordEntry entry = { .kind = logged->kind,
                                .at_utc_ms = logged->at_utc_ms,
                                .subject = logged->subject,
                                .detail = detail };

  g_free (self->expected);
  self->expected = g_strdup (logged->after);
  self->differed = FALSE;
  self->survey->n_taken_in++;
  write_entry (task, &entry);
}

/* The file is another than the one that was last recorded, or none was. */
static void
write_found (GTask *task)
{
  Survey *self = g_task_get_task_data (task);
  g_autofree char *detail =
    g_strconcat ("found", STORE, self->digest, self->expected != NULL ? EXPECTED : "",
                 self->expected != NULL ? self->expected : "", NULL);
  const GsRecordEntry entry = { .kind = "trust.found",
                                .at_utc_ms = self->now_utc_ms,
                                .detail = detail };

  self->differed = self->expected != NULL;
  g_free (self->expected);
  self->expected = g_strdup (self->digest);
  write_entry (task, &entry);
}

static void
write_next (GTask *task)
{
  Survey *self = g_task_get_task_data (task);
  gboolean nothing = self->expected == NULL && strcmp (self->digest, GS_TRUST_LOG_NONE) == 0;

  if (self->at < self->missing->len)
    {
      write_logged (task, self->missing->pdata[self->at]);
      return;
    }
  if (!nothing && g_strcmp0 (self->expected, self->digest) != 0)
    {
      write_found (task);
      return;
    }
  self->survey->standing = self->differed ? GS_TRUST_STANDING_DIFFERS : GS_TRUST_STANDING_RECORDED;
  self->survey->digest = g_strdup (self->digest);
  g_task_return_pointer (task, g_steal_pointer (&self->survey),
                         (GDestroyNotify) gs_trust_survey_free);
}

static void
find_missing (Survey *self, GPtrArray *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const GsRecordRow *row = rows->pdata[i];
      char *change = find_word (row->detail, CHANGE);
      char *digest = find_word (row->detail, STORE);
      g_autofree char *expected =
        g_str_equal (row->kind, "trust.found") ? find_word (row->detail, EXPECTED) : NULL;

      if (change != NULL)
        g_hash_table_add (known, change);
      if (digest == NULL)
        continue;
      g_free (self->expected);
      self->expected = digest;
      self->differed = expected != NULL;
    }
  self->missing = g_ptr_array_new ();
  for (guint i = 0; i < self->log->len; i++)
    if (!g_hash_table_contains (known, ((GsTrustLogEntry *) self->log->pdata[i])->change))
      g_ptr_array_add (self->missing, self->log->pdata[i]);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = gs_store_query_finish (GS_STORE (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  find_missing (g_task_get_task_data (task), rows);
  write_next (task);
}

/* --- looking ---------------------------------------------------------------------------------- */

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Survey *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  gs_store_query_async (self->store, list_trust, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                        NULL, on_listed, g_object_ref (task));
}

static void
look_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GTask *whole = data;
  Survey *self = g_task_get_task_data (whole);
  GError *error = NULL;

  if (gs_trust_change_survey (self->path, PATIENCE_MS, &self->digest, &self->log, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
gs_trust_record_survey_async (GsStore *store,
                              GsWorker *worker,
                              const char *path,
                              gint64 now_utc_ms,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) look = g_task_new (NULL, NULL, on_looked, g_object_ref (task));
  Survey *self = g_new0 (Survey, 1);

  self->store = g_object_ref (store);
  self->path = g_strdup (path);
  self->now_utc_ms = now_utc_ms;
  self->survey = g_new0 (GsTrustSurvey, 1);
  g_task_set_source_tag (task, gs_trust_record_survey_async);
  g_task_set_task_data (task, self, survey_free);
  g_task_set_task_data (look, g_object_ref (task), g_object_unref);
  gs_worker_push (worker, look, look_in_worker);
}

GsTrustSurvey *
gs_trust_record_survey_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, gs_trust_record_survey_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
