/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall.h"

G_DEFINE_INTERFACE (GsHall, gs_hall, G_TYPE_OBJECT)

static void
gs_hall_default_init (GsHallInterface *iface)
{
}

/* A request's task; NULL, with the answer given, when the implementation lacks the function. */
static GTask *
make_task (GsHall *self,
           gconstpointer vfunc,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  if (vfunc != NULL)
    return task;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "This hall does not know the request");
  g_object_unref (task);
  return NULL;
}

/* Calls a function of the interface with a new task as its last argument. */
#define CALL(vfunc, ...)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    GsHallInterface *iface;                                                                        \
    GTask *task;                                                                                   \
                                                                                                   \
    g_return_if_fail (GS_IS_HALL (self));                                                          \
    iface = GS_HALL_GET_IFACE (self);                                                              \
    task = make_task (self, iface->vfunc, cancellable, callback, user_data);                       \
    if (task != NULL)                                                                              \
      iface->vfunc (self, ##__VA_ARGS__, task);                                                    \
  }                                                                                                \
  G_STMT_END

static gpointer
finish_pointer (GsHall *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
finish_boolean (GsHall *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
gs_hall_get_status_async (GsHall *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  CALL (get_status);
}

GsHallStatus *
gs_hall_get_status_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_get_events_page_async (GsHall *self,
                               gint64 after,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  CALL (get_events_page, after, limit);
}

GsHallPage *
gs_hall_get_events_page_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_get_open_crossings_async (GsHall *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  CALL (get_open_crossings);
}

GsHallCrossings *
gs_hall_get_open_crossings_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_lookup_async (GsHall *self,
                      const char *issuing_state,
                      const char *document_number,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  CALL (lookup, issuing_state, document_number);
}

GsHallCrossings *
gs_hall_lookup_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_get_crossing_async (GsHall *self,
                            const char *crossing,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  CALL (get_crossing, crossing);
}

GsHallCrossing *
gs_hall_get_crossing_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_get_evidence_async (GsHall *self,
                            const char *crossing,
                            const char *name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  CALL (get_evidence, crossing, name);
}

GsHallEvidence *
gs_hall_get_evidence_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_put_lease_async (GsHall *self,
                         const char *crossing,
                         const char *desk,
                         const char *officer,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  CALL (put_lease, crossing, desk, officer);
}

GsHallLease *
gs_hall_put_lease_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_delete_lease_async (GsHall *self,
                            const char *crossing,
                            const char *desk,
                            const char *officer,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  CALL (delete_lease, crossing, desk, officer);
}

gboolean
gs_hall_delete_lease_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}

void
gs_hall_post_decision_async (GsHall *self,
                             const GsHallDecision *decision,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  CALL (post_decision, decision);
}

GsHallReceipt *
gs_hall_post_decision_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_post_stamp_claim_async (GsHall *self,
                                const GsHallStampRequest *request,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  CALL (post_stamp_claim, request);
}

GsHallClaim *
gs_hall_post_stamp_claim_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_put_claim_outcome_async (GsHall *self,
                                 const GsHallClaimReport *report,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  CALL (put_claim_outcome, report);
}

gboolean
gs_hall_put_claim_outcome_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}

void
gs_hall_get_open_claims_async (GsHall *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  CALL (get_open_claims);
}

GPtrArray *
gs_hall_get_open_claims_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_get_serials_async (GsHall *self,
                           const char *desk,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  CALL (get_serials, desk);
}

GPtrArray *
gs_hall_get_serials_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_post_unclaimed_async (GsHall *self,
                              const GsHallUnclaimed *stamp,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  CALL (post_unclaimed, stamp);
}

GsHallUnclaimedAnswer *
gs_hall_post_unclaimed_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_put_presence_async (GsHall *self,
                            const GsHallPresence *presence,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  CALL (put_presence, presence);
}

gboolean
gs_hall_put_presence_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}

void
gs_hall_post_desk_call_async (GsHall *self,
                              const char *crossing,
                              const char *desk,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  CALL (post_desk_call, crossing, desk);
}

gboolean
gs_hall_post_desk_call_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_boolean (self, result, error);
}

void
gs_hall_post_gate_command_async (GsHall *self,
                                 const GsHallGateCommand *command,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  CALL (post_gate_command, command);
}

GsHallReceipt *
gs_hall_post_gate_command_finish (GsHall *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

void
gs_hall_page_free (GsHallPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}
