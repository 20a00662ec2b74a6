/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-face-comparison.h"

G_BEGIN_DECLS

/* The quality of the desk's picture in six lines: what, value, good enough or not. Values are in
 * the style of ISO/IEC 29794-5 and are never called conformant. Main thread. */
#define GS_TYPE_FACE_QUALITY_LIST (gs_face_quality_list_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceQualityList, gs_face_quality_list, GS, FACE_QUALITY_LIST, GtkGrid)

/* NULL: nothing was measured. */
void gs_face_quality_list_set (GsFaceQualityList *self, const GsFaceQuality *quality);

G_END_DECLS
