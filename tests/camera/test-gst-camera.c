/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-look.h"
#include "gs-test-stream.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

static void
test_stream (void)
{
  g_autoptr (GsTestStream) stream = gs_test_stream_new (GS_TEST_STREAM_LAUNCH (640, 360), NULL);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  g_assert_cmpstr (gs_camera_get_name (look.camera), ==, "127.0.0.1");
  g_assert_cmpint (test_look_state (&look), ==, GS_CAMERA_OFF);
  gs_camera_want_frame (look.camera);
  gs_camera_start (look.camera);
  gs_camera_start (look.camera);
  g_assert_cmpint (test_look_state (&look), ==, GS_CAMERA_STARTING);
  TEST_LOOK_WAIT (20, look.previews >= 10);
  g_assert_cmpint (test_look_state (&look), ==, GS_CAMERA_LIVE);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_NONE);
  g_assert_null (gs_camera_get_detail (look.camera));
  g_assert_cmpuint (look.preview_width, ==, 640);
  g_assert_cmpuint (look.preview_height, ==, 360);
  /* Frames come when they are wanted, one for a wish, and a wish of before the start was none. */
  g_assert_cmpuint (look.frames, ==, 0);
  gs_camera_want_frame (look.camera);
  gs_camera_want_frame (look.camera);
  TEST_LOOK_WAIT (5, look.frames == 1);
  test_look_pass (200000);
  g_assert_cmpuint (look.frames, ==, 1);
  g_assert_cmpuint (look.frame_width, ==, 640);
  test_look_end (&look);
}

static void
test_preview_size (void)
{
  g_autoptr (GsTestStream) stream = gs_test_stream_new (GS_TEST_STREAM_LAUNCH (640, 360), NULL);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  gs_camera_set_preview_size (look.camera, 320, 320);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews >= 1);
  g_assert_cmpuint (look.preview_width, ==, 320);
  g_assert_cmpuint (look.preview_height, ==, 180);
  gs_camera_set_preview_size (look.camera, 101, 40);
  TEST_LOOK_WAIT (5, look.preview_height == 40);
  g_assert_cmpuint (look.preview_width, ==, 71);
  /* Never larger than the camera's own. */
  gs_camera_set_preview_size (look.camera, 4000, 4000);
  TEST_LOOK_WAIT (5, look.preview_width == 640);
  gs_camera_want_frame (look.camera);
  TEST_LOOK_WAIT (5, look.frames == 1);
  g_assert_cmpuint (look.frame_width, ==, 640);
  test_look_end (&look);
}

static void
test_stop (void)
{
  g_autoptr (GsTestStream) stream = gs_test_stream_new (GS_TEST_STREAM_LAUNCH (640, 360), NULL);
  TestLook look;
  guint seen;

  test_look_at (&look, gs_test_stream_get_url (stream));
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews >= 1);
  gs_camera_want_frame (look.camera);
  gs_camera_stop (look.camera);
  seen = look.previews;
  g_assert_cmpint (test_look_state (&look), ==, GS_CAMERA_OFF);
  test_look_pass (500000);
  g_assert_cmpuint (look.previews, ==, seen);
  g_assert_cmpuint (look.frames, ==, 0);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews > seen);
  g_assert_cmpuint (look.frames, ==, 0);
  test_look_end (&look);
}

/* Started and stopped faster than anything opens. */
static void
test_nervous (void)
{
  g_autoptr (GsTestStream) stream = gs_test_stream_new (GS_TEST_STREAM_LAUNCH (320, 240), NULL);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  for (guint i = 0; i < 20; i++)
    {
      gs_camera_start (look.camera);
      g_main_context_iteration (NULL, FALSE);
      gs_camera_stop (look.camera);
    }
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (30, look.previews >= 1);
  test_look_end (&look);
}

