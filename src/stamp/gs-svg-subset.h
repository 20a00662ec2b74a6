/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gs-stamp-error.h"

G_BEGIN_DECLS

/* The part of SVG that a drawing of a pack may use: shapes, text and clipping by shapes. No script,
 * style sheet, picture, link, reference to anything outside, animation, filter, pattern or
 * repetition, and nothing that makes a small file cost much to draw. A plain struct, set to zero
 * before the first element. Any thread. */
#define GS_SVG_MAX_DEPTH 24

typedef struct
{
  guint depth;       /* of the element that was begun last, 1 for the root */
  guint n_elements;  /* so far */
  guint n_dashed;    /* shapes with dashes */
  guint n_clipped;   /* references to a clipping shape */
  guint clip_depth;  /* depth of the clipPath around this element, 0 for none */
  guint scale_depth; /* depth of the scaled element around this element, 0 for none */
  double extent;     /* the longer side of the viewBox */
} GsSvgSubset;

/* For every element as it begins and ends. extent must be set before the root's attributes are
 * checked. FALSE with GS_STAMP_ERROR_PACK. names and values: NULL-terminated, of equal length. */
gboolean gs_svg_subset_begin (
  GsSvgSubset *self, const char *element, const char **names, const char **values, GError **error);
void gs_svg_subset_end (GsSvgSubset *self);

G_END_DECLS
