/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-gst-camera.h"

G_BEGIN_DECLS

/* What a camera has shown to a test. */
typedef struct
{
  GsCamera *camera;
  guint previews, frames, changes;
  guint preview_width, preview_height;
  guint frame_width, frame_height;
  guint64 states; /* those that it was in, as bits */
  gint64 longest_gap_us, last_us;
  guint8 middle[4]; /* blue, green, red of the newest preview's middle */
} TestLook;

/* A camera at that address, not started yet. */
void test_look_at (TestLook *look, const char *address);
/* Stops it; nothing of it is left. */
void test_look_end (TestLook *look);
GsCameraState test_look_state (const TestLook *look);
/* TRUE when it was in that state. */
gboolean test_look_was (const TestLook *look, GsCameraState state);
/* Runs the main loop for that long. */
void test_look_pass (gint64 us);

/* Wakes the main loop for TEST_LOOK_WAIT. */
guint test_look_begin_waking (void);

/* Runs the main loop until the condition holds; the test fails after SECONDS. */
#define TEST_LOOK_WAIT(seconds, condition)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end_us = g_get_monotonic_time () + (seconds) *G_USEC_PER_SEC;                           \
    guint waker = test_look_begin_waking ();                                                       \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () >= end_us)                                                     \
          g_error ("%d s passed without " #condition, seconds);                                    \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
    g_source_remove (waker);                                                                       \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
