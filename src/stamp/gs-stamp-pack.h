/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-template.h"

G_BEGIN_DECLS

/* A folder with "pack.ini" and the SVGs for entry, exit and the VOID overprint. Immutable after
 * loading, reference counted, any thread.
 *
 * A pack is not signed yet, and nothing here says that it is. Only a pack of the fictional state
 * UTO that carries SPECIMEN is accepted. */
typedef struct _GsStampPack GsStampPack;

/* Where SPECIMEN stands, in millimetres from the upper left corner. */
typedef struct
{
  double x_mm;
  double y_mm;
  double width_mm;
  double height_mm;
} GsStampArea;

/* Reads and checks the pack and renders each template once: GS_STAMP_ERROR_SPECIMEN when one of
 * them does not read SPECIMEN, GS_STAMP_ERROR_FONT when its font is missing, else
 * GS_STAMP_ERROR_PACK. Reads files and takes some 100 ms: call it in a worker thread. */
GsStampPack *gs_stamp_pack_load (const char *folder, GError **error);
GsStampPack *gs_stamp_pack_ref (GsStampPack *self);
void gs_stamp_pack_unref (GsStampPack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampPack, gs_stamp_pack_unref)

const char *gs_stamp_pack_get_name (GsStampPack *self);  /* "Specimen pack UTO" */
const char *gs_stamp_pack_get_state (GsStampPack *self); /* "UTO" */
const char *gs_stamp_pack_get_month (GsStampPack *self); /* "2026-11", when it was drawn */

/* The size on paper, in hundredths of a millimetre: 4500 × 3500. */
int gs_stamp_pack_get_width_hmm (GsStampPack *self);
int gs_stamp_pack_get_height_hmm (GsStampPack *self);

/* Transfer none. */
const GsStampArea *gs_stamp_pack_get_specimen_area (GsStampPack *self, const GsStampFields *fields);
GsStampTemplate *gs_stamp_pack_get_template (GsStampPack *self, const GsStampFields *fields);

G_END_DECLS
