/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

/* An answer of the hall before it is HTTP. */
typedef struct
{
  guint status;
  gboolean problem; /* application/problem+json (RFC 9457) */
  json_t *body;     /* NULL with 204 */
  gint64 version;   /* for the ETag; 0 without */
} GsSimReply;

void gs_sim_reply_free (GsSimReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimReply, gs_sim_reply_free)

/* Takes body. Transfer full. */
GsSimReply *gs_sim_reply_new (guint status, json_t *body);

/* One of the hall's published problems by its name; status and title come from the list. detail may
 * be NULL. extra's members stand beside the standard ones; taken, may be NULL. A name that is not
 * on the list is a programmer's error. Transfer full. */
GsSimReply *gs_sim_reply_problem (const char *name, const char *detail, json_t *extra);

/* The list, ended by NULL, for the test that compares it with docs/openapi.yaml. */
const char *const *gs_sim_reply_get_problem_names (void);
