/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-secure-messaging.h"

#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/crypto.h>
#include <string.h>

#define TAG_CRYPTOGRAM_PLAIN 0x85 /* for odd instructions: no padding indicator */
#define TAG_CRYPTOGRAM 0x87
#define TAG_EXPECTED 0x97
#define TAG_STATUS 0x99
#define TAG_MAC 0x8E

#define CLA_SECURE 0x0C
#define PADDING_INDICATOR 0x01

struct _GsSecureMessaging
{
  GsChipCipher cipher;
  guint8 encryption_key[GS_CHIP_KEY_MAX];
  guint8 mac_key[GS_CHIP_KEY_MAX];
  guint8 counter[GS_CHIP_BLOCK_MAX];
};

/* The data objects of an answer. */
typedef struct
{
  GsTlv cryptogram;
  GsTlv status;
  GsTlv mac;
  gsize authenticated; /* bytes before the code */
} Answer;

GsSecureMessaging *
gs_secure_messaging_new (GsChipCipher cipher,
                         const guint8 *encryption_key,
                         const guint8 *mac_key,
                         const guint8 *counter)
{
  GsSecureMessaging *self = g_new0 (GsSecureMessaging, 1);

  self->cipher = cipher;
  memcpy (self->encryption_key, encryption_key, gs_chip_cipher_key_length (cipher));
  memcpy (self->mac_key, mac_key, gs_chip_cipher_key_length (cipher));
  if (counter != NULL)
    memcpy (self->counter, counter, gs_chip_cipher_block_length (cipher));
  return self;
}

void
gs_secure_messaging_free (GsSecureMessaging *self)
{
  OPENSSL_cleanse (self, sizeof *self);
  g_free (self);
}

GsChipCipher
gs_secure_messaging_get_cipher (GsSecureMessaging *self)
{
  return self->cipher;
}

gsize
gs_secure_messaging_get_short_capacity (GsSecureMessaging *self)
{
  /* 256 bytes less the status object (4), the code (10) and the cryptogram's header (4), rounded
   * down to whole blocks, less the one byte that padding needs at least. */
  gsize block = gs_chip_cipher_block_length (self->cipher);

  return (256 - 4 - 10 - 4) / block * block - 1;
}

static void
count (GsSecureMessaging *self)
{
  for (gsize i = gs_chip_cipher_block_length (self->cipher); i > 0; i--)
    if (++self->counter[i - 1] != 0)
      return;
}

/* 3DES starts from zeroes, AES from the enciphered counter (section 9.8.6.1 and 9.8.7.1). */
static gboolean
make_iv (GsSecureMessaging *self, guint8 iv[GS_CHIP_BLOCK_MAX], GError **error)
{
  memset (iv, 0, GS_CHIP_BLOCK_MAX);
  if (self->cipher == GS_CHIP_CIPHER_3DES)
    return TRUE;
  return gs_chip_cipher_encrypt (self->cipher, self->encryption_key, NULL, self->counter,
                                 GS_CHIP_BLOCK_MAX, iv, error);
}

static gboolean
append_cryptogram (GsSecureMessaging *self,
                   const GsApduCommand *command,
                   GByteArray *body,
                   GError **error)
{
  static const guint8 indicator = PADDING_INDICATOR;
  gboolean odd = (command->ins & 1) != 0;
  guint8 iv[GS_CHIP_BLOCK_MAX];
  g_autoptr (GByteArray) text = g_byte_array_new ();

  if (command->length == 0)
    return TRUE;
  g_byte_array_append (text, command->data, (guint) command->length);
  gs_chip_cipher_pad (self->cipher, text);
  if (!make_iv (self, iv, error)
      || !gs_chip_cipher_encrypt (self->cipher, self->encryption_key, iv, text->data, text->len,
                                  text->data, error))
    return FALSE;
  gs_tlv_append_header (body, odd ? TAG_CRYPTOGRAM_PLAIN : TAG_CRYPTOGRAM,
                        text->len + (odd ? 0 : 1));
  if (!odd)
    g_byte_array_append (body, &indicator, 1);
  g_byte_array_append (body, text->data, text->len);
  return TRUE;
}

/* The code over counter, padded header (NULL in answers) and data objects. */
static gboolean
make_mac (GsSecureMessaging *self,
          const guint8 *header,
          const guint8 *objects,
          gsize length,
          guint8 mac[GS_CHIP_MAC_LENGTH],
          GError **error)
{
  gsize block = gs_chip_cipher_block_length (self->cipher);
  g_autoptr (GByteArray) text = g_byte_array_new ();

  g_byte_array_append (text, self->counter, (guint) block);
  if (header != NULL)
    {
      g_byte_array_append (text, header, 4);
      gs_chip_cipher_pad (self->cipher, text);
    }
  g_byte_array_append (text, objects, (guint) length);
  /* A command without data objects ends with its padded header; 3DES pads by itself. */
  if (self->cipher != GS_CHIP_CIPHER_3DES && length > 0)
    gs_chip_cipher_pad (self->cipher, text);
  if (self->cipher == GS_CHIP_CIPHER_3DES && length == 0)
    {
      /* Take the padding back that the code itself will add. */
      gsize bare = text->len;
      if (!gs_chip_cipher_unpad (text->data, text->len, &bare))
        return FALSE;
      g_byte_array_set_size (text, (guint) bare);
    }
  return gs_chip_cipher_mac (self->cipher, self->mac_key, text->data, text->len, mac, error);
}

