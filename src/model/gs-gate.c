/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gate.h"

#include "gs-words.h"

static const GsWord state_words[] = {
  { GS_GATE_STATE_FREE, "free" },         { GS_GATE_STATE_OCCUPIED, "occupied" },
  { GS_GATE_STATE_REFERRED, "referred" }, { GS_GATE_STATE_HELD, "held" },
  { GS_GATE_STATE_CLOSED, "closed" },     { GS_GATE_STATE_FAULT, "fault" },
  { GS_GATE_STATE_ALARM, "alarm" },       { 0, NULL },
};

const char *
gs_gate_state_to_word (GsGateState state)
{
  return gs_words_to_word (state_words, state);
}

gboolean
gs_gate_state_from_word (const char *word, GsGateState *state)
{
  int value;

  if (!gs_words_from_word (state_words, word, &value))
    return FALSE;
  *state = (GsGateState) value;
  return TRUE;
}

GsGate *
gs_gate_new (const char *id, const char *name, GsGateState state, gint64 since_utc_ms)
{
  GsGate *self = g_new0 (GsGate, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->state = state;
  self->since_utc_ms = since_utc_ms;
  return self;
}

GsGate *
gs_gate_copy (const GsGate *self)
{
  GsGate *copy = gs_gate_new (self->id, self->name, self->state, self->since_utc_ms);

  copy->reason = g_strdup (self->reason);
  copy->camera = g_strdup (self->camera);
  return copy;
}

void
gs_gate_free (GsGate *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->reason);
  g_free (self->camera);
  g_free (self);
}
