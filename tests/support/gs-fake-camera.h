/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-camera.h"

G_BEGIN_DECLS

/* A camera that does what a test says. */
#define GS_TYPE_FAKE_CAMERA (gs_fake_camera_get_type ())
G_DECLARE_FINAL_TYPE (GsFakeCamera, gs_fake_camera, GS, FAKE_CAMERA, GObject)

GsFakeCamera *gs_fake_camera_new (const char *name);

/* One picture: "preview" always, "frame" when one is wanted, the state LIVE. Nothing while it is
 * off. */
void gs_fake_camera_show (GsFakeCamera *self, const GsPixels *picture);
/* The same for one grey; for tests that do not look at it. */
void gs_fake_camera_show_grey (GsFakeCamera *self, guint width, guint height, guint8 grey);

/* Sets both and emits "state-changed". Nothing while it is off. */
void gs_fake_camera_set_state (GsFakeCamera *self, GsCameraState state, GsCameraTrouble trouble);

gboolean gs_fake_camera_is_started (GsFakeCamera *self);
gboolean gs_fake_camera_is_wanted (GsFakeCamera *self);
guint gs_fake_camera_get_n_starts (GsFakeCamera *self);
void gs_fake_camera_get_preview_size (GsFakeCamera *self, guint *width, guint *height);

G_END_DECLS
