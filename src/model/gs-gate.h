/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A gate as the hall last told of it. Plain data, owned by whoever holds it. */

typedef enum
{
  GS_GATE_STATE_FREE = 1,
  GS_GATE_STATE_OCCUPIED,
  GS_GATE_STATE_REFERRED,
  GS_GATE_STATE_HELD,
  GS_GATE_STATE_CLOSED,
  GS_GATE_STATE_FAULT,
  GS_GATE_STATE_ALARM
} GsGateState;

typedef struct
{
  char *id;
  char *name;
  GsGateState state;
  gint64 since_utc_ms;
  char *reason; /* or NULL */
  char *camera; /* rtsps URL or NULL */
} GsGate;

const char *gs_gate_state_to_word (GsGateState state);
gboolean gs_gate_state_from_word (const char *word, GsGateState *state);

GsGate *gs_gate_new (const char *id, const char *name, GsGateState state, gint64 since_utc_ms);
GsGate *gs_gate_copy (const GsGate *self);
void gs_gate_free (GsGate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsGate, gs_gate_free)
