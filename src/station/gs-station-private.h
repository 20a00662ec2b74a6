/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-case-keeper.h"
#include "gs-decision-desk.h"
#include "gs-document-desk.h"
#include "gs-intake.h"
#include "gs-station.h"

/* What the files of the station share; not for anybody else. */

/* The load meter's span. */
#define GS_STATION_LOAD_SPAN_MS (10 * 60 * G_GINT64_CONSTANT (1000))

struct _GsStation
{
  GObject parent_instance;

  const GsConfig *config;
  GsHallAccess *access;
  GsHall *hall;
  GsStore *store;
  GsSignIn *sign_in;
  GsClock *clock;

  GsCaseBook *book;
  GsCaseKeeper *keeper;
  GsReferralQueue *queue;
  GsFeedLog *feed_log;
  GListStore *stamp_list;
  GsStampDesk *stamp_desk;
  GsStampRegister *stamps;
  GsDecisionDesk *decision_desk;
  GsDocumentDesk *document_desk;
  GsFaceDesk *face_desk;
  char *face_engine_trouble;
  GsGateLook *gate_look;
  GsShift *shift;
  GsTrustDesk *trust_desk;
  GsPrinterDesk *printers;
  GsPrinterEnrolment *enrolment;
  GsPrinterTester *tester;

  GsIntake *intake;
  GsFeedClient *feed;
  GsHallStatus *hall_status;
  GTimeZone *time_zone;
  gint64 last_byte_utc_ms;   /* the hall's time of the last byte, kept while the link is dead */
  gboolean snapshot_pending; /* events may be missing: no window is known */
  gboolean snapshot_asked;
  gboolean snapshot_stale; /* what was asked for is of before the break */

  GsSession *session;
  GsCase *current;
  GHashTable *wanted; /* GsCase of the card that nobody had when they last changed */
  gboolean card_locked;
  GHashTable *evidence; /* name → GBytes, of the current case */

  GArray *referral_times; /* gint64 utc ms of the last 10 minutes at this desk's gates */
  gboolean flood;

  GCancellable *cancellable;
  guint presence_source;
  guint status_source;
  guint lease_source;
  guint second_source;
  guint changed_source;
  guint retention_source;
  gboolean started;
};

enum
{
  GS_STATION_CHANGED = 1,
  GS_STATION_CURRENT_CHANGED,
  GS_STATION_DOCUMENT_READ,
  GS_STATION_PRIORITY_ONE,
  GS_STATION_GATES_CHANGED,
  GS_STATION_LEFT,
  GS_STATION_N_SIGNALS
};

/* gs-station.c */
void gs_station_emit (GsStation *self, guint signal);
void gs_station_emit_reading (GsStation *self, GsReading *reading);
void gs_station_note_change (GsStation *self);
gint64 gs_station_now_utc_ms (GsStation *self);

/* gs-station-feed.c: the feed, its clock, the load. */
void gs_station_feed_start (GsStation *self, gint64 cursor, const char *epoch);
void gs_station_feed_stop (GsStation *self);
void gs_station_take_status (GsStation *self, const GsHallStatus *status);
void gs_station_count_referral (GsStation *self, const GsEvent *event);

/* gs-station-snapshot.c: asks the hall for its open crossings and for what is missing among them.
 */
void gs_station_load_snapshot (GsStation *self);
/* The count of events broke: no window is known until the hall has told where it stands. new_epoch:
 * its events are numbered anew. */
void gs_station_begin_doubt (GsStation *self, gboolean new_epoch);

/* gs-station-cases.c */
void gs_station_renew_lease (GsStation *self);
/* A case changed: takes it if it is on the card and nobody has it. */
void gs_station_follow_card (GsStation *self, GsCase *item);
/* The case and the open ones that stand on its card because they are of the same traveller; a new
 * array of borrowed GsCase, the case first. */
GPtrArray *gs_station_list_on_card (GsStation *self, GsCase *item);

/* gs-station-reading.c: finds the crossing of the document whose chip is being read, and answers
 * the document desk. */
void gs_station_take_chip_zone (GsStation *self, const GsMrz *zone, guint visit);

/* gs-station-retention.c: deletes the personal data whose time is over, now and every ten minutes.
 */
void gs_station_retention_start (GsStation *self);
void gs_station_retention_stop (GsStation *self);
void gs_station_purge (GsStation *self);
