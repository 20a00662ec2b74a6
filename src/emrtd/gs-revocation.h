/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-anchor-set.h"

#include <glib.h>

/* A revocation list (CRL) of a signing authority: read once, never changed; atomic reference
 * count. Any thread. */
typedef struct _GsRevocationList GsRevocationList;

/* DER; bytes behind it are an error. */
GsRevocationList *gs_revocation_list_new (GBytes *der, GError **error);
GsRevocationList *gs_revocation_list_ref (GsRevocationList *self);
void gs_revocation_list_unref (GsRevocationList *self);
GBytes *gs_revocation_list_get_der (GsRevocationList *self);
const char *gs_revocation_list_get_fingerprint (GsRevocationList *self);
/* C of the issuer in upper case; "" when there is none. */
const char *gs_revocation_list_get_country (GsRevocationList *self);
/* The key that signed it, as it says itself; NULL when it does not. Transfer none. */
GBytes *gs_revocation_list_get_authority_key_id (GsRevocationList *self);
/* Both are lists of the same issuer under the same key, so that the younger replaces the older. */
gboolean gs_revocation_list_is_same_series (GsRevocationList *self, GsRevocationList *other);
/* Transfer full. */
char *gs_revocation_list_describe_issuer (GsRevocationList *self);
gint64 gs_revocation_list_get_this_update_utc_ms (GsRevocationList *self);
/* GS_TIME_UNKNOWN when the list does not say. */
gint64 gs_revocation_list_get_next_update_utc_ms (GsRevocationList *self);
guint gs_revocation_list_get_n_revoked (GsRevocationList *self);
/* The signature under the authority's key, and nothing else. */
gboolean gs_revocation_list_is_signed_by (GsRevocationList *self, GsCertificate *authority);

typedef enum
{
  GS_REVOCATION_NOT_CHECKED = 1, /* no list of this issuer */
  GS_REVOCATION_GOOD,            /* not on the newest list */
  GS_REVOCATION_REVOKED,
  GS_REVOCATION_LIST_NOT_TRUSTED /* there is a list, but nobody trusted has signed it */
} GsRevocationState;

/* list: the one that was used, borrowed from the caller's array, or NULL. stale: its next update is
 * past; not_yet: it is dated in the future. */
typedef struct
{
  GsRevocationState state;
  GsRevocationList *list;
  gboolean stale;
  gboolean not_yet;
  gint64 revoked_at_utc_ms;
} GsRevocation;

/* Looks a certificate up in the newest list (GPtrArray of GsRevocationList, may be NULL) under its
 * issuer's key, and in the newest one under the key of another anchor of the country in the
 * issuer's name, for an authority may have changed its key since; one entry in either revokes it.
 * Lists are checked at the present time; a revoked certificate is revoked whenever it signed. */
void gs_revocation_check (GsCertificate *certificate,
                          GsCertificate *issuer,
                          GsAnchorSet *anchors,
                          GPtrArray *lists,
                          gint64 now_utc_ms,
                          GsRevocation *revocation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsRevocationList, gs_revocation_list_unref)
