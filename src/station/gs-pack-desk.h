/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-clock.h"
#include "gs-config.h"
#include "gs-session.h"
#include "gs-stamp-pack-table.h"
#include "gs-stamp-render.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* The station's template packs: which one prints on which day. Packs stand in the store with the
 * bytes that were signed, are verified against the desk's pack authorities at every start, and
 * print from the day on that a supervisor decided. Before the first such day the key file's pack
 * prints, which is verified in the same way. A pack that does not verify prints nothing, and no
 * other one takes its place. Reading, verifying and drawing run in a worker of its own. Main thread
 * only.
 *
 * Signal "changed" (): another list, another pack for a day, or another session. */
#define GS_TYPE_PACK_DESK (gs_pack_desk_get_type ())
G_DECLARE_FINAL_TYPE (GsPackDesk, gs_pack_desk, GS, PACK_DESK, GObject)

#define GS_PACK_DESK_ERROR (gs_pack_desk_error_quark ())
typedef enum
{
  GS_PACK_DESK_ERROR_ROLE = 1,     /* nobody is signed in who may do this */
  GS_PACK_DESK_ERROR_LOADING,      /* not looked at yet */
  GS_PACK_DESK_ERROR_DAY,          /* no day, one that is over, or outside of the pack's days */
  GS_PACK_DESK_ERROR_THERE,        /* the pack was brought in before, or prints from then already */
  GS_PACK_DESK_ERROR_NONE,         /* there is no such pack */
  GS_PACK_DESK_ERROR_NOT_RECORDED, /* the store could not be written; nothing was changed */
} GsPackDeskError;

GQuark gs_pack_desk_error_quark (void);

typedef enum
{
  GS_PACK_STATE_WAITING = 1, /* brought in, never activated */
  GS_PACK_STATE_ACTIVE,      /* prints today */
  GS_PACK_STATE_PLANNED,     /* will print from a day to come */
  GS_PACK_STATE_REPLACED     /* printed once, or was planned, and does no more */
} GsPackState;

/* One pack as the list shows it. Immutable. */
typedef struct
{
  char *digest; /* NULL for the key file's when it could not be read */
  char *name;   /* may be NULL for the same reason, as all below */
  char *month;
  char *signer;
  char *fingerprint;
  char *valid_from;
  char *valid_until;
  gboolean of_key_file;
  gint64 brought_at_utc_ms; /* 0 for the key file's */
  char *brought_by;
  GsPackState state;
  char *since;       /* the day of the decision that the state is about, or NULL */
  char *decided_by;  /* account id, or NULL */
  GsStampPack *pack; /* NULL when it is refused */
  GError *trouble;   /* why it is refused, or NULL */
} GsPackEntry;

/* A pack that somebody brings, verified and not taken in yet. */
typedef struct
{
  GsStampPack *pack;
  GBytes *file; /* its one file form */
} GsPackCandidate;

void gs_pack_candidate_free (GsPackCandidate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPackCandidate, gs_pack_candidate_free)

/* Begins to look at once. config must outlive it. */
GsPackDesk *gs_pack_desk_new (const GsConfig *config, GsStore *store, GsClock *clock);
/* Ends the worker; what waits ends without having been done. */
void gs_pack_desk_stop (GsPackDesk *self);

void gs_pack_desk_set_session (GsPackDesk *self, GsSession *session); /* NULL: nobody */
void gs_pack_desk_set_time_zone (GsPackDesk *self, GTimeZone *zone);  /* the port's */
/* Administrators and supervisors bring, supervisors activate, auditors look as well. */
gboolean gs_pack_desk_may_look (GsPackDesk *self);
gboolean gs_pack_desk_may_bring (GsPackDesk *self);
gboolean gs_pack_desk_may_activate (GsPackDesk *self);

gboolean gs_pack_desk_is_loaded (GsPackDesk *self);
/* The port's day: "2026-11-23". Transfer full. */
char *gs_pack_desk_dup_today (GsPackDesk *self);

/* The pack that prints a crossing of that day; transfer none. NULL with the GS_STAMP_ERROR that
 * tells why nothing is printed, or GS_PACK_DESK_ERROR_LOADING. */
GsStampPack *gs_pack_desk_get_pack (GsPackDesk *self, const char *day, GError **error);

/* GPtrArray of GsPackEntry, the active first, then as they came; transfer full. Empty for who may
 * not look. */
GPtrArray *gs_pack_desk_list (GsPackDesk *self);

/* Reads and verifies a folder or file. GS_STAMP_ERROR tells why it is refused; a pack whose days
 * are still to come is not. */
void gs_pack_desk_read_async (GsPackDesk *self,
                              const char *path,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GsPackCandidate *gs_pack_desk_read_finish (GsPackDesk *self, GAsyncResult *result, GError **error);

/* Takes it into the store, with an entry of the record. It prints nothing yet. */
void gs_pack_desk_bring_async (GsPackDesk *self,
                               const GsPackCandidate *candidate,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* From that day on, today at the earliest, until another is activated. */
void gs_pack_desk_activate_async (GsPackDesk *self,
                                  const char *digest,
                                  const char *from_day,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Of both. */
gboolean gs_pack_desk_change_finish (GsPackDesk *self, GAsyncResult *result, GError **error);

/* Draws one sample of a pack; a GsStampBitmap, transfer full. */
void gs_pack_desk_draw_async (GsPackDesk *self,
                              GsStampPack *pack,
                              const GsStampFields *fields,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GsStampBitmap *gs_pack_desk_draw_finish (GsPackDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
