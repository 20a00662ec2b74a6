/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-ring.h"

#include "gs-seal-error.h"

#include <gio/gio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

/* A bundle of every signer of a state has a few hundred. */
#define MAX_FILE_BYTES (4 * 1024 * 1024)

struct _GsSealRing
{
  gatomicrefcount references;
  GPtrArray *keys;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

GsSealRing *
gs_seal_ring_new (void)
{
  GsSealRing *self = g_new0 (GsSealRing, 1);

  g_atomic_ref_count_init (&self->references);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_seal_key_unref);
  return self;
}

GsSealRing *
gs_seal_ring_ref (GsSealRing *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gs_seal_ring_unref (GsSealRing *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->keys);
  g_free (self);
}

static gboolean
is_same (GsSealKey *a, GsSealKey *b)
{
  X509 *first = gs_seal_key_get_certificate (a);
  X509 *second = gs_seal_key_get_certificate (b);

  if (first != NULL && second != NULL)
    return X509_cmp (first, second) == 0;
  return first == second
         && g_strcmp0 (gs_seal_key_get_fingerprint (a), gs_seal_key_get_fingerprint (b)) == 0;
}

void
gs_seal_ring_add (GsSealRing *self, GsSealKey *key)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (is_same (self->keys->pdata[i], key))
      return;
  g_ptr_array_add (self->keys, gs_seal_key_ref (key));
}

static gboolean
add_new (GsSealRing *self, GsSealKey *key)
{
  g_autoptr (GsSealKey) owned = key;

  if (owned == NULL)
    return FALSE;
  gs_seal_ring_add (self, owned);
  return TRUE;
}

static gboolean
fail (GError **error, const char *source, const char *why)
{
  ERR_clear_error ();
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY, "%s: %s", source, why);
  return FALSE;
}

static gboolean
add_block (GsSealRing *self,
           const char *name,
           const guint8 *data,
           long length,
           const char *source,
           GError **error)
{
  const guint8 *at = data;

  if (g_str_equal (name, PEM_STRING_PUBLIC))
    {
      g_autoptr (EVP_PKEY) key = d2i_PUBKEY (NULL, &at, length);

      if (key == NULL || at != data + length)
        return fail (error, source, "a public key in it cannot be read");
      return add_new (self, gs_seal_key_new_bare (key, source, error));
    }
  if (g_str_equal (name, PEM_STRING_X509) || g_str_equal (name, PEM_STRING_X509_TRUSTED)
      || g_str_equal (name, PEM_STRING_X509_OLD))
    {
      g_autoptr (X509) certificate = d2i_X509 (NULL, &at, length);

      if (certificate == NULL)
        return fail (error, source, "a certificate in it cannot be read");
      return add_new (self, gs_seal_key_new_certificate (certificate, source, error));
    }
  if (strstr (name, "PRIVATE KEY") != NULL)
    return fail (error, source, "it holds a private key, which does not belong here");
  /* The curve's parameters, which openssl writes before a key. */
  return TRUE;
}

static gboolean
add_pem (GsSealRing *self, GBytes *file, const char *source, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  g_autoptr (BIO) in = BIO_new_mem_buf (bytes, (int) size);
  guint before = self->keys->len;
  guint n_blocks = 0;
  gboolean good = TRUE;

  while (good)
    {
      char *name = NULL;
      char *header = NULL;
      unsigned char *data = NULL;
      long length = 0;

      if (PEM_read_bio (in, &name, &header, &data, &length) != 1)
        break;
      n_blocks++;
      good = add_block (self, name, data, length, source, error);
      OPENSSL_free (name);
      OPENSSL_free (header);
      OPENSSL_clear_free (data, (gsize) length);
    }
  if (!good)
    return FALSE;
  if (ERR_GET_REASON (ERR_peek_last_error ()) != PEM_R_NO_START_LINE)
    return fail (error, source, "it is damaged or cut short");
  ERR_clear_error ();
  if (n_blocks == 0 || (before == 0 && self->keys->len == 0))
    return fail (error, source, "there is no certificate and no public key in it");
  return TRUE;
}

static gboolean
add_der (GsSealRing *self, GBytes *file, const char *source, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  const guint8 *at = bytes;
  g_autoptr (X509) certificate = d2i_X509 (NULL, &at, (long) size);

  if (certificate != NULL && at == bytes + size)
    return add_new (self, gs_seal_key_new_certificate (certificate, source, error));
  at = bytes;
  g_autoptr (EVP_PKEY) key = d2i_PUBKEY (NULL, &at, (long) size);
  if (key != NULL && at == bytes + size)
    return add_new (self, gs_seal_key_new_bare (key, source, error));
  return fail (error, source, "there is no certificate and no public key in it");
}

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) in = g_file_read (file, NULL, &local);
  g_autofree guint8 *buffer = NULL;
  gsize size = 0;

  buffer = g_malloc (MAX_FILE_BYTES + 1);
  if (in == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (in), buffer, MAX_FILE_BYTES + 1, &size, NULL,
                                   &local))
    {
      fail (error, path, local->message);
      return NULL;
    }
  if (size > MAX_FILE_BYTES)
    {
      fail (error, path, "it is larger than any file of certificates");
      return NULL;
    }
  return g_bytes_new (buffer, size);
}

static gboolean
add_file (GsSealRing *self, const char *path, GError **error)
{
  g_autoptr (GBytes) file = read_file (path, error);
  gsize size;
  const guint8 *bytes;

  if (file == NULL)
    return FALSE;
  bytes = g_bytes_get_data (file, &size);
  if (size > 0 && bytes[0] == 0x30)
    return add_der (self, file, path, error);
  return add_pem (self, file, path, error);
}

static gboolean
add_folder (GsSealRing *self, const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &local);
  guint before = self->keys->len;
  const char *name;

  if (folder == NULL)
    return fail (error, path, local->message);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if ((g_str_has_suffix (name, ".pem") || g_str_has_suffix (name, ".crt")
           || g_str_has_suffix (name, ".cer") || g_str_has_suffix (name, ".der"))
          && !add_file (self, file, error))
        return FALSE;
    }
  if (self->keys->len == before)
    return fail (error, path, "there is no certificate and no public key in this folder");
  return TRUE;
}

gboolean
gs_seal_ring_add_path (GsSealRing *self, const char *path, GError **error)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? add_folder (self, path, error)
                                                : add_file (self, path, error);
}

guint
gs_seal_ring_get_size (GsSealRing *self)
{
  return self->keys->len;
}

GsSealKey *
gs_seal_ring_get (GsSealRing *self, guint index)
{
  g_return_val_if_fail (index < self->keys->len, NULL);
  return self->keys->pdata[index];
}
