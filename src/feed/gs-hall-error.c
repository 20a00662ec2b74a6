/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-error.h"

#include "gs-words.h"

typedef struct
{
  GsHallProblem *problem;
} GsHallErrorPrivate;

static void
gs_hall_error_private_init (GsHallErrorPrivate *priv)
{
}

static void
gs_hall_error_private_copy (const GsHallErrorPrivate *source, GsHallErrorPrivate *copy)
{
  copy->problem = gs_hall_problem_copy (source->problem);
}

static void
gs_hall_error_private_clear (GsHallErrorPrivate *priv)
{
  g_clear_pointer (&priv->problem, gs_hall_problem_free);
}

G_DEFINE_EXTENDED_ERROR (GsHallError, gs_hall_error)

static const GsWord code_words[] = {
  { GS_HALL_ERROR_UNREACHABLE, "unreachable" },
  { GS_HALL_ERROR_REFUSED, "refused" },
  { GS_HALL_ERROR_UNTRUSTED, "untrusted" },
  { GS_HALL_ERROR_CREDENTIALS, "credentials" },
  { GS_HALL_ERROR_PROTOCOL, "protocol" },
  { GS_HALL_ERROR_BUSY, "busy" },
  { GS_HALL_ERROR_SERVER, "server" },
  { GS_HALL_ERROR_INVALID, "invalid" },
  { GS_HALL_ERROR_NOT_FOUND, "not-found" },
  { GS_HALL_ERROR_EPOCH, "epoch" },
  { GS_HALL_ERROR_GONE, "gone" },
  { GS_HALL_ERROR_LEASE_HELD, "lease-held" },
  { GS_HALL_ERROR_ALREADY_DECIDED, "already-decided" },
  { GS_HALL_ERROR_VERSION, "version" },
  { GS_HALL_ERROR_KEY_REUSED, "key-reused" },
  { GS_HALL_ERROR_ALREADY_STAMPED, "already-stamped" },
  { GS_HALL_ERROR_CLAIMED_ELSEWHERE, "claimed-elsewhere" },
  { GS_HALL_ERROR_IN_DOUBT, "in-doubt" },
  { GS_HALL_ERROR_OPEN_CASE, "open-case" },
  { GS_HALL_ERROR_WINDOW_CLOSED, "window-closed" },
  { GS_HALL_ERROR_NOT_ADMITTED, "not-admitted" },
  { GS_HALL_ERROR_CANCELLED, "cancelled" },
  { GS_HALL_ERROR_NOT_IN_HALL, "not-in-hall" },
  { GS_HALL_ERROR_SERIAL_USED, "serial-used" },
  { GS_HALL_ERROR_CONFLICT, "conflict" },
  { 0, NULL },
};

const char *
gs_hall_error_to_word (GsHallError code)
{
  return gs_words_to_word (code_words, code);
}

const GsHallProblem *
gs_hall_error_get_problem (const GError *error)
{
  GsHallErrorPrivate *priv;

  if (error == NULL || error->domain != GS_HALL_ERROR)
    return NULL;
  priv = gs_hall_error_get_private (error);
  return priv != NULL ? priv->problem : NULL;
}

gboolean
gs_hall_error_is_transient (const GError *error)
{
  return g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_UNREACHABLE)
         || g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_BUSY)
         || g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_SERVER);
}

GsHallProblem *
gs_hall_problem_new (void)
{
  GsHallProblem *self = g_new0 (GsHallProblem, 1);

  self->at_utc_ms = GS_TIME_UNKNOWN;
  self->since_utc_ms = GS_TIME_UNKNOWN;
  self->until_utc_ms = GS_TIME_UNKNOWN;
  self->oldest_event = -1;
  self->newest_event = -1;
  return self;
}

GsHallProblem *
gs_hall_problem_copy (const GsHallProblem *self)
{
  GsHallProblem *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->type = g_strdup (self->type);
  copy->title = g_strdup (self->title);
  copy->detail = g_strdup (self->detail);
  copy->desk = g_strdup (self->desk);
  copy->officer = g_strdup (self->officer);
  copy->serial = g_strdup (self->serial);
  copy->cause = g_strdup (self->cause);
  copy->epoch = g_strdup (self->epoch);
  return copy;
}

void
gs_hall_problem_free (GsHallProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->desk);
  g_free (self->officer);
  g_free (self->serial);
  g_free (self->cause);
  g_free (self->epoch);
  g_free (self);
}

GError *
gs_hall_error_new_with_problem (GsHallError code, GsHallProblem *problem)
{
  GError *error = g_error_new (
    GS_HALL_ERROR, (int) code, "The hall answers %u: %s", problem != NULL ? problem->status : 0,
    problem != NULL && problem->type != NULL ? problem->type : gs_hall_error_to_word (code));
  GsHallErrorPrivate *priv = gs_hall_error_get_private (error);

  priv->problem = problem;
  return error;
}
