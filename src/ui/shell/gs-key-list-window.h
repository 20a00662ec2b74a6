/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The list of keys (F1), made from the table of actions. Transfer none: the window owns itself. */
GtkWindow *gs_key_list_window_new (GtkWindow *parent);
