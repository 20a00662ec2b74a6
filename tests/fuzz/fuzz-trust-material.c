/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-material.h"

#include "gs-csca-chain.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* A file that somebody hands to the administrator: master list, PEM, DER, LDIF, revocation list. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (GsTrustMaterial) material = gs_trust_material_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  gboolean read = gs_trust_material_read_bytes (material, file, "file", &error);
  GPtrArray *items = gs_trust_material_get_items (material);
  g_autoptr (GsAnchorSet) anchors = NULL;
  g_autoptr (GPtrArray) signers = NULL;

  if (read == (error != NULL))
    g_error ("an answer and an error, or neither");
  if (read != (items->len + gs_trust_material_get_revocation_lists (material)->len > 0))
    g_error ("something was read, or not, and it says otherwise");
  anchors = gs_trust_material_make_anchors (material, &signers);
  for (guint i = 0; i < items->len && i < 3; i++)
    {
      GsCertificate *certificate = ((GsTrustItem *) items->pdata[i])->certificate;
      g_autofree char *subject = gs_certificate_describe_subject (certificate);
      g_autofree char *signature = gs_certificate_describe_signature (certificate);
      g_autofree char *key = gs_certificate_describe_key (certificate);
      GsCscaChain chain;

      if (!g_utf8_validate (subject, -1, NULL) || !g_utf8_validate (key, -1, NULL)
          || !g_utf8_validate (signature, -1, NULL))
        g_error ("a name that cannot be shown");
      gs_csca_chain_search (certificate, anchors, 0, &chain);
      if ((chain.anchor != NULL) != (chain.state == GS_CHAIN_TRUSTED))
        g_error ("trust without an anchor");
    }
  return 0;
}
