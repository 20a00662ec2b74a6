/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-case-book.h"
#include "gs-chip-reader.h"
#include "gs-config.h"
#include "gs-decision-desk.h"
#include "gs-document-desk.h"
#include "gs-face-desk.h"
#include "gs-feed-client.h"
#include "gs-feed-log.h"
#include "gs-gate-look.h"
#include "gs-hall.h"
#include "gs-printer-enrolment.h"
#include "gs-printer-tester.h"
#include "gs-referral-queue.h"
#include "gs-session.h"
#include "gs-shift.h"
#include "gs-sign-in.h"
#include "gs-stamp-desk.h"
#include "gs-stamp-register.h"
#include "gs-store.h"
#include "gs-trust-desk.h"

G_BEGIN_DECLS

/* The officer's work at one desk, joined from the devices that it is given. The window talks to
 * this object and to what it hands out, and to nothing below. Main thread only; nothing here
 * blocks.
 *
 * Signals:
 * "changed" ()            anything of the facts below (link, clock, load, officer, kept decisions);
 *                         at most once a main-loop turn
 * "current-changed" ()    another case is on the card, or none
 * "document-read" (GsReading*)  a document was read or typed; see GsReading
 * "priority-one" (GsCase)       a new priority 1 case entered the queue
 * "gates-changed" ()            a gate's state changed
 * "left" (GsCase)               for a supervisor signed in here: another desk decided that the
 *                               traveller left without a decision */
#define GS_TYPE_STATION (gs_station_get_type ())
G_DECLARE_FINAL_TYPE (GsStation, gs_station, GS, STATION, GObject)

/* The devices; each reference is taken. printer, more_printers, reader, camera, face_engine and
 * face_watcher may be NULL (the desk has none). */
typedef struct
{
  const GsConfig *config; /* borrowed; must outlive the station */
  GsHallAccess *access;   /* for the feed; NULL in tests without one */
  GsHall *hall;
  GsStore *store;
  GsStampPrinter *printer;
  GPtrArray *more_printers; /* GsStampPrinter that stand by, in the order in which they are taken */
  GsChipReader *reader;     /* not started: the station does */
  GsCamera *camera;         /* likewise */
  GsFaceEngine *face_engine;
  const char *face_engine_trouble; /* why there is none, though one was asked for; or NULL */
  GsFaceWatcher *face_watcher;
  GsMakeCameraFunc make_camera; /* of a gate's stream; NULL: no gate can be looked at */
  gpointer make_camera_data;
  GsSignIn *sign_in;
  GsClock *clock; /* NULL for a new one */
} GsStationDevices;

GsStation *gs_station_new (const GsStationDevices *devices);

/* Loads what the store holds, then starts feed, presence and recovery of stamps. The callback comes
 * when the queue is complete as the store knows it; the feed goes on by itself. */
