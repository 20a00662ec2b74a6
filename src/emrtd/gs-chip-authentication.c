/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-authentication.h"

#include "gs-chip-agreement.h"
#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/crypto.h>
#include <openssl/objects.h>

#define INS_MANAGE_SECURITY 0x22
#define INS_GENERAL_AUTHENTICATE 0x86
#define TAG_OID 0x80
#define TAG_KEY_ID 0x84
#define TAG_EPHEMERAL_KEY 0x91
#define TAG_DYNAMIC 0x7C
#define TAG_DYNAMIC_KEY 0x80

static void
append_bytes (GByteArray *out, GsTlvTag tag, GBytes *value)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (value, &size);

  gs_tlv_append (out, tag, bytes, size);
}

static void
append_key_id (GByteArray *out, int key_id)
{
  guint8 bytes[4] = { (guint8) (key_id >> 24), (guint8) (key_id >> 16), (guint8) (key_id >> 8),
                      (guint8) key_id };
  gsize skip = 0;

  if (key_id == GS_SECURITY_NO_ID)
    return;
  while (skip < 3 && bytes[skip] == 0)
    skip++;
  gs_tlv_append (out, TAG_KEY_ID, bytes + skip, 4 - skip);
}

/* 3DES: one command carries the key (section 6.2.4.1). */
static gboolean
send_key_alone (GsChipChannel *channel, GBytes *own, int key_id, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_auto (GsApduResponse) response = { 0 };

  append_bytes (data, TAG_EPHEMERAL_KEY, own);
  append_key_id (data, key_id);
  const GsApduCommand command = {
    .ins = INS_MANAGE_SECURITY, .p1 = 0x41, .p2 = 0xA6, .data = data->data, .length = data->len
  };
  return gs_chip_channel_demand (channel, &command, "set the chip's key", &response, error);
}

/* AES: the protocol first, then the key (section 6.2.4.2). */
static gboolean
send_protocol_and_key (GsChipChannel *channel,
                       const GsChipAuthenticationInfo *info,
                       GBytes *own,
                       GError **error)
{
  g_autoptr (GByteArray) set = g_byte_array_new ();
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_auto (GsApduResponse) response = { 0 };
  ASN1_OBJECT *object = OBJ_txt2obj (info->oid, 1);

  if (object == NULL)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO, "%s is no object identifier",
                   info->oid);
      return FALSE;
    }
  gs_tlv_append (set, TAG_OID, OBJ_get0_data (object), OBJ_length (object));
  ASN1_OBJECT_free (object);
  append_key_id (set, info->key_id);
  const GsApduCommand first = {
    .ins = INS_MANAGE_SECURITY, .p1 = 0x41, .p2 = 0xA4, .data = set->data, .length = set->len
  };
  if (!gs_chip_channel_demand (channel, &first, "set chip authentication", &response, error))
    return FALSE;
  append_bytes (inner, TAG_DYNAMIC_KEY, own);
  gs_tlv_append_array (data, TAG_DYNAMIC, inner);
  const GsApduCommand second = { .ins = INS_GENERAL_AUTHENTICATE,
                                 .data = data->data,
                                 .length = data->len,
                                 .expected = GS_APDU_SHORT_MAX };
  return gs_chip_channel_demand (channel, &second, "authenticate the chip", &response, error);
}

static gboolean
restart (GsChipChannel *channel, GsChipCipher cipher, GBytes *secret, GError **error)
{
  guint8 encryption[GS_CHIP_KEY_MAX], mac[GS_CHIP_KEY_MAX];
  gsize size;
  const guint8 *bytes = g_bytes_get_data (secret, &size);
  gboolean ok =
    gs_chip_cipher_derive_key (cipher, bytes, size, GS_CHIP_KEY_ENCRYPTION, encryption, error)
    && gs_chip_cipher_derive_key (cipher, bytes, size, GS_CHIP_KEY_MAC, mac, error);

  if (ok)
    gs_chip_channel_set_secure (channel, gs_secure_messaging_new (cipher, encryption, mac, NULL));
  OPENSSL_cleanse ((gpointer) bytes, size);
  OPENSSL_cleanse (encryption, sizeof encryption);
  OPENSSL_cleanse (mac, sizeof mac);
  return ok;
}

/* The first answer under the new keys. A chip without the private key cannot give it: it answers
 * without protection, or with a code that does not fit. */
static gboolean
prove (GsChipChannel *channel, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (gs_chip_channel_select_application (channel, &local))
    return TRUE;
  if (g_error_matches (local, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SESSION)
      || g_error_matches (local, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE)
      || g_error_matches (local, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED))
    g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE,
                 "the chip does not hold the private key of its own public key: %s",
                 local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
gs_chip_authentication_perform (GsChipChannel *channel,
                                const GsChipAuthenticationInfo *info,
                                const GsChipAuthenticationKey *key,
                                GError **error)
{
  GsChipCipher cipher = info != NULL ? info->cipher : GS_CHIP_CIPHER_3DES;
  g_autoptr (GBytes) own = NULL;
  g_autoptr (GBytes) secret = NULL;

  if (gs_chip_channel_get_secure (channel) == NULL)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SESSION,
                           "chip authentication needs secure messaging");
      return FALSE;
    }
  if (!gs_chip_agreement_run (key->public_key, key->elliptic, gs_chip_channel_get_random (channel),
                              &own, &secret, error))
    return FALSE;
  gboolean sent = cipher == GS_CHIP_CIPHER_3DES ? send_key_alone (channel, own, key->key_id, error)
                                                : send_protocol_and_key (channel, info, own, error);
  return sent && restart (channel, cipher, secret, error) && prove (channel, error);
}
