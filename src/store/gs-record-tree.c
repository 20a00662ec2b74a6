/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-record-tree.h"

#include <openssl/evp.h>
#include <string.h>

void
gs_record_tree_init (GsRecordTree *self)
{
  memset (self, 0, sizeof *self);
}

static void
hash (guint8 prefix,
      gconstpointer one,
      gsize length_one,
      gconstpointer two,
      gsize length_two,
      guint8 *digest)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  if (context == NULL || EVP_DigestInit_ex (context, EVP_sha256 (), NULL) != 1
      || EVP_DigestUpdate (context, &prefix, 1) != 1
      || EVP_DigestUpdate (context, one, length_one) != 1
      || (length_two > 0 && EVP_DigestUpdate (context, two, length_two) != 1)
      || EVP_DigestFinal_ex (context, digest, NULL) != 1)
    g_error ("SHA-256 is not available");
  EVP_MD_CTX_free (context);
}

void
gs_record_tree_hash_leaf (gconstpointer content, gsize length, guint8 *leaf)
{
  hash (0x00, content, length, NULL, 0, leaf);
}

void
gs_record_tree_append (GsRecordTree *self, const guint8 *leaf)
{
  guint8 node[GS_RECORD_TREE_HASH];

  memcpy (node, leaf, sizeof node);
  /* As in binary addition: each trailing one bit of the size is a subtree to join with. */
  for (gint64 bits = self->size; (bits & 1) != 0; bits >>= 1)
    {
      self->n_edge--;
      hash (0x01, self->edge[self->n_edge], sizeof node, node, sizeof node, node);
    }
  memcpy (self->edge[self->n_edge++], node, sizeof node);
  self->size++;
}

void
gs_record_tree_root (const GsRecordTree *self, guint8 *root)
{
  if (self->n_edge == 0)
    {
      EVP_Digest ("", 0, root, NULL, EVP_sha256 (), NULL);
      return;
    }
  memcpy (root, self->edge[self->n_edge - 1], GS_RECORD_TREE_HASH);
  for (guint i = self->n_edge - 1; i > 0; i--)
    hash (0x01, self->edge[i - 1], GS_RECORD_TREE_HASH, root, GS_RECORD_TREE_HASH, root);
}

gboolean
gs_record_tree_load (GsRecordTree *self, gint64 size, gconstpointer edge, gsize length)
{
  guint n_edge = (guint) __builtin_popcountll ((guint64) size);

  if (size < 0 || length != (gsize) n_edge * GS_RECORD_TREE_HASH)
    return FALSE;
  gs_record_tree_init (self);
  self->size = size;
  self->n_edge = n_edge;
  if (length > 0)
    memcpy (self->edge, edge, length);
  return TRUE;
}
