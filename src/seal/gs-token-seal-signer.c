/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-token-seal-signer.h"

#include "gs-seal-error.h"

#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>
#include <string.h>

#define MAX_SLOTS 64
#define MAX_PIN 256

struct _GsTokenSealSigner
{
  GObject parent_instance;

  P11KitUri *uri;
  CK_FUNCTION_LIST **modules;
  CK_FUNCTION_LIST *module; /* of the open session; NULL without one */
  CK_SESSION_HANDLE session;
  CK_OBJECT_HANDLE key;
};

static void signer_init (GsSealSignerInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsTokenSealSigner,
                               gs_token_seal_signer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_SEAL_SIGNER, signer_init))

static gboolean
fail (GError **error, const char *what, CK_RV code)
{
  if (code == CKR_OK)
    g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SIGNER, "the seal's token: %s", what);
  else
    g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SIGNER, "the seal's token: %s (%s)", what,
                 p11_kit_strerror (code));
  return FALSE;
}

static void
close_session (GsTokenSealSigner *self)
{
  if (self->module != NULL)
    self->module->C_CloseSession (self->session);
  self->module = NULL;
}

/* The PIN that the address brings, or that stands in the first line of the file that it names. NULL
 * without one. */
static char *
dup_pin (GsTokenSealSigner *self, GError **error)
{
  const char *value = p11_kit_uri_get_pin_value (self->uri);
  const char *source = p11_kit_uri_get_pin_source (self->uri);
  g_autoptr (GError) local = NULL;
  char *pin = NULL;

  if (value != NULL)
    return g_strdup (value);
  if (source == NULL)
    return g_strdup ("");
  if (g_str_has_prefix (source, "file:"))
    source += strlen ("file:");
  if (g_str_has_prefix (source, "//"))
    source += 2;
  if (!g_file_get_contents (source, &pin, NULL, &local))
    {
      fail (error, local->message, CKR_OK);
      return NULL;
    }
  pin[strcspn (pin, "\r\n")] = '\0';
  if (strlen (pin) <= MAX_PIN)
    return pin;
  g_free (pin);
  fail (error, "the PIN's file is no PIN", CKR_OK);
  return NULL;
}

static gboolean
log_in (GsTokenSealSigner *self, GError **error)
{
  g_autofree char *pin = dup_pin (self, error);
  CK_RV code;

  if (pin == NULL)
    return FALSE;
  if (*pin == '\0')
    return TRUE; /* a token that asks for none; else its key is not to be seen */
  code =
    self->module->C_Login (self->session, CKU_USER, (CK_UTF8CHAR_PTR) pin, (CK_ULONG) strlen (pin));
  explicit_bzero (pin, strlen (pin));
  if (code == CKR_OK || code == CKR_USER_ALREADY_LOGGED_IN)
    return TRUE;
  return fail (error, "it does not take the PIN", code);
}

static gboolean
find_key (GsTokenSealSigner *self, GError **error)
{
  CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
  CK_ATTRIBUTE template[3] = { { CKA_CLASS, &class, sizeof class } };
  CK_ATTRIBUTE *label = p11_kit_uri_get_attribute (self->uri, CKA_LABEL);
  CK_ATTRIBUTE *id = p11_kit_uri_get_attribute (self->uri, CKA_ID);
  CK_OBJECT_HANDLE found[2];
  CK_ULONG n_found = 0;
  CK_ULONG n = 1;
  CK_RV code;

  if (label != NULL)
    template[n++] = *label;
  if (id != NULL)
    template[n++] = *id;
  code = self->module->C_FindObjectsInit (self->session, template, n);
  if (code == CKR_OK)
    {
      code = self->module->C_FindObjects (self->session, found, 2, &n_found);
      self->module->C_FindObjectsFinal (self->session);
    }
  if (code != CKR_OK)
    return fail (error, "its keys cannot be listed", code);
  if (n_found != 1)
    return fail (
      error, n_found == 0 ? "it shows no such key" : "the address names more than one key", CKR_OK);
  self->key = found[0];
  return TRUE;
}

/* Opens the slot when its token is the one that the address names. */
static gboolean
open_slot (GsTokenSealSigner *self, CK_FUNCTION_LIST *module, CK_SLOT_ID slot)
{
  CK_TOKEN_INFO info;

  if (module->C_GetTokenInfo (slot, &info) != CKR_OK
      || !p11_kit_uri_match_token_info (self->uri, &info)
      || module->C_OpenSession (slot, CKF_SERIAL_SESSION, NULL, NULL, &self->session) != CKR_OK)
    return FALSE;
  self->module = module;
  return TRUE;
}

