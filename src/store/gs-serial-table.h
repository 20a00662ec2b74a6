/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-database.h"

G_BEGIN_DECLS

/* Which serials this desk's memory has given out, and what the printer had counted by then: what a
 * restored copy of the database is noticed by. */

/* The prefix in use: the configured one, or after a restored database the one of a later
 * generation, "UTO-D3G2". A configured prefix never ends so. Transfer full; any thread. */
char *gs_serial_prefix_of (const char *configured, gint64 generation);
/* Of which generation of the configured prefix another one is: 1 for itself, 0 for none. */
gint64 gs_serial_generation_of (const char *configured, const char *prefix);

/* Worker thread. */
/* 1 before the first change. */
gboolean gs_serial_generation_get (GsDatabase *db,
                                   const char *configured,
                                   gint64 *generation,
                                   GError **error);
gboolean gs_serial_generation_set (
  GsDatabase *db, const char *configured, gint64 generation, gint64 at_utc_ms, GError **error);
/* The number that was given out last under that prefix; 0 for none. */
gboolean gs_serial_counter_get (GsDatabase *db, const char *prefix, gint64 *number, GError **error);

/* printer-impressions-completed as this desk last saw it, with nothing of its own under way; -1
 * before. *sent: how often since then a document was sent to a printer. */
gboolean gs_printer_counter_get (
  GsDatabase *db, const char *printer, gint64 *impressions, gint64 *sent, GError **error);
gboolean gs_printer_counter_set (
  GsDatabase *db, const char *printer, gint64 impressions, gint64 at_utc_ms, GError **error);

G_END_DECLS
