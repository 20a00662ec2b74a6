/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-feed-client.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* Between the feed and the desk: the feed's sink. It stores each batch together with the cursor and
 * the folded crossings, and hands on only what is committed and new. So what an officer sees is
 * always in the database, and a crash loses nothing. */
#define GS_TYPE_INTAKE (gs_intake_get_type ())
G_DECLARE_FINAL_TYPE (GsIntake, gs_intake, GS, INTAKE, GObject)

/* Committed items in order (GPtrArray of GsFeedItem, borrowed), in the maker's main context, at
 * most once a turn: however many batches came, one call brings them all. */
typedef void (*GsIntakeFunc) (GsIntake *intake, GPtrArray *items, gpointer user_data);

GsIntake *gs_intake_new (GsStore *store, GsIntakeFunc func, gpointer user_data);

/* The epoch that the store is in, and the crossings already folded; before the feed starts.
 * crossings: GPtrArray of GsCrossing, borrowed and copied. */
void gs_intake_prepare (GsIntake *self, const char *epoch, GPtrArray *crossings);

/* A GsFeedSinkFunc; user_data is the intake. Feed thread. */
gboolean gs_intake_sink (GPtrArray *items, gint64 cursor, gpointer user_data);

/* Events that went to quarantine since start. Any thread. */
guint gs_intake_get_quarantined (GsIntake *self);

/* Delivers nothing more. Call before the feed client is stopped. */
void gs_intake_close (GsIntake *self);

G_END_DECLS
