/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every reason for which a pack is refused, each beside the same pack without it. */

#include "gs-pack-manifest.h"
#include "gs-stamp-pack.h"
#include "gs-test-pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOW G_GINT64_CONSTANT (1795442400000) /* 2026-11-23 */

typedef struct
{
  GsTestPackAuthority *authority;
  GsPackAuthorities *believed;
  GsPackFiles *files;
  char *folder;
} Fixture;

static GsPackAuthorities *
believe (GsTestPackAuthority *authority)
{
  g_autoptr (GBytes) pem = gs_test_pack_authority_dup_pem (authority);
  g_autoptr (GError) error = NULL;
  GsPackAuthorities *believed = gs_pack_authorities_parse (pem, &error);

  g_assert_no_error (error);
  return believed;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->authority = gs_test_pack_authority_new ("Test authority", FALSE);
  fixture->believed = believe (fixture->authority);
  fixture->files = gs_test_pack_files ();
  fixture->folder = g_dir_make_tmp ("gateside-pack-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  gs_test_pack_authority_free (fixture->authority);
  gs_pack_authorities_unref (fixture->believed);
  gs_pack_files_unref (fixture->files);
}

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
put (GsPackFiles *files, const char *name, const char *text)
{
  g_autoptr (GBytes) bytes = bytes_of (text);

  g_assert_true (gs_pack_files_put (files, name, bytes, NULL));
}

static char *
text_of (GsPackFiles *files, const char *name)
{
  gsize size;
  const char *data = g_bytes_get_data (gs_pack_files_get (files, name), &size);

  return g_strndup (data, size);
}

static void
assert_refused_at (Fixture *fixture, GsPackFiles *files, gint64 now_utc_ms, GsStampError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackProof) proof = gs_pack_verify (files, fixture->believed, now_utc_ms, &error);

  g_assert_null (proof);
  g_assert_error (error, GS_STAMP_ERROR, (gint) code);
}

static void
assert_refused (Fixture *fixture, GsStampError code)
{
  assert_refused_at (fixture, fixture->files, NOW, code);
}

static void
sign (Fixture *fixture)
{
  gs_test_pack_sign (fixture->files, fixture->authority, GS_TEST_SIGNER_GOOD, NULL);
}

/* --- what is good ----------------------------------------------------------------------------- */

static void
test_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStampPack) pack = NULL;
  const GsPackProof *proof;

  sign (fixture);
  pack = gs_stamp_pack_new_signed (fixture->files, fixture->believed, NOW, &error);
  g_assert_no_error (error);
  proof = gs_stamp_pack_get_proof (pack);
  g_assert_cmpstr (proof->signer, ==, "Test signer");
  g_assert_cmpstr (proof->authority, ==, "Test authority");
  g_assert_cmpstr (proof->valid_from, ==, "2020-01-01");
  g_assert_null (proof->valid_until);
  g_assert_cmpuint (strlen (proof->digest), ==, 64);
  g_assert_cmpuint (strlen (proof->fingerprint), ==, 64);
  g_assert_cmpint (proof->signer_until_utc_ms, ==, G_GINT64_CONSTANT (2524607999000));
}

