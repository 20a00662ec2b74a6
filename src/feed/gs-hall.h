/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-feed-item.h"
#include "gs-hall-crossing.h"
#include "gs-hall-error.h"
#include "gs-hall-request.h"
#include "gs-hall-stamps.h"
#include "gs-hall-status.h"

G_BEGIN_DECLS

/* The hall service as the station sees it, everything but the live feed: the contract's requests,
 * one asynchronous function each. GsHallClient speaks to a real one over TLS; tests use a fake.
 *
 * Called on the thread that made the object; callbacks come in the thread-default main context of
 * the call. Arguments are copied before the call returns. A _finish returns a new plain struct, or
 * NULL (FALSE) with an error in GS_HALL_ERROR, or G_IO_ERROR_CANCELLED. Nothing is retried here:
 * whoever must have a thing done keeps it in a journal and sends it again with the same key. A
 * request that fails UNREACHABLE may or may not have reached the hall.
 *
 * An implementation fills the functions below; each gets a GTask of its own (transfer full), made
 * with the hall as source object, and returns on it what the _finish function documents, sooner or
 * later: a struct with its free function, or a boolean, or an error. */
#define GS_TYPE_HALL (gs_hall_get_type ())
G_DECLARE_INTERFACE (GsHall, gs_hall, GS, HALL, GObject)

/* A page of the feed. */
typedef struct
{
  GPtrArray *items; /* GsFeedItem; empty: the end */
} GsHallPage;

struct _GsHallInterface
{
  GTypeInterface parent_iface;

  void (*get_status) (GsHall *self, GTask *task);
  void (*get_events_page) (GsHall *self, gint64 after, guint limit, GTask *task);
  void (*get_open_crossings) (GsHall *self, GTask *task);
  void (*lookup) (GsHall *self, const char *issuing_state, const char *number, GTask *task);
  void (*get_crossing) (GsHall *self, const char *crossing, GTask *task);
  void (*get_evidence) (GsHall *self, const char *crossing, const char *name, GTask *task);
  void (*put_lease) (
    GsHall *self, const char *crossing, const char *desk, const char *officer, GTask *task);
  void (*delete_lease) (
    GsHall *self, const char *crossing, const char *desk, const char *officer, GTask *task);
  void (*post_decision) (GsHall *self, const GsHallDecision *decision, GTask *task);
  void (*post_stamp_claim) (GsHall *self, const GsHallStampRequest *request, GTask *task);
  void (*put_claim_outcome) (GsHall *self, const GsHallClaimReport *report, GTask *task);
  void (*get_open_claims) (GsHall *self, GTask *task);
  void (*get_serials) (GsHall *self, const char *desk, GTask *task);
  void (*post_unclaimed) (GsHall *self, const GsHallUnclaimed *stamp, GTask *task);
  void (*put_presence) (GsHall *self, const GsHallPresence *presence, GTask *task);
  void (*post_desk_call) (GsHall *self, const char *crossing, const char *desk, GTask *task);
  void (*post_gate_command) (GsHall *self, const GsHallGateCommand *command, GTask *task);
};

