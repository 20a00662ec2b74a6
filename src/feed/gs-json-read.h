/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <jansson.h>

/* Reading JSON that came from outside, with the contract's limits. Internal to this room. Any
 * thread. */

#define GS_JSON_DEPTH_LIMIT 32

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* Parses strictly (UTF-8, no duplicate members, no NUL, nesting at most depth_limit). NULL with
 * *why = a sentence without any of the text's content; transfer full, may be NULL. */
json_t *gs_json_load (const char *text, gsize len, unsigned depth_limit, char **why);

/* Members of an object. NULL, or the default, when the member is missing, null or of another type.
 * Borrowed. */
const char *gs_json_text (json_t *object, const char *name);
gint64 gs_json_integer (json_t *object, const char *name, gint64 otherwise);
gint64 gs_json_time (json_t *object, const char *name); /* GS_TIME_UNKNOWN */
double gs_json_number (json_t *object, const char *name, double otherwise);
gboolean gs_json_is_absent (json_t *object, const char *name); /* missing or null */

/* An array of strings; others are left out. NULL when the member is no array. Transfer full. */
char **gs_json_texts (json_t *object, const char *name);

/* Sets a member to a string, or to null. */
void gs_json_set_text (json_t *object, const char *name, const char *text);
void gs_json_set_time (json_t *object, const char *name, gint64 utc_ms);

/* Compact text of a value; transfer full, freed by g_free. Takes json over. */
char *gs_json_write (json_t *json);
