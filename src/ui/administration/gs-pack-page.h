/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-pack-desk.h"

G_BEGIN_DECLS

/* The stamp templates of this desk: the packs with what they are doing, who signed them, and every
 * stamp in them; bringing one in, and activating one with a date. Main thread. */
#define GS_TYPE_PACK_PAGE (gs_pack_page_get_type ())
G_DECLARE_FINAL_TYPE (GsPackPage, gs_pack_page, GS, PACK_PAGE, GtkBox)

GtkWidget *gs_pack_page_new (GsPackDesk *desk);
/* What the file chooser does: verifies and shows a pack that may be taken in. */
void gs_pack_page_read (GsPackPage *self, const char *path);

G_END_DECLS
