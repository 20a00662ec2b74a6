/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-document-desk-private.h"

#include "gs-emrtd-error.h"
#include "gs-lds.h"
#include "gs-time.h"

#include <string.h>

enum
{
  SIGNAL_CHANGED = 1,
  SIGNAL_ZONE_READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsDocumentDesk, gs_document_desk, G_TYPE_OBJECT)

static void
gs_document_desk_dispose (GObject *object)
{
  GsDocumentDesk *self = GS_DOCUMENT_DESK (object);

  gs_document_desk_stop (self);
  gs_document_desk_forget (self);
  if (self->reader != NULL)
    g_signal_handlers_disconnect_by_data (self->reader, self);
  if (self->worker != NULL)
    gs_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->reader);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->session);
  g_clear_object (&self->current);
  g_clear_object (&self->item);
  g_clear_pointer (&self->reading, gs_chip_reading_free);
  g_clear_pointer (&self->anchors, gs_anchor_set_unref);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (gs_document_desk_parent_class)->dispose (object);
}

static void
gs_document_desk_finalize (GObject *object)
{
  GsDocumentDesk *self = GS_DOCUMENT_DESK (object);

  explicit_bzero (&self->swiped, sizeof self->swiped);
  explicit_bzero (&self->optical, sizeof self->optical);
  g_free (self->trust_store);
  g_free (self->name);
  G_OBJECT_CLASS (gs_document_desk_parent_class)->finalize (object);
}

static void
gs_document_desk_class_init (GsDocumentDeskClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_document_desk_dispose;
  G_OBJECT_CLASS (klass)->finalize = gs_document_desk_finalize;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ZONE_READ] = g_signal_new ("zone-read", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_UINT);
}

static void
gs_document_desk_init (GsDocumentDesk *self)
{
  self->state = GS_DOCUMENT_DESK_OFF;
  self->zone = g_time_zone_new_utc ();
  self->trust = GS_TRUST_LOADING;
  self->trust_utc_ms = GS_TIME_UNKNOWN;
}

const char *
gs_document_desk_state_to_word (GsDocumentDeskState state)
{
  static const char *const words[] = {
    [GS_DOCUMENT_DESK_OFF] = "off",
    [GS_DOCUMENT_DESK_NO_SERVICE] = "no-service",
    [GS_DOCUMENT_DESK_NO_READER] = "no-reader",
    [GS_DOCUMENT_DESK_EMPTY] = "empty",
    [GS_DOCUMENT_DESK_NOT_SIGNED_IN] = "not-signed-in",
    [GS_DOCUMENT_DESK_WANTS_ZONE] = "wants-zone",
    [GS_DOCUMENT_DESK_READING] = "reading",
    [GS_DOCUMENT_DESK_JUDGING] = "judging",
    [GS_DOCUMENT_DESK_DONE] = "done",
    [GS_DOCUMENT_DESK_OTHER] = "other",
    [GS_DOCUMENT_DESK_NO_CROSSING] = "no-crossing",
    [GS_DOCUMENT_DESK_WRONG_ZONE] = "wrong-zone",
    [GS_DOCUMENT_DESK_TAKEN_AWAY] = "taken-away",
    [GS_DOCUMENT_DESK_CANCELLED] = "cancelled",
    [GS_DOCUMENT_DESK_MUTE] = "mute",
    [GS_DOCUMENT_DESK_IN_USE] = "in-use",
    [GS_DOCUMENT_DESK_SILENT] = "silent",
    [GS_DOCUMENT_DESK_BROKEN] = "broken",
  };

  return (guint) state < G_N_ELEMENTS (words) && words[state] != NULL ? words[state] : "unknown";
}

