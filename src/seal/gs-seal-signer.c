/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-signer.h"

#include "gs-file-seal-signer.h"
#include "gs-token-seal-signer.h"

G_DEFINE_INTERFACE (GsSealSigner, gs_seal_signer, G_TYPE_OBJECT)

static void
gs_seal_signer_default_init (GsSealSignerInterface *interface)
{
}

GBytes *
gs_seal_signer_sign (
  GsSealSigner *self, const guint8 *digest, gsize digest_size, gsize signature_size, GError **error)
{
  g_return_val_if_fail (GS_IS_SEAL_SIGNER (self), NULL);
  return GS_SEAL_SIGNER_GET_IFACE (self)->sign (self, digest, digest_size, signature_size, error);
}

GsSealSigner *
gs_seal_signer_new (const char *key, GError **error)
{
  g_return_val_if_fail (key != NULL, NULL);
  if (g_str_has_prefix (key, "pkcs11:"))
    return gs_token_seal_signer_new (key, error);
  return gs_file_seal_signer_new (key);
}
