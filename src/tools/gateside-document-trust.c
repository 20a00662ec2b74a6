/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gateside-document trust: what the desk believes about signing authorities. */

#include "gateside-document.h"

#include "gs-emrtd-error.h"
#include "gs-time.h"
#include "gs-trust-change.h"
#include "gs-trust-import.h"
#include "gs-trust-material.h"
#include "gs-trust-store.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More rows than these are counted only, in text. */
#define ROWS_SHOWN 20

/* A desk that takes something in holds the store for as long as it takes to write a file. */
#define PATIENCE_MS 3000

typedef struct
{
  const char *store;
  const char *country;
  const char *source;
  const char *reason;
  GPtrArray *confirmed;
  GPtrArray *words;
  gboolean dry_run;
  gboolean as_json;
} Options;

static void
print_json (json_t *root)
{
  char *text = json_dumps (root, JSON_COMPACT);

  puts (text);
  free (text);
  json_decref (root);
}

static json_t *
time_to_json (gint64 utc_ms)
{
  g_autofree char *text = gs_time_format_rfc3339 (utc_ms);

  return text != NULL ? json_string (text) : json_null ();
}

static json_t *
certificate_to_json (GsCertificate *certificate)
{
  g_autofree char *subject = NULL;
  g_autofree char *key = NULL;

  if (certificate == NULL)
    return json_null ();
  subject = gs_certificate_describe_subject (certificate);
  key = gs_certificate_describe_key (certificate);
  return json_pack ("{s:s, s:s, s:s, s:s, s:o, s:o}", "fingerprint",
                    gs_certificate_get_fingerprint (certificate), "country",
                    gs_certificate_get_country (certificate), "subject", subject, "key", key,
                    "not_before", time_to_json (gs_certificate_get_not_before_utc_ms (certificate)),
                    "not_after", time_to_json (gs_certificate_get_not_after_utc_ms (certificate)));
}

static json_t *
list_to_json (GsTrustImport *import, GsMasterList *list)
{
  return json_pack ("{s:i, s:i, s:s, s:b, s:o, s:o, s:o}", "entries",
                    (int) gs_master_list_get_n_entries (list), "unreadable",
                    (int) gs_master_list_get_n_unreadable (list), "signature",
                    gs_master_list_is_signed (list)
                      ? gs_signature_state_to_word (gs_master_list_get_signature (list))
                      : "none",
                    "confirmed", gs_trust_import_is_confirmed (import, list), "signed_at",
                    time_to_json (gs_master_list_get_signing_time_utc_ms (list)), "signer",
                    certificate_to_json (gs_master_list_get_signer (list)), "authority",
                    certificate_to_json (gs_master_list_get_authority (list)));
}

static json_t *
parts_to_json (GsTrustImport *import)
{
  json_t *parts = json_array ();

  for (guint i = 0; i < gs_trust_import_get_n_parts (import); i++)
    {
      const GsTrustPart *part = gs_trust_import_get_part (import, i);
      json_t *row = certificate_to_json (part->item->certificate);

      json_object_set_new (row, "decision",
                           json_string (gs_trust_decision_to_word (part->decision)));
      json_object_set_new (row, "source", json_string (part->item->source));
      json_object_set_new (row, "file_sha256", json_string (part->item->file_sha256));
      json_array_append_new (parts, row);
    }
  return parts;
}

static json_t *
crls_to_json (GsTrustImport *import, GsTrustMaterial *material)
{
  GPtrArray *lists = gs_trust_material_get_revocation_lists (material);
  json_t *rows = json_array ();

  for (guint i = 0; i < lists->len; i++)
    {
      g_autofree char *issuer = gs_revocation_list_describe_issuer (lists->pdata[i]);

      json_array_append_new (
        rows,
        json_pack (
          "{s:s, s:i, s:o, s:o, s:s}", "issuer", issuer, "revoked",
          (int) gs_revocation_list_get_n_revoked (lists->pdata[i]), "this_update",
          time_to_json (gs_revocation_list_get_this_update_utc_ms (lists->pdata[i])), "next_update",
          time_to_json (gs_revocation_list_get_next_update_utc_ms (lists->pdata[i])), "decision",
          gs_trust_decision_to_word (gs_trust_import_get_list_decision (import, i))));
    }
  return rows;
}

