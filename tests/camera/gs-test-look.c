/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-look.h"

#include <string.h>

static void
on_state (GsCamera *camera, TestLook *look)
{
  look->changes++;
  g_test_message ("state %d, trouble %d: %s", gs_camera_get_state (camera),
                  gs_camera_get_trouble (camera),
                  gs_camera_get_detail (camera) != NULL ? gs_camera_get_detail (camera) : "-");
  look->states |= 1ull << gs_camera_get_state (camera);
}

static void
on_preview (GsCamera *camera, GsCameraFrame *frame, TestLook *look)
{
  const guint8 *dots = g_bytes_get_data (frame->bgra, NULL);

  g_assert_cmpint (gs_camera_get_state (camera), ==, GS_CAMERA_LIVE);
  look->previews++;
  look->preview_width = frame->width;
  look->preview_height = frame->height;
  if (look->last_us != 0)
    look->longest_gap_us = MAX (look->longest_gap_us, frame->at_monotonic_us - look->last_us);
  look->last_us = frame->at_monotonic_us;
  memcpy (look->middle, dots + frame->height / 2 * frame->stride + frame->width / 2 * 4, 4);
}

static void
on_frame (GsCamera *camera, const GsPixels *frame, TestLook *look)
{
  look->frames++;
  look->frame_width = frame->width;
  look->frame_height = frame->height;
  g_assert_cmpuint (g_bytes_get_size (frame->rgb), ==, (gsize) frame->width * frame->height * 3);
}

void
test_look_at (TestLook *look, const char *address)
{
  g_autoptr (GError) error = NULL;

  *look = (TestLook){ .camera = GS_CAMERA (gs_gst_camera_new (address, &error)) };
  g_assert_no_error (error);
  g_signal_connect (look->camera, "state-changed", G_CALLBACK (on_state), look);
  g_signal_connect (look->camera, "preview", G_CALLBACK (on_preview), look);
  g_signal_connect (look->camera, "frame", G_CALLBACK (on_frame), look);
}

static gboolean
wake (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

guint
test_look_begin_waking (void)
{
  return g_timeout_add (20, wake, NULL);
}

void
test_look_pass (gint64 us)
{
  gint64 until_us = g_get_monotonic_time () + us;

  TEST_LOOK_WAIT (60, g_get_monotonic_time () >= until_us);
}

void
test_look_end (TestLook *look)
{
  g_object_add_weak_pointer (G_OBJECT (look->camera), (gpointer *) &look->camera);
  gs_camera_stop (look->camera);
  g_object_unref (look->camera);
  g_assert_null (look->camera);
  /* Its last threads end beside this. */
  test_look_pass (200000);
}

GsCameraState
test_look_state (const TestLook *look)
{
  return gs_camera_get_state (look->camera);
}

gboolean
test_look_was (const TestLook *look, GsCameraState state)
{
  return (look->states & (1ull << state)) != 0;
}
