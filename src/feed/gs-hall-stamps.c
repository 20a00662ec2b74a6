/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-stamps.h"

#include "gs-hall-error.h"
#include "gs-json-read.h"
#include "gs-time.h"
#include "gs-uuid.h"

#define LIST_LIMIT 10000

void
gs_hall_open_claim_free (GsHallOpenClaim *self)
{
  if (self == NULL)
    return;
  g_free (self->claim);
  g_free (self->crossing);
  g_free (self->stamp);
  g_free (self->serial);
  g_free (self->desk);
  g_free (self);
}

GsHallOpenClaim *
gs_hall_open_claim_copy (const GsHallOpenClaim *self)
{
  GsHallOpenClaim *copy = g_memdup2 (self, sizeof *self);

  copy->claim = g_strdup (self->claim);
  copy->crossing = g_strdup (self->crossing);
  copy->stamp = g_strdup (self->stamp);
  copy->serial = g_strdup (self->serial);
  copy->desk = g_strdup (self->desk);
  return copy;
}

void
gs_hall_serial_free (GsHallSerial *self)
{
  if (self == NULL)
    return;
  g_free (self->prefix);
  g_free (self);
}

GsHallUnclaimed *
gs_hall_unclaimed_new (void)
{
  GsHallUnclaimed *self = g_new0 (GsHallUnclaimed, 1);

  self->at_utc_ms = GS_TIME_UNKNOWN;
  return self;
}

GsHallUnclaimed *
gs_hall_unclaimed_copy (const GsHallUnclaimed *self)
{
  GsHallUnclaimed *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->stamp = g_strdup (self->stamp);
  copy->serial = g_strdup (self->serial);
  copy->crossing = g_strdup (self->crossing);
  copy->desk = g_strdup (self->desk);
  copy->officer = g_strdup (self->officer);
  copy->supervisor = g_strdup (self->supervisor);
  copy->reason = g_strdup (self->reason);
  copy->printer = g_strdup (self->printer);
  copy->replaces = g_strdup (self->replaces);
  return copy;
}

void
gs_hall_unclaimed_free (GsHallUnclaimed *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->stamp);
  g_free (self->serial);
  g_free (self->crossing);
  g_free (self->desk);
  g_free (self->officer);
  g_free (self->supervisor);
  g_free (self->reason);
  g_free (self->printer);
  g_free (self->replaces);
  g_free (self);
}

GsHallConflict *
gs_hall_conflict_new (const char *kind)
{
  GsHallConflict *self = g_new0 (GsHallConflict, 1);

  self->kind = g_strdup (kind);
  self->at_utc_ms = GS_TIME_UNKNOWN;
  return self;
}

void
gs_hall_conflict_free (GsHallConflict *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->serial);
  g_free (self->desk);
  g_free (self->cause);
  g_free (self);
}

GsHallUnclaimedAnswer *
gs_hall_unclaimed_answer_new (void)
{
  GsHallUnclaimedAnswer *self = g_new0 (GsHallUnclaimedAnswer, 1);

  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_conflict_free);
  return self;
}

void
gs_hall_unclaimed_answer_free (GsHallUnclaimedAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->claim);
  g_ptr_array_unref (self->conflicts);
  g_free (self);
}

/* The member's array; *json keeps it alive. */
static json_t *
load_array (GBytes *body, const char *member, json_t **json, GError **error)
{
  g_autofree char *why = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  json_t *array;

  *json = gs_json_load (bytes != NULL ? bytes : "", length, GS_JSON_DEPTH_LIMIT, &why);
  array = json_object_get (*json, member);
  if (json_is_array (array) && json_array_size (array) <= LIST_LIMIT)
    return array;
  g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL, "The hall's list is unusable: %s",
               why != NULL ? why : member);
  return NULL;
}

