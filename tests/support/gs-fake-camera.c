/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-camera.h"

#include <string.h>

struct _GsFakeCamera
{
  GObject parent;

  char *name;
  GsCameraState state;
  GsCameraTrouble trouble;
  gboolean is_wanted;
  guint n_starts;
  guint preview_width, preview_height;
};

static void gs_fake_camera_iface_init (GsCameraInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFakeCamera,
                               gs_fake_camera,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CAMERA, gs_fake_camera_iface_init))

static void
set_state (GsFakeCamera *self, GsCameraState state, GsCameraTrouble trouble)
{
  if (self->state == state && self->trouble == trouble)
    return;
  self->state = state;
  self->trouble = trouble;
  gs_camera_emit_state_changed (GS_CAMERA (self));
}

static void
gs_fake_camera_start (GsCamera *camera)
{
  GsFakeCamera *self = GS_FAKE_CAMERA (camera);

  if (self->state != GS_CAMERA_OFF)
    return;
  self->n_starts++;
  set_state (self, GS_CAMERA_STARTING, GS_CAMERA_TROUBLE_NONE);
}

static void
gs_fake_camera_stop (GsCamera *camera)
{
  GsFakeCamera *self = GS_FAKE_CAMERA (camera);

  self->is_wanted = FALSE;
  set_state (self, GS_CAMERA_OFF, GS_CAMERA_TROUBLE_NONE);
}

static GsCameraState
gs_fake_camera_get_state (GsCamera *camera)
{
  return GS_FAKE_CAMERA (camera)->state;
}

static GsCameraTrouble
gs_fake_camera_get_trouble (GsCamera *camera)
{
  return GS_FAKE_CAMERA (camera)->trouble;
}

static const char *
gs_fake_camera_get_name (GsCamera *camera)
{
  return GS_FAKE_CAMERA (camera)->name;
}

static void
gs_fake_camera_want_frame (GsCamera *camera)
{
  GsFakeCamera *self = GS_FAKE_CAMERA (camera);

  self->is_wanted = self->state != GS_CAMERA_OFF;
}

static void
gs_fake_camera_set_preview_size (GsCamera *camera, guint width, guint height)
{
  GsFakeCamera *self = GS_FAKE_CAMERA (camera);

  self->preview_width = width;
  self->preview_height = height;
}

static void
gs_fake_camera_iface_init (GsCameraInterface *iface)
{
  iface->start = gs_fake_camera_start;
  iface->stop = gs_fake_camera_stop;
  iface->get_state = gs_fake_camera_get_state;
  iface->get_trouble = gs_fake_camera_get_trouble;
  iface->get_name = gs_fake_camera_get_name;
  iface->want_frame = gs_fake_camera_want_frame;
  iface->set_preview_size = gs_fake_camera_set_preview_size;
}

static void
gs_fake_camera_finalize (GObject *object)
{
  g_free (GS_FAKE_CAMERA (object)->name);
  G_OBJECT_CLASS (gs_fake_camera_parent_class)->finalize (object);
}

static void
gs_fake_camera_class_init (GsFakeCameraClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_fake_camera_finalize;
}

static void
gs_fake_camera_init (GsFakeCamera *self)
{
  self->state = GS_CAMERA_OFF;
  self->trouble = GS_CAMERA_TROUBLE_NONE;
}

GsFakeCamera *
gs_fake_camera_new (const char *name)
{
  GsFakeCamera *self = g_object_new (GS_TYPE_FAKE_CAMERA, NULL);

  self->name = g_strdup (name);
  return self;
}

/* As the screen takes it, in its own size. */
static GsCameraFrame *
make_preview (const GsPixels *picture)
{
  gsize dots = (gsize) picture->width * picture->height;
  const guint8 *rgb = g_bytes_get_data (picture->rgb, NULL);
  guint8 *bgra = g_malloc (dots * 4);

  for (gsize i = 0; i < dots; i++)
    {
      bgra[4 * i] = rgb[3 * i + 2];
      bgra[4 * i + 1] = rgb[3 * i + 1];
      bgra[4 * i + 2] = rgb[3 * i];
      bgra[4 * i + 3] = 0xff;
    }
  return gs_camera_frame_new (picture->width, picture->height, (gsize) picture->width * 4,
                              g_bytes_new_take (bgra, dots * 4), g_get_monotonic_time ());
}

void
gs_fake_camera_show (GsFakeCamera *fake, const GsPixels *picture)
{
  g_autoptr (GsFakeCamera) self = g_object_ref (fake);
  g_autoptr (GsCameraFrame) preview = NULL;

  if (self->state == GS_CAMERA_OFF)
    return;
  set_state (self, GS_CAMERA_LIVE, GS_CAMERA_TROUBLE_NONE);
  preview = make_preview (picture);
  gs_camera_emit_preview (GS_CAMERA (self), preview);
  if (!self->is_wanted)
    return;
  self->is_wanted = FALSE;
  gs_camera_emit_frame (GS_CAMERA (self), picture);
}

void
gs_fake_camera_show_grey (GsFakeCamera *self, guint width, guint height, guint8 grey)
{
  gsize length = (gsize) width * height * 3;
  guint8 *dots = g_malloc (length);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GsPixels) picture = NULL;

  memset (dots, grey, length);
  bytes = g_bytes_new_take (dots, length);
  picture = gs_pixels_new (width, height, bytes);
  gs_fake_camera_show (self, picture);
}

void
gs_fake_camera_set_state (GsFakeCamera *self, GsCameraState state, GsCameraTrouble trouble)
{
  if (self->state != GS_CAMERA_OFF)
    set_state (self, state, trouble);
}

gboolean
gs_fake_camera_is_started (GsFakeCamera *self)
{
  return self->state != GS_CAMERA_OFF;
}

gboolean
gs_fake_camera_is_wanted (GsFakeCamera *self)
{
  return self->is_wanted;
}

guint
gs_fake_camera_get_n_starts (GsFakeCamera *self)
{
  return self->n_starts;
}

void
gs_fake_camera_get_preview_size (GsFakeCamera *self, guint *width, guint *height)
{
  *width = self->preview_width;
  *height = self->preview_height;
}
