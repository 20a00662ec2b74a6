/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-revocation.h"

#include "gs-emrtd-error.h"
#include "gs-time.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

struct _GsRevocationList
{
  GBytes *der;
  X509_CRL *crl;
  char *fingerprint;
  char country[8];
  /* OpenSSL sorts the entries at the first look, which is not for two threads. */
  GMutex lock;
};

GsRevocationList *
gs_revocation_list_new (GBytes *der, GError **error)
{
  GsRevocationList *self;
  guint8 digest[EVP_MAX_MD_SIZE];
  gsize size;
  const guint8 *data = g_bytes_get_data (der, &size);
  const guint8 *at = data;
  X509_CRL *crl = size > 0 && size < G_MAXINT32 ? d2i_X509_CRL (NULL, &at, (long) size) : NULL;
  const X509_NAME *issuer;
  int index;

  ERR_clear_error ();
  if (crl == NULL || at != data + size)
    {
      X509_CRL_free (crl);
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "The bytes are no revocation list");
      return NULL;
    }
  self = g_atomic_rc_box_new0 (GsRevocationList);
  g_mutex_init (&self->lock);
  self->der = g_bytes_ref (der);
  self->crl = crl;
  EVP_Digest (data, size, digest, NULL, EVP_sha256 (), NULL);
  self->fingerprint = gs_certificate_format_fingerprint (digest);
  issuer = X509_CRL_get_issuer (crl);
  index = X509_NAME_get_index_by_NID (issuer, NID_countryName, -1);
  if (index >= 0)
    {
      const ASN1_STRING *value = X509_NAME_ENTRY_get_data (X509_NAME_get_entry (issuer, index));
      gsize length = (gsize) MIN (ASN1_STRING_length (value), (int) sizeof self->country - 1);

      for (gsize i = 0; i < length; i++)
        {
          char letter = g_ascii_toupper ((char) ASN1_STRING_get0_data (value)[i]);

          self->country[i] = g_ascii_isalnum (letter) ? letter : '?';
        }
    }
  return self;
}

GsRevocationList *
gs_revocation_list_ref (GsRevocationList *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
revocation_list_clear (gpointer data)
{
  GsRevocationList *self = data;

  g_bytes_unref (self->der);
  X509_CRL_free (self->crl);
  g_free (self->fingerprint);
  g_mutex_clear (&self->lock);
}

void
gs_revocation_list_unref (GsRevocationList *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, revocation_list_clear);
}

GBytes *
gs_revocation_list_get_der (GsRevocationList *self)
{
  return self->der;
}

const char *
gs_revocation_list_get_fingerprint (GsRevocationList *self)
{
  return self->fingerprint;
}

const char *
gs_revocation_list_get_country (GsRevocationList *self)
{
  return self->country;
}

char *
gs_revocation_list_describe_issuer (GsRevocationList *self)
{
  return gs_certificate_format_name (X509_CRL_get_issuer (self->crl));
}

gint64
gs_revocation_list_get_this_update_utc_ms (GsRevocationList *self)
{
  return gs_certificate_time_utc_ms (X509_CRL_get0_lastUpdate (self->crl));
}

gint64
gs_revocation_list_get_next_update_utc_ms (GsRevocationList *self)
{
  return gs_certificate_time_utc_ms (X509_CRL_get0_nextUpdate (self->crl));
}

guint
gs_revocation_list_get_n_revoked (GsRevocationList *self)
{
  return (guint) MAX (sk_X509_REVOKED_num (X509_CRL_get_REVOKED (self->crl)), 0);
}

gboolean
gs_revocation_list_is_signed_by (GsRevocationList *self, GsCertificate *authority)
{
  EVP_PKEY *key = gs_certificate_get_key (authority, NULL);
  gboolean good = key != NULL && X509_CRL_verify (self->crl, key) == 1;

  ERR_clear_error ();
  return good;
}

