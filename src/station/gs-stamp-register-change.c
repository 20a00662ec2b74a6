/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-register-private.h"

#include "gs-register-export.h"
#include "gs-time.h"

/* Changes of the register, and the closing of a day, as the window asks for them. */

#define LOOK_MS 3000
#define LOOK_STEP_MS 50
#define REPORT_MS (30 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))

GError *
gs_stamp_register_translate (GError *error)
{
  GError *translated;

  if (error->domain == GS_REGISTER_ERROR
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  translated = g_error_new_literal (GS_REGISTER_ERROR, GS_REGISTER_ERROR_STORE, error->message);
  g_error_free (error);
  return translated;
}

gboolean
gs_stamp_register_may (GsStampRegister *self, GsRegisterAct act)
{
  g_return_val_if_fail (GS_IS_STAMP_REGISTER (self), FALSE);
  return self->session != NULL && gs_register_may (act, gs_session_get_role (self->session));
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GsStampRegister *self = g_task_get_source_object (task);
  GError *error = NULL;

  gs_store_transact_finish (GS_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, gs_stamp_register_translate (error));
  else
    g_task_return_boolean (task, TRUE);
  gs_stamp_register_reload (self);
}

void
gs_stamp_register_change_async (GsStampRegister *self,
                                GsRegisterAct act,
                                const char *device,
                                const char *code,
                                GsSession *second,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GsRegisterChange) change = NULL;
  g_autofree char *detail = NULL;
  GsRecordEntry entry;

  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  task = g_task_new (self, NULL, callback, user_data);
  if (gs_register_judge (act, self->session, second) != GS_APPROVAL_GRANTED)
    {
      g_task_return_new_error (task, GS_REGISTER_ERROR, GS_REGISTER_ERROR_DENIED,
                               "The role, or the second officer, does not allow it");
      return;
    }
  change = gs_register_change_new (act, device, self->config->desk_id, self->session, second,
                                   gs_stamp_register_now_utc_ms (self));
  if (code != NULL && change->code != NULL)
    {
      g_free (change->code);
      change->code = g_strdup (code);
    }
  gs_register_change_describe (change, &entry, &detail);
  gs_store_transact_async (self->store, &entry, gs_register_change_run, g_steal_pointer (&change),
                           (GDestroyNotify) gs_register_change_free, NULL, self->cancellable,
                           on_changed, g_steal_pointer (&task));
}

gboolean
gs_stamp_register_change_finish (GsStampRegister *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- looking ---------------------------------------------------------------------------------- */

typedef struct
{
  gint64 by_hand;
  gint64 asked_us;
} Look;

/* With "fresh", what the printer says must be younger than the question. */
static GsReconcileJob *
make_job (GsStampRegister *self, const Look *look)
{
  GsReconcileJob *job = gs_reconcile_job_new (self->config->desk_id, NULL, self->zone,
                                              gs_stamp_register_now_utc_ms (self));
  gint64 by_hand = look->by_hand;

  for (guint i = 0; i < gs_stamp_register_get_n_printers (self); i++)
    {
      const GsPrinterStatus *status;
      const char *address = gs_stamp_register_get_printer (self, i, &status);

      if (status->reachable && status->impressions_completed >= 0
          && status->taken_monotonic_us >= look->asked_us)
        gs_reconcile_job_add (job, address, GS_COUNT_PRINTER, status->impressions_completed);
      else if (by_hand >= 0)
        {
          /* The sheets of all of them were counted together. */
          gs_reconcile_job_add (job, address, GS_COUNT_HAND, by_hand);
          by_hand = 0;
        }
      else
        gs_reconcile_job_add (job, address, GS_COUNT_NONE, -1);
    }
  return job;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GsReconciliation *row = gs_store_query_finish (GS_STORE (source), result, &error);

  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) gs_reconciliation_free);
  else
    g_task_return_error (task, gs_stamp_register_translate (error));
}

static void
look (GTask *task)
{
  GsStampRegister *self = g_task_get_source_object (task);

  gs_store_query_async (self->store, gs_reconcile_run, make_job (self, g_task_get_task_data (task)),
                        (GDestroyNotify) gs_reconcile_job_free,
                        (GDestroyNotify) gs_reconciliation_free, self->cancellable, on_looked,
                        task);
}

static gboolean
is_answered (GsStampRegister *self, gint64 asked_us)
{
  for (guint i = 0; i < gs_stamp_register_get_n_printers (self); i++)
    {
      const GsPrinterStatus *status;

      gs_stamp_register_get_printer (self, i, &status);
      if (status->taken_monotonic_us < asked_us)
        return FALSE;
    }
  return TRUE;
}

