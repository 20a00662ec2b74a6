/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-lds.h"

#include "gs-utopia-der.h"

#include <string.h>

/* Tag of a data group's file (Doc 9303-10, table 3). */
static const guint8 group_tags[] = { 0,    0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68,
                                     0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70 };

GBytes *
gs_utopia_lds_com (const guint8 *groups)
{
  g_autoptr (GByteArray) tags = g_byte_array_new ();

  for (; *groups != 0; groups++)
    g_byte_array_append (tags, &group_tags[*groups], 1);
  return gs_utopia_der_of (0x60, gs_utopia_der_text (0x5f01, "0107"),
                           gs_utopia_der_text (0x5f36, "040000"),
                           gs_utopia_der (0x5c, tags->data, tags->len), NULL);
}

GBytes *
gs_utopia_lds_dg1 (const char *mrz)
{
  return gs_utopia_der_of (0x61, gs_utopia_der_text (0x5f1f, mrz), NULL);
}

GBytes *
gs_utopia_lds_dg11 (const char *name, const char *birth)
{
  static const guint8 tags[] = { 0x5f, 0x0e, 0x5f, 0x2b };

  return gs_utopia_der_of (0x6b, gs_utopia_der (0x5c, tags, sizeof tags),
                           gs_utopia_der_text (0x5f0e, name), gs_utopia_der_text (0x5f2b, birth),
                           NULL);
}

GBytes *
gs_utopia_lds_dg14 (GBytes *infos)
{
  return gs_utopia_der_of (0x6e, infos, NULL);
}

GBytes *
gs_utopia_lds_dg15 (EVP_PKEY *key)
{
  return gs_utopia_der_of (0x6f, gs_utopia_key_public (key, GS_UTOPIA_FORM_NAMED), NULL);
}

GBytes *
gs_utopia_lds_sod (GBytes *content_info)
{
  return gs_utopia_der_of (0x77, content_info, NULL);
}

GBytes *
gs_utopia_lds_security_object (GBytes *digest,
                               const GsUtopiaGroupHash *groups,
                               guint n_groups,
                               gboolean version_1)
{
  GBytes *list = gs_utopia_der_none ();

  for (guint i = 0; i < n_groups; i++)
    list = gs_utopia_der_of (0, list,
                             gs_utopia_der_of (0x30, gs_utopia_der_integer (groups[i].number),
                                               gs_utopia_der_octets (g_bytes_ref (groups[i].hash)),
                                               NULL),
                             NULL);
  return gs_utopia_der_of (0x30, gs_utopia_der_integer (version_1 ? 1 : 0), digest,
                           gs_utopia_der_of (0x30, list, NULL),
                           version_1 ? gs_utopia_der_of (0x30, gs_utopia_der_text (0x13, "0108"),
                                                         gs_utopia_der_text (0x13, "040000"), NULL)
                                     : gs_utopia_der_none (),
                           NULL);
}

char *
gs_utopia_pace_oid (GsUtopiaMapping mapping, GsUtopiaCipher cipher)
{
  return g_strdup_printf ("0.4.0.127.0.7.2.2.4.%d.%d", mapping, cipher);
}

char *
gs_utopia_ca_oid (EVP_PKEY *key, GsUtopiaCipher cipher)
{
  return g_strdup_printf ("0.4.0.127.0.7.2.2.3.%d.%d", EVP_PKEY_is_a (key, "EC") ? 2 : 1, cipher);
}

GBytes *
gs_utopia_lds_pace_info (GsUtopiaMapping mapping, GsUtopiaCipher cipher, guint parameter_id)
{
  g_autofree char *oid = gs_utopia_pace_oid (mapping, cipher);

  return gs_utopia_der_of (0x30, gs_utopia_der_oid (oid), gs_utopia_der_integer (2),
                           gs_utopia_der_integer (parameter_id), NULL);
}

GBytes *
gs_utopia_lds_ca_info (EVP_PKEY *key, GsUtopiaCipher cipher, guint key_id)
{
  g_autofree char *oid = gs_utopia_ca_oid (key, cipher);

  return gs_utopia_der_of (0x30, gs_utopia_der_oid (oid), gs_utopia_der_integer (1),
                           key_id ? gs_utopia_der_integer (key_id) : gs_utopia_der_none (), NULL);
}

GBytes *
gs_utopia_lds_ca_public_key (EVP_PKEY *key, GsUtopiaKeyForm form, guint key_id)
{
  const char *oid = EVP_PKEY_is_a (key, "EC") ? "0.4.0.127.0.7.2.2.1.2" : "0.4.0.127.0.7.2.2.1.1";

  return gs_utopia_der_of (0x30, gs_utopia_der_oid (oid), gs_utopia_key_public (key, form),
                           key_id ? gs_utopia_der_integer (key_id) : gs_utopia_der_none (), NULL);
}

GBytes *
gs_utopia_lds_aa_info (void)
{
  return gs_utopia_der_of (0x30, gs_utopia_der_oid ("2.23.136.1.1.5"), gs_utopia_der_integer (1),
                           gs_utopia_der_oid ("0.4.0.127.0.7.1.1.4.1.3"), NULL);
}

GBytes *
gs_utopia_lds_infos (GPtrArray *parts)
{
  return gs_utopia_der_set (0x31, parts);
}
