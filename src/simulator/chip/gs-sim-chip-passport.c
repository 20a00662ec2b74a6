/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-passport.h"

#include "gs-sim-chip-apdu.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#define PACE_OID "0.4.0.127.0.7.2.2.4."
#define CA_OID "0.4.0.127.0.7.2.2.3."

static const struct
{
  const char *name;
  gboolean application;
  guint16 identifier;
} places[] = {
  { "ef-card-access", FALSE, 0x011c },
  { "ef-card-security", FALSE, 0x011d },
  { "ef-com", TRUE, 0x011e },
  { "ef-sod", TRUE, 0x011d },
};

static gpointer
file_key (gboolean application, guint16 identifier)
{
  return GUINT_TO_POINTER ((application ? 0x10000u : 0) | identifier);
}

GBytes *
gs_sim_passport_get_file (GsSimPassport *self, gboolean application, guint16 identifier)
{
  return g_hash_table_lookup (self->files, file_key (application, identifier));
}

static void
load_file (GsSimPassport *self, const char *name, gboolean application, guint16 identifier)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.bin", self->folder, name);
  char *contents;
  gsize length;

  if (g_file_get_contents (path, &contents, &length, NULL))
    g_hash_table_insert (self->files, file_key (application, identifier),
                         g_bytes_new_take (contents, length));
}

static void
load_files (GsSimPassport *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    load_file (self, places[i].name, places[i].application, places[i].identifier);
  for (guint16 number = 1; number <= 16; number++)
    {
      g_autofree char *name = g_strdup_printf ("dg%d", number);

      load_file (self, name, TRUE, (guint16) (0x0100 | number));
    }
}

static EVP_PKEY *
load_key (GsSimPassport *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = NULL;
  gsize length;
  EVP_PKEY *key;
  BIO *memory;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  memory = BIO_new_mem_buf (text, (int) length);
  key = PEM_read_bio_PrivateKey (memory, NULL, NULL, NULL);
  BIO_free (memory);
  ERR_clear_error ();
  return key;
}

/* One PACEInfo: an identifier, the version, the number of the parameters. */
static void
load_pace_info (GsSimPassport *self, const guint8 *info, gsize length)
{
  const guint8 *oid, *version, *number;
  gsize oid_length, version_length, number_length;
  char dotted[64];
  ASN1_OBJECT *object;
  const guint8 *at = info;
  GsSimPaceOffer *offer;

  object = d2i_ASN1_OBJECT (NULL, &at, (long) length);
  if (object == NULL)
    return;
  OBJ_obj2txt (dotted, sizeof dotted, object, 1);
  ASN1_OBJECT_free (object);
  if (!g_str_has_prefix (dotted, PACE_OID) || strlen (dotted) != strlen (PACE_OID) + 3
      || !gs_sim_find_object (info, length, 0x06, &oid, &oid_length)
      || !gs_sim_find_object (info, length, 0x02, &version, &version_length))
    return;
  offer = g_new0 (GsSimPaceOffer, 1);
  offer->oid = g_strdup (dotted);
  offer->mapping = (guint) (dotted[strlen (PACE_OID)] - '0');
  offer->cipher = (GsSimCipher) (dotted[strlen (PACE_OID) + 2] - '0');
  version += version_length;
  if (gs_sim_find_object (version, (gsize) (info + length - version), 0x02, &number, &number_length)
      && number_length == 1)
    offer->parameter_id = number[0];
  g_ptr_array_add (self->pace, offer);
}

static void
load_pace (GsSimPassport *self)
{
  GBytes *file = gs_sim_passport_get_file (self, FALSE, 0x011c);
  const guint8 *set, *info;
  gsize set_length, length;

  if (file == NULL
      || !gs_sim_find_object (g_bytes_get_data (file, NULL), g_bytes_get_size (file), 0x31, &set,
                              &set_length))
    return;
  while (gs_sim_find_object (set, set_length, 0x30, &info, &length))
    {
      const guint8 *end = set + set_length;

      load_pace_info (self, info, length);
      set = info + length;
      set_length = (gsize) (end - set);
    }
}

static void
offer_free (gpointer data)
{
  g_free (((GsSimPaceOffer *) data)->oid);
  g_free (data);
}

static gboolean
load_settings (GsSimPassport *self, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (self->folder, "chip.ini", NULL);
  g_autofree char *line = NULL, *ca = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return FALSE;
  line = g_key_file_get_string (file, "chip", "access-mrz", error);
  if (line == NULL)
    return FALSE;
  if (strlen (line) != 44)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: access-mrz is not a line 2",
                   path);
      return FALSE;
    }
  gs_sim_mrz_secret (line, self->secret);
  self->can = g_key_file_get_string (file, "chip", "can", NULL);
  self->bac = g_key_file_get_boolean (file, "chip", "bac", NULL);
  self->fault = g_key_file_get_string (file, "chip", "fault", NULL);
  ca = g_key_file_get_string (file, "chip", "chip-authentication", NULL);
  if (ca != NULL && g_str_has_prefix (ca, CA_OID) && strlen (ca) == strlen (CA_OID) + 3)
    self->ca = (GsSimCipher) CLAMP (ca[strlen (CA_OID) + 2] - '0', 1, 4);
  return TRUE;
}

GsSimPassport *
gs_sim_passport_load (const char *folder, GError **error)
{
  g_autoptr (GsSimPassport) self = g_new0 (GsSimPassport, 1);

  self->folder = g_strdup (folder);
  self->files = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_bytes_unref);
  self->pace = g_ptr_array_new_with_free_func (offer_free);
  if (!load_settings (self, error))
    return NULL;
  load_files (self);
  load_pace (self);
  self->ca_key = load_key (self, "ca-key.pem");
  self->aa_key = load_key (self, "aa-key.pem");
  return g_steal_pointer (&self);
}

void
gs_sim_passport_free (GsSimPassport *self)
{
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->pace, g_ptr_array_unref);
  EVP_PKEY_free (self->ca_key);
  EVP_PKEY_free (self->aa_key);
  g_free (self->folder);
  g_free (self->can);
  g_free (self->fault);
  OPENSSL_cleanse (self->secret, sizeof self->secret);
  g_free (self);
}
