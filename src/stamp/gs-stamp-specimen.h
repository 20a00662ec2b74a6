/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-bitmap.h"

G_BEGIN_DECLS

/* Reads the area of the bitmap, in pixels, as eight letters, light on ink or ink on light, and says
 * whether they are S P E C I M E N in a bold sans serif. It looks at dots only, so it holds for a
 * template, for a raster that a printer received and for nothing that merely claims to be a
 * specimen. Any thread. */
gboolean gs_stamp_specimen_is_readable (GsStampBitmap *bitmap, int x, int y, int width, int height);

G_END_DECLS
