/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pace.h"

#include "gs-chip-curve.h"
#include "gs-emrtd-error.h"
#include "gs-pace-mapping.h"
#include "gs-tlv.h"

#include <openssl/crypto.h>
#include <openssl/objects.h>
#include <string.h>

#define INS_MANAGE_SECURITY 0x22
#define INS_GENERAL_AUTHENTICATE 0x86
#define CLA_CHAINED 0x10

/* Dynamic authentication data (table 5). */
#define TAG_DYNAMIC 0x7C
#define TAG_NONCE 0x80
#define TAG_OWN_MAPPING 0x81
#define TAG_CHIP_MAPPING 0x82
#define TAG_OWN_KEY 0x83
#define TAG_CHIP_KEY 0x84
#define TAG_OWN_TOKEN 0x85
#define TAG_CHIP_TOKEN 0x86
#define TAG_PROOF 0x8A

#define TAG_PUBLIC_KEY 0x7F49
#define TAG_POINT 0x86

#define NONCE_MAX 32
#define PROOF_MAX 256

/* One run of the protocol. Secrets are cleansed by run_clear(). */
typedef struct
{
  GsChipChannel *channel;
  const GsAccessKey *key;
  const GsPaceInfo *info;
  EC_GROUP *curve;
  guint8 nonce[NONCE_MAX];
  gsize nonce_length;
  GBytes *mapping_key; /* the chip's, of the mapping */
  guint8 encryption_key[GS_CHIP_KEY_MAX];
  guint8 mac_key[GS_CHIP_KEY_MAX];
  GBytes *own_key;
  GBytes *chip_key;
  GBytes *proof;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->curve, EC_GROUP_free);
  g_clear_pointer (&run->mapping_key, g_bytes_unref);
  g_clear_pointer (&run->own_key, g_bytes_unref);
  g_clear_pointer (&run->chip_key, g_bytes_unref);
  g_clear_pointer (&run->proof, g_bytes_unref);
  OPENSSL_cleanse (run, sizeof *run);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
append_bytes (GByteArray *out, GsTlvTag tag, GBytes *value)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (value, &size);

  gs_tlv_append (out, tag, bytes, size);
}

/* The object identifier's content, as it stands on the wire. */
static gboolean
append_oid (GByteArray *out, GsTlvTag tag, const char *dotted, GError **error)
{
  ASN1_OBJECT *object = OBJ_txt2obj (dotted, 1);

  if (object == NULL)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO, "%s is no object identifier",
                   dotted);
      return FALSE;
    }
  gs_tlv_append (out, tag, OBJ_get0_data (object), OBJ_length (object));
  ASN1_OBJECT_free (object);
  return TRUE;
}

static gboolean
set_protocol (Run *run, GError **error)
{
  const guint8 password = (guint8) run->key->kind;
  const guint8 parameter = (guint8) run->info->parameter_id;
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_auto (GsApduResponse) response = { 0 };

  if (!append_oid (data, 0x80, run->info->oid, error))
    return FALSE;
  gs_tlv_append (data, 0x83, &password, 1);
  gs_tlv_append (data, 0x84, &parameter, 1);
  const GsApduCommand command = {
    .ins = INS_MANAGE_SECURITY, .p1 = 0xC1, .p2 = 0xA4, .data = data->data, .length = data->len
  };
  return gs_chip_channel_demand (run->channel, &command, "set PACE", &response, error);
}

/* The value with this tag in the dynamic authentication data of an answer; copied, since the answer
 * goes. */
static gboolean
take_value (
  const GsApduResponse *response, GsTlvTag tag, gboolean required, GBytes **value, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (response->data, &size);
  GsTlvReader outer, reader;
  GsTlv dynamic, element;

  gs_tlv_reader_init (&outer, bytes, size);
  if (!gs_tlv_read_tag (&outer, TAG_DYNAMIC, &dynamic, error))
    return FALSE;
  gs_tlv_reader_enter (&reader, &outer, &dynamic);
  if (gs_tlv_find (&reader, tag, &element))
    {
      *value = g_bytes_new (element.value, element.length);
      return TRUE;
    }
  if (required)
    g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                 "the chip's answer lacks the object %02X", tag);
  return !required;
}

