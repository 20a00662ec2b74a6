/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-file-seal-signer.h"

#include "gs-seal-curve.h"
#include "gs-seal-error.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

struct _GsFileSealSigner
{
  GObject parent_instance;

  char *path;
  EVP_PKEY *key;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)

static void signer_init (GsSealSignerInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFileSealSigner,
                               gs_file_seal_signer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_SEAL_SIGNER, signer_init))

/* Asks nobody for a password: there is no terminal. */
static int
no_password (char *buffer, int size, int writing, void *data)
{
  return -1;
}

static gboolean
load (GsFileSealSigner *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *text;
  gsize size;

  if (self->key != NULL)
    return TRUE;
  if (!g_file_get_contents (self->path, &text, &size, &local))
    {
      g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SIGNER, "the seal's key: %s",
                   local->message);
      return FALSE;
    }
  g_autoptr (BIO) in = BIO_new_mem_buf (text, (int) size);
  self->key = PEM_read_bio_PrivateKey (in, NULL, no_password, NULL);
  OPENSSL_cleanse (text, size);
  g_free (text);
  ERR_clear_error ();
  if (self->key != NULL && gs_seal_curve_of (self->key) != NULL)
    return TRUE;
  g_clear_pointer (&self->key, EVP_PKEY_free);
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY,
               "%s: there is no private key of an elliptic curve in it, without a password",
               self->path);
  return FALSE;
}

static GBytes *
sign (GsSealSigner *signer,
      const guint8 *digest,
      gsize digest_size,
      gsize signature_size,
      GError **error)
{
  GsFileSealSigner *self = GS_FILE_SEAL_SIGNER (signer);
  g_autoptr (EVP_PKEY_CTX) context = NULL;
  guint8 der[160];
  gsize length = sizeof der;
  GBytes *plain = NULL;

  if (!load (self, error))
    return NULL;
  context = EVP_PKEY_CTX_new (self->key, NULL);
  if (context != NULL && EVP_PKEY_sign_init (context) == 1
      && EVP_PKEY_sign (context, der, &length, digest, digest_size) == 1)
    plain = gs_seal_curve_from_der (gs_seal_curve_of (self->key), der, length);
  ERR_clear_error ();
  if (plain != NULL && g_bytes_get_size (plain) == signature_size)
    return plain;
  g_clear_pointer (&plain, g_bytes_unref);
  g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY,
               "%s: the key does not make signatures of the certificate's size", self->path);
  return NULL;
}

static void
gs_file_seal_signer_finalize (GObject *object)
{
  GsFileSealSigner *self = GS_FILE_SEAL_SIGNER (object);

  g_free (self->path);
  EVP_PKEY_free (self->key);
  G_OBJECT_CLASS (gs_file_seal_signer_parent_class)->finalize (object);
}

static void
gs_file_seal_signer_class_init (GsFileSealSignerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = gs_file_seal_signer_finalize;
}

static void
gs_file_seal_signer_init (GsFileSealSigner *self)
{
}

static void
signer_init (GsSealSignerInterface *interface)
{
  interface->sign = sign;
}

GsSealSigner *
gs_file_seal_signer_new (const char *path)
{
  GsFileSealSigner *self = g_object_new (GS_TYPE_FILE_SEAL_SIGNER, NULL);

  self->path = g_strdup (path);
  return GS_SEAL_SIGNER (self);
}
