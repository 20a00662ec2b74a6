/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The station's administration of the trust store, on the files of tests/emrtd/make-documents.py
 * and, where GATESIDE_REAL_DATA points to them, on two real master lists.
 * usage: test-trust-desk FOLDER */

#include "gs-record-table.h"
#include "gs-test-desk.h"
#include "gs-trust-change.h"
#include "gs-trust-desk.h"
#include "gs-trust-log.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static const char *folder;

typedef struct
{
  TestDesk desk;
  char *path;
  GsTrustDesk *trust;
  guint n_changed;
  guint n_stored;
  double fraction;
} Fixture;

static void
count (GsTrustDesk *trust, guint *n)
{
  (*n)++;
}

static void
on_progress (GsTrustDesk *trust, const char *path, double fraction, Fixture *fixture)
{
  g_assert_cmpfloat (fraction, >=, fixture->fraction);
  fixture->fraction = fraction;
}

static void
sign_in (Fixture *fixture, GsRole role)
{
  g_autoptr (GsSession) session = gs_session_new ("ito", "Ito", role, TEST_NOW);

  gs_trust_desk_set_session (fixture->trust, session);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_desk_set_up (&fixture->desk, NULL);
  fixture->path = g_build_filename (fixture->desk.folder, "trust-store", NULL);
  fixture->trust = gs_trust_desk_new (fixture->path, fixture->desk.store, fixture->desk.clock);
  g_signal_connect (fixture->trust, "changed", G_CALLBACK (count), &fixture->n_changed);
  g_signal_connect (fixture->trust, "stored", G_CALLBACK (count), &fixture->n_stored);
  g_signal_connect (fixture->trust, "progress", G_CALLBACK (on_progress), fixture);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_trust_desk_stop (fixture->trust);
  g_clear_object (&fixture->trust);
  g_free (fixture->path);
  test_desk_tear_down (&fixture->desk, NULL);
}

static char *
file_path (const char *name)
{
  return g_build_filename (folder, "lists", name, NULL);
}

static char *
fingerprint_of (const char *name)
{
  g_autofree char *path = file_path (name);
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  GsTrustItem *item;

  g_assert_true (gs_trust_material_read_path (material, path, NULL));
  item = gs_trust_material_get_items (material)->pdata[0];
  return g_strdup (gs_certificate_get_fingerprint (item->certificate));
}

/* --- waiting for the desk ----------------------------------------------------------------------
 */

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
load (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_trust_desk_load_async (fixture->trust, NULL, on_done, &result);
  test_until (result != NULL);
  return gs_trust_desk_load_finish (fixture->trust, result, error);
}

static guint
n_listed (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  load (fixture, &error);
  g_assert_no_error (error);
  return gs_trust_listing_get_certificates (gs_trust_desk_get_listing (fixture->trust))->len;
}

static GsTrustPreview *
preview_paths (Fixture *fixture, const char *const *paths, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture->fraction = 0;
  gs_trust_desk_preview_async (fixture->trust, paths, NULL, on_done, &result);
  test_until (result != NULL);
  return gs_trust_desk_preview_finish (fixture->trust, result, error);
}

static GsTrustPreview *
preview (Fixture *fixture, const char *name)
{
  g_autofree char *path = file_path (name);
  const char *const paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  GsTrustPreview *made = preview_paths (fixture, paths, &error);

  g_assert_no_error (error);
  return made;
}

static GsTrustPreview *
confirm (Fixture *fixture, GsTrustPreview *shown, guint voucher, const char *typed, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_trust_desk_confirm_async (fixture->trust, shown, voucher, typed, NULL, on_done, &result);
  test_until (result != NULL);
  return gs_trust_desk_preview_finish (fixture->trust, result, error);
}

static const char *
tail_of (const char *fingerprint)
{
  return fingerprint + strlen (fingerprint) - 8;
}

