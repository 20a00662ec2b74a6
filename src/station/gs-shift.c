/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-shift.h"

#include <string.h>

#include "gs-record-table.h"
#include "gs-time.h"

struct _GsShift
{
  GObject parent_instance;

  GsStore *store;
  GsClock *clock;
  char *desk_id;
  GsSession *session;
  char *muted_by; /* officer, or NULL */
  gboolean called;
  gint64 call_monotonic_us; /* of a call of this run */
  gint64 call_utc_ms;       /* of a call of an earlier run; GS_TIME_UNKNOWN otherwise */
  char *call_crossing;
  GPtrArray *left; /* char *: crossings */
};

enum
{
  SIGNAL_CHANGED = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsShift, gs_shift, G_TYPE_OBJECT)

static void
gs_shift_dispose (GObject *object)
{
  GsShift *self = GS_SHIFT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gs_shift_parent_class)->dispose (object);
}

static void
gs_shift_finalize (GObject *object)
{
  GsShift *self = GS_SHIFT (object);

  g_free (self->desk_id);
  g_free (self->muted_by);
  g_free (self->call_crossing);
  g_ptr_array_unref (self->left);
  G_OBJECT_CLASS (gs_shift_parent_class)->finalize (object);
}

static void
gs_shift_class_init (GsShiftClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_shift_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_shift_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_shift_init (GsShift *self)
{
  self->left = g_ptr_array_new_with_free_func (g_free);
}

GsShift *
gs_shift_new (GsStore *store, GsClock *clock, const char *desk_id)
{
  GsShift *self = g_object_new (GS_TYPE_SHIFT, NULL);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->desk_id = g_strdup (desk_id);
  return self;
}

static void
changed (GsShift *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gs_shift_set_session (GsShift *self, GsSession *session)
{
  g_return_if_fail (GS_IS_SHIFT (self));

  if (!g_set_object (&self->session, session))
    return;
  /* Another officer's shift begins with sound. */
  if (session != NULL && g_strcmp0 (self->muted_by, gs_session_get_officer_id (session)) != 0)
    g_clear_pointer (&self->muted_by, g_free);
  changed (self);
}

/* --- in the record ---------------------------------------------------------------------------- */

static gint64
now_utc_ms (GsShift *self)
{
  gint64 now = gs_clock_now_utc_ms (self->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

static void
note (GsShift *self,
      const char *kind,
      const char *officer,
      const char *second,
      const char *subject,
      const char *more,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autofree char *detail = more != NULL ? g_strdup_printf ("desk=%s %s", self->desk_id, more)
                                         : g_strdup_printf ("desk=%s", self->desk_id);
  GsRecordEntry entry = {
    .kind = kind, .officer = officer, .second = second, .subject = subject, .detail = detail
  };

  entry.at_utc_ms = now_utc_ms (self);
  gs_store_note_async (self->store, &entry, NULL, callback, user_data);
}

/* --- sound ------------------------------------------------------------------------------------ */

typedef struct
{
  GsShift *shift;
  char *officer; /* NULL: with sound again */
} Mute;

static void
on_mute_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Mute *mute = user_data;
  g_autoptr (GsShift) self = mute->shift;
  g_autofree char *officer = mute->officer;
  g_autoptr (GError) error = NULL;

  g_free (mute);
  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error != NULL)
    {
      g_warning ("Muting is not in the record, so the sound stays: %s", error->message);
      return;
    }
  g_free (self->muted_by);
  self->muted_by = g_steal_pointer (&officer);
  changed (self);
}

void
gs_shift_set_muted (GsShift *self, gboolean muted)
{
  const char *officer;
  Mute *mute;

  g_return_if_fail (GS_IS_SHIFT (self));

  if (self->session == NULL)
    return;
  officer = gs_session_get_officer_id (self->session);
  mute = g_new0 (Mute, 1);
  mute->shift = g_object_ref (self);
  mute->officer = muted ? g_strdup (officer) : NULL;
  note (self, "sound.mute", officer, NULL, NULL, muted ? "muted=yes" : "muted=no", on_mute_noted,
        mute);
}

gboolean
gs_shift_is_muted (GsShift *self)
{
  g_return_val_if_fail (GS_IS_SHIFT (self), FALSE);
  return self->session != NULL && self->muted_by != NULL
         && g_str_equal (self->muted_by, gs_session_get_officer_id (self->session));
}

/* --- the supervisor --------------------------------------------------------------------------- */

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  /* The people stand here all the same: a call is not taken back because of the disk. */
  if (error != NULL)
    g_warning ("A call for the supervisor is not in the record: %s", error->message);
}

static void
open_call (GsShift *self, const char *crossing)
{
  if (self->called)
    return;
  self->called = TRUE;
  self->call_utc_ms = GS_TIME_UNKNOWN;
  self->call_monotonic_us = gs_clock_monotonic_us (self->clock);
  self->call_crossing = g_strdup (crossing);
}

static void
add_left (GsShift *self, const char *crossing)
{
  if (!g_ptr_array_find_with_equal_func (self->left, crossing, g_str_equal, NULL))
    g_ptr_array_add (self->left, g_strdup (crossing));
}

gboolean
gs_shift_call_supervisor (GsShift *self, const char *crossing)
{
  g_return_val_if_fail (GS_IS_SHIFT (self), FALSE);

  if (self->session == NULL || self->called)
    return FALSE;
  open_call (self, crossing);
  note (self, "supervisor.call", gs_session_get_officer_id (self->session), NULL, crossing, NULL,
        on_noted, NULL);
  changed (self);
  return TRUE;
}

typedef struct
{
  GsShift *shift;
  char *crossing;
} Left;

/* detail names the decision. The transaction's own entry is one of those that are counted. */
static gpointer
note_left_once (GsDatabase *db, gpointer detail, GError **error)
{
  if (gs_record_table_count (db, "supervisor.call", detail, error) > 1)
    g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT, "The supervisor was told");
  return NULL;
}

