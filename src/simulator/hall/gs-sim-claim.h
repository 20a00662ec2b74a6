/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

/* A desk's right to stamp one crossing, with all its reissues. */
typedef struct
{
  char *id;
  char *crossing;
  char *stamp;  /* UUID of the newest stamp under this claim */
  char *serial; /* serial of that stamp; of its replacement after one */
  char *desk;
  char *officer;
  char *printer;
  char *outcome; /* NULL while none was reported; issued, void, released, in-doubt */
  char *replaces;
  char *supervisor; /* who reported the outcome from another desk, or NULL */
  char *reason;     /* that one's reason */
  gint64 granted_at_utc_ms;
  gint64 start_before_utc_ms;
  gint64 outcome_at_utc_ms;    /* the desk's time of the outcome */
  gint64 replace_until_utc_ms; /* GS_TIME_UNKNOWN unless a replacement is allowed */
  guint replacements;
} GsSimClaim;

void gs_sim_claim_free (GsSimClaim *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimClaim, gs_sim_claim_free)

/* Everything, for the hall's own log. Transfer full. */
json_t *gs_sim_claim_to_json (const GsSimClaim *self);

/* NULL when a needed member is missing. Transfer full. */
GsSimClaim *gs_sim_claim_from_json (json_t *json);
