/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-faults.h"
#include "gs-sim-hall.h"
#include "gs-sim-traffic.h"

#include <gio/gio.h>

/* The hall's network side: HTTP over TLS 1.3 with client certificates, and the live streams. Main
 * thread. */
typedef struct _GsSimService GsSimService;

typedef struct
{
  const char *ca_path;
  const char *certificate_path;
  const char *key_path;
  guint port; /* 0: any free one */
} GsSimServiceConfig;

/* traffic may be NULL. hall, faults and traffic outlive the service. NULL with the errors of
 * GTlsCertificate, GTlsDatabase or the socket. Transfer full. */
GsSimService *gs_sim_service_new (GsSimHall *hall,
                                  GsSimFaults *faults,
                                  GsSimTraffic *traffic,
                                  const GsSimServiceConfig *config,
                                  GError **error);
void gs_sim_service_free (GsSimService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimService, gs_sim_service_free)

guint gs_sim_service_get_port (GsSimService *self);
guint gs_sim_service_count_streams (GsSimService *self);

/* Ends every stream: abruptly, or with a proper end of the body. */
void gs_sim_service_cut (GsSimService *self, gboolean clean);

/* Ends the streams and stops listening; listens again on the same port. */
void gs_sim_service_close (GsSimService *self);
gboolean gs_sim_service_listen (GsSimService *self, GError **error);

/* Sends text as it is on every live stream. */
void gs_sim_service_inject (GsSimService *self, const char *text);
