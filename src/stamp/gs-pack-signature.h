/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-pack-files.h"

G_BEGIN_DECLS

/* Who signed a pack: a detached CMS signature (RFC 5652, DER, one signer, SHA-256 or longer) over
 * the bytes of its list of files. The signer's certificate comes with it, must be issued below one
 * of the desk's pack authorities, and must have keyUsage digitalSignature and extendedKeyUsage
 * codeSigning: neither a passport's signer nor a server may sign stamps. Any thread. */

/* The certificates of a PEM file, each of which may issue signers of packs. Immutable. */
typedef struct _GsPackAuthorities GsPackAuthorities;

/* GS_STAMP_ERROR_PACK_AUTHORITIES when the file cannot be read, holds no certificate, holds
 * something else or a certificate that is no authority's. Reads a file. */
GsPackAuthorities *gs_pack_authorities_load (const char *path, GError **error);
GsPackAuthorities *gs_pack_authorities_parse (GBytes *pem, GError **error);
GsPackAuthorities *gs_pack_authorities_ref (GsPackAuthorities *self);
void gs_pack_authorities_unref (GsPackAuthorities *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPackAuthorities, gs_pack_authorities_unref)

/* What a pack that verified says of itself. */
typedef struct
{
  char *digest;      /* SHA-256 of the list in hex: it names the pack */
  char *valid_from;  /* "2026-11-01" */
  char *valid_until; /* or NULL */
  char *signer;      /* common name, or the whole subject without one */
  char *authority;   /* the same of the one of the desk's that it goes back to */
  char *fingerprint; /* SHA-256 of the signer's certificate in hex */
  gint64 signer_from_utc_ms;
  gint64 signer_until_utc_ms;
} GsPackProof;

/* Checks signature, signer and every file at that time. NULL with the GS_STAMP_ERROR_PACK_… that
 * says why not. The pack's own days are not asked: gs_pack_proof_check_day(). Transfer full. */
GsPackProof *gs_pack_verify (GsPackFiles *files,
                             GsPackAuthorities *authorities,
                             gint64 now_utc_ms,
                             GError **error);
void gs_pack_proof_free (GsPackProof *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPackProof, gs_pack_proof_free)

/* FALSE with _NOT_YET or _ENDED; day is "2026-11-23". */
gboolean gs_pack_proof_check_day (const GsPackProof *self, const char *day, GError **error);

/* Signs the list (GS_PACK_MANIFEST) of the files with a PEM key and certificate, and puts the
 * signature beside it; chain, PEM or NULL, is added for the verifier. _SIGNATURE when key and
 * certificate do not belong together or cannot be read, _SIGNER_USAGE when no desk would take them.
 */
gboolean
gs_pack_sign (GsPackFiles *files, GBytes *key, GBytes *certificate, GBytes *chain, GError **error);

G_END_DECLS
