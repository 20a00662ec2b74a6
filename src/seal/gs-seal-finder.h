/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-found.h"
#include "gs-seal-picture.h"

G_BEGIN_DECLS

/* Every Data Matrix on the picture that libdmtx finds within that time, several passes at several
 * sizes; GPtrArray of GsSealFound, transfer full, empty when there is none. Coordinates are those
 * of the picture given. libdmtx ends the program where it is surprised: outside of
 * gateside-seal-reader only in tests. */
GPtrArray *gs_seal_finder_run (const GsSealPicture *picture, guint patience_ms);

G_END_DECLS
