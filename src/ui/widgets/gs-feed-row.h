/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-sign.h"

/* One line of the feed: time, gate, sign, what happened, a figure at the end. Draws itself at a
 * fixed height (32 at normal text scale), so that a long list scrolls evenly. Main thread. */
#define GS_TYPE_FEED_ROW (gs_feed_row_get_type ())
G_DECLARE_FINAL_TYPE (GsFeedRow, gs_feed_row, GS, FEED_ROW, GtkWidget)

typedef struct
{
  const char *time;      /* "14:22:05" */
  const char *gate;      /* "3", or NULL */
  GsSign sign;           /* or GS_SIGN_NONE with an icon */
  const char *icon_name; /* "gs-stamp-symbolic", or NULL */
  const char *text;      /* "admitted" */
  guint people;          /* a badge from 2 */
  const char *tail;      /* "7 s", "E02", or NULL */
} GsFeedRowContent;

GtkWidget *gs_feed_row_new (void);
void gs_feed_row_update (GsFeedRow *self, const GsFeedRowContent *content);
