/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-preview.h"

#include "gs-emrtd-error.h"
#include "gs-time.h"

#include <string.h>

struct _GsTrustPreview
{
  gatomicrefcount references;
  GPtrArray *files;
  GPtrArray *vouchers;
  GPtrArray *certificates;
  GPtrArray *crls;
  GPtrArray *no_longer_listed;
  GPtrArray *problems;
  guint counts[GS_TRUST_KEY_NOT_ACCEPTED + 1];
  GPtrArray *confirmed; /* fingerprints of now */
  GsTrustMaterial *material;
  GsTrustPreview *origin; /* whose material it is; NULL for its own */
};

/* Who is told about the reading of one file of several. */
typedef struct
{
  GsTrustPreviewProgress progress;
  gpointer user_data;
  guint index;
  guint n;
} Telling;

static void
key_free (gpointer data)
{
  GsTrustKey *key = data;

  g_free (key->fingerprint);
  g_free (key->subject);
  g_free (key);
}

static void
voucher_free (gpointer data)
{
  GsTrustVoucher *voucher = data;

  g_free (voucher->source);
  g_free (voucher->country);
  g_ptr_array_unref (voucher->keys);
  g_free (voucher);
}

static void
file_free (gpointer data)
{
  GsTrustFile *file = data;

  g_free (file->path);
  g_free (file->name);
  g_free (file->sha256);
  g_free (file);
}

static GsTrustPreview *
preview_alloc (void)
{
  GsTrustPreview *self = g_new0 (GsTrustPreview, 1);

  g_atomic_ref_count_init (&self->references);
  self->vouchers = g_ptr_array_new_with_free_func (voucher_free);
  self->certificates = g_ptr_array_new_with_free_func (g_object_unref);
  self->crls = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_trust_crl_free);
  self->no_longer_listed = g_ptr_array_new_with_free_func (g_object_unref);
  self->confirmed = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  return self;
}

GsTrustPreview *
gs_trust_preview_ref (GsTrustPreview *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gs_trust_preview_unref (GsTrustPreview *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->vouchers);
  g_ptr_array_unref (self->certificates);
  g_ptr_array_unref (self->crls);
  g_ptr_array_unref (self->no_longer_listed);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->confirmed);
  if (self->origin == NULL)
    gs_trust_material_free (self->material);
  gs_trust_preview_unref (self->origin);
  g_free (self);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void
on_progress (const char *path, gsize done, gsize total, gpointer user_data)
{
  const Telling *telling = user_data;
  double part = total > 0 ? (double) done / (double) total : 1;

  if (telling->progress != NULL)
    telling->progress (path, (telling->index + part) / MAX (telling->n, 1), telling->user_data);
}

static gboolean
read_file (GsTrustPreview *self, const char *path, GError **error)
{
  GsTrustFile *file = g_new0 (GsTrustFile, 1);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, error);
  g_autoptr (GBytes) bytes = mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;

  file->path = g_strdup (path);
  file->name = g_filename_display_name (name);
  g_ptr_array_add (self->files, file);
  if (bytes == NULL)
    return FALSE;
  file->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return gs_trust_material_read_bytes (self->material, bytes, path, error);
}

/* One file that cannot be read does not stop the others. */
static gboolean
read_files (GsTrustPreview *self, const char *const *paths, Telling *telling, GError **error)
{
  g_autoptr (GError) last = NULL;
  guint n_good = 0;

  for (guint i = 0; i < telling->n; i++)
    {
      g_autoptr (GError) file_error = NULL;

      telling->index = i;
      on_progress (paths[i], 0, 1, telling);
      if (read_file (self, paths[i], &file_error))
        n_good++;
      else if (g_error_matches (file_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&file_error));
          return FALSE;
        }
      else
        {
          g_clear_error (&last);
          last = g_error_copy (file_error);
          g_ptr_array_add (gs_trust_material_get_problems (self->material),
                           g_strdup (file_error->message));
        }
    }
  if (n_good > 0)
    return TRUE;
  if (last != NULL)
    g_propagate_error (error, g_steal_pointer (&last));
  else
    g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NOT_FOUND, "No file was named");
  return FALSE;
}

/* --- who must be vouched for -------------------------------------------------------------------
 */