/* With the fingerprint of the first voucher's first key, as an administrator does it. */
static GsTrustPreview *
preview_confirmed (Fixture *fixture, const char *name)
{
  g_autoptr (GsTrustPreview) first = preview (fixture, name);
  const GsTrustVoucher *voucher = gs_trust_preview_get_vouchers (first)->pdata[0];
  const GsTrustKey *key = voucher->keys->pdata[0];
  g_autoptr (GError) error = NULL;
  GsTrustPreview *second = confirm (fixture, first, 0, tail_of (key->fingerprint), &error);

  g_assert_no_error (error);
  return second;
}

static gboolean
apply (Fixture *fixture, GsTrustPreview *shown, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_trust_desk_apply_async (fixture->trust, shown, NULL, on_done, &result);
  test_until (result != NULL);
  return gs_trust_desk_change_finish (fixture->trust, result, error);
}

static gboolean
take_out (Fixture *fixture, const char *fingerprint, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gs_trust_desk_remove_async (fixture->trust, fingerprint, GS_TRUST_REMOVAL_KEY_LOST, NULL, on_done,
                              &result);
  test_until (result != NULL);
  return gs_trust_desk_change_finish (fixture->trust, result, error);
}

static gpointer
list_record (GsDatabase *db, gpointer data, GError **error)
{
  return gs_record_table_list (db, 0, 1000, error);
}

/* Entries of the trust store; the last one's subject and detail. */
static guint
n_recorded (Fixture *fixture, char **last)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gs_store_query (fixture->desk.store, list_record, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const GsRecordRow *row = rows->pdata[i];

      if (!g_str_has_prefix (row->kind, "trust."))
        continue;
      n++;
      g_assert_cmpstr (row->officer, ==, "ito");
      if (last != NULL)
        {
          g_free (*last);
          *last = g_strdup_printf ("%s %s %s", row->kind, row->subject, row->detail);
        }
    }
  return n;
}

static void
assert_alone (Fixture *fixture)
{
  g_autofree char *beside_new = g_strconcat (fixture->path, ".new", NULL);
  g_autofree char *beside_old = g_strconcat (fixture->path, ".old", NULL);

  g_assert_false (g_file_test (beside_new, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (beside_old, G_FILE_TEST_EXISTS));
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    GsRole role;
    gboolean look, change;
  } rows[] = { { GS_ROLE_OFFICER, FALSE, FALSE },
               { GS_ROLE_SUPERVISOR, TRUE, FALSE },
               { GS_ROLE_AUDITOR, TRUE, FALSE },
               { GS_ROLE_ADMINISTRATOR, TRUE, TRUE } };
  g_autoptr (GsTrustPreview) shown = preview_confirmed (fixture, "signed.ml");
  g_autofree char *authority = fingerprint_of ("csca.der");
  g_autofree char *path = file_path ("signed.ml");
  const char *const paths[] = { path, NULL };

  g_assert_true (apply (fixture, shown, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) load_error = NULL;
      g_autoptr (GError) change_error = NULL;

      sign_in (fixture, rows[i].role);
      g_assert_cmpint (gs_trust_desk_may_look (fixture->trust), ==, rows[i].look);
      g_assert_cmpint (gs_trust_desk_may_change (fixture->trust), ==, rows[i].change);
      g_assert_cmpint (gs_trust_desk_get_listing (fixture->trust) != NULL, ==, rows[i].look);
      g_assert_cmpint (load (fixture, &load_error), ==, rows[i].look);
      if (!rows[i].look)
        g_assert_error (load_error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_ROLE);
      if (rows[i].change)
        continue;
      g_assert_null (preview_paths (fixture, paths, &change_error));
      g_assert_error (change_error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_ROLE);
      g_clear_error (&change_error);
      g_assert_false (apply (fixture, shown, &change_error));
      g_assert_error (change_error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_ROLE);
      g_clear_error (&change_error);
      g_assert_false (take_out (fixture, authority, &change_error));
      g_assert_error (change_error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_ROLE);
    }
  gs_trust_desk_set_session (fixture->trust, NULL);
  g_assert_false (gs_trust_desk_may_look (fixture->trust));
  g_assert_cmpuint (n_recorded (fixture, NULL), ==, 1);
}

