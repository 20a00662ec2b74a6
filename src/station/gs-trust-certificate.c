/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-certificate.h"

#include "gs-time.h"

#include <string.h>

#define SOON_MS (30 * 24 * 3600 * G_GINT64_CONSTANT (1000))
/* Shorter runs of hexadecimal digits are more often words: "DE", "ca". */
#define SHORTEST_DIGITS 4
#define TAIL_DIGITS 8

struct _GsTrustCertificate
{
  GObject parent_instance;

  GsTrustFacts facts;
};

G_DEFINE_FINAL_TYPE (GsTrustCertificate, gs_trust_certificate, G_TYPE_OBJECT)

static void
gs_trust_certificate_finalize (GObject *object)
{
  GsTrustFacts *facts = &GS_TRUST_CERTIFICATE (object)->facts;

  g_free (facts->fingerprint);
  g_free (facts->country);
  g_free (facts->name);
  g_free (facts->subject);
  g_free (facts->key);
  g_free (facts->signature);
  g_free (facts->source);
  G_OBJECT_CLASS (gs_trust_certificate_parent_class)->finalize (object);
}

static void
gs_trust_certificate_class_init (GsTrustCertificateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_trust_certificate_finalize;
}

static void
gs_trust_certificate_init (GsTrustCertificate *self)
{
}

/* The common name of a subject in RFC 2253, where a backslash takes the next character as it is. */
static char *
dup_name (const char *subject)
{
  const char *at = g_str_has_prefix (subject, "CN=") ? subject : strstr (subject, ",CN=");
  g_autoptr (GString) name = g_string_new (NULL);

  if (at == NULL)
    return g_strdup (subject);
  for (at = strchr (at, '=') + 1; *at != '\0' && *at != ',' && *at != '+'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      g_string_append_c (name, *at);
    }
  return g_utf8_make_valid (name->len > 0 ? name->str : subject, -1);
}

GsTrustCertificate *
gs_trust_certificate_new_from_entry (const GsTrustEntry *entry)
{
  GsTrustCertificate *self = g_object_new (GS_TYPE_TRUST_CERTIFICATE, NULL);
  GsTrustFacts *facts = &self->facts;

  facts->fingerprint = g_strdup (entry->fingerprint);
  facts->country = g_strdup (entry->country);
  facts->name = dup_name (entry->subject);
  facts->subject = g_utf8_make_valid (entry->subject, -1);
  facts->key = g_strdup (entry->key);
  facts->signature = g_strdup (entry->signature);
  facts->source = g_strdup (entry->source);
  facts->not_before_utc_ms = entry->not_before_utc_ms;
  facts->not_after_utc_ms = entry->not_after_utc_ms;
  facts->imported_utc_ms = entry->imported_utc_ms;
  facts->reason = entry->reason;
  return self;
}

GsTrustCertificate *
gs_trust_certificate_new_from_part (const GsTrustPart *part)
{
  GsTrustCertificate *self = g_object_new (GS_TYPE_TRUST_CERTIFICATE, NULL);
  GsTrustFacts *facts = &self->facts;
  GsCertificate *certificate = part->item->certificate;
  g_autofree char *subject = gs_certificate_describe_subject (certificate);
  g_autofree char *source = g_path_get_basename (part->item->source);

  facts->fingerprint = g_strdup (gs_certificate_get_fingerprint (certificate));
  facts->country = g_strdup (gs_certificate_get_country (certificate));
  facts->name = dup_name (subject);
  facts->subject = g_utf8_make_valid (subject, -1);
  facts->key = gs_certificate_describe_key (certificate);
  facts->signature = gs_certificate_describe_signature (certificate);
  facts->source = g_utf8_make_valid (source, -1);
  facts->not_before_utc_ms = gs_certificate_get_not_before_utc_ms (certificate);
  facts->not_after_utc_ms = gs_certificate_get_not_after_utc_ms (certificate);
  facts->imported_utc_ms = GS_TIME_UNKNOWN;
  facts->decision = part->decision;
  return self;
}

const GsTrustFacts *
gs_trust_certificate_get_facts (GsTrustCertificate *self)
{
  g_return_val_if_fail (GS_IS_TRUST_CERTIFICATE (self), NULL);
  return &self->facts;
}

GsTrustValidity
gs_trust_certificate_judge (GsTrustCertificate *self, gint64 now_utc_ms)
{
  gint64 from_utc_ms, to_utc_ms;

  g_return_val_if_fail (GS_IS_TRUST_CERTIFICATE (self), GS_TRUST_VALIDITY_UNKNOWN);

  from_utc_ms = self->facts.not_before_utc_ms;
  to_utc_ms = self->facts.not_after_utc_ms;
  if (from_utc_ms == GS_TIME_UNKNOWN || to_utc_ms == GS_TIME_UNKNOWN)
    return GS_TRUST_VALIDITY_UNKNOWN;
  if (now_utc_ms < from_utc_ms)
    return GS_TRUST_NOT_YET;
  if (now_utc_ms > to_utc_ms)
    return GS_TRUST_ENDED;
  return to_utc_ms - now_utc_ms <= SOON_MS ? GS_TRUST_ENDING_SOON : GS_TRUST_VALID;
}

/* The hexadecimal digits of what was typed, small; NULL when there is anything else in it. */
static char *
dup_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isxdigit (*text))
      g_string_append_c (digits, g_ascii_tolower (*text));
    else if (strchr (": -\t", *text) == NULL)
      return NULL;
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

gboolean
gs_trust_certificate_matches (GsTrustCertificate *self, const char *text)
{
  g_autofree char *wanted = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *digits = NULL;

  g_return_val_if_fail (GS_IS_TRUST_CERTIFICATE (self) && text != NULL, FALSE);

  wanted = g_utf8_casefold (text, -1);
  g_strstrip (wanted);
  if (*wanted == '\0' || g_ascii_strcasecmp (wanted, self->facts.country) == 0)
    return TRUE;
  /* Two letters are a country, or the beginning of something longer. */
  if (g_utf8_strlen (wanted, -1) <= 2)
    return FALSE;
  digits = dup_digits (wanted);
  if (digits != NULL && strlen (digits) >= SHORTEST_DIGITS
      && strstr (self->facts.fingerprint, digits) != NULL)
    return TRUE;
  subject = g_utf8_casefold (self->facts.subject, -1);
  return strstr (subject, wanted) != NULL;
}

int
gs_trust_certificate_compare (gconstpointer a, gconstpointer b)
{
  const GsTrustFacts *one = &(*(GsTrustCertificate *const *) a)->facts;
  const GsTrustFacts *two = &(*(GsTrustCertificate *const *) b)->facts;
  int order = strcmp (one->country, two->country);

  if (order == 0)
    order = (one->not_before_utc_ms < two->not_before_utc_ms)
            - (one->not_before_utc_ms > two->not_before_utc_ms);
  return order != 0 ? order : strcmp (one->fingerprint, two->fingerprint);
}

char *
gs_trust_group_fingerprint (const char *fingerprint)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; fingerprint[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, fingerprint[i]);
    }
  return g_string_free (text, FALSE);
}

gboolean
gs_trust_is_tail_of (const char *typed, const char *fingerprint)
{
  g_autofree char *digits = dup_digits (typed);
  gsize length = strlen (fingerprint);

  return digits != NULL && strlen (digits) == TAIL_DIGITS && length > TAIL_DIGITS
         && strcmp (digits, fingerprint + length - TAIL_DIGITS) == 0;
}
