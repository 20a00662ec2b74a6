/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The thread that asks PC/SC again and again how one reader stands, and tells the main context when
 * that differs. Belongs to GsPcscReader. */
typedef struct _GsPcscWatch GsPcscWatch;

typedef struct
{
  gboolean service; /* the daemon answers */
  char *reader;     /* the full name; NULL when no such reader is there */
  gboolean present; /* something lies on it */
  gboolean mute;    /* and does not answer */
  gboolean in_use;  /* somebody holds it exclusively: ourselves or another program */
  gint64 seen_us;   /* when that was, in the monotonic clock's microseconds */
  guint events;     /* counts insertions and removals, so that a swap shows */
} GsPcscSight;

typedef void (*GsPcscWatchFunc) (const GsPcscSight *sight, gpointer user_data);

/* Starts the thread; func is called in the main context that is the thread default now, for the
 * first sight and for every change. wanted: beginning of the reader's name, or NULL. */
GsPcscWatch *gs_pcsc_watch_start (const char *wanted, GsPcscWatchFunc func, gpointer user_data);
/* Ends the thread and waits for it, a second at most; func is not called any more. */
void gs_pcsc_watch_stop (GsPcscWatch *self);
