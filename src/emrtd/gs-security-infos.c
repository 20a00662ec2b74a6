/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-security-infos.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <string.h>

/* Below bsi-de (0.4.0.127.0.7): protocols of TR-03110. */
#define OID_PACE "0.4.0.127.0.7.2.2.4."
#define OID_CHIP_KEY_DH "0.4.0.127.0.7.2.2.1.1"
#define OID_CHIP_KEY_ECDH "0.4.0.127.0.7.2.2.1.2"
#define OID_CHIP_DH "0.4.0.127.0.7.2.2.3.1."
#define OID_CHIP_ECDH "0.4.0.127.0.7.2.2.3.2."
#define OID_ACTIVE_AUTHENTICATION "2.23.136.1.1.5"

#define MAX_INFOS 64
#define TAG_DG14 0x6E

/* The first and the optional second value of a SecurityInfo. */
typedef struct
{
  GsTlv first;
  GsTlv second;
  gboolean has_first;
  gboolean has_second;
} Values;

static void
pace_info_free (gpointer data)
{
  GsPaceInfo *info = data;

  g_free (info->oid);
  g_free (info);
}

static void
chip_info_free (gpointer data)
{
  GsChipAuthenticationInfo *info = data;

  g_free (info->oid);
  g_free (info);
}

static void
chip_key_free (gpointer data)
{
  GsChipAuthenticationKey *key = data;

  g_bytes_unref (key->public_key);
  g_free (key);
}

void
gs_security_infos_free (GsSecurityInfos *self)
{
  g_ptr_array_unref (self->pace);
  g_ptr_array_unref (self->chip);
  g_ptr_array_unref (self->chip_keys);
  g_free (self->active_algorithm);
  g_free (self);
}

/* The last arc of a protocol's name is its cipher, 1 to 4. */
static gboolean
cipher_from_arc (const char *arc, GsChipCipher *cipher)
{
  if (arc[0] < '1' || arc[0] > '4' || arc[1] != '\0')
    return FALSE;
  *cipher = GS_CHIP_CIPHER_3DES + (arc[0] - '1');
  return TRUE;
}

static gboolean
optional_id (const Values *values, int *id, GError **error)
{
  guint number;

  *id = GS_SECURITY_NO_ID;
  if (!values->has_second)
    return TRUE;
  if (!gs_tlv_get_uint (&values->second, &number, error))
    return FALSE;
  *id = (int) number;
  return TRUE;
}

static gboolean
add_pace (GsSecurityInfos *self, const char *oid, const Values *values, GError **error)
{
  static const struct
  {
    GsPaceMapping mapping;
    gboolean elliptic;
  } kinds[] = { { GS_PACE_MAPPING_GENERIC, FALSE },
                { GS_PACE_MAPPING_GENERIC, TRUE },
                { GS_PACE_MAPPING_INTEGRATED, FALSE },
                { GS_PACE_MAPPING_INTEGRATED, TRUE },
                { 0, FALSE },
                { GS_PACE_MAPPING_CHIP_AUTHENTICATION, TRUE } };
  const char *kind = oid + strlen (OID_PACE);
  GsChipCipher cipher;

  /* A name of one arc less is PACEDomainParameterInfo: own parameters, which ICAO forbids. */
  if (kind[0] < '1' || kind[0] > '6' || kind[1] != '.' || !cipher_from_arc (kind + 2, &cipher)
      || kinds[kind[0] - '1'].mapping == 0)
    {
      self->n_unknown++;
      return TRUE;
    }
  GsPaceInfo *info = g_new0 (GsPaceInfo, 1);
  g_ptr_array_add (self->pace, info);
  info->oid = g_strdup (oid);
  info->mapping = kinds[kind[0] - '1'].mapping;
  info->elliptic = kinds[kind[0] - '1'].elliptic;
  info->cipher = cipher;
  return values->has_first && gs_tlv_get_uint (&values->first, &info->version, error)
         && optional_id (values, &info->parameter_id, error);
}

static gboolean
add_chip (
  GsSecurityInfos *self, const char *oid, gboolean elliptic, const Values *values, GError **error)
{
  GsChipCipher cipher;

  if (!cipher_from_arc (strrchr (oid, '.') + 1, &cipher)
      || strlen (oid) != strlen (OID_CHIP_ECDH) + 1)
    {
      self->n_unknown++;
      return TRUE;
    }
  GsChipAuthenticationInfo *info = g_new0 (GsChipAuthenticationInfo, 1);
  g_ptr_array_add (self->chip, info);
  info->oid = g_strdup (oid);
  info->elliptic = elliptic;
  info->cipher = cipher;
  return values->has_first && gs_tlv_get_uint (&values->first, &info->version, error)
         && optional_id (values, &info->key_id, error);
}

static gboolean
add_chip_key (GsSecurityInfos *self, gboolean elliptic, const Values *values, GError **error)
{
  int id;

  if (!values->has_first || values->first.tag != GS_TLV_SEQUENCE)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the chip's public key is no SubjectPublicKeyInfo");
      return FALSE;
    }
  if (!optional_id (values, &id, error))
    return FALSE;
  GsChipAuthenticationKey *key = g_new0 (GsChipAuthenticationKey, 1);
  key->elliptic = elliptic;
  key->key_id = id;
  key->public_key = g_bytes_new (values->first.whole, values->first.whole_length);
  g_ptr_array_add (self->chip_keys, key);
  return TRUE;
}

