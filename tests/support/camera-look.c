/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at a camera as the desk does and says what it saw, for tests and the bench.
 *
 * usage: camera-look ADDRESS [--seconds N] [--until STATE,...] [--previews N] [--size WxH] [--say]
 *                    [--frames] [--picture FILE] [--ca FILE] [--cert FILE] [--key FILE]
 *
 * Ends after N seconds (10), as soon as a STATE (live, frozen, lost, refused) is reached, or with
 * the Nth preview. Prints one JSON object; with --say each state to standard error when it is
 * reached.
 * --frames asks for the next frame for the detector as soon as one has come. "change" is the mean
 * difference of the first and the last preview's dots, "light" the last one's mean, "wall" that
 * of its left upper corner, where nobody stands, "corner" the mean and the spread of the place
 * where a drawn picture says so.
 */
#include "gs-gst-camera.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static struct
{
  char *until, *size, *picture, *ca, *certificate, *key;
  double seconds;
  int previews;
  gboolean frames, say;
} opt = { .seconds = 10.0 };

static const GOptionEntry entries[] = {
  { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &opt.seconds, "How long", "N" },
  { "until", 0, 0, G_OPTION_ARG_STRING, &opt.until, "End at one of these states", "STATE,..." },
  { "previews", 0, 0, G_OPTION_ARG_INT, &opt.previews, "End with this preview", "N" },
  { "say", 0, 0, G_OPTION_ARG_NONE, &opt.say, "Say each state", NULL },
  { "size", 0, 0, G_OPTION_ARG_STRING, &opt.size, "Size of the preview", "WxH" },
  { "frames", 0, 0, G_OPTION_ARG_NONE, &opt.frames, "Ask for frames", NULL },
  { "picture", 0, 0, G_OPTION_ARG_FILENAME, &opt.picture, "Write the last preview", "FILE" },
  { "ca", 0, 0, G_OPTION_ARG_FILENAME, &opt.ca, "PEM", "FILE" },
  { "cert", 0, 0, G_OPTION_ARG_FILENAME, &opt.certificate, "PEM", "FILE" },
  { "key", 0, 0, G_OPTION_ARG_FILENAME, &opt.key, "PEM", "FILE" },
  { NULL },
};

static const char *const states[] = {
  NULL, "off", "starting", "live", "frozen", "lost", "refused"
};
static const char *const troubles[] = { NULL,          "none", "no-device", "unreachable",
                                        "not-allowed", "busy", "format",    "no-plugin" };

static GMainLoop *loop;
static GStrv until;
static GString *seen;
static GsCameraFrame *first, *last;
static guint previews, frames, frame_width, frame_height;
static gint64 began_us, first_us, last_us, gap_us;

static void
on_state (GsCamera *camera, gpointer unused)
{
  const char *state = states[gs_camera_get_state (camera)];

  g_string_append_printf (seen, "%s\"%s\"", seen->len > 0 ? ", " : "", state);
  if (opt.say)
    fprintf (stderr, "%s\n", state);
  if (until != NULL && g_strv_contains ((const char *const *) until, state))
    g_main_loop_quit (loop);
}

static void
on_preview (GsCamera *camera, GsCameraFrame *frame, gpointer unused)
{
  previews++;
  if (first == NULL)
    {
      first = gs_camera_frame_ref (frame);
      first_us = frame->at_monotonic_us;
      if (opt.frames)
        gs_camera_want_frame (camera);
    }
  else
    gap_us = MAX (gap_us, frame->at_monotonic_us - last_us);
  last_us = frame->at_monotonic_us;
  g_clear_pointer (&last, gs_camera_frame_unref);
  last = gs_camera_frame_ref (frame);
  if (opt.previews > 0 && previews >= (guint) opt.previews)
    g_main_loop_quit (loop);
}

static void
on_frame (GsCamera *camera, const GsPixels *frame, gpointer unused)
{
  frames++;
  frame_width = frame->width;
  frame_height = frame->height;
  gs_camera_want_frame (camera);
}

static gboolean
quit (gpointer unused)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Green stands for light. */
static double
dot (const GsCameraFrame *frame, guint x, guint y)
{
  return ((const guint8 *) g_bytes_get_data (frame->bgra, NULL))[y * frame->stride + x * 4 + 1];
}

static double
mean (const GsCameraFrame *frame, guint left, guint top, guint width, guint height, double *spread)
{
  double sum = 0, squares = 0, count = (double) width * height;

  for (guint y = top; y < top + height; y++)
    for (guint x = left; x < left + width; x++)
      {
        sum += dot (frame, x, y);
        squares += dot (frame, x, y) * dot (frame, x, y);
      }
  if (spread != NULL)
    *spread = sqrt (fmax (squares / count - sum / count * sum / count, 0));
  return sum / count;
}

