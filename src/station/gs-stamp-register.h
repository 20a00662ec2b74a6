/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-clock.h"
#include "gs-config.h"
#include "gs-printer-desk.h"
#include "gs-register-change.h"
#include "gs-register-reconcile.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* The register of stamps at this desk: which officer holds which stamp and code, and the daily
 * reconciliation. It reads the store again every few seconds, because the command line and other
 * desks may change it; whether an officer may print is judged once more in the transaction that
 * takes the serial. The hall's interface has no place for stamps that are lost: they are blocked at
 * every desk of this database.
 *
 * A register without any stamp takes the key file's "stamp-code" as its first one; nobody holds it
 * before it is handed out.
 *
 * Emits "changed". Main thread only. */
#define GS_TYPE_STAMP_REGISTER (gs_stamp_register_get_type ())
G_DECLARE_FINAL_TYPE (GsStampRegister, gs_stamp_register, GS, STAMP_REGISTER, GObject)

/* config is borrowed. */
GsStampRegister *gs_stamp_register_new (const GsConfig *config, GsStore *store, GsClock *clock);

/* Reads the register, and goes on reading it until stopped. */
void gs_stamp_register_start (GsStampRegister *self);
void gs_stamp_register_stop (GsStampRegister *self);
/* Reads it now. */
void gs_stamp_register_reload (GsStampRegister *self);

/* Any role; NULL signs out. */
void gs_stamp_register_set_session (GsStampRegister *self, GsSession *session);
GsSession *gs_stamp_register_get_session (GsStampRegister *self);
void gs_stamp_register_set_time_zone (GsStampRegister *self, GTimeZone *zone);
GTimeZone *gs_stamp_register_get_time_zone (GsStampRegister *self);
/* The printers that stamp at this desk; the counter of each is kept when it is first seen. */
void gs_stamp_register_set_printers (GsStampRegister *self, GsPrinterDesk *printers);

/* --- what it holds ---------------------------------------------------------------------------- */

/* FALSE until the store was read once. */
gboolean gs_stamp_register_is_read (GsStampRegister *self);
/* GsStampDevice, by id; borrowed until "changed". */
GPtrArray *gs_stamp_register_list (GsStampRegister *self);
const GsStampDevice *gs_stamp_register_find (GsStampRegister *self, const char *id);
/* What an officer sees: the own stamp and those in nobody's hand; the other roles see all. */
gboolean gs_stamp_register_may_see (GsStampRegister *self, const GsStampDevice *device);
/* The stamp that this officer holds, or the one signed in with NULL; NULL for none. */
const GsStampDevice *gs_stamp_register_get_held (GsStampRegister *self, const char *officer);
/* Whether the officer signed in may print with it now. */
GsStampStanding gs_stamp_register_get_standing (GsStampRegister *self);
gint64 gs_stamp_register_now_utc_ms (GsStampRegister *self);
/* The name that is shown for an account: its label, or the id where it is none. */
const char *gs_stamp_register_get_name (GsStampRegister *self, const char *account);

/* --- changes ---------------------------------------------------------------------------------- */

/* Whether the role of who is signed in may begin this. */
gboolean gs_stamp_register_may (GsStampRegister *self, GsRegisterAct act);
/* printer and code may be NULL. Errors: GS_REGISTER_ERROR. */
void gs_stamp_register_change_async (GsStampRegister *self,
                                     GsRegisterAct act,
                                     const char *device,
                                     const char *code,
                                     GsSession *second,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
gs_stamp_register_change_finish (GsStampRegister *self, GAsyncResult *result, GError **error);

/* --- the daily reconciliation ----------------------------------------------------------------- */

/* The numbers as they are now. fresh: each printer is asked first, for at most three seconds.
 * by_hand: what two officers counted on printers that cannot say; -1 for nothing. Transfer full. */
void gs_stamp_register_look_async (GsStampRegister *self,
                                   gboolean fresh,
                                   gint64 by_hand,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GsReconciliation *
gs_stamp_register_look_finish (GsStampRegister *self, GAsyncResult *result, GError **error);

/* Closes the day with what was shown, which is taken over. Errors: GS_REGISTER_ERROR. */
void gs_stamp_register_close_async (GsStampRegister *self,
                                    GsReconciliation *shown,
                                    GsSession *second,
                                    GsSignReason reason,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
gs_stamp_register_close_finish (GsStampRegister *self, GAsyncResult *result, GError **error);

/* The report of the last 31 days, as PDF or CSV; the export is in the record. Transfer full. */
void gs_stamp_register_export_async (GsStampRegister *self,
                                     gboolean pdf,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GBytes *
gs_stamp_register_export_finish (GsStampRegister *self, GAsyncResult *result, GError **error);

/* The newest reconciliations of this desk, newest first, at most 60; borrowed until "changed". */
GPtrArray *gs_stamp_register_get_history (GsStampRegister *self);
/* The days after the last reconciled one and before today; GPtrArray of char *, transfer full. */
GPtrArray *gs_stamp_register_dup_missing (GsStampRegister *self);

G_END_DECLS
