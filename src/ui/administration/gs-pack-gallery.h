/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-pack-desk.h"

G_BEGIN_DECLS

/* Every stamp of a pack as it will be printed, one beside the other, drawn one after the other.
 * Main thread. */
#define GS_TYPE_PACK_GALLERY (gs_pack_gallery_get_type ())
G_DECLARE_FINAL_TYPE (GsPackGallery, gs_pack_gallery, GS, PACK_GALLERY, GtkBox)

/* pack may be NULL: an empty gallery. The samples bear that day. */
void
gs_pack_gallery_show (GsPackGallery *self, GsPackDesk *desk, GsStampPack *pack, const char *day);
/* How many are drawn, and how many there will be. */
guint gs_pack_gallery_get_n_drawn (GsPackGallery *self);
guint gs_pack_gallery_get_n_samples (GsPackGallery *self);

G_END_DECLS
