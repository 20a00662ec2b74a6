/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What decoding a picture would cost, told from its bytes before a decoder sees it: a few hundred
 * bytes can ask a decoder for minutes or for gigabytes. Any thread. */

/* What a JPEG (ISO/IEC 10918-1) says of itself, marker by marker. */
typedef struct
{
  gboolean is_whole;   /* its end mark was reached */
  gboolean is_several; /* another picture begins behind it, as in a film */
  gboolean is_usual;   /* baseline, extended or progressive, Huffman coded */
  guint depth;         /* bits a sample; 0: there is no frame */
  guint width;
  guint height;
  guint n_components;
  guint n_scans;
} GsJpegFacts;

void gs_face_cost_survey_jpeg (const guint8 *bytes, gsize size, GsJpegFacts *facts);
/* Whether it has no more scans than any encoder writes: a progressive picture is decoded as a whole
 * for every scan. */
gboolean gs_face_cost_jpeg_is_modest (const GsJpegFacts *facts);

/* Whether a JPEG 2000 picture (ISO/IEC 15444-1, in its container or not) is no larger than max_side
 * on either side, and has no more components and tiles than a face has: a decoder takes memory for
 * every tile before it tells the size. */
gboolean gs_face_cost_jpeg_2000_size_is_modest (const guint8 *bytes, gsize size, guint max_side);

/* Whether a JPEG 2000 picture (ISO/IEC 15444-1, in its container or not) of that size, with so many
 * components, is cut into no more precincts and code blocks than any encoder writes. Every coding
 * style is looked at that stands anywhere in the bytes, for a tile may bring its own. */
gboolean gs_face_cost_jpeg_2000_is_modest (
  const guint8 *bytes, gsize size, guint width, guint height, guint n_components);