/* What this program signs, it verifies; and the one file form holds the same. */
static void
test_own_signature (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) certificate = NULL;
  g_autoptr (GBytes) list =
    gs_pack_manifest_make (fixture->files, "2026-11-01", "2026-11-30", NULL);
  g_autoptr (GBytes) tar = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GsPackFiles) read = NULL;
  g_autoptr (GsPackProof) proof = NULL;

  gs_test_pack_authority_make_signer (fixture->authority, GS_TEST_SIGNER_GOOD, &key, &certificate);
  g_assert_true (gs_pack_files_put (fixture->files, GS_PACK_MANIFEST, list, NULL));
  g_assert_true (gs_pack_sign (fixture->files, key, certificate, NULL, &error));
  g_assert_no_error (error);
  tar = gs_pack_files_write_tar (fixture->files, &error);
  read = gs_pack_files_read_tar (tar, &error);
  g_assert_no_error (error);
  again = gs_pack_files_write_tar (read, &error);
  g_assert_true (g_bytes_equal (tar, again));
  proof = gs_pack_verify (read, fixture->believed, NOW, &error);
  g_assert_no_error (error);
  g_assert_true (gs_pack_proof_check_day (proof, "2026-11-01", NULL));
  g_assert_true (gs_pack_proof_check_day (proof, "2026-11-30", NULL));
  g_assert_false (gs_pack_proof_check_day (proof, "2026-10-31", &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_NOT_YET);
  g_clear_error (&error);
  g_assert_false (gs_pack_proof_check_day (proof, "2026-12-01", &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_ENDED);
}

/* Nobody signs what no desk would take. */
static void
test_signing_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) certificate = NULL;
  g_autoptr (GBytes) other_key = NULL;
  g_autoptr (GBytes) server = NULL;
  g_autoptr (GBytes) list = gs_pack_manifest_make (fixture->files, "2026-11-01", NULL, NULL);
  g_autoptr (GError) error = NULL;

  gs_test_pack_authority_make_signer (fixture->authority, GS_TEST_SIGNER_GOOD, &key, &certificate);
  gs_test_pack_authority_make_signer (fixture->authority, GS_TEST_SIGNER_SERVER, &other_key,
                                      &server);
  g_assert_false (gs_pack_sign (fixture->files, key, certificate, NULL, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_MANIFEST);
  g_clear_error (&error);
  gs_pack_files_put (fixture->files, GS_PACK_MANIFEST, list, NULL);
  g_assert_false (gs_pack_sign (fixture->files, other_key, certificate, NULL, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_SIGNATURE);
  g_clear_error (&error);
  g_assert_false (gs_pack_sign (fixture->files, other_key, server, NULL, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_SIGNER_USAGE);
  g_clear_error (&error);
  g_assert_false (gs_pack_sign (fixture->files, key, certificate, key, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_SIGNATURE);
}

/* --- signature and signer --------------------------------------------------------------------- */

static void
test_unsigned (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsPackFiles) no_list = NULL;

  assert_refused (fixture, GS_STAMP_ERROR_PACK_UNSIGNED);
  sign (fixture);
  no_list = gs_test_pack_without (fixture->files, GS_PACK_MANIFEST);
  assert_refused_at (fixture, no_list, NOW, GS_STAMP_ERROR_PACK_MANIFEST);
}

static void
test_signature (Fixture *fixture, gconstpointer data)
{
  static const GsTestSigner kinds[] = { GS_TEST_SIGNER_SHA1, GS_TEST_SIGNER_TWICE,
                                        GS_TEST_SIGNER_ATTACHED, GS_TEST_SIGNER_NO_CERTIFICATE };
  g_autofree char *list = NULL;
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  GBytes *signature;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gs_test_pack_sign (fixture->files, fixture->authority, kinds[i], NULL);
      assert_refused (fixture, GS_STAMP_ERROR_PACK_SIGNATURE);
    }
  sign (fixture);
  list = text_of (fixture->files, GS_PACK_MANIFEST);
  list[strlen ("gateside-pack 2\nvalid-from 20")] = '1';
  put (fixture->files, GS_PACK_MANIFEST, list);
  assert_refused (fixture, GS_STAMP_ERROR_PACK_SIGNATURE);
  sign (fixture);
  signature = gs_pack_files_get (fixture->files, GS_PACK_SIGNATURE);
  g_byte_array_append (longer, g_bytes_get_data (signature, NULL),
                       (guint) g_bytes_get_size (signature));
  g_byte_array_append (longer, (const guint8 *) "", 1);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  gs_pack_files_put (fixture->files, GS_PACK_SIGNATURE, bytes, NULL);
  assert_refused (fixture, GS_STAMP_ERROR_PACK_SIGNATURE);
  put (fixture->files, GS_PACK_SIGNATURE, "no signature");
  assert_refused (fixture, GS_STAMP_ERROR_PACK_SIGNATURE);
}

static void
test_authority (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTestPackAuthority) other = gs_test_pack_authority_new ("Test authority", FALSE);

  gs_test_pack_sign (fixture->files, other, GS_TEST_SIGNER_GOOD, NULL);
  assert_refused (fixture, GS_STAMP_ERROR_PACK_AUTHORITY);
}

static void
test_signer_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTestPackAuthority) expired = gs_test_pack_authority_new ("Old", TRUE);

  gs_test_pack_sign (fixture->files, fixture->authority, GS_TEST_SIGNER_EXPIRED, NULL);
  assert_refused (fixture, GS_STAMP_ERROR_PACK_SIGNER_EXPIRED);
  gs_test_pack_sign (fixture->files, fixture->authority, GS_TEST_SIGNER_NOT_YET, NULL);
  assert_refused (fixture, GS_STAMP_ERROR_PACK_SIGNER_NOT_YET);
  sign (fixture);
  assert_refused_at (fixture, fixture->files, G_GINT64_CONSTANT (2540000000000),
                     GS_STAMP_ERROR_PACK_SIGNER_EXPIRED);
  gs_test_pack_sign (fixture->files, expired, GS_TEST_SIGNER_GOOD, NULL);
  gs_pack_authorities_unref (fixture->believed);
  fixture->believed = believe (expired);
  assert_refused (fixture, GS_STAMP_ERROR_PACK_SIGNER_EXPIRED);
}

