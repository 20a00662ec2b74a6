/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-schedule.h"

struct _GsSchedule
{
  GSequence *sequence;
  guint64 next_order;
};

void
gs_scheduled_free (GsScheduled *self)
{
  g_free (self->subject);
  g_free (self);
}

GsSchedule *
gs_schedule_new (void)
{
  GsSchedule *self = g_new0 (GsSchedule, 1);

  self->sequence = g_sequence_new ((GDestroyNotify) gs_scheduled_free);
  return self;
}

void
gs_schedule_free (GsSchedule *self)
{
  g_sequence_free (self->sequence);
  g_free (self);
}

static gint
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const GsScheduled *left = a, *right = b;

  if (left->at_ms != right->at_ms)
    return left->at_ms < right->at_ms ? -1 : 1;
  return left->order < right->order ? -1 : left->order > right->order;
}

void
gs_schedule_add (GsSchedule *self, double at_ms, int kind, const char *subject)
{
  GsScheduled *item = g_new0 (GsScheduled, 1);

  item->at_ms = at_ms;
  item->order = self->next_order++;
  item->kind = kind;
  item->subject = g_strdup (subject);
  g_sequence_insert_sorted (self->sequence, item, compare, NULL);
}

double
gs_schedule_peek (GsSchedule *self)
{
  if (g_sequence_is_empty (self->sequence))
    return -1.0;
  return ((GsScheduled *) g_sequence_get (g_sequence_get_begin_iter (self->sequence)))->at_ms;
}

GsScheduled *
gs_schedule_take (GsSchedule *self, double now_ms)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->sequence);
  GsScheduled *item, *copy;

  if (g_sequence_iter_is_end (first))
    return NULL;
  item = g_sequence_get (first);
  if (item->at_ms > now_ms)
    return NULL;
  copy = g_new (GsScheduled, 1);
  *copy = *item;
  item->subject = NULL;
  g_sequence_remove (first);
  return copy;
}

void
gs_schedule_clear (GsSchedule *self)
{
  g_sequence_remove_range (g_sequence_get_begin_iter (self->sequence),
                           g_sequence_get_end_iter (self->sequence));
}
