/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-feed-item.h"

G_BEGIN_DECLS

#define GS_CLOUD_EVENT_LIMIT (1024 * 1024)

/* Reads one event (CloudEvents 1.0, JSON format, structured mode, with the hall contract's types)
 * into a GsFeedItem: EVENT, or QUARANTINE when anything that the contract requires is missing or
 * wrong. Unknown members, reason codes and check names are no error. A referral whose crossing can
 * be read is carried by a quarantined item too, even from bytes that are no JSON.
 *
 * expected_id: the id that the stream gave, -1 when it gave none; another id in the event is a
 * fault, and the item then has the stream's. raw is kept by reference. Transfer full. Any thread.
 */
GsFeedItem *gs_cloud_event_parse (GBytes *raw, gint64 expected_id);

/* A quarantined item for bytes that never were an event (too long for the stream). */
GsFeedItem *
gs_cloud_event_quarantine (GBytes *raw, gint64 id, const char *reason, const char *error);

/* Where in the event's bytes the traveller's identity stands: the value of data.traveller, or the
 * whole of data when the MRZ fields are its own members (full profile). The store keeps these bytes
 * apart from the rest, and both together are the event again. FALSE when the event has none (also
 * for anything that is no JSON object). Any thread. */
gboolean gs_cloud_event_split_identity (const char *raw, gsize len, gsize *start, gsize *length);

/* A decimal 64-bit id without sign or leading zeros, at least 1; -1 for anything else. */
gint64 gs_cloud_event_parse_id (const char *text, gsize len);

G_END_DECLS
