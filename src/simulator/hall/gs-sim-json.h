/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* Small readers that never trust the shape. Any thread. */

/* The member's text, NULL when it is absent or no string. */
const char *gs_sim_json_text (json_t *object, const char *member);

/* The member as RFC 3339 time, GS_TIME_UNKNOWN when it is none. */
gint64 gs_sim_json_time (json_t *object, const char *member);

/* A string in RFC 3339, or null for GS_TIME_UNKNOWN. Transfer full. */
json_t *gs_sim_json_new_time (gint64 utc_ms);

/* A string, or null for NULL. Transfer full. */
json_t *gs_sim_json_new_text (const char *text);

/* Parses strictly: duplicates rejected, depth limited by jansson. NULL and a message on failure;
 * both transfer full. */
json_t *gs_sim_json_parse (const char *text, gsize length, char **message);

/* Compact text with the members in their order. Transfer full, g_free. */
char *gs_sim_json_print (json_t *json);

/* SHA-256 over the text with sorted members: equal bodies have equal digests. Transfer full. */
char *gs_sim_json_digest (json_t *json);
