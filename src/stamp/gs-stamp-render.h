/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-bitmap.h"
#include "gs-stamp-pack.h"

G_BEGIN_DECLS

/* The resolution that the templates are drawn for. */
#define GS_STAMP_DPI 600

/* The dots of the stamp: template and fields, drawn by librsvg on white and cut at half coverage.
 * The same input gives the same dots. Its size is that of gs_pwg_init_header() for the pack's
 * media, 1062 × 826 at 600 dpi. dpi is 300 to 1200, 0 for GS_STAMP_DPI. Any thread; takes some
 * 30 ms. NULL with GS_STAMP_ERROR_FIELDS, _PORT, _RENDER, _FONT, or GS_STAMP_ERROR_SPECIMEN when
 * the dots do not read SPECIMEN, whatever the template says. Transfer full. */
GsStampBitmap *
gs_stamp_render (GsStampPack *pack, const GsStampFields *fields, guint dpi, GError **error);

G_END_DECLS
