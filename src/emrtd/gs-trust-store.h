/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"
#include "gs-revocation.h"

#include <glib.h>

/* The certificates of signing authorities that this installation believes, the newest revocation
 * list of each, and the fingerprints of those whose master lists an administrator has confirmed:
 * one file, with all that a list of them shows beside each certificate, so that nothing is parsed
 * at the start. The file is mapped; a checksum in it tells a damaged file from a whole one, but its
 * protection against change is the file system's. One thread; what gs_trust_store_add_anchors()
 * made may be read by any. */
typedef struct _GsTrustStore GsTrustStore;

/* Why a certificate is believed. */
typedef enum
{
  GS_TRUST_BY_LIST = 1,     /* it stood in a confirmed master list */
  GS_TRUST_BY_CONFIRMATION, /* it, or its file, was confirmed itself */
  GS_TRUST_BY_LINK          /* an older anchor of its country has signed it */
} GsTrustReason;

/* One certificate as lists show it. Strings are the store's, until it changes. */
typedef struct
{
  const char *fingerprint;
  const char *country;
  const char *subject;
  const char *key;
  const char *signature;
  const char *source;
  gint64 not_before_utc_ms;
  gint64 not_after_utc_ms;
  gint64 imported_utc_ms;
  GsTrustReason reason;
  GBytes *subject_key_id; /* may be NULL */
  GBytes *der;
} GsTrustEntry;

/* A file that is not there is an empty store. NULL with GS_EMRTD_ERROR_STORAGE when it cannot be
 * read or is damaged. */
GsTrustStore *gs_trust_store_open (const char *path, GError **error);
void gs_trust_store_free (GsTrustStore *self);
/* Writes the whole file and puts it in the place of the old one. */
gboolean gs_trust_store_save (GsTrustStore *self, GError **error);
/* The same into another file, which the caller puts in its place. */
gboolean gs_trust_store_save_to (GsTrustStore *self, const char *path, GError **error);

guint gs_trust_store_get_n_entries (GsTrustStore *self);
const GsTrustEntry *gs_trust_store_get_entry (GsTrustStore *self, guint index);
const GsTrustEntry *gs_trust_store_find (GsTrustStore *self, const char *fingerprint);
/* Puts every certificate into a set, unparsed. */
void gs_trust_store_add_anchors (GsTrustStore *self, GsAnchorSet *anchors);
/* GPtrArray of GsRevocationList. Transfer none. */
GPtrArray *gs_trust_store_get_revocation_lists (GsTrustStore *self);
gboolean gs_trust_store_is_confirmed (GsTrustStore *self, const char *fingerprint);

/* Changes in memory; gs_trust_store_save() keeps them. */
void gs_trust_store_add (GsTrustStore *self,
                         GsCertificate *certificate,
                         const char *source,
                         GsTrustReason reason,
                         gint64 now_utc_ms);
/* FALSE when there is none of this fingerprint. */
gboolean gs_trust_store_remove (GsTrustStore *self, const char *fingerprint);
void gs_trust_store_confirm (GsTrustStore *self, const char *fingerprint);
/* Takes the place of an older list of the same issuer. FALSE when a newer or the same one is there.
 */
gboolean gs_trust_store_add_revocation_list (GsTrustStore *self, GsRevocationList *list);

/* "master-list", "confirmed", "link". */
const char *gs_trust_reason_to_word (GsTrustReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTrustStore, gs_trust_store_free)