static void
add_key (GsTrustVoucher *voucher, GsCertificate *certificate)
{
  GsTrustKey *key = g_new0 (GsTrustKey, 1);

  key->fingerprint = g_strdup (gs_certificate_get_fingerprint (certificate));
  key->subject = gs_certificate_describe_subject (certificate);
  key->not_before_utc_ms = gs_certificate_get_not_before_utc_ms (certificate);
  key->not_after_utc_ms = gs_certificate_get_not_after_utc_ms (certificate);
  key->is_authority = gs_certificate_is_authority (certificate);
  g_ptr_array_add (voucher->keys, key);
}

static GsTrustVoucher *
add_voucher (GsTrustPreview *self, GsTrustVoucherKind kind, const char *source)
{
  GsTrustVoucher *voucher = g_new0 (GsTrustVoucher, 1);
  g_autofree char *name = g_path_get_basename (source);

  voucher->kind = kind;
  voucher->source = g_filename_display_name (name);
  voucher->keys = g_ptr_array_new_with_free_func (key_free);
  voucher->signing_time_utc_ms = GS_TIME_UNKNOWN;
  g_ptr_array_add (self->vouchers, voucher);
  return voucher;
}

static const char *
source_of (GsTrustPreview *self, GsMasterList *list)
{
  GPtrArray *items = gs_trust_material_get_items (self->material);

  for (guint i = 0; i < items->len; i++)
    if (((GsTrustItem *) items->pdata[i])->list == list)
      return ((GsTrustItem *) items->pdata[i])->source;
  return "";
}

static void
add_list (GsTrustPreview *self, GsTrustImport *plan, GsMasterList *list)
{
  GsCertificate *authority = gs_master_list_get_authority (list);
  GsCertificate *signer = gs_master_list_get_signer (list);
  GsTrustVoucher *voucher = add_voucher (self, GS_TRUST_VOUCHER_LIST, source_of (self, list));

  voucher->signature = gs_master_list_get_signature (list);
  voucher->signing_time_utc_ms = gs_master_list_get_signing_time_utc_ms (list);
  voucher->n_certificates = gs_master_list_get_certificates (list)->len;
  voucher->n_unreadable = gs_master_list_get_n_unreadable (list);
  voucher->confirmed = gs_trust_import_is_confirmed (plan, list);
  voucher->country = g_strdup (signer != NULL ? gs_certificate_get_country (signer) : "");
  /* An authority vouches only for whom it made a signer of lists. */
  if (authority != NULL && signer != NULL
      && gs_certificate_has_purpose (signer, GS_PURPOSE_MASTER_LIST))
    add_key (voucher, authority);
  if (signer != NULL)
    add_key (voucher, signer);
}

static gboolean
is_loose (const GsTrustPart *part)
{
  return part->item->list == NULL || !gs_master_list_is_signed (part->item->list);
}

/* Certificates that no signed list brought: those of one file are confirmed together, by the file's
 * fingerprint. */
static void
add_loose (GsTrustPreview *self, GsTrustImport *plan)
{
  g_autoptr (GHashTable) by_file = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < gs_trust_import_get_n_parts (plan); i++)
    {
      const GsTrustPart *part = gs_trust_import_get_part (plan, i);
      GsTrustVoucher *voucher;

      if (!is_loose (part) || part->decision != GS_TRUST_NOT_CONFIRMED)
        continue;
      voucher = g_hash_table_lookup (by_file, part->item->file_sha256);
      if (voucher == NULL)
        {
          voucher = add_voucher (self, GS_TRUST_VOUCHER_CERTIFICATE, part->item->source);
          voucher->country = g_strdup (gs_certificate_get_country (part->item->certificate));
          add_key (voucher, part->item->certificate);
          g_hash_table_insert (by_file, part->item->file_sha256, voucher);
        }
      else if (voucher->kind == GS_TRUST_VOUCHER_CERTIFICATE)
        {
          GsTrustKey *key = g_new0 (GsTrustKey, 1);

          voucher->kind = GS_TRUST_VOUCHER_FILE;
          g_free (voucher->country);
          voucher->country = g_strdup ("");
          g_ptr_array_set_size (voucher->keys, 0);
          key->fingerprint = g_strdup (part->item->file_sha256);
          key->not_before_utc_ms = key->not_after_utc_ms = GS_TIME_UNKNOWN;
          g_ptr_array_add (voucher->keys, key);
        }
      voucher->n_certificates++;
    }
}

