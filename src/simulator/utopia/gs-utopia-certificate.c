/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-certificate.h"

#include "gs-utopia-der.h"

static GBytes *
name_part (const char *oid, guint32 string, const char *text)
{
  return gs_utopia_der_of (
    0x31, gs_utopia_der_of (0x30, gs_utopia_der_oid (oid), gs_utopia_der_text (string, text), NULL),
    NULL);
}

GBytes *
gs_utopia_name_der (const char *country, const char *common_name, gboolean other_order)
{
  GBytes *c = name_part ("2.5.4.6", other_order ? 0x0c : 0x13, country);
  GBytes *o = name_part ("2.5.4.10", 0x0c, "SPECIMEN");
  GBytes *ou = name_part ("2.5.4.11", 0x0c, "Specimen documents only");
  GBytes *cn = name_part ("2.5.4.3", 0x0c, common_name);

  return other_order ? gs_utopia_der_of (0x30, cn, ou, o, c, NULL)
                     : gs_utopia_der_of (0x30, c, o, ou, cn, NULL);
}

static GBytes *
extension (const char *oid, gboolean critical, GBytes *value)
{
  return gs_utopia_der_of (0x30, gs_utopia_der_oid (oid),
                           critical ? gs_utopia_der_true () : gs_utopia_der_none (),
                           gs_utopia_der_octets (value), NULL);
}

static GBytes *
key_usage (GsUtopiaRole role)
{
  /* keyCertSign and cRLSign, or digitalSignature (Doc 9303-12, table 5). */
  guint8 bits = role <= GS_UTOPIA_ROLE_LINK ? 0x06 : 0x80;

  return extension ("2.5.29.15", TRUE, gs_utopia_der_bits (&bits, 1, bits == 0x06 ? 1 : 7));
}

static GBytes *
usage_period (const GsUtopiaCertificate *self)
{
  return extension ("2.5.29.16", FALSE,
                    gs_utopia_der_of (0x30, gs_utopia_der_long_time (0x80, self->from_utc_s),
                                      gs_utopia_der_long_time (0x81, self->sign_to_utc_s), NULL));
}

/* Which documents the signer signs: passports (Doc 9303-12, 7.1.1.6). */
static GBytes *
document_types (void)
{
  return extension ("2.23.136.1.1.6.2", FALSE,
                    gs_utopia_der_of (0x30, gs_utopia_der_integer (0),
                                      gs_utopia_der_of (0x31, gs_utopia_der_text (0x13, "P"), NULL),
                                      NULL));
}

static GBytes *
role_extension (GsUtopiaRole role)
{
  if (role <= GS_UTOPIA_ROLE_LINK)
    return extension (
      "2.5.29.19", TRUE,
      gs_utopia_der_of (0x30, gs_utopia_der_true (), gs_utopia_der_integer (0), NULL));
  if (role == GS_UTOPIA_ROLE_LIST_SIGNER)
    return extension ("2.5.29.37", TRUE,
                      gs_utopia_der_of (0x30, gs_utopia_der_oid ("2.23.136.1.1.3"), NULL));
  return document_types ();
}

static GBytes *
extensions (const GsUtopiaCertificate *self)
{
  return gs_utopia_der_of (
    0xa3,
    gs_utopia_der_of (
      0x30,
      extension (
        "2.5.29.35", FALSE,
        gs_utopia_der_of (
          0x30, gs_utopia_der_of (0x80, gs_utopia_key_identifier (self->issuer_key), NULL), NULL)),
      extension ("2.5.29.14", FALSE, gs_utopia_der_octets (gs_utopia_key_identifier (self->key))),
      key_usage (self->role), usage_period (self), role_extension (self->role), NULL),
    NULL);
}

/* TBS and its signature. TBS is taken over. */
static GBytes *
finish (GBytes *tbs, GsUtopiaScheme scheme, EVP_PKEY *key, GError **error)
{
  g_autoptr (GBytes) signature = gs_utopia_scheme_sign (scheme, key, tbs, error);

  if (signature == NULL)
    {
      g_bytes_unref (tbs);
      return NULL;
    }
  return gs_utopia_der_of (
    0x30, tbs, gs_utopia_scheme_algorithm (scheme),
    gs_utopia_der_bits (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature), 0), NULL);
}

GBytes *
gs_utopia_certificate_new (const GsUtopiaCertificate *self, GError **error)
{
  GBytes *tbs = gs_utopia_der_of (
    0x30, gs_utopia_der_of (0xa0, gs_utopia_der_integer (2), NULL),
    gs_utopia_der_integer (self->serial), gs_utopia_scheme_algorithm (self->scheme),
    gs_utopia_name_der (self->country, self->issuer, FALSE),
    gs_utopia_der_of (0x30, gs_utopia_der_time (self->from_utc_s),
                      gs_utopia_der_time (self->to_utc_s), NULL),
    gs_utopia_name_der (self->country, self->subject, FALSE),
    gs_utopia_key_public (self->key, self->form), extensions (self), NULL);

  return finish (tbs, self->scheme, self->issuer_key, error);
}

static GBytes *
revoked_entries (const GsUtopiaCrl *self)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < self->n_revoked; i++)
    g_ptr_array_add (entries,
                     gs_utopia_der_of (0x30, gs_utopia_der_integer (self->revoked[i]),
                                       gs_utopia_der_time (self->this_update_utc_s), NULL));
  if (entries->len == 0)
    {
      g_ptr_array_unref (entries);
      return gs_utopia_der_none ();
    }
  return gs_utopia_der_set (0x30, entries);
}

GBytes *
gs_utopia_crl_new (const GsUtopiaCrl *self, GError **error)
{
  GBytes *identifier = extension (
    "2.5.29.35", FALSE,
    gs_utopia_der_of (
      0x30, gs_utopia_der_of (0x80, gs_utopia_key_identifier (self->issuer_key), NULL), NULL));
  GBytes *number = extension ("2.5.29.20", FALSE, gs_utopia_der_integer (self->number));
  GBytes *tbs = gs_utopia_der_of (
    0x30, gs_utopia_der_integer (1), gs_utopia_scheme_algorithm (self->scheme),
    gs_utopia_name_der (self->country, self->issuer, FALSE),
    gs_utopia_der_time (self->this_update_utc_s), gs_utopia_der_time (self->next_update_utc_s),
    revoked_entries (self),
    gs_utopia_der_of (0xa0, gs_utopia_der_of (0x30, identifier, number, NULL), NULL), NULL);

  return finish (tbs, self->scheme, self->issuer_key, error);
}
