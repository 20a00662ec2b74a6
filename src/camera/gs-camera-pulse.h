/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-camera.h"

G_BEGIN_DECLS

/* What a camera's state is, from what happened to it and when: arithmetic only, so that a test can
 * turn the clock. The owner opens and closes the pictures' source when told to, and reports what
 * becomes of it. Times are the monotonic clock's microseconds. */

#define GS_CAMERA_FROZEN_US (1 * G_USEC_PER_SEC) /* no new picture for this long */
#define GS_CAMERA_DEAD_US (5 * G_USEC_PER_SEC)   /* then it is tried anew */
#define GS_CAMERA_OPENING_US                                                                       \
  (8 * G_USEC_PER_SEC) /* no step towards the first picture for so long */
#define GS_CAMERA_OPENING_MOST_US (30 * G_USEC_PER_SEC) /* and for all steps together */
#define GS_CAMERA_RETRY_US (G_USEC_PER_SEC / 2)         /* doubled with each failure, up to */
#define GS_CAMERA_RETRY_MOST_US (8 * G_USEC_PER_SEC)
#define GS_CAMERA_SETTLED_US (10 * G_USEC_PER_SEC) /* pictures for this long forgive failures */

typedef enum
{
  GS_CAMERA_PULSE_NOTHING = 1,
  GS_CAMERA_PULSE_OPEN, /* open the source now */
  GS_CAMERA_PULSE_CLOSE /* close it; it is opened again later */
} GsCameraPulseAct;

typedef struct
{
  GsCameraState state;
  GsCameraTrouble trouble;
  GsCameraTrouble when_gone; /* what is wrong when nothing comes: NO_DEVICE or UNREACHABLE */
  gboolean is_open;
  gint64 opened_us;
  gint64 step_us;    /* the newest step of this opening; 0 before the first */
  gint64 first_us;   /* first picture of this opening; 0 before it */
  gint64 picture_us; /* the newest picture; 0 before the first */
  gint64 retry_us;   /* when it is opened next */
  guint failures;
} GsCameraPulse;

void gs_camera_pulse_init (GsCameraPulse *self, GsCameraTrouble when_gone);
void gs_camera_pulse_start (GsCameraPulse *self, gint64 now_us);
void gs_camera_pulse_stop (GsCameraPulse *self);

/* The source came a step closer to its first picture: a machine that is busy may need long for the
 * few steps there are, a dead camera makes none. Without meaning after the first picture. */
void gs_camera_pulse_step (GsCameraPulse *self, gint64 at_us);
/* A new picture came. */
void gs_camera_pulse_picture (GsCameraPulse *self, gint64 at_us);
/* The source failed and is closed by its owner. */
void gs_camera_pulse_fail (GsCameraPulse *self, GsCameraTrouble trouble, gint64 now_us);
/* Something was plugged in: it is worth trying now. */
void gs_camera_pulse_hurry (GsCameraPulse *self, gint64 now_us);

/* Lets time pass. is_fed: bytes came in the last second, though perhaps no picture. After CLOSE the
 * source counts as failed. */
GsCameraPulseAct gs_camera_pulse_tick (GsCameraPulse *self, gboolean is_fed, gint64 now_us);

G_END_DECLS
