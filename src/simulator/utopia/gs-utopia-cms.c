/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-cms.h"

#include "gs-utopia-certificate.h"
#include "gs-utopia-der.h"

#include <string.h>

#define ID_DATA "1.2.840.113549.1.7.1"
#define ID_SIGNED_DATA "1.2.840.113549.1.7.2"
#define ID_CONTENT_TYPE "1.2.840.113549.1.9.3"
#define ID_MESSAGE_DIGEST "1.2.840.113549.1.9.4"
#define ID_SIGNING_TIME "1.2.840.113549.1.9.5"

static GBytes *
attribute (const char *oid, GBytes *value)
{
  return gs_utopia_der_of (0x30, gs_utopia_der_oid (oid), gs_utopia_der_of (0x31, value, NULL),
                           NULL);
}

/* The attributes as a SET OF, which is what is signed. */
static GBytes *
make_attributes (const GsUtopiaCms *self, GsUtopiaScheme scheme)
{
  const char *type = self->flags & GS_UTOPIA_CMS_OTHER_ATTRIBUTE ? ID_DATA : self->type;
  GPtrArray *parts = g_ptr_array_new ();

  g_ptr_array_add (parts, attribute (ID_CONTENT_TYPE, gs_utopia_der_oid (type)));
  g_ptr_array_add (
    parts, attribute (ID_MESSAGE_DIGEST,
                      gs_utopia_der_octets (gs_utopia_scheme_digest (scheme, self->content))));
  if ((self->flags & GS_UTOPIA_CMS_NO_TIME) == 0)
    g_ptr_array_add (parts, attribute (ID_SIGNING_TIME, gs_utopia_der_time (self->time_utc_s)));
  return gs_utopia_der_set (0x31, parts);
}

static GBytes *
signer_identifier (const GsUtopiaCms *self, const GsUtopiaSigner *signer)
{
  if (self->flags & GS_UTOPIA_CMS_KEY_ID)
    return gs_utopia_der_of (0x80, gs_utopia_key_identifier (signer->key), NULL);
  return gs_utopia_der_of (0x30,
                           gs_utopia_name_der (signer->country, signer->issuer,
                                               (self->flags & GS_UTOPIA_CMS_OTHER_NAME) != 0),
                           gs_utopia_der_integer (signer->serial), NULL);
}

/* The same bytes under the implicit tag [0], as they stand in the SignerInfo. */
static GBytes *
with_tag (GBytes *set, guint8 tag)
{
  gsize length;
  guint8 *bytes = g_bytes_unref_to_data (set, &length);

  bytes[0] = tag;
  return g_bytes_new_take (bytes, length);
}

static GBytes *
sign (const GsUtopiaCms *self, const GsUtopiaSigner *signer, GBytes *message, GError **error)
{
  GBytes *signature = gs_utopia_scheme_sign (signer->scheme, signer->key, message, error);
  guint8 *bytes;
  gsize length;

  if (signature == NULL || (self->flags & GS_UTOPIA_CMS_BAD_SIGNATURE) == 0)
    return signature;
  bytes = g_bytes_unref_to_data (signature, &length);
  bytes[length - 3] ^= 0x01;
  return g_bytes_new_take (bytes, length);
}

static GBytes *
signer_info (const GsUtopiaCms *self, const GsUtopiaSigner *signer, GError **error)
{
  gboolean bare = (self->flags & GS_UTOPIA_CMS_NO_ATTRIBUTES) != 0;
  GBytes *message = bare ? g_bytes_ref (self->content) : make_attributes (self, signer->scheme);
  GBytes *signature = sign (self, signer, message, error);

  if (signature == NULL)
    {
      g_bytes_unref (message);
      return NULL;
    }
  if (bare)
    g_clear_pointer (&message, g_bytes_unref);
  return gs_utopia_der_of (
    0x30, gs_utopia_der_integer (self->flags & GS_UTOPIA_CMS_KEY_ID ? 3 : 1),
    signer_identifier (self, signer), gs_utopia_scheme_digest_algorithm (signer->scheme),
    bare ? gs_utopia_der_none () : with_tag (message, 0xa0),
    gs_utopia_scheme_algorithm (signer->scheme), gs_utopia_der_octets (signature), NULL);
}

static GBytes *
certificates (const GsUtopiaCms *self)
{
  GPtrArray *parts = g_ptr_array_new ();

  for (guint i = 0; i < self->n_signers; i++)
    g_ptr_array_add (parts, g_bytes_ref (self->signers[i].certificate));
  if (self->extra_certificate != NULL)
    g_ptr_array_add (parts, g_bytes_ref (self->extra_certificate));
  return gs_utopia_der_set (0xa0, parts);
}

static GBytes *
signed_data (const GsUtopiaCms *self, GPtrArray *infos)
{
  gboolean ber = (self->flags & GS_UTOPIA_CMS_BER) != 0;
  GPtrArray *digests = g_ptr_array_new ();
  GBytes *content = gs_utopia_der_octets (g_bytes_ref (self->content));
  guint64 version = self->flags & GS_UTOPIA_CMS_KEY_ID || strcmp (self->type, ID_DATA) ? 3 : 1;

  g_ptr_array_add (digests, gs_utopia_scheme_digest_algorithm (self->signers[0].scheme));
  if (ber)
    /* An octet string in pieces, as some signing services write it. */
    content = gs_utopia_der_indefinite (0x24, content);
  content = gs_utopia_der_of (0xa0, content, NULL);
  content = gs_utopia_der_of (0, gs_utopia_der_oid (self->type), content, NULL);
  content = ber ? gs_utopia_der_indefinite (0x30, content) : gs_utopia_der_of (0x30, content, NULL);
  content = gs_utopia_der_of (
    0, gs_utopia_der_integer (version), gs_utopia_der_set (0x31, digests), content,
    self->flags & GS_UTOPIA_CMS_NO_CERTIFICATE ? gs_utopia_der_none () : certificates (self),
    gs_utopia_der_set (0x31, infos), NULL);
  return ber ? gs_utopia_der_indefinite (0x30, content) : gs_utopia_der_of (0x30, content, NULL);
}

GBytes *
gs_utopia_cms_new (const GsUtopiaCms *self, GError **error)
{
  gboolean ber = (self->flags & GS_UTOPIA_CMS_BER) != 0;
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GBytes *data;

  for (guint i = 0; i < self->n_signers && !(self->flags & GS_UTOPIA_CMS_NO_SIGNER); i++)
    {
      GBytes *info = signer_info (self, &self->signers[i], error);

      if (info == NULL)
        {
          g_ptr_array_unref (infos);
          return NULL;
        }
      g_ptr_array_add (infos, info);
    }
  data = signed_data (self, infos);
  data = ber ? gs_utopia_der_indefinite (0xa0, data) : gs_utopia_der_of (0xa0, data, NULL);
  data = gs_utopia_der_of (0, gs_utopia_der_oid (ID_SIGNED_DATA), data, NULL);
  return ber ? gs_utopia_der_indefinite (0x30, data) : gs_utopia_der_of (0x30, data, NULL);
}
