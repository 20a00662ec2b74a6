/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The symmetric half of chip access (ICAO Doc 9303-11 section 9.7 and 9.8): CBC encryption, message
 * authentication codes of 8 bytes, key derivation. Any thread; no state. Errors are
 * GS_EMRTD_ERROR_CRYPTO. */

#define GS_CHIP_KEY_MAX 32
#define GS_CHIP_BLOCK_MAX 16
#define GS_CHIP_MAC_LENGTH 8

typedef enum
{
  GS_CHIP_CIPHER_3DES = 1, /* two keys; MAC after ISO/IEC 9797-1 algorithm 3 */
  GS_CHIP_CIPHER_AES_128,  /* MAC is CMAC cut to 8 bytes, here and below */
  GS_CHIP_CIPHER_AES_192,
  GS_CHIP_CIPHER_AES_256,
} GsChipCipher;

/* What the counter of the key derivation says (section 9.7.1). */
typedef enum
{
  GS_CHIP_KEY_ENCRYPTION = 1,
  GS_CHIP_KEY_MAC = 2,
  GS_CHIP_KEY_PASSWORD = 3,
} GsChipKeyUse;

/* "3DES", "AES-128", … Static. */
const char *gs_chip_cipher_to_string (GsChipCipher cipher);
/* Bytes of a key: 16, 16, 24, 32. */
gsize gs_chip_cipher_key_length (GsChipCipher cipher);
/* Bytes of a block: 8 or 16. */
gsize gs_chip_cipher_block_length (GsChipCipher cipher);

/* Derives a key of gs_chip_cipher_key_length() bytes from a shared secret: SHA-1 up to AES-128,
 * SHA-256 above; parity is set for 3DES. */
gboolean gs_chip_cipher_derive_key (GsChipCipher cipher,
                                    const guint8 *secret,
                                    gsize length,
                                    GsChipKeyUse use,
                                    guint8 key[GS_CHIP_KEY_MAX],
                                    GError **error);

/* CBC without padding over whole blocks; iv NULL is zeroes. out holds length bytes and may be in.
 */
gboolean gs_chip_cipher_encrypt (GsChipCipher cipher,
                                 const guint8 *key,
                                 const guint8 *iv,
                                 const guint8 *in,
                                 gsize length,
                                 guint8 *out,
                                 GError **error);
gboolean gs_chip_cipher_decrypt (GsChipCipher cipher,
                                 const guint8 *key,
                                 const guint8 *iv,
                                 const guint8 *in,
                                 gsize length,
                                 guint8 *out,
                                 GError **error);

/* The code over data. 3DES pads it by method 2 of ISO/IEC 9797-1, AES takes it as it is. */
gboolean gs_chip_cipher_mac (GsChipCipher cipher,
                             const guint8 *key,
                             const guint8 *data,
                             gsize length,
                             guint8 mac[GS_CHIP_MAC_LENGTH],
                             GError **error);

/* Appends 80 and zeroes up to a whole block (padding method 2). */
void gs_chip_cipher_pad (GsChipCipher cipher, GByteArray *data);
/* The length without that padding. FALSE when there is none. */
gboolean gs_chip_cipher_unpad (const guint8 *data, gsize padded, gsize *length);
