/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-crossing.h"

#include <math.h>

#include "gs-referral-reason.h"
#include "gs-time.h"
#include "gs-words.h"

static const GsWord state_words[] = {
  { GS_CROSSING_STATE_STARTED, "started" },
  { GS_CROSSING_STATE_REFERRED, "referred" },
  { GS_CROSSING_STATE_ADMITTED, "admitted" },
  { GS_CROSSING_STATE_ENDED, "ended" },
  { 0, NULL },
};

static const GsWord cause_words[] = {
  { GS_CLOSE_CAUSE_CUSTOMS, "customs" },        { GS_CLOSE_CAUSE_BOARDED, "boarded" },
  { GS_CLOSE_CAUSE_BOARDING_CLOSED, "closed" }, { GS_CLOSE_CAUSE_CANCELLED, "cancelled" },
  { GS_CLOSE_CAUSE_TIME_LIMIT, "time-limit" },  { 0, NULL },
};

const char *
gs_crossing_state_to_word (GsCrossingState state)
{
  return gs_words_to_word (state_words, state);
}

gboolean
gs_crossing_state_from_word (const char *word, GsCrossingState *state)
{
  int value;

  if (!gs_words_from_word (state_words, word, &value))
    return FALSE;
  *state = (GsCrossingState) value;
  return TRUE;
}

const char *
gs_close_cause_to_word (GsCloseCause cause)
{
  return gs_words_to_word (cause_words, cause);
}

gboolean
gs_close_cause_from_word (const char *word, GsCloseCause *cause)
{
  int value;

  if (!gs_words_from_word (cause_words, word, &value))
    return FALSE;
  *cause = (GsCloseCause) value;
  return TRUE;
}

GsCrossing *
gs_crossing_new (const char *id)
{
  GsCrossing *self = g_new0 (GsCrossing, 1);

  self->id = g_strdup (id);
  self->state = GS_CROSSING_STATE_STARTED;
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  self->face_score = NAN;
  self->face_threshold = NAN;
  self->boarding_closes_utc_ms = GS_TIME_UNKNOWN;
  self->started_utc_ms = GS_TIME_UNKNOWN;
  self->referred_utc_ms = GS_TIME_UNKNOWN;
  self->admitted_utc_ms = GS_TIME_UNKNOWN;
  self->close_cause = GS_CLOSE_CAUSE_NONE;
  self->closed_utc_ms = GS_TIME_UNKNOWN;
  self->outcome_utc_ms = GS_TIME_UNKNOWN;
  self->taken_until_utc_ms = GS_TIME_UNKNOWN;
  self->stamped_utc_ms = GS_TIME_UNKNOWN;
  return self;
}

static gpointer
copy_check (gconstpointer check, gpointer user_data)
{
  return gs_check_copy (check);
}

GsCrossing *
gs_crossing_copy (const GsCrossing *self)
{
  GsCrossing *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->gate = g_strdup (self->gate);
  copy->party = g_strdup (self->party);
  copy->fault = g_strdup (self->fault);
  copy->reasons = g_strdupv (self->reasons);
  copy->history = g_strdupv (self->history);
  copy->traveller = gs_traveller_copy (self->traveller);
  copy->document_digest = g_strdup (self->document_digest);
  copy->issuing_state = g_strdup (self->issuing_state);
  copy->document_type = g_strdup (self->document_type);
  copy->checks = g_ptr_array_copy (self->checks, (GCopyFunc) copy_check, NULL);
  copy->flight = g_strdup (self->flight);
  copy->outcome_officer = g_strdup (self->outcome_officer);
  copy->outcome_desk = g_strdup (self->outcome_desk);
  copy->taken_desk = g_strdup (self->taken_desk);
  copy->taken_officer = g_strdup (self->taken_officer);
  copy->stamp_serial = g_strdup (self->stamp_serial);
  copy->stamp_desk = g_strdup (self->stamp_desk);
  return copy;
}

void
gs_crossing_free (GsCrossing *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->gate);
  g_free (self->party);
  g_free (self->fault);
  g_strfreev (self->reasons);
  g_strfreev (self->history);
  gs_traveller_free (self->traveller);
  g_free (self->document_digest);
  g_free (self->issuing_state);
  g_free (self->document_type);
  g_ptr_array_unref (self->checks);
  g_free (self->flight);
  g_free (self->outcome_officer);
  g_free (self->outcome_desk);
  g_free (self->taken_desk);
  g_free (self->taken_officer);
  g_free (self->stamp_serial);
  g_free (self->stamp_desk);
  g_free (self);
}

