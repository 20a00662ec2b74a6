/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-comparison.h"

G_BEGIN_DECLS

/* {"reference": {…}, "probe": {…}} with what was measured of GsFaceQuality; transfer full. */
char *gs_face_comparison_quality_to_json (const GsFaceComparison *comparison);

/* The same read back into the two qualities of comparison. A name that is not known is passed over,
 * as is a value out of its range; FALSE, and nothing measured, when the text is not of that form.
 */
gboolean gs_face_comparison_quality_from_json (GsFaceComparison *comparison, const char *text);

G_END_DECLS
