/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-cut.h"

#include <math.h>

/* Pictures beside each other: faces of one size, eyes on one line, and no frame left uncovered. */

#define W 240.0
#define H 300.0

typedef struct
{
  double apart, x, y; /* of the eyes, in the frame */
} Eyes;

static Eyes
in_frame (const GsFaceCutPicture *picture, const GsFaceCut *cut)
{
  return (Eyes){ picture->eyes.apart * picture->width * cut->scale,
                 cut->x + picture->eyes.x * picture->width * cut->scale,
                 cut->y + picture->eyes.y * picture->height * cut->scale };
}

static void
assert_covered (const GsFaceCutPicture *picture, const GsFaceCut *cut)
{
  g_assert_cmpfloat (cut->x, <=, 1e-6);
  g_assert_cmpfloat (cut->y, <=, 1e-6);
  g_assert_cmpfloat (cut->x + picture->width * cut->scale, >=, W - 1e-6);
  g_assert_cmpfloat (cut->y + picture->height * cut->scale, >=, H - 1e-6);
}

static void
assert_alike (const GsFaceCutPicture *pictures, guint n)
{
  GsFaceCut cuts[4];

  gs_face_cut (pictures, n, W, H, cuts);
  for (guint i = 0; i < n; i++)
    {
      Eyes first = in_frame (&pictures[0], &cuts[0]), one = in_frame (&pictures[i], &cuts[i]);

      assert_covered (&pictures[i], &cuts[i]);
      g_assert_cmpfloat_with_epsilon (one.apart, first.apart, 0.01);
      g_assert_cmpfloat_with_epsilon (one.y, first.y, 0.01);
    }
}

/* A chip's portrait, a gate's wide frame with a small face high up, a desk's with one at the side.
 */
static void
test_one_line (void)
{
  const GsFaceCutPicture pictures[] = { { 480, 600, { 0.5, 0.45, 0.22 } },
                                        { 1280, 720, { 0.5, 0.35, 0.08 } },
                                        { 1280, 720, { 0.7, 0.5, 0.06 } } };

  assert_alike (pictures, 3);
}

/* A face that fills its own picture cannot be made smaller: the others grow. */
static void
test_large_face (void)
{
  const GsFaceCutPicture pictures[] = { { 413, 531, { 0.5, 0.4, 0.36 } },
                                        { 1280, 720, { 0.5, 0.4, 0.1 } },
                                        { 480, 600, { 0.52, 0.6, 0.25 } } };

  assert_alike (pictures, 3);
}

/* Eyes near an edge move the line of all. */
static void
test_high_face (void)
{
  const GsFaceCutPicture high[] = { { 480, 600, { 0.5, 0.3, 0.25 } },
                                    { 480, 600, { 0.5, 0.45, 0.25 } },
                                    { 1280, 720, { 0.5, 0.5, 0.1 } } };

  assert_alike (high, 2);
}

/* Where no face was found the middle is shown, as large as it goes. */
static void
test_not_known (void)
{
  const GsFaceCutPicture pictures[] = { { 480, 600, { 0, 0, 0 } },
                                        { 1280, 720, { 0.5, 0.4, 0.1 } },
                                        { 0, 0, { 0, 0, 0 } } };
  GsFaceCut cuts[3];

  gs_face_cut (pictures, 3, W, H, cuts);
  g_assert_cmpfloat_with_epsilon (cuts[0].scale, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (cuts[0].x, 0, 1e-9);
  assert_covered (&pictures[1], &cuts[1]);
  g_assert_true (isfinite (cuts[2].scale));
}

/* One that is far too small stays smaller, but not beside the frame. */
static void
test_tiny_face (void)
{
  const GsFaceCutPicture pictures[] = { { 480, 600, { 0.5, 0.45, 0.22 } },
                                        { 1280, 720, { 0.01, 0.99, 0.002 } } };
  GsFaceCut cuts[2];

  gs_face_cut (pictures, 2, W, H, cuts);
  for (guint i = 0; i < 2; i++)
    assert_covered (&pictures[i], &cuts[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/face-cut/one-line", test_one_line);
  g_test_add_func ("/ui/face-cut/large-face", test_large_face);
  g_test_add_func ("/ui/face-cut/high-face", test_high_face);
  g_test_add_func ("/ui/face-cut/not-known", test_not_known);
  g_test_add_func ("/ui/face-cut/tiny-face", test_tiny_face);
  return g_test_run ();
}
