/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-listing.h"

#include "gs-time.h"

#include <string.h>

struct _GsTrustListing
{
  gatomicrefcount references;
  GPtrArray *certificates;
  GPtrArray *crls;
};

GsTrustCrl *
gs_trust_crl_new (GsRevocationList *list, GsTrustDecision decision)
{
  GsTrustCrl *self = g_new0 (GsTrustCrl, 1);

  self->issuer = gs_revocation_list_describe_issuer (list);
  self->country = g_strdup (gs_revocation_list_get_country (list));
  self->this_update_utc_ms = gs_revocation_list_get_this_update_utc_ms (list);
  self->next_update_utc_ms = gs_revocation_list_get_next_update_utc_ms (list);
  self->n_revoked = gs_revocation_list_get_n_revoked (list);
  self->decision = decision;
  return self;
}

void
gs_trust_crl_free (GsTrustCrl *self)
{
  if (self == NULL)
    return;
  g_free (self->issuer);
  g_free (self->country);
  g_free (self);
}

GsTrustListing *
gs_trust_listing_new (GsTrustStore *store)
{
  GsTrustListing *self = g_new0 (GsTrustListing, 1);
  GPtrArray *lists = gs_trust_store_get_revocation_lists (store);

  g_atomic_ref_count_init (&self->references);
  self->certificates = g_ptr_array_new_with_free_func (g_object_unref);
  self->crls = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_trust_crl_free);
  for (guint i = 0; i < gs_trust_store_get_n_entries (store); i++)
    g_ptr_array_add (self->certificates,
                     gs_trust_certificate_new_from_entry (gs_trust_store_get_entry (store, i)));
  g_ptr_array_sort (self->certificates, gs_trust_certificate_compare);
  for (guint i = 0; i < lists->len; i++)
    g_ptr_array_add (self->crls, gs_trust_crl_new (lists->pdata[i], 0));
  return self;
}

GsTrustListing *
gs_trust_listing_ref (GsTrustListing *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gs_trust_listing_unref (GsTrustListing *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->certificates);
  g_ptr_array_unref (self->crls);
  g_free (self);
}

GPtrArray *
gs_trust_listing_get_certificates (GsTrustListing *self)
{
  return self->certificates;
}

GPtrArray *
gs_trust_listing_get_crls (GsTrustListing *self)
{
  return self->crls;
}

GsTrustCertificate *
gs_trust_listing_find (GsTrustListing *self, const char *fingerprint)
{
  for (guint i = 0; i < self->certificates->len; i++)
    {
      GsTrustCertificate *certificate = g_ptr_array_index (self->certificates, i);

      if (strcmp (gs_trust_certificate_get_facts (certificate)->fingerprint, fingerprint) == 0)
        return certificate;
    }
  return NULL;
}

static void
count_certificate (GsTrustCounts *counts,
                   GsTrustCertificate *certificate,
                   const GsTrustFacts *before,
                   gint64 now_utc_ms)
{
  const GsTrustFacts *facts = gs_trust_certificate_get_facts (certificate);
  GsTrustValidity validity = gs_trust_certificate_judge (certificate, now_utc_ms);

  counts->n_certificates++;
  counts->n_countries += before == NULL || strcmp (before->country, facts->country) != 0;
  counts->n_ended += validity == GS_TRUST_ENDED;
  counts->n_ending_soon += validity == GS_TRUST_ENDING_SOON;
  if (facts->imported_utc_ms > counts->last_utc_ms)
    {
      counts->last_utc_ms = facts->imported_utc_ms;
      counts->last_source = facts->source;
      counts->n_last = 0;
    }
  counts->n_last += facts->imported_utc_ms == counts->last_utc_ms;
}

void
gs_trust_listing_count (GsTrustListing *self, gint64 now_utc_ms, GsTrustCounts *counts)
{
  const GsTrustFacts *before = NULL;

  memset (counts, 0, sizeof *counts);
  counts->last_utc_ms = GS_TIME_UNKNOWN;
  for (guint i = 0; i < self->certificates->len; i++)
    {
      GsTrustCertificate *certificate = g_ptr_array_index (self->certificates, i);

      count_certificate (counts, certificate, before, now_utc_ms);
      before = gs_trust_certificate_get_facts (certificate);
    }
  counts->n_crls = self->crls->len;
  for (guint i = 0; i < self->crls->len; i++)
    {
      const GsTrustCrl *crl = g_ptr_array_index (self->crls, i);

      counts->n_crls_stale +=
        crl->next_update_utc_ms != GS_TIME_UNKNOWN && crl->next_update_utc_ms < now_utc_ms;
    }
}
