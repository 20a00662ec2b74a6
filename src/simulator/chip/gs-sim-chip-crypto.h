/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Ciphers and checksums of Doc 9303-11, on the chip's side. Any thread. */

/* As the last arc of the protocols' object identifiers counts them. */
typedef enum
{
  GS_SIM_CIPHER_3DES = 1,
  GS_SIM_CIPHER_AES128,
  GS_SIM_CIPHER_AES192,
  GS_SIM_CIPHER_AES256,
} GsSimCipher;

#define GS_SIM_MAC_LENGTH 8

/* 8 or 16 bytes. */
gsize gs_sim_cipher_block (GsSimCipher cipher);
/* 16, 24 or 32 bytes. */
gsize gs_sim_cipher_key (GsSimCipher cipher);

/* The key of number COUNTER (1 encryption, 2 MAC, 3 password) out of a secret (9.7.1): KEY receives
 * gs_sim_cipher_key() bytes. */
void gs_sim_derive_key (
  GsSimCipher cipher, const guint8 *secret, gsize length, guint32 counter, guint8 key[32]);

/* CBC without padding; LENGTH must be whole blocks, OUT may be IN. */
void gs_sim_encrypt (GsSimCipher cipher,
                     const guint8 *key,
                     const guint8 *iv,
                     const guint8 *in,
                     gsize length,
                     guint8 *out);
void gs_sim_decrypt (GsSimCipher cipher,
                     const guint8 *key,
                     const guint8 *iv,
                     const guint8 *in,
                     gsize length,
                     guint8 *out);

/* ISO/IEC 9797-1 algorithm 3 for 3DES (the data must be padded already), or the first 8 bytes of
 * an AES CMAC. */
void gs_sim_mac (GsSimCipher cipher,
                 const guint8 *key,
                 const guint8 *data,
                 gsize length,
                 guint8 mac[GS_SIM_MAC_LENGTH]);

/* Appends 80 and zeros up to a whole block (ISO/IEC 9797-1, method 2). */
void gs_sim_pad (GByteArray *data, gsize block);
/* The length without padding; -1 when there is none. */
gssize gs_sim_unpad (const guint8 *data, gsize length);

/* SHA-1 of document number, date of birth and date of expiry with their check digits, out of line
 * 2 (44 characters) of a passport's MRZ (9.7.3): 20 bytes. */
void gs_sim_mrz_secret (const char *line_2, guint8 secret[20]);

/* Where the chip's random bytes come from; NULL is OpenSSL. Tests hand in their own. */
typedef struct
{
  void (*fill) (gpointer user_data, guint8 *bytes, gsize length);
  gpointer user_data;
} GsSimRandomSource;

void gs_sim_random_fill (const GsSimRandomSource *source, guint8 *bytes, gsize length);