static void
test_signer_usage (Fixture *fixture, gconstpointer data)
{
  static const GsTestSigner kinds[] = { GS_TEST_SIGNER_SERVER, GS_TEST_SIGNER_ANY_USE,
                                        GS_TEST_SIGNER_ENCIPHERS, GS_TEST_SIGNER_NO_KEY_USAGE };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gs_test_pack_sign (fixture->files, fixture->authority, kinds[i], NULL);
      assert_refused (fixture, GS_STAMP_ERROR_PACK_SIGNER_USAGE);
    }
}

static void
assert_no_authorities (GBytes *pem)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_pack_authorities_parse (pem, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_AUTHORITIES);
}

static void
test_authorities_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) good = gs_test_pack_authority_dup_pem (fixture->authority);
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) signer = NULL;
  g_autoptr (GBytes) empty = bytes_of ("");
  g_autoptr (GBytes) broken = bytes_of ("-----BEGIN CERTIFICATE-----\nAAAA\n");
  g_autofree char *path = g_build_filename (fixture->folder, "authorities.pem", NULL);
  g_autoptr (GError) error = NULL;

  gs_test_pack_authority_make_signer (fixture->authority, GS_TEST_SIGNER_GOOD, &key, &signer);
  assert_no_authorities (signer);
  assert_no_authorities (key);
  assert_no_authorities (empty);
  assert_no_authorities (broken);
  g_assert_null (gs_pack_authorities_load (path, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_AUTHORITIES);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (good, NULL),
                                      (gssize) g_bytes_get_size (good), NULL));
  gs_pack_authorities_unref (gs_pack_authorities_load (path, NULL));
}

/* --- the list --------------------------------------------------------------------------------- */

static void
test_contents (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsPackFiles) fewer = NULL;
  g_autofree char *svg = text_of (fixture->files, "void.svg");

  sign (fixture);
  fewer = gs_test_pack_without (fixture->files, "void.svg");
  assert_refused_at (fixture, fewer, NOW, GS_STAMP_ERROR_PACK_MISSING);
  put (fixture->files, "more.svg", "<svg/>");
  assert_refused (fixture, GS_STAMP_ERROR_PACK_EXTRA);
  gs_pack_files_unref (fixture->files);
  fixture->files = gs_test_pack_files ();
  sign (fixture);
  /* Of the same length. */
  *strstr (svg, "VOID") = 'W';
  put (fixture->files, "void.svg", svg);
  assert_refused (fixture, GS_STAMP_ERROR_PACK_HASH);
}

/* There is one way to write a list; the signer's good name does not make another one right. */
static void
test_list_malformed (Fixture *fixture, gconstpointer data)
{
#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEAD "gateside-pack 2\nvalid-from 2026-11-01\n"
  static const char *const lists[] = {
    "\n",
    "gateside-pack 1\nvalid-from 2026-11-01\nfile 1 " HASH " a\n",
    "gateside-pack 2\nfile 1 " HASH " a\n",
    "gateside-pack 2\nvalid-from 2026-11-31\nfile 1 " HASH " a\n",
    "gateside-pack 2\nvalid-from 26-11-01\nfile 1 " HASH " a\n",
    HEAD,
    HEAD "file 1 " HASH " a",
    HEAD "file 1 " HASH " a\n\n",
    HEAD "file 1 " HASH " a\r\n",
    HEAD "file 1 " HASH " b\nfile 1 " HASH " a\n",
    HEAD "file 1 " HASH " a\nfile 1 " HASH " a\n",
    HEAD "file 01 " HASH " a\n",
    HEAD "file -1 " HASH " a\n",
    HEAD "file 1 " HASH "a a\n",
    HEAD "file 1 A" HASH " a\n",
    HEAD "file 1  " HASH " a\n",
    HEAD "file 1 " HASH " ../a\n",
    HEAD "file 1 " HASH " .a\n",
    HEAD "file 1 " HASH " manifest.txt\n",
    HEAD "file 1 " HASH " manifest.p7s\n",
    HEAD "file 99999999999 " HASH " a\n",
    HEAD "valid-until 2026-10-31\nfile 1 " HASH " a\n",
    HEAD "note hello\nfile 1 " HASH " a\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      gs_test_pack_sign (fixture->files, fixture->authority, GS_TEST_SIGNER_GOOD, lists[i]);
      assert_refused (fixture, GS_STAMP_ERROR_PACK_MANIFEST);
    }
  gs_test_pack_sign (fixture->files, fixture->authority, GS_TEST_SIGNER_GOOD,
                     HEAD "valid-until 2026-11-01\nfile 1 " HASH " a\n");
  assert_refused (fixture, GS_STAMP_ERROR_PACK_MISSING);
}

