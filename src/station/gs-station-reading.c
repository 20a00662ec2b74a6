/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include <string.h>

#include "gs-approval.h"
#include "gs-mrz.h"
#include "gs-time.h"

/* A document at the desk: from the bytes of a reader to the case on the card. */

typedef struct
{
  GsStation *station;
  GsTraveller *traveller;
  GsReadMethod method;
  gboolean repaired;
  guint visit; /* of the document desk that waits for the answer; 0: none does */
} Document;

static void
document_free (Document *document)
{
  g_object_unref (document->station);
  gs_traveller_free (document->traveller);
  g_free (document);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, document_free)

static GsDocumentFound
found_of (GsReadingResult result)
{
  switch (result)
    {
    case GS_READING_OPENED:
    case GS_READING_SAME:
      return GS_DOCUMENT_FOUND;
    case GS_READING_OTHER:
      return GS_DOCUMENT_FOUND_LATER;
    case GS_READING_NOT_SIGNED_IN:
      return GS_DOCUMENT_FOUND_NOBODY;
    case GS_READING_NO_CROSSING:
    case GS_READING_NOT_MRZ:
    case GS_READING_NO_LINK:
      break;
    }
  return GS_DOCUMENT_FOUND_NONE;
}

static void
tell (const Document *document, GsReadingResult result, GsCase *item)
{
  GsReading reading = { .result = result,
                        .method = document->method,
                        .item = item,
                        .traveller = document->traveller,
                        .repaired = document->repaired,
                        .chip = document->visit != 0 };

  gs_station_emit_reading (document->station, &reading);
  if (document->visit != 0)
    gs_document_desk_set_case (document->station->document_desk, document->visit, found_of (result),
                               item);
}

static GsTraveller *
traveller_from (const GsMrz *mrz)
{
  GsTraveller *traveller = gs_traveller_new ();
  char sex[2] = { mrz->sex, '\0' };

  gs_traveller_set (&traveller->document_code, mrz->document_code);
  gs_traveller_set (&traveller->issuing_state, mrz->issuing_state);
  gs_traveller_set (&traveller->primary_identifier, mrz->primary_identifier);
  gs_traveller_set (&traveller->secondary_identifier, mrz->secondary_identifier);
  gs_traveller_set (&traveller->document_number, mrz->document_number);
  gs_traveller_set (&traveller->nationality, mrz->nationality);
  gs_traveller_set (&traveller->birth_date, mrz->birth_date_mrz);
  gs_traveller_set (&traveller->sex, sex);
  gs_traveller_set (&traveller->expiry_date, mrz->expiry_date_mrz);
  return traveller;
}

static GsCase *
find (const Document *document)
{
  return gs_case_book_find_document (document->station->book, document->traveller->issuing_state,
                                     document->traveller->document_number);
}

static void
arrive (const Document *document, GsCase *item)
{
  GsStation *self = document->station;
  gboolean same = item == self->current;

  /* The officer may have signed out while the hall was asked. */
  if (self->session == NULL)
    {
      tell (document, GS_READING_NOT_SIGNED_IN, NULL);
      return;
    }
  if (self->card_locked && !same)
    {
      tell (document, GS_READING_OTHER, item);
      return;
    }
  if (gs_case_get_crossing (item)->traveller == NULL)
    gs_case_take_traveller (item, gs_traveller_copy (document->traveller));
  gs_station_open (self, item);
  gs_case_set_read (item, document->method, gs_station_now_utc_ms (self));
  tell (document, same ? GS_READING_SAME : GS_READING_OPENED, item);
}

static void
on_lookup (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Document) document = user_data;
  GsStation *self = document->station;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallCrossings) found = gs_hall_lookup_finish (GS_HALL (source), result, &error);
  GsCase *item;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  for (guint i = 0; found != NULL && i < found->crossings->len; i++)
    {
      GsHallCrossing *one = g_ptr_array_index (found->crossings, i);
      GsCase *known = gs_case_book_take_crossing (self->book, g_steal_pointer (&one->crossing));

      /* The hall looked the document up: this crossing is of it, whether or not it says so. */
      if (gs_case_get_crossing (known)->traveller == NULL)
        gs_case_take_traveller (known, gs_traveller_copy (document->traveller));
    }
  item = find (document);
  if (item != NULL)
    arrive (document, item);
  else
    tell (document, found != NULL ? GS_READING_NO_CROSSING : GS_READING_NO_LINK, NULL);
}

/* Ends in the card or in words. */
static void
find_crossing (Document *taken)
{
  g_autoptr (Document) document = taken;
  GsStation *self = document->station;
  GsCase *item;

  if (self->session == NULL)
    {
      tell (document, GS_READING_NOT_SIGNED_IN, NULL);
      return;
    }
  item = find (document);
  if (item != NULL
      && (gs_crossing_is_open_case (gs_case_get_crossing (item)) || item == self->current))
    {
      arrive (document, item);
      return;
    }
  /* Of a traveller whom the gate let through the feed tells no number: the hall knows. */
  gs_hall_lookup_async (self->hall, document->traveller->issuing_state,
                        document->traveller->document_number, self->cancellable, on_lookup,
                        document);
  g_steal_pointer (&document);
}

static GsMrzDate
today_of (GsStation *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (gs_station_now_utc_ms (self) / 1000);
  GsMrzDate today = { g_date_time_get_year (now), g_date_time_get_month (now),
                      g_date_time_get_day_of_month (now) };

  return today;
}

void
gs_station_read_document (
  GsStation *self, const char *bytes, gsize length, GsReadMethod method, GsSession *second)
{
  g_autoptr (Document) document = NULL;
  GsMrzDate today;
  GsMrz mrz;

  g_return_if_fail (GS_IS_STATION (self));

  document = g_new0 (Document, 1);
  document->station = g_object_ref (self);
  document->method = method;
  if (self->session == NULL
      || (method == GS_READ_TYPED
          && gs_approval_judge (GS_APPROVAL_TYPED_MRZ, self->session, second)
               != GS_APPROVAL_GRANTED))
    {
      tell (document, GS_READING_NOT_SIGNED_IN, NULL);
      return;
    }
  today = today_of (self);
  if (gs_mrz_read ((const guint8 *) bytes, length, &today, &mrz) != GS_MRZ_OK || !mrz.valid)
    {
      explicit_bzero (&mrz, sizeof mrz);
      tell (document, GS_READING_NOT_MRZ, NULL);
      return;
    }
  document->traveller = traveller_from (&mrz);
  document->repaired = mrz.n_repairs > 0;
  gs_document_desk_take_zone (self->document_desk, &mrz);
  explicit_bzero (&mrz, sizeof mrz);
  find_crossing (g_steal_pointer (&document));
}

void
gs_station_take_chip_zone (GsStation *self, const GsMrz *zone, guint visit)
{
  Document *document = g_new0 (Document, 1);

  document->station = g_object_ref (self);
  document->method = GS_READ_DEVICE;
  document->visit = visit;
  document->traveller = traveller_from (zone);
  find_crossing (document);
}
