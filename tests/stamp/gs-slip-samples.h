/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-slip.h"

/* A slip of 23 November 2026, 13:47 in Tokyo, for tests and for looking at. zone is borrowed. */
static inline GsSlip
gs_slip_sample (GsSlipLanguage language, GTimeZone *zone)
{
  return (GsSlip){
    .language = language,
    .purposes = GS_SLIP_PURPOSE_TAX | GS_SLIP_PURPOSE_RESIDENCE,
    .authority = "Utopia Border Service",
    .direction = GS_DIRECTION_DEPARTURE,
    .crossing_id = "3f2a91c0-0d5e-4b1c-9a77-5c0e8d2b6f14",
    .crossed_at_utc_ms = G_GINT64_CONSTANT (1795409231000),
    .port_zone = zone,
    .port = "Amaurot (2)",
    .gate = "5",
    .office = "Travel Records Office, Utopia Border Service",
    .address = "1 Anydrus Quay, Amaurot\nUtopia",
    .hours = "Mo–Fr 9:00–16:00",
    .web = "records.border.example",
    .issued_at_utc_ms = G_GINT64_CONSTANT (1795412100000),
  };
}
