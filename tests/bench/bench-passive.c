/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Passive authentication beside what OpenSSL alone needs for the two signatures in it; taking in
 * the real master lists; the start-up of a trust store of 1,000 certificates. The documents are
 * those of the tests: GATESIDE_TEST_DOCUMENTS names their folder. */

#include "gs-bench.h"
#include "gs-passive-authentication.h"
#include "gs-trust-import.h"

#include <glib/gstdio.h>
#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NOW_UTC_MS G_GINT64_CONSTANT (1793491200000)
#define STORE_SIZE 1000

static double
cpu_us (GsBenchFunc function, gpointer user_data)
{
  struct timespec begin, end;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &begin);
  function (user_data);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);
  return (double) (end.tv_sec - begin.tv_sec) * 1e6 + (double) (end.tv_nsec - begin.tv_nsec) / 1e3;
}

/* As gs_bench_compare(), but in time of this thread on the processor: all of it is calculation in
 * one thread, and what else the machine does is no part of it. */
static void
compare (const char *name,
         const char *floor_name,
         GsBenchFunc floor,
         const char *subject_name,
         GsBenchFunc subject,
         gpointer user_data,
         guint turns)
{
  g_autofree double *floors = g_new (double, turns);
  g_autofree double *subjects = g_new (double, turns);

  cpu_us (floor, user_data);
  cpu_us (subject, user_data);
  for (guint i = 0; i < turns; i++)
    {
      floors[i] = cpu_us (floor, user_data);
      subjects[i] = cpu_us (subject, user_data);
    }
  gs_bench_report (name, "us cpu", floor_name, gs_bench_quantile (floors, turns, 0.5), subject_name,
                   gs_bench_quantile (subjects, turns, 0.5));
}

/* One document, ready for both. */
typedef struct
{
  GBytes *sod;
  GBytes *groups[3];
  GsAnchorSet *anchors;
  EVP_PKEY *authority_key;
} Document;

static GBytes *
read_bytes (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (data, size);
}

static void
read_document (const char *documents, const char *label, Document *document)
{
  g_autofree char *folder = g_build_filename (documents, label, NULL);
  g_autofree char *anchors = g_build_filename (folder, "anchors", NULL);
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  GsTrustItem *item;

  document->sod = read_bytes (folder, "sod");
  document->groups[1] = read_bytes (folder, "dg1");
  document->groups[2] = read_bytes (folder, "dg2");
  gs_trust_material_read_path (material, anchors, NULL);
  document->anchors = gs_trust_material_make_anchors (material, NULL);
  item = gs_trust_material_get_items (material)->pdata[0];
  document->authority_key = gs_certificate_get_key (item->certificate, NULL);
  EVP_PKEY_up_ref (document->authority_key);
}

static void
run_passive (gpointer user_data)
{
  Document *document = user_data;
  GsPassiveInput input = { .security_object = document->sod,
                           .anchors = document->anchors,
                           .now_utc_ms = NOW_UTC_MS };
  g_autoptr (GsVerdict) verdict = NULL;

  input.data_groups[1] = document->groups[1];
  input.data_groups[2] = document->groups[2];
  verdict = gs_passive_authentication_run (&input);
  if (gs_verdict_get_result (verdict) != GS_CHECK_RESULT_SUCCESSFUL)
    g_error ("the document is not good: %s", gs_verdict_get_sentence (verdict));
}

/* The two signatures and nothing else: no hash of a data group, no period, no country. */
static void
run_openssl (gpointer user_data)
{
  Document *document = user_data;
  gsize size;
  const guint8 *data = g_bytes_get_data (document->sod, &size);
  const guint8 *at = data + 4;
  CMS_ContentInfo *cms = d2i_CMS_ContentInfo (NULL, &at, (long) size - 4);
  STACK_OF (X509) *certificates = NULL;

  if (cms == NULL
      || CMS_verify (cms, NULL, NULL, NULL, NULL, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) != 1)
    g_error ("openssl does not verify the security object");
  certificates = CMS_get1_certs (cms);
  if (X509_verify (sk_X509_value (certificates, 0), document->authority_key) != 1)
    g_error ("openssl does not verify the certificate");
  sk_X509_pop_free (certificates, X509_free);
  CMS_ContentInfo_free (cms);
}

