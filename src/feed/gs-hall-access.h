/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "gs-hall-error.h"

G_BEGIN_DECLS

/* Where the hall is and what this desk shows it: the base URL, the private CAs, the client
 * certificate. Immutable and shared between the hall client and the feed client, each of which
 * makes its own SoupSession from it in its own thread. Any thread. */
typedef struct GsHallAccess GsHallAccess;

/* url: "https://hall.example:8443" (a path prefix is kept); plain http only for 127.0.0.1, ::1 and
 * localhost, for test benches. NULL with GS_HALL_ERROR_CREDENTIALS when it is no such URL. */
GsHallAccess *gs_hall_access_new (const char *url, GError **error);
GsHallAccess *gs_hall_access_ref (GsHallAccess *self);
void gs_hall_access_unref (GsHallAccess *self);

/* Adds the certificates of a PEM file to those trusted for the hall; may be called again, so that
 * two CAs can overlap during a renewal. Without any CA file the system's are used. */
gboolean gs_hall_access_add_ca_file (GsHallAccess *self, const char *path, GError **error);

/* The desk's certificate from PEM files; key_path NULL means the same file. */
gboolean gs_hall_access_set_certificate_files (GsHallAccess *self,
                                               const char *cert_path,
                                               const char *key_path,
                                               GError **error);

/* The desk's certificate on a PKCS#11 token ("pkcs11:token=…;object=…"); key_uri NULL means the
 * same object; pin NULL when the URI has pin-value or pin-source. */
gboolean gs_hall_access_set_certificate_token (
  GsHallAccess *self, const char *cert_uri, const char *key_uri, const char *pin, GError **error);

/* cert: a path or a "pkcs11:" URI, key likewise or NULL; calls one of the two above. */
gboolean gs_hall_access_set_certificate (GsHallAccess *self,
                                         const char *cert,
                                         const char *key,
                                         GError **error);

/* End of validity of the desk's certificate; GS_TIME_UNKNOWN when there is none. */
gint64 gs_hall_access_certificate_ends_utc_ms (GsHallAccess *self);

const char *gs_hall_access_get_url (GsHallAccess *self);

/* The desk's id: the common name in its certificate. Transfer full; NULL when there is none. */
char *gs_hall_access_dup_desk (GsHallAccess *self);

/* The same hall and CAs with no certificate of ours, as a stranger. Transfer full. */
GsHallAccess *gs_hall_access_copy_stranger (GsHallAccess *self);

/* A session for the calling thread's default main context. timeout_s 0: none (for the feed). */
SoupSession *gs_hall_access_make_session (GsHallAccess *self, guint timeout_s, GError **error);

/* A message for a path such as "/v1/status" (already escaped), with the desk's certificate and the
 * checks of TLS version set up. */
SoupMessage *gs_hall_access_make_message (GsHallAccess *self, const char *method, const char *path);

/* What a failed send really was, in GS_HALL_ERROR; takes over error. A refused client certificate
 * shows under TLS 1.3 only at the first read, and becomes GS_HALL_ERROR_REFUSED here.
 * G_IO_ERROR_CANCELLED by the caller's own cancellable stays as it is. */
GError *gs_hall_access_explain (SoupMessage *message, GError *error);

/* TRUE when a failed send may have been a refused certificate whose alert was lost: the connection
 * broke after the handshake and before any answer. Then gs_hall_access_probe_async() finds out: it
 * connects once more and sends nothing, so that an alert can be read, or the hall be seen to hang
 * up by itself. */
gboolean gs_hall_access_is_ambiguous (SoupMessage *message, const GError *error);
void gs_hall_access_probe_async (GsHallAccess *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* FALSE with GS_HALL_ERROR_REFUSED when the hall refuses the desk's certificate; TRUE when it does
 * not, or when nothing could be found out. */
gboolean gs_hall_access_probe_finish (GAsyncResult *result, GError **error);

/* The access that a message was made by. Borrowed. */
GsHallAccess *gs_hall_access_of_message (SoupMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsHallAccess, gs_hall_access_unref)

G_END_DECLS
