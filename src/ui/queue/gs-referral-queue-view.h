/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-station.h"

G_BEGIN_DECLS

/* The waiting queue with its head ("Waiting 3", "Take next Ctrl N"). A click opens the case. Main
 * thread. */
#define GS_TYPE_REFERRAL_QUEUE_VIEW (gs_referral_queue_view_get_type ())
G_DECLARE_FINAL_TYPE (GsReferralQueueView, gs_referral_queue_view, GS, REFERRAL_QUEUE_VIEW, GtkBox)

/* Once, before it is shown: what it shows. */
void gs_referral_queue_view_set_station (GsReferralQueueView *self, GsStation *station);

G_END_DECLS
