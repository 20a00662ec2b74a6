/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-stamp-fields.h"

G_BEGIN_DECLS

/* One SVG of a pack with named places. Text is put in by rewriting the markup through a parser, so
 * that a value can never become markup. Immutable, reference counted, any thread.
 *
 * Places, by the id of a text element: "port", or "port-1" and "port-2" when the port needs two
 * lines, "date", "serial", "desk". Groups that are shown or not: "transport-air", "transport-sea",
 * "transport-land", "port-single", "port-double", and "seal-none" without a seal. A text element
 * with data-max-width, in user units, is made smaller until it fits. What is allowed stands in
 * gs-svg-subset.h. */
typedef struct _GsStampTemplate GsStampTemplate;

#define GS_STAMP_TEMPLATE_MAX_BYTES (512 * 1024)

/* Checks the SVG and keeps it. NULL with GS_STAMP_ERROR_PACK. */
GsStampTemplate *gs_stamp_template_new (GBytes *svg, GError **error);
GsStampTemplate *gs_stamp_template_ref (GsStampTemplate *self);
void gs_stamp_template_unref (GsStampTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampTemplate, gs_stamp_template_unref)

/* TRUE when an element with this id exists. */
gboolean gs_stamp_template_has_place (GsStampTemplate *self, const char *id);

/* TRUE when that font family is the one that its texts ask for, and there is no other. */
gboolean gs_stamp_template_uses_font (GsStampTemplate *self, const char *family);

/* The SVG with the fields in their places and every text no wider than its data-max-width. NULL
 * with GS_STAMP_ERROR_FIELDS (a value that would have to shrink below legibility included) or
 * GS_STAMP_ERROR_RENDER. Transfer full. */
GBytes *gs_stamp_template_fill (GsStampTemplate *self, const GsStampFields *fields, GError **error);

G_END_DECLS
