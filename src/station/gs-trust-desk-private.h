/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-change.h"
#include "gs-trust-desk.h"
#include "gs-trust-record.h"
#include "gs-worker.h"

/* What the files of the trust desk share; not for anybody else. */

struct _GsTrustDesk
{
  GObject parent_instance;

  char *path;
  GsStore *store;
  GsClock *clock;
  GsSession *session;
  GsWorker *worker; /* made when first asked for */
  GsTrustListing *listing;
  /* What needs the store for itself, one after the other: GTask. */
  GQueue waiting;
  GTask *holder;
  /* Since gs_trust_desk_start(): */
  GFileMonitor *monitor;
  gboolean check_waits;
  char *digest; /* of the file as it was last seen here; NULL before */
  GsTrustStanding standing;
};

/* One task of the worker. Made in the main thread, used in the worker's, freed in either. */
typedef struct
{
  char *path;
  char **paths;
  GsTrustPreview *preview;
  guint voucher;
  char *text; /* what was typed, or a fingerprint */
  char *officer;
  GsTrustRemoval removal;
  gint64 now_utc_ms;
  GMainContext *context; /* where progress is told */
  gint64 told_monotonic_us;
  /* Of a change: */
  char *subject;
  char *detail;
  GsTrustChange *change; /* in one thread after the other, with the lock */
  GsTrustListing *listing;
} GsTrustJob;

/* A task with its job; NULL when it was refused and has ended. */
GTask *gs_trust_desk_begin (GsTrustDesk *self,
                            gboolean change,
                            gpointer tag,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Ends the task with that error. */
void gs_trust_desk_fail (GTask *task, GsTrustDeskError code, const char *why);
/* Runs func on the worker's thread. */
void gs_trust_desk_push (GsTrustDesk *self, GTask *task, GTaskThreadFunc func);
void gs_trust_desk_take_listing (GsTrustDesk *self, GsTrustListing *listing);
void gs_trust_desk_emit_stored (GsTrustDesk *self);
void gs_trust_desk_emit_changed (GsTrustDesk *self);

/* gs-trust-desk-change.c: begins the task's work when everything before it has ended; task is then
 * the desk's until gs_trust_desk_end_alone(). */
typedef void (*GsTrustDeskFunc) (GsTrustDesk *self, GTask *task);
void gs_trust_desk_begin_alone (GsTrustDesk *self, GTask *task, GsTrustDeskFunc func);
void gs_trust_desk_end_alone (GsTrustDesk *self);
/* Whoever waits is told that it will not come to that. */
void gs_trust_desk_drop_waiting (GsTrustDesk *self);
