/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The errors of src/stamp. The message is for the log, without personal data; the officer's
 * sentence is chosen in ui/ from the code. */
typedef enum
{
  GS_STAMP_ERROR_PACK = 1,   /* the template pack is missing, malformed or not allowed */
  GS_STAMP_ERROR_FIELDS,     /* a field is missing, not printable or does not fit its place */
  GS_STAMP_ERROR_FONT,       /* the font of the pack is not installed */
  GS_STAMP_ERROR_RENDER,     /* librsvg or cairo failed */
  GS_STAMP_ERROR_SPECIMEN,   /* the bitmap does not read SPECIMEN: nothing may be printed */
  GS_STAMP_ERROR_RASTER,     /* a PWG raster or gzip stream is malformed or of another kind */
  GS_STAMP_ERROR_TRANSITION, /* the journal does not allow this step */
  GS_STAMP_ERROR_SLIP,       /* the travel record slip cannot be made */
} GsStampError;

#define GS_STAMP_ERROR (gs_stamp_error_quark ())
GQuark gs_stamp_error_quark (void);

G_END_DECLS
