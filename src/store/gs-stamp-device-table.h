/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"
#include "gs-stamp-device.h"
#include "gs-stamp-holding.h"

G_BEGIN_DECLS

/* The register of stamps. Worker thread. */

/* Enters an active device with its first code. officer: who entered it, NULL for the station.
 * GS_STORE_ERROR_CONSTRAINT when the id or the code was used before. */
gboolean gs_stamp_device_table_add (GsDatabase *db,
                                    const GsStampDevice *device,
                                    const char *officer,
                                    GError **error);

/* With its open holding. NULL without error when there is none. Transfer full. */
GsStampDevice *gs_stamp_device_table_get (GsDatabase *db, const char *id, GError **error);
/* The one that this officer holds, whatever its state. */
GsStampDevice *
gs_stamp_device_table_find_held (GsDatabase *db, const char *officer, GError **error);
/* All, by id. GPtrArray of GsStampDevice. */
GPtrArray *gs_stamp_device_table_list (GsDatabase *db, GError **error);

/* An active device becomes something else, or a lost or stolen one retired; CONFLICT otherwise. */
gboolean gs_stamp_device_table_set_state (
  GsDatabase *db, const char *id, GsStampDeviceState state, gint64 at_utc_ms, GError **error);

/* A new code of an active device; CONSTRAINT when any device ever had it. */
gboolean gs_stamp_device_table_rotate (GsDatabase *db,
                                       const char *id,
                                       const char *code,
                                       gint64 at_utc_ms,
                                       const char *officer,
                                       GError **error);
gboolean
gs_stamp_device_table_has_code (GsDatabase *db, const char *code, gboolean *has, GError **error);

/* Begins a holding (its first six members count). CONSTRAINT when somebody holds the device, or the
 * officer another one; CONFLICT when it is not active. */
gboolean
gs_stamp_holding_table_begin (GsDatabase *db, const GsStampHolding *holding, GError **error);
/* Ends the device's open holding; CONFLICT when it has none. received_by may be NULL. */
gboolean gs_stamp_holding_table_end (GsDatabase *db,
                                     const char *device,
                                     gint64 at_utc_ms,
                                     const char *returned_by,
                                     const char *received_by,
                                     GError **error);
/* Holdings that touch [from, to), oldest first. GPtrArray of GsStampHolding. */
GPtrArray *
gs_stamp_holding_table_list (GsDatabase *db, gint64 from_utc_ms, gint64 to_utc_ms, GError **error);

G_END_DECLS
