/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-listing.h"

#include <gio/gio.h>

/* What taking files into the trust store would change, and whose fingerprint must be compared for
 * it. Made in the trust desk's worker (gs-trust-desk.h); immutable afterwards, what is declared
 * here may be read by any thread. The reference count is atomic. */
typedef struct _GsTrustPreview GsTrustPreview;

/* A fingerprint that an administrator may compare with what the state published on paper. */
typedef struct
{
  char *fingerprint;
  char *subject; /* of the certificate; NULL for a whole file */
  gint64 not_before_utc_ms;
  gint64 not_after_utc_ms;
  gboolean is_authority; /* the authority's own, rather than a signer's below it */
} GsTrustKey;

typedef enum
{
  GS_TRUST_VOUCHER_LIST = 1, /* a signed master list: its authority or its signer is confirmed */
  GS_TRUST_VOUCHER_CERTIFICATE,
  GS_TRUST_VOUCHER_FILE /* several certificates that nobody has signed together */
} GsTrustVoucherKind;

/* Something that must be vouched for, by one of its keys. */
typedef struct
{
  GsTrustVoucherKind kind;
  char *source;               /* the file's name */
  char *country;              /* of the list's signer or the certificate; "" for a file */
  GPtrArray *keys;            /* GsTrustKey, the best first */
  GsSignatureState signature; /* of a list; anything but good: it cannot be taken */
  gint64 signing_time_utc_ms; /* of a list; GS_TIME_UNKNOWN when it does not say */
  guint n_certificates;       /* that stand or fall with it */
  guint n_unreadable;
  gboolean confirmed;
} GsTrustVoucher;

typedef struct
{
  char *path;
  char *name;
  char *sha256; /* NULL when it could not be read */
} GsTrustFile;

GsTrustPreview *gs_trust_preview_ref (GsTrustPreview *self);
void gs_trust_preview_unref (GsTrustPreview *self);

/* GPtrArray of GsTrustFile, GsTrustVoucher, GsTrustCertificate (with their decisions, by country),
 * GsTrustCrl (with theirs), GsTrustCertificate of the store that an earlier list of the same state
 * brought and this one lacks (they stay), and of char * for what could not be read. Transfer
 * none. */
GPtrArray *gs_trust_preview_get_files (GsTrustPreview *self);
GPtrArray *gs_trust_preview_get_vouchers (GsTrustPreview *self);
GPtrArray *gs_trust_preview_get_certificates (GsTrustPreview *self);
GPtrArray *gs_trust_preview_get_crls (GsTrustPreview *self);
GPtrArray *gs_trust_preview_get_no_longer_listed (GsTrustPreview *self);
GPtrArray *gs_trust_preview_get_problems (GsTrustPreview *self);

guint gs_trust_preview_count (GsTrustPreview *self, GsTrustDecision decision);
/* Certificates, and revocation lists, that would come in. */
guint gs_trust_preview_count_taken (GsTrustPreview *self);
guint gs_trust_preview_count_crls (GsTrustPreview *self);

/* --- for the trust desk's worker ---------------------------------------------------------------
 */

typedef void (*GsTrustPreviewProgress) (const char *path, double fraction, gpointer user_data);

/* Reads the files and decides against the store. NULL with G_IO_ERROR_CANCELLED, or with the last
 * file's error when none of them holds anything of use. */
GsTrustPreview *gs_trust_preview_new (GsTrustStore *store,
                                      const char *const *paths,
                                      GsTrustPreviewProgress progress,
                                      gpointer user_data,
                                      GCancellable *cancellable,
                                      GError **error);
/* The same files with one more fingerprint confirmed. */
GsTrustPreview *
gs_trust_preview_confirm (GsTrustPreview *self, GsTrustStore *store, const char *fingerprint);
/* The fingerprint, among the keys of a list, certificate or file that nobody has confirmed yet,
 * whose last eight digits were typed; NULL when there is none. */
const char *gs_trust_preview_find_key (GsTrustPreview *self, guint voucher, const char *typed);
/* Decides again, against the store as it is now. FALSE, with the store as it was, when that would
 * change anything else than was shown. */
gboolean gs_trust_preview_apply (GsTrustPreview *self, GsTrustStore *store, gint64 now_utc_ms);
/* For the record: counts, files and who vouched, without a name. Transfer full. */
char *gs_trust_preview_describe (GsTrustPreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTrustPreview, gs_trust_preview_unref)