static void
bench_documents (const char *documents)
{
  static const char *const labels[][2] = {
    { "good-rsa", "RSA-2048" },
    { "good-rsa-pss", "RSA-PSS 2048" },
    { "good-p256", "P-256" },
    { "good-brainpool384", "brainpoolP384r1, explicit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      Document document = { 0 };

      read_document (documents, labels[i][0], &document);
      compare (labels[i][1], "two bare verifications", run_openssl, "passive authentication",
               run_passive, &document, 200);
      EVP_PKEY_free (document.authority_key);
      gs_anchor_set_unref (document.anchors);
      g_bytes_unref (document.sod);
      g_bytes_unref (document.groups[1]);
      g_bytes_unref (document.groups[2]);
    }
}

/* A master list, and where an import of it goes. */
typedef struct
{
  char *path;
  char *store;
  GBytes *file;
  GPtrArray *certificates; /* DER, for the floor */
  char *confirmed;
} List;

static void
run_list_floor (gpointer user_data)
{
  List *list = user_data;
  gsize size;
  const guint8 *at = g_bytes_get_data (list->file, &size);
  CMS_ContentInfo *cms = d2i_CMS_ContentInfo (NULL, &at, (long) size);

  if (CMS_verify (cms, NULL, NULL, NULL, NULL, CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) != 1)
    g_error ("openssl does not verify the list");
  CMS_ContentInfo_free (cms);
  for (guint i = 0; i < list->certificates->len; i++)
    {
      const guint8 *der = g_bytes_get_data (list->certificates->pdata[i], &size);
      X509 *certificate = d2i_X509 (NULL, &der, (long) size);

      g_assert (certificate != NULL);
      X509_free (certificate);
    }
}

static void
run_import (gpointer user_data)
{
  List *list = user_data;
  g_autoptr (GsTrustStore) store = NULL;
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  g_autoptr (GsTrustImport) import = NULL;

  g_remove (list->store);
  store = gs_trust_store_open (list->store, NULL);
  gs_trust_material_read_path (material, list->path, NULL);
  import = gs_trust_import_new (store, material, (const char *const[]){ list->confirmed, NULL });
  gs_trust_import_apply (import, NOW_UTC_MS);
  if (!gs_trust_store_save (store, NULL)
      || gs_trust_store_get_n_entries (store) != list->certificates->len)
    g_error ("the list did not come in whole");
}

static double
resident_kib (void)
{
  g_autofree char *text = NULL;
  guint64 pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    {
      g_auto (GStrv) words = g_strsplit (text, " ", 3);

      pages = g_ascii_strtoull (words[1], NULL, 10);
    }
  return (double) pages * (double) sysconf (_SC_PAGESIZE) / 1024;
}

/* With every certificate of the list parsed, as during an import. */
static void
bench_list_memory (const List *list, const char *title)
{
  g_autofree char *name = g_strconcat ("memory, ", title, NULL);
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  double before = resident_kib ();

  gs_trust_material_read_path (material, list->path, NULL);
  gs_bench_report (name, "KiB", "before", before, "with the list parsed", resident_kib ());
}

static void
bench_lists (const char *folder)
{
  static const char *const names[] = { "DE_ML_2026-05-28-08-28-45.ml", "NL_ML_2026-07-22.ml" };
  const char *root = g_getenv ("GATESIDE_REAL_DATA");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      List list = { .certificates =
                      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref) };
      g_autoptr (GsMasterList) parsed = NULL;
      g_autofree char *title = NULL;

      list.path = root != NULL ? g_build_filename (root, "csca", names[i], NULL) : NULL;
      if (list.path == NULL || !g_file_test (list.path, G_FILE_TEST_EXISTS))
        {
          g_printerr ("GATESIDE_REAL_DATA does not name the real master lists\n");
          g_ptr_array_unref (list.certificates);
          g_free (list.path);
          return;
        }
      list.file = read_bytes ("", list.path);
      parsed = gs_master_list_new (list.file, NULL, NULL, NULL);
      for (guint k = 0; k < gs_master_list_get_certificates (parsed)->len; k++)
        g_ptr_array_add (list.certificates, g_bytes_ref (gs_certificate_get_der (
                                              gs_master_list_get_certificates (parsed)->pdata[k])));
      list.confirmed =
        g_strdup (gs_certificate_get_fingerprint (gs_master_list_get_signer (parsed)));
      list.store = g_build_filename (folder, "imported", NULL);
      title = g_strdup_printf ("import of %.2s, %u certificates", names[i], list.certificates->len);
      bench_list_memory (&list, title);
      compare (title, "bare CMS_verify and d2i_X509", run_list_floor, "import, written to disk",
               run_import, &list, 7);
      g_remove (list.store);
      g_ptr_array_unref (list.certificates);
      g_bytes_unref (list.file);
      g_free (list.path);
      g_free (list.store);
      g_free (list.confirmed);
    }
}