static json_t *
strings_to_json (GPtrArray *strings)
{
  json_t *array = json_array ();

  for (guint i = 0; i < strings->len; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (strings->pdata[i], -1);

      json_array_append_new (array, json_string (valid));
    }
  return array;
}

static void
print_import_json (GsTrustImport *import, GsTrustMaterial *material, gboolean applied)
{
  GPtrArray *lists = gs_trust_material_get_lists (material);
  json_t *master_lists = json_array ();

  for (guint i = 0; i < lists->len; i++)
    json_array_append_new (master_lists, list_to_json (import, lists->pdata[i]));
  print_json (json_pack ("{s:b, s:i, s:o, s:o, s:o, s:o, s:o}", "applied", applied, "taken",
                         (int) (gs_trust_import_count (import, GS_TRUST_TAKEN)
                                + gs_trust_import_count (import, GS_TRUST_TAKEN_LINK)),
                         "master_lists", master_lists, "certificates", parts_to_json (import),
                         "revocation_lists", crls_to_json (import, material), "no_longer_listed",
                         strings_to_json (gs_trust_import_get_no_longer_listed (import)),
                         "problems", strings_to_json (gs_trust_material_get_problems (material))));
}

static void
print_signer (const char *what, GsCertificate *certificate)
{
  g_autofree char *subject = NULL;

  if (certificate == NULL)
    return;
  subject = gs_certificate_describe_subject (certificate);
  printf ("  %s %s\n    SHA-256 %s\n", what, subject, gs_certificate_get_fingerprint (certificate));
}

static void
print_list (GsTrustImport *import, GsMasterList *list)
{
  gboolean is_signed = gs_master_list_is_signed (list);

  printf ("Master list with %u certificates, %s\n", gs_master_list_get_n_entries (list),
          !is_signed ? "not signed"
          : gs_master_list_get_signature (list) != GS_SIGNATURE_GOOD
            ? gs_signature_state_to_word (gs_master_list_get_signature (list))
          : gs_trust_import_is_confirmed (import, list) ? "signer confirmed"
                                                        : "signer not confirmed");
  print_signer ("signed by", gs_master_list_get_signer (list));
  print_signer ("under    ", gs_master_list_get_authority (list));
}

static gboolean
takes_anything (GsTrustImport *import, GsTrustMaterial *material)
{
  for (guint i = 0; i < gs_trust_material_get_revocation_lists (material)->len; i++)
    if (gs_trust_import_get_list_decision (import, i) == GS_TRUST_TAKEN)
      return TRUE;
  return gs_trust_import_count (import, GS_TRUST_TAKEN) > 0
         || gs_trust_import_count (import, GS_TRUST_TAKEN_LINK) > 0;
}