static double
change (void)
{
  double sum = 0;

  if (first->width != last->width || first->height != last->height)
    return -1;
  for (guint y = 0; y < last->height; y++)
    for (guint x = 0; x < last->width; x++)
      sum += fabs (dot (first, x, y) - dot (last, x, y));
  return sum / ((double) last->width * last->height);
}

static void
write_picture (void)
{
  gsize count = (gsize) last->width * last->height;
  const guint8 *bgra = g_bytes_get_data (last->bgra, NULL);
  g_autofree guint8 *rgb = g_malloc (count * 3);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  for (gsize i = 0; i < count; i++)
    for (gsize c = 0; c < 3; c++)
      rgb[i * 3 + c] = bgra[i * 4 + 2 - c];
  pixbuf = gdk_pixbuf_new_from_data (rgb, GDK_COLORSPACE_RGB, FALSE, 8, (int) last->width,
                                     (int) last->height, (int) last->width * 3, NULL, NULL);
  gdk_pixbuf_save (pixbuf, opt.picture, "png", NULL, NULL);
}

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
report (GsCamera *camera)
{
  struct rusage usage;
  double spread = 0, corner = 0;

  getrusage (RUSAGE_SELF, &usage);
  printf ("{\"states\": [%s], \"state\": \"%s\", \"trouble\": \"%s\", \"detail\": %s%s%s, ",
          seen->str, states[gs_camera_get_state (camera)], troubles[gs_camera_get_trouble (camera)],
          gs_camera_get_detail (camera) ? "\"" : "",
          gs_camera_get_detail (camera) ? gs_camera_get_detail (camera) : "null",
          gs_camera_get_detail (camera) ? "\"" : "");
  printf ("\"previews\": %u, \"frames\": %u, \"frame\": [%u, %u], \"longest_gap_ms\": %.1f, "
          "\"seconds\": %.3f, \"first_ms\": %.0f, \"cpu_seconds\": %.3f, \"memory_kb\": %ld",
          previews, frames, frame_width, frame_height, (double) gap_us / 1e3,
          (double) (last_us - first_us) / 1e6, (double) (first_us - began_us) / 1e3, cpu_seconds (),
          usage.ru_maxrss);
  if (last != NULL)
    {
      if (last->width > 90 && last->height > 30)
        corner = mean (last, 8, last->height - 24, 66, 22, &spread);
      printf (", \"preview\": [%u, %u], \"light\": %.2f, \"wall\": %.2f, \"change\": %.2f, "
              "\"corner\": [%.1f, %.1f]",
              last->width, last->height, mean (last, 0, 0, last->width, last->height, NULL),
              mean (last, 0, 0, last->width / 16, last->height / 8, NULL), change (), corner,
              spread);
    }
  printf ("}\n");
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("ADDRESS");
  g_autoptr (GError) error = NULL;
  g_autoptr (GsGstCamera) camera = NULL;
  guint width, height;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    return 64;
  camera = gs_gst_camera_new (argv[1], &error);
  if (camera == NULL)
    {
      fprintf (stderr, "camera-look: %s\n", error->message);
      return 64;
    }
  loop = g_main_loop_new (NULL, FALSE);
  until = opt.until != NULL ? g_strsplit (opt.until, ",", -1) : NULL;
  seen = g_string_new (NULL);
  gs_gst_camera_set_tls (camera, opt.ca, opt.certificate, opt.key);
  if (opt.size != NULL && sscanf (opt.size, "%ux%u", &width, &height) == 2)
    gs_camera_set_preview_size (GS_CAMERA (camera), width, height);
  g_signal_connect (camera, "state-changed", G_CALLBACK (on_state), NULL);
  g_signal_connect (camera, "preview", G_CALLBACK (on_preview), NULL);
  g_signal_connect (camera, "frame", G_CALLBACK (on_frame), NULL);
  began_us = g_get_monotonic_time ();
  gs_camera_start (GS_CAMERA (camera));
  g_timeout_add ((guint) (opt.seconds * 1000), quit, NULL);
  g_main_loop_run (loop);
  report (GS_CAMERA (camera));
  if (opt.picture != NULL && last != NULL)
    write_picture ();
  g_signal_handlers_disconnect_by_func (camera, on_state, NULL);
  g_clear_pointer (&first, gs_camera_frame_unref);
  g_clear_pointer (&last, gs_camera_frame_unref);
  g_string_free (seen, TRUE);
  g_strfreev (until);
  g_main_loop_unref (loop);
  return 0;
}