static void
test_frozen (void)
{
  g_autoptr (GsTestStream) stream = gs_test_stream_new (GS_TEST_STREAM_LAUNCH (640, 360), NULL);
  gint64 before_us;
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews >= 5);
  gs_test_stream_freeze (stream, TRUE);
  before_us = g_get_monotonic_time ();
  TEST_LOOK_WAIT (5, test_look_state (&look) == GS_CAMERA_FROZEN);
  g_assert_cmpint (g_get_monotonic_time () - before_us, <, 2500000);
  gs_test_stream_freeze (stream, FALSE);
  TEST_LOOK_WAIT (5, test_look_state (&look) == GS_CAMERA_LIVE);
  gs_test_stream_freeze (stream, TRUE);
  TEST_LOOK_WAIT (12, test_look_state (&look) == GS_CAMERA_LOST);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_UNREACHABLE);
  gs_test_stream_freeze (stream, FALSE);
  TEST_LOOK_WAIT (30, test_look_state (&look) == GS_CAMERA_LIVE);
  test_look_end (&look);
}

static void
test_killed (void)
{
  g_autoptr (GsTestStream) stream = gs_test_stream_new (GS_TEST_STREAM_LAUNCH (640, 360), NULL);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews >= 5);
  gs_test_stream_kill (stream);
  TEST_LOOK_WAIT (10, test_look_state (&look) == GS_CAMERA_LOST);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_UNREACHABLE);
  g_assert_nonnull (gs_camera_get_detail (look.camera));
  gs_test_stream_start (stream);
  TEST_LOOK_WAIT (30, test_look_state (&look) == GS_CAMERA_LIVE);
  g_assert_null (gs_camera_get_detail (look.camera));
  test_look_end (&look);
}

static void
test_absent (void)
{
  TestLook look;

  test_look_at (&look, "rtsp://127.0.0.1:1/desk");
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (10, test_look_state (&look) == GS_CAMERA_LOST);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_UNREACHABLE);
  test_look_end (&look);
}

/* Packets of a stream whose bytes are noise. The decoder may make a few pictures of what it can
 * guess; then it is refused, and said. */
static void
test_garbage (void)
{
  static const char *const options[] = { "--garbage", NULL };
  g_autoptr (GsTestStream) stream = gs_test_stream_new (GS_TEST_STREAM_LAUNCH (640, 360), options);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, test_look_state (&look) == GS_CAMERA_REFUSED);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_FORMAT);
  g_assert_nonnull (gs_camera_get_detail (look.camera));
  g_test_message ("%u pictures were guessed", look.previews);
  test_look_end (&look);
}

static void
test_other_coding (void)
{
  g_autoptr (GsTestStream) stream =
    gs_test_stream_new ("videotestsrc is-live=true ! video/x-raw,format=I420,width=320,height=240 "
                        "! jpegenc ! rtpjpegpay name=pay0",
                        NULL);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, test_look_state (&look) == GS_CAMERA_REFUSED);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_FORMAT);
  g_assert_nonnull (strstr (gs_camera_get_detail (look.camera), "JPEG"));
  test_look_end (&look);
}

static void
test_size_change (void)
{
  g_autoptr (GsTestStream) stream = gs_test_stream_new (
    "videotestsrc is-live=true num-buffers=60 ! video/x-raw,format=I420,width=640,height=360,"
    "framerate=30/1 ! c. videotestsrc is-live=true pattern=ball ! "
    "video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! c. concat name=c ! "
    "openh264enc gop-size=15 complexity=low ! h264parse config-interval=-1 ! "
    "rtph264pay name=pay0 config-interval=-1",
    NULL);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.preview_width == 640);
  TEST_LOOK_WAIT (20, look.preview_width == 320 && look.preview_height == 240);
  gs_camera_want_frame (look.camera);
  TEST_LOOK_WAIT (5, look.frames == 1);
  g_assert_cmpuint (look.frame_width, ==, 320);
  test_look_end (&look);
}

