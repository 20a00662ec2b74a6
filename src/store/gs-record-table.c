/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-record-table.h"

#include <string.h>

#include "gs-record-tree.h"

G_STATIC_ASSERT (GS_RECORD_HASH_SIZE == GS_RECORD_TREE_HASH);

void
gs_record_row_free (GsRecordRow *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->officer);
  g_free (self->second);
  g_free (self->subject);
  g_free (self->detail);
  g_free (self);
}

static gboolean
may_stand (const char *field)
{
  if (field == NULL)
    return TRUE;
  if (*field == '\0' || strcmp (field, "-") == 0 || !g_utf8_validate (field, -1, NULL))
    return FALSE;
  for (; *field != '\0'; field++)
    if ((guchar) *field < 0x20 || *field == 0x7f)
      return FALSE;
  return TRUE;
}

static void
hash_entry (gint64 sequence, const GsRecordEntry *entry, guint8 *leaf)
{
  const char *fields[] = { entry->kind, entry->officer, entry->second, entry->subject,
                           entry->detail };
  g_autoptr (GString) text = g_string_new ("gateside-record 1\n");

  g_string_append_printf (text, "%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n", sequence,
                          entry->at_utc_ms);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_string_append (text, fields[i] != NULL ? fields[i] : "-");
      g_string_append_c (text, '\n');
    }
  gs_record_tree_hash_leaf (text->str, text->len, leaf);
}

static gboolean
load_tree (GsDatabase *db, GsRecordTree *tree, guint8 *root, GError **error)
{
  GsStatement *statement;
  g_autoptr (GBytes) edge = NULL;
  g_autoptr (GBytes) head = NULL;
  gint64 size;
  gboolean row;

  statement =
    gs_database_statement (db, "SELECT size, edge, root FROM record_head WHERE head = 1", error);
  if (statement == NULL || !gs_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      gs_record_tree_init (tree);
      gs_record_tree_root (tree, root);
      return TRUE;
    }
  size = gs_statement_get_int (statement, 0);
  edge = gs_statement_dup_blob (statement, 1);
  head = gs_statement_dup_blob (statement, 2);
  gs_statement_reset (statement);
  if (edge == NULL || head == NULL || g_bytes_get_size (head) != GS_RECORD_HASH_SIZE
      || !gs_record_tree_load (tree, size, g_bytes_get_data (edge, NULL), g_bytes_get_size (edge)))
    {
      g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CORRUPT, "The record's head is damaged");
      return FALSE;
    }
  memcpy (root, g_bytes_get_data (head, NULL), GS_RECORD_HASH_SIZE);
  return TRUE;
}

static gboolean
save_tree (GsDatabase *db, const GsRecordTree *tree, GError **error)
{
  guint8 root[GS_RECORD_HASH_SIZE];
  GsStatement *statement;

  statement = gs_database_statement (
    db,
    "INSERT INTO record_head (head, size, edge, root) VALUES (1, $1, $2, $3)"
    " ON CONFLICT (head) DO UPDATE SET size = excluded.size, edge = excluded.edge,"
    " root = excluded.root",
    error);
  if (statement == NULL)
    return FALSE;
  gs_record_tree_root (tree, root);
  gs_statement_bind_int (statement, 1, tree->size);
  gs_statement_bind_bytes (statement, 2, tree->edge, (gsize) tree->n_edge * GS_RECORD_HASH_SIZE);
  gs_statement_bind_bytes (statement, 3, root, sizeof root);
  return gs_statement_run (statement, error);
}

gboolean
gs_record_table_append (GsDatabase *db, const GsRecordEntry *entry, GError **error)
{
  GsRecordTree tree;
  guint8 leaf[GS_RECORD_HASH_SIZE], root[GS_RECORD_HASH_SIZE];
  GsStatement *statement;

  if (entry->kind == NULL || !may_stand (entry->kind) || !may_stand (entry->officer)
      || !may_stand (entry->second) || !may_stand (entry->subject) || !may_stand (entry->detail))
    {
      g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CONSTRAINT,
                   "A field of the record entry may not stand there");
      return FALSE;
    }
  if (!load_tree (db, &tree, root, error))
    return FALSE;
  hash_entry (tree.size, entry, leaf);
  statement = gs_database_statement (
    db,
    "INSERT INTO record (sequence, written_at, kind, officer, second, subject, detail, leaf)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    error);
  if (statement == NULL)
    return FALSE;
  gs_statement_bind_int (statement, 1, tree.size);
  gs_statement_bind_int (statement, 2, entry->at_utc_ms);
  gs_statement_bind_text (statement, 3, entry->kind);
  gs_statement_bind_text (statement, 4, entry->officer);
  gs_statement_bind_text (statement, 5, entry->second);
  gs_statement_bind_text (statement, 6, entry->subject);
  gs_statement_bind_text (statement, 7, entry->detail);
  gs_statement_bind_bytes (statement, 8, leaf, sizeof leaf);
  if (!gs_statement_run (statement, error))
    return FALSE;
  gs_record_tree_append (&tree, leaf);
  return save_tree (db, &tree, error);
}

gboolean
gs_record_table_get_head (GsDatabase *db, GsRecordHead *head, GError **error)
{
  GsRecordTree tree;

  if (!load_tree (db, &tree, head->root, error))
    return FALSE;
  head->size = tree.size;
  return TRUE;
}

