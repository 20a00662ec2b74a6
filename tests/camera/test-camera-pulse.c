/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-pulse.h"

#define S G_USEC_PER_SEC

/* A camera that was started at the 100th second and opened its source. */
static GsCameraPulse
opened (void)
{
  GsCameraPulse pulse;

  gs_camera_pulse_init (&pulse, GS_CAMERA_TROUBLE_UNREACHABLE);
  gs_camera_pulse_start (&pulse, 100 * S);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 100 * S), ==, GS_CAMERA_PULSE_OPEN);
  return pulse;
}

static void
test_live (void)
{
  GsCameraPulse pulse = opened ();

  g_assert_cmpint (pulse.state, ==, GS_CAMERA_STARTING);
  gs_camera_pulse_picture (&pulse, 101 * S);
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_LIVE);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, TRUE, 102 * S - 1), ==, GS_CAMERA_PULSE_NOTHING);
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_LIVE);
}

static void
test_frozen (void)
{
  GsCameraPulse pulse = opened ();

  gs_camera_pulse_picture (&pulse, 101 * S);
  gs_camera_pulse_tick (&pulse, FALSE, 102 * S);
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_FROZEN);
  gs_camera_pulse_picture (&pulse, 103 * S);
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_LIVE);
}

static void
test_dead (void)
{
  GsCameraPulse pulse = opened ();

  gs_camera_pulse_picture (&pulse, 101 * S);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 106 * S - 1), ==, GS_CAMERA_PULSE_NOTHING);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 106 * S), ==, GS_CAMERA_PULSE_CLOSE);
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_LOST);
  g_assert_cmpint (pulse.trouble, ==, GS_CAMERA_TROUBLE_UNREACHABLE);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 106 * S), ==, GS_CAMERA_PULSE_NOTHING);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 107 * S), ==, GS_CAMERA_PULSE_OPEN);
  /* Tried again is not there again. */
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_LOST);
}

static void
test_undecodable (void)
{
  GsCameraPulse pulse = opened ();

  g_assert_cmpint (gs_camera_pulse_tick (&pulse, TRUE, 107 * S), ==, GS_CAMERA_PULSE_NOTHING);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, TRUE, 108 * S), ==, GS_CAMERA_PULSE_CLOSE);
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_REFUSED);
  g_assert_cmpint (pulse.trouble, ==, GS_CAMERA_TROUBLE_FORMAT);
}

/* Eight seconds from the last step, not from the beginning; thirty for all of them. */
static void
test_slow_opening (void)
{
  GsCameraPulse pulse = opened ();

  gs_camera_pulse_step (&pulse, 106 * S);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 114 * S - 1), ==, GS_CAMERA_PULSE_NOTHING);
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_STARTING);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 114 * S), ==, GS_CAMERA_PULSE_CLOSE);
  /* What the opening before had reached helps the next one nothing. */
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 115 * S), ==, GS_CAMERA_PULSE_OPEN);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 123 * S), ==, GS_CAMERA_PULSE_CLOSE);

  pulse = opened ();
  for (gint64 now_us = 101 * S; now_us < 130 * S; now_us += S)
    {
      gs_camera_pulse_step (&pulse, now_us);
      g_assert_cmpint (gs_camera_pulse_tick (&pulse, TRUE, now_us), ==, GS_CAMERA_PULSE_NOTHING);
    }
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, TRUE, 130 * S), ==, GS_CAMERA_PULSE_CLOSE);
}

/* A step that is told late does not hide that the pictures ended. */
static void
test_late_step (void)
{
  GsCameraPulse pulse = opened ();

  gs_camera_pulse_picture (&pulse, 101 * S);
  gs_camera_pulse_step (&pulse, 104 * S);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 106 * S), ==, GS_CAMERA_PULSE_CLOSE);
}

/* Half a second, one, two, four, eight, eight. */
static void
test_back_off (void)
{
  const gint64 delays_us[] = { S / 2, S, 2 * S, 4 * S, 8 * S, 8 * S, 8 * S };
  GsCameraPulse pulse = opened ();
  gint64 now_us = 100 * S;

  for (guint i = 0; i < G_N_ELEMENTS (delays_us); i++)
    {
      gs_camera_pulse_fail (&pulse, GS_CAMERA_TROUBLE_BUSY, now_us);
      g_assert_cmpint (pulse.state, ==, GS_CAMERA_REFUSED);
      now_us += delays_us[i];
      g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, now_us - 1), ==,
                       GS_CAMERA_PULSE_NOTHING);
      g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, now_us), ==, GS_CAMERA_PULSE_OPEN);
    }
}

/* One picture and gone again is no recovery; ten seconds of pictures are. */
static void
test_forgives (void)
{
  GsCameraPulse pulse = opened ();

  gs_camera_pulse_fail (&pulse, GS_CAMERA_TROUBLE_UNREACHABLE, 100 * S);
  gs_camera_pulse_tick (&pulse, FALSE, 101 * S);
  gs_camera_pulse_picture (&pulse, 102 * S);
  g_assert_cmpint (pulse.trouble, ==, GS_CAMERA_TROUBLE_NONE);
  g_assert_cmpuint (pulse.failures, ==, 1);
  gs_camera_pulse_picture (&pulse, 112 * S);
  g_assert_cmpuint (pulse.failures, ==, 0);
}

static void
test_hurry (void)
{
  GsCameraPulse pulse = opened ();

  for (guint i = 0; i < 6; i++)
    gs_camera_pulse_fail (&pulse, GS_CAMERA_TROUBLE_NO_DEVICE, 100 * S);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 101 * S), ==, GS_CAMERA_PULSE_NOTHING);
  gs_camera_pulse_hurry (&pulse, 101 * S);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, FALSE, 101 * S), ==, GS_CAMERA_PULSE_OPEN);
}

/* Nothing that was on its way when it was stopped brings it to life. */
static void
test_off (void)
{
  GsCameraPulse pulse = opened ();

  gs_camera_pulse_stop (&pulse);
  gs_camera_pulse_picture (&pulse, 101 * S);
  gs_camera_pulse_fail (&pulse, GS_CAMERA_TROUBLE_BUSY, 101 * S);
  gs_camera_pulse_hurry (&pulse, 101 * S);
  g_assert_cmpint (gs_camera_pulse_tick (&pulse, TRUE, 200 * S), ==, GS_CAMERA_PULSE_NOTHING);
  g_assert_cmpint (pulse.state, ==, GS_CAMERA_OFF);
  g_assert_cmpint (pulse.trouble, ==, GS_CAMERA_TROUBLE_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/pulse/live", test_live);
  g_test_add_func ("/camera/pulse/frozen", test_frozen);
  g_test_add_func ("/camera/pulse/dead", test_dead);
  g_test_add_func ("/camera/pulse/undecodable", test_undecodable);
  g_test_add_func ("/camera/pulse/slow-opening", test_slow_opening);
  g_test_add_func ("/camera/pulse/late-step", test_late_step);
  g_test_add_func ("/camera/pulse/back-off", test_back_off);
  g_test_add_func ("/camera/pulse/forgives", test_forgives);
  g_test_add_func ("/camera/pulse/hurry", test_hurry);
  g_test_add_func ("/camera/pulse/off", test_off);
  return g_test_run ();
}