void
gs_document_desk_note_change (GsDocumentDesk *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gs_document_desk_set_state (GsDocumentDesk *self, GsDocumentDeskState state)
{
  self->state = state;
  gs_document_desk_note_change (self);
}

gint64
gs_document_desk_now_utc_ms (GsDocumentDesk *self)
{
  gint64 now = gs_clock_now_utc_ms (self->clock);

  return now != GS_TIME_UNKNOWN ? now : g_get_real_time () / 1000;
}

GsMrzDate
gs_document_desk_today (GsDocumentDesk *self)
{
  g_autoptr (GDateTime) utc =
    g_date_time_new_from_unix_utc (gs_document_desk_now_utc_ms (self) / 1000);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, self->zone);
  GsMrzDate today = { g_date_time_get_year (now), g_date_time_get_month (now),
                      g_date_time_get_day_of_month (now) };

  return today;
}

/* --- what opens the chip ---------------------------------------------------------------------- */

static gboolean
is_same_document (const GsMrz *one, const GsMrz *other)
{
  char first[GS_MRZ_DIGEST_KEY_SIZE], second[GS_MRZ_DIGEST_KEY_SIZE];
  gboolean same =
    gs_mrz_digest_key (one->issuing_state, one->document_number, first, sizeof first)
    && gs_mrz_digest_key (other->issuing_state, other->document_number, second, sizeof second)
    && strcmp (first, second) == 0;

  explicit_bzero (first, sizeof first);
  explicit_bzero (second, sizeof second);
  return same;
}

static const GsTraveller *
traveller_on_card (GsDocumentDesk *self)
{
  const GsTraveller *traveller =
    self->current != NULL ? gs_case_get_crossing (self->current)->traveller : NULL;

  return traveller != NULL && traveller->document_number != NULL && traveller->birth_date != NULL
             && traveller->expiry_date != NULL
           ? traveller
           : NULL;
}

/* A zone that has opened one chip is that document's: it opens no other, so it counts again only
 * while the card is still that document's, or while the chip waits where it lay. */
static gboolean
may_use_swiped (GsDocumentDesk *self)
{
  const GsTraveller *traveller = traveller_on_card (self);

  if (self->zone_waits)
    return TRUE;
  if (self->swiped.type == GS_MRZ_TYPE_NONE
      || g_get_monotonic_time () - self->swiped_monotonic_us
           > GS_DOCUMENT_ZONE_MS * G_GINT64_CONSTANT (1000))
    return FALSE;
  return !self->swiped_used
         || gs_traveller_same_document (traveller, self->swiped.issuing_state,
                                        self->swiped.document_number);
}

/* Chooses what opens the chip, and remembers which. */
static gboolean
choose_key (GsDocumentDesk *self, GsAccessKey *key)
{
  const GsTraveller *traveller = traveller_on_card (self);

  explicit_bzero (&self->optical, sizeof self->optical);
  self->zone_fresh = FALSE;
  g_clear_object (&self->key_item);
  if (may_use_swiped (self) && gs_access_key_from_mrz (key, &self->swiped, NULL))
    {
      self->optical = self->swiped;
      self->zone_fresh = !self->swiped_used;
      return TRUE;
    }
  if (traveller == NULL
      || !gs_access_key_from_fields (key, traveller->document_number, traveller->birth_date,
                                     traveller->expiry_date, NULL))
    return FALSE;
  self->key_item = g_object_ref (self->current);
  return TRUE;
}

/* --- whose document --------------------------------------------------------------------------- */

static void
ask_case (GsDocumentDesk *self, const GsMrz *zone)
{
  char name[GS_MRZ_NAME_SIZE];

  gs_mrz_format_name (zone, name, sizeof name);
  g_free (self->name);
  self->name = g_strdup (name);
  self->found_pending = TRUE;
  g_signal_emit (self, signals[SIGNAL_ZONE_READ], 0, zone, self->visit);
}

/* The chip opened with the number of that zone or traveller. A DG1 with another number is altered;
 * it must not lead away from the crossing of the document that is in the officer's hand. */
