/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-country-private.h"

#include "gs-utopia-der.h"

#include <string.h>

#define DAY_S G_GINT64_CONSTANT (86400)
#define ID_MASTER_LIST "2.23.136.1.1.2"

static gboolean
write_list (GsUtopiaCountry *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = gs_utopia_country_path (self, "lists", name);

  return g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                              (gssize) g_bytes_get_size (bytes), error);
}

/* ---- master lists ---- */

/* CscaMasterList (Doc 9303-12, 8): version 0 and the certificates. */
static GBytes *
bare_list (GPtrArray *certificates, guint count)
{
  GPtrArray *parts = g_ptr_array_new ();

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (parts, g_bytes_ref (g_ptr_array_index (certificates, i)));
  return gs_utopia_der_of (0x30, gs_utopia_der_integer (0), gs_utopia_der_set (0x31, parts), NULL);
}

static GBytes *
list_signer (GsUtopiaCountry *self, GError **error)
{
  const GsUtopiaAuthority *authority = gs_utopia_authority_get (GS_UTOPIA_CSCA_NEW);
  int year = gs_utopia_country_year (self);
  GsUtopiaCertificate wish = {
    .role = GS_UTOPIA_ROLE_LIST_SIGNER,
    .country = GS_UTOPIA_CODE,
    .subject = "SPECIMEN Master List Signer",
    .issuer = authority->common_name,
    .serial = gs_utopia_country_serial (self, "list-signer"),
    .from_utc_s = gs_utopia_year_start (year - 1),
    .to_utc_s = gs_utopia_year_start (year + 3),
    .sign_to_utc_s = gs_utopia_year_start (year + 2),
    .key = gs_utopia_country_key (self, GS_UTOPIA_KEY_P256, "list-signer", error),
    .form = GS_UTOPIA_FORM_NAMED,
    .issuer_key = gs_utopia_country_key (self, authority->key, authority->name, error),
    .scheme = authority->scheme,
  };

  if (wish.key == NULL || wish.issuer_key == NULL)
    return NULL;
  return gs_utopia_country_certificate (self, "list-signer", &wish, error);
}

static gboolean
write_signed_list (
  GsUtopiaCountry *self, const char *name, GPtrArray *certificates, guint count, GError **error)
{
  const GsUtopiaAuthority *authority = gs_utopia_authority_get (GS_UTOPIA_CSCA_NEW);
  g_autoptr (GBytes) certificate = list_signer (self, error);
  g_autoptr (GBytes) content = NULL, whole = NULL;
  GsUtopiaSigner signer = {
    .certificate = certificate,
    .country = GS_UTOPIA_CODE,
    .issuer = authority->common_name,
    .serial = gs_utopia_country_serial (self, "list-signer"),
    .scheme = GS_UTOPIA_SIGN_ECDSA_SHA256,
  };
  GsUtopiaCms cms = {
    .type = ID_MASTER_LIST,
    .time_utc_s = self->today_utc_s,
    .signers = &signer,
    .n_signers = 1,
    .extra_certificate = g_ptr_array_index (certificates, GS_UTOPIA_CSCA_NEW),
  };

  if (certificate == NULL)
    return FALSE;
  signer.key = gs_utopia_country_key (self, GS_UTOPIA_KEY_P256, "list-signer", error);
  if (signer.key == NULL)
    return FALSE;
  cms.content = content = bare_list (certificates, count);
  whole = gs_utopia_cms_new (&cms, error);
  return whole != NULL && write_list (self, name, whole, error);
}

/* ---- bundles ---- */

static void
append_base64 (GString *text, GBytes *bytes, const char *line_start, guint width)
{
  g_autofree char *encoded =
    g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (const char *at = encoded; *at != '\0';)
    {
      int length = (int) MIN (strlen (at), width);

      g_string_append_printf (text, "%s%.*s\n", at == encoded ? "" : line_start, length, at);
      at += length;
    }
}

