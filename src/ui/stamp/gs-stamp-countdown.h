/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-countdown.h"
#include "gs-station.h"

/* The sentences around a countdown of that case's window, as they are now. stamped_utc_ms: when
 * this desk printed its stamp; GS_TIME_UNKNOWN: as the hall tells, if it does. Main thread. */
void gs_stamp_countdown_update (GsCountdown *countdown,
                                GsStation *station,
                                GsCase *item,
                                gint64 stamped_utc_ms);

/* The reading of a countdown, from the station's verdict. */
void gs_stamp_countdown_read (GsCountdownReading *reading, GsStation *station, GsCase *item);