/* Nothing comes in unseen, and what was shown is what comes in. */
static void
test_preview_is_what_comes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) first = preview (fixture, "signed.ml");
  g_autoptr (GsTrustPreview) second = NULL;
  g_autofree char *authority = fingerprint_of ("csca.der");
  g_autofree char *signer = fingerprint_of ("signer.der");
  const GsTrustVoucher *voucher = gs_trust_preview_get_vouchers (first)->pdata[0];
  g_autoptr (GError) error = NULL;
  g_autofree char *last = NULL;

  g_assert_cmpuint (gs_trust_preview_get_vouchers (first)->len, ==, 1);
  g_assert_cmpint (voucher->kind, ==, GS_TRUST_VOUCHER_LIST);
  g_assert_cmpstr (voucher->country, ==, "UT");
  g_assert_cmpuint (voucher->n_certificates, ==, 4);
  g_assert_false (voucher->confirmed);
  g_assert_cmpstr (((GsTrustKey *) voucher->keys->pdata[0])->fingerprint, ==, authority);
  g_assert_cmpstr (((GsTrustKey *) voucher->keys->pdata[1])->fingerprint, ==, signer);
  g_assert_cmpuint (gs_trust_preview_count_taken (first), ==, 0);
  g_assert_cmpuint (gs_trust_preview_count (first, GS_TRUST_NOT_CONFIRMED), ==, 4);
  g_assert_false (apply (fixture, first, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOTHING);
  g_clear_error (&error);
  g_assert_cmpfloat (fixture->fraction, <=, 1);

  second = confirm (fixture, first, 0, tail_of (signer), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gs_trust_preview_count_taken (second), ==, 4);
  g_assert_true (((GsTrustVoucher *) gs_trust_preview_get_vouchers (second)->pdata[0])->confirmed);
  g_assert_cmpuint (n_listed (fixture), ==, 0);
  g_assert_true (apply (fixture, second, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_stored, ==, 1);
  g_assert_cmpuint (n_listed (fixture), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_nonnull (gs_trust_listing_find (
      gs_trust_desk_get_listing (fixture->trust),
      gs_trust_certificate_get_facts (gs_trust_preview_get_certificates (second)->pdata[i])
        ->fingerprint));
  assert_alone (fixture);
  g_assert_cmpuint (n_recorded (fixture, &last), ==, 1);
  g_assert_true (g_str_has_prefix (last, "trust.import "));
  g_assert_nonnull (strstr (last, "taken=4 revocation-lists=0"));
  g_assert_nonnull (strstr (last, signer));
}

/* Eight digits at the end, as people type them; nothing shorter, nothing else. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) shown = preview (fixture, "signed.ml");
  g_autofree char *authority = fingerprint_of ("csca.der");
  g_autofree char *loud = g_ascii_strup (tail_of (authority), -1);
  g_autofree char *spaced = g_strdup_printf (" %.4s:%s", loud, loud + 4);
  const char *wrong[] = { "", "12345678", tail_of (authority) + 1, authority, "nonsense" };
  g_autoptr (GsTrustPreview) good = NULL;
  g_autoptr (GError) good_error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (confirm (fixture, shown, 0, wrong[i], &error));
      g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOT_COMPARED);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (confirm (fixture, shown, 1, tail_of (authority), &error));
    g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOT_COMPARED);
  }
  good = confirm (fixture, shown, 0, spaced, &good_error);
  g_assert_no_error (good_error);
  g_assert_cmpuint (gs_trust_preview_count_taken (good), ==, 4);
}

/* A list with a wrong signature cannot be confirmed; nor can an authority vouch for a signer of
 * documents. */
static void
test_wrong_lists (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) wrong = preview (fixture, "wrong.ml");
  g_autoptr (GsTrustPreview) other = preview (fixture, "by-document-signer.ml");
  g_autofree char *authority = fingerprint_of ("csca.der");
  g_autofree char *signer = fingerprint_of ("signer.der");
  GsTrustPreview *shown[] = { wrong, other };

  g_assert_cmpuint (gs_trust_preview_count (wrong, GS_TRUST_LIST_WRONG), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (confirm (fixture, shown[i], 0, tail_of (authority), &error));
      g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOT_COMPARED);
      g_clear_error (&error);
      g_assert_null (confirm (fixture, shown[i], 0, tail_of (signer), &error));
      g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOT_COMPARED);
    }
}