static GsHallOpenClaim *
read_open_claim (json_t *json)
{
  g_autoptr (GsHallOpenClaim) claim = g_new0 (GsHallOpenClaim, 1);
  const char *state = gs_json_text (json, "state");

  claim->claim = g_strdup (gs_json_text (json, "claim"));
  claim->crossing = g_strdup (gs_json_text (json, "crossing"));
  claim->stamp = g_strdup (gs_json_text (json, "stamp"));
  claim->serial = g_strdup (gs_json_text (json, "serial"));
  claim->desk = g_strdup (gs_json_text (json, "desk"));
  /* A state that this version does not know holds the crossing as doubt does. */
  claim->in_doubt = g_strcmp0 (state, "granted") != 0;
  claim->since_utc_ms = gs_json_time (json, "since");
  claim->start_before_utc_ms = gs_json_time (json, "start_before");
  if (!gs_uuid_is_valid (claim->claim) || claim->crossing == NULL || claim->desk == NULL)
    return NULL;
  return g_steal_pointer (&claim);
}

GPtrArray *
gs_hall_open_claims_parse (GBytes *body, GError **error)
{
  g_autoptr (json_t) json = NULL;
  g_autoptr (GPtrArray) claims =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_open_claim_free);
  json_t *array = load_array (body, "claims", &json, error);

  if (array == NULL)
    return NULL;
  for (gsize i = 0; i < json_array_size (array); i++)
    {
      GsHallOpenClaim *claim = read_open_claim (json_array_get (array, i));

      if (claim == NULL)
        {
          g_set_error_literal (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL,
                               "An open claim has no id, crossing or desk");
          return NULL;
        }
      g_ptr_array_add (claims, claim);
    }
  return g_steal_pointer (&claims);
}

GPtrArray *
gs_hall_serials_parse (GBytes *body, GError **error)
{
  g_autoptr (json_t) json = NULL;
  g_autoptr (GPtrArray) serials =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_serial_free);
  json_t *array = load_array (body, "serials", &json, error);

  if (array == NULL)
    return NULL;
  for (gsize i = 0; i < json_array_size (array); i++)
    {
      json_t *one = json_array_get (array, i);
      const char *prefix = gs_json_text (one, "prefix");
      gint64 newest = gs_json_integer (one, "newest", -1);
      GsHallSerial *serial;

      if (prefix == NULL || newest < 0)
        {
          g_set_error_literal (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL,
                               "A serial has no prefix or no number");
          return NULL;
        }
      serial = g_new0 (GsHallSerial, 1);
      serial->prefix = g_strdup (prefix);
      serial->newest = newest;
      g_ptr_array_add (serials, serial);
    }
  return g_steal_pointer (&serials);
}

GsHallUnclaimedAnswer *
gs_hall_unclaimed_answer_parse (GBytes *body, GError **error)
{
  g_autoptr (json_t) json = NULL;
  g_autoptr (GsHallUnclaimedAnswer) answer = gs_hall_unclaimed_answer_new ();
  json_t *array = load_array (body, "conflicts", &json, error);

  if (array == NULL)
    return NULL;
  answer->claim = g_strdup (gs_json_text (json, "claim"));
  for (gsize i = 0; i < json_array_size (array); i++)
    {
      json_t *one = json_array_get (array, i);
      const char *kind = gs_json_text (one, "kind");
      /* What cannot be read speaks against the stamp all the same. */
      GsHallConflict *conflict = gs_hall_conflict_new (kind != NULL ? kind : "unknown");

      conflict->serial = g_strdup (gs_json_text (one, "serial"));
      conflict->desk = g_strdup (gs_json_text (one, "desk"));
      conflict->cause = g_strdup (gs_json_text (one, "cause"));
      conflict->at_utc_ms = gs_json_time (one, "at");
      g_ptr_array_add (answer->conflicts, conflict);
    }
  return g_steal_pointer (&answer);
}

char *
gs_hall_unclaimed_to_json (const GsHallUnclaimed *self)
{
  json_t *json = json_object ();

  gs_json_set_text (json, "stamp", self->stamp);
  gs_json_set_text (json, "serial", self->serial);
  gs_json_set_text (json, "crossing", self->crossing);
  gs_json_set_text (json, "desk", self->desk);
  gs_json_set_text (json, "officer", self->officer);
  gs_json_set_text (json, "supervisor", self->supervisor);
  gs_json_set_text (json, "reason", self->reason);
  gs_json_set_text (json, "printer", self->printer);
  gs_json_set_text (json, "outcome", gs_hall_claim_outcome_to_word (self->outcome));
  gs_json_set_time (json, "at", self->at_utc_ms);
  gs_json_set_text (json, "replaces", self->replaces);
  return gs_json_write (json);
}
