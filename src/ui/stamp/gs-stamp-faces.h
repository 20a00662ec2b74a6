/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-station.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The blind questions in the stamp sheet: pictures, guidance and one row a pair, until the face is
 * verified or what follows from the answers is known. Main thread. */
#define GS_TYPE_STAMP_FACES (gs_stamp_faces_get_type ())
G_DECLARE_FINAL_TYPE (GsStampFaces, gs_stamp_faces, GS, STAMP_FACES, AdwBin)

void gs_stamp_faces_set_case (GsStampFaces *self, GsStation *station, GsCase *item);
/* The pictures' width altogether. */
void gs_stamp_faces_set_width (GsStampFaces *self, int width);
/* TRUE while an answer is missing, of the first officer or of the second. */
gboolean gs_stamp_faces_asks (GsStampFaces *self);
/* 1, 2, 3 of the marked pair, A, C, and F3 and F5 where they follow. TRUE when it was taken. */
gboolean gs_stamp_faces_handle_key (GsStampFaces *self, guint keyval);

/* The second officer signs in and judges alone, where that is what follows. */
void gs_stamp_faces_begin_second (GsStampFaces *self);
/* Another capture, where the answers allow it. */
void gs_stamp_faces_begin_again (GsStampFaces *self);
/* The identity has to be verified anew, as after the document was read again or the time has run
 * out: what was verified before makes room for a new sitting. */
void gs_stamp_faces_renew (GsStampFaces *self);
/* Whoever leaves the sheet takes the second officer's turn away. */
void gs_stamp_faces_leave (GsStampFaces *self);

G_END_DECLS
