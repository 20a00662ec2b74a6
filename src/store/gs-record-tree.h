/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The right edge of an RFC 6962 Merkle tree (section 2.1): the heads of the perfect subtrees that
 * the leaves so far make up, biggest first, as many as the size has one bits. Pure; any thread. */
#define GS_RECORD_TREE_HASH 32
#define GS_RECORD_TREE_DEPTH 62

typedef struct
{
  gint64 size;
  guint n_edge;
  guint8 edge[GS_RECORD_TREE_DEPTH][GS_RECORD_TREE_HASH];
} GsRecordTree;

void gs_record_tree_init (GsRecordTree *self);

/* SHA-256 (0x00 || content). */
void gs_record_tree_hash_leaf (gconstpointer content, gsize length, guint8 *leaf);

void gs_record_tree_append (GsRecordTree *self, const guint8 *leaf);

/* The head; SHA-256 of nothing for an empty tree. */
void gs_record_tree_root (const GsRecordTree *self, guint8 *root);

/* The edge as bytes and back; FALSE when length does not fit the size. */
gboolean gs_record_tree_load (GsRecordTree *self, gint64 size, gconstpointer edge, gsize length);

G_END_DECLS