/* One step of GENERAL AUTHENTICATE with at most one object. */
static gboolean
step (
  Run *run, GsTlvTag tag, GBytes *value, gboolean last, GsApduResponse *response, GError **error)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();

  if (value != NULL)
    append_bytes (inner, tag, value);
  gs_tlv_append_array (data, TAG_DYNAMIC, inner);
  const GsApduCommand command = { .cla = last ? 0 : CLA_CHAINED,
                                  .ins = INS_GENERAL_AUTHENTICATE,
                                  .data = data->data,
                                  .length = data->len,
                                  .expected = GS_APDU_SHORT_MAX };
  if (!gs_chip_channel_send (run->channel, &command, response, error))
    return FALSE;
  if (response->status == GS_APDU_OK)
    return TRUE;
  /* The chip notices a wrong password at the token; before that it cannot. */
  g_set_error (error, GS_EMRTD_ERROR, last ? GS_EMRTD_ERROR_ACCESS : GS_EMRTD_ERROR_STATUS,
               "PACE: the chip answered %04X", response->status);
  return FALSE;
}

static gboolean
get_nonce (Run *run, GError **error)
{
  g_auto (GsApduResponse) response = { 0 };
  g_autoptr (GBytes) sealed = NULL;
  guint8 password_key[GS_CHIP_KEY_MAX];
  gsize size;

  if (!step (run, 0, NULL, FALSE, &response, error)
      || !take_value (&response, TAG_NONCE, TRUE, &sealed, error))
    return FALSE;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);
  /* The chip chooses the length, whole blocks (4.4.4.1): OpenPACE's 3DES has one of 8 bytes, and
   * AES-192 pads its nonce of 24 bytes to 32, so both lengths are seen. */
  if (size < 8 || size > NONCE_MAX)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                   "the nonce has %" G_GSIZE_FORMAT " bytes", size);
      return FALSE;
    }
  gboolean ok = gs_chip_cipher_derive_key (run->info->cipher, run->key->secret, run->key->length,
                                           GS_CHIP_KEY_PASSWORD, password_key, error)
                && gs_chip_cipher_decrypt (run->info->cipher, password_key, NULL, bytes, size,
                                           run->nonce, error);
  OPENSSL_cleanse (password_key, sizeof password_key);
  run->nonce_length = size;
  return ok;
}

static EC_POINT *
map_generic (Run *run, GError **error)
{
  g_autoptr (BIGNUM) key =
    gs_chip_curve_draw_key (run->curve, gs_chip_channel_get_random (run->channel), error);
  g_auto (GsApduResponse) response = { 0 };
  g_autoptr (EC_POINT) own = NULL;
  g_autoptr (EC_POINT) chip = NULL;
  g_autoptr (EC_POINT) shared = NULL;
  g_autoptr (GBytes) encoded = NULL;
  gsize size;

  if (key == NULL || (own = gs_chip_curve_multiply (run->curve, NULL, key, error)) == NULL
      || (encoded = gs_chip_curve_encode (run->curve, own, error)) == NULL
      || !step (run, TAG_OWN_MAPPING, encoded, FALSE, &response, error)
      || !take_value (&response, TAG_CHIP_MAPPING, TRUE, &run->mapping_key, error))
    return NULL;
  const guint8 *bytes = g_bytes_get_data (run->mapping_key, &size);
  chip = gs_chip_curve_decode (run->curve, bytes, size, error);
  if (chip == NULL)
    return NULL;
  shared = gs_chip_curve_multiply (run->curve, chip, key, error);
  if (shared == NULL)
    return NULL;
  return gs_pace_map_generic (run->curve, run->nonce, run->nonce_length, shared, error);
}

static EC_POINT *
map_integrated (Run *run, GError **error)
{
  guint8 own[NONCE_MAX];
  gsize length = gs_pace_nonce_length (run->info->cipher);
  g_auto (GsApduResponse) response = { 0 };

  if (run->nonce_length != length)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the nonce has a wrong length for integrated mapping");
      return NULL;
    }
  memset (own, 0, sizeof own);
  if (!gs_random_source_fill (gs_chip_channel_get_random (run->channel), own,
                              gs_chip_cipher_key_length (run->info->cipher), error))
    return NULL;
  g_autoptr (GBytes) nonce = g_bytes_new (own, gs_chip_cipher_key_length (run->info->cipher));
  if (!step (run, TAG_OWN_MAPPING, nonce, FALSE, &response, error))
    return NULL;
  return gs_pace_map_integrated (run->curve, run->info->cipher, run->nonce, own, length, error);
}

