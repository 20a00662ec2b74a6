/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-address.h"

static GsCameraAddress *
parsed (const char *text)
{
  g_autoptr (GError) error = NULL;
  GsCameraAddress *address = gs_camera_address_parse (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (address);
  g_assert_true (gs_camera_address_check (text, NULL));
  return address;
}

static void
test_devices (void)
{
  g_autoptr (GsCameraAddress) any = parsed ("*");
  g_autoptr (GsCameraAddress) path = parsed ("v4l2:/dev/video0");
  g_autoptr (GsCameraAddress) name = parsed ("v4l2:Logitech BRIO");
  g_autoptr (GsCameraAddress) first = parsed ("v4l2:*");
  g_autoptr (GsCameraAddress) node = parsed ("pipewire:desk-camera");

  g_assert_cmpint (any->kind, ==, GS_CAMERA_KIND_ANY);
  g_assert_cmpint (path->kind, ==, GS_CAMERA_KIND_V4L2);
  g_assert_cmpstr (path->device, ==, "/dev/video0");
  g_assert_cmpstr (name->device, ==, "Logitech BRIO");
  g_assert_null (first->device);
  g_assert_cmpint (node->kind, ==, GS_CAMERA_KIND_PIPEWIRE);
}

static void
test_streams (void)
{
  g_autoptr (GsCameraAddress) plain = parsed ("rtsp://camera-3.example/desk?profile=1");
  g_autoptr (GsCameraAddress) secure = parsed ("RTSPS://officer:s3cret@[::1]:8322/gates/gate-1");

  g_assert_cmpint (plain->kind, ==, GS_CAMERA_KIND_RTSP);
  g_assert_cmpstr (plain->url, ==, "rtsp://camera-3.example:554/desk?profile=1");
  g_assert_cmpstr (plain->host, ==, "camera-3.example");
  g_assert_false (plain->is_tls);
  g_assert_cmpstr (secure->url, ==, "rtsps://[::1]:8322/gates/gate-1");
  g_assert_true (secure->is_tls);
  g_assert_cmpstr (secure->user, ==, "officer");
  g_assert_cmpstr (secure->password, ==, "s3cret");
}

static void
test_file (void)
{
  g_autoptr (GsCameraAddress) file = parsed ("file:///var/lib/desk%20camera/picture.jpg");

  g_assert_cmpint (file->kind, ==, GS_CAMERA_KIND_FILE);
  g_assert_cmpstr (file->path, ==, "/var/lib/desk camera/picture.jpg");
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "", GS_CAMERA_ADDRESS_ERROR_SCHEME },
    { "/dev/video0", GS_CAMERA_ADDRESS_ERROR_SCHEME },
    { "http://camera/", GS_CAMERA_ADDRESS_ERROR_SCHEME },
    { "v4l2:/dev/video0\n", GS_CAMERA_ADDRESS_ERROR_SCHEME },
    { "v4l2:", GS_CAMERA_ADDRESS_ERROR_DEVICE },
    { "v4l2:./video0", GS_CAMERA_ADDRESS_ERROR_DEVICE },
    { "pipewire:", GS_CAMERA_ADDRESS_ERROR_DEVICE },
    { "rtsp:desk", GS_CAMERA_ADDRESS_ERROR_URL },
    { "rtsp:///desk", GS_CAMERA_ADDRESS_ERROR_URL },
    { "rtsp://host:99999/", GS_CAMERA_ADDRESS_ERROR_URL },
    { "rtsp://host:0/", GS_CAMERA_ADDRESS_ERROR_URL },
    { "rtsp://a:s3cret@ho st/", GS_CAMERA_ADDRESS_ERROR_URL },
    { "file://elsewhere/picture.jpg", GS_CAMERA_ADDRESS_ERROR_URL },
    { "file:picture.jpg", GS_CAMERA_ADDRESS_ERROR_URL },
    { "file:///", GS_CAMERA_ADDRESS_ERROR_URL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_null (gs_camera_address_parse (cases[i].text, &error));
      g_assert_error (error, GS_CAMERA_ADDRESS_ERROR, cases[i].code);
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_null (g_strstr_len (error->message, -1, "s3cret"));
      g_assert_false (gs_camera_address_check (cases[i].text, NULL));
    }
}

static void
test_fits (void)
{
  g_autoptr (GsCameraAddress) any = parsed ("*");
  g_autoptr (GsCameraAddress) first = parsed ("v4l2:*");
  g_autoptr (GsCameraAddress) link = parsed ("v4l2:/dev/v4l/by-id/desk");
  g_autoptr (GsCameraAddress) name = parsed ("pipewire:desk");
  const GsCameraKind v4l2 = GS_CAMERA_KIND_V4L2, pipewire = GS_CAMERA_KIND_PIPEWIRE;

  g_assert_true (gs_camera_address_fits (any, v4l2, "/dev/video0", NULL, NULL, NULL));
  g_assert_true (gs_camera_address_fits (any, pipewire, NULL, "node", NULL, NULL));
  g_assert_true (gs_camera_address_fits (first, v4l2, "/dev/video0", NULL, NULL, NULL));
  g_assert_false (gs_camera_address_fits (first, pipewire, "/dev/video0", NULL, NULL, NULL));
  g_assert_true (gs_camera_address_fits (link, v4l2, "/dev/video2", NULL, NULL, "/dev/video2"));
  g_assert_false (gs_camera_address_fits (link, v4l2, "/dev/video0", NULL, NULL, "/dev/video2"));
  g_assert_false (gs_camera_address_fits (link, v4l2, "/dev/video0", NULL, NULL, NULL));
  g_assert_false (gs_camera_address_fits (link, v4l2, NULL, "desk", NULL, NULL));
  g_assert_true (gs_camera_address_fits (name, pipewire, NULL, "desk-camera", "Camera", NULL));
  g_assert_true (gs_camera_address_fits (name, pipewire, NULL, NULL, "desk camera", NULL));
  g_assert_false (gs_camera_address_fits (name, pipewire, NULL, "gate", "the desk", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/address/devices", test_devices);
  g_test_add_func ("/camera/address/streams", test_streams);
  g_test_add_func ("/camera/address/file", test_file);
  g_test_add_func ("/camera/address/wrong", test_wrong);
  g_test_add_func ("/camera/address/fits", test_fits);
  return g_test_run ();
}