gboolean
gs_crossing_is_open_case (const GsCrossing *self)
{
  return self->state == GS_CROSSING_STATE_REFERRED;
}

const GsCheck *
gs_crossing_find_check (const GsCrossing *self, const char *name)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (self->checks, i);

      if (g_strcmp0 (check->name, name) == 0)
        return check;
    }
  return NULL;
}

void
gs_crossing_take_check (GsCrossing *self, GsCheck *check)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GsCheck *old = g_ptr_array_index (self->checks, i);

      if (g_strcmp0 (old->name, check->name) == 0)
        {
          gs_check_free (old);
          self->checks->pdata[i] = check;
          return;
        }
    }
  g_ptr_array_add (self->checks, check);
}

gboolean
gs_crossing_background_successful (const GsCrossing *self)
{
  guint found = 0;

  for (guint i = 0; i < self->checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (self->checks, i);
      const GsCheckName *row = gs_check_name_find (check->name);

      if (row == NULL || row->group != GS_CHECK_GROUP_BACKGROUND)
        continue;
      found++;
      if (check->result != GS_CHECK_RESULT_SUCCESSFUL)
        return FALSE;
    }
  return found > 0;
}

static void
replace (char **field, const char *value)
{
  if (value == NULL)
    return;
  g_free (*field);
  *field = g_strdup (value);
}

static gint64
time_of (const GsEvent *event)
{
  return event->at_utc_ms != GS_TIME_UNKNOWN ? event->at_utc_ms : event->time_utc_ms;
}

static void
take_checks (GsCrossing *self, const GsEvent *event)
{
  for (guint i = 0; event->checks != NULL && i < event->checks->len; i++)
    gs_crossing_take_check (self, gs_check_copy (g_ptr_array_index (event->checks, i)));
}

static void
take_traveller (GsCrossing *self, const GsEvent *event)
{
  if (event->traveller == NULL)
    return;
  gs_traveller_free (self->traveller);
  self->traveller = gs_traveller_copy (event->traveller);
}

static void
close_window (GsCrossing *self, GsCloseCause cause, gint64 at_utc_ms)
{
  /* The first closing event is the one that counts. */
  if (self->close_cause != GS_CLOSE_CAUSE_NONE)
    return;
  self->close_cause = cause;
  self->closed_utc_ms = at_utc_ms;
}

static void
apply_referred (GsCrossing *self, const GsEvent *event)
{
  if (self->reasons != NULL && self->outcome != 0)
    {
      g_strfreev (self->history);
      self->history = g_steal_pointer (&self->reasons);
    }
  g_strfreev (self->reasons);
  self->reasons = g_strdupv (event->reasons);
  self->state = GS_CROSSING_STATE_REFERRED;
  self->referred_utc_ms = event->time_utc_ms;
  self->outcome = 0;
  replace (&self->fault, event->fault);
  replace (&self->party, event->party);
  take_traveller (self, event);
  for (char **code = event->reasons; code != NULL && *code != NULL; code++)
    self->door |= gs_referral_reason_is_door (*code);
}

static void
apply_resolved (GsCrossing *self, const GsEvent *event)
{
  g_clear_pointer (&self->taken_desk, g_free);
  g_clear_pointer (&self->taken_officer, g_free);
  if (event->outcome == GS_OUTCOME_WITHDRAWN)
    {
      /* The officer took back the decision: the case is open again, and an admission is undone. */
      self->state = GS_CROSSING_STATE_REFERRED;
      self->outcome = 0;
      self->admitted_utc_ms = GS_TIME_UNKNOWN;
      self->admitted_by_officer = FALSE;
      return;
    }
  self->outcome = event->outcome;
  self->outcome_utc_ms = time_of (event);
  replace (&self->outcome_officer, event->officer);
  replace (&self->outcome_desk, event->desk);
  if (event->outcome != GS_OUTCOME_ADMITTED)
    self->state = GS_CROSSING_STATE_ENDED;
}

static void
apply_admitted (GsCrossing *self, const GsEvent *event)
{
  self->state = GS_CROSSING_STATE_ADMITTED;
  self->admitted_utc_ms = time_of (event);
  self->admitted_by_officer = g_strcmp0 (event->by, "officer") == 0;
}

