/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-document-desk.h"
#include "gs-worker.h"

/* What the files of the document desk share; not for anybody else. */

struct _GsDocumentDesk
{
  GObject parent_instance;

  GsChipReader *reader;
  GsStore *store;
  GsClock *clock;
  char *trust_store;
  GsWorker *worker; /* loads the trust store and judges, in this order */
  GsSession *session;
  GTimeZone *zone;
  GsCase *current;

  GsTrustState trust;
  gint64 trust_utc_ms; /* when the newest authority came in */
  GsAnchorSet *anchors;
  GPtrArray *lists; /* GsRevocationList */

  GsDocumentDeskState state;
  GsChipProgress progress;
  char *name;

  GsMrz swiped; /* the newest zone; type none: there is none */
  gint64 swiped_monotonic_us;
  gboolean swiped_used; /* it has opened a chip */
  gboolean zone_waits;  /* it has opened the chip that lies there and waits for the card */

  guint visit; /* counts what is done with one chip; answers to an earlier one are dropped */
  GCancellable *cancellable; /* of the reading */
  GsMrz optical;             /* the zone that opened this chip; type none: the card did */
  gboolean begin_later;      /* when the reader is free */
  gboolean zone_fresh;       /* it had opened no chip before */
  GsCase *key_item;          /* whose traveller opened it; NULL: a zone did */
  gboolean found_pending;    /* the station looks for the crossing */
  GsCase *item;
  GsChipReading *reading;  /* complete, to be judged */
  GsDocumentDeskState end; /* how the reading ended */

  GsCase *holder; /* the case that has the document */
};

void gs_document_desk_note_change (GsDocumentDesk *self);
void gs_document_desk_set_state (GsDocumentDesk *self, GsDocumentDeskState state);
gint64 gs_document_desk_now_utc_ms (GsDocumentDesk *self);
GsMrzDate gs_document_desk_today (GsDocumentDesk *self);
/* Drops whatever is on its way. */
void gs_document_desk_end_visit (GsDocumentDesk *self);

/* Takes over what the reader says, unless a chip is being dealt with. */
void gs_document_desk_follow_reader (GsDocumentDesk *self);

/* gs-document-desk-judge.c: judges in the worker when reading and case are both there. */
void gs_document_desk_judge (GsDocumentDesk *self);
/* Takes the document from the case that has it, with its files. */
void gs_document_desk_forget (GsDocumentDesk *self);
/* What lies on the reader is mute. */
void gs_document_desk_take_mute (GsDocumentDesk *self);
/* How a visit ended goes into the record. document may be NULL. */
void gs_document_desk_record (GsDocumentDesk *self, GsCase *item, GsDeskDocument *document);