static gboolean
add_info (GsSecurityInfos *self, const char *oid, const Values *values, GError **error)
{
  if (g_str_has_prefix (oid, OID_PACE))
    return add_pace (self, oid, values, error);
  if (g_str_equal (oid, OID_CHIP_KEY_DH) || g_str_equal (oid, OID_CHIP_KEY_ECDH))
    return add_chip_key (self, g_str_equal (oid, OID_CHIP_KEY_ECDH), values, error);
  if (g_str_has_prefix (oid, OID_CHIP_DH) || g_str_has_prefix (oid, OID_CHIP_ECDH))
    return add_chip (self, oid, g_str_has_prefix (oid, OID_CHIP_ECDH), values, error);
  if (g_str_equal (oid, OID_ACTIVE_AUTHENTICATION))
    {
      g_free (self->active_algorithm);
      self->active_algorithm = values->has_second ? gs_tlv_get_oid (&values->second, error) : NULL;
      return self->active_algorithm != NULL || !values->has_second;
    }
  self->n_unknown++;
  return TRUE;
}

static gboolean
read_info (GsSecurityInfos *self, const GsTlvReader *parent, const GsTlv *info, GError **error)
{
  GsTlvReader reader;
  GsTlv name;
  Values values = { 0 };

  gs_tlv_reader_enter (&reader, parent, info);
  if (!gs_tlv_read_tag (&reader, GS_TLV_OID, &name, error))
    return FALSE;
  if (!gs_tlv_reader_at_end (&reader))
    {
      if (!gs_tlv_read (&reader, &values.first, error))
        return FALSE;
      values.has_first = TRUE;
    }
  if (!gs_tlv_reader_at_end (&reader))
    {
      if (!gs_tlv_read (&reader, &values.second, error))
        return FALSE;
      values.has_second = TRUE;
    }
  g_autofree char *oid = gs_tlv_get_oid (&name, error);
  if (oid == NULL)
    return FALSE;
  if (add_info (self, oid, &values, error))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, "%s lacks its version", oid);
  return FALSE;
}

static gboolean
read_infos (GsSecurityInfos *self, const GsTlv *set, GError **error)
{
  GsTlvReader outer, reader;
  GsTlv info;

  if (set->tag != GS_TLV_SET)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the security infos are no set");
      return FALSE;
    }
  gs_tlv_reader_init (&outer, set->whole, set->whole_length);
  gs_tlv_reader_enter (&reader, &outer, set);
  for (guint i = 0; !gs_tlv_reader_at_end (&reader); i++)
    {
      if (i == MAX_INFOS)
        {
          g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT, "more than %d security infos",
                       MAX_INFOS);
          return FALSE;
        }
      if (!gs_tlv_read_tag (&reader, GS_TLV_SEQUENCE, &info, error)
          || !read_info (self, &reader, &info, error))
        return FALSE;
    }
  return TRUE;
}

GsSecurityInfos *
gs_security_infos_parse (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GsSecurityInfos) self = g_new0 (GsSecurityInfos, 1);
  GsTlv set;

  self->pace = g_ptr_array_new_with_free_func (pace_info_free);
  self->chip = g_ptr_array_new_with_free_func (chip_info_free);
  self->chip_keys = g_ptr_array_new_with_free_func (chip_key_free);
  if (!gs_tlv_read_only (data, size, TRUE, &set, error) || !read_infos (self, &set, error))
    return NULL;
  return g_steal_pointer (&self);
}

GsSecurityInfos *
gs_security_infos_parse_dg14 (GBytes *dg14, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (dg14, &size);
  GsTlv file;

  if (!gs_tlv_read_only (bytes, size, TRUE, &file, error))
    return NULL;
  if (file.tag != TAG_DG14)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED, "DG14 has the tag %X",
                   file.tag);
      return NULL;
    }
  return gs_security_infos_parse (file.value, file.length, error);
}

static guint
pace_rank (const GsPaceInfo *info)
{
  static const guint mappings[] = { 0, 3, 1, 2 }; /* by GsPaceMapping */

  /* DH groups and chip-authentication mapping with 3DES do not exist among passports. */
  if (!info->elliptic || info->version != 2 || info->parameter_id == GS_SECURITY_NO_ID)
    return 0;
  return mappings[info->mapping] * 8 + info->cipher;
}

const GsPaceInfo *
gs_security_infos_choose_pace (const GsSecurityInfos *self)
{
  const GsPaceInfo *best = NULL;

  for (guint i = 0; i < self->pace->len; i++)
    {
      const GsPaceInfo *info = g_ptr_array_index (self->pace, i);
      if (pace_rank (info) > (best != NULL ? pace_rank (best) : 0))
        best = info;
    }
  return best;
}

static const GsChipAuthenticationInfo *
info_for_key (const GsSecurityInfos *self, const GsChipAuthenticationKey *key)
{
  const GsChipAuthenticationInfo *best = NULL;

  for (guint i = 0; i < self->chip->len; i++)
    {
      const GsChipAuthenticationInfo *info = g_ptr_array_index (self->chip, i);
      if (info->elliptic == key->elliptic && info->key_id == key->key_id
          && (best == NULL || info->cipher > best->cipher))
        best = info;
    }
  return best;
}

gboolean
gs_security_infos_choose_chip (const GsSecurityInfos *self,
                               const GsChipAuthenticationInfo **info,
                               const GsChipAuthenticationKey **key)
{
  guint best_rank = 0;

  *info = NULL;
  *key = NULL;
  for (guint i = 0; i < self->chip_keys->len; i++)
    {
      const GsChipAuthenticationKey *candidate = g_ptr_array_index (self->chip_keys, i);
      const GsChipAuthenticationInfo *with = info_for_key (self, candidate);
      guint rank = 1 + (candidate->elliptic ? 8 : 0) + (with != NULL ? with->cipher : 0);
      if (rank > best_rank)
        {
          best_rank = rank;
          *key = candidate;
          *info = with;
        }
    }
  return *key != NULL;
}
