/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-event.h"

#include <math.h>

#include "gs-time.h"
#include "gs-words.h"

static const GsWord type_words[] = {
  { GS_EVENT_GATE_STATUS, "gate.status" },
  { GS_EVENT_CROSSING_STARTED, "crossing.started" },
  { GS_EVENT_CROSSING_DOCUMENT, "crossing.document" },
  { GS_EVENT_CROSSING_FACE, "crossing.face" },
  { GS_EVENT_CROSSING_BACKGROUND, "crossing.background" },
  { GS_EVENT_CROSSING_FLIGHT, "crossing.flight" },
  { GS_EVENT_CROSSING_ADMITTED, "crossing.admitted" },
  { GS_EVENT_CROSSING_REFERRED, "crossing.referred" },
  { GS_EVENT_CROSSING_TAKEN, "crossing.taken" },
  { GS_EVENT_CROSSING_RELEASED, "crossing.released" },
  { GS_EVENT_CROSSING_RESOLVED, "crossing.resolved" },
  { GS_EVENT_CROSSING_CUSTOMS, "crossing.customs" },
  { GS_EVENT_CROSSING_BOARDED, "crossing.boarded" },
  { GS_EVENT_CROSSING_STAMPED, "crossing.stamped" },
  { GS_EVENT_CROSSING_STAMP_VOIDED, "crossing.stamp-voided" },
  { GS_EVENT_CROSSING_CANCELLED, "crossing.cancelled" },
  { 0, NULL },
};

static const GsWord direction_words[] = {
  { GS_DIRECTION_ARRIVAL, "arrival" },
  { GS_DIRECTION_DEPARTURE, "departure" },
  { 0, NULL },
};

const char *
gs_event_type_to_word (GsEventType type)
{
  return gs_words_to_word (type_words, type);
}

gboolean
gs_event_type_from_word (const char *word, GsEventType *type)
{
  int value;

  if (!gs_words_from_word (type_words, word, &value))
    return FALSE;
  *type = (GsEventType) value;
  return TRUE;
}

gboolean
gs_event_type_is_crossing (GsEventType type)
{
  return type != GS_EVENT_GATE_STATUS;
}

const char *
gs_direction_to_word (GsDirection direction)
{
  return gs_words_to_word (direction_words, direction);
}

gboolean
gs_direction_from_word (const char *word, GsDirection *direction)
{
  int value;

  if (!gs_words_from_word (direction_words, word, &value))
    return FALSE;
  *direction = (GsDirection) value;
  return TRUE;
}

GsEvent *
gs_event_new (gint64 id, GsEventType type, const char *subject)
{
  GsEvent *self = g_new0 (GsEvent, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = id;
  self->type = type;
  self->subject = g_strdup (subject);
  self->time_utc_ms = GS_TIME_UNKNOWN;
  self->at_utc_ms = GS_TIME_UNKNOWN;
  self->boarding_closes_utc_ms = GS_TIME_UNKNOWN;
  self->score = NAN;
  self->threshold = NAN;
  return self;
}

GsEvent *
gs_event_ref (GsEvent *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_event_unref (GsEvent *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->subject);
  g_free (self->gate);
  g_free (self->reason);
  g_free (self->party);
  g_free (self->fault);
  g_strfreev (self->reasons);
  gs_traveller_free (self->traveller);
  g_free (self->document_digest);
  g_free (self->issuing_state);
  g_free (self->document_type);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self->flight);
  g_free (self->by);
  g_free (self->desk);
  g_free (self->officer);
  g_free (self->serial);
  g_free (self);
}
