/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-pack-signature.h"
#include "gs-stamp-template.h"

G_BEGIN_DECLS

/* A template pack: "pack.ini" and SVGs for entry, exit and the marks VOID and CANCELLED
 * (docs/stamp-pack.md tells every key). Immutable after loading, reference counted, any thread.
 *
 * A desk prints with a pack that gs_stamp_pack_load_signed() gave, with no other. Signed or not,
 * only a pack of the fictional state UTO that carries SPECIMEN is accepted. */
typedef struct _GsStampPack GsStampPack;

/* A place in a drawing, in millimetres from the upper left corner. */
typedef struct
{
  double x_mm;
  double y_mm;
  double width_mm;
  double height_mm;
} GsStampArea;

/* A port that the pack names. */
typedef struct
{
  char *name;
  gboolean transports[GS_STAMP_TRANSPORT_LAND + 1]; /* indexed by GsStampTransport */
} GsStampPort;

/* Reads and checks the pack and renders each drawing once: GS_STAMP_ERROR_SPECIMEN when one of them
 * does not read SPECIMEN, GS_STAMP_ERROR_FONT when its font is missing, GS_STAMP_ERROR_FIELDS when
 * a port's name has no room, else GS_STAMP_ERROR_PACK. Takes some 100 ms: call it in a worker
 * thread. No signature is asked for. */
GsStampPack *gs_stamp_pack_new (GsPackFiles *files, GError **error);
/* The same of a folder or tar file, for designers, tools and tests. */
GsStampPack *gs_stamp_pack_load (const char *path, GError **error);
/* The same after gs_pack_verify(), with whose proof the pack stays. */
GsStampPack *gs_stamp_pack_new_signed (GsPackFiles *files,
                                       GsPackAuthorities *authorities,
                                       gint64 now_utc_ms,
                                       GError **error);
GsStampPack *gs_stamp_pack_load_signed (const char *path,
                                        GsPackAuthorities *authorities,
                                        gint64 now_utc_ms,
                                        GError **error);
GsStampPack *gs_stamp_pack_ref (GsStampPack *self);
void gs_stamp_pack_unref (GsStampPack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsStampPack, gs_stamp_pack_unref)

/* Who answers for it; NULL for a pack that was loaded without a signature. Transfer none. */
const GsPackProof *gs_stamp_pack_get_proof (GsStampPack *self);

const char *gs_stamp_pack_get_name (GsStampPack *self);  /* "Specimen pack UTO" */
const char *gs_stamp_pack_get_state (GsStampPack *self); /* "UTO" */
const char *gs_stamp_pack_get_month (GsStampPack *self); /* "2026-11", when it was drawn */
const char *gs_stamp_pack_get_font (GsStampPack *self);  /* "Inter" */

/* The size on paper, in hundredths of a millimetre: 4500 × 3500. */
int gs_stamp_pack_get_width_hmm (GsStampPack *self);
int gs_stamp_pack_get_height_hmm (GsStampPack *self);

/* The ports that it names, in the order of the file; GPtrArray of GsStampPort, transfer none. */
GPtrArray *gs_stamp_pack_get_ports (GsStampPack *self);
/* Whether it prints for ports that it does not name. */
gboolean gs_stamp_pack_has_other_ports (GsStampPack *self);
gboolean gs_stamp_pack_has_kind (GsStampPack *self, GsStampKind kind);

/* FALSE with GS_STAMP_ERROR_PORT when the pack has no drawing for this port, transport or kind. */
gboolean gs_stamp_pack_covers (GsStampPack *self, const GsStampFields *fields, GError **error);

/* Of the drawing for these fields; NULL when it does not cover them. Transfer none. */
const GsStampArea *gs_stamp_pack_get_specimen_area (GsStampPack *self, const GsStampFields *fields);
GsStampTemplate *gs_stamp_pack_get_template (GsStampPack *self, const GsStampFields *fields);
/* Where the digital seal goes; NULL where none may stand, as in the marks. */
const GsStampArea *gs_stamp_pack_get_seal_area (GsStampPack *self, const GsStampFields *fields);

/* Every stamp that the pack has: each port × direction × transport, then the marks, filled with
 * specimen values and that day ("2026-11-23"). GPtrArray of GsStampFields, transfer full. */
GPtrArray *gs_stamp_pack_list_samples (GsStampPack *self, const char *day);

G_END_DECLS
