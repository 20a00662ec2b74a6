/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-record-tree.h"

#include <string.h>

#define N_LEAVES 130

static guint8 leaves[N_LEAVES][GS_RECORD_TREE_HASH];

static void
sha256 (gconstpointer one,
        gsize one_length,
        gconstpointer two,
        gsize two_length,
        int prefix,
        guint8 *digest)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 byte = (guint8) prefix;
  gsize length = GS_RECORD_TREE_HASH;

  if (prefix >= 0)
    g_checksum_update (checksum, &byte, 1);
  g_checksum_update (checksum, one, (gssize) one_length);
  if (two != NULL)
    g_checksum_update (checksum, two, (gssize) two_length);
  g_checksum_get_digest (checksum, digest, &length);
}

/* RFC 6962, section 2.1, as it is written: split at the largest power of two below n. */
static void
head_of (guint first, guint n, guint8 *digest)
{
  guint8 left[GS_RECORD_TREE_HASH], right[GS_RECORD_TREE_HASH];
  guint k = 1;

  if (n == 1)
    {
      memcpy (digest, leaves[first], GS_RECORD_TREE_HASH);
      return;
    }
  while (k * 2 < n)
    k *= 2;
  head_of (first, k, left);
  head_of (first + k, n - k, right);
  sha256 (left, sizeof left, right, sizeof right, 0x01, digest);
}

static void
test_heads (void)
{
  GsRecordTree tree, loaded;
  guint8 expected[GS_RECORD_TREE_HASH], root[GS_RECORD_TREE_HASH];

  gs_record_tree_init (&tree);
  gs_record_tree_root (&tree, root);
  sha256 ("", 0, NULL, 0, -1, expected);
  g_assert_cmpmem (root, sizeof root, expected, sizeof expected);
  for (guint n = 1; n <= N_LEAVES; n++)
    {
      g_autofree char *content = g_strdup_printf ("entry %u", n);

      gs_record_tree_hash_leaf (content, strlen (content), leaves[n - 1]);
      sha256 (content, strlen (content), NULL, 0, 0x00, expected);
      g_assert_cmpmem (leaves[n - 1], sizeof expected, expected, sizeof expected);
      gs_record_tree_append (&tree, leaves[n - 1]);
      gs_record_tree_root (&tree, root);
      head_of (0, n, expected);
      g_assert_cmpmem (root, sizeof root, expected, sizeof expected);
      g_assert_true (gs_record_tree_load (&loaded, tree.size, tree.edge,
                                          (gsize) tree.n_edge * GS_RECORD_TREE_HASH));
      gs_record_tree_root (&loaded, root);
      g_assert_cmpmem (root, sizeof root, expected, sizeof expected);
    }
}

static void
test_damaged_edge (void)
{
  GsRecordTree tree;
  guint8 bytes[3 * GS_RECORD_TREE_HASH] = { 0 };

  g_assert_true (gs_record_tree_load (&tree, 7, bytes, sizeof bytes));
  g_assert_false (gs_record_tree_load (&tree, 8, bytes, sizeof bytes));
  g_assert_false (gs_record_tree_load (&tree, 7, bytes, sizeof bytes - 1));
  g_assert_false (gs_record_tree_load (&tree, -1, bytes, sizeof bytes));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/record-tree/heads", test_heads);
  g_test_add_func ("/store/record-tree/damaged-edge", test_damaged_edge);
  return g_test_run ();
}
