/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-stamp-printer.h"

G_BEGIN_DECLS

/* A printer that speaks IPP/2.0 over TLS (RFC 8010, 8011, 7472), trusted by its pinned certificate
 * alone. libcups is the codec, libsoup the transport. Main thread. */
#define GS_TYPE_IPP_PRINTER (gs_ipp_printer_get_type ())
G_DECLARE_FINAL_TYPE (GsIppPrinter, gs_ipp_printer, GS, IPP_PRINTER, GObject)

/* uri is "ipps://host[:port]/path", port 631 when it has none. pins_path is the absolute path of a
 * PEM file with the certificates of this printer, enrolled by an administrator, and nothing else:
 * two of them may overlap during a renewal. NULL for a printer whose certificates
 * gs_ipp_printer_set_pins() brings; until then every call fails with NOT_ENROLLED. There is no
 * trust on first use. name is for the screen, NULL for the uri's host. NULL with
 * G_IO_ERROR_INVALID_ARGUMENT for another uri, or with the error of the file. */
GsIppPrinter *
gs_ipp_printer_new (const char *name, const char *uri, const char *pins_path, GError **error);

/* Reads the pins again, as after a renewal; connections made from now on use them. */
gboolean gs_ipp_printer_reload_pins (GsIppPrinter *self, GError **error);

/* Exactly these certificates (GTlsCertificate) are the printer's from now on, whatever the file
 * says; none: NOT_ENROLLED. What is under way ends as it began. */
void gs_ipp_printer_set_pins (GsIppPrinter *self, GPtrArray *pins);

/* The certificate that the peer showed when it was last refused (UNTRUSTED): another than the
 * pinned ones, or a pinned one that has ended or names another host. NULL after a connection that
 * was good. Transfer none. */
GTlsCertificate *gs_ipp_printer_get_refused (GsIppPrinter *self);

const char *gs_ipp_printer_get_uri (GsIppPrinter *self);

/* How long a short request may take (default 10 s); Send-Document has no limit while the connection
 * lives. For tests, and for slow links. */
void gs_ipp_printer_set_timeout (GsIppPrinter *self, guint timeout_ms);

G_END_DECLS
