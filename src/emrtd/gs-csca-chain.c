/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-csca-chain.h"

#include "gs-time.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

static gboolean
has_issuer_name (GsCertificate *certificate, GsCertificate *authority)
{
  return X509_NAME_cmp (X509_get_issuer_name (gs_certificate_get_x509 (certificate)),
                        X509_get_subject_name (gs_certificate_get_x509 (authority)))
         == 0;
}

/* The certificate of a candidate that may sign at all. */
static GsCertificate *
get_authority (GsAnchor *anchor, GsCertificate *certificate)
{
  GsCertificate *authority = gs_anchor_get_certificate (anchor);

  if (authority == NULL || !gs_certificate_is_authority (authority)
      || g_str_equal (gs_certificate_get_fingerprint (authority),
                      gs_certificate_get_fingerprint (certificate)))
    return NULL;
  return authority;
}

/* Among those that the key identifiers left over, the issuer's name goes first. */
static void
rank_by_name (GPtrArray *candidates, guint n_by_key_id, GsCertificate *certificate)
{
  guint put = n_by_key_id;

  for (guint i = n_by_key_id; i < candidates->len; i++)
    {
      GsCertificate *authority = gs_anchor_get_certificate (candidates->pdata[i]);
      gpointer moved;

      if (authority == NULL || !has_issuer_name (certificate, authority))
        continue;
      moved = g_ptr_array_steal_index (candidates, i);
      g_ptr_array_insert (candidates, (gint) put++, moved);
    }
}

static int
fitness (GsCertificate *authority, gint64 issued_utc_ms)
{
  gboolean in_period = issued_utc_ms == GS_TIME_UNKNOWN
                       || (gs_certificate_get_not_before_utc_ms (authority) <= issued_utc_ms
                           && gs_certificate_get_not_after_utc_ms (authority) >= issued_utc_ms);

  return 2 * in_period + gs_certificate_is_self_signed (authority);
}

/* Another certificate of the same key that says more for it. */
static void
prefer (GPtrArray *candidates, GsCertificate *certificate, gint64 issued_utc_ms, GsCscaChain *chain)
{
  GsCertificate *best = gs_anchor_get_certificate (chain->anchor);
  EVP_PKEY *key = gs_certificate_get_key (best, NULL);

  for (guint i = 0; i < candidates->len && fitness (best, issued_utc_ms) < 3; i++)
    {
      GsCertificate *other = get_authority (candidates->pdata[i], certificate);
      EVP_PKEY *other_key = NULL;

      if (other == NULL || fitness (other, issued_utc_ms) <= fitness (best, issued_utc_ms))
        continue;
      other_key = gs_certificate_get_key (other, NULL);
      if (other_key == NULL || EVP_PKEY_eq (key, other_key) != 1)
        continue;
      best = other;
      chain->anchor = candidates->pdata[i];
    }
}

void
gs_csca_chain_search (GsCertificate *certificate,
                      GsAnchorSet *anchors,
                      gint64 issued_utc_ms,
                      GsCscaChain *chain)
{
  GBytes *key_id = gs_certificate_get_authority_key_id (certificate);
  const char *country = gs_certificate_get_country (certificate);
  g_autoptr (GPtrArray) candidates = gs_anchor_set_look_up (anchors, country, key_id);
  guint n_by_key_id = 0;

  *chain = (GsCscaChain){ .state = GS_CHAIN_NO_ANCHOR };
  while (n_by_key_id < candidates->len
         && gs_anchor_has_key_id (candidates->pdata[n_by_key_id], key_id))
    n_by_key_id++;
  for (guint i = 0; i < candidates->len; i++)
    {
      GsCertificate *authority;

      if (i == n_by_key_id)
        rank_by_name (candidates, n_by_key_id, certificate);
      authority = get_authority (candidates->pdata[i], certificate);
      if (authority == NULL)
        continue;
      chain->state = GS_CHAIN_NOT_VERIFIED;
      chain->n_of_country++;
      chain->n_tried++;
      if (!gs_certificate_is_signed_by (certificate, authority))
        continue;
      chain->state = GS_CHAIN_TRUSTED;
      chain->anchor = candidates->pdata[i];
      chain->by_key_id = i < n_by_key_id;
      break;
    }
  if (chain->state == GS_CHAIN_TRUSTED)
    {
      chain->n_of_country = candidates->len;
      prefer (candidates, certificate, issued_utc_ms, chain);
    }
}

gboolean
gs_csca_chain_verify_link (GsCertificate *link, GsAnchorSet *anchors, GsAnchor **older)
{
  GsCscaChain chain;

  if (!gs_certificate_is_authority (link) || gs_certificate_is_self_signed (link)
      || gs_certificate_get_country (link)[0] == '\0')
    return FALSE;
  gs_csca_chain_search (link, anchors, gs_certificate_get_not_before_utc_ms (link), &chain);
  if (older != NULL)
    *older = chain.anchor;
  return chain.state == GS_CHAIN_TRUSTED;
}