/* The same entries, whatever their order. */
static gboolean
same_name (const X509_NAME *one, const X509_NAME *two)
{
  int n = X509_NAME_entry_count (one);

  if (X509_NAME_cmp (one, two) == 0)
    return TRUE;
  if (n != X509_NAME_entry_count (two))
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      const X509_NAME_ENTRY *entry = X509_NAME_get_entry (one, i);
      gboolean found = FALSE;

      for (int k = 0; k < n && !found; k++)
        {
          const X509_NAME_ENTRY *other = X509_NAME_get_entry (two, k);

          found =
            OBJ_cmp (X509_NAME_ENTRY_get_object (entry), X509_NAME_ENTRY_get_object (other)) == 0
            && ASN1_STRING_cmp (X509_NAME_ENTRY_get_data (entry), X509_NAME_ENTRY_get_data (other))
                 == 0;
        }
      if (!found)
        return FALSE;
    }
  return TRUE;
}

/* Whether the list speaks about the issuer's certificates, and whether somebody trusted says so. */
static gboolean
is_about (GsRevocationList *self,
          GsCertificate *certificate,
          GsCertificate *issuer,
          GsAnchorSet *anchors,
          gboolean *trusted)
{
  gboolean named = same_name (X509_CRL_get_issuer (self->crl),
                              X509_get_issuer_name (gs_certificate_get_x509 (certificate)));
  g_autoptr (GPtrArray) others = NULL;

  *trusted = gs_revocation_list_is_signed_by (self, issuer);
  if (*trusted || !named)
    return *trusted;
  others = gs_anchor_set_look_up (anchors, self->country, NULL);
  for (guint i = 0; i < others->len && !*trusted; i++)
    {
      GsCertificate *other = gs_anchor_get_certificate (others->pdata[i]);

      *trusted = other != NULL && gs_certificate_is_authority (other)
                 && gs_revocation_list_is_signed_by (self, other);
    }
  return TRUE;
}

static void
look_up (GsRevocationList *list, GsCertificate *certificate, GsRevocation *revocation)
{
  X509_REVOKED *entry = NULL;
  int found;

  g_mutex_lock (&list->lock);
  found = X509_CRL_get0_by_serial (
    list->crl, &entry,
    (ASN1_INTEGER *) X509_get0_serialNumber (gs_certificate_get_x509 (certificate)));
  g_mutex_unlock (&list->lock);
  /* 2 is an entry that takes the certificate off the list again. */
  revocation->state = found == 1 ? GS_REVOCATION_REVOKED : GS_REVOCATION_GOOD;
  if (found == 1)
    revocation->revoked_at_utc_ms =
      gs_certificate_time_utc_ms (X509_REVOKED_get0_revocationDate (entry));
}

void
gs_revocation_check (GsCertificate *certificate,
                     GsCertificate *issuer,
                     GsAnchorSet *anchors,
                     GPtrArray *lists,
                     gint64 now_utc_ms,
                     GsRevocation *revocation)
{
  gint64 newest_utc_ms = GS_TIME_UNKNOWN, next_utc_ms;

  *revocation =
    (GsRevocation){ .state = GS_REVOCATION_NOT_CHECKED, .revoked_at_utc_ms = GS_TIME_UNKNOWN };
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      GsRevocationList *list = lists->pdata[i];
      gint64 dated_utc_ms = gs_revocation_list_get_this_update_utc_ms (list);
      gboolean trusted;

      if (g_strcmp0 (list->country, gs_certificate_get_country (issuer)) != 0
          || !is_about (list, certificate, issuer, anchors, &trusted))
        continue;
      if (!trusted && revocation->list == NULL)
        revocation->state = GS_REVOCATION_LIST_NOT_TRUSTED;
      if (!trusted || (revocation->list != NULL && dated_utc_ms <= newest_utc_ms))
        continue;
      newest_utc_ms = dated_utc_ms;
      revocation->list = list;
    }
  if (revocation->list == NULL)
    return;
  next_utc_ms = gs_revocation_list_get_next_update_utc_ms (revocation->list);
  revocation->stale = next_utc_ms != GS_TIME_UNKNOWN && next_utc_ms < now_utc_ms;
  revocation->not_yet = newest_utc_ms != GS_TIME_UNKNOWN && newest_utc_ms > now_utc_ms;
  look_up (revocation->list, certificate, revocation);
}
