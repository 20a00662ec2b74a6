/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-chip-fault.h"
#include "gs-sim-chip-passport.h"

/* The chip of a passport: answers commands (ISO/IEC 7816-4, Doc 9303-10 and -11). No sockets and no
 * clock: bytes in, bytes out. One thread. */
typedef struct _GsSimChip GsSimChip;

/* PASSPORT, FAULT and RANDOM (may be NULL) are not owned and outlive the chip. */
GsSimChip *gs_sim_chip_new (GsSimPassport *passport,
                            const GsSimChipFault *fault,
                            const GsSimRandomSource *random);
void gs_sim_chip_free (GsSimChip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimChip, gs_sim_chip_free)

/* Power on, or a reset: everything that was agreed is forgotten, the count begins anew. */
void gs_sim_chip_reset (GsSimChip *self);

/* What became of a command, for the log. */
typedef struct
{
  guint number;       /* of the command since reset, from 1 */
  guint8 header[4];   /* after secure messaging was taken off */
  guint16 status;     /* before it was put on */
  gsize answered;     /* bytes of data, likewise */
  gboolean protected; /* came under secure messaging */
  const char *stage;  /* "plain", "bac", "pace", "chip-authentication"; static */
} GsSimChipTrace;

/* The answer; NULL when the chip is gone or says nothing (fault). Transfer full. TRACE may be
 * NULL. */
GBytes *
gs_sim_chip_transmit (GsSimChip *self, const guint8 *bytes, gsize length, GsSimChipTrace *trace);
