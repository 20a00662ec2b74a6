/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case-book.h"
#include "gs-chip-reader.h"
#include "gs-clock.h"
#include "gs-session.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* The document on the reader, from the moment it is laid down: the newest machine readable zone (or
 * the traveller on the card) opens its chip, DG1 finds the crossing, and the whole is judged in a
 * worker and handed to the case. MRZ and chip may come in either order. It waits in one of the
 * states below, each of which the officer sees. Main thread only; nothing here blocks.
 *
 * Signals:
 *   "changed" ()             state, progress or case differ from before
 *   "zone-read" (gpointer, guint)   const GsMrz * of the document whose chip is being read, and the
 *                            visit: the station finds its crossing and answers by
 *                            gs_document_desk_set_case().
 */
#define GS_TYPE_DOCUMENT_DESK (gs_document_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsDocumentDesk, gs_document_desk, GS, DOCUMENT_DESK, GObject)

typedef enum
{
  GS_DOCUMENT_DESK_OFF = 1,    /* this desk has no chip reader */
  GS_DOCUMENT_DESK_NO_SERVICE, /* the reader's daemon is not running */
  GS_DOCUMENT_DESK_NO_READER,  /* it is not plugged in */
  GS_DOCUMENT_DESK_EMPTY,      /* ready, nothing on it */
  GS_DOCUMENT_DESK_NOT_SIGNED_IN,
  GS_DOCUMENT_DESK_WANTS_ZONE, /* nothing is known that opens the chip: swipe the MRZ */
  GS_DOCUMENT_DESK_READING,
  GS_DOCUMENT_DESK_JUDGING,
  GS_DOCUMENT_DESK_DONE,
  GS_DOCUMENT_DESK_OTHER,       /* a judgement or a sheet is open: the card was not switched; it is
                                 * read when the card is free */
  GS_DOCUMENT_DESK_NO_CROSSING, /* read, but the hall knows no crossing of it */
  GS_DOCUMENT_DESK_WRONG_ZONE,  /* the MRZ does not open this chip */
  GS_DOCUMENT_DESK_TAKEN_AWAY,  /* while it was read */
  GS_DOCUMENT_DESK_CANCELLED,
  GS_DOCUMENT_DESK_MUTE, /* what lies there does not answer */
  GS_DOCUMENT_DESK_IN_USE,
  GS_DOCUMENT_DESK_SILENT, /* the chip stopped answering */
  GS_DOCUMENT_DESK_BROKEN, /* reader or conversation broke */
} GsDocumentDeskState;

/* What came of the trust store. */
typedef enum
{
  GS_TRUST_LOADING = 1,
  GS_TRUST_LOADED,
  GS_TRUST_EMPTY,   /* no store, or nothing in it: no authority is known */
  GS_TRUST_DAMAGED, /* it is there and cannot be used: as if it were empty */
} GsTrustState;

/* An MRZ opens the chip that is laid down within this time. */
#define GS_DOCUMENT_ZONE_MS (2 * 60 * 1000)

/* reader may be NULL; trust_store is a path or NULL. Loads the trust store at once, in its worker;
 * the reader is watched from gs_document_desk_start() on. */
GsDocumentDesk *gs_document_desk_new (GsChipReader *reader,
                                      GsStore *store,
                                      GsClock *clock,
                                      const char *trust_store);
void gs_document_desk_start (GsDocumentDesk *self);
/* Stops watching, cancels a reading. */
void gs_document_desk_stop (GsDocumentDesk *self);

/* What was found on documents before a start, given back to their cases: results and codes, for the
 * document itself was forgotten. rows: GPtrArray of GsDocumentRow. */
void gs_document_desk_restore (GsCaseBook *book, GPtrArray *rows);

/* Nobody signed in: nothing is read, and what was read is forgotten. */
void gs_document_desk_set_session (GsDocumentDesk *self, GsSession *session);
void gs_document_desk_set_time_zone (GsDocumentDesk *self, GTimeZone *zone);
/* The case on the card, whose traveller opens a chip when no MRZ was read; NULL for none. */
void gs_document_desk_set_current (GsDocumentDesk *self, GsCase *item);

/* A zone that was swiped, scanned or typed: opens the chip on the reader, or the next one. */
void gs_document_desk_take_zone (GsDocumentDesk *self, const GsMrz *zone);

typedef enum
{
  GS_DOCUMENT_FOUND = 1,    /* item is on the card */
  GS_DOCUMENT_FOUND_LATER,  /* the card is locked; item is whose document it is, or NULL */
  GS_DOCUMENT_FOUND_NONE,   /* no crossing is known */
  GS_DOCUMENT_FOUND_NOBODY, /* nobody is signed in */
} GsDocumentFound;

/* The station's answer to "zone-read"; it may come at any time later. */
void
gs_document_desk_set_case (GsDocumentDesk *self, guint visit, GsDocumentFound found, GsCase *item);

/* The card may be switched again: the document that was refused because of it (state OTHER) and
 * still lies there is read now. Does nothing in any other state. */
void gs_document_desk_take_waiting (GsDocumentDesk *self);

/* Reads the chip on the reader again. FALSE when there is nothing to read. */
gboolean gs_document_desk_read_again (GsDocumentDesk *self);
gboolean gs_document_desk_can_read_again (GsDocumentDesk *self);
/* Ends the reading that is under way; what was read so far is forgotten. */
void gs_document_desk_cancel (GsDocumentDesk *self);

GsDocumentDeskState gs_document_desk_get_state (GsDocumentDesk *self);
/* While READING; stage 0 before the first. */
const GsChipProgress *gs_document_desk_get_progress (GsDocumentDesk *self);
/* Whose document the state is about; NULL while that is not known. Borrowed. */
GsCase *gs_document_desk_get_case (GsDocumentDesk *self);
/* "ERIKSSON, ANNA MARIA" of the document when the state is OTHER or NO_CROSSING; else NULL. */
const char *gs_document_desk_get_name (GsDocumentDesk *self);
/* TRUE while the document of that case lies on the reader. */
gboolean gs_document_desk_is_on_reader (GsDocumentDesk *self, GsCase *item);
/* NULL when this desk has none. Borrowed. */
GsChipReader *gs_document_desk_get_reader (GsDocumentDesk *self);

/* The officer takes the evidence of one check out of the program, to the clipboard or to a file,
 * with what tells of the holder or without: an entry of the record. */
void gs_document_desk_note_export (
  GsDocumentDesk *self, GsCase *item, const char *check, gboolean file, gboolean personal);

GsTrustState gs_document_desk_get_trust (GsDocumentDesk *self);
/* Authorities known; 0 while loading. */
guint gs_document_desk_get_n_authorities (GsDocumentDesk *self);
/* When the newest of them came in; GS_TIME_UNKNOWN when there is none. */
gint64 gs_document_desk_get_trust_utc_ms (GsDocumentDesk *self);
/* Loads the store again, as after an import: documents are judged by it from then on. */
void gs_document_desk_reload_trust (GsDocumentDesk *self);

/* "reading", "wrong-zone", …: for the record and the log. Static. */
const char *gs_document_desk_state_to_word (GsDocumentDeskState state);

G_END_DECLS