static gboolean
on_wait (gpointer data)
{
  GTask *task = data;
  const Look *wanted = g_task_get_task_data (task);

  if (!is_answered (g_task_get_source_object (task), wanted->asked_us)
      && g_get_monotonic_time () - wanted->asked_us < LOOK_MS * G_GINT64_CONSTANT (1000))
    return G_SOURCE_CONTINUE;
  look (task);
  return G_SOURCE_REMOVE;
}

void
gs_stamp_register_look_async (GsStampRegister *self,
                              gboolean fresh,
                              gint64 by_hand,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Look *wanted;

  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  task = g_task_new (self, NULL, callback, user_data);
  wanted = g_new0 (Look, 1);
  wanted->by_hand = by_hand;
  wanted->asked_us = fresh ? g_get_monotonic_time () : 0;
  g_task_set_task_data (task, wanted, g_free);
  if (!fresh)
    {
      look (task);
      return;
    }
  if (self->printers != NULL)
    gs_printer_desk_poll_now (self->printers);
  g_timeout_add (LOOK_STEP_MS, on_wait, task);
}

GsReconciliation *
gs_stamp_register_look_finish (GsStampRegister *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- closing ---------------------------------------------------------------------------------- */

/* The same readings again: what was shown is what is closed. */
static GsReconcileJob *
job_of (GsStampRegister *self, GsReconciliation *shown)
{
  GsReconcileJob *job =
    gs_reconcile_job_new (shown->desk, shown->day, self->zone, gs_stamp_register_now_utc_ms (self));

  for (guint i = 0; i < shown->counts->len; i++)
    {
      const GsPrinterCount *count = g_ptr_array_index (shown->counts, i);

      gs_reconcile_job_add (job, count->printer, count->source, count->now);
    }
  job->shown = shown;
  return job;
}

void
gs_stamp_register_close_async (GsStampRegister *self,
                               GsReconciliation *shown,
                               GsSession *second,
                               GsSignReason reason,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GsReconciliation) taken = shown;
  g_autoptr (GTask) task = NULL;
  g_autofree char *detail = NULL;
  GsRecordEntry entry;
  GError *error = NULL;

  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  task = g_task_new (self, NULL, callback, user_data);
  if (!gs_reconcile_sign (taken, self->session, second, reason, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  taken->made_utc_ms = gs_stamp_register_now_utc_ms (self);
  gs_reconcile_describe (taken, &entry, &detail);
  gs_store_transact_async (
    self->store, &entry, gs_reconcile_run, job_of (self, g_steal_pointer (&taken)),
    (GDestroyNotify) gs_reconcile_job_free, (GDestroyNotify) gs_reconciliation_free,
    self->cancellable, on_changed, g_steal_pointer (&task));
}

gboolean
gs_stamp_register_close_finish (GsStampRegister *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the report ------------------------------------------------------------------------------- */

static void
bytes_unref (gpointer bytes)
{
  g_bytes_unref (bytes);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GBytes *bytes = gs_store_transact_finish (GS_STORE (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, bytes_unref);
  else
    g_task_return_error (task, gs_stamp_register_translate (error));
}

void
gs_stamp_register_export_async (GsStampRegister *self,
                                gboolean pdf,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  gint64 now;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *detail = NULL;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GsRegisterExport) export = NULL;
  GsRecordEntry entry;

  g_return_if_fail (GS_IS_STAMP_REGISTER (self));

  task = g_task_new (self, NULL, callback, user_data);
  if (self->session == NULL)
    {
      g_task_return_new_error (task, GS_REGISTER_ERROR, GS_REGISTER_ERROR_DENIED,
                               "Nobody is signed in");
      return;
    }
  now = gs_stamp_register_now_utc_ms (self);
  first = gs_time_format_day (now - REPORT_MS, self->zone);
  last = gs_time_format_day (now, self->zone);
  export = gs_register_export_new (self->config->desk_id, self->config->port_name, first, last,
                                   self->zone, now, pdf);
  gs_register_export_describe (export, gs_session_get_officer_id (self->session), &entry, &detail);
  gs_store_transact_async (self->store, &entry, gs_register_export_run, g_steal_pointer (&export),
                           (GDestroyNotify) gs_register_export_free, bytes_unref, self->cancellable,
                           on_exported, g_steal_pointer (&task));
}

GBytes *
gs_stamp_register_export_finish (GsStampRegister *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
