/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case.h"
#include "gs-clock.h"
#include "gs-gate.h"

G_BEGIN_DECLS

/* Every crossing that the station knows: the fold of the feed. Emits "case-changed" (GsCase) for
 * each case that an event touched, and "gate-changed" (id). Main thread only. */
#define GS_TYPE_CASE_BOOK (gs_case_book_get_type ())
G_DECLARE_FINAL_TYPE (GsCaseBook, gs_case_book, GS, CASE_BOOK, GObject)

GsCaseBook *gs_case_book_new (const char *desk_id);

/* Folds one committed event. Returns the case it belongs to (borrowed) or NULL for gate events. */
GsCase *gs_case_book_apply (GsCaseBook *self, const GsEvent *event);

/* Puts a crossing of the hall's snapshot or lookup in; an older fold is replaced. crossing:
 * transfer full. Borrowed result. */
GsCase *gs_case_book_take_crossing (GsCaseBook *self, GsCrossing *crossing);

/* A referral whose event was too flawed to fold but whose crossing can be named. */
GsCase *gs_case_book_add_flawed_referral (GsCaseBook *self,
                                          const char *crossing_id,
                                          const char *gate,
                                          const char *const *reasons,
                                          gint64 at_utc_ms);

GsCase *gs_case_book_find (GsCaseBook *self, const char *crossing_id);

/* The case to open for a document: the open case (the most urgent), else the newest admitted
 * crossing, else the newest; NULL when no known crossing carries that document. Borrowed. */
GsCase *gs_case_book_find_document (GsCaseBook *self,
                                    const char *issuing_state,
                                    const char *document_number);

/* The same document within this time is one traveller, wherever it came. */
#define GS_CASE_JOIN_MS (30 * 60 * G_GINT64_CONSTANT (1000))

/* TRUE for two crossings of one document within that time. */
gboolean gs_case_is_joined (GsCase *item, GsCase *other);

/* The other referrals of the traveller of that case, decided or not, newest first: they belong on
 * its card. A new array of borrowed GsCase. Transfer container. */
GPtrArray *gs_case_book_list_joined (GsCaseBook *self, GsCase *item);

/* All cases in no order; a new array of borrowed GsCase. Transfer container. */
GPtrArray *gs_case_book_list (GsCaseBook *self);

/* Those whose traveller is in a gate or waits for an officer, in no order: few, also when the book
 * holds thousands. Transfer container. */
GPtrArray *gs_case_book_list_present (GsCaseBook *self);
guint gs_case_book_get_size (GsCaseBook *self);

/* Event numbers start again. */
void gs_case_book_begin_epoch (GsCaseBook *self);

/* Forgets crossings that are no open case, hold nothing of this desk and ended before the time. */
guint gs_case_book_forget (GsCaseBook *self, gint64 before_utc_ms);

/* The gates in the order in which the hall named them; GPtrArray of GsGate, borrowed. */
GPtrArray *gs_case_book_get_gates (GsCaseBook *self);
GsGate *gs_case_book_find_gate (GsCaseBook *self, const char *id);
/* The gates of one fault. A referral names the fault by an id, a gate's own event only says that
 * the gate has one: so these are those of the travellers' gates that say so now (*reported TRUE),
 * else every gate from which the fault referred somebody. Ids in the hall's order; empty for a
 * fault that no known crossing carries. GPtrArray of char *, transfer full. */
GPtrArray *gs_case_book_list_fault_gates (GsCaseBook *self, const char *fault, gboolean *reported);
/* The status answer of the hall: gates: GPtrArray of GsGate, borrowed and copied. */
void gs_case_book_set_gates (GsCaseBook *self, GPtrArray *gates);

G_END_DECLS