static void
on_dg1 (GsDocumentDesk *self, GBytes *file)
{
  GsMrzDate today = gs_document_desk_today (self);
  GsMrz dg1 = { 0 };
  const GsTraveller *traveller =
    self->key_item != NULL ? gs_case_get_crossing (self->key_item)->traveller : NULL;
  gboolean readable = gs_lds_dg1_parse (file, &today, &dg1, NULL);

  self->swiped_used |= self->optical.type != GS_MRZ_TYPE_NONE;
  if (self->optical.type != GS_MRZ_TYPE_NONE)
    ask_case (self, readable && is_same_document (&dg1, &self->optical) ? &dg1 : &self->optical);
  else if (readable
           && gs_traveller_same_document (traveller, dg1.issuing_state, dg1.document_number))
    ask_case (self, &dg1);
  else
    g_set_object (&self->item, self->key_item);
  explicit_bzero (&dg1, sizeof dg1);
}

void
gs_document_desk_set_case (GsDocumentDesk *self, guint visit, GsDocumentFound found, GsCase *item)
{
  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  if (visit != self->visit || !self->found_pending)
    return;
  self->found_pending = FALSE;
  g_set_object (&self->item, item);
  if (found == GS_DOCUMENT_FOUND)
    {
      gs_document_desk_note_change (self);
      gs_document_desk_judge (self);
      return;
    }
  /* Nothing of a document that is not dealt with is read further, nor kept. */
  self->zone_waits = found == GS_DOCUMENT_FOUND_LATER && self->optical.type != GS_MRZ_TYPE_NONE
                     && is_same_document (&self->optical, &self->swiped);
  gs_document_desk_end_visit (self);
  gs_document_desk_set_state (self, found == GS_DOCUMENT_FOUND_LATER ? GS_DOCUMENT_DESK_OTHER
                                    : found == GS_DOCUMENT_FOUND_NONE
                                      ? GS_DOCUMENT_DESK_NO_CROSSING
                                      : GS_DOCUMENT_DESK_NOT_SIGNED_IN);
  gs_document_desk_record (self, item, NULL);
}

/* --- reading ---------------------------------------------------------------------------------- */

typedef struct
{
  GsDocumentDesk *desk;
  guint visit;
} Visit;

static void
on_progress (const GsChipProgress *progress, gpointer user_data)
{
  Visit *visit = user_data;

  if (visit->visit != visit->desk->visit)
    return;
  visit->desk->progress = *progress;
  gs_document_desk_note_change (visit->desk);
}

static void
on_file (GsChipFile file, GBytes *bytes, gpointer user_data)
{
  Visit *visit = user_data;

  if (visit->visit == visit->desk->visit && file == GS_CHIP_FILE_DG1)
    on_dg1 (visit->desk, bytes);
}

static GsDocumentDeskState
state_of_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return GS_DOCUMENT_DESK_CANCELLED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return GS_DOCUMENT_DESK_SILENT;
  if (g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_ACCESS))
    return GS_DOCUMENT_DESK_WRONG_ZONE;
  if (g_error_matches (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD))
    return GS_DOCUMENT_DESK_TAKEN_AWAY;
  return GS_DOCUMENT_DESK_BROKEN;
}

/* What was read is judged even when the end of it is missing, except where it says nothing of this
 * document: the zone on the card may simply be another passport's. */
static gboolean
is_worth_judging (GsDocumentDesk *self)
{
  switch (self->end)
    {
    case GS_DOCUMENT_DESK_CANCELLED:
      return FALSE;
    case GS_DOCUMENT_DESK_WRONG_ZONE:
      return self->zone_fresh;
    default:
      return TRUE;
    }
}