static void
append_expected (GByteArray *body, guint expected, gboolean extended)
{
  const guint8 bytes[2] = { (guint8) (expected >> 8), (guint8) expected };

  if (expected == 0)
    return;
  if (extended)
    gs_tlv_append (body, TAG_EXPECTED, bytes, 2);
  else
    gs_tlv_append (body, TAG_EXPECTED, bytes + 1, 1);
}

GBytes *
gs_secure_messaging_protect (GsSecureMessaging *self, const GsApduCommand *command, GError **error)
{
  const guint8 header[4] = { command->cla | CLA_SECURE, command->ins, command->p1, command->p2 };
  gboolean extended = command->expected > GS_APDU_SHORT_MAX;
  guint8 mac[GS_CHIP_MAC_LENGTH];
  g_autoptr (GByteArray) body = g_byte_array_new ();

  count (self);
  if (!append_cryptogram (self, command, body, error))
    return NULL;
  append_expected (body, command->expected, extended);
  if (!make_mac (self, header, body->data, body->len, mac, error))
    return NULL;
  gs_tlv_append (body, TAG_MAC, mac, sizeof mac);

  GsApduCommand outer = {
    .cla = header[0],
    .ins = header[1],
    .p1 = header[2],
    .p2 = header[3],
    .data = body->data,
    .length = body->len,
    .expected = extended || body->len > 255 ? GS_APDU_MAX_DATA + 1 : GS_APDU_SHORT_MAX,
  };
  return gs_apdu_command_to_bytes (&outer, error);
}

static gboolean
read_objects (GBytes *data, Answer *answer, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  GsTlvReader reader;
  GsTlv element;

  memset (answer, 0, sizeof *answer);
  gs_tlv_reader_init (&reader, bytes, size);
  while (!gs_tlv_reader_at_end (&reader))
    {
      if (answer->mac.tag != 0)
        {
          g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                               "the answer goes on behind its authentication code");
          return FALSE;
        }
      if (!gs_tlv_read (&reader, &element, error))
        return FALSE;
      if (element.tag == TAG_CRYPTOGRAM || element.tag == TAG_CRYPTOGRAM_PLAIN)
        answer->cryptogram = element;
      else if (element.tag == TAG_STATUS)
        answer->status = element;
      else if (element.tag == TAG_MAC)
        {
          answer->mac = element;
          answer->authenticated = (gsize) (element.whole - bytes);
        }
    }
  if (answer->mac.length == GS_CHIP_MAC_LENGTH && answer->status.length == 2)
    return TRUE;
  g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                       "the protected answer lacks its status or its authentication code");
  return FALSE;
}

static GBytes *
decipher (GsSecureMessaging *self, const GsTlv *cryptogram, GError **error)
{
  const guint8 *text = cryptogram->value;
  gsize length = cryptogram->length;
  gsize bare = 0;
  guint8 iv[GS_CHIP_BLOCK_MAX];

  if (cryptogram->tag == 0)
    return g_bytes_new (NULL, 0);
  if (cryptogram->tag == TAG_CRYPTOGRAM)
    {
      if (length < 1 || text[0] != PADDING_INDICATOR)
        {
          g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                               "the cryptogram has an unknown padding indicator");
          return NULL;
        }
      text++;
      length--;
    }
  g_autofree guint8 *plain = g_malloc (MAX (length, 1));
  if (!make_iv (self, iv, error)
      || !gs_chip_cipher_decrypt (self->cipher, self->encryption_key, iv, text, length, plain,
                                  error))
    return NULL;
  if (!gs_chip_cipher_unpad (plain, length, &bare))
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                           "the deciphered answer has no padding");
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&plain), bare);
}

gboolean
gs_secure_messaging_unprotect (GsSecureMessaging *self,
                               GBytes *bytes,
                               GsApduResponse *response,
                               GError **error)
{
  g_auto (GsApduResponse) outer = { 0 };
  guint8 mac[GS_CHIP_MAC_LENGTH];
  Answer answer;

  count (self);
  gs_apdu_response_clear (response);
  if (!gs_apdu_response_parse (bytes, &outer, error))
    return FALSE;
  response->data = g_bytes_new (NULL, 0);
  response->status = outer.status;
  if (g_bytes_get_size (outer.data) == 0)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SESSION,
                   "the chip left secure messaging with status %04X", outer.status);
      return FALSE;
    }
  if (!read_objects (outer.data, &answer, error)
      || !make_mac (self, NULL, g_bytes_get_data (outer.data, NULL), answer.authenticated, mac,
                    error))
    return FALSE;
  if (CRYPTO_memcmp (mac, answer.mac.value, sizeof mac) != 0)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SIGNATURE,
                           "the answer's authentication code is wrong");
      return FALSE;
    }
  GBytes *plain = decipher (self, &answer.cryptogram, error);
  if (plain == NULL)
    return FALSE;
  g_bytes_unref (response->data);
  response->data = plain;
  /* The status outside is not authenticated; the one inside counts. */
  response->status = (guint16) (answer.status.value[0] << 8 | answer.status.value[1]);
  return TRUE;
}
