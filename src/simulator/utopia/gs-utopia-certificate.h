/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-key.h"
#include "gs-utopia-sign.h"

/* Certificates and revocation lists after Doc 9303-12, written by hand so that every oddity of
 * real states can be made. Any thread. */

typedef enum
{
  GS_UTOPIA_ROLE_CSCA = 1,
  GS_UTOPIA_ROLE_LINK,
  GS_UTOPIA_ROLE_SIGNER,
  GS_UTOPIA_ROLE_LIST_SIGNER,
} GsUtopiaRole;

typedef struct
{
  GsUtopiaRole role;
  const char *country; /* C of subject and issuer */
  const char *subject; /* CN */
  const char *issuer;  /* CN */
  guint64 serial;
  gint64 from_utc_s;
  gint64 to_utc_s;
  gint64 sign_to_utc_s; /* end of the private key's usage period, which begins with the validity */
  EVP_PKEY *key;
  GsUtopiaKeyForm form;
  EVP_PKEY *issuer_key;
  GsUtopiaScheme scheme; /* of the issuer's signature */
} GsUtopiaCertificate;

/* The certificate in DER; NULL and ERROR when it could not be signed. Transfer full. */
GBytes *gs_utopia_certificate_new (const GsUtopiaCertificate *certificate, GError **error);

/* A distinguished name: C, O=SPECIMEN, OU, CN. OTHER_ORDER writes CN first, and C with another
 * string type, as some states do in their security objects only. Transfer full. */
GBytes *gs_utopia_name_der (const char *country, const char *common_name, gboolean other_order);

typedef struct
{
  const char *country;
  const char *issuer; /* CN */
  EVP_PKEY *issuer_key;
  GsUtopiaScheme scheme;
  guint64 number;
  gint64 this_update_utc_s;
  gint64 next_update_utc_s;
  const guint64 *revoked; /* serials */
  guint n_revoked;
} GsUtopiaCrl;

/* The list in DER; NULL and ERROR. Transfer full. */
GBytes *gs_utopia_crl_new (const GsUtopiaCrl *crl, GError **error);