static void
finish_reading (GsDocumentDesk *self, GsChipReading *reading)
{
  gboolean dg1 = reading->files[GS_CHIP_FILE_DG1] != NULL;
  guint visit = self->visit;

  self->end = reading->error != NULL ? state_of_error (reading->error) : GS_DOCUMENT_DESK_DONE;
  self->reading = reading;
  if (!is_worth_judging (self))
    {
      gs_document_desk_record (self, self->item, NULL);
      gs_document_desk_end_visit (self);
      gs_document_desk_set_state (self, self->end);
      return;
    }
  if (!dg1 && self->item == NULL)
    {
      if (self->optical.type != GS_MRZ_TYPE_NONE)
        ask_case (self, &self->optical);
      else
        g_set_object (&self->item, self->key_item);
    }
  /* The station may have answered at once that this document is not dealt with now. */
  if (visit != self->visit)
    return;
  gs_document_desk_set_state (self, GS_DOCUMENT_DESK_JUDGING);
  gs_document_desk_judge (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  g_autoptr (GsDocumentDesk) self = visit->desk;
  guint number = visit->visit;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsChipReading) reading =
    gs_chip_reader_read_finish (GS_CHIP_READER (source), result, &error);

  g_free (visit);
  if (number != self->visit || self->reader == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (reading != NULL)
    {
      finish_reading (self, g_steal_pointer (&reading));
      return;
    }
  g_message ("A chip was not read: %s", error->message);
  gs_document_desk_end_visit (self);
  gs_document_desk_set_state (self, state_of_error (error));
  gs_document_desk_record (self, NULL, NULL);
  gs_document_desk_follow_reader (self);
}

void
gs_document_desk_end_visit (GsDocumentDesk *self)
{
  self->visit++;
  self->found_pending = FALSE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->reading, gs_chip_reading_free);
  g_clear_object (&self->key_item);
}

static gboolean
has_chip (GsDocumentDesk *self)
{
  GsChipReaderState state =
    self->reader != NULL ? gs_chip_reader_get_state (self->reader) : GS_CHIP_READER_STOPPED;

  return state == GS_CHIP_READER_CARD || state == GS_CHIP_READER_READING;
}

static void
begin (GsDocumentDesk *self)
{
  g_auto (GsAccessKey) key = { 0 };
  GsChipPlan plan = { .progress = on_progress, .file_done = on_file };
  Visit *visit;

  gs_document_desk_end_visit (self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->name, g_free);
  self->progress = (GsChipProgress){ 0 };
  self->begin_later = FALSE;
  if (self->session == NULL)
    {
      gs_document_desk_set_state (self, GS_DOCUMENT_DESK_NOT_SIGNED_IN);
      return;
    }
  if (!choose_key (self, &key))
    {
      gs_document_desk_set_state (self, GS_DOCUMENT_DESK_WANTS_ZONE);
      return;
    }
  g_set_object (&self->item, self->key_item);
  /* The one before is still ending; the zone waits on. */
  if (gs_chip_reader_get_state (self->reader) == GS_CHIP_READER_READING)
    {
      self->begin_later = TRUE;
      gs_document_desk_set_state (self, GS_DOCUMENT_DESK_READING);
      return;
    }
  self->zone_waits = FALSE;
  visit = g_new0 (Visit, 1);
  visit->desk = g_object_ref (self);
  visit->visit = self->visit;
  plan.user_data = visit;
  self->cancellable = g_cancellable_new ();
  gs_document_desk_set_state (self, GS_DOCUMENT_DESK_READING);
  gs_chip_reader_read_async (self->reader, &key, &plan, self->cancellable, on_read, visit);
}

/* --- the reader ------------------------------------------------------------------------------- */

/* Said until the next document comes, though nothing lies on the reader any more. */
static gboolean
tells_an_end (GsDocumentDeskState state)
{
  return state == GS_DOCUMENT_DESK_TAKEN_AWAY || state == GS_DOCUMENT_DESK_SILENT
         || state == GS_DOCUMENT_DESK_DONE;
}

static void
on_card_laid (GsDocumentDesk *self)
{
  self->zone_waits = FALSE;
  begin (self);
}

static void
on_card_removed (GsDocumentDesk *self)
{
  self->zone_waits = FALSE;
  /* A reading under way ends by itself and says so; what was read needs the chip no more. */
  if (self->state == GS_DOCUMENT_DESK_READING || self->state == GS_DOCUMENT_DESK_JUDGING
      || tells_an_end (self->state))
    gs_document_desk_note_change (self);
  else
    gs_document_desk_set_state (self, GS_DOCUMENT_DESK_EMPTY);
}