static gboolean
derive_session_keys (Run *run, const EC_POINT *shared, GError **error)
{
  g_autoptr (GBytes) secret = gs_chip_curve_get_x (run->curve, shared, error);
  gsize size;

  if (secret == NULL)
    return FALSE;
  const guint8 *bytes = g_bytes_get_data (secret, &size);
  gboolean ok = gs_chip_cipher_derive_key (run->info->cipher, bytes, size, GS_CHIP_KEY_ENCRYPTION,
                                           run->encryption_key, error)
                && gs_chip_cipher_derive_key (run->info->cipher, bytes, size, GS_CHIP_KEY_MAC,
                                              run->mac_key, error);
  OPENSSL_cleanse ((gpointer) bytes, size);
  return ok;
}

/* The key agreement over the mapped generator. */
static gboolean
agree (Run *run, GError **error)
{
  g_auto (GsApduResponse) response = { 0 };
  g_autoptr (BIGNUM) key =
    gs_chip_curve_draw_key (run->curve, gs_chip_channel_get_random (run->channel), error);
  g_autoptr (EC_POINT) own = NULL;
  g_autoptr (EC_POINT) chip = NULL;
  g_autoptr (EC_POINT) shared = NULL;
  gsize size;

  if (key == NULL || (own = gs_chip_curve_multiply (run->curve, NULL, key, error)) == NULL
      || (run->own_key = gs_chip_curve_encode (run->curve, own, error)) == NULL
      || !step (run, TAG_OWN_KEY, run->own_key, FALSE, &response, error)
      || !take_value (&response, TAG_CHIP_KEY, TRUE, &run->chip_key, error))
    return FALSE;
  /* A chip that sends our own key back would agree with itself (section 4.4.1 d). */
  if (g_bytes_equal (run->own_key, run->chip_key))
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the chip sent our own public key back");
      return FALSE;
    }
  const guint8 *bytes = g_bytes_get_data (run->chip_key, &size);
  chip = gs_chip_curve_decode (run->curve, bytes, size, error);
  if (chip == NULL || (shared = gs_chip_curve_multiply (run->curve, chip, key, error)) == NULL)
    return FALSE;
  return derive_session_keys (run, shared, error);
}

static gboolean
make_token (Run *run, GBytes *key, guint8 token[GS_CHIP_MAC_LENGTH], GError **error)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();

  if (!append_oid (inner, GS_TLV_OID, run->info->oid, error))
    return FALSE;
  append_bytes (inner, TAG_POINT, key);
  gs_tlv_append_array (data, TAG_PUBLIC_KEY, inner);
  return gs_chip_cipher_mac (run->info->cipher, run->mac_key, data->data, data->len, token, error);
}

/* The proof is sealed under the new key, from an initial vector of E(FF…FF) (section 4.4.3.5.2). */
static gboolean
open_proof (Run *run, GBytes *sealed, GError **error)
{
  guint8 ones[GS_CHIP_BLOCK_MAX], iv[GS_CHIP_BLOCK_MAX], plain[PROOF_MAX];
  gsize size, bare = 0;
  const guint8 *bytes = g_bytes_get_data (sealed, &size);

  memset (ones, 0xFF, sizeof ones);
  if (size > sizeof plain
      || !gs_chip_cipher_encrypt (run->info->cipher, run->encryption_key, NULL, ones, sizeof ones,
                                  iv, error)
      || !gs_chip_cipher_decrypt (run->info->cipher, run->encryption_key, iv, bytes, size, plain,
                                  error)
      || !gs_chip_cipher_unpad (plain, size, &bare))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                             "the chip authentication data cannot be deciphered");
      return FALSE;
    }
  run->proof = g_bytes_new (plain, bare);
  OPENSSL_cleanse (plain, sizeof plain);
  return TRUE;
}

