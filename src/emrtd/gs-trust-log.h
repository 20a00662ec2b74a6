/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The log of a trust store: one line of JSON for every change of its file, written and synced
 * before the change is made, by whoever makes it. It only grows. It tells which file is meant to
 * stand there after the power was cut in between, and a station takes its lines into the record.
 * Its protection is the file system's, as the store's own; a line tells what a program wrote that
 * could write the store, no more. Any thread; the lock of gs-trust-change.h is held to write. */

/* Digests are the SHA-256 of the whole file in 64 small digits; this stands for "no file". */
#define GS_TRUST_LOG_NONE "none"

typedef struct
{
  char *change;  /* a UUID */
  char *kind;    /* "trust.import", "trust.remove", "trust.undo" */
  char *officer; /* account of the desk; NULL for the command line */
  char *subject;
  char *detail;
  char *before; /* digest of the store that was changed */
  char *after;
  gint64 at_utc_ms;
} GsTrustLogEntry;

void gs_trust_log_entry_free (GsTrustLogEntry *self);

/* "STORE.log". Transfer full. */
char *gs_trust_log_get_path (const char *store);
/* FALSE with GS_EMRTD_ERROR_STORAGE; then the log is as it was. */
gboolean gs_trust_log_append (const char *store, const GsTrustLogEntry *entry, GError **error);
/* GPtrArray of GsTrustLogEntry in their order; empty when there is no log. Lines that are none, as
 * the half one of a power cut, are left out. NULL when it cannot be read. Transfer full. */
GPtrArray *gs_trust_log_read (const char *store, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTrustLogEntry, gs_trust_log_entry_free)