static void
apply_face (GsCrossing *self, const GsEvent *event)
{
  self->face_attempts = MAX (self->face_attempts, event->attempt);
  self->face_score = event->score;
  self->face_threshold = event->threshold;
  if (event->match != 0)
    gs_crossing_take_check (self, gs_check_new ("face-match", event->match, NULL, NULL));
  if (event->attack != 0)
    gs_crossing_take_check (self, gs_check_new ("no-attack-found", event->attack, NULL, NULL));
  take_checks (self, event);
}

static void
apply_stamp (GsCrossing *self, const GsEvent *event)
{
  if (event->type == GS_EVENT_CROSSING_STAMP_VOIDED)
    {
      self->stamps_voided++;
      if (g_strcmp0 (self->stamp_serial, event->serial) == 0)
        g_clear_pointer (&self->stamp_serial, g_free);
      return;
    }
  replace (&self->stamp_serial, event->serial);
  replace (&self->stamp_desk, event->desk);
  self->stamped_utc_ms = time_of (event);
}

static void
apply_lease (GsCrossing *self, const GsEvent *event)
{
  g_clear_pointer (&self->taken_desk, g_free);
  g_clear_pointer (&self->taken_officer, g_free);
  self->taken_until_utc_ms = GS_TIME_UNKNOWN;
  if (event->type != GS_EVENT_CROSSING_TAKEN)
    return;
  replace (&self->taken_desk, event->desk);
  replace (&self->taken_officer, event->officer);
  self->taken_until_utc_ms = event->at_utc_ms;
}

static void
apply_document (GsCrossing *self, const GsEvent *event)
{
  replace (&self->document_digest, event->document_digest);
  replace (&self->issuing_state, event->issuing_state);
  replace (&self->document_type, event->document_type);
  take_traveller (self, event);
  take_checks (self, event);
}

gboolean
gs_crossing_apply (GsCrossing *self, const GsEvent *event)
{
  if (!gs_event_type_is_crossing (event->type) || g_strcmp0 (event->subject, self->id) != 0)
    return FALSE;
  if (event->id <= self->as_of_event)
    return FALSE;
  self->as_of_event = event->id;
  /* The hall counts a version an event. */
  self->version++;
  replace (&self->gate, event->gate);

  switch (event->type)
    {
    case GS_EVENT_GATE_STATUS:
      return FALSE;
    case GS_EVENT_CROSSING_STARTED:
      self->started_utc_ms = event->time_utc_ms;
      self->direction = event->direction;
      replace (&self->party, event->party);
      break;
    case GS_EVENT_CROSSING_DOCUMENT:
      apply_document (self, event);
      break;
    case GS_EVENT_CROSSING_FACE:
      apply_face (self, event);
      break;
    case GS_EVENT_CROSSING_BACKGROUND:
      take_checks (self, event);
      break;
    case GS_EVENT_CROSSING_FLIGHT:
      replace (&self->flight, event->flight);
      self->boarding_closes_utc_ms = event->boarding_closes_utc_ms;
      break;
    case GS_EVENT_CROSSING_ADMITTED:
      apply_admitted (self, event);
      break;
    case GS_EVENT_CROSSING_REFERRED:
      apply_referred (self, event);
      break;
    case GS_EVENT_CROSSING_TAKEN:
    case GS_EVENT_CROSSING_RELEASED:
      apply_lease (self, event);
      break;
    case GS_EVENT_CROSSING_RESOLVED:
      apply_resolved (self, event);
      break;
    case GS_EVENT_CROSSING_CUSTOMS:
      close_window (self, GS_CLOSE_CAUSE_CUSTOMS, time_of (event));
      break;
    case GS_EVENT_CROSSING_BOARDED:
      close_window (self,
                    g_strcmp0 (event->by, "closed") == 0 ? GS_CLOSE_CAUSE_BOARDING_CLOSED
                                                         : GS_CLOSE_CAUSE_BOARDED,
                    time_of (event));
      break;
    case GS_EVENT_CROSSING_STAMPED:
    case GS_EVENT_CROSSING_STAMP_VOIDED:
      apply_stamp (self, event);
      break;
    case GS_EVENT_CROSSING_CANCELLED:
      close_window (self, GS_CLOSE_CAUSE_CANCELLED, time_of (event));
      break;
    }
  return TRUE;
}
