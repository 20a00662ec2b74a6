/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* "hold [Space] to read", beside the eye that is struck out. Main thread. */
#define GS_TYPE_READ_HINT (gs_read_hint_get_type ())
G_DECLARE_FINAL_TYPE (GsReadHint, gs_read_hint, GS, READ_HINT, GtkBox)
