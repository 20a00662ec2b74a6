/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-clock.h"
#include "gs-session.h"
#include "gs-store.h"
#include "gs-trust-preview.h"
#include "gs-trust-record.h"

G_BEGIN_DECLS

/* The station's administration of the trust store: which signing authorities it believes. Nothing
 * is read before it is asked for; everything that reads, parses or writes files runs in a worker of
 * its own, and the store's file is read anew for each task, since another program may change it.
 * Administrators change, supervisors and auditors look, officers do neither. Every change is an
 * entry of the record, written in the transaction in which the new file takes the old one's place,
 * and before that a line of the store's log (gs-trust-log.h), so that a cut of the power leaves
 * both or neither. Changes of the command line become entries of the record as well. Main thread
 * only.
 *
 * Signals:
 * "changed" ()   another listing, another session, or another standing
 * "stored" ()    the file was changed: whoever holds anchors of it reads it again
 * "progress" (char *path, double fraction)  of the preview that is being made, 0 to 1 */
#define GS_TYPE_TRUST_DESK (gs_trust_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsTrustDesk, gs_trust_desk, GS, TRUST_DESK, GObject)

#define GS_TRUST_DESK_ERROR (gs_trust_desk_error_quark ())
typedef enum
{
  GS_TRUST_DESK_ERROR_NONE_SET = 1, /* the desk has no trust store */
  GS_TRUST_DESK_ERROR_ROLE,         /* nobody is signed in who may do this */
  GS_TRUST_DESK_ERROR_DAMAGED,      /* the store's file cannot be read */
  GS_TRUST_DESK_ERROR_FILES,        /* the chosen files hold nothing of use */
  GS_TRUST_DESK_ERROR_NOT_COMPARED, /* what was typed ends no fingerprint that was shown */
  GS_TRUST_DESK_ERROR_CHANGED,      /* the store is another than the preview was made for */
  GS_TRUST_DESK_ERROR_NOTHING,      /* there is nothing to take or to remove */
  GS_TRUST_DESK_ERROR_NOT_SAVED,    /* disk full or not to be written; nothing was changed */
  GS_TRUST_DESK_ERROR_NOT_RECORDED, /* the record could not be written; nothing was changed */
  GS_TRUST_DESK_ERROR_BUSY          /* another program is changing the store; nothing was changed */
} GsTrustDeskError;

GQuark gs_trust_desk_error_quark (void);

/* Why one certificate is removed. */
typedef enum
{
  GS_TRUST_REMOVAL_WITHDRAWN = 1, /* its authority withdrew it */
  GS_TRUST_REMOVAL_KEY_LOST,      /* its key is in other hands, or may be */
  GS_TRUST_REMOVAL_MISTAKE,       /* it should not have been taken */
  GS_TRUST_REMOVAL_ORDER          /* the agency ordered it */
} GsTrustRemoval;

/* "withdrawn", "key-lost", "mistake", "order". */
const char *gs_trust_removal_to_word (GsTrustRemoval removal);

/* path may be NULL: the desk has no trust store then. */
GsTrustDesk *gs_trust_desk_new (const char *path, GsStore *store, GsClock *clock);

/* Holds the file against the record, and again whenever it changes, until gs_trust_desk_stop(). */
void gs_trust_desk_start (GsTrustDesk *self);
/* Whether the store is the one that was last recorded. */
GsTrustStanding gs_trust_desk_get_standing (GsTrustDesk *self);

const char *gs_trust_desk_get_path (GsTrustDesk *self);
void gs_trust_desk_set_session (GsTrustDesk *self, GsSession *session); /* NULL: nobody */
gboolean gs_trust_desk_may_look (GsTrustDesk *self);
gboolean gs_trust_desk_may_change (GsTrustDesk *self);
/* Pure: the same for any session. */
gboolean gs_trust_desk_session_may_look (GsSession *session);
gint64 gs_trust_desk_now_utc_ms (GsTrustDesk *self);

/* What was read last; NULL before, and for who may not look. Borrowed. */
GsTrustListing *gs_trust_desk_get_listing (GsTrustDesk *self);
/* Reads the store again; "changed" follows. */
void gs_trust_desk_load_async (GsTrustDesk *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean gs_trust_desk_load_finish (GsTrustDesk *self, GAsyncResult *result, GError **error);

/* Reads files (master lists, PEM, DER, LDIF, revocation lists) and says what taking them would
 * change. Cancelled, it ends with G_IO_ERROR_CANCELLED within one certificate. */
void gs_trust_desk_preview_async (GsTrustDesk *self,
                                  const char *const *paths,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* What the administrator typed of a fingerprint that was compared with paper: the last eight digits
 * of one of that voucher's keys. A new preview follows. */
void gs_trust_desk_confirm_async (GsTrustDesk *self,
                                  GsTrustPreview *preview,
                                  guint voucher,
                                  const char *typed,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Of both. Transfer full. */
GsTrustPreview *
gs_trust_desk_preview_finish (GsTrustDesk *self, GAsyncResult *result, GError **error);

/* Takes what the preview shows as taken, saves and records it: all of that, or nothing. */
void gs_trust_desk_apply_async (GsTrustDesk *self,
                                GsTrustPreview *preview,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* The same for the removal of one certificate. */
void gs_trust_desk_remove_async (GsTrustDesk *self,
                                 const char *fingerprint,
                                 GsTrustRemoval removal,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Of both. */
gboolean gs_trust_desk_change_finish (GsTrustDesk *self, GAsyncResult *result, GError **error);

/* Ends the worker after what it does now; what waits for its turn ends without having been done. */
void gs_trust_desk_stop (GsTrustDesk *self);

G_END_DECLS
