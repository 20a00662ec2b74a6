/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An RTSP stream in a process of its own (test-stream.c), that a test may stop, kill and start
 * again on the same port. It ends with the test. */
typedef struct GsTestStream GsTestStream;

/* More options of test-stream, NULL at the end; launch: what is served at /desk. */
GsTestStream *gs_test_stream_new (const char *launch, const char *const *options);
void gs_test_stream_free (GsTestStream *self);

/* "rtsp://127.0.0.1:PORT/desk", or rtsps://localhost when it has a certificate. */
const char *gs_test_stream_get_url (GsTestStream *self);

/* SIGSTOP and SIGCONT, as a machine that hangs; SIGKILL; and life again on the same port. */
void gs_test_stream_freeze (GsTestStream *self, gboolean frozen);
void gs_test_stream_kill (GsTestStream *self);
void gs_test_stream_start (GsTestStream *self);

/* A launch line of moving pictures in H.264. */
#define GS_TEST_STREAM_CODED                                                                       \
  "openh264enc gop-size=15 complexity=low ! h264parse ! rtph264pay name=pay0 pt=96 "               \
  "config-interval=1"
#define GS_TEST_STREAM_LAUNCH(width, height)                                                       \
  "videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=" #width                 \
  ",height=" #height ",framerate=30/1 ! " GS_TEST_STREAM_CODED

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsTestStream, gs_test_stream_free)

G_END_DECLS
