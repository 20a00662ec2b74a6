/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-outcome.h"
#include "gs-time.h"

G_BEGIN_DECLS

/* What goes wrong between the desk and the hall. The message is for the log and holds no personal
 * data; the officer's sentence is chosen from the code. */
#define GS_HALL_ERROR (gs_hall_error_quark ())

typedef enum
{
  /* The way to the hall. */
  GS_HALL_ERROR_UNREACHABLE = 1, /* no connection, cut, or no answer in time: nobody knows whether
                                    the hall took the request */
  GS_HALL_ERROR_REFUSED,         /* the hall does not take this desk's certificate (TLS alert, 401,
                                    403) */
  GS_HALL_ERROR_UNTRUSTED,       /* the hall's certificate, name or TLS version is not acceptable */
  GS_HALL_ERROR_CREDENTIALS,     /* our own certificate, key or CA file cannot be used */
  GS_HALL_ERROR_PROTOCOL,        /* the answer breaks the contract */
  GS_HALL_ERROR_BUSY,            /* 429 or 503: the hall asks to try again later */
  GS_HALL_ERROR_SERVER,          /* another 5xx */
  /* What the hall answers: problem+json, named by the problem's type. */
  GS_HALL_ERROR_INVALID,           /* 400 or 422: the request breaks the contract */
  GS_HALL_ERROR_NOT_FOUND,         /* 404 */
  GS_HALL_ERROR_EPOCH,             /* 409 on the feed: another epoch, or ahead of the hall */
  GS_HALL_ERROR_GONE,              /* 410: events older than the hall keeps */
  GS_HALL_ERROR_LEASE_HELD,        /* another desk has the case: problem desk, officer, until */
  GS_HALL_ERROR_ALREADY_DECIDED,   /* problem holds the standing decision */
  GS_HALL_ERROR_VERSION,           /* 412: If-Match is not the crossing's version */
  GS_HALL_ERROR_KEY_REUSED,        /* 422: the idempotency key came with another body */
  GS_HALL_ERROR_ALREADY_STAMPED,   /* problem serial, desk, at */
  GS_HALL_ERROR_CLAIMED_ELSEWHERE, /* problem desk, since */
  GS_HALL_ERROR_IN_DOUBT,          /* problem desk */
  GS_HALL_ERROR_OPEN_CASE,
  GS_HALL_ERROR_WINDOW_CLOSED, /* problem cause, at */
  GS_HALL_ERROR_NOT_ADMITTED,
  GS_HALL_ERROR_CANCELLED,   /* the crossing was cancelled (not our GCancellable) */
  GS_HALL_ERROR_NOT_IN_HALL, /* a desk call for a traveller who is not there */
  GS_HALL_ERROR_SERIAL_USED, /* the hall has had this serial before */
  GS_HALL_ERROR_CONFLICT,    /* another 409 */
} GsHallError;

/* RFC 9457 problem details, as far as the contract names them. Members that did not come are NULL,
 * 0 or GS_TIME_UNKNOWN. Owned strings. */
typedef struct
{
  guint status;  /* HTTP status */
  char *type;    /* last part of the type: "already-stamped" */
  char *title;   /* the hall's words, for the log */
  char *detail;  /* the hall's words, for the log */
  char *desk;    /* holder of a lease or claim, or the desk that stamped or decided */
  char *officer; /* likewise */
  char *serial;  /* already-stamped */
  char *cause;   /* window-closed: "customs", "boarded", "closed", "cancelled", … */
  gint64 at_utc_ms;
  gint64 since_utc_ms;
  gint64 until_utc_ms;
  GsOutcome outcome; /* standing decision; 0 when none came */
  gint64 version;    /* the crossing's version now; 0 when none came */
  char *epoch;
  gint64 oldest_event; /* -1 when not given */
  gint64 newest_event; /* -1 when not given */
} GsHallProblem;

GQuark gs_hall_error_quark (void);

/* The problem that the hall gave with this error; NULL when there was none. Borrowed from error. */
const GsHallProblem *gs_hall_error_get_problem (const GError *error);

/* The code's stable word, as "already-stamped", for logs and JSON lines. */
const char *gs_hall_error_to_word (GsHallError code);

/* TRUE when the same request, with the same idempotency key, may succeed later by itself. */
gboolean gs_hall_error_is_transient (const GError *error);

GsHallProblem *gs_hall_problem_new (void);
GsHallProblem *gs_hall_problem_copy (const GsHallProblem *self);
void gs_hall_problem_free (GsHallProblem *self);

/* An error that carries a problem (transfer full); for fakes and for the client. */
GError *gs_hall_error_new_with_problem (GsHallError code, GsHallProblem *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallProblem, gs_hall_problem_free)

G_END_DECLS
