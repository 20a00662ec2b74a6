/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-engine.h"

#include <math.h>

G_DEFINE_INTERFACE (GsFaceEngine, gs_face_engine, G_TYPE_OBJECT)

static void
gs_face_engine_default_init (GsFaceEngineInterface *iface)
{
}

void
gs_face_engine_verify_async (GsFaceEngine *self,
                             const GsPixels *reference,
                             GsFaceProbe *probe,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (GS_IS_FACE_ENGINE (self) && reference != NULL && GS_IS_FACE_PROBE (probe));
  GS_FACE_ENGINE_GET_IFACE (self)->verify_async (self, reference, probe, cancellable, callback,
                                                 user_data);
}

GsFaceComparison *
gs_face_engine_verify_finish (GsFaceEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (GS_IS_FACE_ENGINE (self), NULL);
  return GS_FACE_ENGINE_GET_IFACE (self)->verify_finish (self, result, error);
}

const char *
gs_face_engine_get_name (GsFaceEngine *self)
{
  g_return_val_if_fail (GS_IS_FACE_ENGINE (self), NULL);
  return GS_FACE_ENGINE_GET_IFACE (self)->get_name (self);
}

const char *
gs_face_engine_get_version (GsFaceEngine *self)
{
  g_return_val_if_fail (GS_IS_FACE_ENGINE (self), NULL);
  return GS_FACE_ENGINE_GET_IFACE (self)->get_version (self);
}

void
gs_face_engine_describe_errors (GsFaceEngine *self, GsFaceErrorRates *rates)
{
  *rates = (GsFaceErrorRates){ NAN, NAN, NAN, NAN, 0 };
  g_return_if_fail (GS_IS_FACE_ENGINE (self));
  if (GS_FACE_ENGINE_GET_IFACE (self)->describe_errors != NULL)
    GS_FACE_ENGINE_GET_IFACE (self)->describe_errors (self, rates);
}
