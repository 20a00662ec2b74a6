/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-revocation.h"

#include "gs-emrtd-error.h"
#include "gs-time.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

struct _GsRevocationList
{
  GBytes *der;
  X509_CRL *crl;
  char *fingerprint;
  char country[8];
  GBytes *authority_key_id;
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
  AUTHORITY_KEYID *authority;
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
  authority = X509_CRL_get_ext_d2i (crl, NID_authority_key_identifier, NULL, NULL);
  if (authority != NULL && authority->keyid != NULL)
    self->authority_key_id =
      g_bytes_new (ASN1_STRING_get0_data (authority->keyid), ASN1_STRING_length (authority->keyid));
  AUTHORITY_KEYID_free (authority);
  ERR_clear_error ();
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
  g_clear_pointer (&self->authority_key_id, g_bytes_unref);
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

GBytes *
gs_revocation_list_get_authority_key_id (GsRevocationList *self)
{
  return self->authority_key_id;
}

gboolean
gs_revocation_list_is_same_series (GsRevocationList *self, GsRevocationList *other)
{
  GBytes *one = self->authority_key_id, *two = other->authority_key_id;

  return X509_NAME_cmp (X509_CRL_get_issuer (self->crl), X509_CRL_get_issuer (other->crl)) == 0
         && (one == NULL || two == NULL ? one == two : g_bytes_equal (one, two));
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

typedef enum
{
  ABOUT_OTHERS = 1,
  ABOUT_ISSUER,      /* under its key */
  ABOUT_NAMESAKE,    /* in its name, under another trusted key of the country */
  ABOUT_ISSUER_FALSE /* in its name, and under no trusted key */
} About;

static About
find_about (GsRevocationList *self,
            GsCertificate *certificate,
            GsCertificate *issuer,
            GsAnchorSet *anchors)
{
  g_autoptr (GPtrArray) others = NULL;

  if (g_strcmp0 (self->country, gs_certificate_get_country (issuer)) != 0)
    return ABOUT_OTHERS;
  if (gs_revocation_list_is_signed_by (self, issuer))
    return ABOUT_ISSUER;
  if (!same_name (X509_CRL_get_issuer (self->crl),
                  X509_get_issuer_name (gs_certificate_get_x509 (certificate))))
    return ABOUT_OTHERS;
  others = gs_anchor_set_look_up (anchors, self->country, NULL);
  for (guint i = 0; i < others->len; i++)
    {
      GsCertificate *other = gs_anchor_get_certificate (others->pdata[i]);

      if (other != NULL && gs_certificate_is_authority (other)
          && gs_revocation_list_is_signed_by (self, other))
        return ABOUT_NAMESAKE;
    }
  return ABOUT_ISSUER_FALSE;
}

static gboolean
is_newer (GsRevocationList *list, GsRevocationList *than)
{
  return than == NULL
         || gs_revocation_list_get_this_update_utc_ms (list)
              > gs_revocation_list_get_this_update_utc_ms (than);
}

/* TRUE when the certificate is on the list. */
static gboolean
look_up (GsRevocationList *list, GsCertificate *certificate, gint64 *revoked_at_utc_ms)
{
  X509_REVOKED *entry = NULL;
  int found;

  g_mutex_lock (&list->lock);
  found = X509_CRL_get0_by_serial (
    list->crl, &entry,
    (ASN1_INTEGER *) X509_get0_serialNumber (gs_certificate_get_x509 (certificate)));
  g_mutex_unlock (&list->lock);
  /* 2 is an entry that takes the certificate off the list again. */
  if (found != 1)
    return FALSE;
  *revoked_at_utc_ms = gs_certificate_time_utc_ms (X509_REVOKED_get0_revocationDate (entry));
  return TRUE;
}

void
gs_revocation_check (GsCertificate *certificate,
                     GsCertificate *issuer,
                     GsAnchorSet *anchors,
                     GPtrArray *lists,
                     gint64 now_utc_ms,
                     GsRevocation *revocation)
{
  GsRevocationList *newest[2] = { NULL, NULL };
  gint64 next_utc_ms;

  *revocation =
    (GsRevocation){ .state = GS_REVOCATION_NOT_CHECKED, .revoked_at_utc_ms = GS_TIME_UNKNOWN };
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      About about = find_about (lists->pdata[i], certificate, issuer, anchors);
      GsRevocationList **place = &newest[about == ABOUT_NAMESAKE];

      if (about == ABOUT_ISSUER_FALSE)
        revocation->state = GS_REVOCATION_LIST_NOT_TRUSTED;
      else if (about != ABOUT_OTHERS && is_newer (lists->pdata[i], *place))
        *place = lists->pdata[i];
    }
  for (guint i = 0; i < G_N_ELEMENTS (newest); i++)
    {
      if (newest[i] == NULL || revocation->state == GS_REVOCATION_REVOKED)
        continue;
      if (look_up (newest[i], certificate, &revocation->revoked_at_utc_ms))
        {
          revocation->state = GS_REVOCATION_REVOKED;
          revocation->list = newest[i];
        }
      else if (revocation->list == NULL)
        {
          revocation->state = GS_REVOCATION_GOOD;
          revocation->list = newest[i];
        }
    }
  if (revocation->list == NULL)
    return;
  next_utc_ms = gs_revocation_list_get_next_update_utc_ms (revocation->list);
  revocation->stale = next_utc_ms != GS_TIME_UNKNOWN && next_utc_ms < now_utc_ms;
  revocation->not_yet = gs_revocation_list_get_this_update_utc_ms (revocation->list) > now_utc_ms;
}
