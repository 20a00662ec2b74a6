/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-chip-passport.h"
#include "gs-sim-chip-session.h"

/* PACE (Doc 9303-11, 4.4) on the chip's side: one run from MSE:Set AT to the last GENERAL
 * AUTHENTICATE. Generic mapping is OpenPACE's work. It has no chip authentication mapping, and
 * Debian builds it without the integrated one: these are written here (gs-sim-chip-pace-own.c). */
typedef struct _GsSimPace GsSimPace;

/* What the two makers of PACE implement; each answers FALSE when the input is wrong. The answer is
 * the value of the next data object. */
typedef struct
{
  GByteArray *(*nonce) (gpointer engine);
  GByteArray *(*map) (gpointer engine, const guint8 *in, gsize length);
  GByteArray *(*agree) (gpointer engine, const guint8 *in, gsize length);
  /* The chip's token when the terminal's is right. */
  GByteArray *(*finish) (gpointer engine, const guint8 *token, gsize length);
  /* The encrypted chip authentication data, or NULL. */
  GByteArray *(*proof) (gpointer engine);
  void (*start_session) (gpointer engine, GsSimSession *session);
  void (*free) (gpointer engine);
} GsSimPaceMaker;

extern const GsSimPaceMaker gs_sim_pace_own;
gpointer gs_sim_pace_own_new (const GsSimPaceOffer *offer,
                              const guint8 *secret,
                              gsize secret_length,
                              EVP_PKEY *chip_key,
                              const GsSimRandomSource *random);

/* OFFER is one of the passport's; SECRET is what the password stands for. NULL when the parameters
 * are not known. Transfer full. RANDOM serves the own mapping only. */
GsSimPace *gs_sim_pace_new (const GsSimPaceOffer *offer,
                            const guint8 *secret,
                            gsize secret_length,
                            EVP_PKEY *chip_key,
                            const GsSimRandomSource *random);
void gs_sim_pace_free (GsSimPace *self);

/* One GENERAL AUTHENTICATE: DATA is the command's, the answer's goes to ANSWER. 0x9000 or what went
 * wrong. After the last step *DONE is TRUE and SESSION has its keys. */
guint16 gs_sim_pace_step (GsSimPace *self,
                          const guint8 *data,
                          gsize length,
                          GByteArray *answer,
                          GsSimSession *session,
                          gboolean *done);
