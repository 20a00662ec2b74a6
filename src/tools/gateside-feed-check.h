/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-hall-access.h"
#include "gs-hall-fetch.h"
#include "gs-hall-status.h"
#include "gs-json-read.h"

/* The frame of gateside-feed check: requests that wait for their answer, and one line a rule. */
typedef struct
{
  GsHallAccess *access;
  SoupSession *session;
  char *desk; /* or NULL */
  gboolean as_json;
  gboolean quick;
  guint passed;
  guint failed;
  guint skipped;

  GsHallStatus *status; /* of the first rule */
} Check;

/* One event of the live stream. */
typedef struct
{
  char *id;
  char *type;
  GBytes *raw;
  gboolean comment;
} StreamItem;

/* What a look at the live stream saw. */
typedef struct
{
  guint status;
  char *content_type;
  char *epoch;
  GBytes *body;      /* of an answer that is no stream */
  GPtrArray *items;  /* StreamItem */
  gint64 silence_us; /* the longest, to the end of the look */
  GError *error;
} Stream;

/* TRUE when it holds. detail: what was seen instead, printed when it does not hold; taken over. */
gboolean check_rule (Check *check, const char *rule, gboolean holds, char *detail);
void check_skip (Check *check, const char *rule, const char *why);

/* Sends and waits. headers: name, value, …, NULL. body NULL: none. NULL when there was no answer,
 * and then *error is set. */
GsHallAnswer *check_send (Check *check,
                          const char *method,
                          const char *path,
                          const char *body,
                          const char *const *headers,
                          GError **error);

/* The answer's JSON object or array; NULL when it is none. */
json_t *check_load (GsHallAnswer *answer);

/* Looks at the live stream for that long, or until count events came (0: no such end).
 * last_event_id and epoch may be NULL. Free with check_stream_free(). */
Stream *check_watch (
  Check *check, const char *last_event_id, const char *epoch, guint milliseconds, guint count);
void check_stream_free (Stream *stream);

/* TRUE when the answer is a problem of that status (RFC 9457). Names what it is instead. */
gboolean check_is_problem (
  guint status, const char *content_type, GBytes *body, guint wanted, char **detail);

/* The rules. */
void check_desk_rules (Check *check);
