/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One network, run by OpenCV's dnn on one thread. Its functions are in
 * gs-face-net.cc, the only C++ of the project, which lets no exception out, in a module of its own
 * (gs-face-net-calls.h). A net is used by one thread at a time. */
typedef struct _GsFaceNet GsFaceNet;

/* Where one output goes. Outputs are told apart by their length. */
typedef struct
{
  float *values;
  gsize n_values;
} GsFaceNetOutput;

/* Reads an ONNX file that lies in memory. NULL with GS_FACE_ERROR_MODELS, or _ABSENT when the
 * module cannot be loaded: it was not built, or OpenCV is not there. */
GsFaceNet *gs_face_net_new (const void *onnx, gsize length, GError **error);
void gs_face_net_free (GsFaceNet *self);

/* Runs it on one picture of 3 × side × side numbers (all red ones first, rows from the top) and
 * fills every output. FALSE with GS_FACE_ERROR_NET when it fails, or when the net has not exactly
 * one output of each length. */
gboolean gs_face_net_run (GsFaceNet *self,
                          float *picture,
                          guint side,
                          const GsFaceNetOutput *outputs,
                          gsize n_outputs,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceNet, gs_face_net_free)

G_END_DECLS
