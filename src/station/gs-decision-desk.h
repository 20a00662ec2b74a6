/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case-book.h"
#include "gs-clock.h"
#include "gs-hall.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* Decisions on their way to the hall: committed at the key press, sent when their 5 s of undo are
 * over, kept until the hall has them. A decision that the hall rejects makes its case a priority 1
 * case again. Main thread only.
 *
 * Signals: "changed"; "rejected" (GsCase, word of the hall's problem); "failed" (GsCase): the store
 * could not take the decision, so it does not exist; "due" (GsCase, const GsHallDecision *,
 * borrowed): it can no longer be undone. Once a run for each, before it is sent. */
#define GS_TYPE_DECISION_DESK (gs_decision_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsDecisionDesk, gs_decision_desk, GS, DECISION_DESK, GObject)

#define GS_DECISION_UNDO_MS 5000

GsDecisionDesk *
gs_decision_desk_new (GsHall *hall, GsStore *store, GsCaseBook *book, GsClock *clock);

/* Commits the decision and marks the case as pending. decision: transfer full; its key is set
 * here. */
void gs_decision_desk_decide (GsDecisionDesk *self, GsCase *item, GsHallDecision *decision);

/* The same for a further crossing of the same traveller: undo takes both back, or none. */
void gs_decision_desk_decide_joined (GsDecisionDesk *self, GsCase *item, GsHallDecision *decision);

/* Takes back the newest decision that was not sent yet, with those joined to it. FALSE when there
 * is none. */
gboolean gs_decision_desk_undo (GsDecisionDesk *self);
/* Of that decision: the case (borrowed, NULL when none) and how long undo lasts. */
GsCase *gs_decision_desk_get_undoable (GsDecisionDesk *self);
gint64 gs_decision_desk_undo_left_ms (GsDecisionDesk *self);

/* Due but not yet at the hall. */
guint gs_decision_desk_get_kept (GsDecisionDesk *self);
/* Sends what is due now, as when the link is back. */
void gs_decision_desk_try_now (GsDecisionDesk *self);

/* Takes up pending rows (GPtrArray of GsDecisionRow) at start. */
void gs_decision_desk_restore (GsDecisionDesk *self, GPtrArray *rows);

/* Text form of a decision in the store, and back; NULL for text that is none. */
GBytes *gs_decision_to_bytes (const GsHallDecision *decision);
GsHallDecision *gs_decision_from_bytes (GBytes *bytes);

G_END_DECLS
