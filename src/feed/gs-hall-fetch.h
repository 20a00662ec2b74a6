/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

/* One request and its whole answer, with a limit on its size and its time. Internal to this room.
 * Callbacks come in the thread-default main context of the call. */

typedef struct
{
  guint status;
  char *content_type; /* without parameters, lower case; "" when there is none */
  char *epoch;        /* Gateside-Epoch, or NULL */
  GBytes *body;
  gint64 sent_monotonic_us; /* when the request began to be written, after any handshake */
  gint64 received_monotonic_us;
} GsHallAnswer;

void gs_hall_answer_free (GsHallAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallAnswer, gs_hall_answer_free)

/* message comes from gs_hall_access_make_message(). */
void gs_hall_fetch_async (SoupSession *session,
                          SoupMessage *message,
                          gsize limit,
                          guint timeout_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* Any complete answer, whatever its status; NULL with GS_HALL_ERROR (UNREACHABLE after the timeout,
 * PROTOCOL over the limit) or G_IO_ERROR_CANCELLED. */
GsHallAnswer *gs_hall_fetch_finish (GAsyncResult *result, GError **error);

/* Turns an answer into an error unless its status is one of the two and its content type the one
 * wanted (NULL: any). */
gboolean gs_hall_answer_check (
  GsHallAnswer *self, guint status, guint other_status, const char *content_type, GError **error);