static void
print_import_text (GsTrustImport *import, GsTrustMaterial *material, gboolean applied)
{
  GPtrArray *lists = gs_trust_material_get_lists (material);
  GPtrArray *crls = gs_trust_material_get_revocation_lists (material);
  GPtrArray *problems = gs_trust_material_get_problems (material);
  guint shown = 0;

  for (guint i = 0; i < lists->len; i++)
    print_list (import, lists->pdata[i]);
  for (int decision = GS_TRUST_TAKEN; decision <= GS_TRUST_KEY_NOT_ACCEPTED; decision++)
    if (gs_trust_import_count (import, decision) > 0)
      printf ("%-22s %u certificates\n", gs_trust_decision_to_word (decision),
              gs_trust_import_count (import, decision));
  for (guint i = 0; i < gs_trust_import_get_n_parts (import) && shown < ROWS_SHOWN; i++)
    {
      const GsTrustPart *part = gs_trust_import_get_part (import, i);
      g_autofree char *subject = NULL;

      if (part->decision == GS_TRUST_ALREADY_THERE)
        continue;
      subject = gs_certificate_describe_subject (part->item->certificate);
      printf ("  %-20s %s\n    SHA-256 %s\n", gs_trust_decision_to_word (part->decision), subject,
              gs_certificate_get_fingerprint (part->item->certificate));
      if (part->decision == GS_TRUST_NOT_CONFIRMED && part->item->list == NULL)
        printf ("    file    %s\n", part->item->file_sha256);
      shown++;
    }
  if (shown == ROWS_SHOWN)
    puts ("  and more; --json has all of them");
  for (guint i = 0; i < crls->len; i++)
    {
      g_autofree char *issuer = gs_revocation_list_describe_issuer (crls->pdata[i]);

      printf ("%-22s revocation list of %s\n",
              gs_trust_decision_to_word (gs_trust_import_get_list_decision (import, i)), issuer);
    }
  if (gs_trust_import_get_no_longer_listed (import)->len > 0)
    printf ("no longer listed       %u certificates, which stay\n",
            gs_trust_import_get_no_longer_listed (import)->len);
  for (guint i = 0; i < problems->len; i++)
    printf ("not readable           %s\n", (const char *) problems->pdata[i]);
  if (gs_trust_import_count (import, GS_TRUST_NOT_CONFIRMED) > 0)
    puts ("Compare a fingerprint with what its owner publishes elsewhere, then repeat this with "
          "--confirm-signer.");
  puts (applied && takes_anything (import, material) ? "The change was made."
                                                     : "Nothing was changed.");
}

static gboolean
anything_refused (GsTrustImport *import, GsTrustMaterial *material)
{
  for (int decision = GS_TRUST_NOT_CONFIRMED; decision <= GS_TRUST_KEY_NOT_ACCEPTED; decision++)
    if (gs_trust_import_count (import, decision) > 0)
      return TRUE;
  for (guint i = 0; i < gs_trust_material_get_revocation_lists (material)->len; i++)
    if (gs_trust_import_get_list_decision (import, i) == GS_TRUST_NOT_CONFIRMED)
      return TRUE;
  return gs_trust_material_get_problems (material)->len > 0;
}

static int
complain_about (GError *error, int status)
{
  gs_document_complain (error->message, NULL);
  return status;
}

static void
show_progress (const char *path, gsize done, gsize total, gpointer user_data)
{
  guint *shown = user_data;
  guint percent = total > 0 ? (guint) (done * 100 / total) : 100;

  if (percent == *shown)
    return;
  *shown = percent;
  fprintf (stderr, "\r%3u %% of %s%s", percent, path, percent == 100 ? "\n" : "");
}

/* --- the log ---------------------------------------------------------------------------------- */

/* What the desk's own entries say too, and who sat at the machine. */
static GString *
begin_detail (void)
{
  GString *detail = g_string_new ("from=command-line");

  g_string_append_printf (detail, " uid=%u", (guint) getuid ());
  return detail;
}

/* The SHA-256 of each file that was named; of a folder only that it was one. */
static GPtrArray *
digest_words (const Options *options)
{
  GPtrArray *digests = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < options->words->len; i++)
    {
      g_autoptr (GMappedFile) file = g_mapped_file_new (options->words->pdata[i], FALSE, NULL);
      g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;

      g_ptr_array_add (digests, bytes != NULL
                                  ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes)
                                  : g_strdup ("folder"));
    }
  return digests;
}

static char *
join (GPtrArray *strings)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < strings->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "," : "", (const char *) strings->pdata[i]);
  return g_string_free (joined, FALSE);
}

/* One digest stands for itself, several are named together by theirs. */
static char *
make_subject (GPtrArray *digests)
{
  g_autofree char *joined = join (digests);

  return digests->len == 1 ? g_steal_pointer (&joined)
                           : g_compute_checksum_for_string (G_CHECKSUM_SHA256, joined, -1);
}

