/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a camera is, as the key file says it. Plain data; any thread.
 *
 *   *                        the first camera that the system has
 *   v4l2:PATH|NAME|*         /dev/video0, a link to it, or the beginning of the device's name
 *   pipewire:NAME|*          the beginning of the node's name or description
 *   rtsp://HOST[:PORT]/PATH  H.264 over TCP
 *   rtsps://...              the same within TLS
 *   file:///PATH             a still picture or a recording, for tests and for a camera that writes
 *                            one picture after the other into the same file */

#define GS_CAMERA_ADDRESS_ERROR (gs_camera_address_error_quark ())
GQuark gs_camera_address_error_quark (void);

typedef enum
{
  GS_CAMERA_ADDRESS_ERROR_SCHEME = 1, /* none of the above */
  GS_CAMERA_ADDRESS_ERROR_DEVICE,     /* no device is named */
  GS_CAMERA_ADDRESS_ERROR_URL         /* no host, a wrong port, or a file that is not here */
} GsCameraAddressError;

typedef enum
{
  GS_CAMERA_KIND_ANY = 1,
  GS_CAMERA_KIND_V4L2,
  GS_CAMERA_KIND_PIPEWIRE,
  GS_CAMERA_KIND_RTSP,
  GS_CAMERA_KIND_FILE
} GsCameraKind;

typedef struct
{
  GsCameraKind kind;
  char *device;    /* path or beginning of a name; NULL for any. V4L2 and PIPEWIRE */
  char *url;       /* RTSP, without user and password */
  char *host;      /* RTSP: host, for the status line */
  gboolean is_tls; /* RTSP */
  char *user;      /* RTSP, or NULL */
  char *password;  /* RTSP, or NULL; cleansed when freed */
  char *path;      /* FILE */
} GsCameraAddress;

/* The error's message is a sentence for whoever wrote the key file; it never repeats a password.
 * Transfer full. */
GsCameraAddress *gs_camera_address_parse (const char *text, GError **error);
GsCameraAddress *gs_camera_address_copy (const GsCameraAddress *self);
void gs_camera_address_free (GsCameraAddress *self);

/* For a key file's checker: TRUE when gs_camera_address_parse() takes it. Reads no file and asks no
 * device. */
gboolean gs_camera_address_check (const char *text, GError **error);

/* Whether a device of the system is the one that is meant. kind: V4L2 or PIPEWIRE; path: the
 * device's node or NULL; name and description: what the system calls it, or NULL. wanted_path: the
 * address's device with links followed, or NULL. */
gboolean gs_camera_address_fits (const GsCameraAddress *self,
                                 GsCameraKind kind,
                                 const char *path,
                                 const char *name,
                                 const char *description,
                                 const char *wanted_path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCameraAddress, gs_camera_address_free)

G_END_DECLS
