/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-net-calls.h"

#include "gs-face-error.h"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <vector>

struct _GsFaceNet
{
  cv::dnn::Net net;
  std::vector<cv::String> names;
};

/* Every function of OpenCV may throw; whatever comes ends here as an error. */
template <typename Function>
static gboolean
guarded (GsFaceError code, GError **error, Function function)
{
  try
    {
      return function ();
    }
  catch (const std::exception &exception)
    {
      g_set_error (error, GS_FACE_ERROR, code, "the network failed: %s", exception.what ());
    }
  catch (...)
    {
      g_set_error_literal (error, GS_FACE_ERROR, code, "the network failed");
    }
  return FALSE;
}

static void
destroy (GsFaceNet *self)
{
  guarded (GS_FACE_ERROR_NET, NULL, [self] () -> gboolean {
    delete self;
    return TRUE;
  });
}

static GsFaceNet *
create (const void *onnx, gsize length, GError **error)
{
  GsFaceNet *self = NULL;

  gboolean ok = guarded (GS_FACE_ERROR_MODELS, error, [&] () -> gboolean {
    /* One thread of our own is enough, and leaves the window its core. */
    cv::setNumThreads (1);
    self = new GsFaceNet;
    self->net = cv::dnn::readNetFromONNX (static_cast<const char *> (onnx), length);
    self->net.setPreferableBackend (cv::dnn::DNN_BACKEND_OPENCV);
    self->net.setPreferableTarget (cv::dnn::DNN_TARGET_CPU);
    self->names = self->net.getUnconnectedOutLayersNames ();
    if (self->names.empty ())
      g_set_error_literal (error, GS_FACE_ERROR, GS_FACE_ERROR_MODELS, "the network has no output");
    return !self->names.empty ();
  });
  if (!ok)
    {
      destroy (self);
      return NULL;
    }
  return self;
}

static gboolean
take_output (const std::vector<cv::Mat> &made, const GsFaceNetOutput *output, GError **error)
{
  const cv::Mat *found = NULL;
  guint n_found = 0;

  for (const cv::Mat &one : made)
    if (one.total () == output->n_values && one.type () == CV_32F && one.isContinuous ())
      {
        found = &one;
        n_found++;
      }
  if (n_found != 1)
    {
      g_set_error (error, GS_FACE_ERROR, GS_FACE_ERROR_NET,
                   "the network has not one output of %" G_GSIZE_FORMAT " numbers",
                   output->n_values);
      return FALSE;
    }
  memcpy (output->values, found->ptr<float> (), output->n_values * sizeof (float));
  return TRUE;
}

static gboolean
run (GsFaceNet *self,
     float *picture,
     guint side,
     const GsFaceNetOutput *outputs,
     gsize n_outputs,
     GError **error)
{
  return guarded (GS_FACE_ERROR_NET, error, [&] () -> gboolean {
    const int shape[] = { 1, 3, static_cast<int> (side), static_cast<int> (side) };
    cv::Mat input (4, shape, CV_32F, picture);
    std::vector<cv::Mat> made;

    self->net.setInput (input);
    self->net.forward (made, self->names);
    for (gsize i = 0; i < n_outputs; i++)
      if (!take_output (made, &outputs[i], error))
        return FALSE;
    return TRUE;
  });
}

extern "C" const GsFaceNetCalls *
gs_face_net_calls_1 (void)
{
  static const GsFaceNetCalls calls = { create, destroy, run };

  return &calls;
}
