/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How often something happened on a day of the hall. Plain data; one thread at a time. */
typedef struct _GsDayCount GsDayCount;

GsDayCount *gs_day_count_new (void);
void gs_day_count_free (GsDayCount *self);

/* It happened once more, at that hall time; in any order. */
void gs_day_count_add (GsDayCount *self, gint64 at_utc_ms);

/* How often since the day began in which now lies, by the calendar of zone. What is two days older
 * than now is forgotten. */
guint gs_day_count_get (GsDayCount *self, gint64 now_utc_ms, GTimeZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsDayCount, gs_day_count_free)

G_END_DECLS