static gboolean
open_token (GsTokenSealSigner *self)
{
  for (CK_FUNCTION_LIST **module = self->modules; *module != NULL; module++)
    {
      CK_SLOT_ID slots[MAX_SLOTS];
      CK_ULONG n_slots = MAX_SLOTS;

      if ((*module)->C_GetSlotList (CK_TRUE, slots, &n_slots) != CKR_OK)
        continue;
      for (CK_ULONG i = 0; i < n_slots; i++)
        if (open_slot (self, *module, slots[i]))
          return TRUE;
    }
  return FALSE;
}

static gboolean
open_session (GsTokenSealSigner *self, GError **error)
{
  if (self->module != NULL)
    return TRUE;
  if (self->modules == NULL)
    self->modules = p11_kit_modules_load_and_initialize (0);
  if (self->modules == NULL)
    return fail (error, p11_kit_message () != NULL ? p11_kit_message () : "no PKCS#11 modules",
                 CKR_OK);
  if (!open_token (self))
    return fail (error, "it is not there", CKR_OK);
  if (log_in (self, error) && find_key (self, error))
    return TRUE;
  close_session (self);
  return FALSE;
}

static CK_RV
sign_once (GsTokenSealSigner *self,
           const guint8 *digest,
           gsize digest_size,
           guint8 *signature,
           CK_ULONG *length)
{
  CK_MECHANISM mechanism = { CKM_ECDSA, NULL, 0 };
  CK_RV code = self->module->C_SignInit (self->session, &mechanism, self->key);

  if (code == CKR_OK)
    code = self->module->C_Sign (self->session, (CK_BYTE_PTR) (gpointer) digest,
                                 (CK_ULONG) digest_size, signature, length);
  return code;
}

static GBytes *
sign (GsSealSigner *signer,
      const guint8 *digest,
      gsize digest_size,
      gsize signature_size,
      GError **error)
{
  GsTokenSealSigner *self = GS_TOKEN_SEAL_SIGNER (signer);
  guint8 signature[256];
  CK_ULONG length = sizeof signature;
  gboolean was_open = self->module != NULL;
  CK_RV code;

  if (!open_session (self, error))
    return NULL;
  code = sign_once (self, digest, digest_size, signature, &length);
  if (code != CKR_OK && was_open)
    {
      /* The token may have been out in between. */
      close_session (self);
      if (!open_session (self, error))
        return NULL;
      length = sizeof signature;
      code = sign_once (self, digest, digest_size, signature, &length);
    }
  if (code == CKR_OK && length == signature_size)
    return g_bytes_new (signature, length);
  close_session (self);
  if (code == CKR_OK)
    g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY,
                         "the token's key does not make signatures of the certificate's size");
  else
    fail (error, "it does not sign", code);
  return NULL;
}

static void
gs_token_seal_signer_finalize (GObject *object)
{
  GsTokenSealSigner *self = GS_TOKEN_SEAL_SIGNER (object);

  close_session (self);
  if (self->modules != NULL)
    p11_kit_modules_finalize_and_release (self->modules);
  p11_kit_uri_free (self->uri);
  G_OBJECT_CLASS (gs_token_seal_signer_parent_class)->finalize (object);
}

static void
gs_token_seal_signer_class_init (GsTokenSealSignerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = gs_token_seal_signer_finalize;
}

static void
gs_token_seal_signer_init (GsTokenSealSigner *self)
{
  self->uri = p11_kit_uri_new ();
}

static void
signer_init (GsSealSignerInterface *interface)
{
  interface->sign = sign;
}

GsSealSigner *
gs_token_seal_signer_new (const char *uri, GError **error)
{
  g_autoptr (GsTokenSealSigner) self = g_object_new (GS_TYPE_TOKEN_SEAL_SIGNER, NULL);
  int code = p11_kit_uri_parse (uri, P11_KIT_URI_FOR_ANY, self->uri);

  if (code == P11_KIT_URI_OK && !p11_kit_uri_any_unrecognized (self->uri))
    return GS_SEAL_SIGNER (g_steal_pointer (&self));
  g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_KEY,
                       code != P11_KIT_URI_OK ? p11_kit_uri_message (code)
                                              : "the pkcs11: address has parts that are not known");
  return NULL;
}
