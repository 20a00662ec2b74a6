/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The face image in DG2 (ICAO Doc 9303-10 section 4.7.2): ISO/IEC 19794-5 in CBEFF, its data block
 * under 5F2E or 7F2E, or ISO/IEC 39794-5 under 7F2E. Errors are GS_EMRTD_ERROR_MALFORMED, _LIMIT
 * and _UNSUPPORTED. Any thread. */

typedef enum
{
  GS_FACE_RECORD_19794 = 1,
  GS_FACE_RECORD_39794,
} GsFaceRecordKind;

typedef enum
{
  GS_FACE_CODING_JPEG = 1,
  GS_FACE_CODING_JP2, /* JPEG 2000 in its container */
  GS_FACE_CODING_J2K, /* the bare codestream */
} GsFaceCoding;

/* coding as the bytes have it, whatever the record's type byte says; type_fits tells whether both
 * agree. */
typedef struct
{
  GsFaceRecordKind kind;
  GsFaceCoding coding;
  gboolean type_fits;
  guint n_images; /* in the file; the first one is taken */
  GBytes *image;
} GsFaceRecord;

/* Takes the first image out of the file. Transfer full. */
GsFaceRecord *gs_face_record_parse (GBytes *dg2, GError **error);
void gs_face_record_free (GsFaceRecord *self);

/* "JPEG", "JPEG 2000", … Static. */
const char *gs_face_coding_to_string (GsFaceCoding coding);
/* What the first bytes of an image say. FALSE when they say nothing that we know. */
gboolean gs_face_coding_sniff (const guint8 *bytes, gsize size, GsFaceCoding *coding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceRecord, gs_face_record_free)
