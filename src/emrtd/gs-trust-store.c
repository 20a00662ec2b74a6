/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-store.h"

#include "gs-emrtd-error.h"

#include <openssl/evp.h>
#include <string.h>

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define MAGIC "GSTRUSL1"
#else
#define MAGIC "GSTRUSB1"
#endif
#define MAGIC_SIZE 8
#define DIGEST_SIZE 32
#define HEADER_SIZE (MAGIC_SIZE + DIGEST_SIZE)

/* fingerprint, country, subject, key, signature, subject key id, not before, not after, source,
 * imported, reason, certificate */
#define ENTRY "(sssssayxxsxyay)"
#define CONTENT "(a" ENTRY "aayas)"

struct _GsTrustStore
{
  char *path;
  GVariant *content; /* what the strings of the entries of the file point into */
  GStringChunk *strings;
  GPtrArray *entries; /* GsTrustEntry */
  GHashTable *by_fingerprint;
  GPtrArray *revocation_lists;
  GHashTable *confirmed;
};

static void
entry_free (gpointer data)
{
  GsTrustEntry *entry = data;

  g_clear_pointer (&entry->subject_key_id, g_bytes_unref);
  g_clear_pointer (&entry->der, g_bytes_unref);
  g_free (entry);
}

static gboolean
damaged (GError **error, const char *path, const char *why)
{
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_STORAGE, "%s: %s", path, why);
  return FALSE;
}

static GBytes *
take_bytes (GVariant *variant)
{
  GBytes *bytes = g_variant_get_size (variant) > 0 ? g_variant_get_data_as_bytes (variant) : NULL;

  g_variant_unref (variant);
  return bytes;
}

static void
read_entry (GsTrustStore *self, GVariant *row)
{
  GsTrustEntry *entry = g_new0 (GsTrustEntry, 1);
  GVariant *key_id, *der;
  guchar reason;

  g_variant_get (row, "(&s&s&s&s&s@ayxx&sxy@ay)", &entry->fingerprint, &entry->country,
                 &entry->subject, &entry->key, &entry->signature, &key_id,
                 &entry->not_before_utc_ms, &entry->not_after_utc_ms, &entry->source,
                 &entry->imported_utc_ms, &reason, &der);
  entry->reason = (GsTrustReason) CLAMP (reason, GS_TRUST_BY_LIST, GS_TRUST_BY_LINK);
  entry->subject_key_id = take_bytes (key_id);
  entry->der = take_bytes (der);
  if (entry->der == NULL)
    {
      entry_free (entry);
      return;
    }
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_fingerprint, (gpointer) entry->fingerprint, entry);
}

static void
read_rest (GsTrustStore *self)
{
  g_autoptr (GVariant) lists = g_variant_get_child_value (self->content, 1);
  g_autoptr (GVariant) confirmed = g_variant_get_child_value (self->content, 2);
  GVariantIter iter;
  GVariant *child;
  const char *fingerprint;

  g_variant_iter_init (&iter, lists);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GBytes) der = take_bytes (child);
      GsRevocationList *list = der != NULL ? gs_revocation_list_new (der, NULL) : NULL;

      if (list != NULL)
        g_ptr_array_add (self->revocation_lists, list);
    }
  g_variant_iter_init (&iter, confirmed);
  while (g_variant_iter_next (&iter, "&s", &fingerprint))
    g_hash_table_add (self->confirmed, g_strdup (fingerprint));
}

static gboolean
read_content (GsTrustStore *self, GBytes *file, GError **error)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GVariant) rows = NULL;
  guint8 digest[EVP_MAX_MD_SIZE];
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  if (size < HEADER_SIZE || memcmp (data, MAGIC, MAGIC_SIZE) != 0)
    return damaged (error, self->path, "not a trust store");
  if (EVP_Digest (data + HEADER_SIZE, size - HEADER_SIZE, digest, NULL, EVP_sha256 (), NULL) != 1
      || memcmp (digest, data + MAGIC_SIZE, DIGEST_SIZE) != 0)
    return damaged (error, self->path, "the trust store is damaged");
  body = g_bytes_new_from_bytes (file, HEADER_SIZE, size - HEADER_SIZE);
  self->content =
    g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (CONTENT), body, FALSE));
  rows = g_variant_get_child_value (self->content, 0);
  for (gsize i = 0, n = g_variant_n_children (rows); i < n; i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);

      read_entry (self, row);
    }
  read_rest (self);
  return TRUE;
}

