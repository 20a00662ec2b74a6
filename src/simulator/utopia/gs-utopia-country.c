/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-country.h"

#include "gs-utopia-certificate.h"
#include "gs-utopia-country-private.h"

#include <errno.h>
#include <string.h>

#define DAY_S G_GINT64_CONSTANT (86400)

/* Same name, two keys: only the key identifiers tell Utopia's two CSCAs apart. */
static const GsUtopiaAuthority authorities[] = {
  [GS_UTOPIA_CSCA_OLD] = { "csca-1", "CSCA Utopia", GS_UTOPIA_CODE, GS_UTOPIA_KEY_RSA_3072,
                           GS_UTOPIA_FORM_NAMED, GS_UTOPIA_SIGN_RSA_SHA256, -15, 5 },
  [GS_UTOPIA_CSCA_NEW] = { "csca-2", "CSCA Utopia", GS_UTOPIA_CODE, GS_UTOPIA_KEY_BP384,
                           GS_UTOPIA_FORM_EXPLICIT, GS_UTOPIA_SIGN_ECDSA_SHA384, -13, 12 },
  [GS_UTOPIA_CSCA_FOREIGN] = { "csca-nusquama", "CSCA Nusquama", GS_NUSQUAMA_CODE,
                               GS_UTOPIA_KEY_P256, GS_UTOPIA_FORM_NAMED,
                               GS_UTOPIA_SIGN_ECDSA_SHA256, -13, 12 },
  [GS_UTOPIA_CSCA_FORGER] = { "csca-forger", "CSCA Utopia", GS_UTOPIA_CODE, GS_UTOPIA_KEY_BP384,
                              GS_UTOPIA_FORM_EXPLICIT, GS_UTOPIA_SIGN_ECDSA_SHA384, -13, 12 },
};

typedef struct
{
  const char *name;
  GsUtopiaKeyKind key;
  GsUtopiaKeyForm form;
  GsUtopiaScheme scheme; /* of what the signer signs */
  GsUtopiaAuthorityId issuer;
  GsUtopiaScheme issued_by; /* the issuer's signature */
  int years;                /* of validity */
} SignerRow;

static const SignerRow rows[] = {
  [GS_UTOPIA_SIGNER_BP256] = { "ds-bp256", GS_UTOPIA_KEY_BP256, GS_UTOPIA_FORM_EXPLICIT,
                               GS_UTOPIA_SIGN_ECDSA_SHA256, GS_UTOPIA_CSCA_NEW,
                               GS_UTOPIA_SIGN_ECDSA_SHA384, 11 },
  [GS_UTOPIA_SIGNER_BP384] = { "ds-bp384", GS_UTOPIA_KEY_BP384, GS_UTOPIA_FORM_EXPLICIT,
                               GS_UTOPIA_SIGN_ECDSA_SHA384, GS_UTOPIA_CSCA_NEW,
                               GS_UTOPIA_SIGN_ECDSA_SHA384, 11 },
  [GS_UTOPIA_SIGNER_P256] = { "ds-p256", GS_UTOPIA_KEY_P256, GS_UTOPIA_FORM_NAMED,
                              GS_UTOPIA_SIGN_ECDSA_SHA256, GS_UTOPIA_CSCA_NEW,
                              GS_UTOPIA_SIGN_ECDSA_SHA384, 11 },
  [GS_UTOPIA_SIGNER_RSA] = { "ds-rsa", GS_UTOPIA_KEY_RSA_2048, GS_UTOPIA_FORM_NAMED,
                             GS_UTOPIA_SIGN_RSA_SHA256, GS_UTOPIA_CSCA_OLD,
                             GS_UTOPIA_SIGN_RSA_SHA256, 11 },
  [GS_UTOPIA_SIGNER_PSS] = { "ds-pss", GS_UTOPIA_KEY_RSA_2048, GS_UTOPIA_FORM_NAMED,
                             GS_UTOPIA_SIGN_PSS_SHA256, GS_UTOPIA_CSCA_OLD,
                             GS_UTOPIA_SIGN_PSS_SHA256, 11 },
  [GS_UTOPIA_SIGNER_SHA1] = { "ds-sha1", GS_UTOPIA_KEY_RSA_2048, GS_UTOPIA_FORM_NAMED,
                              GS_UTOPIA_SIGN_RSA_SHA1, GS_UTOPIA_CSCA_OLD,
                              GS_UTOPIA_SIGN_RSA_SHA256, 11 },
  [GS_UTOPIA_SIGNER_RSA_1024] = { "ds-rsa1024", GS_UTOPIA_KEY_RSA_1024, GS_UTOPIA_FORM_NAMED,
                                  GS_UTOPIA_SIGN_RSA_SHA256, GS_UTOPIA_CSCA_OLD,
                                  GS_UTOPIA_SIGN_RSA_SHA256, 11 },
  [GS_UTOPIA_SIGNER_UNNAMED] = { "ds-unnamed", GS_UTOPIA_KEY_BP256, GS_UTOPIA_FORM_UNNAMED,
                                 GS_UTOPIA_SIGN_ECDSA_SHA256, GS_UTOPIA_CSCA_NEW,
                                 GS_UTOPIA_SIGN_ECDSA_SHA384, 11 },
  [GS_UTOPIA_SIGNER_REVOKED] = { "ds-revoked", GS_UTOPIA_KEY_P256, GS_UTOPIA_FORM_NAMED,
                                 GS_UTOPIA_SIGN_ECDSA_SHA256, GS_UTOPIA_CSCA_NEW,
                                 GS_UTOPIA_SIGN_ECDSA_SHA384, 11 },
  [GS_UTOPIA_SIGNER_SHORT] = { "ds-short", GS_UTOPIA_KEY_P256, GS_UTOPIA_FORM_NAMED,
                               GS_UTOPIA_SIGN_ECDSA_SHA256, GS_UTOPIA_CSCA_NEW,
                               GS_UTOPIA_SIGN_ECDSA_SHA384, 1 },
  [GS_UTOPIA_SIGNER_FOREIGN] = { "ds-nusquama", GS_UTOPIA_KEY_P256, GS_UTOPIA_FORM_NAMED,
                                 GS_UTOPIA_SIGN_ECDSA_SHA256, GS_UTOPIA_CSCA_FOREIGN,
                                 GS_UTOPIA_SIGN_ECDSA_SHA256, 11 },
  [GS_UTOPIA_SIGNER_FORGED] = { "ds-forged", GS_UTOPIA_KEY_BP256, GS_UTOPIA_FORM_EXPLICIT,
                                GS_UTOPIA_SIGN_ECDSA_SHA256, GS_UTOPIA_CSCA_FORGER,
                                GS_UTOPIA_SIGN_ECDSA_SHA384, 11 },
  [GS_UTOPIA_SIGNER_LINKED] = { "ds-linked", GS_UTOPIA_KEY_P384, GS_UTOPIA_FORM_NAMED,
                                GS_UTOPIA_SIGN_ECDSA_SHA512, GS_UTOPIA_CSCA_NEW,
                                GS_UTOPIA_SIGN_ECDSA_SHA384, 11 },
};

