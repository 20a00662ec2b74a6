/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sign.h"

#include <adwaita.h>

/* The window around the pages: header, dead-link bar, toasts, blanking. It knows nothing of the
 * station: what it shows is set here, and what the officer does comes out as signals. Main thread.
 *
 * Signals:
 *   activated::NAME (const char *name)   an action of the table, by key, menu or button
 *   read-held (gboolean held)            Space while gs_window_set_space_reads () is on */
#define GS_TYPE_WINDOW (gs_window_get_type ())
G_DECLARE_FINAL_TYPE (GsWindow, gs_window, GS, WINDOW, AdwApplicationWindow)

typedef enum
{
  GS_WINDOW_STATUS_LINK,
  GS_WINDOW_STATUS_PRINTER,
  GS_WINDOW_STATUS_READER,
  GS_WINDOW_STATUS_CAMERA,
  GS_WINDOW_STATUS_SOUND,
  GS_WINDOW_STATUS_CALL, /* the supervisor was called */
  GS_WINDOW_N_STATUS,
} GsWindowStatus;

typedef gboolean (*GsWindowEnabledFunc) (const char *action, gpointer user_data);

GsWindow *gs_window_new (GtkApplication *application);

/* Adds a page to the switcher; only pages that do something. */
void gs_window_add_page (
  GsWindow *self, GtkWidget *page, const char *name, const char *title, const char *icon_name);

/* A page that is not visible is not offered in the header. */
void gs_window_set_page_visible (GsWindow *self, const char *name, gboolean visible);
void gs_window_show_page (GsWindow *self, const char *name);
gboolean gs_window_shows_page (GsWindow *self, const char *name);

/* While set, this widget (sign-in) stands instead of the pages; switcher, officer and lock go. */
void gs_window_set_locked_page (GsWindow *self, GtkWidget *page);

/* icon "gs-plane-symbolic"; "Hall B · Departures"; "Desk 3 · Amaurot (2)". */
void gs_window_set_place (GsWindow *self, const char *icon, const char *hall, const char *desk);

/* As gs_status_item_update (); word NULL hides the item. */
void gs_window_set_status (GsWindow *self,
                           GsWindowStatus which,
                           GsSign sign,
                           const char *icon_name,
                           const char *word,
                           const char *tail,
                           const char *detail);

/* "14:22:07"; as_of NULL while the hall is heard, else since when it is counted here. */
void gs_window_set_hall_time (GsWindow *self, const char *time, const char *as_of);

/* NULL while nobody is signed in. */
void gs_window_set_officer (GsWindow *self, const char *name);

/* See gs_dead_link_bar_update (). */
void
gs_window_set_dead_link (GsWindow *self, const char *title, const char *sentence, const char *next);

/* F12: nothing but header and dead-link bar is shown or told to assistive technology. */
void gs_window_set_blanked (GsWindow *self, gboolean blanked);
gboolean gs_window_get_blanked (GsWindow *self);

/* TRUE while a shielded case is open: Space is taken before the focused widget gets it, unless that
 * is a text field. */
void gs_window_set_space_reads (GsWindow *self, gboolean reads);

/* Asks for each action of the table whether it is on; keys, menu and buttons follow. "keys" is
 * always on. */
void gs_window_update_actions (GsWindow *self, GsWindowEnabledFunc func, gpointer user_data);

/* Transfer full: the toast. */
void gs_window_add_toast (GsWindow *self, AdwToast *toast);
