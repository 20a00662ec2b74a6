/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-event.h"
#include "gs-seal.h"

G_BEGIN_DECLS

/* The seal of a stamp's imprint: the private profile that docs/seal.md describes. */

/* Which document it is of: the profile's reference and its category, even because it is not of
 * ICAO. */
#define GS_SEAL_IMPRINT_FEATURE 0x47
#define GS_SEAL_IMPRINT_CATEGORY 0x20

#define GS_SEAL_IMPRINT_BINDING_TAG 0x01
#define GS_SEAL_IMPRINT_SERIAL_TAG 0x02
#define GS_SEAL_IMPRINT_MOVEMENT_TAG 0x03

#define GS_SEAL_BINDING_BYTES 8
/* Messages, and the whole with a header of 18 bytes and a signature of 64: what a symbol of 40 by
 * 40 modules still holds, in Base 256 coding. */
#define GS_SEAL_IMPRINT_MAX_MESSAGES 28
#define GS_SEAL_IMPRINT_MAX_BYTES 112
/* Characters of a serial without '-' and spaces. */
#define GS_SEAL_IMPRINT_MAX_SERIAL 12

typedef enum
{
  GS_SEAL_TRANSPORT_AIR = 1,
  GS_SEAL_TRANSPORT_SEA,
  GS_SEAL_TRANSPORT_LAND
} GsSealTransport;

/* Plain values, nothing owned. */
typedef struct
{
  char serial[GS_SEAL_IMPRINT_MAX_SERIAL + 4]; /* without '-' and spaces: "UTOD3004217" */
  GsDirection direction;
  GsSealTransport transport;
  char port[4];          /* three of A to Z, 0 to 9: "AMA" */
  GsSealDate crossed_on; /* in the port's time zone */
  guint8 binding[GS_SEAL_BINDING_BYTES];
} GsSealImprint;

/* Fills all of it. serial: as printed, "UTO-D3 004217"; state and number: who issued the document
 * and its number, fillers and spaces are passed over. FALSE with GS_SEAL_ERROR_FIELDS when a value
 * does not fit. */
gboolean gs_seal_imprint_init (GsSealImprint *self,
                               const char *serial,
                               GsDirection direction,
                               GsSealTransport transport,
                               const char *port,
                               const GsSealDate *crossed_on,
                               const char *state,
                               const char *number,
                               GError **error);

/* TRUE when the binding is that of this document: constant in time. */
gboolean gs_seal_imprint_is_of (const GsSealImprint *self, const char *state, const char *number);

/* Header and messages, ready to be signed. header: its feature and category are not looked at; a
 * reference of up to three digits is written as version 4, a longer one as version 3. NULL with
 * GS_SEAL_ERROR_FIELDS. */
GBytes *
gs_seal_imprint_encode (const GsSealImprint *self, const GsSealHeader *header, GError **error);

/* TRUE when the header says that it is of this profile. */
gboolean gs_seal_is_imprint (const GsSeal *seal);
/* FALSE with GS_SEAL_ERROR_MALFORMED when it is not what the profile says. */
gboolean gs_seal_imprint_read (GsSealImprint *self, const GsSeal *seal, GError **error);

const char *gs_seal_transport_to_word (GsSealTransport transport); /* "air" */

G_END_DECLS