const GsUtopiaAuthority *
gs_utopia_authority_get (GsUtopiaAuthorityId id)
{
  return &authorities[id];
}

static void
signer_free (gpointer data)
{
  GsUtopiaSigner *signer = data;

  g_bytes_unref (signer->certificate);
  g_free (signer);
}

static gboolean
make_folder (const char *parent, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (parent, name, NULL);

  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

GsUtopiaCountry *
gs_utopia_country_open (const char *folder, guint64 seed, gint64 today_utc_s, GError **error)
{
  GsUtopiaCountry *self;

  if (!make_folder (folder, "keys", error) || !make_folder (folder, "certificates", error)
      || !make_folder (folder, "lists", error))
    return NULL;
  self = g_new0 (GsUtopiaCountry, 1);
  self->folder = g_strdup (folder);
  self->seed = seed;
  self->today_utc_s = today_utc_s / DAY_S * DAY_S;
  self->keys =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) EVP_PKEY_free);
  self->signers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, signer_free);
  return self;
}

void
gs_utopia_country_free (GsUtopiaCountry *self)
{
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->signers);
  g_free (self->folder);
  g_free (self);
}

gint64
gs_utopia_country_get_today (GsUtopiaCountry *self)
{
  return self->today_utc_s;
}

guint64
gs_utopia_country_get_seed (GsUtopiaCountry *self)
{
  return self->seed;
}

EVP_PKEY *
gs_utopia_country_key (GsUtopiaCountry *self,
                       GsUtopiaKeyKind kind,
                       const char *label,
                       GError **error)
{
  EVP_PKEY *key = g_hash_table_lookup (self->keys, label);
  g_autofree char *folder = g_build_filename (self->folder, "keys", NULL);

  if (key == NULL)
    {
      key = gs_utopia_key_load (folder, kind, self->seed, label, error);
      if (key != NULL)
        g_hash_table_insert (self->keys, g_strdup (label), key);
    }
  return key;
}

gint64
gs_utopia_year_start (int year)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (year, 1, 1, 0, 0, 0);

  return g_date_time_to_unix (start);
}

int
gs_utopia_country_year (GsUtopiaCountry *self)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (self->today_utc_s);

  return g_date_time_get_year (today);
}

/* A serial number that the name decides, so that certificates can be made in any order. */
guint64
gs_utopia_country_serial (GsUtopiaCountry *self, const char *name)
{
  g_autofree char *text = g_strdup_printf ("%s %" G_GUINT64_FORMAT, name, self->seed);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  hash[15] = '\0';
  return g_ascii_strtoull (hash, NULL, 16) | 1;
}

char *
gs_utopia_country_path (GsUtopiaCountry *self, const char *kind, const char *name)
{
  return g_build_filename (self->folder, kind, name, NULL);
}

