/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GS_FACE_ERROR (gs_face_error_quark ())
GQuark gs_face_error_quark (void);

typedef enum
{
  GS_FACE_ERROR_ABSENT = 1, /* this program was built without the networks' runtime */
  GS_FACE_ERROR_MODELS,     /* a model is missing, altered, or cannot be read */
  GS_FACE_ERROR_NET,        /* a network failed while it ran */
  GS_FACE_ERROR_THRESHOLDS, /* the file of thresholds has mistakes */
  GS_FACE_ERROR_REMOTE,     /* the remote engine's address, certificate or key is wrong */
} GsFaceError;

G_END_DECLS