void gs_station_start_async (GsStation *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean gs_station_start_finish (GsStation *self, GAsyncResult *result, GError **error);
/* Ends feed and timers; presence is no longer told, so the hall closes unwatched gates. */
void gs_station_stop (GsStation *self);

/* --- facts ------------------------------------------------------------------------------------ */

const GsConfig *gs_station_get_config (GsStation *self);
GsClock *gs_station_get_clock (GsStation *self);
GsCaseBook *gs_station_get_book (GsStation *self);
GsReferralQueue *gs_station_get_queue (GsStation *self);
GsFeedLog *gs_station_get_feed_log (GsStation *self); /* GListModel of GsFeedEntry, oldest first */
GListModel *gs_station_get_stamp_list (GsStation *self); /* GsCase: opened for a stamp, not ended */
GsStampDesk *gs_station_get_stamp_desk (GsStation *self);
GsStampRegister *gs_station_get_register (GsStation *self); /* never NULL */
GsDecisionDesk *gs_station_get_decision_desk (GsStation *self);
GsDocumentDesk *gs_station_get_document_desk (GsStation *self); /* never NULL */
GsFaceDesk *gs_station_get_face_desk (GsStation *self);         /* never NULL */
/* Why there is no engine, though one was asked for, in English; NULL otherwise. */
const char *gs_station_get_face_engine_trouble (GsStation *self);
GsGateLook *gs_station_get_gate_look (GsStation *self); /* never NULL */
GsShift *gs_station_get_shift (GsStation *self);
GsTrustDesk *gs_station_get_trust_desk (GsStation *self);
GsPrinterDesk *gs_station_get_printers (GsStation *self); /* never NULL */
GsPrinterEnrolment *gs_station_get_enrolment (GsStation *self);
GsPrinterTester *gs_station_get_printer_tester (GsStation *self);
GsPrinterMonitor *gs_station_get_printer (GsStation *self); /* the first; NULL without a printer */

/* The hall's newest status; NULL before the first. Borrowed. */
const GsHallStatus *gs_station_get_hall_status (GsStation *self);
/* The port's time zone; UTC before the hall named it. Borrowed. */
GTimeZone *gs_station_get_time_zone (GsStation *self);

typedef enum
{
  GS_LINK_CONNECTING = 1,
  GS_LINK_CATCHING_UP,
  GS_LINK_LIVE,
  GS_LINK_DEAD,   /* no byte for 6 s, or no connection */
  GS_LINK_REFUSED /* the hall does not take this desk's certificate, or we not the hall's */
} GsLinkState;

typedef struct
{
  GsLinkState state;
  gint64 behind;             /* events still to come while catching up */
  gint64 dead_ms;            /* how long the link is dead; 0 while it lives */
  gint64 as_of_utc_ms;       /* the hall's time of the last byte; GS_TIME_UNKNOWN before */
  gint64 next_try_ms;        /* until the next attempt; 0 when none waits */
  gboolean snapshot_pending; /* a new epoch: windows are not known until the snapshot is here */
  guint quarantined;         /* events that could not be read, since start */
} GsLink;

void gs_station_get_link (GsStation *self, GsLink *link);
gboolean gs_station_is_live (GsStation *self);
void gs_station_try_now (GsStation *self);

/* Referrals of the last 10 minutes at this desk's gates, and the last ten minute-by-minute values
 * (oldest first) for the meter. Flood is on at 10 and off again at 5. */
guint gs_station_get_load (GsStation *self, guint values[10]);
gboolean gs_station_is_flood (GsStation *self);
/* Crossings resolved at this desk on the hall's day, by its time zone. */
guint gs_station_get_done_today (GsStation *self);
/* Decisions that the hall does not have yet. */
guint gs_station_get_kept (GsStation *self);
/* What the store cannot do now; 0 when it is well. While it is not 0 nothing can be decided. */
GsStoreError gs_station_get_store_fault (GsStation *self);

void gs_station_judge_window (GsStation *self, GsCase *item, GsWindowVerdict *verdict);

/* --- officer ---------------------------------------------------------------------------------- */

GsSession *gs_station_get_session (GsStation *self); /* NULL: nobody is signed in. Borrowed */
GsSignIn *gs_station_get_sign_in (GsStation *self);
/* NULL signs out. An administrator's or auditor's session reaches the trust desk and the printers
 * only: the desk is as if nobody were signed in. */
void gs_station_set_session (GsStation *self, GsSession *session);

/* --- cases ------------------------------------------------------------------------------------ */

GsCase *gs_station_get_current (GsStation *self); /* NULL: none. Borrowed */
/* Puts the case on the card and takes the hall's lease for it; renews it while it is there. A case
 * of another desk opens for reading only. NULL closes the card and gives the lease back. */
void gs_station_open (GsStation *self, GsCase *item);
/* Opens the first waiting case that no desk holds; FALSE when there is none. */
gboolean gs_station_take_next (GsStation *self);
/* Calls the traveller of an open case to the desk; again, when the first call was not heard. What
 * the hall took is on the case (gs_case_get_called_utc_ms()) and in the record. Errors:
 * GS_HALL_ERROR_NOT_IN_HALL when the traveller is gone, and whatever else the hall says;
 * G_IO_ERROR_PERMISSION_DENIED when gs_station_call_blocks() is not 0. */
void gs_station_call_forward_async (GsStation *self,
                                    GsCase *item,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean gs_station_call_forward_finish (GsStation *self, GAsyncResult *result, GError **error);

/* Closes or reopens a gate of this desk. Releasing an exit is not offered here: it moves a door. */
void gs_station_set_gate_closed (GsStation *self, const char *gate, gboolean closed);

/* Evidence that is looked at (the pictures): bytes from the hall, cached for the open case only and
 * cleansed afterwards. name: "chip-face" or "gate-face". */
void gs_station_get_evidence_async (GsStation *self,
                                    GsCase *item,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GBytes *gs_station_get_evidence_finish (GsStation *self, GAsyncResult *result, GError **error);

/* Why an outcome cannot be chosen now; every bit that holds. 0: it can. */
typedef enum
{
  GS_BLOCK_NO_LINK = 1 << 0,
  GS_BLOCK_NOT_SIGNED_IN = 1 << 1,
  GS_BLOCK_NOT_OPEN = 1 << 2,   /* no open case: nothing to decide */
  GS_BLOCK_ELSEWHERE = 1 << 3,  /* another desk holds the case */
  GS_BLOCK_NOT_JUDGED = 1 << 4, /* it rests on the face, which was not judged */
  GS_BLOCK_NOT_SAME = 1 << 5,   /* judged unsure or different */
  GS_BLOCK_BACKGROUND = 1 << 6, /* a background check is not successful */
  GS_BLOCK_POLICY = 1 << 7,     /* the desk's policy does not allow it */
  GS_BLOCK_STORE = 1 << 8,      /* the store cannot write */
  GS_BLOCK_NOT_ADMITTED = 1 << 9,
  GS_BLOCK_STAMPED = 1 << 10,
  GS_BLOCK_NO_PRINTER = 1 << 11,
  GS_BLOCK_NO_CASE = 1 << 12,
  GS_BLOCK_PENDING = 1 << 13, /* a decision is on its way */
  /* admitting priority 1 needs a second officer, refusing a supervisor */
  GS_BLOCK_TWO_OFFICERS = 1 << 14,
  GS_BLOCK_NOT_OWN = 1 << 15,     /* withdrawing what another officer decided, or nobody */
  GS_BLOCK_COMPARING = 1 << 16,   /* judged; the engine has not answered yet */
  GS_BLOCK_SECOND_FACE = 1 << 17, /* a second officer has to judge the face, at this desk */
  GS_BLOCK_FACE_OLD = 1 << 18,    /* the face was verified too long ago */
  GS_BLOCK_NO_DOCUMENT = 1 << 19  /* judged, but the document was not read at this desk */
} GsBlock;

guint gs_station_blocks (GsStation *self, GsCase *item, GsOutcome outcome);
/* The same for the outcomes behind F9: 0 when one of them can be chosen. */
guint gs_station_more_blocks (GsStation *self, GsCase *item);
/* The same for calling the traveller to the desk. A dead link is no block: the hall's service may
 * answer where its feed does not, and a failed call says so. */
guint gs_station_call_blocks (GsStation *self, GsCase *item);
/* The same for opening the stamp sheet (F10): only what makes the sheet senseless. */
guint gs_station_stamp_blocks (GsStation *self, GsCase *item);

/* Decides. The decision is committed now and sent after 5 s unless undone. gate: for back-to-gate.
 * second: the second officer's session where one is needed, or NULL. FALSE when blocked. */
gboolean gs_station_decide (GsStation *self,
                            GsCase *item,
                            GsOutcome outcome,
                            const char *note,
                            const char *gate,
                            GsSession *second);
/* Refuses entry: only where policy allows it, on a ground that the policy names (its code), with a
 * supervisor's own sign-in. FALSE when one of them is missing; nothing is committed or sent then.
 * Every refusal goes through here: gs_station_decide() makes none. */
gboolean gs_station_refuse (
  GsStation *self, GsCase *item, const char *ground, const char *note, GsSession *supervisor);
/* Takes the last decision back while its 5 s last. FALSE when there is none. */
gboolean gs_station_undo (GsStation *self);
/* Milliseconds that undo is still possible; 0 when it is not. */
gint64 gs_station_undo_left_ms (GsStation *self);

/* --- error rates ------------------------------------------------------------------------------ */

/* What was verified at this desk within those times, for gs_face_estimate(): no name, no picture.
 * The callback's source is not the station. GPtrArray of GsFaceVerification, transfer full. */
void gs_station_list_faces_async (GsStation *self,
                                  gint64 from_utc_ms,
                                  gint64 to_utc_ms,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *gs_station_list_faces_finish (GsStation *self, GAsyncResult *result, GError **error);

/* --- document at the desk --------------------------------------------------------------------- */

typedef enum
{
  GS_READING_OPENED = 1, /* item is on the card now */
  GS_READING_OTHER,      /* a judgement or a sheet is open: the card stays; name says whose it is */
  GS_READING_SAME,       /* the document of the open card */
  GS_READING_NO_CROSSING, /* the hall knows no crossing of this document */
  GS_READING_NOT_MRZ,     /* what came is no machine readable zone, or a check digit is wrong */
  GS_READING_NO_LINK,     /* not known here, and the hall cannot be asked */
  GS_READING_NOT_SIGNED_IN
} GsReadingResult;

typedef struct
{
  GsReadingResult result;
  GsReadMethod method;
  GsCase *item;           /* OPENED, SAME, OTHER when known; borrowed */
  GsTraveller *traveller; /* what the zone says; NULL for NOT_MRZ; borrowed */
  gboolean repaired;      /* a misread character was put right */
  gboolean chip;          /* it came from DG1 of the chip on the reader */
} GsReading;

/* Takes what a device or the officer entered (raw bytes as they came). Ends in "document-read".
 * second: the second officer who approved a typed zone, NULL for a device. */
void gs_station_read_document (
  GsStation *self, const char *bytes, gsize length, GsReadMethod method, GsSession *second);

/* While a judgement, a stamp sheet or a print question is open, no document switches the card. The
 * window sets it. */
void gs_station_set_card_locked (GsStation *self, gboolean locked);

G_END_DECLS
