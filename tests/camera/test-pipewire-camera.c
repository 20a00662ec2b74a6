/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A camera that PipeWire offers: a daemon and a session manager of the test's own, and a program
 * that gives them pictures. */
#include "gs-test-look.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>

#define NAME "gateside.test"
#define DESCRIPTION "Utopia-Camera"
#define SKIPPED 77

static GSubprocess *daemon_process, *manager_process;

static void
end_with_test (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
run (const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    g_test_verbose () ? G_SUBPROCESS_FLAGS_NONE
                      : G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, end_with_test, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, words, &error);
  g_assert_no_error (error);
  return process;
}

static void
end (GSubprocess **process)
{
  g_subprocess_force_exit (*process);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

static void
start_daemon (void)
{
  static const char *const daemon[] = { "pipewire", NULL };
  static const char *const manager[] = { "wireplumber", NULL };
  g_autofree char *socket = g_build_filename (g_getenv ("XDG_RUNTIME_DIR"), "pipewire-0", NULL);

  daemon_process = run (daemon);
  TEST_LOOK_WAIT (10, g_file_test (socket, G_FILE_TEST_EXISTS));
  manager_process = run (manager);
}

static void
end_daemon (void)
{
  end (&manager_process);
  end (&daemon_process);
}

static GSubprocess *
plug_in (const char *pattern)
{
  g_autofree char *source = g_strdup_printf ("pattern=%s", pattern);
  const char *const words[] = { "gst-launch-1.0",
                                "-q",
                                "videotestsrc",
                                "is-live=true",
                                source,
                                "!",
                                "video/x-raw,format=YUY2,width=640,height=360,framerate=30/1",
                                "!",
                                "pipewiresink",
                                "mode=provide",
                                "stream-properties=p,media.class=Video/Source,node.name=" NAME
                                ",node.description=" DESCRIPTION,
                                NULL };

  return run (words);
}

/* It comes late, shows what it has, is pulled out, and comes back with another picture. */
static void
test_comes_and_goes (gconstpointer address)
{
  GSubprocess *source;
  TestLook look;

  test_look_at (&look, address);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (10, test_look_state (&look) == GS_CAMERA_LOST);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_NO_DEVICE);
  source = plug_in ("red");
  TEST_LOOK_WAIT (20, look.previews >= 10);
  g_assert_cmpstr (gs_camera_get_name (look.camera), ==, DESCRIPTION);
  g_assert_cmpuint (look.preview_width, ==, 640);
  g_assert_cmpuint (look.preview_height, ==, 360);
  g_assert_cmpuint (look.middle[2], >, 200);
  gs_camera_want_frame (look.camera);
  TEST_LOOK_WAIT (5, look.frames == 1);
  g_assert_cmpuint (look.frame_width, ==, 640);
  g_test_message ("pulled out");
  end (&source);
  TEST_LOOK_WAIT (10, test_look_state (&look) == GS_CAMERA_LOST);
  g_assert_cmpint (gs_camera_get_trouble (look.camera), ==, GS_CAMERA_TROUBLE_NO_DEVICE);
  g_assert_nonnull (gs_camera_get_detail (look.camera));
  g_test_message ("plugged in again");
  source = plug_in ("blue");
  TEST_LOOK_WAIT (20, test_look_state (&look) == GS_CAMERA_LIVE);
  TEST_LOOK_WAIT (5, look.middle[0] > 200);
  test_look_end (&look);
  end (&source);
}

static void
test_other_name (void)
{
  GSubprocess *source = plug_in ("red");
  TestLook look, other;

  test_look_at (&look, "pipewire:" DESCRIPTION);
  test_look_at (&other, "pipewire:Another");
  gs_camera_start (look.camera);
  gs_camera_start (other.camera);
  TEST_LOOK_WAIT (20, look.previews >= 1);
  TEST_LOOK_WAIT (10, test_look_state (&other) == GS_CAMERA_LOST);
  g_assert_cmpuint (other.previews, ==, 0);
  test_look_end (&other);
  test_look_end (&look);
  end (&source);
}

static void
test_frozen (void)
{
  GSubprocess *source = plug_in ("ball");
  TestLook look;

  test_look_at (&look, "pipewire:" NAME);
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews >= 5);
  g_subprocess_send_signal (source, SIGSTOP);
  TEST_LOOK_WAIT (5, test_look_state (&look) == GS_CAMERA_FROZEN);
  g_subprocess_send_signal (source, SIGCONT);
  TEST_LOOK_WAIT (10, test_look_state (&look) == GS_CAMERA_LIVE);
  test_look_end (&look);
  end (&source);
}

/* The service itself ends, as in an update of the system. */
static void
test_daemon (void)
{
  GSubprocess *source = plug_in ("ball");
  TestLook look;

  test_look_at (&look, "pipewire:*");
  gs_camera_start (look.camera);
  TEST_LOOK_WAIT (20, look.previews >= 5);
  end_daemon ();
  end (&source);
  TEST_LOOK_WAIT (10, test_look_state (&look) == GS_CAMERA_LOST);
  start_daemon ();
  source = plug_in ("ball");
  TEST_LOOK_WAIT (30, test_look_state (&look) == GS_CAMERA_LIVE);
  test_look_end (&look);
  end (&source);
}

int
main (int argc, char **argv)
{
  static const char *const programs[] = { "pipewire", "wireplumber", "gst-launch-1.0" };
  static const char *const places[] = { "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME" };
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *found = g_find_program_in_path (programs[i]);

      if (found == NULL)
        {
          g_print ("1..0 # SKIP %s is not installed\n", programs[i]);
          return SKIPPED;
        }
    }
  folder = g_dir_make_tmp ("gateside-pipewire-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_setenv (places[i], folder, TRUE);
  g_unsetenv ("PIPEWIRE_RUNTIME_DIR");
  g_unsetenv ("PIPEWIRE_REMOTE");
  start_daemon ();
  g_test_add_data_func ("/camera/pipewire/comes-and-goes/any", "*", test_comes_and_goes);
  g_test_add_data_func ("/camera/pipewire/comes-and-goes/name", "pipewire:" NAME,
                        test_comes_and_goes);
  g_test_add_func ("/camera/pipewire/other-name", test_other_name);
  g_test_add_func ("/camera/pipewire/frozen", test_frozen);
  g_test_add_func ("/camera/pipewire/daemon", test_daemon);
  status = g_test_run ();
  end_daemon ();
  return status;
}
