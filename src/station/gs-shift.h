/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-approval.h"
#include "gs-clock.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* What belongs to the shift of an officer at this desk: the muted sound, and the call for a
 * supervisor. Both are in the record. Emits "changed". Main thread only. */
#define GS_TYPE_SHIFT (gs_shift_get_type ())
G_DECLARE_FINAL_TYPE (GsShift, gs_shift, GS, SHIFT, GObject)

GsShift *gs_shift_new (GsStore *store, GsClock *clock, const char *desk_id);

/* Who is signed in, NULL for nobody. Sound is muted for the officer who muted it alone: while
 * nobody or somebody else is signed in it is heard. */
void gs_shift_set_session (GsShift *self, GsSession *session);

/* Takes effect when the record has it; a store that cannot write leaves the sound as it is. */
void gs_shift_set_muted (GsShift *self, gboolean muted);
gboolean gs_shift_is_muted (GsShift *self);

/* Calls the supervisor, perhaps about a crossing (or NULL). The contract with the hall has no such
 * message: the call is shown and recorded at this desk. FALSE when nobody is signed in or a call is
 * open. */
gboolean gs_shift_call_supervisor (GsShift *self, const char *crossing);
/* Tells the supervisor of a traveller who left without a decision: opens a call, or belongs to the
 * open one. Told again of the same decision (its key) it does nothing, also after a restart.
 * officer: who decided; perhaps nobody is signed in any more. */
void gs_shift_tell_left (GsShift *self, const char *officer, const char *crossing, const char *key);
/* Ids of the crossings of the open call whose travellers left without a decision, oldest first.
 * GPtrArray of char *, borrowed. */
GPtrArray *gs_shift_get_left (GsShift *self);
/* Takes up a call of an earlier run that nobody answered, from the record. */
void gs_shift_restore (GsShift *self);
/* How long the call has been open, in ms; -1 without one. It stays open over a change of officer
 * and a restart. */
gint64 gs_shift_get_call_ms (GsShift *self);
/* A supervisor has come and shows it by own sign-in. The call ends when GRANTED. */
GsApprovalVerdict gs_shift_acknowledge (GsShift *self, GsSession *supervisor);

G_END_DECLS
