/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Cuts a page of the feed (application/cloudevents-batch+json) into items, every event's bytes as
 * they stand in the page. after: the ids must grow from there; an element that cannot be read goes
 * to quarantine. NULL with GS_HALL_ERROR_PROTOCOL when the whole is no array. GPtrArray of
 * GsFeedItem, transfer full. Internal to this room. Any thread. */
GPtrArray *gs_hall_page_parse (GBytes *body, gint64 after, GError **error);
