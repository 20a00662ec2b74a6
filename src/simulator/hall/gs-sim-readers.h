/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The desks' chip readers: each is the control channel of a gateside-chip. Orders are sent one
 * after the other without waiting; what fails is said on standard error. Main thread. */
typedef struct _GsSimReaders GsSimReaders;

GsSimReaders *gs_sim_readers_new (void);
void gs_sim_readers_free (GsSimReaders *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimReaders, gs_sim_readers_free)

/* ADDRESS: a path (with a slash) or HOST:PORT. FALSE when it is neither. */
gboolean gs_sim_readers_add (GsSimReaders *self, const char *desk, const char *address);

/* Lays the passport of FOLDER on the desk's reader; NULL takes away what lies there. FALSE when the
 * desk has none. */
gboolean gs_sim_readers_put (GsSimReaders *self, const char *desk, const char *folder);