/* Several certificates of one file are vouched for together, by the file. */
static void
test_loose (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) one = preview (fixture, "csca.der");
  g_autoptr (GsTrustPreview) bundle = preview (fixture, "bundle.pem");
  const GsTrustVoucher *voucher = gs_trust_preview_get_vouchers (one)->pdata[0];
  g_autofree char *authority = fingerprint_of ("csca.der");
  const GsTrustFile *file;

  g_assert_cmpint (voucher->kind, ==, GS_TRUST_VOUCHER_CERTIFICATE);
  g_assert_cmpstr (((GsTrustKey *) voucher->keys->pdata[0])->fingerprint, ==, authority);
  voucher = gs_trust_preview_get_vouchers (bundle)->pdata[0];
  file = gs_trust_preview_get_files (bundle)->pdata[0];
  g_assert_cmpint (voucher->kind, ==, GS_TRUST_VOUCHER_FILE);
  g_assert_cmpstr (((GsTrustKey *) voucher->keys->pdata[0])->fingerprint, ==, file->sha256);
}

/* Another change between preview and apply: the administrator looks again. */
static void
test_changed_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) shown = preview_confirmed (fixture, "signed.ml");
  g_autoptr (GsTrustPreview) other = preview_confirmed (fixture, "csca.der");
  g_autoptr (GError) error = NULL;

  g_assert_true (apply (fixture, other, NULL));
  g_assert_false (apply (fixture, shown, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_CHANGED);
  g_assert_cmpuint (n_listed (fixture), ==, 1);
  g_assert_cmpuint (n_recorded (fixture, NULL), ==, 1);
  assert_alone (fixture);
}

