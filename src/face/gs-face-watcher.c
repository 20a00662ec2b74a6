/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-watcher.h"

G_DEFINE_INTERFACE (GsFaceWatcher, gs_face_watcher, G_TYPE_OBJECT)

static void
gs_face_watcher_default_init (GsFaceWatcherInterface *iface)
{
}

void
gs_face_watcher_look_async (GsFaceWatcher *self,
                            const GsPixels *frame,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (GS_IS_FACE_WATCHER (self) && frame != NULL);
  GS_FACE_WATCHER_GET_IFACE (self)->look_async (self, frame, cancellable, callback, user_data);
}

gboolean
gs_face_watcher_look_finish (GsFaceWatcher *self,
                             GAsyncResult *result,
                             GsFaceView *view,
                             GError **error)
{
  g_return_val_if_fail (GS_IS_FACE_WATCHER (self), FALSE);
  return GS_FACE_WATCHER_GET_IFACE (self)->look_finish (self, result, view, error);
}
