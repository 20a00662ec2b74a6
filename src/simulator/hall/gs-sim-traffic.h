/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

/* Writes every request with its answer as one JSON line, for tests/support/check-traffic.py. Main
 * thread. */
typedef struct _GsSimTraffic GsSimTraffic;

GsSimTraffic *gs_sim_traffic_new (const char *path, GError **error);
void gs_sim_traffic_free (GsSimTraffic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimTraffic, gs_sim_traffic_free)

/* body is the answer's bytes, NULL for a stream. */
void gs_sim_traffic_record (GsSimTraffic *self,
                            SoupServerMessage *message,
                            const char *desk,
                            guint status,
                            const char *content_type,
                            GBytes *body);
