/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-image.h"
#include "gs-face-lab-private.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What a network might have said. */
#define N_SAID 64

static void
hold (gboolean what)
{
  if (!what)
    abort ();
}

/* The picture behind the first bytes: decoded, or those bytes as dots. */
static GsPixels *
read_picture (const uint8_t *data, size_t size)
{
  GBytes *bytes = g_bytes_new (data, size);
  GsPixels *picture = gs_face_image_decode (bytes, NULL);

  if (picture == NULL && size >= 2 && data[0] > 0 && data[1] > 0)
    {
      gsize length = (gsize) 3 * data[0] * data[1];
      guint8 *rgb = g_malloc (length);

      for (gsize i = 0; i < length; i++)
        rgb[i] = data[i % size];
      picture = gs_pixels_new_take (data[0], data[1], rgb, length);
    }
  g_bytes_unref (bytes);
  return picture;
}

/* Everything that the engine does with a picture, but for the networks: what they say is the
 * fuzzer's. */
static void
take_apart (const GsPixels *picture, const float *said)
{
  static guint8 rgb[3 * GS_FACE_MESH_SIDE * GS_FACE_MESH_SIDE];
  static float boxes[GS_FACE_DETECTOR_ANCHORS * GS_FACE_DETECTOR_VALUES];
  static float scores[GS_FACE_DETECTOR_ANCHORS];
  static GsFaceReading reading;
  GsFaceFound found[GS_FACE_DETECTOR_MAX];
  GsFacePoint from[5], to[5];
  GsFaceSimilarity similarity;

  gs_face_warp_square (picture, said[0], said[1], MAX (fabsf (said[2]), 1), GS_FACE_DETECTOR_SIDE,
                       rgb);
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    boxes[i] = said[i % N_SAID];
  for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
    scores[i] = said[(i * 7) % N_SAID];
  guint n_found = gs_face_detector_decode (boxes, scores, 0, 0, picture->width, found);
  memset (&reading, 0, sizeof reading);
  gs_face_quality_init (&reading.quality);
  if (n_found == 0)
    return;
  reading.face = found[0];
  for (guint i = 0; i < GS_FACE_MESH_POINTS; i++)
    {
      float x = said[(2 * i) % N_SAID], y = said[(2 * i + 1) % N_SAID];

      reading.mesh.at[i] = (GsFacePoint){ isfinite (x) ? x : 0, isfinite (y) ? y : 0 };
      reading.mesh.depth[i] = i;
    }
  for (guint i = 0; i < 5; i++)
    {
      from[i] = (GsFacePoint){ said[i], said[i + 5] };
      to[i] = reading.mesh.at[i];
    }
  if (gs_face_similarity_fit (&similarity, from, to, 5))
    gs_face_warp_similarity (picture, &similarity, GS_FACE_ALIGNED_SIDE, reading.aligned);
  gs_face_measure (&reading, picture);
  hold (reading.quality.exposure >= 0 && reading.quality.exposure <= 100);
  hold (reading.quality.pose >= 0 && reading.quality.pose <= 100);
  hold (reading.quality.head_size >= 0 && reading.quality.head_size <= 100);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  float said[N_SAID];

  if (size < sizeof said)
    return 0;
  memcpy (said, data, sizeof said);
  for (guint i = 0; i < 3; i++)
    said[i] = isfinite (said[i]) ? CLAMP (said[i], -1e5F, 1e5F) : 0;
  GsPixels *picture = read_picture (data + sizeof said, size - sizeof said);
  if (picture != NULL)
    take_apart (picture, said);
  gs_pixels_free (picture);
  return 0;
}
