/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-store.h"

/* How a job uses the database. */
typedef enum
{
  GS_STORE_JOB_READ = 1,
  GS_STORE_JOB_WRITE,  /* an entry is written first */
  GS_STORE_JOB_INGEST, /* a write without an entry of the caller */
  GS_STORE_JOB_PURGE,  /* a write with an entry, after which the log is cut */
} GsStoreJobKind;

/* Queues a job. The other files of this folder build on it; nobody else can write without an
 * entry. */
void gs_store_push (GsStore *self,
                    GsStoreJobKind kind,
                    const GsRecordEntry *entry,
                    GsStoreFunc func,
                    gpointer data,
                    GDestroyNotify data_free,
                    GDestroyNotify result_free,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data);

/* gs_store_open_async() with the context in which "fault" is notified, NULL for the global one. */
void gs_store_open_in_context (const char *path,
                               GMainContext *context,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* Implements GsAccountStore (gs-store-accounts.c). */
void gs_store_account_store_init (gpointer iface);
