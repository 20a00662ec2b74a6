/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case-book.h"
#include "gs-clock.h"
#include "gs-config.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* Keeps the state of this desk's cases in the store: who took which when, and who ended it how.
 * Each change is one transaction with its record entry "case". What cannot be written is tried
 * again. It holds ids, codes and times, never a traveller. Emits "changed" when a count may have
 * changed. Main thread only.
 *
 * A case is this desk's when it is of one of its gates, is held here, or was decided here. */
#define GS_TYPE_CASE_KEEPER (gs_case_keeper_get_type ())
G_DECLARE_FINAL_TYPE (GsCaseKeeper, gs_case_keeper, GS, CASE_KEEPER, GObject)

/* config is borrowed. */
GsCaseKeeper *
gs_case_keeper_new (GsStore *store, GsCaseBook *book, GsClock *clock, const GsConfig *config);

/* What the store had at start (GPtrArray of GsCaseRow, borrowed and copied), after the stored
 * events were folded: an open row whose case the book does not know comes back into the book, to
 * be confirmed by the hall. */
void gs_case_keeper_restore (GsCaseKeeper *self, GPtrArray *rows);

/* Writes what changed; called by itself at the end of the turn, and each second for what could not
 * be written. */
void gs_case_keeper_flush (GsCaseKeeper *self);

/* Cases that this desk closed since then. */
guint gs_case_keeper_count_done (GsCaseKeeper *self, gint64 since_utc_ms);

/* Appends the referral times (gint64) at this desk's gates since then, in order. */
void gs_case_keeper_list_referrals (GsCaseKeeper *self, gint64 since_utc_ms, GArray *times_utc_ms);

G_END_DECLS