/* The new store, the log, the new store's place, in this order. */
static gboolean
make_change (
  GsTrustChange *change, const char *kind, const char *subject, const char *detail, GError **error)
{
  return gs_trust_change_prepare (change, error)
         && gs_trust_change_log (change, kind, g_get_real_time () / 1000, NULL, subject, detail,
                                 error)
         && gs_trust_change_put_in_place (change, error);
}

/* The store to look at, or to change, with its lock. */
typedef struct
{
  GsTrustChange *change; /* NULL for who only looks, who keeps nobody waiting */
  GsTrustStore *looked_at;
  GsTrustStore *store; /* of either */
} Opened;

static void
opened_clear (Opened *opened)
{
  gs_trust_change_free (opened->change);
  gs_trust_store_free (opened->looked_at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opened, opened_clear)

static gboolean
open_store (const Options *options, Opened *opened, GError **error)
{
  if (options->dry_run)
    opened->store = opened->looked_at = gs_trust_store_open (options->store, error);
  else if ((opened->change = gs_trust_change_begin (options->store, PATIENCE_MS, error)) != NULL)
    opened->store = gs_trust_change_get_store (opened->change);
  return opened->store != NULL;
}

static int
complain_about_store (GError *error)
{
  if (!g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_BUSY))
    return complain_about (error, EXIT_NOT_VALID);
  gs_document_complain ("the trust store is being changed by another program, a desk or this one; "
                        "nothing was changed, try again",
                        NULL);
  return EXIT_NOT_VALID;
}

/* --- commands --------------------------------------------------------------------------------- */

static gboolean
take_in (const Options *options,
         GsTrustChange *change,
         GsTrustImport *import,
         GsTrustMaterial *material,
         GError **error)
{
  g_autoptr (GPtrArray) digests = digest_words (options);
  g_autofree char *files = join (digests);
  g_autofree char *subject = make_subject (digests);
  g_autoptr (GString) detail = begin_detail ();
  guint n_crls = 0;

  for (guint i = 0; i < gs_trust_material_get_revocation_lists (material)->len; i++)
    n_crls += gs_trust_import_get_list_decision (import, i) == GS_TRUST_TAKEN;
  for (int decision = GS_TRUST_TAKEN; decision <= GS_TRUST_KEY_NOT_ACCEPTED; decision++)
    if (gs_trust_import_count (import, decision) > 0)
      g_string_append_printf (detail, " %s=%u", gs_trust_decision_to_word (decision),
                              gs_trust_import_count (import, decision));
  g_string_append_printf (detail, " revocation-lists=%u files=%s", n_crls, files);
  for (guint i = 0; options->confirmed->pdata[i] != NULL; i++)
    {
      g_autofree char *fingerprint =
        gs_trust_import_normalise_fingerprint (options->confirmed->pdata[i]);

      g_string_append_printf (detail, "%s%s", i > 0 ? "," : " confirmed=", fingerprint);
    }
  gs_trust_import_apply (import, g_get_real_time () / 1000);
  return make_change (change, "trust.import", subject, detail->str, error);
}

static int
run_import (const Options *options)
{
  g_autoptr (GError) error = NULL;
  guint shown = G_MAXUINT;
  g_autoptr (GsTrustMaterial) material =
    gs_trust_material_new (isatty (STDERR_FILENO) ? show_progress : NULL, &shown);
  g_auto (Opened) opened = { 0 };
  g_autoptr (GsTrustImport) plan = NULL;

  for (guint i = 0; i < options->words->len; i++)
    if (!gs_trust_material_read_path (material, options->words->pdata[i], &error))
      return complain_about (error, EXIT_NOT_VALID);
  if (!open_store (options, &opened, &error))
    return complain_about_store (error);
  g_ptr_array_add (options->confirmed, NULL);
  plan =
    gs_trust_import_new (opened.store, material, (const char *const *) options->confirmed->pdata);
  if (opened.change != NULL && takes_anything (plan, material)
      && !take_in (options, opened.change, plan, material, &error))
    return complain_about_store (error);
  if (options->as_json)
    print_import_json (plan, material, !options->dry_run);
  else
    print_import_text (plan, material, !options->dry_run);
  return gs_document_finish (anything_refused (plan, material) ? EXIT_UNDETERMINED : EXIT_VALID);
}

