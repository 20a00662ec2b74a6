/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-camera-pulse.h"

void
gs_camera_pulse_init (GsCameraPulse *self, GsCameraTrouble when_gone)
{
  *self = (GsCameraPulse){
    .state = GS_CAMERA_OFF,
    .trouble = GS_CAMERA_TROUBLE_NONE,
    .when_gone = when_gone,
  };
}

void
gs_camera_pulse_start (GsCameraPulse *self, gint64 now_us)
{
  if (self->state != GS_CAMERA_OFF)
    return;
  gs_camera_pulse_init (self, self->when_gone);
  self->state = GS_CAMERA_STARTING;
  self->retry_us = now_us;
}

void
gs_camera_pulse_stop (GsCameraPulse *self)
{
  gs_camera_pulse_init (self, self->when_gone);
}

void
gs_camera_pulse_step (GsCameraPulse *self, gint64 at_us)
{
  if (self->is_open)
    self->step_us = MAX (self->step_us, at_us);
}

void
gs_camera_pulse_picture (GsCameraPulse *self, gint64 at_us)
{
  if (!self->is_open)
    return;
  if (self->first_us == 0)
    self->first_us = at_us;
  self->picture_us = at_us;
  self->state = GS_CAMERA_LIVE;
  self->trouble = GS_CAMERA_TROUBLE_NONE;
  if (at_us - self->first_us >= GS_CAMERA_SETTLED_US)
    self->failures = 0;
}

void
gs_camera_pulse_fail (GsCameraPulse *self, GsCameraTrouble trouble, gint64 now_us)
{
  gint64 delay_us = GS_CAMERA_RETRY_US << MIN (self->failures, 10);

  if (self->state == GS_CAMERA_OFF)
    return;
  self->is_open = FALSE;
  self->step_us = self->first_us = self->picture_us = 0;
  self->trouble = trouble;
  self->state = trouble == GS_CAMERA_TROUBLE_NO_DEVICE || trouble == GS_CAMERA_TROUBLE_UNREACHABLE
                  ? GS_CAMERA_LOST
                  : GS_CAMERA_REFUSED;
  self->retry_us = now_us + MIN (delay_us, GS_CAMERA_RETRY_MOST_US);
  self->failures++;
}

void
gs_camera_pulse_hurry (GsCameraPulse *self, gint64 now_us)
{
  if (self->state == GS_CAMERA_OFF || self->is_open)
    return;
  self->failures = 0;
  self->retry_us = MIN (self->retry_us, now_us);
}

/* An opening that gets nowhere, or a stream that ended without a word. */
static gboolean
is_dead (const GsCameraPulse *self, gint64 now_us)
{
  if (self->first_us != 0)
    return now_us - self->picture_us >= GS_CAMERA_DEAD_US;
  return now_us - MAX (self->opened_us, self->step_us) >= GS_CAMERA_OPENING_US
         || now_us - self->opened_us >= GS_CAMERA_OPENING_MOST_US;
}

GsCameraPulseAct
gs_camera_pulse_tick (GsCameraPulse *self, gboolean is_fed, gint64 now_us)
{
  if (self->state == GS_CAMERA_OFF)
    return GS_CAMERA_PULSE_NOTHING;
  if (!self->is_open)
    {
      if (now_us < self->retry_us)
        return GS_CAMERA_PULSE_NOTHING;
      self->is_open = TRUE;
      self->opened_us = now_us;
      self->step_us = self->first_us = self->picture_us = 0;
      return GS_CAMERA_PULSE_OPEN;
    }
  if (is_dead (self, now_us))
    {
      /* Bytes without pictures: something is there, and it cannot be shown. */
      gs_camera_pulse_fail (self, is_fed ? GS_CAMERA_TROUBLE_FORMAT : self->when_gone, now_us);
      return GS_CAMERA_PULSE_CLOSE;
    }
  if (self->first_us != 0 && now_us - self->picture_us >= GS_CAMERA_FROZEN_US)
    self->state = GS_CAMERA_FROZEN;
  return GS_CAMERA_PULSE_NOTHING;
}