static void
on_left_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Left *left = user_data;
  g_autoptr (GsShift) self = left->shift;
  g_autofree char *crossing = left->crossing;
  g_autoptr (GError) error = NULL;

  g_free (left);
  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (g_error_matches (error, GS_STORE_ERROR, GS_STORE_ERROR_CONFLICT))
    return;
  if (error != NULL)
    g_warning ("A call for the supervisor is not in the record: %s", error->message);
  open_call (self, crossing);
  add_left (self, crossing);
  changed (self);
}

void
gs_shift_tell_left (GsShift *self, const char *officer, const char *crossing, const char *key)
{
  g_autofree char *detail = NULL;
  GsRecordEntry entry = { .kind = "supervisor.call", .officer = officer, .subject = crossing };
  Left *left;

  g_return_if_fail (GS_IS_SHIFT (self));

  detail = g_strdup_printf ("desk=%s reason=left decision=%s", self->desk_id, key);
  entry.detail = detail;
  entry.at_utc_ms = now_utc_ms (self);
  left = g_new0 (Left, 1);
  left->shift = g_object_ref (self);
  left->crossing = g_strdup (crossing);
  gs_store_transact_async (self->store, &entry, note_left_once, g_strdup (detail), g_free, NULL,
                           NULL, on_left_noted, left);
}

GPtrArray *
gs_shift_get_left (GsShift *self)
{
  g_return_val_if_fail (GS_IS_SHIFT (self), NULL);
  return self->left;
}

gint64
gs_shift_get_call_ms (GsShift *self)
{
  g_return_val_if_fail (GS_IS_SHIFT (self), -1);
  if (!self->called)
    return -1;
  /* The monotonic clock began anew with the machine, perhaps. */
  if (self->call_utc_ms != GS_TIME_UNKNOWN)
    return MAX (now_utc_ms (self) - self->call_utc_ms, 0);
  return (gs_clock_monotonic_us (self->clock) - self->call_monotonic_us) / 1000;
}

GsApprovalVerdict
gs_shift_acknowledge (GsShift *self, GsSession *supervisor)
{
  g_autofree char *waited = NULL;
  GsApprovalVerdict verdict;

  g_return_val_if_fail (GS_IS_SHIFT (self), GS_APPROVAL_NOBODY);

  if (!self->called)
    return GS_APPROVAL_NOBODY;
  verdict = gs_approval_judge (GS_APPROVAL_CALL, self->session, supervisor);
  if (verdict != GS_APPROVAL_GRANTED)
    return verdict;
  waited = g_strdup_printf ("waited-ms=%" G_GINT64_FORMAT, gs_shift_get_call_ms (self));
  note (self, "supervisor.acknowledge", gs_session_get_officer_id (self->session),
        gs_session_get_officer_id (supervisor), self->call_crossing, waited, on_noted, NULL);
  self->called = FALSE;
  g_clear_pointer (&self->call_crossing, g_free);
  g_ptr_array_set_size (self->left, 0);
  changed (self);
  return GS_APPROVAL_GRANTED;
}

static gpointer
list_calls (GsDatabase *db, gpointer desk, GError **error)
{
  return gs_record_table_list_since (db, "supervisor.call", "supervisor.acknowledge", desk, error);
}

static void
on_calls_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsShift) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gs_store_query_finish (GS_STORE (source), result, &error);
  const GsRecordRow *first;

  if (error != NULL)
    g_warning ("Whether a supervisor was called cannot be read: %s", error->message);
  if (rows == NULL || rows->len == 0)
    return;
  first = g_ptr_array_index (rows, 0);
  open_call (self, first->subject);
  self->call_utc_ms = first->at_utc_ms;
  for (guint i = 0; i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      if (row->subject != NULL && row->detail != NULL
          && strstr (row->detail, " reason=left") != NULL)
        add_left (self, row->subject);
    }
  changed (self);
}

void
gs_shift_restore (GsShift *self)
{
  g_return_if_fail (GS_IS_SHIFT (self));

  gs_store_query_async (self->store, list_calls, g_strdup (self->desk_id), g_free,
                        (GDestroyNotify) g_ptr_array_unref, NULL, on_calls_found,
                        g_object_ref (self));
}
