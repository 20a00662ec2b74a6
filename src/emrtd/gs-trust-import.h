/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-material.h"
#include "gs-trust-store.h"

#include <glib.h>

/* ICAO Doc 9303-12, table 6: id-icao-cscaMasterListSigningKey, for gs_certificate_has_purpose(). */
#define GS_PURPOSE_MASTER_LIST "2.23.136.1.1.3"

/* What taking in some material would change in a trust store, and why each part of it is taken or
 * not: shown to the administrator first, applied afterwards. Store and material must live longer.
 * One thread.
 *
 * Nothing comes in because it was in a file. A signed master list comes in when an administrator
 * confirmed the fingerprint of its signer's certificate, or of the authority that made that one a
 * signer of master lists (extended key usage 2.23.136.1.1.3), now or before. Other material comes
 * in when the certificate's own fingerprint was confirmed, or the SHA-256 of the whole file. A link
 * certificate that an anchor in the store has signed needs no confirmation. A revocation list comes
 * in when an anchor has signed it. */
typedef struct _GsTrustImport GsTrustImport;

typedef enum
{
  GS_TRUST_TAKEN = 1,
  GS_TRUST_TAKEN_LINK,      /* an older anchor has signed it */
  GS_TRUST_ALREADY_THERE,   /* or a newer revocation list is */
  GS_TRUST_NOT_CONFIRMED,   /* nobody has confirmed who signed it */
  GS_TRUST_LIST_WRONG,      /* the signature of its master list is wrong */
  GS_TRUST_NOT_AUTHORITY,   /* no certificate of an authority */
  GS_TRUST_LINK_WRONG,      /* a link, but no older anchor of its country has signed it */
  GS_TRUST_KEY_NOT_ACCEPTED /* unreadable key, or a curve without a name */
} GsTrustDecision;

/* item: the material's. */
typedef struct
{
  const GsTrustItem *item;
  GsTrustDecision decision;
} GsTrustPart;

/* confirmed: fingerprints as people type them (colons, spaces and upper case do not matter); NULL
 * ends it; may be NULL. */
GsTrustImport *
gs_trust_import_new (GsTrustStore *store, GsTrustMaterial *material, const char *const *confirmed);
void gs_trust_import_free (GsTrustImport *self);

guint gs_trust_import_get_n_parts (GsTrustImport *self);
const GsTrustPart *gs_trust_import_get_part (GsTrustImport *self, guint index);
guint gs_trust_import_count (GsTrustImport *self, GsTrustDecision decision);
/* For the revocation list at this index of the material. */
GsTrustDecision gs_trust_import_get_list_decision (GsTrustImport *self, guint index);
/* Whether this master list's signer is confirmed. */
gboolean gs_trust_import_is_confirmed (GsTrustImport *self, GsMasterList *list);
/* Fingerprints of certificates that an earlier list of the same state brought and this one lacks:
 * GPtrArray of char *. They stay, for documents that they have signed. Transfer none. */
GPtrArray *gs_trust_import_get_no_longer_listed (GsTrustImport *self);

/* Takes what is to be taken into the store, which the caller saves. */
void gs_trust_import_apply (GsTrustImport *self, gint64 now_utc_ms);

/* "taken", "taken-link", "already-there", "not-confirmed", ... */
const char *gs_trust_decision_to_word (GsTrustDecision decision);
/* 64 small digits of a fingerprint as people type it; NULL when it is none. Transfer full. */
char *gs_trust_import_normalise_fingerprint (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTrustImport, gs_trust_import_free)
