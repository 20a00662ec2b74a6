/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What the population will do, in order of time; equal times in the order of adding. */
typedef struct
{
  double at_ms;
  guint64 order;
  int kind;
  char *subject; /* crossing, gate or flight */
} GsScheduled;

typedef struct _GsSchedule GsSchedule;

GsSchedule *gs_schedule_new (void);
void gs_schedule_free (GsSchedule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSchedule, gs_schedule_free)

void gs_schedule_add (GsSchedule *self, double at_ms, int kind, const char *subject);
/* Takes the first out when it is due; NULL otherwise. Transfer full. */
GsScheduled *gs_schedule_take (GsSchedule *self, double now_ms);
/* Time of the first, or a negative number when there is none. */
double gs_schedule_peek (GsSchedule *self);
void gs_schedule_clear (GsSchedule *self);

void gs_scheduled_free (GsScheduled *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsScheduled, gs_scheduled_free)