/* The same dots again and again are pictures all the same. */
static void
test_same_dots (void)
{
  g_autoptr (GsTestStream) stream = gs_test_stream_new (
    "videotestsrc is-live=true pattern=red ! video/x-raw,format=I420,width=320,height=240,"
    "framerate=15/1 ! openh264enc gop-size=15 ! h264parse ! rtph264pay name=pay0 config-interval=1",
    NULL);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews >= 1);
  test_look_pass (2500000);
  g_assert_cmpuint (look.states & (1 << GS_CAMERA_FROZEN), ==, 0);
  /* B, G, R: red. */
  g_assert_cmpuint (look.middle[2], >, 200);
  g_assert_cmpuint (look.middle[0], <, 60);
  test_look_end (&look);
}

/* ---- TLS ---- */

static char *
make_pki (void)
{
  char *folder = g_dir_make_tmp ("gateside-camera-XXXXXX", NULL);
  const char *const words[] = { g_getenv ("GATESIDE_HALL"), "--make-pki", folder, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) made = g_subprocess_newv (words, 0, &error);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (made, NULL, NULL));
  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_tls (void)
{
  g_autofree char *pki = make_pki (), *other = make_pki ();
  g_autofree char *certificate = g_strdup_printf ("--cert=%s/hall.pem", pki);
  g_autofree char *key = g_strdup_printf ("--key=%s/hall.key", pki);
  g_autofree char *client_ca = g_strdup_printf ("--ca=%s/ca.pem", pki);
  g_autofree char *ca = g_strdup_printf ("%s/ca.pem", pki);
  g_autofree char *other_ca = g_strdup_printf ("%s/ca.pem", other);
  g_autofree char *own = g_strdup_printf ("%s/desk-1.pem", pki);
  g_autofree char *own_key = g_strdup_printf ("%s/desk-1.key", pki);
  const char *const options[] = { certificate, key, client_ca, NULL };
  g_autoptr (GsTestStream) stream = gs_test_stream_new (GS_TEST_STREAM_LAUNCH (320, 240), options);
  TestLook look;

  test_look_at (&look, gs_test_stream_get_url (stream));
  g_test_message ("another authority");
  gs_gst_camera_set_tls (GS_GST_CAMERA (look.camera), other_ca, own, own_key);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (30, test_look_state (&look) == GS_CAMERA_REFUSED);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_NOT_ALLOWED);
  gs_camera_stop (look.camera);

  g_test_message ("a certificate that is not there");
  gs_gst_camera_set_tls (GS_GST_CAMERA (look.camera), ca, "/nowhere/desk.pem", NULL);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (30, test_look_state (&look) == GS_CAMERA_REFUSED);
  gs_camera_stop (look.camera);

  g_test_message ("no certificate");
  gs_gst_camera_set_tls (GS_GST_CAMERA (look.camera), ca, NULL, NULL);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, test_look_state (&look) == GS_CAMERA_REFUSED
                        || test_look_state (&look) == GS_CAMERA_LOST);
  gs_camera_stop (look.camera);
  g_assert_cmpuint (look.previews, ==, 0);

  g_test_message ("the right ones");
  gs_gst_camera_set_tls (GS_GST_CAMERA (look.camera), ca, own, own_key);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews >= 3);
  test_look_end (&look);
  remove_folder (pki);
  remove_folder (other);
}

/* ---- files ---- */

static char *
write_picture (int width, int height, const char *kind, guint32 colour)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autofree char *name = g_strdup_printf ("camera-%d.%s", (int) getpid (), kind);
  char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
  g_autofree char *half = g_strconcat (path, ".part", NULL);

  gdk_pixbuf_fill (picture, colour);
  g_assert_true (gdk_pixbuf_save (picture, half, kind, NULL, NULL));
  g_assert_cmpint (g_rename (half, path), ==, 0);
  return path;
}

