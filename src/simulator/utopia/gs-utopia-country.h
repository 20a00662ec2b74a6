/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-cms.h"
#include "gs-utopia-key.h"

/* The states behind the specimen passports: Utopia (UTO, certificates say UT) with an old and a
 * new CSCA, a link certificate, document signers and a list signer; Nusquama (XNQ, XN), a foreign
 * specimen state; and a forger who calls himself Utopia. Everything lies in one folder, is made
 * when it is asked for, and is made once: keys/, certificates/ (DER), lists/. Not thread-safe. */
typedef struct _GsUtopiaCountry GsUtopiaCountry;

/* The states' codes in certificates: user-assigned ones, so that they meet no real state. */
#define GS_UTOPIA_CODE "UT"
#define GS_NUSQUAMA_CODE "XN"

/* Document signers. One certificate each calendar year, one key for all years. */
typedef enum
{
  GS_UTOPIA_SIGNER_BP256 = 1, /* brainpoolP256r1, explicit parameters, ECDSA with SHA-256 */
  GS_UTOPIA_SIGNER_BP384,     /* brainpoolP384r1, explicit parameters, ECDSA with SHA-384 */
  GS_UTOPIA_SIGNER_P256,      /* P-256, named, ECDSA with SHA-256 */
  GS_UTOPIA_SIGNER_RSA,       /* RSA-2048, PKCS #1, SHA-256 */
  GS_UTOPIA_SIGNER_PSS,       /* RSA-2048, RSASSA-PSS, SHA-256 */
  GS_UTOPIA_SIGNER_SHA1,      /* weak: RSA-2048 with SHA-1 */
  GS_UTOPIA_SIGNER_RSA_1024,  /* weak: RSA-1024 */
  GS_UTOPIA_SIGNER_UNNAMED,   /* a curve that has no name: to be rejected */
  GS_UTOPIA_SIGNER_REVOKED,   /* on the revocation list */
  GS_UTOPIA_SIGNER_SHORT,     /* its certificate ended a year after it began */
  GS_UTOPIA_SIGNER_FOREIGN,   /* of Nusquama */
  GS_UTOPIA_SIGNER_FORGED,    /* by a CSCA of Utopia's name that is in no list */
  GS_UTOPIA_SIGNER_LINKED,    /* by the new CSCA; P-384, ECDSA with SHA-512 */
} GsUtopiaSignerKind;

/* Opens FOLDER, makes it when it is not there. TODAY is the day about which all validities lie.
 * NULL and ERROR (G_IO_ERROR, G_FILE_ERROR) when it cannot be written. Transfer full. */
GsUtopiaCountry *
gs_utopia_country_open (const char *folder, guint64 seed, gint64 today_utc_s, GError **error);
void gs_utopia_country_free (GsUtopiaCountry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsUtopiaCountry, gs_utopia_country_free)

gint64 gs_utopia_country_get_today (GsUtopiaCountry *self);
guint64 gs_utopia_country_get_seed (GsUtopiaCountry *self);

/* A key of the country by label, for chips too. Owned by the country. */
EVP_PKEY *gs_utopia_country_key (GsUtopiaCountry *self,
                                 GsUtopiaKeyKind kind,
                                 const char *label,
                                 GError **error);

/* The signer of KIND for a document issued in YEAR. Everything in it is owned by the country.
 * NULL and ERROR when it cannot be made. */
const GsUtopiaSigner *
gs_utopia_country_signer (GsUtopiaCountry *self, GsUtopiaSignerKind kind, int year, GError **error);

/* Writes everything that trust is made of: all CSCAs, the link certificate, this year's signers,
 * and in lists/ master-list.ml (CMS, signed), master-list-utopia.ml (without Nusquama),
 * master-list-bare.bin, csca.pem, csca.ldif, utopia-1.crl, utopia-2.crl, nusquama.crl and
 * stale.crl. */
gboolean gs_utopia_country_publish (GsUtopiaCountry *self, GError **error);
