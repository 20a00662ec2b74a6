/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-key.h"
#include "gs-utopia-sign.h"

/* CMS SignedData (RFC 5652) as security objects and master lists carry it, with the faults that a
 * reader must notice. Any thread. */

typedef enum
{
  GS_UTOPIA_CMS_BER = 1 << 0,             /* indefinite lengths around the content */
  GS_UTOPIA_CMS_OTHER_NAME = 1 << 1,      /* the signer's issuer is written in another order */
  GS_UTOPIA_CMS_KEY_ID = 1 << 2,          /* the signer is named by subject key identifier */
  GS_UTOPIA_CMS_NO_ATTRIBUTES = 1 << 3,   /* signs the content itself */
  GS_UTOPIA_CMS_OTHER_ATTRIBUTE = 1 << 4, /* attribute contentType is not the content's */
  GS_UTOPIA_CMS_BAD_SIGNATURE = 1 << 5,
  GS_UTOPIA_CMS_NO_SIGNER = 1 << 6,
  GS_UTOPIA_CMS_NO_CERTIFICATE = 1 << 7,
  GS_UTOPIA_CMS_NO_TIME = 1 << 8, /* no signingTime */
} GsUtopiaCmsFlags;

typedef struct
{
  EVP_PKEY *key;
  GBytes *certificate; /* DER, not owned */
  const char *country; /* of the signer's issuer */
  const char *issuer;  /* CN */
  guint64 serial;
  GsUtopiaScheme scheme;
} GsUtopiaSigner;

typedef struct
{
  const char *type; /* eContentType, dotted */
  GBytes *content;  /* not owned */
  gint64 time_utc_s;
  GsUtopiaCmsFlags flags;
  const GsUtopiaSigner *signers;
  guint n_signers;
  GBytes *extra_certificate; /* or NULL; not owned */
} GsUtopiaCms;

/* ContentInfo; NULL and ERROR when it could not be signed. Transfer full. */
GBytes *gs_utopia_cms_new (const GsUtopiaCms *cms, GError **error);