static gboolean
authenticate (Run *run, GError **error)
{
  gboolean with_proof = run->info->mapping == GS_PACE_MAPPING_CHIP_AUTHENTICATION;
  guint8 token[GS_CHIP_MAC_LENGTH];
  g_auto (GsApduResponse) response = { 0 };
  g_autoptr (GBytes) own = NULL;
  g_autoptr (GBytes) chip = NULL;
  g_autoptr (GBytes) sealed = NULL;

  if (!make_token (run, run->chip_key, token, error))
    return FALSE;
  own = g_bytes_new (token, sizeof token);
  if (!step (run, TAG_OWN_TOKEN, own, TRUE, &response, error)
      || !take_value (&response, TAG_CHIP_TOKEN, TRUE, &chip, error)
      || !take_value (&response, TAG_PROOF, with_proof, &sealed, error)
      || !make_token (run, run->own_key, token, error))
    return FALSE;
  if (g_bytes_get_size (chip) != sizeof token
      || CRYPTO_memcmp (token, g_bytes_get_data (chip, NULL), sizeof token) != 0)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS,
                           "the chip could not prove that it knows the password");
      return FALSE;
    }
  return !with_proof || open_proof (run, sealed, error);
}

static gboolean
run_protocol (Run *run, GError **error)
{
  g_autoptr (EC_POINT) generator = NULL;

  if (!set_protocol (run, error) || !get_nonce (run, error))
    return FALSE;
  generator = run->info->mapping == GS_PACE_MAPPING_INTEGRATED ? map_integrated (run, error)
                                                               : map_generic (run, error);
  if (generator == NULL)
    return FALSE;
  if (EC_GROUP_set_generator (run->curve, generator, EC_GROUP_get0_order (run->curve),
                              EC_GROUP_get0_cofactor (run->curve))
      != 1)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO,
                           "OpenSSL did not take the mapped generator");
      return FALSE;
    }
  return agree (run, error) && authenticate (run, error);
}

gboolean
gs_pace_perform (GsChipChannel *channel,
                 const GsAccessKey *key,
                 const GsPaceInfo *info,
                 GsPaceProof *proof,
                 GError **error)
{
  g_auto (Run) run = { .channel = channel, .key = key, .info = info };

  if (proof != NULL)
    gs_pace_proof_clear (proof);
  if (!info->elliptic)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED,
                           "PACE over DH groups is not supported");
      return FALSE;
    }
  run.curve = gs_chip_curve_new (info->parameter_id, error);
  if (run.curve == NULL)
    return FALSE;
  gs_chip_channel_set_secure (channel, NULL);
  if (!run_protocol (&run, error))
    return FALSE;
  gs_chip_channel_set_secure (
    channel, gs_secure_messaging_new (info->cipher, run.encryption_key, run.mac_key, NULL));
  if (proof != NULL && run.proof != NULL)
    {
      proof->parameter_id = info->parameter_id;
      proof->mapping_key = g_bytes_ref (run.mapping_key);
      proof->proof = g_bytes_ref (run.proof);
    }
  return TRUE;
}

gboolean
gs_pace_proof_verify (const GsPaceProof *proof, GBytes *public_key, GError **error)
{
  gsize size, key_size;
  const guint8 *der = g_bytes_get_data (public_key, &key_size);
  g_autoptr (EC_GROUP) key_curve = NULL;
  g_autoptr (EC_POINT) key_point = NULL;
  g_autoptr (EC_POINT) product = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (BIGNUM) number = NULL;

  if (proof->proof == NULL || proof->mapping_key == NULL)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NOT_FOUND,
                           "the chip gave no proof");
      return FALSE;
    }
  g_autoptr (EC_GROUP) curve = gs_chip_curve_new (proof->parameter_id, error);
  if (curve == NULL
      || !gs_chip_curve_from_public_key (der, key_size, &key_curve, &key_point, error))
    return FALSE;
  if (EC_GROUP_cmp (curve, key_curve, NULL) != 0)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE,
                           "the chip's key lies on another curve than the mapping");
      return FALSE;
    }
  const guint8 *bytes = g_bytes_get_data (proof->proof, &size);
  number = BN_bin2bn (bytes, (int) size, NULL);
  if (number == NULL || BN_is_zero (number)
      || (product = gs_chip_curve_multiply (curve, key_point, number, error)) == NULL
      || (encoded = gs_chip_curve_encode (curve, product, error)) == NULL
      || !g_bytes_equal (encoded, proof->mapping_key))
    {
      g_clear_error (error);
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE,
                           "the chip does not hold the key of its security file");
      return FALSE;
    }
  return TRUE;
}

void
gs_pace_proof_clear (GsPaceProof *proof)
{
  g_clear_pointer (&proof->mapping_key, g_bytes_unref);
  g_clear_pointer (&proof->proof, g_bytes_unref);
  proof->parameter_id = 0;
}
