/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-database.h"
#include "gs-record-entry.h"
#include "gs-store-error.h"

G_BEGIN_DECLS

/* The station's memory: one SQLite database (WAL, synchronous=FULL) owned by one worker thread. It
 * implements GsAccountStore. Made and used on the main thread; callbacks come on the caller's main
 * context, in the order in which the jobs were pushed.
 *
 * Property "fault" (GsStoreError, 0 for none): set when the disk is full, read-only, failing or the
 * database is damaged, cleared by the next transaction that commits; notified on the main context
 * of the thread that opened the store. While it is not 0 decisions stop. */
#define GS_TYPE_STORE (gs_store_get_type ())
G_DECLARE_FINAL_TYPE (GsStore, gs_store, GS, STORE, GObject)

/* Work in the worker's thread with the database in a transaction. Returns its result, which may be
 * NULL; failure is told by *error alone, and rolls everything back. data belongs to the job. */
typedef gpointer (*GsStoreFunc) (GsDatabase *db, gpointer data, GError **error);

/* Opens the database, in the worker's thread, since the check of a big one takes time. */
void gs_store_open_async (const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GsStore *gs_store_open_finish (GAsyncResult *result, GError **error);

/* The same, waiting: for tools and tests. */
GsStore *gs_store_open (const char *path, GError **error);

/* Every change of state goes through here: func's changes and the entry are committed together or
 * not at all, and synced to the disk before the callback. There is no way to change without an
 * entry, except gs_store_ingest_async() (gs-ingest.h), whose cursor is its own record.
 * entry is copied; a job that is found to be unnecessary inside func returns
 * GS_STORE_ERROR_CONFLICT. data_free frees data, result_free a result that nobody fetched; both may
 * be NULL, both may run in either thread. */
void gs_store_transact_async (GsStore *self,
                              const GsRecordEntry *entry,
                              GsStoreFunc func,
                              gpointer data,
                              GDestroyNotify data_free,
                              GDestroyNotify result_free,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gpointer gs_store_transact_finish (GsStore *self, GAsyncResult *result, GError **error);

/* An entry alone: what happened changes nothing else in the store. Ends with
 * gs_store_transact_finish(). */
void gs_store_note_async (GsStore *self,
                          const GsRecordEntry *entry,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* Reads in one snapshot; func must not write (a write fails with GS_STORE_ERROR_READ_ONLY). */
void gs_store_query_async (GsStore *self,
                           GsStoreFunc func,
                           gpointer data,
                           GDestroyNotify data_free,
                           GDestroyNotify result_free,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gpointer gs_store_query_finish (GsStore *self, GAsyncResult *result, GError **error);

/* The same, waiting for the worker: for tools and tests, never in the window's thread. */
gpointer gs_store_transact (
  GsStore *self, const GsRecordEntry *entry, GsStoreFunc func, gpointer data, GError **error);
gpointer gs_store_query (GsStore *self, GsStoreFunc func, gpointer data, GError **error);

/* The fault above. */
GsStoreError gs_store_get_fault (GsStore *self);

/* Runs what is queued to its end, closes the database and waits for that. Later jobs return
 * G_IO_ERROR_CLOSED. Call it before the last reference goes: dispose closes too, but perhaps on the
 * worker's own thread, a moment later. */
void gs_store_close (GsStore *self);

G_END_DECLS
