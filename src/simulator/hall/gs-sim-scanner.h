/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The pseudo terminals that stand for the desks' MRZ readers. Main thread. */
typedef struct _GsSimScanners GsSimScanners;

GsSimScanners *gs_sim_scanners_new (void);
/* Removes the links. */
void gs_sim_scanners_free (GsSimScanners *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimScanners, gs_sim_scanners_free)

/* Makes a pty for a desk and a symbolic link to it; a link that exists is replaced, anything else
 * at that place is an error (GIOError). */
gboolean
gs_sim_scanners_add (GsSimScanners *self, const char *desk, const char *link, GError **error);

/* Sends bytes to the desk's reader. FALSE when the desk has none or nobody reads it and its buffer
 * is full. */
gboolean
gs_sim_scanners_send (GsSimScanners *self, const char *desk, const char *text, gsize length);
