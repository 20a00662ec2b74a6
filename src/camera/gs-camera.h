/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "gs-camera-frame.h"
#include "gs-pixels.h"

G_BEGIN_DECLS

typedef enum
{
  GS_CAMERA_OFF = 1,  /* not started: nobody is looked at */
  GS_CAMERA_STARTING, /* no picture yet */
  GS_CAMERA_LIVE,
  GS_CAMERA_FROZEN, /* no new picture for 1 s */
  GS_CAMERA_LOST,   /* unplugged, or the stream died; it is tried again */
  GS_CAMERA_REFUSED /* what is there cannot be used; get_trouble() says why; it is tried again */
} GsCameraState;

typedef enum
{
  GS_CAMERA_TROUBLE_NONE = 1,
  GS_CAMERA_TROUBLE_NO_DEVICE,   /* no such camera is plugged in */
  GS_CAMERA_TROUBLE_UNREACHABLE, /* the stream's address does not answer */
  GS_CAMERA_TROUBLE_NOT_ALLOWED, /* the system or the stream's server refuses */
  GS_CAMERA_TROUBLE_BUSY,        /* another program has it */
  GS_CAMERA_TROUBLE_FORMAT,      /* what it sends cannot be shown */
  GS_CAMERA_TROUBLE_NO_PLUGIN    /* a part of the system that decodes it is missing */
} GsCameraTrouble;

/* A camera. Nothing is recorded, and nothing is taken while it is off. Main thread; streaming runs
 * in threads of its own.
 *
 * Signals:
 * "state-changed" ()                   state or trouble changed
 * "preview" (GsCameraFrame *frame)     a new picture for the screen, at most 30 a second
 * "frame" (GsPixels *frame)            the answer to gs_camera_want_frame(); the newest whole
 *                                      picture, for looking at faces. Borrowed for the call */
#define GS_TYPE_CAMERA (gs_camera_get_type ())
G_DECLARE_INTERFACE (GsCamera, gs_camera, GS, CAMERA, GObject)

struct _GsCameraInterface
{
  GTypeInterface parent;
  void (*start) (GsCamera *self);
  void (*stop) (GsCamera *self);
  GsCameraState (*get_state) (GsCamera *self);
  GsCameraTrouble (*get_trouble) (GsCamera *self);
  const char *(*get_detail) (GsCamera *self); /* may be NULL */
  const char *(*get_name) (GsCamera *self);
  void (*want_frame) (GsCamera *self);
  void (*set_preview_size) (GsCamera *self, guint width, guint height);
};

/* Starting a camera that runs, and stopping one that is off, does nothing. Stopping drops every
 * picture. */
void gs_camera_start (GsCamera *self);
void gs_camera_stop (GsCamera *self);
GsCameraState gs_camera_get_state (GsCamera *self);
GsCameraTrouble gs_camera_get_trouble (GsCamera *self);
/* What the trouble is about, in English: the part that is missing and the package that has it, or
 * what the system said, without addresses' passwords. For the log and a tooltip. Borrowed; NULL
 * when there is nothing to say. */
const char *gs_camera_get_detail (GsCamera *self);
/* The device's own name, or the stream's host; for the status line. Borrowed; never NULL. */
const char *gs_camera_get_name (GsCamera *self);
/* Asks for one "frame": the next picture that comes. Asking twice before it came is asking once. */
void gs_camera_want_frame (GsCamera *self);
/* The size at which the preview is shown, in device pixels; pictures come no larger and keep their
 * shape. 0 for either leaves the camera's own. */
void gs_camera_set_preview_size (GsCamera *self, guint width, guint height);

/* For implementations: emit the signals. */
void gs_camera_emit_state_changed (GsCamera *self);
void gs_camera_emit_preview (GsCamera *self, GsCameraFrame *frame);
void gs_camera_emit_frame (GsCamera *self, const GsPixels *frame);

G_END_DECLS
