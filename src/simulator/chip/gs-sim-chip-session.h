/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-chip-apdu.h"
#include "gs-sim-chip-crypto.h"

/* Secure messaging (Doc 9303-11, 9.8) as the chip does it. One session belongs to one thread. */
typedef struct
{
  GsSimCipher cipher;
  guint8 encryption[32];
  guint8 mac[32];
  guint8 counter[16]; /* send sequence counter: as long as a block */
} GsSimSession;

/* Keys out of a shared secret, the counter at zero. */
void
gs_sim_session_derive (GsSimSession *self, GsSimCipher cipher, const guint8 *secret, gsize length);

/* Takes a protected command apart: PLAIN's data points into *BUFFER (transfer full). 0x9000, or the
 * status word that ends the session: 6987 objects are missing, 6988 they are wrong. */
guint16 gs_sim_session_unwrap (GsSimSession *self,
                               const GsSimCommand *command,
                               GsSimCommand *plain,
                               guint8 **buffer);

/* Protects an answer; ODD says that the command's instruction was odd (data object 85 instead of
 * 87). The bytes end with the status word. */
GByteArray *gs_sim_session_wrap (
  GsSimSession *self, const guint8 *data, gsize length, guint16 status, gboolean odd);
