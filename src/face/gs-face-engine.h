/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-face-comparison.h"
#include "gs-face-probe.h"
#include "gs-face-rates.h"
#include "gs-pixels.h"

G_BEGIN_DECLS

/* Compares one traveller with one picture of that traveller's own document (or of the gate). There
 * is no call that takes more than one reference, none that gives a template out, and none that
 * searches. Main thread; the work is done elsewhere. */
#define GS_TYPE_FACE_ENGINE (gs_face_engine_get_type ())
G_DECLARE_INTERFACE (GsFaceEngine, gs_face_engine, GS, FACE_ENGINE, GObject)

struct _GsFaceEngineInterface
{
  GTypeInterface parent;
  void (*verify_async) (GsFaceEngine *self,
                        const GsPixels *reference,
                        GsFaceProbe *probe,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  GsFaceComparison *(*verify_finish) (GsFaceEngine *self, GAsyncResult *result, GError **error);
  const char *(*get_name) (GsFaceEngine *self);
  const char *(*get_version) (GsFaceEngine *self);
  void (*describe_errors) (GsFaceEngine *self, GsFaceErrorRates *rates);
};

/* Compares. What an engine cannot decide (no face, a time-out, a lying server) is an answer with
 * GS_FACE_NO_DECISION and its cause; the only error is G_IO_ERROR_CANCELLED. Transfer full. */
void gs_face_engine_verify_async (GsFaceEngine *self,
                                  const GsPixels *reference,
                                  GsFaceProbe *probe,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GsFaceComparison *
gs_face_engine_verify_finish (GsFaceEngine *self, GAsyncResult *result, GError **error);

/* For the record and the engine's page. Borrowed. */
const char *gs_face_engine_get_name (GsFaceEngine *self);
const char *gs_face_engine_get_version (GsFaceEngine *self);

/* The measured errors at the match threshold, with what they were measured on (gs-face-rates.h);
 * not known for an engine that names none. */
void gs_face_engine_describe_errors (GsFaceEngine *self, GsFaceErrorRates *rates);

G_END_DECLS
