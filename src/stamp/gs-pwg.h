/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cups/raster.h>

#include "gs-stamp-bitmap.h"
#include "gs-stamp-error.h"

G_BEGIN_DECLS

/* PWG Raster (PWG 5102.4), one page of black_1. Encoding is libcups' own; decoding is ours, so that
 * the one checks the other. Any thread. */

/* The page header for a stamp of this size, in hundredths of a millimetre; its cupsWidth and
 * cupsHeight are the pixels to use everywhere. FALSE with GS_STAMP_ERROR_RASTER for a size or
 * resolution that libcups refuses. */
gboolean gs_pwg_init_header (
  int width_hmm, int height_hmm, guint dpi, cups_page_header2_t *header, GError **error);

/* A whole raster stream for IPP's image/pwg-raster: sync word, header, compressed lines. The
 * bitmap's size must be that of the header. NULL with GS_STAMP_ERROR_RASTER. Transfer full. */
GBytes *gs_pwg_encode (GsStampBitmap *bitmap, int width_hmm, int height_hmm, GError **error);

/* The only page of a stream. NULL with GS_STAMP_ERROR_RASTER for anything else than one whole page
 * of black_1 with sides up to 16384 pixels and nothing behind it. Transfer full. */
GsStampBitmap *gs_pwg_decode (GBytes *stream, GError **error);

/* RFC 1952, for the IPP attribute compression=gzip. Deterministic: no name, no time. Transfer
 * full. */
GBytes *gs_pwg_gzip (GBytes *data, GError **error);

/* The reverse. GS_STAMP_ERROR_RASTER when malformed, truncated, followed by anything, or longer
 * than max_bytes. Transfer full. */
GBytes *gs_pwg_gunzip (GBytes *data, gsize max_bytes, GError **error);

G_END_DECLS