static void
test_still (gconstpointer kind)
{
  g_autofree char *path = write_picture (320, 200, kind, 0xff000000);
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *again = NULL;
  TestLook look;

  test_look_at (&look, address);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (10, look.previews >= 5);
  g_assert_cmpuint (look.preview_width, ==, 320);
  g_assert_cmpuint (look.preview_height, ==, 200);
  g_assert_cmpuint (look.middle[2], >, 240);
  gs_camera_want_frame (look.camera);
  TEST_LOOK_WAIT (5, look.frames == 1);
  g_test_message ("the next picture");
  again = write_picture (200, 320, kind, 0x0000ff00);
  TEST_LOOK_WAIT (10, look.preview_width == 200 && look.middle[0] > 240);
  g_test_message ("gone");
  g_unlink (path);
  test_look_end (&look);
}

static void
test_file_troubles (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "gateside-camera-noise.jpg", NULL);
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  g_autofree guint8 *noise = g_malloc (50000);
  TestLook look;

  g_unlink (path);
  test_look_at (&look, address);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (10, test_look_state (&look) == GS_CAMERA_LOST);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_NO_DEVICE);
  for (guint i = 0; i < 50000; i++)
    noise[i] = (guint8) (i * 2654435761u >> 13);
  g_test_message ("noise");
  g_assert_true (g_file_set_contents (path, (char *) noise, 50000, NULL));
  TEST_LOOK_WAIT (15, test_look_state (&look) == GS_CAMERA_REFUSED);
  memcpy (noise, "\xff\xd8\xff\xe0\x00\x10JFIF", 10);
  g_test_message ("noise that begins as a picture");
  g_assert_true (g_file_set_contents (path, (char *) noise, 50000, NULL));
  test_look_pass (1000000);
  TEST_LOOK_WAIT (15, test_look_state (&look) == GS_CAMERA_REFUSED);
  g_test_message ("empty");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  test_look_pass (1000000);
  TEST_LOOK_WAIT (15, test_look_state (&look) == GS_CAMERA_REFUSED);
  g_assert_cmpuint (look.previews, ==, 0);
  test_look_end (&look);
  g_unlink (path);
}

static void
test_sizes (void)
{
  static const struct
  {
    int width, height;
  } wrong[] = { { 8, 8 }, { 400, 8 }, { 9000, 20 }, { 5000, 5000 } };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = write_picture (wrong[i].width, wrong[i].height, "png", 0xff000000);
      g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
      TestLook look;

      test_look_at (&look, address);
      gs_camera_start (look.camera);
      TEST_LOOK_WAIT (15, test_look_state (&look) == GS_CAMERA_REFUSED);
      g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_FORMAT);
      g_assert_nonnull (strstr (gs_camera_get_detail (look.camera), "×"));
      g_assert_cmpuint (look.previews, ==, 0);
      test_look_end (&look);
      g_unlink (path);
    }
}

static void
test_no_device (void)
{
  TestLook look;

  test_look_at (&look, "v4l2:/dev/video97");
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, test_look_state (&look) == GS_CAMERA_LOST);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_NO_DEVICE);
  test_look_end (&look);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/stream/live", test_stream);
  g_test_add_func ("/camera/stream/preview-size", test_preview_size);
  g_test_add_func ("/camera/stream/stop", test_stop);
  g_test_add_func ("/camera/stream/nervous", test_nervous);
  g_test_add_func ("/camera/stream/frozen", test_frozen);
  g_test_add_func ("/camera/stream/killed", test_killed);
  g_test_add_func ("/camera/stream/absent", test_absent);
  g_test_add_func ("/camera/stream/garbage", test_garbage);
  g_test_add_func ("/camera/stream/other-coding", test_other_coding);
  g_test_add_func ("/camera/stream/size-change", test_size_change);
  g_test_add_func ("/camera/stream/same-dots", test_same_dots);
  g_test_add_func ("/camera/stream/tls", test_tls);
  g_test_add_data_func ("/camera/file/jpeg", "jpeg", test_still);
  g_test_add_data_func ("/camera/file/png", "png", test_still);
  g_test_add_func ("/camera/file/troubles", test_file_troubles);
  g_test_add_func ("/camera/file/sizes", test_sizes);
  g_test_add_func ("/camera/device/absent", test_no_device);
  return g_test_run ();
}