/* --- deciding --------------------------------------------------------------------------------- */

static GsTrustImport *
plan_with (GsTrustPreview *self, GsTrustStore *store)
{
  return gs_trust_import_new (store, self->material, (const char *const *) self->confirmed->pdata);
}

static void
show_plan (GsTrustPreview *self, GsTrustStore *store, GsTrustImport *plan)
{
  GPtrArray *lists = gs_trust_material_get_lists (self->material);
  GPtrArray *crls = gs_trust_material_get_revocation_lists (self->material);
  GPtrArray *gone = gs_trust_import_get_no_longer_listed (plan);

  for (guint i = 0; i < lists->len; i++)
    if (gs_master_list_is_signed (lists->pdata[i]))
      add_list (self, plan, lists->pdata[i]);
  add_loose (self, plan);
  for (guint i = 0; i < gs_trust_import_get_n_parts (plan); i++)
    {
      const GsTrustPart *part = gs_trust_import_get_part (plan, i);

      g_ptr_array_add (self->certificates, gs_trust_certificate_new_from_part (part));
      self->counts[part->decision]++;
    }
  g_ptr_array_sort (self->certificates, gs_trust_certificate_compare);
  for (guint i = 0; i < crls->len; i++)
    g_ptr_array_add (
      self->crls, gs_trust_crl_new (crls->pdata[i], gs_trust_import_get_list_decision (plan, i)));
  for (guint i = 0; i < gone->len; i++)
    g_ptr_array_add (self->no_longer_listed, gs_trust_certificate_new_from_entry (
                                               gs_trust_store_find (store, gone->pdata[i])));
  g_ptr_array_sort (self->no_longer_listed, gs_trust_certificate_compare);
}

GsTrustPreview *
gs_trust_preview_new (GsTrustStore *store,
                      const char *const *paths,
                      GsTrustPreviewProgress progress,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  Telling telling = { progress, user_data, 0, g_strv_length ((char **) paths) };
  g_autoptr (GsTrustPreview) self = preview_alloc ();
  g_autoptr (GsTrustImport) plan = NULL;

  self->files = g_ptr_array_new_with_free_func (file_free);
  self->material = gs_trust_material_new (on_progress, &telling);
  self->problems = g_ptr_array_ref (gs_trust_material_get_problems (self->material));
  gs_trust_material_set_cancellable (self->material, cancellable);
  if (!read_files (self, paths, &telling, error))
    return NULL;
  gs_trust_material_set_cancellable (self->material, NULL);
  plan = plan_with (self, store);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  show_plan (self, store, plan);
  return g_steal_pointer (&self);
}

GsTrustPreview *
gs_trust_preview_confirm (GsTrustPreview *self, GsTrustStore *store, const char *fingerprint)
{
  GsTrustPreview *next = preview_alloc ();
  g_autoptr (GsTrustImport) plan = NULL;

  next->origin = gs_trust_preview_ref (self->origin != NULL ? self->origin : self);
  next->material = self->material;
  next->files = g_ptr_array_ref (self->files);
  next->problems = g_ptr_array_ref (self->problems);
  for (guint i = 0; i < self->confirmed->len; i++)
    g_ptr_array_add (next->confirmed, g_strdup (self->confirmed->pdata[i]));
  g_ptr_array_add (next->confirmed, g_strdup (fingerprint));
  plan = plan_with (next, store);
  show_plan (next, store, plan);
  return next;
}

