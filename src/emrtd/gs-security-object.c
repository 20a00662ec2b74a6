/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-security-object.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>

#define TAG_SECURITY_OBJECT 0x77

struct _GsSecurityObject
{
  GBytes *file;
  GsSignedData *signed_data;
  gboolean has_wrapper;
  guint version;
  char *lds_version;
  char *unicode_version;
  int hash;
  GBytes *hashes[GS_N_DATA_GROUPS + 1];
};

GsSecurityObject *
gs_security_object_new (GBytes *file, GError **error)
{
  g_autoptr (GsSecurityObject) self = g_new0 (GsSecurityObject, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  GsTlv element;

  self->file = g_bytes_ref (file);
  if (!gs_tlv_read_only (data, size, TRUE, &element, error))
    return NULL;
  if (element.tag == TAG_SECURITY_OBJECT)
    {
      self->has_wrapper = TRUE;
      data = element.value;
      size = element.length;
      if (!gs_tlv_read_only (data, size, FALSE, &element, error))
        return NULL;
    }
  self->signed_data = gs_signed_data_new (element.whole, element.whole_length, error);
  return self->signed_data != NULL ? g_steal_pointer (&self) : NULL;
}

void
gs_security_object_free (GsSecurityObject *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->file, g_bytes_unref);
  g_clear_pointer (&self->signed_data, gs_signed_data_free);
  g_free (self->lds_version);
  g_free (self->unicode_version);
  for (guint i = 0; i <= GS_N_DATA_GROUPS; i++)
    g_clear_pointer (&self->hashes[i], g_bytes_unref);
  g_free (self);
}

GBytes *
gs_security_object_get_file (GsSecurityObject *self)
{
  return self->file;
}

GsSignedData *
gs_security_object_get_signed_data (GsSecurityObject *self)
{
  return self->signed_data;
}

gboolean
gs_security_object_has_wrapper (GsSecurityObject *self)
{
  return self->has_wrapper;
}

static gboolean
read_hash_algorithm (GsSecurityObject *self, GsTlvReader *reader, GError **error)
{
  g_autofree char *oid = NULL;
  GsTlvReader inner;
  GsTlv element;

  if (!gs_tlv_read_tag (reader, GS_TLV_SEQUENCE, &element, error))
    return FALSE;
  gs_tlv_reader_enter (&inner, reader, &element);
  if (!gs_tlv_read_tag (&inner, GS_TLV_OID, &element, error))
    return FALSE;
  oid = gs_tlv_get_oid (&element, error);
  if (oid == NULL)
    return FALSE;
  self->hash = OBJ_txt2nid (oid);
  ERR_clear_error ();
  if (self->hash != NID_undef && EVP_get_digestbynid (self->hash) != NULL)
    return TRUE;
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED,
               "The hash %s of the data groups is not known", oid);
  return FALSE;
}

static gboolean
read_group (GsSecurityObject *self, GsTlvReader *reader, GError **error)
{
  GsTlvReader inner;
  GsTlv element;
  guint number;

  if (!gs_tlv_read_tag (reader, GS_TLV_SEQUENCE, &element, error))
    return FALSE;
  gs_tlv_reader_enter (&inner, reader, &element);
  if (!gs_tlv_read_tag (&inner, GS_TLV_INTEGER, &element, error)
      || !gs_tlv_get_uint (&element, &number, error)
      || !gs_tlv_read_tag (&inner, GS_TLV_OCTET_STRING, &element, error))
    return FALSE;
  if (number < 1 || number > GS_N_DATA_GROUPS || self->hashes[number] != NULL)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                   "Data group %u is named twice or cannot be", number);
      return FALSE;
    }
  self->hashes[number] = g_bytes_new (element.value, element.length);
  return TRUE;
}

static gboolean
read_lds_version (GsSecurityObject *self, GsTlvReader *reader, GError **error)
{
  GsTlvReader inner;
  GsTlv lds, unicode;

  if (!gs_tlv_read_tag (reader, GS_TLV_SEQUENCE, &lds, error))
    return FALSE;
  gs_tlv_reader_enter (&inner, reader, &lds);
  if (!gs_tlv_read (&inner, &lds, error) || !gs_tlv_read (&inner, &unicode, error))
    return FALSE;
  self->lds_version = g_utf8_make_valid ((const char *) lds.value, (gssize) lds.length);
  self->unicode_version = g_utf8_make_valid ((const char *) unicode.value, (gssize) unicode.length);
  return TRUE;
}

gboolean
gs_security_object_read_content (GsSecurityObject *self, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (gs_signed_data_get_content (self->signed_data), &size);
  GsTlvReader reader = { 0 }, inner;
  GsTlv element;

  if (!gs_tlv_read_only (data, size, FALSE, &element, error))
    return FALSE;
  if (element.tag != GS_TLV_SEQUENCE)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "The content is no LDS security object");
      return FALSE;
    }
  gs_tlv_reader_enter (&reader, &reader, &element);
  if (!gs_tlv_read_tag (&reader, GS_TLV_INTEGER, &element, error)
      || !gs_tlv_get_uint (&element, &self->version, error))
    return FALSE;
  if (self->version > 1)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED,
                   "Version %u of the LDS security object is not known", self->version);
      return FALSE;
    }
  if (!read_hash_algorithm (self, &reader, error)
      || !gs_tlv_read_tag (&reader, GS_TLV_SEQUENCE, &element, error))
    return FALSE;
  gs_tlv_reader_enter (&inner, &reader, &element);
  while (!gs_tlv_reader_at_end (&inner))
    if (!read_group (self, &inner, error))
      return FALSE;
  return self->version == 0 || gs_tlv_reader_at_end (&reader)
         || read_lds_version (self, &reader, error);
}

guint
gs_security_object_get_version (GsSecurityObject *self)
{
  return self->version;
}

const char *
gs_security_object_get_lds_version (GsSecurityObject *self)
{
  return self->lds_version;
}

const char *
gs_security_object_get_unicode_version (GsSecurityObject *self)
{
  return self->unicode_version;
}

int
gs_security_object_get_hash (GsSecurityObject *self)
{
  return self->hash;
}

GBytes *
gs_security_object_get_group_hash (GsSecurityObject *self, guint number)
{
  return number >= 1 && number <= GS_N_DATA_GROUPS ? self->hashes[number] : NULL;
}

GBytes *
gs_security_object_hash_file (GsSecurityObject *self, GBytes *file, GError **error)
{
  const EVP_MD *digest = EVP_get_digestbynid (self->hash);
  guint8 value[EVP_MAX_MD_SIZE];
  unsigned int length = 0;

  if (digest == NULL
      || EVP_Digest (g_bytes_get_data (file, NULL), g_bytes_get_size (file), value, &length, digest,
                     NULL)
           != 1)
    {
      ERR_clear_error ();
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO,
                           "The hash cannot be calculated");
      return NULL;
    }
  return g_bytes_new (value, length);
}
