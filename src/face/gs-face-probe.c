/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-probe-private.h"

#include <string.h>

typedef struct
{
  GsPixels *pixels;
  double worth;
  gint64 at_utc_ms;
} Frame;

struct _GsFaceProbe
{
  GObject parent_instance;

  Frame frames[GS_FACE_PROBE_MAX_FRAMES];
  guint n_frames;
};

G_DEFINE_FINAL_TYPE (GsFaceProbe, gs_face_probe, G_TYPE_OBJECT)

/* The last holder of the dots overwrites them: g_bytes_unref_to_array() hands them over without a
 * copy then, and copies them otherwise. */
static void
frame_clear (Frame *frame)
{
  GBytes *rgb = g_bytes_ref (frame->pixels->rgb);
  GByteArray *dots;

  g_clear_pointer (&frame->pixels, gs_pixels_free);
  dots = g_bytes_unref_to_array (rgb);
  explicit_bzero (dots->data, dots->len);
  g_byte_array_unref (dots);
}

static void
gs_face_probe_finalize (GObject *object)
{
  GsFaceProbe *self = GS_FACE_PROBE (object);

  for (guint i = 0; i < self->n_frames; i++)
    frame_clear (&self->frames[i]);
  G_OBJECT_CLASS (gs_face_probe_parent_class)->finalize (object);
}

static void
gs_face_probe_class_init (GsFaceProbeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_face_probe_finalize;
}

static void
gs_face_probe_init (GsFaceProbe *self)
{
}

GsFaceProbe *
gs_face_probe_new (const GsPixels *frame, double worth, gint64 at_utc_ms)
{
  GsFaceProbe *self = g_object_new (GS_TYPE_FACE_PROBE, NULL);

  gs_face_probe_add (self, frame, worth, at_utc_ms);
  return self;
}

void
gs_face_probe_add (GsFaceProbe *self, const GsPixels *frame, double worth, gint64 at_utc_ms)
{
  guint least = 0;

  g_return_if_fail (GS_IS_FACE_PROBE (self) && frame != NULL);

  if (self->n_frames < GS_FACE_PROBE_MAX_FRAMES)
    least = self->n_frames++;
  else
    {
      for (guint i = 1; i < self->n_frames; i++)
        if (self->frames[i].worth < self->frames[least].worth)
          least = i;
      if (self->frames[least].worth >= worth)
        return;
      frame_clear (&self->frames[least]);
    }
  self->frames[least] = (Frame){ gs_pixels_copy (frame), worth, at_utc_ms };
}

static const Frame *
find_best (GsFaceProbe *self)
{
  guint best = 0;

  for (guint i = 1; i < self->n_frames; i++)
    if (self->frames[i].worth > self->frames[best].worth)
      best = i;
  return &self->frames[best];
}

const GsPixels *
gs_face_probe_get_best (GsFaceProbe *self)
{
  g_return_val_if_fail (GS_IS_FACE_PROBE (self), NULL);
  return find_best (self)->pixels;
}

gint64
gs_face_probe_get_best_utc_ms (GsFaceProbe *self)
{
  g_return_val_if_fail (GS_IS_FACE_PROBE (self), 0);
  return find_best (self)->at_utc_ms;
}

guint
gs_face_probe_get_n_frames (GsFaceProbe *self)
{
  g_return_val_if_fail (GS_IS_FACE_PROBE (self), 0);
  return self->n_frames;
}

const GsPixels *
gs_face_probe_get_frame (GsFaceProbe *self, guint index)
{
  g_return_val_if_fail (GS_IS_FACE_PROBE (self) && index < self->n_frames, NULL);
  return self->frames[index].pixels;
}