/* --- folders ---------------------------------------------------------------------------------- */

static void
assert_folder (Fixture *fixture, GsStampError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackFiles) files = gs_pack_files_read (fixture->folder, &error);

  if (code == 0)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_null (files);
  g_assert_error (error, GS_STAMP_ERROR, (gint) code);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "a.svg", NULL);
  g_autofree char *link = g_build_filename (fixture->folder, "b.svg", NULL);
  g_autofree char *hidden = g_build_filename (fixture->folder, ".c", NULL);
  g_autofree char *big = g_malloc0 (GS_PACK_MAX_FILE_BYTES + 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, big, GS_PACK_MAX_FILE_BYTES, NULL));
  assert_folder (fixture, 0);
  g_assert_true (g_file_set_contents (file, big, GS_PACK_MAX_FILE_BYTES + 1, NULL));
  assert_folder (fixture, GS_STAMP_ERROR_PACK_SIZE);
  g_assert_true (g_file_set_contents (file, "a", 1, NULL));
  g_assert_cmpint (symlink ("a.svg", link), ==, 0);
  assert_folder (fixture, GS_STAMP_ERROR_PACK_LINK);
  g_remove (link);
  g_assert_cmpint (mkfifo (link, 0600), ==, 0);
  assert_folder (fixture, GS_STAMP_ERROR_PACK_LINK);
  g_remove (link);
  g_assert_cmpint (g_mkdir (link, 0700), ==, 0);
  assert_folder (fixture, GS_STAMP_ERROR_PACK_LINK);
  g_rmdir (link);
  g_assert_true (g_file_set_contents (hidden, "a", 1, NULL));
  assert_folder (fixture, GS_STAMP_ERROR_PACK_PATH);
  g_remove (hidden);
  assert_folder (fixture, 0);
  g_assert_null (gs_pack_files_read (link, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_UNREADABLE);
}

static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsPackFiles) many = gs_pack_files_new ();
  g_autoptr (GsPackFiles) large = gs_pack_files_new ();
  g_autoptr (GBytes) little = bytes_of ("a");
  g_autoptr (GBytes) much =
    g_bytes_new_take (g_malloc0 (GS_PACK_MAX_FILE_BYTES), GS_PACK_MAX_FILE_BYTES);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < GS_PACK_MAX_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%d", i);

      g_assert_true (gs_pack_files_put (many, name, little, NULL));
    }
  g_assert_false (gs_pack_files_put (many, "g", little, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_SIZE);
  g_clear_error (&error);
  for (int i = 0; i < GS_PACK_MAX_BYTES / GS_PACK_MAX_FILE_BYTES; i++)
    {
      g_autofree char *name = g_strdup_printf ("f%d", i);

      g_assert_true (gs_pack_files_put (large, name, much, NULL));
    }
  /* Replacing is not adding. */
  g_assert_true (gs_pack_files_put (large, "f0", much, NULL));
  g_assert_false (gs_pack_files_put (large, "g", little, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_PACK_SIZE);
}

/* --- tar files -------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  int type;
  const char *link;
  gint64 size; /* what the header says; the content is so many zeros */
  GsStampError code;
} Member;

static GBytes *
make_tar (const Member *members, guint n, gboolean compressed)
{
  gsize room = 4 * 1024 * 1024, used = 0;
  guint8 *buffer = g_malloc0 (room);
  struct archive *archive = archive_write_new ();

  archive_write_set_format_pax_restricted (archive);
  if (compressed)
    archive_write_add_filter_gzip (archive);
  archive_write_open_memory (archive, buffer, room, &used);
  for (guint i = 0; i < n; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      g_autofree char *content = g_malloc0 ((gsize) members[i].size + 1);

      archive_entry_set_pathname (entry, members[i].name);
      archive_entry_set_filetype (entry, (unsigned) (members[i].type == AE_IFLNK   ? AE_IFLNK
                                                     : members[i].type == AE_IFDIR ? AE_IFDIR
                                                                                   : AE_IFREG));
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, members[i].size);
      if (members[i].type == AE_IFLNK)
        archive_entry_set_symlink (entry, members[i].link);
      else if (members[i].link != NULL)
        archive_entry_set_hardlink (entry, members[i].link);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      archive_write_data (archive, content, (gsize) members[i].size);
      archive_entry_free (entry);
    }
  archive_write_close (archive);
  archive_write_free (archive);
  return g_bytes_new_take (buffer, used);
}