static void
test_next_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) all = preview_confirmed (fixture, "signed.ml");
  g_autoptr (GsTrustPreview) fewer = NULL;

  g_assert_true (apply (fixture, all, NULL));
  fewer = preview (fixture, "fewer.ml");
  g_assert_cmpuint (gs_trust_preview_count (fewer, GS_TRUST_ALREADY_THERE), ==, 2);
  g_assert_cmpuint (gs_trust_preview_get_no_longer_listed (fewer)->len, ==, 2);
  g_assert_true (((GsTrustVoucher *) gs_trust_preview_get_vouchers (fewer)->pdata[0])->confirmed);
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) all = preview_confirmed (fixture, "signed.ml");
  g_autofree char *authority = fingerprint_of ("csca.der");
  g_autofree char *last = NULL;
  g_autofree char *wanted = g_strdup_printf ("trust.remove %s reason=key-lost change=", authority);
  g_autoptr (GError) error = NULL;

  g_assert_true (apply (fixture, all, NULL));
  g_assert_true (take_out (fixture, authority, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_listed (fixture), ==, 3);
  g_assert_cmpuint (n_recorded (fixture, &last), ==, 2);
  g_assert_true (g_str_has_prefix (last, wanted));
  g_assert_nonnull (strstr (last, " store="));
  g_assert_false (take_out (fixture, authority, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOTHING);
  g_assert_cmpuint (n_recorded (fixture, NULL), ==, 2);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nothing = g_build_filename (fixture->desk.folder, "nothing.ml", NULL);
  g_autofree char *cut = g_build_filename (fixture->desk.folder, "cut.ml", NULL);
  g_autofree char *good = file_path ("signed.ml");
  const char *const bad[] = { nothing, cut, NULL };
  const char *const mixed[] = { cut, good, NULL };
  g_autofree char *bytes = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustPreview) shown = NULL;

  g_assert_true (g_file_get_contents (good, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, (gssize) size / 2, NULL));
  g_assert_null (preview_paths (fixture, bad, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_FILES);
  g_clear_error (&error);
  shown = preview_paths (fixture, mixed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gs_trust_preview_get_problems (shown)->len, >, 0);
  g_assert_cmpuint (gs_trust_preview_count (shown, GS_TRUST_NOT_CONFIRMED), ==, 4);
}

static void
test_damaged_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = file_path ("signed.ml");
  const char *const paths[] = { path, NULL };

  g_assert_true (g_file_set_contents (fixture->path, "GSTRUSL1 and no more", -1, NULL));
  g_assert_false (load (fixture, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (preview_paths (fixture, paths, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_DAMAGED);
}

static void
test_none_set (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->trust);
  fixture->trust = gs_trust_desk_new (NULL, fixture->desk.store, fixture->desk.clock);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  g_assert_false (load (fixture, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NONE_SET);
}

/* A disk that takes no byte more: nothing is changed, nothing recorded; with room it works. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) first = preview_confirmed (fixture, "csca.der");
  g_autoptr (GsTrustPreview) shown = NULL;
  struct rlimit before, none;
  g_autoptr (GError) error = NULL;

  g_assert_true (apply (fixture, first, NULL));
  shown = preview_confirmed (fixture, "signed.ml");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  none = before;
  none.rlim_cur = 64;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  g_assert_false (apply (fixture, shown, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOT_SAVED);
  g_clear_error (&error);
  assert_alone (fixture);
  g_assert_cmpuint (n_listed (fixture), ==, 1);
  g_assert_cmpuint (n_recorded (fixture, NULL), ==, 1);
  g_assert_true (apply (fixture, shown, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_listed (fixture), ==, 4);
}

/* What cannot be recorded is not changed. */
static void
test_no_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) first = preview_confirmed (fixture, "csca.der");
  g_autoptr (GError) error = NULL;

  gs_store_close (fixture->desk.store);
  g_assert_false (apply (fixture, first, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_NOT_RECORDED);
  assert_alone (fixture);
  g_assert_cmpuint (n_listed (fixture), ==, 0);
}

static void
on_first_progress (GsTrustDesk *trust, const char *path, double fraction, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* Cancelled while it is read: nothing is shown, the desk goes on. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) within = g_cancellable_new ();
  g_autofree char *path = file_path ("signed.ml");
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  GCancellable *each[] = { before, within };

  /* Long enough that the first progress comes before the end. */
  for (guint i = 0; i < 2000; i++)
    g_ptr_array_add (paths, path);
  g_ptr_array_add (paths, NULL);
  g_cancellable_cancel (before);
  g_signal_connect (fixture->trust, "progress", G_CALLBACK (on_first_progress), within);
  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      gs_trust_desk_preview_async (fixture->trust, (const char *const *) paths->pdata, each[i],
                                   on_done, &result);
      test_until (result != NULL);
      g_assert_null (gs_trust_desk_preview_finish (fixture->trust, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  g_assert_cmpuint (n_listed (fixture), ==, 0);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) all = preview_confirmed (fixture, "signed.ml");
  g_autofree char *authority = fingerprint_of ("csca.der");
  g_autofree char *loud = g_ascii_strup (authority, -1);
  g_autofree char *part = g_strdup_printf ("%.4s %.4s", loud + 8, loud + 12);
  GsTrustCertificate *certificate;
  GsTrustCounts counts;

  g_assert_true (apply (fixture, all, NULL));
  certificate = gs_trust_listing_find (gs_trust_desk_get_listing (fixture->trust), authority);
  for (guint i = 0; i < 2; i++)
    g_assert_true (gs_trust_certificate_matches (certificate, i == 0 ? part : authority));
  g_assert_true (gs_trust_certificate_matches (certificate, ""));
  g_assert_true (gs_trust_certificate_matches (certificate, " ut "));
  g_assert_true (gs_trust_certificate_matches (certificate, "csca M"));
  g_assert_false (gs_trust_certificate_matches (certificate, "DE"));
  g_assert_false (gs_trust_certificate_matches (certificate, "cs"));
  g_assert_false (gs_trust_certificate_matches (certificate, "0000000000000000"));
  gs_trust_listing_count (gs_trust_desk_get_listing (fixture->trust), TEST_NOW, &counts);
  g_assert_cmpuint (counts.n_certificates, ==, 4);
  g_assert_cmpuint (counts.n_last, ==, 4);
  g_assert_cmpstr (counts.last_source, ==, "Master list of UT");
}

static void
test_validity (Fixture *fixture, gconstpointer data)
{
  const gint64 day_ms = 24 * 3600 * G_GINT64_CONSTANT (1000);
  GsTrustEntry entry = { .fingerprint = "ab",
                         .country = "UT",
                         .subject = "CN=One\\, two,C=UT",
                         .key = "EC P-256",
                         .signature = "ECDSA with SHA-256",
                         .source = "x",
                         .not_before_utc_ms = 100 * day_ms,
                         .not_after_utc_ms = 200 * day_ms };
  g_autoptr (GsTrustCertificate) one = gs_trust_certificate_new_from_entry (&entry);

  g_assert_cmpstr (gs_trust_certificate_get_facts (one)->name, ==, "One, two");
  g_assert_cmpint (gs_trust_certificate_judge (one, 99 * day_ms), ==, GS_TRUST_NOT_YET);
  g_assert_cmpint (gs_trust_certificate_judge (one, 169 * day_ms), ==, GS_TRUST_VALID);
  g_assert_cmpint (gs_trust_certificate_judge (one, 170 * day_ms), ==, GS_TRUST_ENDING_SOON);
  g_assert_cmpint (gs_trust_certificate_judge (one, 200 * day_ms), ==, GS_TRUST_ENDING_SOON);
  g_assert_cmpint (gs_trust_certificate_judge (one, 200 * day_ms + 1), ==, GS_TRUST_ENDED);
}

static void
test_real_lists (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    guint n;
  } lists[] = { { "DE_ML_2026-05-28-08-28-45.ml", 588 }, { "NL_ML_2026-07-22.ml", 411 } };
  const char *root = g_getenv ("GATESIDE_REAL_DATA");

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *path =
        root != NULL ? g_build_filename (root, "csca", lists[i].name, NULL) : NULL;
      const char *const paths[] = { path, NULL };
      g_autoptr (GsTrustPreview) first = NULL;
      g_autoptr (GsTrustPreview) second = NULL;
      g_autoptr (GError) error = NULL;
      const GsTrustVoucher *voucher;

      if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
        {
          g_test_skip ("GATESIDE_REAL_DATA does not name the real master lists");
          return;
        }
      first = preview_paths (fixture, paths, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (gs_trust_preview_get_certificates (first)->len, ==, lists[i].n);
      g_assert_cmpuint (gs_trust_preview_count_taken (first), ==, 0);
      voucher = gs_trust_preview_get_vouchers (first)->pdata[0];
      g_assert_cmpint (voucher->signature, ==, GS_SIGNATURE_GOOD);
      second = confirm (fixture, first, 0,
                        tail_of (((GsTrustKey *) voucher->keys->pdata[0])->fingerprint), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (gs_trust_preview_count_taken (second)
                          + gs_trust_preview_count (second, GS_TRUST_ALREADY_THERE),
                        ==, lists[i].n);
      g_assert_true (apply (fixture, second, &error));
      g_assert_no_error (error);
    }
  g_test_message ("%u certificates", n_listed (fixture));
  g_assert_cmpuint (n_recorded (fixture, NULL), ==, 2);
}

/* --- the record and what others do ------------------------------------------------------------ */

static gboolean
is_surveyed (Fixture *fixture, GsTrustStanding standing)
{
  return gs_trust_desk_get_standing (fixture->trust) == standing;
}

/* A station that starts anew on the same files. */
static void
start_again (Fixture *fixture)
{
  gs_trust_desk_stop (fixture->trust);
  g_clear_object (&fixture->trust);
  fixture->trust = gs_trust_desk_new (fixture->path, fixture->desk.store, fixture->desk.clock);
  g_signal_connect (fixture->trust, "stored", G_CALLBACK (count), &fixture->n_stored);
  sign_in (fixture, GS_ROLE_ADMINISTRATOR);
  gs_trust_desk_start (fixture->trust);
  test_until (!is_surveyed (fixture, GS_TRUST_STANDING_UNKNOWN));
}

/* Words of every entry about the store, "kind officer detail", one a line. */
static char *
dup_entries (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gs_store_query (fixture->desk.store, list_record, NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const GsRecordRow *row = rows->pdata[i];

      if (g_str_has_prefix (row->kind, "trust."))
        g_string_append_printf (text, "%s %s %s\n", row->kind,
                                row->officer != NULL ? row->officer : "-", row->detail);
    }
  return g_string_free (text, FALSE);
}

static guint
n_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

/* As gateside-document does it, up to that step: 1 prepared, 2 logged, 3 in place. */
static void
change_outside (Fixture *fixture, const char *name, guint step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustChange) change = gs_trust_change_begin (fixture->path, 0, &error);
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  g_autofree char *path = file_path (name);
  GsTrustItem *item;

  g_assert_no_error (error);
  g_assert_true (gs_trust_material_read_path (material, path, NULL));
  item = gs_trust_material_get_items (material)->pdata[0];
  gs_trust_store_add (gs_trust_change_get_store (change), item->certificate, name,
                      GS_TRUST_BY_CONFIRMATION, TEST_NOW);
  g_assert_true (gs_trust_change_prepare (change, NULL));
  if (step >= 2)
    g_assert_true (gs_trust_change_log (change, "trust.import", TEST_NOW, NULL, "file",
                                        "from=command-line uid=1 taken=1", NULL));
  if (step >= 3)
    g_assert_true (gs_trust_change_put_in_place (change, NULL));
}

/* What the command line changed is in the record, once; nobody of the desk is named for it. */
static void
test_taken_in (Fixture *fixture, gconstpointer data)
{
  g_autofree char *entries = NULL;
  g_autofree char *again = NULL;

  change_outside (fixture, "csca.der", 3);
  change_outside (fixture, "signer.der", 3);
  start_again (fixture);
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_RECORDED));
  entries = dup_entries (fixture);
  g_assert_cmpuint (n_lines (entries), ==, 2);
  g_assert_true (
    g_str_has_prefix (entries, "trust.import - from=log from=command-line uid=1 taken=1 change="));
  start_again (fixture);
  again = dup_entries (fixture);
  g_assert_cmpstr (again, ==, entries);
}