const char *
gs_trust_preview_find_key (GsTrustPreview *self, guint index, const char *typed)
{
  const GsTrustVoucher *voucher;

  if (index >= self->vouchers->len)
    return NULL;
  voucher = g_ptr_array_index (self->vouchers, index);
  if (voucher->kind == GS_TRUST_VOUCHER_LIST && voucher->signature != GS_SIGNATURE_GOOD)
    return NULL;
  for (guint i = 0; i < voucher->keys->len; i++)
    {
      const GsTrustKey *key = g_ptr_array_index (voucher->keys, i);

      if (gs_trust_is_tail_of (typed, key->fingerprint))
        return key->fingerprint;
    }
  return NULL;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What was shown and what would be done now, certificate by certificate, are the same. */
static gboolean
is_as_shown (GsTrustPreview *self, GsTrustImport *plan)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) planned = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->certificates->len; i++)
    {
      const GsTrustFacts *facts = gs_trust_certificate_get_facts (self->certificates->pdata[i]);

      g_ptr_array_add (shown, g_strdup_printf ("%s %d", facts->fingerprint, (int) facts->decision));
    }
  for (guint i = 0; i < gs_trust_import_get_n_parts (plan); i++)
    {
      const GsTrustPart *part = gs_trust_import_get_part (plan, i);

      g_ptr_array_add (
        planned, g_strdup_printf ("%s %d", gs_certificate_get_fingerprint (part->item->certificate),
                                  (int) part->decision));
    }
  g_ptr_array_sort (shown, compare_words);
  g_ptr_array_sort (planned, compare_words);
  if (shown->len != planned->len)
    return FALSE;
  for (guint i = 0; i < shown->len; i++)
    if (strcmp (shown->pdata[i], planned->pdata[i]) != 0)
      return FALSE;
  for (guint i = 0; i < self->crls->len; i++)
    if (((GsTrustCrl *) self->crls->pdata[i])->decision
        != gs_trust_import_get_list_decision (plan, i))
      return FALSE;
  return TRUE;
}

gboolean
gs_trust_preview_apply (GsTrustPreview *self, GsTrustStore *store, gint64 now_utc_ms)
{
  g_autoptr (GsTrustImport) plan = plan_with (self, store);

  if (!is_as_shown (self, plan))
    return FALSE;
  gs_trust_import_apply (plan, now_utc_ms);
  return TRUE;
}

char *
gs_trust_preview_describe (GsTrustPreview *self)
{
  GString *text = g_string_new (NULL);

  for (int decision = GS_TRUST_TAKEN; decision <= GS_TRUST_KEY_NOT_ACCEPTED; decision++)
    if (self->counts[decision] > 0)
      g_string_append_printf (text, "%s=%u ", gs_trust_decision_to_word (decision),
                              self->counts[decision]);
  g_string_append_printf (text, "revocation-lists=%u files=", gs_trust_preview_count_crls (self));
  for (guint i = 0; i < self->files->len; i++)
    {
      const GsTrustFile *file = g_ptr_array_index (self->files, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                              file->sha256 != NULL ? file->sha256 : "unreadable");
    }
  for (guint i = 0; i < self->confirmed->len; i++)
    g_string_append_printf (text, "%s%s",
                            i > 0 ? "," : " confirmed=", (const char *) self->confirmed->pdata[i]);
  return g_string_free (text, FALSE);
}

/* --- what it says ----------------------------------------------------------------------------- */

GPtrArray *
gs_trust_preview_get_files (GsTrustPreview *self)
{
  return self->files;
}

GPtrArray *
gs_trust_preview_get_vouchers (GsTrustPreview *self)
{
  return self->vouchers;
}

GPtrArray *
gs_trust_preview_get_certificates (GsTrustPreview *self)
{
  return self->certificates;
}

GPtrArray *
gs_trust_preview_get_crls (GsTrustPreview *self)
{
  return self->crls;
}

GPtrArray *
gs_trust_preview_get_no_longer_listed (GsTrustPreview *self)
{
  return self->no_longer_listed;
}

GPtrArray *
gs_trust_preview_get_problems (GsTrustPreview *self)
{
  return self->problems;
}

guint
gs_trust_preview_count (GsTrustPreview *self, GsTrustDecision decision)
{
  g_return_val_if_fail (decision <= GS_TRUST_KEY_NOT_ACCEPTED, 0);
  return self->counts[decision];
}

guint
gs_trust_preview_count_taken (GsTrustPreview *self)
{
  return self->counts[GS_TRUST_TAKEN] + self->counts[GS_TRUST_TAKEN_LINK];
}

guint
gs_trust_preview_count_crls (GsTrustPreview *self)
{
  guint count = 0;

  for (guint i = 0; i < self->crls->len; i++)
    count += ((GsTrustCrl *) self->crls->pdata[i])->decision == GS_TRUST_TAKEN;
  return count;
}
