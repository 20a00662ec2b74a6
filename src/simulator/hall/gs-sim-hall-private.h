/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-hall.h"

#include <stdio.h>

typedef struct
{
  char *id;
  char *name;
  char *state;
  char *reason;
  gint64 since_utc_ms;
  gint64 watched_utc_ms; /* GS_TIME_UNKNOWN until somebody watched it */
} GsSimGate;

typedef struct
{
  char *officer;
  gboolean locked;
  gint64 seen_utc_ms;
  GStrv gates;
} GsSimPresence;

/* What an idempotency key has done. */
typedef struct
{
  char *path;
  char *body_digest;
  json_t *answer;
} GsSimKey;

struct _GsSimHall
{
  char *folder;
  char *cameras; /* URL before a gate's id, or NULL */
  GsSimHallConfig config;
  GsSimLog *log;
  GHashTable *crossings; /* id -> GsSimCrossing */
  GQueue order;          /* of GsSimCrossing, oldest first; not owned */
  GHashTable *facts;     /* crossing id -> json_t */
  GHashTable
    *claims; /* claim id -> GsSimClaim, also those replaced later; the crossing has a copy */
  GHashTable *serials;   /* serial -> claim id, or stamp of an unclaimed one */
  GHashTable *unclaimed; /* stamp -> json_t, stamps that were printed without a claim */
  GHashTable *keys;      /* idempotency key -> GsSimKey */
  GHashTable *presences; /* desk -> GsSimPresence */
  GPtrArray *gates;      /* GsSimGate */
  GsSimGates *device;
  GsSimHallClock clock;
  gpointer clock_data;
  GsSimHallFunc listener;
  gpointer listener_data;
  FILE *truth;
  guint nesting;
  gboolean dirty;
  gboolean broken; /* a write failed: nothing is accepted any more */
};

GsSimGate *gs_sim_hall_find_gate (GsSimHall *self, const char *id);
GsSimReply *gs_sim_hall_not_found (const char *what);

/* Writes a record line. Takes record. */
void gs_sim_hall_add_record (GsSimHall *self, json_t *record);

/* The stored answer of a key, or a 422 or 400 problem, or NULL when the request is new. */
GsSimReply *
gs_sim_hall_check_key (GsSimHall *self, const char *key, const char *path, json_t *body);
/* Stores and records the answer of a key. Keeps a reference on answer. */
void gs_sim_hall_store_key (
  GsSimHall *self, const char *key, const char *path, json_t *body, json_t *answer);

/* Stores a claim in both tables and as a record. */
void gs_sim_hall_store_claim (GsSimHall *self, const GsSimClaim *claim);
void gs_sim_hall_put_claim (GsSimHall *self, json_t *json);
void gs_sim_hall_publish_outcome (GsSimHall *self, const GsSimClaim *claim);
void gs_sim_hall_put_unclaimed (GsSimHall *self, json_t *stamp);
void gs_sim_hall_forget_claims (GsSimHall *self);

/* Forgets finished crossings from the old end; an open one moves to the young end. Not while a
 * crossing is in use. */
void gs_sim_hall_forget (GsSimHall *self);
