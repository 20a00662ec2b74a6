/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-import.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* One certificate of a signing authority as a list shows it: of the trust store, or of files that
 * an administrator looks at. Immutable; any thread. */
#define GS_TYPE_TRUST_CERTIFICATE (gs_trust_certificate_get_type ())
G_DECLARE_FINAL_TYPE (GsTrustCertificate, gs_trust_certificate, GS, TRUST_CERTIFICATE, GObject)

/* Strings are never NULL. */
typedef struct
{
  char *fingerprint; /* 64 small hexadecimal digits of the SHA-256 */
  char *country;     /* upper case, "" when there is none */
  char *name;        /* the common name, else the whole subject */
  char *subject;     /* RFC 2253 */
  char *key;         /* "EC P-256" */
  char *signature;   /* "ECDSA with SHA-256" */
  char *source;
  gint64 not_before_utc_ms;
  gint64 not_after_utc_ms;
  gint64 imported_utc_ms;   /* GS_TIME_UNKNOWN when it is not in the store */
  GsTrustReason reason;     /* 0 when it is not in the store */
  GsTrustDecision decision; /* of a preview, else 0 */
} GsTrustFacts;

GsTrustCertificate *gs_trust_certificate_new_from_entry (const GsTrustEntry *entry);
GsTrustCertificate *gs_trust_certificate_new_from_part (const GsTrustPart *part);
const GsTrustFacts *gs_trust_certificate_get_facts (GsTrustCertificate *self);

typedef enum
{
  GS_TRUST_VALID = 1,
  GS_TRUST_ENDING_SOON, /* within 30 days */
  GS_TRUST_ENDED,       /* its documents are checked with it all the same */
  GS_TRUST_NOT_YET,
  GS_TRUST_VALIDITY_UNKNOWN
} GsTrustValidity;

GsTrustValidity gs_trust_certificate_judge (GsTrustCertificate *self, gint64 now_utc_ms);

/* TRUE when the text, as people type it, is the country, a part of the fingerprint (colons and
 * spaces do not matter, from four digits on), or a part of the subject. "" fits all. */
gboolean gs_trust_certificate_matches (GsTrustCertificate *self, const char *text);

/* By country, in it the youngest first. For g_ptr_array_sort(). */
int gs_trust_certificate_compare (gconstpointer a, gconstpointer b);

/* "4f2a 90bc …": groups of four, as they stand on paper. Transfer full. */
char *gs_trust_group_fingerprint (const char *fingerprint);
/* TRUE when what was typed is the last eight digits of the fingerprint. */
gboolean gs_trust_is_tail_of (const char *typed, const char *fingerprint);

G_END_DECLS
