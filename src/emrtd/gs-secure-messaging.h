/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-apdu.h"
#include "gs-chip-cipher.h"

/* Secure messaging of ICAO Doc 9303-11 section 9.8: every command and every answer enciphered and
 * authenticated, in one unbroken count. One thread at a time. */
typedef struct _GsSecureMessaging GsSecureMessaging;

/* Keys of gs_chip_cipher_key_length() bytes. counter: the first send sequence counter, of one block
 * of the cipher, or NULL for zero. Transfer full; the keys are copied, and cleansed at the end. */
GsSecureMessaging *gs_secure_messaging_new (GsChipCipher cipher,
                                            const guint8 *encryption_key,
                                            const guint8 *mac_key,
                                            const guint8 *counter);
void gs_secure_messaging_free (GsSecureMessaging *self);

GsChipCipher gs_secure_messaging_get_cipher (GsSecureMessaging *self);

/* How many bytes of a file one short answer can carry under this cipher: 231 or 223. */
gsize gs_secure_messaging_get_short_capacity (GsSecureMessaging *self);

/* The protected form of a command; counts up. Transfer full. */
GBytes *
gs_secure_messaging_protect (GsSecureMessaging *self, const GsApduCommand *command, GError **error);

/* Counts up, checks the answer's code, deciphers it. FALSE with GS_EMRTD_ERROR_SESSION when the
 * answer came without protection (response then holds the plain status), GS_EMRTD_ERROR_SIGNATURE
 * when its code is wrong and GS_EMRTD_ERROR_MALFORMED when it cannot be read; after any of these
 * the session is at its end. */
gboolean gs_secure_messaging_unprotect (GsSecureMessaging *self,
                                        GBytes *answer,
                                        GsApduResponse *response,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSecureMessaging, gs_secure_messaging_free)
