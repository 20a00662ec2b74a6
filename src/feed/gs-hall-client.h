/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-hall.h"
#include "gs-hall-access.h"

G_BEGIN_DECLS

/* The real hall over HTTP and TLS. Implements GsHall. */
#define GS_TYPE_HALL_CLIENT (gs_hall_client_get_type ())
G_DECLARE_FINAL_TYPE (GsHallClient, gs_hall_client, GS, HALL_CLIENT, GObject)

/* Every answer of GET /v1/status that parses, with the times of request and answer, so that the
 * hall's clock can be observed; before the callback of the request itself. */
typedef void (*GsHallStatusFunc) (GsHallClient *client,
                                  const GsHallStatus *status,
                                  gpointer user_data);

/* A request that has no answer after 10 s fails UNREACHABLE. */
GsHallClient *gs_hall_client_new (GsHallAccess *access, GError **error);

void gs_hall_client_set_status_func (GsHallClient *self, GsHallStatusFunc func, gpointer user_data);

/* Uses this access from the next request on (a renewed certificate). */
gboolean gs_hall_client_set_access (GsHallClient *self, GsHallAccess *access, GError **error);

G_END_DECLS