GBytes *
gs_utopia_country_certificate (GsUtopiaCountry *self,
                               const char *name,
                               const GsUtopiaCertificate *wish,
                               GError **error)
{
  g_autofree char *file = g_strconcat (name, ".der", NULL);
  g_autofree char *path = gs_utopia_country_path (self, "certificates", file);
  g_autoptr (GBytes) made = NULL;
  char *contents;
  gsize length;

  if (g_file_get_contents (path, &contents, &length, NULL))
    return g_bytes_new_take (contents, length);
  made = gs_utopia_certificate_new (wish, error);
  if (made == NULL
      || !g_file_set_contents (path, g_bytes_get_data (made, NULL),
                               (gssize) g_bytes_get_size (made), error))
    return NULL;
  return g_steal_pointer (&made);
}

GBytes *
gs_utopia_country_csca (GsUtopiaCountry *self, GsUtopiaAuthorityId id, GError **error)
{
  const GsUtopiaAuthority *row = &authorities[id];
  EVP_PKEY *key = gs_utopia_country_key (self, row->key, row->name, error);
  int year = gs_utopia_country_year (self);
  GsUtopiaCertificate wish = {
    .role = GS_UTOPIA_ROLE_CSCA,
    .country = row->country,
    .subject = row->common_name,
    .issuer = row->common_name,
    .serial = gs_utopia_country_serial (self, row->name),
    .from_utc_s = gs_utopia_year_start (year + row->from_years),
    .to_utc_s = gs_utopia_year_start (year + row->to_years),
    .sign_to_utc_s = gs_utopia_year_start (year + row->to_years),
    .key = key,
    .form = row->form,
    .issuer_key = key,
    .scheme = row->scheme,
  };

  return key == NULL ? NULL : gs_utopia_country_certificate (self, row->name, &wish, error);
}

GBytes *
gs_utopia_country_link (GsUtopiaCountry *self, GError **error)
{
  const GsUtopiaAuthority *old = &authorities[GS_UTOPIA_CSCA_OLD];
  const GsUtopiaAuthority *new = &authorities[GS_UTOPIA_CSCA_NEW];
  int year = gs_utopia_country_year (self);
  GsUtopiaCertificate wish = {
    .role = GS_UTOPIA_ROLE_LINK,
    .country = GS_UTOPIA_CODE,
    .subject = new->common_name,
    .issuer = old->common_name,
    .serial = gs_utopia_country_serial (self, "link"),
    .from_utc_s = gs_utopia_year_start (year + new->from_years),
    .to_utc_s = gs_utopia_year_start (year + old->to_years),
    .sign_to_utc_s = gs_utopia_year_start (year + old->to_years),
    .key = gs_utopia_country_key (self, new->key, new->name, error),
    .form = new->form,
    .scheme = old->scheme,
  };

  if (wish.key == NULL)
    return NULL;
  wish.issuer_key = gs_utopia_country_key (self, old->key, old->name, error);
  return wish.issuer_key == NULL ? NULL
                                 : gs_utopia_country_certificate (self, "link", &wish, error);
}

static GsUtopiaSigner *
make_signer (
  GsUtopiaCountry *self, const SignerRow *row, const char *name, int year, GError **error)
{
  const GsUtopiaAuthority *authority = &authorities[row->issuer];
  g_autofree char *subject = g_strconcat ("SPECIMEN DS ", name + 3, NULL);
  GsUtopiaCertificate wish = {
    .role = GS_UTOPIA_ROLE_SIGNER,
    .country = authority->country,
    .subject = subject,
    .issuer = authority->common_name,
    .serial = gs_utopia_country_serial (self, name),
    .from_utc_s = gs_utopia_year_start (year),
    .to_utc_s = gs_utopia_year_start (year + row->years),
    .sign_to_utc_s = gs_utopia_year_start (year + 1),
    .key = gs_utopia_country_key (self, row->key, row->name, error),
    .form = row->form,
    .scheme = row->issued_by,
  };
  GBytes *certificate;
  GsUtopiaSigner *signer;

  if (wish.key == NULL)
    return NULL;
  wish.issuer_key = gs_utopia_country_key (self, authority->key, authority->name, error);
  if (wish.issuer_key == NULL)
    return NULL;
  certificate = gs_utopia_country_certificate (self, name, &wish, error);
  if (certificate == NULL)
    return NULL;
  signer = g_new0 (GsUtopiaSigner, 1);
  signer->key = wish.key;
  signer->certificate = certificate;
  signer->country = authority->country;
  signer->issuer = authority->common_name;
  signer->serial = wish.serial;
  signer->scheme = row->scheme;
  return signer;
}

const GsUtopiaSigner *
gs_utopia_country_signer (GsUtopiaCountry *self, GsUtopiaSignerKind kind, int year, GError **error)
{
  const SignerRow *row = &rows[kind];
  g_autofree char *name = g_strdup_printf ("%s-%d", row->name, year);
  GsUtopiaSigner *signer = g_hash_table_lookup (self->signers, name);

  if (signer == NULL)
    {
      signer = make_signer (self, row, name, year, error);
      if (signer != NULL)
        g_hash_table_insert (self->signers, g_steal_pointer (&name), signer);
    }
  return signer;
}

guint
gs_utopia_country_signer_kinds (void)
{
  return G_N_ELEMENTS (rows) - 1;
}
