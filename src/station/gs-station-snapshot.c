/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-station-private.h"

#include "gs-time.h"

/* What the desk believes against what the hall says: after a break in the count of events, and of
 * the open cases after a start. A case that the hall's snapshot lacks is asked for by its id; until
 * the answer it is marked and its window is not known. It leaves the queue only on the hall's word,
 * with a line in the feed and an entry in the record. */

#define AGAIN_S 2

static void ask (GsStation *self, GsCase *item);

typedef struct
{
  GsStation *station;
  GsCase *item;
} Question;

static Question *
question_new (GsStation *self, GsCase *item)
{
  Question *question = g_new0 (Question, 1);

  question->station = g_object_ref (self);
  question->item = g_object_ref (item);
  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->station);
  g_object_unref (question->item);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
on_ask_again (gpointer data)
{
  Question *question = data;

  if (question->station->started && gs_case_get_unconfirmed (question->item))
    ask (question->station, question->item);
  return G_SOURCE_REMOVE;
}

static void
tell_left (GsStation *self, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);

  gs_feed_log_add_left (self->feed_log, crossing->gate, crossing->outcome,
                        gs_station_now_utc_ms (self));
  gs_feed_log_flush (self->feed_log);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  GsStation *self = question->station;
  GsCase *item = question->item;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallCrossing) now = gs_hall_get_crossing_finish (GS_HALL (source), result, &error);
  gboolean was_open = gs_crossing_is_open_case (gs_case_get_crossing (item));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->started)
    return;
  if (now != NULL)
    {
      gs_case_book_take_crossing (self->book, g_steal_pointer (&now->crossing));
      gs_case_set_unconfirmed (item, FALSE);
    }
  /* A decision on its way will hear the same from the hall: the officer is told of that. */
  else if (g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_NOT_FOUND)
           && gs_case_get_pending (item) == 0)
    gs_case_set_gone (item);
  else
    {
      g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, AGAIN_S, on_ask_again,
                                  g_steal_pointer (&question), question_free);
      return;
    }
  if (was_open && !gs_crossing_is_open_case (gs_case_get_crossing (item)))
    tell_left (self, item);
  gs_station_note_change (self);
}

static void
ask (GsStation *self, GsCase *item)
{
  gs_hall_get_crossing_async (self->hall, gs_case_get_id (item), self->cancellable, on_answer,
                              question_new (self, item));
}

/* Does anybody here look at it, or wait for its end? */
static gboolean
matters (GsCase *item)
{
  return gs_crossing_is_open_case (gs_case_get_crossing (item)) || gs_case_get_stamp_wanted (item)
         || gs_case_get_on_card (item) || gs_case_get_hold (item) == GS_HOLD_HERE
         || gs_case_get_pending (item) != 0;
}

/* after_break: events may be missing, so what is no open case is in doubt too. */
static void
doubt_missing (GsStation *self, GHashTable *present, gint64 as_of_event, gboolean after_break)
{
  g_autoptr (GPtrArray) cases = gs_case_book_list (self->book);

  for (guint i = 0; i < cases->len; i++)
    {
      GsCase *item = g_ptr_array_index (cases, i);
      const GsCrossing *crossing = gs_case_get_crossing (item);

      if (g_hash_table_contains (present, crossing->id))
        continue;
      /* The feed brought it after the snapshot was made. */
      if (as_of_event >= 0 && crossing->as_of_event > as_of_event)
        continue;
      if (!after_break && !gs_crossing_is_open_case (crossing))
        continue;
      gs_case_set_unconfirmed (item, TRUE);
      if (matters (item))
        ask (self, item);
    }
}

static gboolean
on_snapshot_again (gpointer data)
{
  gs_station_load_snapshot (data);
  return G_SOURCE_REMOVE;
}

static void
on_snapshot (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GsStation) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallCrossings) snapshot =
    gs_hall_get_open_crossings_finish (GS_HALL (source), result, &error);
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->started)
    return;
  self->snapshot_asked = FALSE;
  if (self->snapshot_stale)
    {
      self->snapshot_stale = FALSE;
      gs_station_load_snapshot (self);
      return;
    }
  if (snapshot == NULL)
    {
      g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, AGAIN_S, on_snapshot_again,
                                  g_object_ref (self), g_object_unref);
      return;
    }
  for (guint i = 0; i < snapshot->crossings->len; i++)
    {
      GsHallCrossing *one = g_ptr_array_index (snapshot->crossings, i);

      g_hash_table_add (present, g_strdup (one->crossing->id));
      gs_case_set_unconfirmed (
        gs_case_book_take_crossing (self->book, g_steal_pointer (&one->crossing)), FALSE);
    }
  doubt_missing (self, present, snapshot->as_of_event, self->snapshot_pending);
  self->snapshot_pending = FALSE;
  gs_station_note_change (self);
}

void
gs_station_load_snapshot (GsStation *self)
{
  if (!self->started || self->snapshot_asked)
    return;
  self->snapshot_asked = TRUE;
  gs_hall_get_open_crossings_async (self->hall, self->cancellable, on_snapshot,
                                    g_object_ref (self));
}

void
gs_station_begin_doubt (GsStation *self, gboolean new_epoch)
{
  if (new_epoch)
    gs_case_book_begin_epoch (self->book);
  gs_clock_reset (self->clock);
  self->snapshot_pending = TRUE;
  /* An answer that is under way may be of before the break. */
  self->snapshot_stale = self->snapshot_asked;
  gs_station_load_snapshot (self);
}
