/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The list of keys (F1), made from the table of actions. Main thread. */
#define GS_TYPE_KEY_LIST_WINDOW (gs_key_list_window_get_type ())
G_DECLARE_FINAL_TYPE (GsKeyListWindow, gs_key_list_window, GS, KEY_LIST_WINDOW, AdwWindow)

/* parent may be NULL. Transfer none: the window owns itself. */
GtkWindow *gs_key_list_window_new (GtkWindow *parent);

G_END_DECLS
