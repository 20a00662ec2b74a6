/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-certificate.h"

/* What the trust store held when it was read. Immutable; any thread; the reference count is
 * atomic. */
typedef struct _GsTrustListing GsTrustListing;

/* A revocation list, of the store or of a preview. */
typedef struct
{
  char *issuer;  /* RFC 2253 */
  char *country; /* "" when there is none */
  gint64 this_update_utc_ms;
  gint64 next_update_utc_ms; /* GS_TIME_UNKNOWN when it does not say */
  guint n_revoked;
  GsTrustDecision decision; /* of a preview, else 0 */
} GsTrustCrl;

GsTrustCrl *gs_trust_crl_new (GsRevocationList *list, GsTrustDecision decision);
void gs_trust_crl_free (GsTrustCrl *self);

GsTrustListing *gs_trust_listing_new (GsTrustStore *store);
GsTrustListing *gs_trust_listing_ref (GsTrustListing *self);
void gs_trust_listing_unref (GsTrustListing *self);

/* GPtrArray of GsTrustCertificate, by country; of GsTrustCrl. Transfer none. */
GPtrArray *gs_trust_listing_get_certificates (GsTrustListing *self);
GPtrArray *gs_trust_listing_get_crls (GsTrustListing *self);
/* NULL when there is none. Transfer none. */
GsTrustCertificate *gs_trust_listing_find (GsTrustListing *self, const char *fingerprint);

typedef struct
{
  guint n_certificates;
  guint n_countries;
  guint n_ended;
  guint n_ending_soon;
  guint n_crls;
  guint n_crls_stale;      /* their next update is past */
  gint64 last_utc_ms;      /* when the newest certificate came in; GS_TIME_UNKNOWN for none */
  guint n_last;            /* how many came in then */
  const char *last_source; /* where from; the listing's; NULL for none */
} GsTrustCounts;

void gs_trust_listing_count (GsTrustListing *self, gint64 now_utc_ms, GsTrustCounts *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTrustListing, gs_trust_listing_unref)
