/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case-book.h"
#include "gs-clock.h"
#include "gs-config.h"
#include "gs-hall.h"
#include "gs-pack-desk.h"
#include "gs-printer-desk.h"
#include "gs-stamp-issue.h"
#include "gs-stamp-register.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* Issuing stamps at this desk: opens sheets, recovers what a crash left, and keeps telling the hall
 * the outcomes of claims until it has them. Emits "changed" when the list of unfinished issues or
 * of untold outcomes changed. Main thread only. */
#define GS_TYPE_STAMP_DESK (gs_stamp_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsStampDesk, gs_stamp_desk, GS, STAMP_DESK, GObject)

/* FALSE while the window is not evidence: set by the station. */
typedef gboolean (*GsLiveFunc) (gpointer user_data);

/* config is borrowed. */
GsStampDesk *gs_stamp_desk_new (const GsConfig *config,
                                GsHall *hall,
                                GsStore *store,
                                GsPrinterDesk *printers,
                                GsCaseBook *book,
                                GsClock *clock,
                                GsLiveFunc is_live,
                                gpointer user_data);

/* Which stamp the officer holds; without it nobody holds one and nothing is printed. */
void gs_stamp_desk_set_register (GsStampDesk *self, GsStampRegister *stamps);
void gs_stamp_desk_set_session (GsStampDesk *self, GsSession *session);
void gs_stamp_desk_set_time_zone (GsStampDesk *self, GTimeZone *zone);
/* The template packs that it prints with. Borrowed. */
GsPackDesk *gs_stamp_desk_get_packs (GsStampDesk *self);
/* Whether the hall's status says that it tells the closing event of this direction. */
void gs_stamp_desk_set_closing_events (GsStampDesk *self, gboolean told);

/* Opens the sheet for a case; the one already open for it is returned again. Transfer full. */
GsStampIssue *gs_stamp_desk_open (GsStampDesk *self, GsCase *item);

/* Issues that wait for an answer about the page (after a crash or a broken link): the officer is
 * asked before anything else is stamped. GPtrArray of GsStampIssue, transfer full. */
GPtrArray *gs_stamp_desk_dup_questions (GsStampDesk *self);
/* Outcomes that the hall does not have yet. */
guint gs_stamp_desk_get_untold (GsStampDesk *self);

/* Takes up what the store has unfinished; called once at start with the snapshot's rows. */
void gs_stamp_desk_recover (GsStampDesk *self,
                            GPtrArray *claims,
                            GPtrArray *journal,
                            GPtrArray *outcomes);

G_END_DECLS
