/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-bench.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gs-face-lab-private.h"
#include "gs-face-open.h"
#include "gs-test-citizens.h"

/* One verification: a passport's picture of 413 × 531 against one frame of 1280 × 720, from dots to
 * the answer. The floor is the networks alone: the forward passes that this takes, each on numbers
 * that are there already. Drawn people; times only. */

/* Both pictures are oblong: three squares each. */
#define DETECTIONS 6
#define MESHES 2
/* The face and its mirror. */
#define EMBEDDINGS 4

typedef struct
{
  GsFaceEquipment *equipment;
  GsFaceModels *models; /* a second set, for the floor */
  GsPixels *reference;
  GsPixels *frame;
  GsFaceProbe *probe;
  float *numbers;
  float *made;
  gboolean done;
} Data;

static void
pass (Data *data, GsFaceNet *net, guint side, gsize first, gsize second)
{
  const GsFaceNetOutput outputs[] = { { data->made, first }, { data->made + first, second } };
  g_autoptr (GError) error = NULL;

  if (!gs_face_net_run (net, data->numbers, side, outputs, second > 0 ? 2 : 1, &error))
    g_error ("%s", error->message);
}

static void
bare_look (gpointer user_data)
{
  Data *data = user_data;

  for (guint i = 0; i < DETECTIONS / 2; i++)
    pass (data, data->models->detector, GS_FACE_DETECTOR_SIDE, 896 * 16, 896);
  pass (data, data->models->mesh, GS_FACE_MESH_SIDE, 3 * GS_FACE_MESH_POINTS, 1);
}

static void
bare_passes (gpointer user_data)
{
  Data *data = user_data;

  bare_look (data);
  bare_look (data);
  for (guint i = 0; i < EMBEDDINGS; i++)
    pass (data, data->models->embedding, GS_FACE_ALIGNED_SIDE, GS_FACE_NUMBERS, 0);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Data *data = user_data;
  g_autoptr (GsFaceComparison) answer =
    gs_face_engine_verify_finish (GS_FACE_ENGINE (source), result, NULL);

  if (answer->verdict != GS_FACE_MATCH)
    g_error ("the drawn citizen does not match");
  data->done = TRUE;
}

static void
verify (gpointer user_data)
{
  Data *data = user_data;

  data->done = FALSE;
  gs_face_engine_verify_async (data->equipment->engine, data->reference, data->probe, NULL,
                               on_verified, data);
  while (!data->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Data *data = user_data;
  GsFaceView view;

  if (!gs_face_watcher_look_finish (GS_FACE_WATCHER (source), result, &view, NULL)
      || view.n_faces != 1)
    g_error ("the drawn citizen was not seen");
  data->done = TRUE;
}

static void
look (gpointer user_data)
{
  Data *data = user_data;

  data->done = FALSE;
  gs_face_watcher_look_async (data->equipment->watcher, data->frame, NULL, on_looked, data);
  while (!data->done)
    g_main_context_iteration (NULL, TRUE);
}

/* The desk picture in the middle of a wide, grey frame. */
static GsPixels *
make_frame (void)
{
  const gsize width = 1280, height = 720;
  g_autoptr (GsPixels) person = gs_test_citizen (0, "gate-1");
  const guint8 *dots = g_bytes_get_data (person->rgb, NULL);
  guint8 *rgb = g_malloc (3 * width * height);

  memset (rgb, 110, 3 * width * height);
  for (gsize y = 0; y < MIN (person->height, height); y++)
    memcpy (rgb + 3 * ((y + 40) * width + 400), dots + 3 * y * person->width, 3 * person->width);
  return gs_pixels_new_take ((guint) width, (guint) height, rgb, 3 * width * height);
}

static double
resident_mb (void)
{
  g_autofree char *text = NULL;
  unsigned long all, resident;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL)
      || sscanf (text, "%lu %lu", &all, &resident) != 2)
    return 0;
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1e6;
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("GATESIDE_FACE_MODELS");
  GsFaceOptions options = { .kind = GS_FACE_ENGINE_EMBEDDED,
                            .models = folder,
                            .thresholds = g_getenv ("GATESIDE_FACE_THRESHOLDS") };
  g_autoptr (GError) error = NULL;
  Data data = { 0 };

  gs_bench_init (&argc, &argv);
  if (folder == NULL || !gs_test_citizens_draw ())
    {
      g_printerr ("bench-face: no models of the face engine, or no drawn citizens\n");
      return 77;
    }
  data.numbers = g_new0 (float, 3 * GS_FACE_MESH_SIDE * GS_FACE_MESH_SIDE);
  data.made = g_new0 (float, 896 * 17);
  for (guint i = 0; i < 3 * GS_FACE_MESH_SIDE * GS_FACE_MESH_SIDE; i++)
    data.numbers[i] = (float) (i * 7 % 255) / 255;
  data.reference = gs_test_citizen (0, "passport");
  data.frame = make_frame ();
  data.probe = gs_face_probe_new (data.frame, 1, 0);

  double before = resident_mb ();
  data.models = gs_face_models_load (folder, &error);
  if (data.models == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < 20; i++)
    bare_passes (&data);
  double bare = resident_mb () - before;
  double between = resident_mb ();
  data.equipment = gs_face_open (&options);
  if (data.equipment->engine == NULL)
    g_error ("%s", data.equipment->engine_trouble);
  for (guint i = 0; i < 20; i++)
    verify (&data);
  gs_bench_report ("memory of the engine", "MB", "networks alone, with OpenCV", bare,
                   "engine (a second set, OpenCV there already)", resident_mb () - between);
  gs_bench_compare ("verification at 1280x720", "bare forward passes", bare_passes, "engine",
                    verify, &data, 40);
  gs_bench_compare ("guidance at 1280x720", "bare forward passes", bare_look, "watcher", look,
                    &data, 40);
  gs_face_equipment_free (data.equipment);
  gs_face_models_free (data.models);
  g_object_unref (data.probe);
  gs_pixels_free (data.reference);
  gs_pixels_free (data.frame);
  g_free (data.numbers);
  g_free (data.made);
  return 0;
}