/* GET /v1/status. */
void gs_hall_get_status_async (GsHall *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GsHallStatus *gs_hall_get_status_finish (GsHall *self, GAsyncResult *result, GError **error);

/* GET /v1/events?after=&limit=; limit 1 to 1,000. */
void gs_hall_get_events_page_async (GsHall *self,
                                    gint64 after,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GsHallPage *gs_hall_get_events_page_finish (GsHall *self, GAsyncResult *result, GError **error);

/* GET /v1/crossings?state=open: the snapshot, with as_of_event. */
void gs_hall_get_open_crossings_async (GsHall *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GsHallCrossings *
gs_hall_get_open_crossings_finish (GsHall *self, GAsyncResult *result, GError **error);

/* POST /v1/crossings/lookup: the crossings of a document, newest first; empty is no error. */
void gs_hall_lookup_async (GsHall *self,
                           const char *issuing_state,
                           const char *document_number,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GsHallCrossings *gs_hall_lookup_finish (GsHall *self, GAsyncResult *result, GError **error);

/* GET /v1/crossings/{id}. NOT_FOUND. */
void gs_hall_get_crossing_async (GsHall *self,
                                 const char *crossing,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GsHallCrossing *gs_hall_get_crossing_finish (GsHall *self, GAsyncResult *result, GError **error);

/* GET /v1/crossings/{id}/evidence/{name}; name: "gate-face", "chip-face", "ef-com", "ef-sod",
 * "dg1", "dg2", "dg11", "dg14", "dg15". At most 8 MiB. NOT_FOUND. */
void gs_hall_get_evidence_async (GsHall *self,
                                 const char *crossing,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GsHallEvidence *gs_hall_get_evidence_finish (GsHall *self, GAsyncResult *result, GError **error);

/* PUT /v1/crossings/{id}/lease: take, or renew, for 30 s. LEASE_HELD. */
void gs_hall_put_lease_async (GsHall *self,
                              const char *crossing,
                              const char *desk,
                              const char *officer,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GsHallLease *gs_hall_put_lease_finish (GsHall *self, GAsyncResult *result, GError **error);

/* DELETE /v1/crossings/{id}/lease. */
void gs_hall_delete_lease_async (GsHall *self,
                                 const char *crossing,
                                 const char *desk,
                                 const char *officer,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean gs_hall_delete_lease_finish (GsHall *self, GAsyncResult *result, GError **error);

/* POST /v1/crossings/{id}/decisions. ALREADY_DECIDED, VERSION, KEY_REUSED. */
void gs_hall_post_decision_async (GsHall *self,
                                  const GsHallDecision *decision,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GsHallReceipt *gs_hall_post_decision_finish (GsHall *self, GAsyncResult *result, GError **error);

/* POST /v1/crossings/{id}/stamp-claims. ALREADY_STAMPED, CLAIMED_ELSEWHERE, IN_DOUBT, OPEN_CASE,
 * WINDOW_CLOSED, NOT_ADMITTED, CANCELLED. Without a claim nothing is printed. */
void gs_hall_post_stamp_claim_async (GsHall *self,
                                     const GsHallStampRequest *request,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GsHallClaim *gs_hall_post_stamp_claim_finish (GsHall *self, GAsyncResult *result, GError **error);

/* PUT /v1/crossings/{id}/stamp-claims/{claim}: idempotent, kept until the hall has it. */
void gs_hall_put_claim_outcome_async (GsHall *self,
                                      const GsHallClaimReport *report,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean gs_hall_put_claim_outcome_finish (GsHall *self, GAsyncResult *result, GError **error);

/* GET /v1/stamp-claims?state=open: the claims of every desk that have no end. GPtrArray of
 * GsHallOpenClaim, oldest first. A hall that does not know the request answers NOT_FOUND. */
void gs_hall_get_open_claims_async (GsHall *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *gs_hall_get_open_claims_finish (GsHall *self, GAsyncResult *result, GError **error);

/* GET /v1/desks/{id}/serials: the newest number under each prefix of this desk. GPtrArray of
 * GsHallSerial. */
void gs_hall_get_serials_async (GsHall *self,
                                const char *desk,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *gs_hall_get_serials_finish (GsHall *self, GAsyncResult *result, GError **error);

/* POST /v1/unclaimed-stamps: a stamp that was printed without a claim. The hall takes it whatever
 * speaks against it, and says what does. CONFLICT when it has another end of the same stamp. */
void gs_hall_post_unclaimed_async (GsHall *self,
                                   const GsHallUnclaimed *stamp,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GsHallUnclaimedAnswer *
gs_hall_post_unclaimed_finish (GsHall *self, GAsyncResult *result, GError **error);

/* PUT /v1/desks/{id}/presence, every 2 s. */
void gs_hall_put_presence_async (GsHall *self,
                                 const GsHallPresence *presence,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean gs_hall_put_presence_finish (GsHall *self, GAsyncResult *result, GError **error);

/* POST /v1/desk-calls: call the traveller forward. NOT_IN_HALL. */
void gs_hall_post_desk_call_async (GsHall *self,
                                   const char *crossing,
                                   const char *desk,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean gs_hall_post_desk_call_finish (GsHall *self, GAsyncResult *result, GError **error);

/* POST /v1/gates/{id}/commands. */
void gs_hall_post_gate_command_async (GsHall *self,
                                      const GsHallGateCommand *command,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GsHallReceipt *
gs_hall_post_gate_command_finish (GsHall *self, GAsyncResult *result, GError **error);

void gs_hall_page_free (GsHallPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallPage, gs_hall_page_free)

G_END_DECLS
