/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-master-list.h"

#include "gs-csca-chain.h"
#include "gs-emrtd-error.h"
#include "gs-time.h"
#include "gs-tlv.h"

#include <gio/gio.h>
#include <string.h>

struct _GsMasterList
{
  GPtrArray *certificates;
  guint n_entries;
  guint n_unreadable;
  gboolean is_signed;
  GsSignatureState signature;
  GsCertificate *signer;
  GsCertificate *authority;
  gint64 signing_time_utc_ms;
};

/* CscaMasterList ::= SEQUENCE { version INTEGER, certList SET OF Certificate } */
static gboolean
read_list (GsMasterList *self,
           GBytes *content,
           GsMasterListProgress progress,
           gpointer user_data,
           GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  GsTlvReader reader = { 0 }, inner;
  GsTlv element;

  if (!gs_tlv_read_only (data, size, FALSE, &element, error))
    return FALSE;
  if (element.tag != GS_TLV_SEQUENCE)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "The bytes are no master list");
      return FALSE;
    }
  gs_tlv_reader_enter (&reader, &reader, &element);
  if (!gs_tlv_read_tag (&reader, GS_TLV_INTEGER, &element, error)
      || !gs_tlv_read_tag (&reader, GS_TLV_SET, &element, error))
    return FALSE;
  gs_tlv_reader_enter (&inner, &reader, &element);
  while (!gs_tlv_reader_at_end (&inner))
    {
      g_autoptr (GBytes) der = NULL;
      g_autoptr (GsCertificate) certificate = NULL;

      if (!gs_tlv_read (&inner, &element, error))
        return FALSE;
      der = g_bytes_new (element.whole, element.whole_length);
      certificate = gs_certificate_new (der, NULL);
      self->n_entries++;
      if (certificate == NULL)
        self->n_unreadable++;
      else if (g_hash_table_add (seen, (gpointer) gs_certificate_get_fingerprint (certificate)))
        g_ptr_array_add (self->certificates, g_steal_pointer (&certificate));
      if (progress != NULL && !progress (inner.at, inner.size, user_data))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The reading was ended");
          return FALSE;
        }
    }
  return TRUE;
}

/* The authority of the list's signer, for the administrator who compares its fingerprint. */
static void
find_authority (GsMasterList *self, GPtrArray *came_with)
{
  g_autoptr (GsAnchorSet) candidates = gs_anchor_set_new ();
  GPtrArray *both[] = { came_with, self->certificates };
  GsCscaChain chain;

  for (guint k = 0; k < G_N_ELEMENTS (both); k++)
    for (guint i = 0; i < both[k]->len; i++)
      gs_anchor_set_add (candidates, both[k]->pdata[i], "the list");
  gs_csca_chain_search (self->signer, candidates, self->signing_time_utc_ms, &chain);
  if (chain.state == GS_CHAIN_TRUSTED)
    self->authority = gs_certificate_ref (gs_anchor_get_certificate (chain.anchor));
}

static GBytes *
open_signed (GsMasterList *self, GsSignedData *signed_data, GError **error)
{
  if (strcmp (gs_signed_data_get_content_type (signed_data), GS_CONTENT_TYPE_MASTER_LIST) != 0)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                   "The signed data are no master list but %s",
                   gs_signed_data_get_content_type (signed_data));
      return NULL;
    }
  self->is_signed = TRUE;
  self->signature = gs_signed_data_verify (signed_data, NULL);
  self->signer = gs_signed_data_find_signer (signed_data, NULL, NULL);
  self->signing_time_utc_ms = gs_signed_data_get_signing_time_utc_ms (signed_data);
  return g_bytes_ref (gs_signed_data_get_content (signed_data));
}

/* Signed data begin with an object identifier, a bare list with its version. */
static gboolean
begins_with (const guint8 *data, gsize size, GsTlvTag first, GsTlvTag second)
{
  GsTlvReader reader = { 0 };
  GsTlv element;

  if (!gs_tlv_read_only (data, size, FALSE, &element, NULL) || element.tag != GS_TLV_SEQUENCE)
    return FALSE;
  gs_tlv_reader_enter (&reader, &reader, &element);
  return gs_tlv_read_tag (&reader, first, &element, NULL) && gs_tlv_next_is (&reader, second);
}

gboolean
gs_master_list_looks_like (const guint8 *data, gsize size)
{
  return begins_with (data, size, GS_TLV_OID, 0xa0)
         || begins_with (data, size, GS_TLV_INTEGER, GS_TLV_SET);
}

GsMasterList *
gs_master_list_new (GBytes *data, GsMasterListProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (GsMasterList) self = g_new0 (GsMasterList, 1);
  g_autoptr (GsSignedData) signed_data = NULL;
  g_autoptr (GBytes) content = NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_certificate_unref);
  self->signature = GS_SIGNATURE_NO_SIGNER;
  self->signing_time_utc_ms = GS_TIME_UNKNOWN;
  if (begins_with (bytes, size, GS_TLV_OID, 0xa0))
    {
      signed_data = gs_signed_data_new (bytes, size, error);
      content = signed_data != NULL ? open_signed (self, signed_data, error) : NULL;
      if (content == NULL)
        return NULL;
    }
  else
    content = g_bytes_ref (data);
  if (!read_list (self, content, progress, user_data, error))
    return NULL;
  if (self->signer != NULL)
    find_authority (self, gs_signed_data_get_certificates (signed_data));
  return g_steal_pointer (&self);
}

void
gs_master_list_free (GsMasterList *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  gs_certificate_unref (self->signer);
  gs_certificate_unref (self->authority);
  g_free (self);
}

GPtrArray *
gs_master_list_get_certificates (GsMasterList *self)
{
  return self->certificates;
}

guint
gs_master_list_get_n_entries (GsMasterList *self)
{
  return self->n_entries;
}

guint
gs_master_list_get_n_unreadable (GsMasterList *self)
{
  return self->n_unreadable;
}

gboolean
gs_master_list_is_signed (GsMasterList *self)
{
  return self->is_signed;
}

GsSignatureState
gs_master_list_get_signature (GsMasterList *self)
{
  return self->signature;
}

GsCertificate *
gs_master_list_get_signer (GsMasterList *self)
{
  return self->signer;
}

GsCertificate *
gs_master_list_get_authority (GsMasterList *self)
{
  return self->authority;
}

gint64
gs_master_list_get_signing_time_utc_ms (GsMasterList *self)
{
  return self->signing_time_utc_ms;
}