/* While the station runs: it sees the change, records it, and whoever holds anchors is told. */
static void
test_seen_at_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *entries = NULL;

  start_again (fixture);
  g_assert_cmpuint (n_listed (fixture), ==, 0);
  change_outside (fixture, "csca.der", 3);
  test_until (fixture->n_stored == 1);
  test_until (gs_trust_listing_get_certificates (gs_trust_desk_get_listing (fixture->trust))->len
              == 1);
  entries = dup_entries (fixture);
  g_assert_cmpuint (n_lines (entries), ==, 1);
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_RECORDED));
}

/* The power went between the log and the new file's place: the change is ended, and recorded. */
static void
test_power_cut (Fixture *fixture, gconstpointer data)
{
  g_autofree char *entries = NULL;

  change_outside (fixture, "csca.der", 3);
  change_outside (fixture, "signer.der", 2);
  start_again (fixture);
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_RECORDED));
  g_assert_cmpuint (n_listed (fixture), ==, 2);
  entries = dup_entries (fixture);
  g_assert_cmpuint (n_lines (entries), ==, 2);
  assert_alone (fixture);
}

/* Before the log nothing has happened. */
static void
test_power_cut_early (Fixture *fixture, gconstpointer data)
{
  g_autofree char *entries = NULL;
  g_autofree char *left = g_strconcat (fixture->path, ".new", NULL);

  change_outside (fixture, "csca.der", 3);
  g_assert_true (g_file_set_contents (left, "half a store", -1, NULL));
  start_again (fixture);
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_RECORDED));
  g_assert_cmpuint (n_listed (fixture), ==, 1);
  entries = dup_entries (fixture);
  g_assert_cmpuint (n_lines (entries), ==, 1);
  assert_alone (fixture);
}