void
gs_document_desk_follow_reader (GsDocumentDesk *self)
{
  gboolean busy =
    !self->begin_later
    && (self->state == GS_DOCUMENT_DESK_READING || self->state == GS_DOCUMENT_DESK_JUDGING);

  if (busy)
    return;
  switch (gs_chip_reader_get_state (self->reader))
    {
    case GS_CHIP_READER_NO_SERVICE:
      gs_document_desk_set_state (self, GS_DOCUMENT_DESK_NO_SERVICE);
      break;
    case GS_CHIP_READER_STOPPED:
    case GS_CHIP_READER_ABSENT:
      gs_document_desk_set_state (self, GS_DOCUMENT_DESK_NO_READER);
      break;
    case GS_CHIP_READER_EMPTY:
      if (self->begin_later || !tells_an_end (self->state))
        gs_document_desk_set_state (self, GS_DOCUMENT_DESK_EMPTY);
      break;
    case GS_CHIP_READER_MUTE:
      if (self->state != GS_DOCUMENT_DESK_MUTE)
        gs_document_desk_take_mute (self);
      break;
    case GS_CHIP_READER_IN_USE:
      g_clear_object (&self->item);
      gs_document_desk_set_state (self, GS_DOCUMENT_DESK_IN_USE);
      break;
    case GS_CHIP_READER_CARD:
      /* Whoever had the chip let go of it. */
      if (self->begin_later || self->state == GS_DOCUMENT_DESK_IN_USE)
        begin (self);
      return;
    case GS_CHIP_READER_READING:
    case GS_CHIP_READER_STUCK:
      return;
    }
  self->begin_later = FALSE;
}

/* --- what the station tells ------------------------------------------------------------------- */

void
gs_document_desk_take_zone (GsDocumentDesk *self, const GsMrz *zone)
{
  gboolean same;

  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  same = self->optical.type != GS_MRZ_TYPE_NONE && is_same_document (&self->optical, zone);
  self->swiped = *zone;
  self->swiped_monotonic_us = g_get_monotonic_time ();
  self->swiped_used = FALSE;
  self->zone_waits = FALSE;
  switch (self->state)
    {
    case GS_DOCUMENT_DESK_READING:
      /* The traveller on the card opened it; now the page itself can be compared. */
      if (self->key_item != NULL
          && gs_traveller_same_document (gs_case_get_crossing (self->key_item)->traveller,
                                         zone->issuing_state, zone->document_number))
        {
          self->optical = *zone;
          self->swiped_used = TRUE;
        }
      return;
    case GS_DOCUMENT_DESK_DONE:
      self->swiped_used = same;
      if (!same && has_chip (self) && self->item != NULL
          && gs_traveller_same_document (gs_case_get_crossing (self->item)->traveller,
                                         zone->issuing_state, zone->document_number))
        begin (self);
      return;
    case GS_DOCUMENT_DESK_JUDGING:
      return;
    default:
      if (has_chip (self))
        begin (self);
    }
}

void
gs_document_desk_set_session (GsDocumentDesk *self, GsSession *session)
{
  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  if (!g_set_object (&self->session, session))
    return;
  if (session == NULL)
    {
      gs_document_desk_end_visit (self);
      gs_document_desk_forget (self);
      explicit_bzero (&self->swiped, sizeof self->swiped);
      explicit_bzero (&self->optical, sizeof self->optical);
      self->zone_waits = FALSE;
      g_clear_object (&self->item);
      if (has_chip (self))
        gs_document_desk_set_state (self, GS_DOCUMENT_DESK_NOT_SIGNED_IN);
    }
  else if (has_chip (self))
    begin (self);
}

void
gs_document_desk_set_current (GsDocumentDesk *self, GsCase *item)
{
  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  if (!g_set_object (&self->current, item))
    return;
  if (tells_an_end (self->state) && !has_chip (self))
    gs_document_desk_set_state (self, GS_DOCUMENT_DESK_EMPTY);
  /* The chip waited for something that opens it. */
  else if (self->state == GS_DOCUMENT_DESK_WANTS_ZONE && has_chip (self)
           && traveller_on_card (self) != NULL)
    begin (self);
}

