/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-stamp-printer.h"

G_BEGIN_DECLS

/* Posts application/ipp to one printer and hands back the body of its answer: HTTP over TLS by
 * libsoup, the server's certificate exactly one of the pinned ones and valid for the host. Part of
 * GsIppPrinter. Main thread. */
#define GS_TYPE_IPP_TRANSPORT (gs_ipp_transport_get_type ())
G_DECLARE_FINAL_TYPE (GsIppTransport, gs_ipp_transport, GS, IPP_TRANSPORT, GObject)

/* "ipps://host[:port]/path" as the https address to post to, with its port. NULL with
 * G_IO_ERROR_INVALID_ARGUMENT. Transfer full. */
GUri *gs_ipp_transport_parse_uri (const char *uri, GError **error);

/* See gs_ipp_printer_new(). */
GsIppTransport *gs_ipp_transport_new (const char *uri, const char *pins_path, GError **error);

gboolean gs_ipp_transport_reload_pins (GsIppTransport *self, GError **error);
void gs_ipp_transport_set_pins (GsIppTransport *self, GPtrArray *pins);
GTlsCertificate *gs_ipp_transport_get_refused (GsIppTransport *self);

const char *gs_ipp_transport_get_host (GsIppTransport *self);

/* Sends request, then document (may be NULL), and reads an answer of at most GS_IPP_ANSWER_MAX
 * bytes. With once, a new connection is used and nothing is ever sent a second time. timeout_ms of
 * 0 is none. Errors: UNREACHABLE, UNTRUSTED, NOT_ENROLLED, GONE, REFUSED (HTTP says no), PROTOCOL.
 */
void gs_ipp_transport_post_async (GsIppTransport *self,
                                  GBytes *request,
                                  GBytes *document,
                                  gboolean once,
                                  guint timeout_ms,
                                  GsPrintProgressFunc progress,
                                  gpointer progress_data,
                                  GDestroyNotify progress_destroy,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GBytes *gs_ipp_transport_post_finish (GsIppTransport *self, GAsyncResult *result, GError **error);

G_END_DECLS
