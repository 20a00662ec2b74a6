/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-probe-private.h"

#include <math.h>

typedef struct
{
  GsPixels *pixels;
  double worth;
  gint64 at_utc_ms;
} Frame;

struct _GsFaceProbe
{
  GObject parent;
  GPtrArray *frames; /* Frame, the worthiest first */
};

G_DEFINE_FINAL_TYPE (GsFaceProbe, gs_face_probe, G_TYPE_OBJECT)

static void
frame_free (gpointer data)
{
  Frame *frame = data;

  gs_pixels_free (frame->pixels);
  g_free (frame);
}

static void
gs_face_probe_finalize (GObject *object)
{
  GsFaceProbe *self = GS_FACE_PROBE (object);

  g_ptr_array_unref (self->frames);
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
  self->frames = g_ptr_array_new_with_free_func (frame_free);
}

GsFaceProbe *
gs_face_probe_new (const GsPixels *frame, double worth, gint64 at_utc_ms)
{
  GsFaceProbe *self = g_object_new (GS_TYPE_FACE_PROBE, NULL);

  gs_face_probe_add (self, frame, worth, at_utc_ms);
  return self;
}

/* Dots of its own, which go when the probe goes, whoever else has the frame. */
static GsPixels *
own_pixels (const GsPixels *frame)
{
  gsize length;
  const guint8 *dots = g_bytes_get_data (frame->rgb, &length);

  return gs_pixels_new_take (frame->width, frame->height, g_memdup2 (dots, length), length);
}

void
gs_face_probe_add (GsFaceProbe *self, const GsPixels *frame, double worth, gint64 at_utc_ms)
{
  g_return_if_fail (GS_IS_FACE_PROBE (self));
  g_return_if_fail (frame != NULL);
  guint at = 0;

  if (!isfinite (worth))
    worth = -G_MAXDOUBLE;
  /* Behind those of the same worth: the first of them stays the best one. */
  while (at < self->frames->len && ((Frame *) g_ptr_array_index (self->frames, at))->worth >= worth)
    at++;
  if (at >= GS_FACE_PROBE_MAX_FRAMES)
    return;
  Frame *one = g_new (Frame, 1);
  *one = (Frame){ .pixels = own_pixels (frame), .worth = worth, .at_utc_ms = at_utc_ms };
  g_ptr_array_insert (self->frames, (int) at, one);
  if (self->frames->len > GS_FACE_PROBE_MAX_FRAMES)
    g_ptr_array_set_size (self->frames, GS_FACE_PROBE_MAX_FRAMES);
}

const GsPixels *
gs_face_probe_get_frame (GsFaceProbe *self, guint number)
{
  g_return_val_if_fail (GS_IS_FACE_PROBE (self), NULL);
  if (number >= self->frames->len)
    return NULL;
  return ((Frame *) g_ptr_array_index (self->frames, number))->pixels;
}

const GsPixels *
gs_face_probe_get_best (GsFaceProbe *self)
{
  return gs_face_probe_get_frame (self, 0);
}

gint64
gs_face_probe_get_best_utc_ms (GsFaceProbe *self)
{
  g_return_val_if_fail (GS_IS_FACE_PROBE (self), 0);
  return ((Frame *) g_ptr_array_index (self->frames, 0))->at_utc_ms;
}

guint
gs_face_probe_get_n_frames (GsFaceProbe *self)
{
  g_return_val_if_fail (GS_IS_FACE_PROBE (self), 0);
  return self->frames->len;
}