/* Somebody puts another store there: it is said, it is recorded once, and it is said again at the
 * next start, until a change that is recorded. */
static void
test_swapped_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) shown = preview_confirmed (fixture, "signed.ml");
  g_autoptr (GsTrustPreview) other = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *entries = NULL;
  g_autofree char *again = NULL;
  gsize size;

  change_outside (fixture, "csca.der", 3);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  start_again (fixture);
  g_clear_pointer (&shown, gs_trust_preview_unref);
  shown = preview_confirmed (fixture, "signed.ml");
  g_assert_true (apply (fixture, shown, NULL));
  gs_trust_desk_stop (fixture->trust);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
  start_again (fixture);
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_DIFFERS));
  entries = dup_entries (fixture);
  g_assert_cmpuint (n_lines (entries), ==, 3);
  g_assert_nonnull (strstr (entries, "trust.found - found store="));
  g_assert_nonnull (strstr (entries, " expected="));
  start_again (fixture);
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_DIFFERS));
  again = dup_entries (fixture);
  g_assert_cmpstr (again, ==, entries);
  other = preview_confirmed (fixture, "signed.ml");
  g_assert_true (apply (fixture, other, NULL));
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_RECORDED));
  start_again (fixture);
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_RECORDED));
}

/* A store that stood there before the desk first looked is recorded, and no reproach. */
static void
test_found_at_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = gs_trust_log_get_path (fixture->path);
  g_autofree char *entries = NULL;

  change_outside (fixture, "csca.der", 3);
  g_assert_cmpint (g_unlink (log), ==, 0);
  start_again (fixture);
  g_assert_true (is_surveyed (fixture, GS_TRUST_STANDING_RECORDED));
  entries = dup_entries (fixture);
  g_assert_true (g_str_has_prefix (entries, "trust.found - found store="));
  g_assert_null (strstr (entries, "expected="));
}

