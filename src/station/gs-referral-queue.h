/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-case-book.h"
#include "gs-config.h"

G_BEGIN_DECLS

/* One row of the waiting queue: a case, a party that belongs together, or a gate fault with its
 * members under it. Immutable but for "changed", emitted when a case in it changed. */
#define GS_TYPE_QUEUE_ENTRY (gs_queue_entry_get_type ())
G_DECLARE_FINAL_TYPE (GsQueueEntry, gs_queue_entry, GS, QUEUE_ENTRY, GObject)

typedef enum
{
  GS_QUEUE_ENTRY_CASE = 1,
  GS_QUEUE_ENTRY_PARTY, /* one row with a badge */
  GS_QUEUE_ENTRY_FAULT, /* head of a group with one cause */
  GS_QUEUE_ENTRY_FAULT_MEMBER
} GsQueueEntryKind;

GsQueueEntryKind gs_queue_entry_get_kind (GsQueueEntry *self);
/* The first case in order of urgency: the one a click opens. Borrowed. */
GsCase *gs_queue_entry_get_case (GsQueueEntry *self);
/* All cases of the row; GPtrArray of GsCase, borrowed. */
GPtrArray *gs_queue_entry_get_cases (GsQueueEntry *self);
/* How many people they are: one whose document was referred again counts once. */
guint gs_queue_entry_count_travellers (GsQueueEntry *self);
/* Waited so long that it stands above its own priority. */
gboolean gs_queue_entry_is_climbed (GsQueueEntry *self);

/* A row of kind CASE holds more than one case when the same document was referred again within half
 * an hour: one traveller, one card. */

/* The waiting referrals of this desk's gates in order of urgency: a GListModel of GsQueueEntry.
 * Order: priority, raised by one for each climb time waited (never above 2, so that a real
 * priority 1 stays first), then waiting time. Main thread only. */
#define GS_TYPE_REFERRAL_QUEUE (gs_referral_queue_get_type ())
G_DECLARE_FINAL_TYPE (GsReferralQueue, gs_referral_queue, GS, REFERRAL_QUEUE, GObject)

GsReferralQueue *gs_referral_queue_new (GsCaseBook *book, GsClock *clock, const GsConfig *config);

/* How many travellers wait: members of groups each, several referrals of one document once. */
guint gs_referral_queue_get_waiting (GsReferralQueue *self);
/* The case that "take next" takes: the first that no other desk holds; NULL when none. Borrowed. */
GsCase *gs_referral_queue_get_next (GsReferralQueue *self);
/* Sorts again; called by itself after changes (once a main-loop turn) and by the minute tick. */
void gs_referral_queue_refresh (GsReferralQueue *self);

G_END_DECLS