static gpointer
read_row (GsStatement *statement)
{
  GsRecordRow *row = g_new0 (GsRecordRow, 1);
  g_autoptr (GBytes) leaf = gs_statement_dup_blob (statement, 7);

  row->sequence = gs_statement_get_int (statement, 0);
  row->at_utc_ms = gs_statement_get_int (statement, 1);
  row->kind = gs_statement_dup_text (statement, 2);
  row->officer = gs_statement_dup_text (statement, 3);
  row->second = gs_statement_dup_text (statement, 4);
  row->subject = gs_statement_dup_text (statement, 5);
  row->detail = gs_statement_dup_text (statement, 6);
  if (g_bytes_get_size (leaf) == GS_RECORD_HASH_SIZE)
    memcpy (row->leaf, g_bytes_get_data (leaf, NULL), GS_RECORD_HASH_SIZE);
  return row;
}

GPtrArray *
gs_record_table_list (GsDatabase *db, gint64 from_sequence, guint limit, GError **error)
{
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT sequence, written_at, kind, officer, second, subject, detail, leaf FROM record"
    " WHERE sequence >= $1 ORDER BY sequence LIMIT $2",
    error);

  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, from_sequence);
  gs_statement_bind_int (statement, 2, limit);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_record_row_free, error);
}

GPtrArray *
gs_record_table_list_trust (GsDatabase *db, GError **error)
{
  /* The condition is the index's, word for word. */
  GsStatement *statement = gs_database_statement (
    db,
    "SELECT sequence, written_at, kind, officer, second, subject, detail, leaf FROM record"
    " WHERE kind IN ('trust.import', 'trust.remove', 'trust.undo', 'trust.found')"
    " ORDER BY sequence",
    error);

  if (statement == NULL)
    return NULL;
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_record_row_free, error);
}

/* More than a desk writes on its busiest day. */
#define LOOK_BACK 20000

GPtrArray *
gs_record_table_list_since (
  GsDatabase *db, const char *kind, const char *end_kind, const char *desk, GError **error)
{
  g_autofree char *detail = g_strconcat ("desk=", desk, NULL);
  g_autofree char *more = g_strconcat (detail, " ", NULL);
  GsRecordHead head;
  GsStatement *statement;

  if (!gs_record_table_get_head (db, &head, error))
    return NULL;
  statement = gs_database_statement (
    db,
    "SELECT sequence, written_at, kind, officer, second, subject, detail, leaf FROM record"
    " WHERE sequence >= $1 AND kind = $2 AND (detail = $4 OR substr(detail, 1, length($5)) = $5)"
    " AND NOT EXISTS (SELECT 1 FROM record ending"
    "  WHERE ending.sequence > record.sequence AND ending.kind = $3"
    "  AND (ending.detail = $4 OR substr(ending.detail, 1, length($5)) = $5))"
    " ORDER BY sequence",
    error);
  if (statement == NULL)
    return NULL;
  gs_statement_bind_int (statement, 1, head.size - LOOK_BACK);
  gs_statement_bind_text (statement, 2, kind);
  gs_statement_bind_text (statement, 3, end_kind);
  gs_statement_bind_text (statement, 4, detail);
  gs_statement_bind_text (statement, 5, more);
  return gs_statement_collect (statement, read_row, (GDestroyNotify) gs_record_row_free, error);
}

gint64
gs_record_table_count (GsDatabase *db, const char *kind, const char *detail, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  GsRecordHead head;
  GsStatement *statement;

  if (!gs_record_table_get_head (db, &head, error))
    return -1;
  statement = gs_database_statement (
    db,
    "SELECT sequence, written_at, kind, officer, second, subject, detail, leaf FROM record"
    " WHERE sequence >= $1 AND kind = $2 AND detail = $3",
    error);
  if (statement == NULL)
    return -1;
  gs_statement_bind_int (statement, 1, head.size - LOOK_BACK);
  gs_statement_bind_text (statement, 2, kind);
  gs_statement_bind_text (statement, 3, detail);
  rows = gs_statement_collect (statement, read_row, (GDestroyNotify) gs_record_row_free, error);
  return rows != NULL ? (gint64) rows->len : -1;
}

static gboolean
row_fits (const GsRecordRow *row, gint64 sequence)
{
  GsRecordEntry entry = { row->kind,   row->at_utc_ms, row->officer,
                          row->second, row->subject,   row->detail };
  guint8 leaf[GS_RECORD_HASH_SIZE];

  hash_entry (sequence, &entry, leaf);
  return row->sequence == sequence && memcmp (leaf, row->leaf, sizeof leaf) == 0;
}

static gboolean
refuse (gint64 sequence, gint64 *first_bad, GError **error)
{
  *first_bad = sequence;
  g_set_error (error, GS_STORE_ERROR, GS_STORE_ERROR_CORRUPT,
               "The record does not fit from entry %" G_GINT64_FORMAT " on", sequence);
  return FALSE;
}

gboolean
gs_record_table_verify (GsDatabase *db, gint64 *first_bad, GError **error)
{
  GsRecordTree stored, tree;
  guint8 root[GS_RECORD_HASH_SIZE], recomputed[GS_RECORD_HASH_SIZE];

  *first_bad = -1;
  if (!load_tree (db, &stored, root, error))
    return FALSE;
  gs_record_tree_init (&tree);
  for (;;)
    {
      g_autoptr (GPtrArray) rows = gs_record_table_list (db, tree.size, 1000, error);

      if (rows == NULL)
        return FALSE;
      if (rows->len == 0)
        break;
      for (guint i = 0; i < rows->len; i++)
        {
          const GsRecordRow *row = g_ptr_array_index (rows, i);

          if (!row_fits (row, tree.size))
            return refuse (tree.size, first_bad, error);
          gs_record_tree_append (&tree, row->leaf);
        }
    }
  gs_record_tree_root (&tree, recomputed);
  if (tree.size != stored.size || memcmp (root, recomputed, sizeof root) != 0)
    return refuse (tree.size, first_bad, error);
  return TRUE;
}
