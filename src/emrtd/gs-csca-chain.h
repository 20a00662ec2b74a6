/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"

/* From a document signer to its signing authority (ICAO Doc 9303-12 section 7.1.1), by a search of
 * our own: OpenSSL's refuses explicit curve parameters, which nearly every authority on elliptic
 * curves has, and goes by names, which authorities write differently in different certificates.
 * Candidates are the anchors of the same country, first those whose subject key id is the
 * certificate's authority key id, then those with the issuer's name, then every other one; the
 * signature decides. Any thread. */
typedef enum
{
  GS_CHAIN_TRUSTED = 1,
  GS_CHAIN_NO_ANCHOR,   /* no anchor of this country */
  GS_CHAIN_NOT_VERIFIED /* there are, and under none of their keys the signature is good */
} GsChainState;

/* anchor: the set's, NULL unless trusted; n_tried: signatures that were tried; by_key_id: the key
 * identifiers led to it. */
typedef struct
{
  GsChainState state;
  GsAnchor *anchor;
  gboolean by_key_id;
  guint n_of_country;
  guint n_tried;
} GsCscaChain;

/* Several certificates may hold the authority's key (a self-signed one and link certificates): one
 * that was valid at issued_utc_ms is taken before others, and a self-signed one before a link.
 * Anchors that are no authorities (basicConstraints) are left out. */
void gs_csca_chain_search (GsCertificate *certificate,
                           GsAnchorSet *anchors,
                           gint64 issued_utc_ms,
                           GsCscaChain *chain);

/* A link certificate carries the authority's new key under the old key's signature: TRUE when a
 * certificate of an authority, not self-signed, is signed by an anchor of its own country that the
 * set has already. Then its key may become an anchor too. older may be NULL. */
gboolean gs_csca_chain_verify_link (GsCertificate *link, GsAnchorSet *anchors, GsAnchor **older);
