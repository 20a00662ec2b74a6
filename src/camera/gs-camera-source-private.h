/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "gs-camera-address.h"
#include "gs-camera-devices-private.h"
#include "gs-camera-identity-private.h"
#include "gs-camera.h"
#include "gs-worker.h"

G_BEGIN_DECLS

/* One opening of a camera: a GStreamer pipeline from its first to its last state. Made and closed
 * on the main thread, built and torn down on the camera's worker, filled by streaming threads.
 * Counted; the callbacks come on the main thread and never after gs_camera_source_close().
 *
 *   source ! tee ! queue ! scale ! convert ! BGRA appsink    the preview, at most 30 a second
 *            tee ! queue ! scale ! convert ! RGB appsink     a frame when one is wanted */
typedef struct _GsCameraSource GsCameraSource;

/* No side of a picture may be longer, and no picture have more dots: it would be refused. */
#define GS_CAMERA_LONGEST_SIDE 8192
#define GS_CAMERA_MOST_DOTS (16 * 1024 * 1024)
#define GS_CAMERA_SHORTEST_SIDE 16
/* Frames for the detector come no larger. */
#define GS_CAMERA_FRAME_WIDTH 1920
#define GS_CAMERA_FRAME_HEIGHT 1080

typedef struct
{
  void (*preview) (GsCameraFrame *frame, gpointer user_data);
  void (*frame) (const GsPixels *frame, gpointer user_data);
  /* The owner closes the source then. detail: English, or NULL. */
  void (*failed) (GsCameraTrouble trouble, const char *detail, gpointer user_data);
  /* A recording came to its end. */
  void (*ended) (gpointer user_data);
  /* The device's own name is known. */
  void (*named) (const char *name, gpointer user_data);
} GsCameraSourceEvents;

/* PEM files, or pkcs11: URIs for certificate and key; each may be NULL. */
typedef struct
{
  char *anchors;
  char *certificate;
  char *key;
} GsCameraTlsFiles;

/* devices may be NULL for kinds that need none; files is copied. */
GsCameraSource *gs_camera_source_new (const GsCameraAddress *address,
                                      const GsCameraTlsFiles *files,
                                      GsCameraDevices *devices,
                                      const GsCameraSourceEvents *events,
                                      gpointer user_data);
GsCameraSource *gs_camera_source_ref (GsCameraSource *self);
void gs_camera_source_unref (GsCameraSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCameraSource, gs_camera_source_unref)

/* Builds and starts the pipeline on the worker. Once. */
void gs_camera_source_open (GsCameraSource *self, GsWorker *worker);
/* Drops every picture now; the pipeline ends on the worker. */
void gs_camera_source_close (GsCameraSource *self, GsWorker *worker);

void gs_camera_source_want_frame (GsCameraSource *self);
void gs_camera_source_set_preview_size (GsCameraSource *self, guint width, guint height);

/* When the newest picture, and the newest bytes of any kind, came; 0 before the first. */
gint64 gs_camera_source_get_picture_us (GsCameraSource *self);
gint64 gs_camera_source_get_data_us (GsCameraSource *self);
/* When it last came closer to its first picture; 0 before it was begun. There are a few steps only:
 * it was begun, it was built, the pipeline or what is behind it said what it does, bytes came, a
 * size was told. */
gint64 gs_camera_source_get_step_us (GsCameraSource *self);
/* TRUE when the device that delivers is this one. */
gboolean gs_camera_source_is_device (GsCameraSource *self, GstDevice *device);

/* ---- between the files of this room ---- */

struct _GsCameraSource
{
  gatomicrefcount count;
  GMainContext *context;
  GsCameraAddress *address;
  GsCameraTlsFiles files;
  GsCameraIdentity *identity;
  GsCameraDevices *devices;
  GsCameraSourceEvents events;
  gpointer user_data;
  gboolean is_closed; /* main thread */

  GstElement *pipeline; /* worker */
  GstElement *tee;      /* worker; the pipeline's */
  GstElement *into;     /* where a pad that appears later is linked; set before anything plays */

  GMutex lock; /* the rest */
  GstElement *preview_filter, *frame_filter;
  guint source_width, source_height; /* of the pictures that come; 0 before the first */
  int shape_n, shape_d;              /* width to height of one of their dots */
  guint preview_width, preview_height;
  gboolean is_shut; /* closed: streaming threads leave nothing any more */
  gboolean is_wanted;
  gint64 next_preview_us;
  gint64 picture_us, data_us, step_us;
  guint steps;
  GsCameraFrame *preview; /* for the main thread */
  GsPixels *frame;
  gboolean is_posted;
  gboolean has_failed, has_ended;
  GsCameraTrouble trouble;
  char *detail;
  char *name;
  GstDevice *device;
};

/* Remembers the first fault and tells the main thread. Any thread. */
void gs_camera_source_fail (GsCameraSource *self, GsCameraTrouble trouble, const char *format, ...)
  G_GNUC_PRINTF (3, 4);
/* It came closer to its first picture. Any thread. */
void gs_camera_source_note_step (GsCameraSource *self);
/* Tells the main thread that something is to be fetched; with the lock held. */
void gs_camera_source_post_locked (GsCameraSource *self);

/* gs-camera-input.c: adds what delivers pictures and links it, now or later, with the tee. FALSE
 * after gs_camera_source_fail(). Worker. */
gboolean gs_camera_source_add_input (GsCameraSource *self);
/* An element of the pipeline; NULL after gs_camera_source_fail(), naming element and package. */
GstElement *gs_camera_source_add (GsCameraSource *self, const char *factory, const char *package);

/* gs-camera-branches.c: the tee and both branches. */
gboolean gs_camera_source_add_branches (GsCameraSource *self);
/* Computes the branches' sizes anew. */
void gs_camera_source_fit_locked (GsCameraSource *self);

/* The largest size of the same shape within most_width × most_height (0: no bound), never larger
 * than the picture itself; dots of the result are square, sides at least 1. shape_n:shape_d is the
 * width to height of one dot of the source. */
void gs_camera_fit (guint width,
                    guint height,
                    int shape_n,
                    int shape_d,
                    guint most_width,
                    guint most_height,
                    guint *fit_width,
                    guint *fit_height);

/* gs-camera-trouble.c: what an error of GStreamer means to the desk. */
GsCameraTrouble gs_camera_trouble_of_error (const GError *error, GsCameraKind kind);

G_END_DECLS
