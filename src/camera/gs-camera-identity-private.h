/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who the desk is to a stream's server: the certificate that TLS asks for. */
#define GS_TYPE_CAMERA_IDENTITY (gs_camera_identity_get_type ())
G_DECLARE_FINAL_TYPE (GsCameraIdentity, gs_camera_identity, GS, CAMERA_IDENTITY, GTlsInteraction)

/* TLS asks in the context that is the thread default now, and its handshake waits: make it in a
 * thread whose main loop runs. */
GsCameraIdentity *gs_camera_identity_new (void);

/* certificate: a PEM file or a pkcs11: URI; key: likewise, or NULL for the same place. Before TLS
 * asks; any thread. FALSE with GIO's error. Reads files. */
gboolean gs_camera_identity_load (GsCameraIdentity *self,
                                  const char *certificate,
                                  const char *key,
                                  GError **error);

G_END_DECLS
