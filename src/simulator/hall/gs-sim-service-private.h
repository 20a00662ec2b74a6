/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-service.h"

#include <jansson.h>
#include <libsoup/soup.h>

struct _GsSimService
{
  GsSimHall *hall;
  GsSimFaults *faults;
  GsSimTraffic *traffic;
  GTlsCertificate *certificate;
  GTlsDatabase *authorities;
  SoupServer *server;
  guint port;
  GPtrArray *streams; /* GsSimStream */
  gint64 marked_id;   /* newest event whose fate the faults have decided */
  guint timer;
};

/* One request while it is answered. */
typedef struct
{
  GsSimService *service;
  SoupServerMessage *message;
  char *desk;          /* from the certificate */
  const char *part[2]; /* what stood for the stars of the route */
  GHashTable *query;   /* NULL without one */
  json_t *body;        /* an object, or NULL */
} GsSimRequest;

const char *gs_sim_request_get_header (GsSimRequest *request, const char *name);

/* Writes the answer and records it. Takes reply. */
void gs_sim_request_answer (GsSimRequest *request, GsSimReply *reply);
void gs_sim_request_answer_bytes (GsSimRequest *request,
                                  guint status,
                                  const char *content_type,
                                  GBytes *bytes);

/* GET /v1/events in both forms. */
void gs_sim_service_handle_events (GsSimRequest *request);

/* The other resources; returns FALSE when no route fits. */
void gs_sim_service_route (GsSimRequest *request, const char *method, const char *path);

/* Sends what the streams lack; called after events and a few times a second for heartbeats. */
void gs_sim_service_flush_streams (GsSimService *self);
void gs_sim_service_stream_free (gpointer stream);
