/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-face-comparison.h"
#include "gs-face-eyes.h"
#include "gs-pixels.h"

G_BEGIN_DECLS

/* What is wrong with a frame, for guidance; every bit that holds. 0: a good frame. */
typedef enum
{
  GS_FACE_TROUBLE_NO_FACE = 1 << 0,
  GS_FACE_TROUBLE_SEVERAL_FACES = 1 << 1,
  GS_FACE_TROUBLE_TOO_FAR = 1 << 2,
  GS_FACE_TROUBLE_TOO_NEAR = 1 << 3,
  GS_FACE_TROUBLE_DARK = 1 << 4,
  GS_FACE_TROUBLE_GLARE = 1 << 5,
  GS_FACE_TROUBLE_BLURRED = 1 << 6,
  GS_FACE_TROUBLE_TURNED = 1 << 7,
  GS_FACE_TROUBLE_EYES_SHUT = 1 << 8
} GsFaceTrouble;

typedef struct
{
  guint n_faces;
  guint troubles;        /* GsFaceTrouble */
  double x, y;           /* the largest face's box as shares of the frame's width and height */
  double width, height;  /* 0 when there is no face */
  GsFaceEyes eyes;       /* of the largest face */
  GsFaceQuality quality; /* of the largest face */
  double worth;          /* one number to choose the best frame by; more is better */
  gint64 duration_us;
} GsFaceView;

/* Looks at the desk camera's frames: how many faces, how good. It compares nothing with anybody.
 * Main thread; the looking is done in a worker, one frame at a time. Made from the models of the
 * embedded engine; a desk without them has no guidance and says so. */
#define GS_TYPE_FACE_WATCHER (gs_face_watcher_get_type ())
G_DECLARE_INTERFACE (GsFaceWatcher, gs_face_watcher, GS, FACE_WATCHER, GObject)

struct _GsFaceWatcherInterface
{
  GTypeInterface parent;
  void (*look_async) (GsFaceWatcher *self,
                      const GsPixels *frame,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*look_finish) (GsFaceWatcher *self,
                           GAsyncResult *result,
                           GsFaceView *view,
                           GError **error);
};

/* FALSE with G_IO_ERROR_CANCELLED, or an error of the room when the frame cannot be looked at. */
void gs_face_watcher_look_async (GsFaceWatcher *self,
                                 const GsPixels *frame,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean gs_face_watcher_look_finish (GsFaceWatcher *self,
                                      GAsyncResult *result,
                                      GsFaceView *view,
                                      GError **error);

G_END_DECLS
