/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-session.h"

#include <openssl/crypto.h>
#include <string.h>

#define WRONG_OBJECTS 0x6988
#define NO_OBJECTS 0x6987

void
gs_sim_session_derive (GsSimSession *self, GsSimCipher cipher, const guint8 *secret, gsize length)
{
  memset (self, 0, sizeof *self);
  self->cipher = cipher;
  gs_sim_derive_key (cipher, secret, length, 1, self->encryption);
  gs_sim_derive_key (cipher, secret, length, 2, self->mac);
}

static void
count (GsSimSession *self)
{
  for (gsize i = gs_sim_cipher_block (self->cipher); i > 0 && ++self->counter[i - 1] == 0; i--)
    ;
}

/* Nothing for 3DES, the encrypted counter for AES. */
static void
make_iv (GsSimSession *self, guint8 iv[16])
{
  static const guint8 zeros[16] = { 0 };

  memset (iv, 0, 16);
  if (self->cipher != GS_SIM_CIPHER_3DES)
    gs_sim_encrypt (self->cipher, self->encryption, zeros, self->counter, 16, iv);
}

static void
make_mac (GsSimSession *self, GByteArray *message, guint8 mac[GS_SIM_MAC_LENGTH])
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  gsize block = gs_sim_cipher_block (self->cipher);

  g_byte_array_append (all, self->counter, (guint) block);
  g_byte_array_append (all, message->data, message->len);
  gs_sim_pad (all, block);
  gs_sim_mac (self->cipher, self->mac, all->data, all->len, mac);
}

/* Everything in front of the checksum, padded header first when there is a header. */
static gboolean
check_command (GsSimSession *self, const GsSimCommand *command, const guint8 *mac)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  const guint8 header[] = { command->cla, command->ins, command->p1, command->p2 };
  guint8 expected[GS_SIM_MAC_LENGTH];
  gsize before = (gsize) (mac - 2 - command->data);

  g_byte_array_append (message, header, sizeof header);
  if (before > 0)
    {
      gs_sim_pad (message, gs_sim_cipher_block (self->cipher));
      g_byte_array_append (message, command->data, (guint) before);
    }
  count (self);
  make_mac (self, message, expected);
  return CRYPTO_memcmp (expected, mac, sizeof expected) == 0;
}

static gboolean
decrypt_data (
  GsSimSession *self, const guint8 *value, gsize length, GsSimCommand *plain, guint8 **buffer)
{
  guint8 iv[16];
  gssize used;

  if (length == 0 || length % gs_sim_cipher_block (self->cipher) != 0)
    return FALSE;
  *buffer = g_malloc (length);
  make_iv (self, iv);
  gs_sim_decrypt (self->cipher, self->encryption, iv, value, length, *buffer);
  used = gs_sim_unpad (*buffer, length);
  if (used < 0)
    return FALSE;
  plain->data = *buffer;
  plain->length = (gsize) used;
  return TRUE;
}

guint16
gs_sim_session_unwrap (GsSimSession *self,
                       const GsSimCommand *command,
                       GsSimCommand *plain,
                       guint8 **buffer)
{
  const guint8 *mac, *value;
  gsize length;

  *buffer = NULL;
  *plain = (GsSimCommand){ .cla = command->cla & 0xf0,
                           .ins = command->ins,
                           .p1 = command->p1,
                           .p2 = command->p2,
                           .extended = command->extended };
  if (!gs_sim_find_object (command->data, command->length, 0x8e, &mac, &length)
      || length != GS_SIM_MAC_LENGTH)
    return NO_OBJECTS;
  if (!check_command (self, command, mac))
    return WRONG_OBJECTS;
  if (gs_sim_find_object (command->data, command->length, 0x87, &value, &length))
    {
      if (length < 1 || value[0] != 0x01
          || !decrypt_data (self, value + 1, length - 1, plain, buffer))
        return WRONG_OBJECTS;
    }
  else if (gs_sim_find_object (command->data, command->length, 0x85, &value, &length)
           && !decrypt_data (self, value, length, plain, buffer))
    return WRONG_OBJECTS;
  if (gs_sim_find_object (command->data, command->length, 0x97, &value, &length))
    {
      if (length < 1 || length > 2)
        return WRONG_OBJECTS;
      plain->expected = length == 1 ? value[0] : (gsize) value[0] << 8 | value[1];
      if (plain->expected == 0)
        plain->expected = length == 1 ? 256 : 65536;
    }
  return 0x9000;
}

GByteArray *
gs_sim_session_wrap (
  GsSimSession *self, const guint8 *data, gsize length, guint16 status, gboolean odd)
{
  GByteArray *out = g_byte_array_new ();
  const guint8 word[] = { (guint8) (status >> 8), (guint8) status };
  guint8 mac[GS_SIM_MAC_LENGTH];

  count (self);
  if (length > 0)
    {
      g_autoptr (GByteArray) plain = g_byte_array_new ();
      g_autoptr (GByteArray) value = g_byte_array_new ();
      guint8 iv[16], padding = 0x01;

      g_byte_array_append (plain, data, (guint) length);
      gs_sim_pad (plain, gs_sim_cipher_block (self->cipher));
      make_iv (self, iv);
      gs_sim_encrypt (self->cipher, self->encryption, iv, plain->data, plain->len, plain->data);
      if (!odd)
        g_byte_array_append (value, &padding, 1);
      g_byte_array_append (value, plain->data, plain->len);
      gs_sim_put_object (out, odd ? 0x85 : 0x87, value->data, value->len);
    }
  gs_sim_put_object (out, 0x99, word, sizeof word);
  make_mac (self, out, mac);
  gs_sim_put_object (out, 0x8e, mac, sizeof mac);
  g_byte_array_append (out, word, sizeof word);
  return out;
}
