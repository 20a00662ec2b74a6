/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-chip.h"

#include <stdio.h>

/* The place on vpcd's virtual reader: a TCP client of its listener. A passport that is laid there
 * connects, one that is taken away disconnects; when the daemon goes, it connects again to the
 * next one. Main context. */
typedef struct _GsSimChipLink GsSimChipLink;

/* HOST must be a numeric address. GAP_MS: how long the reader stays empty between two passports, so
 * that it notices. LOG: a file that is written to, or NULL. The caller owns FAULT and RANDOM. */
GsSimChipLink *gs_sim_chip_link_new (const char *host,
                                     guint16 port,
                                     guint gap_ms,
                                     GsSimChipFault *fault,
                                     const GsSimRandomSource *random,
                                     FILE *log);
void gs_sim_chip_link_free (GsSimChipLink *self);

/* Lays the passport of FOLDER on the reader, instead of the one that lies there. FALSE and ERROR
 * when the folder is none; then nothing changes. */
gboolean gs_sim_chip_link_lay (GsSimChipLink *self, const char *folder, GError **error);
void gs_sim_chip_link_take (GsSimChipLink *self);

/* One line for the control channel: laid or not, connected or not, commands. Transfer full. */
char *gs_sim_chip_link_describe (GsSimChipLink *self);