static void
assert_tar (GBytes *tar, GsStampError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsPackFiles) files = gs_pack_files_read_tar (tar, &error);

  if (code == 0)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_null (files);
  g_assert_error (error, GS_STAMP_ERROR, (gint) code);
}

static void
test_tar (Fixture *fixture, gconstpointer data)
{
  static const Member members[] = {
    { "a.svg", AE_IFREG, NULL, 3, 0 },
    { "a.svg", AE_IFREG, NULL, 0, 0 },
    { "../a.svg", AE_IFREG, NULL, 3, GS_STAMP_ERROR_PACK_PATH },
    { "/etc/a.svg", AE_IFREG, NULL, 3, GS_STAMP_ERROR_PACK_PATH },
    { "sub/a.svg", AE_IFREG, NULL, 3, GS_STAMP_ERROR_PACK_PATH },
    { "./a.svg", AE_IFREG, NULL, 3, GS_STAMP_ERROR_PACK_PATH },
    { "a b.svg", AE_IFREG, NULL, 3, GS_STAMP_ERROR_PACK_PATH },
    { "a.svg", AE_IFLNK, "/etc/passwd", 0, GS_STAMP_ERROR_PACK_LINK },
    { "a.svg", AE_IFREG, "b.svg", 0, GS_STAMP_ERROR_PACK_LINK },
    { "sub", AE_IFDIR, NULL, 0, GS_STAMP_ERROR_PACK_PATH },
    { "a.svg", AE_IFREG, NULL, GS_PACK_MAX_FILE_BYTES + 1, GS_STAMP_ERROR_PACK_SIZE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GBytes) tar = make_tar (&members[i], 1, FALSE);

      assert_tar (tar, members[i].code);
    }
}

static void
test_tar_whole (Fixture *fixture, gconstpointer data)
{
  static const Member twice[] = { { "a.svg", AE_IFREG, NULL, 3, 0 },
                                  { "a.svg", AE_IFREG, NULL, 3, 0 } };
  static const Member large[] = { { "a.svg", AE_IFREG, NULL, 100000, 0 } };
  g_autoptr (GBytes) both = make_tar (twice, 2, FALSE);
  g_autoptr (GBytes) packed = make_tar (twice, 1, TRUE);
  g_autoptr (GBytes) whole = make_tar (large, 1, FALSE);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, 50000);
  g_autoptr (GBytes) empty = bytes_of ("");
  g_autoptr (GBytes) zip = bytes_of ("PK\003\004 this is of another kind");

  assert_tar (both, GS_STAMP_ERROR_PACK_EXTRA);
  assert_tar (packed, GS_STAMP_ERROR_PACK_UNREADABLE);
  assert_tar (whole, 0);
  assert_tar (cut, GS_STAMP_ERROR_PACK_UNREADABLE);
  assert_tar (empty, GS_STAMP_ERROR_PACK_UNREADABLE);
  assert_tar (zip, GS_STAMP_ERROR_PACK_UNREADABLE);
}

/* Each reason has a word of its own. */
static void
test_words (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = GS_STAMP_ERROR_PORT; code <= GS_STAMP_ERROR_PACK_AUTHORITIES; code++)
    g_assert_true (
      g_hash_table_add (words, (gpointer) gs_stamp_error_to_word ((GsStampError) code)));
  g_assert_false (g_hash_table_contains (words, "malformed"));
}

#define ADD(name, func) g_test_add ("/stamp/pack/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good", test_good);
  ADD ("own-signature", test_own_signature);
  ADD ("signing-refused", test_signing_refused);
  ADD ("unsigned", test_unsigned);
  ADD ("signature", test_signature);
  ADD ("authority", test_authority);
  ADD ("signer-time", test_signer_time);
  ADD ("signer-usage", test_signer_usage);
  ADD ("authorities-file", test_authorities_file);
  ADD ("contents", test_contents);
  ADD ("list-malformed", test_list_malformed);
  ADD ("folder", test_folder);
  ADD ("sizes", test_sizes);
  ADD ("tar", test_tar);
  ADD ("tar-whole", test_tar_whole);
  g_test_add_func ("/stamp/pack/words", test_words);
  return g_test_run ();
}
