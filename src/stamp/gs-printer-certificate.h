/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A printer's certificate, as an administrator looks at it. Immutable, reference counted, any
 * thread. */
typedef struct
{
  char *subject; /* RFC 4514 */
  char *issuer;
  char **names; /* hosts and addresses it is for; empty when it names none */
  gint64 not_before_utc_ms;
  gint64 not_after_utc_ms;
  char *fingerprint; /* SHA-256 of the DER, 64 lower-case digits */
  char *pem;
} GsPrinterCertificate;

/* Any of these may say nothing of use: then a text is empty and a time GS_TIME_UNKNOWN. */
GsPrinterCertificate *gs_printer_certificate_new (GTlsCertificate *certificate);
/* NULL with the error of GIO when it is none. */
GsPrinterCertificate *gs_printer_certificate_new_from_pem (const char *pem, GError **error);
GsPrinterCertificate *gs_printer_certificate_ref (GsPrinterCertificate *self);
void gs_printer_certificate_unref (GsPrinterCertificate *self);

/* The certificate for GIO. Transfer full. */
GTlsCertificate *gs_printer_certificate_dup_tls (const GsPrinterCertificate *self);

/* Why a printer that shows this certificate could not be trusted even if it were enrolled. */
typedef enum
{
  GS_CERTIFICATE_FLAW_NONE = 1,
  GS_CERTIFICATE_FLAW_ENDED,
  GS_CERTIFICATE_FLAW_NOT_BEGUN,
  GS_CERTIFICATE_FLAW_OTHER_HOST, /* it is not for the host of the address */
} GsCertificateFlaw;

/* uri is the printer's; now_utc_ms is the wall clock's, as TLS takes it. */
GsCertificateFlaw
gs_printer_certificate_judge (const GsPrinterCertificate *self, const char *uri, gint64 now_utc_ms);

/* TRUE when typed, without spaces and in any case, is one of the last groups of the fingerprint: at
 * least its last eight digits. */
gboolean gs_printer_certificate_is_typed (const GsPrinterCertificate *self, const char *typed);

/* Shakes hands with the peer at that address and takes the certificate that it shows; then breaks
 * off. Nothing is believed, and no byte of IPP or HTTP is sent. Errors:
 * GS_PRINTER_ERROR_UNREACHABLE (also without an answer for 10 s), _PROTOCOL when it shows no
 * certificate, G_IO_ERROR_CANCELLED, G_IO_ERROR_INVALID_ARGUMENT for an address that is none of a
 * printer. Main thread. Transfer full.
 */
void gs_printer_certificate_fetch_async (const char *uri,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GsPrinterCertificate *gs_printer_certificate_fetch_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsPrinterCertificate, gs_printer_certificate_unref)

G_END_DECLS