static gboolean
write_pem (GsUtopiaCountry *self, GPtrArray *certificates, GError **error)
{
  g_autoptr (GString) text = g_string_new ("SPECIMEN certificates of Utopia and Nusquama\n");
  g_autofree char *path = gs_utopia_country_path (self, "lists", "csca.pem");

  for (guint i = 0; i < certificates->len; i++)
    {
      g_string_append (text, "-----BEGIN CERTIFICATE-----\n");
      append_base64 (text, g_ptr_array_index (certificates, i), "", 64);
      g_string_append (text, "-----END CERTIFICATE-----\n");
    }
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

/* As the ICAO PKD delivers single certificates. */
static gboolean
write_ldif (GsUtopiaCountry *self, GPtrArray *certificates, GError **error)
{
  g_autoptr (GString) text = g_string_new ("version: 1\n# SPECIMEN\n");
  g_autofree char *path = gs_utopia_country_path (self, "lists", "csca.ldif");

  for (guint i = 0; i < certificates->len; i++)
    {
      const char *country = i == GS_UTOPIA_CSCA_FOREIGN ? GS_NUSQUAMA_CODE : GS_UTOPIA_CODE;

      g_string_append_printf (text,
                              "\ndn: cn=specimen-%u,o=csca,c=%s,dc=data,dc=download,dc=pkd\n"
                              "objectClass: inetOrgPerson\nobjectClass: pkdDownload\n"
                              "cn: specimen-%u\nuserCertificate;binary:: ",
                              i, country, i);
      append_base64 (text, g_ptr_array_index (certificates, i), " ", 60);
    }
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

/* ---- revocation lists ---- */

static gboolean
write_crl (GsUtopiaCountry *self,
           const char *name,
           GsUtopiaAuthorityId id,
           gint64 next_update_utc_s,
           const guint64 *revoked,
           guint n_revoked,
           GError **error)
{
  const GsUtopiaAuthority *authority = gs_utopia_authority_get (id);
  GsUtopiaCrl crl = {
    .country = authority->country,
    .issuer = authority->common_name,
    .issuer_key = gs_utopia_country_key (self, authority->key, authority->name, error),
    .scheme = authority->scheme,
    .number = 7,
    .this_update_utc_s = MIN (self->today_utc_s, next_update_utc_s) - DAY_S,
    .next_update_utc_s = next_update_utc_s,
    .revoked = revoked,
    .n_revoked = n_revoked,
  };
  g_autoptr (GBytes) bytes = NULL;

  if (crl.issuer_key == NULL)
    return FALSE;
  bytes = gs_utopia_crl_new (&crl, error);
  return bytes != NULL && write_list (self, name, bytes, error);
}

static gboolean
write_crls (GsUtopiaCountry *self, GError **error)
{
  gint64 next_utc_s = self->today_utc_s + 90 * DAY_S;
  gint64 past_utc_s = self->today_utc_s - 30 * DAY_S;
  int year = gs_utopia_country_year (self);
  guint64 revoked[12];
  guint count = G_N_ELEMENTS (revoked);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *name = g_strdup_printf ("ds-revoked-%d", year - (int) i);

      revoked[i] = gs_utopia_country_serial (self, name);
    }
  return write_crl (self, "utopia-1.crl", GS_UTOPIA_CSCA_OLD, next_utc_s, NULL, 0, error)
         && write_crl (self, "utopia-2.crl", GS_UTOPIA_CSCA_NEW, next_utc_s, revoked, count, error)
         && write_crl (self, "stale.crl", GS_UTOPIA_CSCA_NEW, past_utc_s, revoked, count, error)
         && write_crl (self, "nusquama.crl", GS_UTOPIA_CSCA_FOREIGN, next_utc_s, NULL, 0, error);
}

gboolean
gs_utopia_country_publish (GsUtopiaCountry *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) forger = gs_utopia_country_csca (self, GS_UTOPIA_CSCA_FORGER, error);
  g_autoptr (GBytes) bare = NULL;

  if (forger == NULL)
    return FALSE;
  for (int id = GS_UTOPIA_CSCA_OLD; id <= GS_UTOPIA_CSCA_FOREIGN; id++)
    {
      GBytes *certificate = gs_utopia_country_csca (self, (GsUtopiaAuthorityId) id, error);

      if (certificate == NULL)
        return FALSE;
      g_ptr_array_add (list, certificate);
    }
  g_ptr_array_add (list, gs_utopia_country_link (self, error));
  if (g_ptr_array_index (list, list->len - 1) == NULL)
    return FALSE;
  for (guint kind = 1; kind <= gs_utopia_country_signer_kinds (); kind++)
    if (!gs_utopia_country_signer (self, (GsUtopiaSignerKind) kind, gs_utopia_country_year (self),
                                   error))
      return FALSE;
  bare = bare_list (list, list->len);
  return write_list (self, "master-list-bare.bin", bare, error)
         && write_signed_list (self, "master-list.ml", list, list->len, error)
         && write_signed_list (self, "master-list-utopia.ml", list, 2, error)
         && write_pem (self, list, error) && write_ldif (self, list, error)
         && write_crls (self, error);
}
