/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The sheet's page before the print: what follows from the face's verification, the checklist, each
 * condition with sign, statement and evidence, and the word about the area where the hall does not
 * tell. Main thread.
 *
 * Signals: "second-officer" () and "again" (): the officer wants the one who judges too, or another
 * capture. */
#define GS_TYPE_STAMP_CONDITIONS (gs_stamp_conditions_get_type ())
G_DECLARE_FINAL_TYPE (GsStampConditions, gs_stamp_conditions, GS, STAMP_CONDITIONS, GtkBox)

void gs_stamp_conditions_update (GsStampConditions *self, GsStation *station, GsStampIssue *issue);

G_END_DECLS