GsTrustStore *
gs_trust_store_open (const char *path, GError **error)
{
  g_autoptr (GsTrustStore) self = g_new0 (GsTrustStore, 1);
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, &open_error);
  g_autoptr (GBytes) file = NULL;

  self->path = g_strdup (path);
  self->strings = g_string_chunk_new (4096);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_fingerprint = g_hash_table_new (g_str_hash, g_str_equal);
  self->revocation_lists =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_revocation_list_unref);
  self->confirmed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (mapped == NULL && g_error_matches (open_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&self);
  if (mapped == NULL)
    {
      damaged (error, path, open_error->message);
      return NULL;
    }
  file = g_mapped_file_get_bytes (mapped);
  return read_content (self, file, error) ? g_steal_pointer (&self) : NULL;
}

void
gs_trust_store_free (GsTrustStore *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_fingerprint);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->revocation_lists);
  g_hash_table_unref (self->confirmed);
  g_clear_pointer (&self->content, g_variant_unref);
  g_string_chunk_free (self->strings);
  g_free (self->path);
  g_free (self);
}

static GVariant *
bytes_to_variant (GBytes *bytes)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes != NULL ? bytes : empty, TRUE);
}

static GVariant *
make_content (GsTrustStore *self)
{
  GVariantBuilder entries, lists, confirmed;
  GHashTableIter iter;
  gpointer fingerprint;

  g_variant_builder_init (&entries, G_VARIANT_TYPE ("a" ENTRY));
  g_variant_builder_init (&lists, G_VARIANT_TYPE ("aay"));
  g_variant_builder_init (&confirmed, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < self->entries->len; i++)
    {
      const GsTrustEntry *entry = self->entries->pdata[i];

      g_variant_builder_add (&entries, "(sssss@ayxxsxy@ay)", entry->fingerprint, entry->country,
                             entry->subject, entry->key, entry->signature,
                             bytes_to_variant (entry->subject_key_id), entry->not_before_utc_ms,
                             entry->not_after_utc_ms, entry->source, entry->imported_utc_ms,
                             (guchar) entry->reason, bytes_to_variant (entry->der));
    }
  for (guint i = 0; i < self->revocation_lists->len; i++)
    g_variant_builder_add_value (
      &lists, bytes_to_variant (gs_revocation_list_get_der (self->revocation_lists->pdata[i])));
  g_hash_table_iter_init (&iter, self->confirmed);
  while (g_hash_table_iter_next (&iter, &fingerprint, NULL))
    g_variant_builder_add (&confirmed, "s", fingerprint);
  return g_variant_ref_sink (g_variant_new ("(a" ENTRY "aayas)", &entries, &lists, &confirmed));
}

gboolean
gs_trust_store_save_to (GsTrustStore *self, const char *path, GError **error)
{
  g_autoptr (GVariant) content = make_content (self);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) write_error = NULL;
  guint8 digest[EVP_MAX_MD_SIZE];
  gsize size = g_variant_get_size (content);

  if (size > G_MAXINT32)
    return damaged (error, path, "the trust store would be too large");
  if (EVP_Digest (g_variant_get_data (content), size, digest, NULL, EVP_sha256 (), NULL) != 1)
    return damaged (error, path, "the checksum cannot be calculated");
  g_byte_array_append (file, (const guint8 *) MAGIC, MAGIC_SIZE);
  g_byte_array_append (file, digest, DIGEST_SIZE);
  g_byte_array_append (file, g_variant_get_data (content), (guint) size);
  if (g_file_set_contents_full (path, (const char *) file->data, file->len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                &write_error))
    return TRUE;
  return damaged (error, path, write_error->message);
}

gboolean
gs_trust_store_save (GsTrustStore *self, GError **error)
{
  return gs_trust_store_save_to (self, self->path, error);
}

guint
gs_trust_store_get_n_entries (GsTrustStore *self)
{
  return self->entries->len;
}

