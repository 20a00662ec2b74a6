/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sim-crossing.h"
#include "gs-sim-gates.h"
#include "gs-sim-log.h"
#include "gs-sim-reply.h"

#include <gio/gio.h>
#include <jansson.h>

/* The hall service without its network: events in order, the fold of every crossing, leases,
 * decisions, claims, presence. Main thread only. */
typedef struct _GsSimHall GsSimHall;

typedef struct
{
  const char *name;      /* shown as the hall */
  const char *port;      /* port or airport code */
  const char *time_zone; /* IANA name */
  const char *direction; /* arrival or departure */
  const char *source;    /* CloudEvents source */
  gboolean full_profile;
  gboolean closing_events;
  gboolean reopen_watched; /* a gate closed as unwatched opens when it is watched again */
  guint gates;
  gint64 keep; /* events that stay readable */
  const char *digest_key;
} GsSimHallConfig;

typedef gint64 (*GsSimHallClock) (gpointer user_data);
typedef void (*GsSimHallFunc) (GsSimHall *hall, gpointer user_data);

/* Opens the state in an existing folder and folds it. NULL with the log's error. The texts of
 * config are copied. */
GsSimHall *gs_sim_hall_open (const char *folder, const GsSimHallConfig *config, GError **error);
void gs_sim_hall_free (GsSimHall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimHall, gs_sim_hall_free)

/* Forgets all and reads the folder again, as a restarted service does. */
gboolean gs_sim_hall_reload (GsSimHall *self, GError **error);

/* Another epoch: ids start at 1, crossings and claims are carried over. */
gboolean gs_sim_hall_start_epoch (GsSimHall *self, GError **error);

/* Not owned; outlives the hall. */
void gs_sim_hall_set_gates (GsSimHall *self, GsSimGates *gates);
void gs_sim_hall_set_clock (GsSimHall *self, GsSimHallClock clock, gpointer user_data);
/* Called after events were written. */
void gs_sim_hall_set_listener (GsSimHall *self, GsSimHallFunc func, gpointer user_data);
/* Appends the ground truth to a file. */
gboolean gs_sim_hall_set_truth (GsSimHall *self, const char *path, GError **error);
void gs_sim_hall_note_truth (GsSimHall *self, const char *kind, json_t *json);

const GsSimHallConfig *gs_sim_hall_get_config (GsSimHall *self);
GsSimLog *gs_sim_hall_get_log (GsSimHall *self);
gint64 gs_sim_hall_now_utc_ms (GsSimHall *self);

/* ---- from the gates ---- */

/* Writes one event; type without "org.gateside." and ".v1". Takes data. Returns the id, 0 when it
 * could not be written. */
gint64 gs_sim_hall_publish (
  GsSimHall *self, const char *type, const char *subject, json_t *data, gint64 at_utc_ms);

/* Keeps several events and records together in one write. May be nested. */
void gs_sim_hall_begin (GsSimHall *self);
void gs_sim_hall_commit (GsSimHall *self);

/* A gate has read a document: publishes crossing.document with what the profile allows and keeps
 * the MRZ fields. Takes both. */
gint64 gs_sim_hall_report_document (
  GsSimHall *self, const char *crossing, json_t *traveller, json_t *checks, gint64 at_utc_ms);

/* A later reading of the same document changes nothing but what is kept of the traveller's device
 * facts (person, stamp wish): private to the gates and handed back after a restart. Takes facts. */
void gs_sim_hall_keep_facts (GsSimHall *self, const char *crossing, json_t *facts);
json_t *gs_sim_hall_get_facts (GsSimHall *self, const char *crossing);

/* Borrowed, NULL when unknown. */
GsSimCrossing *gs_sim_hall_get_crossing (GsSimHall *self, const char *id);

/* Calls func for each crossing, oldest first. */
typedef void (*GsSimCrossingFunc) (GsSimCrossing *crossing, gpointer user_data);
void gs_sim_hall_foreach_crossing (GsSimHall *self, GsSimCrossingFunc func, gpointer user_data);

/* "free", "closed" ...; NULL for an unknown gate. */
const char *gs_sim_hall_get_gate_state (GsSimHall *self, const char *gate);

/* ---- from the desks; each answer is transfer full ---- */

/* Where the gates' cameras are: a URL to which a gate's id is appended; for the status. */
void gs_sim_hall_set_cameras (GsSimHall *self, const char *base);
/* The desks that watch the gate now. Transfer full. */
GStrv gs_sim_hall_get_watchers (GsSimHall *self, const char *gate);

json_t *gs_sim_hall_describe_gates (GsSimHall *self);
GsSimReply *gs_sim_hall_snapshot (GsSimHall *self);
GsSimReply *gs_sim_hall_lookup (GsSimHall *self, const char *state, const char *number);
GsSimReply *gs_sim_hall_show_crossing (GsSimHall *self, const char *id);
GsSimReply *
gs_sim_hall_lease (GsSimHall *self, const char *id, const char *desk, const char *officer);
GsSimReply *gs_sim_hall_end_lease (GsSimHall *self, const char *id, const char *desk);
GsSimReply *gs_sim_hall_decide (GsSimHall *self,
                                const char *id,
                                const char *desk,
                                const char *key,
                                const char *if_match,
                                json_t *body);
GsSimReply *gs_sim_hall_claim (
  GsSimHall *self, const char *id, const char *desk, const char *key, json_t *body);
GsSimReply *gs_sim_hall_report_outcome (
  GsSimHall *self, const char *id, const char *claim, const char *desk, json_t *body);
/* Tells of a stamp that was printed without a claim. */
GsSimReply *
gs_sim_hall_take_unclaimed (GsSimHall *self, const char *desk, const char *key, json_t *body);
/* Claims that are granted without an outcome, or in doubt, oldest first. */
GsSimReply *gs_sim_hall_list_open_claims (GsSimHall *self);
/* The newest serial of each prefix that the desk has told. */
GsSimReply *gs_sim_hall_show_serials (GsSimHall *self, const char *desk);
/* As a hall that was restored: every claim, serial and stamp is forgotten, the crossings stay. */
void gs_sim_hall_lose_claims (GsSimHall *self);
/* NULL when there is none. Transfer full; content_type is static. */
GBytes *gs_sim_hall_load_evidence (GsSimHall *self,
                                   const char *id,
                                   const char *name,
                                   const char **content_type);
GsSimReply *gs_sim_hall_presence (GsSimHall *self, const char *desk, json_t *body);
GsSimReply *gs_sim_hall_call_desk (GsSimHall *self, const char *desk, json_t *body);
GsSimReply *gs_sim_hall_command_gate (
  GsSimHall *self, const char *gate, const char *desk, const char *key, json_t *body);

/* Ends leases and closes unwatched gates; called a few times a second. */
void gs_sim_hall_tick (GsSimHall *self);

/* For the control port. Transfer full. */
json_t *gs_sim_hall_describe (GsSimHall *self);