void
gs_document_desk_set_time_zone (GsDocumentDesk *self, GTimeZone *zone)
{
  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (zone);
}

void
gs_document_desk_take_waiting (GsDocumentDesk *self)
{
  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  if (self->state == GS_DOCUMENT_DESK_OTHER && self->session != NULL && has_chip (self))
    begin (self);
}

gboolean
gs_document_desk_can_read_again (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), FALSE);
  return self->session != NULL && has_chip (self) && self->state != GS_DOCUMENT_DESK_READING
         && self->state != GS_DOCUMENT_DESK_JUDGING;
}

gboolean
gs_document_desk_read_again (GsDocumentDesk *self)
{
  if (!gs_document_desk_can_read_again (self))
    return FALSE;
  begin (self);
  return TRUE;
}

void
gs_document_desk_cancel (GsDocumentDesk *self)
{
  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  if (self->state == GS_DOCUMENT_DESK_READING && self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* --- life ------------------------------------------------------------------------------------- */

GsDocumentDesk *
gs_document_desk_new (GsChipReader *reader, GsStore *store, GsClock *clock, const char *trust_store)
{
  GsDocumentDesk *self = g_object_new (GS_TYPE_DOCUMENT_DESK, NULL);

  g_set_object (&self->reader, reader);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->trust_store = g_strdup (trust_store);
  self->worker = gs_worker_new ("documents");
  if (reader != NULL)
    {
      self->state = GS_DOCUMENT_DESK_NO_READER;
      g_signal_connect_swapped (reader, "card-laid", G_CALLBACK (on_card_laid), self);
      g_signal_connect_swapped (reader, "card-removed", G_CALLBACK (on_card_removed), self);
      g_signal_connect_swapped (reader, "state-changed",
                                G_CALLBACK (gs_document_desk_follow_reader), self);
    }
  gs_document_desk_reload_trust (self);
  return self;
}

void
gs_document_desk_start (GsDocumentDesk *self)
{
  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));
  if (self->reader != NULL)
    gs_chip_reader_start (self->reader);
}

void
gs_document_desk_stop (GsDocumentDesk *self)
{
  g_return_if_fail (GS_IS_DOCUMENT_DESK (self));

  gs_document_desk_end_visit (self);
  if (self->reader != NULL)
    gs_chip_reader_stop (self->reader);
}

/* --- facts ------------------------------------------------------------------------------------ */

GsDocumentDeskState
gs_document_desk_get_state (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), GS_DOCUMENT_DESK_OFF);
  return self->state;
}

const GsChipProgress *
gs_document_desk_get_progress (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), NULL);
  return &self->progress;
}

GsCase *
gs_document_desk_get_case (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), NULL);
  return self->item;
}

const char *
gs_document_desk_get_name (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), NULL);
  return self->state == GS_DOCUMENT_DESK_OTHER || self->state == GS_DOCUMENT_DESK_NO_CROSSING
           ? self->name
           : NULL;
}

gboolean
gs_document_desk_is_on_reader (GsDocumentDesk *self, GsCase *item)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), FALSE);
  return item != NULL && item == self->item && has_chip (self);
}

GsChipReader *
gs_document_desk_get_reader (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), NULL);
  return self->reader;
}

GsTrustState
gs_document_desk_get_trust (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), GS_TRUST_EMPTY);
  return self->trust;
}

guint
gs_document_desk_get_n_authorities (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), 0);
  return self->anchors != NULL ? gs_anchor_set_get_size (self->anchors) : 0;
}

gint64
gs_document_desk_get_trust_utc_ms (GsDocumentDesk *self)
{
  g_return_val_if_fail (GS_IS_DOCUMENT_DESK (self), GS_TIME_UNKNOWN);
  return self->trust_utc_ms;
}