/* A certificate of an authority of its own country and key. */
static GsCertificate *
make_certificate (guint number)
{
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *x509 = X509_new ();
  X509_NAME *name = X509_get_subject_name (x509);
  char country[3] = { (char) ('A' + number % 26), (char) ('A' + number / 26 % 26), '\0' };
  g_autofree char *common = g_strdup_printf ("CSCA SPECIMEN %u", number);
  X509V3_CTX context;
  X509_EXTENSION *extension;
  unsigned char *der = NULL;
  g_autoptr (GBytes) bytes = NULL;
  int length;

  X509_NAME_add_entry_by_txt (name, "C", MBSTRING_ASC, (guint8 *) country, -1, -1, 0);
  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_ASC, (guint8 *) common, -1, -1, 0);
  X509_set_issuer_name (x509, name);
  X509_set_version (x509, 2);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), number + 1);
  X509_gmtime_adj (X509_getm_notBefore (x509), 0);
  X509_gmtime_adj (X509_getm_notAfter (x509), 3600 * 24 * 3650L);
  X509_set_pubkey (x509, key);
  X509V3_set_ctx (&context, x509, x509, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, NID_basic_constraints, "critical,CA:TRUE");
  X509_add_ext (x509, extension, -1);
  X509_EXTENSION_free (extension);
  extension = X509V3_EXT_conf_nid (NULL, &context, NID_subject_key_identifier, "hash");
  X509_add_ext (x509, extension, -1);
  X509_EXTENSION_free (extension);
  X509_sign (x509, key, EVP_sha256 ());
  length = i2d_X509 (x509, &der);
  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);
  X509_free (x509);
  EVP_PKEY_free (key);
  return gs_certificate_new (bytes, NULL);
}

static void
run_read (gpointer user_data)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert (g_file_get_contents (user_data, &data, &size, NULL));
}

/* From the file to anchors that a chain can be searched in. */
static void
run_open (gpointer user_data)
{
  g_autoptr (GsTrustStore) store = gs_trust_store_open (user_data, NULL);
  g_autoptr (GsAnchorSet) anchors = gs_anchor_set_new ();

  gs_trust_store_add_anchors (store, anchors);
  if (gs_anchor_set_get_size (anchors) != STORE_SIZE)
    g_error ("the store is not whole");
}

static void
bench_store (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autoptr (GsTrustStore) store = gs_trust_store_open (path, NULL);
  g_autoptr (GsTrustStore) opened = NULL;
  g_autoptr (GsAnchorSet) anchors = gs_anchor_set_new ();
  g_autoptr (GError) error = NULL;
  double before;

  for (guint i = 0; i < STORE_SIZE; i++)
    {
      g_autoptr (GsCertificate) certificate = make_certificate (i);

      gs_trust_store_add (store, certificate, "SPECIMEN", GS_TRUST_BY_CONFIRMATION, NOW_UTC_MS);
    }
  if (!gs_trust_store_save (store, &error))
    g_error ("%s", error->message);
  compare ("start-up, 1,000 certificates", "read the file", run_read, "open the store", run_open,
           path, 50);
  before = resident_kib ();
  opened = gs_trust_store_open (path, NULL);
  gs_trust_store_add_anchors (opened, anchors);
  gs_bench_report ("memory, 1,000 certificates", "KiB", "without the store", before, "with it",
                   resident_kib ());
  g_remove (path);
}

int
main (int argc, char **argv)
{
  const char *documents = g_getenv ("GATESIDE_TEST_DOCUMENTS");
  g_autofree char *folder = NULL;

  gs_bench_init (&argc, &argv);
  if (documents == NULL)
    {
      g_printerr ("GATESIDE_TEST_DOCUMENTS must name the documents of the tests\n");
      return 64;
    }
  folder = g_dir_make_tmp ("gs-bench-XXXXXX", NULL);
  bench_documents (documents);
  bench_store (folder);
  bench_lists (folder);
  g_rmdir (folder);
  return 0;
}