static gboolean
is_wanted (const Options *options, const GsTrustEntry *entry)
{
  return (options->country == NULL || g_ascii_strcasecmp (options->country, entry->country) == 0)
         && (options->source == NULL || strcmp (options->source, entry->source) == 0);
}

/* By country, then the youngest first. */
static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const GsTrustEntry *one = *(const GsTrustEntry *const *) a;
  const GsTrustEntry *two = *(const GsTrustEntry *const *) b;
  int order = strcmp (one->country, two->country);

  if (order == 0)
    order = (one->not_before_utc_ms < two->not_before_utc_ms)
            - (one->not_before_utc_ms > two->not_before_utc_ms);
  return order != 0 ? order : strcmp (one->fingerprint, two->fingerprint);
}

static json_t *
entry_to_json (const GsTrustEntry *entry)
{
  return json_pack (
    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "fingerprint", entry->fingerprint,
    "country", entry->country, "subject", entry->subject, "key", entry->key, "signature",
    entry->signature, "source", entry->source, "reason", gs_trust_reason_to_word (entry->reason),
    "not_before", time_to_json (entry->not_before_utc_ms), "not_after",
    time_to_json (entry->not_after_utc_ms), "imported_at", time_to_json (entry->imported_utc_ms));
}

static void
print_entry (const GsTrustEntry *entry)
{
  g_autofree char *from = gs_time_format_rfc3339 (entry->not_before_utc_ms);
  g_autofree char *to = gs_time_format_rfc3339 (entry->not_after_utc_ms);

  printf ("%-3s %.10s to %.10s  %-22s %-20s %s\n    %s\n    SHA-256 %s\n", entry->country,
          from != NULL ? from : "?", to != NULL ? to : "?", entry->key, entry->signature,
          entry->source, entry->subject, entry->fingerprint);
}

static int
run_list (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsTrustStore) store = gs_trust_store_open (options->store, &error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  json_t *rows;

  if (store == NULL)
    return complain_about (error, EXIT_NOT_VALID);
  for (guint i = 0; i < gs_trust_store_get_n_entries (store); i++)
    if (is_wanted (options, gs_trust_store_get_entry (store, i)))
      g_ptr_array_add (entries, (gpointer) gs_trust_store_get_entry (store, i));
  g_ptr_array_sort (entries, compare_entries);
  if (!options->as_json)
    {
      for (guint i = 0; i < entries->len; i++)
        print_entry (entries->pdata[i]);
      printf ("%u certificates, %u revocation lists\n", entries->len,
              gs_trust_store_get_revocation_lists (store)->len);
      return gs_document_finish (EXIT_VALID);
    }
  rows = json_array ();
  for (guint i = 0; i < entries->len; i++)
    json_array_append_new (rows, entry_to_json (entries->pdata[i]));
  print_json (json_pack ("{s:o, s:i}", "certificates", rows, "revocation_lists",
                         (int) gs_trust_store_get_revocation_lists (store)->len));
  return gs_document_finish (EXIT_VALID);
}

/* The fingerprints that are in the store, each once. */
static GPtrArray *
find_removed (const Options *options, GsTrustStore *store)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < options->words->len; i++)
    {
      char *fingerprint = gs_trust_import_normalise_fingerprint (options->words->pdata[i]);

      if (gs_trust_store_remove (store, fingerprint))
        {
          g_ptr_array_add (found, fingerprint);
          continue;
        }
      gs_document_complain ("not in the store", fingerprint);
      g_free (fingerprint);
    }
  return found;
}

