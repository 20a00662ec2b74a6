/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"
#include "gs-record-entry.h"

G_BEGIN_DECLS

/* The record: append-only, gapless from 0, each entry a leaf of an RFC 6962 Merkle tree whose head
 * is kept beside it.
 *
 * A leaf's content is UTF-8 text, each line ended by '\n': "gateside-record 1", the sequence
 * number, at_utc_ms, kind, officer, second, subject, detail; "-" stands for NULL, and a field that
 * is "-" itself or empty cannot be written. The leaf hash is SHA-256 (0x00 || content). */
#define GS_RECORD_HASH_SIZE 32

typedef struct
{
  gint64 sequence;
  gint64 at_utc_ms;
  char *kind;
  char *officer;
  char *second;
  char *subject;
  char *detail;
  guint8 leaf[GS_RECORD_HASH_SIZE];
} GsRecordRow;

void gs_record_row_free (GsRecordRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsRecordRow, gs_record_row_free)

typedef struct
{
  gint64 size;
  guint8 root[GS_RECORD_HASH_SIZE];
} GsRecordHead;

/* Worker thread. */

/* Called by the store for every transaction. GS_STORE_ERROR_CONSTRAINT for a field that may not
 * stand there. */
gboolean gs_record_table_append (GsDatabase *db, const GsRecordEntry *entry, GError **error);
gboolean gs_record_table_get_head (GsDatabase *db, GsRecordHead *head, GError **error);
/* From sequence on, at most limit. GPtrArray of GsRecordRow. */
GPtrArray *gs_record_table_list (GsDatabase *db, gint64 from_sequence, guint limit, GError **error);

/* Every entry about the trust store ("trust.import", "trust.remove", "trust.undo", "trust.found"),
 * in order. They are few, and an index finds them. GPtrArray of GsRecordRow. */
GPtrArray *gs_record_table_list_trust (GsDatabase *db, GError **error);

/* This desk's entries of a kind (their detail begins with "desk=ID") since its last one of
 * end_kind, oldest first, among the last 20,000 of the record. GPtrArray of GsRecordRow. */
GPtrArray *gs_record_table_list_since (
  GsDatabase *db, const char *kind, const char *end_kind, const char *desk, GError **error);
/* How many of the last 20,000 entries are of that kind with that detail; -1 on error. In a
 * transaction its own entry counts: the record has it first. */
gint64 gs_record_table_count (GsDatabase *db, const char *kind, const char *detail, GError **error);

/* Reads the whole record, recomputes leaves, tree and head. FALSE with GS_STORE_ERROR_CORRUPT and
 * *first_bad (the sequence number of the first entry that does not fit; the size when only the head
 * does not fit). */
gboolean gs_record_table_verify (GsDatabase *db, gint64 *first_bad, GError **error);

G_END_DECLS
