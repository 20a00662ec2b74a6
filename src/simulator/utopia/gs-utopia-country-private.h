/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-certificate.h"
#include "gs-utopia-country.h"

/* For the country and its publications. */

typedef enum
{
  GS_UTOPIA_CSCA_OLD,
  GS_UTOPIA_CSCA_NEW,
  GS_UTOPIA_CSCA_FOREIGN,
  GS_UTOPIA_CSCA_FORGER,
} GsUtopiaAuthorityId;

typedef struct
{
  const char *name; /* of files */
  const char *common_name;
  const char *country;
  GsUtopiaKeyKind key;
  GsUtopiaKeyForm form;
  GsUtopiaScheme scheme;
  int from_years; /* from the start of this year */
  int to_years;
} GsUtopiaAuthority;

struct _GsUtopiaCountry
{
  char *folder;
  guint64 seed;
  gint64 today_utc_s;  /* at midnight */
  GHashTable *keys;    /* label -> EVP_PKEY */
  GHashTable *signers; /* name -> GsUtopiaSigner */
};

const GsUtopiaAuthority *gs_utopia_authority_get (GsUtopiaAuthorityId id);
gint64 gs_utopia_year_start (int year);
int gs_utopia_country_year (GsUtopiaCountry *self);
guint64 gs_utopia_country_serial (GsUtopiaCountry *self, const char *name);
/* FOLDER/kind/name; transfer full. */
char *gs_utopia_country_path (GsUtopiaCountry *self, const char *kind, const char *name);

/* certificates/NAME.der: read when it is there, made out of WISH when not. Transfer full. */
GBytes *gs_utopia_country_certificate (GsUtopiaCountry *self,
                                       const char *name,
                                       const GsUtopiaCertificate *wish,
                                       GError **error);
GBytes *gs_utopia_country_csca (GsUtopiaCountry *self, GsUtopiaAuthorityId id, GError **error);
/* The new CSCA's key under the old one's signature. */
GBytes *gs_utopia_country_link (GsUtopiaCountry *self, GError **error);
guint gs_utopia_country_signer_kinds (void);