/* The command line has the store: nothing is changed, and it is said why. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsTrustPreview) shown = preview_confirmed (fixture, "csca.der");
  g_autoptr (GsTrustChange) other = gs_trust_change_begin (fixture->path, 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (apply (fixture, shown, &error));
  g_assert_error (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_pointer (&other, gs_trust_change_free);
  g_assert_true (apply (fixture, shown, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_recorded (fixture, NULL), ==, 1);
}

/* Asked for at once, one after the other: each has its turn. */
static void
test_queue (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "csca.der", "signer.der", "new.der" };
  g_autoptr (GsTrustPreview) all = preview_confirmed (fixture, "signed.ml");
  GAsyncResult *results[3] = { NULL };

  g_assert_true (apply (fixture, all, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *fingerprint = fingerprint_of (names[i]);

      gs_trust_desk_remove_async (fixture->trust, fingerprint, GS_TRUST_REMOVAL_ORDER, NULL,
                                  on_done, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      test_until (results[i] != NULL);
      gs_trust_desk_change_finish (fixture->trust, results[i], &error);
      g_assert_false (g_error_matches (error, GS_TRUST_DESK_ERROR, GS_TRUST_DESK_ERROR_BUSY));
      g_clear_object (&results[i]);
    }
  g_assert_cmpuint (n_listed (fixture), <, 4);
  assert_alone (fixture);
}

int
main (int argc, char **argv)
{
#define ADD(path, function)                                                                        \
  g_test_add ("/station/trust-desk/" path, Fixture, NULL, set_up, function, tear_down)

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];
  /* A store that somebody swapped is warned of. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("roles", test_roles);
  ADD ("preview-is-what-comes", test_preview_is_what_comes);
  ADD ("typed", test_typed);
  ADD ("wrong-lists", test_wrong_lists);
  ADD ("loose", test_loose);
  ADD ("changed-meanwhile", test_changed_meanwhile);
  ADD ("next-list", test_next_list);
  ADD ("remove", test_remove);
  ADD ("files", test_files);
  ADD ("damaged-store", test_damaged_store);
  ADD ("none-set", test_none_set);
  ADD ("full-disk", test_full_disk);
  ADD ("no-record", test_no_record);
  ADD ("cancel", test_cancel);
  ADD ("filter", test_filter);
  ADD ("taken-in", test_taken_in);
  ADD ("seen-at-once", test_seen_at_once);
  ADD ("power-cut", test_power_cut);
  ADD ("power-cut-early", test_power_cut_early);
  ADD ("swapped-store", test_swapped_store);
  ADD ("found-at-first", test_found_at_first);
  ADD ("busy", test_busy);
  ADD ("queue", test_queue);
  ADD ("validity", test_validity);
  ADD ("real-lists", test_real_lists);
  return g_test_run ();
}