static int
run_remove (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_auto (Opened) opened = { 0 };
  g_autoptr (GPtrArray) removed = NULL;

  if (!open_store (options, &opened, &error))
    return complain_about_store (error);
  removed = find_removed (options, opened.store);
  if (opened.change != NULL && removed->len > 0)
    {
      g_autofree char *subject = make_subject (removed);
      g_autofree char *fingerprints = join (removed);
      g_autoptr (GString) detail = begin_detail ();

      g_string_append_printf (detail, " reason=%s certificates=%s", options->reason, fingerprints);
      if (!make_change (opened.change, "trust.remove", subject, detail->str, &error))
        return complain_about_store (error);
    }
  if (options->as_json)
    print_json (
      json_pack ("{s:i, s:b}", "removed", (int) removed->len, "applied", !options->dry_run));
  else
    printf ("%u certificates removed\n", removed->len);
  return gs_document_finish (removed->len == options->words->len ? EXIT_VALID : EXIT_UNDETERMINED);
}

static gboolean
is_reason (const char *word)
{
  /* Those of the administration page. */
  static const char *const reasons[] = { "withdrawn", "key-lost", "mistake", "order", NULL };

  return word != NULL && g_strv_contains (reasons, word);
}

static gboolean
take_option (Options *options, int argc, char **argv, int *at)
{
  const char *value;

  if (strcmp (argv[*at], "--json") == 0)
    return options->as_json = TRUE;
  if (strcmp (argv[*at], "--dry-run") == 0)
    return options->dry_run = TRUE;
  if (gs_document_take_value (argc, argv, at, "--store", &options->store)
      || gs_document_take_value (argc, argv, at, "--country", &options->country)
      || gs_document_take_value (argc, argv, at, "--source", &options->source))
    return TRUE;
  if (gs_document_take_value (argc, argv, at, "--reason", &options->reason))
    return is_reason (options->reason);
  if (gs_document_take_value (argc, argv, at, "--confirm-signer", &value))
    {
      g_autofree char *fingerprint = gs_trust_import_normalise_fingerprint (value);

      g_ptr_array_add (options->confirmed, (gpointer) value);
      return fingerprint != NULL;
    }
  return FALSE;
}

int
gs_document_run_trust (int argc, char **argv)
{
  g_autoptr (GPtrArray) confirmed = g_ptr_array_new ();
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  Options options = { .confirmed = confirmed, .words = words };
  const char *command = argc > 0 ? argv[0] : "";
  gboolean is_list = strcmp (command, "list") == 0;

  if (!is_list && strcmp (command, "import") != 0 && strcmp (command, "remove") != 0)
    return gs_document_wrong_usage ("trust needs import, list or remove", NULL);
  for (int i = 1; i < argc; i++)
    {
      int at = i;

      if (argv[i][0] != '-')
        g_ptr_array_add (words, argv[i]);
      else if (!take_option (&options, argc, argv, &i))
        return gs_document_wrong_usage ("unknown option, or its value is wrong", argv[at]);
    }
  if (options.store == NULL)
    return gs_document_wrong_usage ("--store is missing", NULL);
  if (is_list ? words->len > 0 : words->len == 0)
    return gs_document_wrong_usage (is_list ? "unexpected argument" : "an argument is missing",
                                    is_list ? words->pdata[0] : NULL);
  if (is_list)
    return run_list (&options);
  if (strcmp (command, "remove") == 0)
    {
      if (options.reason == NULL)
        return gs_document_wrong_usage ("--reason is missing", NULL);
      for (guint i = 0; i < words->len; i++)
        {
          g_autofree char *fingerprint = gs_trust_import_normalise_fingerprint (words->pdata[i]);

          if (fingerprint == NULL)
            return gs_document_wrong_usage ("not a SHA-256 fingerprint", words->pdata[i]);
        }
    }
  return strcmp (command, "import") == 0 ? run_import (&options) : run_remove (&options);
}
