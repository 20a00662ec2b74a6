/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The stamp window: digits, word, and why it closes. It asks the given function once a second, at
 * the turn of the second, while it is on the screen; the time itself is not its business. Main
 * thread. */
#define GS_TYPE_COUNTDOWN (gs_countdown_get_type ())
G_DECLARE_FINAL_TYPE (GsCountdown, gs_countdown, GS, COUNTDOWN, GtkBox)

typedef enum
{
  GS_COUNTDOWN_OPEN = 1,
  GS_COUNTDOWN_SOON,      /* 10 minutes or less */
  GS_COUNTDOWN_LAST,      /* 2 minutes or less */
  GS_COUNTDOWN_CLOSED,    /* by event or clock */
  GS_COUNTDOWN_NOT_KNOWN, /* the feed is stale: at most this long */
  GS_COUNTDOWN_STAMPED,   /* nothing counts any more: the time of the print stands there */
} GsCountdownState;

typedef struct
{
  gboolean known;      /* FALSE while the feed is stale */
  gboolean closed;     /* closed by an event or by an end that has passed */
  gint64 remaining_ms; /* to the end; ignored when closed */
  gint64 total_ms;     /* length of the window for the bar; 0 shows none */
  gboolean stamped;    /* goes before all else */
} GsCountdownReading;

typedef void (*GsCountdownFunc) (GsCountdownReading *reading, gpointer user_data);

/* The sentences around the digits; any may be NULL. Copied. */
typedef struct
{
  const char *why;       /* "UT 418, boarding closes 14:30" */
  const char *also;      /* "or when she boards, whichever is first" */
  const char *precision; /* "hall time, ± 0.1 s" */
  const char *opened;    /* "admitted 13:47:11" */
  const char *closes;    /* "14:30:00" */
  const char *closed;    /* "closed 14:30:00, boarding closed" */
  const char *as_of;     /* "14:22:53", shown while not known */
  const char *stamped;   /* "14:22:07", shown when stamped */
} GsCountdownText;

/* The rule for the state, for others who show a window: stamped, closed, not known, last,
 * soon, open. */
GsCountdownState gs_countdown_state (const GsCountdownReading *reading);

/* "07:53", "1:42:53"; seconds are rounded up, so that 00:00 is the end. Transfer full. */
char *gs_countdown_format (gint64 remaining_ms);

/* compact: digits above the word, for the Stamps list; write-only property of the same name when it
 * is made. */
GtkWidget *gs_countdown_new (gboolean compact);
void gs_countdown_set_func (GsCountdown *self,
                            GsCountdownFunc func,
                            gpointer user_data,
                            GDestroyNotify destroy);
void gs_countdown_set_text (GsCountdown *self, const GsCountdownText *text);

/* Asks the function now, for example when an event closed the window. */
void gs_countdown_refresh (GsCountdown *self);
