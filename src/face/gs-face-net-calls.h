/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gmodule.h>

#include "gs-face-net.h"

G_BEGIN_DECLS

/* What the module libgs-face-net.so offers: the functions of gs-face-net.h. It is a module, loaded
 * with the first network, because OpenCV brings fifteen libraries, for which the window must not
 * wait when the program starts. */
typedef struct
{
  GsFaceNet *(*create) (const void *onnx, gsize length, GError **error);
  void (*free) (GsFaceNet *self);
  gboolean (*run) (GsFaceNet *self,
                   float *picture,
                   guint side,
                   const GsFaceNetOutput *outputs,
                   gsize n_outputs,
                   GError **error);
} GsFaceNetCalls;

#define GS_FACE_NET_CALLS "gs_face_net_calls_1"

G_MODULE_EXPORT const GsFaceNetCalls *gs_face_net_calls_1 (void);

G_END_DECLS
