/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-chip-link.h"

#include <gio/gio.h>

/* The control channel: lines in, one line back for each; on a UNIX socket, on a TCP port of this
 * machine, and on standard input. The commands are in src/simulator/README.md. Main context. */
typedef struct _GsSimChipControl GsSimChipControl;

/* LINK, FAULT and LOOP are not owned. */
GsSimChipControl *
gs_sim_chip_control_new (GsSimChipLink *link, GsSimChipFault *fault, GMainLoop *loop);
void gs_sim_chip_control_free (GsSimChipControl *self);

/* Listens at a path (with a slash; replaced when it is there) or at HOST:PORT, where port 0 takes a
 * free one. The port, or 0 for a path, goes to *PORT. FALSE and ERROR when that cannot be. */
gboolean gs_sim_chip_control_listen (GsSimChipControl *self,
                                     const char *where,
                                     guint16 *port,
                                     GError **error);

/* Reads lines of standard input; answers go to standard output. At its end nothing happens. */
void gs_sim_chip_control_read_input (GsSimChipControl *self);

/* The answer to one line, without its end. Transfer full. */
char *gs_sim_chip_control_run (GsSimChipControl *self, const char *line);