const GsTrustEntry *
gs_trust_store_get_entry (GsTrustStore *self, guint index)
{
  return g_ptr_array_index (self->entries, index);
}

const GsTrustEntry *
gs_trust_store_find (GsTrustStore *self, const char *fingerprint)
{
  return g_hash_table_lookup (self->by_fingerprint, fingerprint);
}

void
gs_trust_store_add_anchors (GsTrustStore *self, GsAnchorSet *anchors)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const GsTrustEntry *entry = self->entries->pdata[i];

      gs_anchor_set_add_lazy (anchors, entry->der, entry->fingerprint, entry->country,
                              entry->subject_key_id, entry->source);
    }
}

GPtrArray *
gs_trust_store_get_revocation_lists (GsTrustStore *self)
{
  return self->revocation_lists;
}

gboolean
gs_trust_store_is_confirmed (GsTrustStore *self, const char *fingerprint)
{
  return g_hash_table_contains (self->confirmed, fingerprint);
}

static const char *
keep (GsTrustStore *self, char *text)
{
  const char *kept = g_string_chunk_insert (self->strings, text);

  g_free (text);
  return kept;
}

void
gs_trust_store_add (GsTrustStore *self,
                    GsCertificate *certificate,
                    const char *source,
                    GsTrustReason reason,
                    gint64 now_utc_ms)
{
  GBytes *key_id = gs_certificate_get_subject_key_id (certificate);
  GsTrustEntry *entry;

  if (gs_trust_store_find (self, gs_certificate_get_fingerprint (certificate)) != NULL)
    return;
  entry = g_new0 (GsTrustEntry, 1);
  entry->fingerprint = keep (self, g_strdup (gs_certificate_get_fingerprint (certificate)));
  entry->country = keep (self, g_strdup (gs_certificate_get_country (certificate)));
  entry->subject = keep (self, gs_certificate_describe_subject (certificate));
  entry->key = keep (self, gs_certificate_describe_key (certificate));
  entry->signature = keep (self, gs_certificate_describe_signature (certificate));
  entry->source = keep (self, g_utf8_make_valid (source, -1));
  entry->not_before_utc_ms = gs_certificate_get_not_before_utc_ms (certificate);
  entry->not_after_utc_ms = gs_certificate_get_not_after_utc_ms (certificate);
  entry->imported_utc_ms = now_utc_ms;
  entry->reason = reason;
  entry->subject_key_id = key_id != NULL ? g_bytes_ref (key_id) : NULL;
  entry->der = g_bytes_ref (gs_certificate_get_der (certificate));
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_fingerprint, (gpointer) entry->fingerprint, entry);
}

gboolean
gs_trust_store_remove (GsTrustStore *self, const char *fingerprint)
{
  GsTrustEntry *entry = g_hash_table_lookup (self->by_fingerprint, fingerprint);

  if (entry == NULL)
    return FALSE;
  g_hash_table_remove (self->by_fingerprint, fingerprint);
  return g_ptr_array_remove (self->entries, entry);
}

void
gs_trust_store_confirm (GsTrustStore *self, const char *fingerprint)
{
  g_hash_table_add (self->confirmed, g_strdup (fingerprint));
}

gboolean
gs_trust_store_add_revocation_list (GsTrustStore *self, GsRevocationList *list)
{
  for (guint i = 0; i < self->revocation_lists->len; i++)
    {
      GsRevocationList *other = self->revocation_lists->pdata[i];

      if (!gs_revocation_list_is_same_series (other, list))
        continue;
      if (gs_revocation_list_get_this_update_utc_ms (other)
          >= gs_revocation_list_get_this_update_utc_ms (list))
        return FALSE;
      g_ptr_array_remove_index (self->revocation_lists, i);
      break;
    }
  g_ptr_array_add (self->revocation_lists, gs_revocation_list_ref (list));
  return TRUE;
}

const char *
gs_trust_reason_to_word (GsTrustReason reason)
{
  switch (reason)
    {
    case GS_TRUST_BY_LIST:
      return "master-list";
    case GS_TRUST_BY_CONFIRMATION:
      return "confirmed";
    case GS_TRUST_BY_LINK:
      break;
    }
  return "link";
}
