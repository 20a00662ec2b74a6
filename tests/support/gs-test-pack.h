/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-pack-files.h"

G_BEGIN_DECLS

/* Pack authorities and signatures of every kind, good and bad, made with OpenSSL directly and not
 * with what is tested. */

typedef enum
{
  GS_TEST_SIGNER_GOOD,
  GS_TEST_SIGNER_EXPIRED,       /* until 2021 */
  GS_TEST_SIGNER_NOT_YET,       /* from 2040 */
  GS_TEST_SIGNER_SERVER,        /* extended key usage serverAuth */
  GS_TEST_SIGNER_ANY_USE,       /* no extended key usage */
  GS_TEST_SIGNER_ENCIPHERS,     /* key usage keyEncipherment */
  GS_TEST_SIGNER_NO_KEY_USAGE,  /* none at all */
  GS_TEST_SIGNER_SHA1,          /* signs with SHA-1 */
  GS_TEST_SIGNER_TWICE,         /* two signers */
  GS_TEST_SIGNER_ATTACHED,      /* the content inside of the signature */
  GS_TEST_SIGNER_NO_CERTIFICATE /* its certificate is left out */
} GsTestSigner;

typedef struct _GsTestPackAuthority GsTestPackAuthority;

/* Valid from 2020 to 2049, or until 2021. */
GsTestPackAuthority *gs_test_pack_authority_new (const char *name, gboolean expired);
void gs_test_pack_authority_free (GsTestPackAuthority *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTestPackAuthority, gs_test_pack_authority_free)

/* PEM of its certificate. */
GBytes *gs_test_pack_authority_dup_pem (GsTestPackAuthority *self);
/* PEM of the key and certificate of a new signer of that kind. */
void gs_test_pack_authority_make_signer (GsTestPackAuthority *self,
                                         GsTestSigner kind,
                                         GBytes **key,
                                         GBytes **certificate);

/* Puts the list and its signature into the files. manifest: its text, or NULL for the right one
 * from 2020-01-01 on. */
void gs_test_pack_sign (GsPackFiles *files,
                        GsTestPackAuthority *authority,
                        GsTestSigner kind,
                        const char *manifest);

/* The drawings of data/specimen-pack, not signed. */
GsPackFiles *gs_test_pack_files (void);
/* The same files but that one. */
GsPackFiles *gs_test_pack_without (GsPackFiles *files, const char *name);

G_END_DECLS
