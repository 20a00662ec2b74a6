/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-bitmap.h"
#include "gs-stamp-pack.h"

G_BEGIN_DECLS

/* The resolution that the templates are drawn for. */
#define GS_STAMP_DPI 600
/* The coarsest resolution that a stamp is drawn in. */
#define GS_STAMP_COARSEST_DPI 300
/* The side of a seal's symbol in modules, which every place for a seal must hold. */
#define GS_STAMP_SEAL_SIDE 40

/* The dots of the stamp: template and fields, drawn by librsvg on white and cut at half coverage.
 * The same input gives the same dots. Its size is that of gs_pwg_init_header() for the pack's
 * media, 1062 × 826 at 600 dpi. dpi is 300 to 1200, 0 for GS_STAMP_DPI. Any thread; takes some
 * 30 ms. NULL with GS_STAMP_ERROR_FIELDS, _PORT, _RENDER, _FONT, or GS_STAMP_ERROR_SPECIMEN when
 * the dots do not read SPECIMEN, whatever the template says.
 *
 * With fields->seal, the symbol stands in the pack's place for it, each module a whole number of
 * dots, with a free zone around it: GS_STAMP_ERROR_SEAL when the drawing has no such place, the
 * modules would be too small to read, or anything else is drawn there. Transfer full. */
GsStampBitmap *
gs_stamp_render (GsStampPack *pack, const GsStampFields *fields, guint dpi, GError **error);

/* Tries a drawing before it is used: as it is and, when it has a place for a seal, with a symbol of
 * GS_STAMP_SEAL_SIDE that is all light, at 600 and 300 dpi. FALSE with the errors of
 * gs_stamp_render(). Any thread. */
gboolean gs_stamp_render_try (GsStampPack *pack, const GsStampFields *fields, GError **error);

G_END_DECLS
