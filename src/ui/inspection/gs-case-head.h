/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

/* The card's head: plate, both spellings of the name, document, and where and since when the
 * traveller waits. Main thread. */
#define GS_TYPE_CASE_HEAD (gs_case_head_get_type ())
G_DECLARE_FINAL_TYPE (GsCaseHead, gs_case_head, GS, CASE_HEAD, GtkBox)

/* Must be called once, before the first case is shown. */
void gs_case_head_set_station (GsCaseHead *self, GsStation *station);

/* Shows the case as it is now; again once a second, for what counts by itself. */
void gs_case_head_update (GsCaseHead *self, GsCase *item);

/* On a narrow screen: smaller gaps, the document's expiry gives way. */
void gs_case_head_set_narrow (GsCaseHead *self, gboolean narrow);
