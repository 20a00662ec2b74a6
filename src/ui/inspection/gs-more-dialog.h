/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* outcome is 0 when the dialog was closed without one. gate is set for back-to-gate; for a refusal
 * it is the code of the ground. */
typedef void (*GsMoreFunc) (GsOutcome outcome,
                            const char *note,
                            const char *gate_or_ground,
                            gpointer user_data);

#define GS_TYPE_MORE_DIALOG (gs_more_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GsMoreDialog, gs_more_dialog, GS, MORE_DIALOG, AdwWindow)

/* The outcomes behind F9 as one list, or with only set (F8) that one with its note. func is called
 * at most once. Returns the dialog, borrowed. Main thread. */
GtkWindow *gs_more_dialog_present (GtkWindow *parent,
                                   GsStation *station,
                                   GsCase *item,
                                   GsOutcome only,
                                   GsMoreFunc func,
                                   gpointer user_data);

G_END_DECLS
