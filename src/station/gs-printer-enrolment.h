/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-clock.h"
#include "gs-config.h"
#include "gs-printer-certificate.h"
#include "gs-printer-desk.h"
#include "gs-session.h"
#include "gs-store.h"

G_BEGIN_DECLS

/* Which certificates the desk believes of its printers. Administrators enrol, supervisors and
 * auditors look, officers do neither. Pins stand in the store, in the same transaction as their
 * entry of the record; a printer of which none was enrolled there has those of the key file's
 * certificate. A printer that the key file does not name stands by behind the others from its
 * enrolment on. Main thread only.
 *
 * Signal "changed" (): other pins, another session. */
#define GS_TYPE_PRINTER_ENROLMENT (gs_printer_enrolment_get_type ())
G_DECLARE_FINAL_TYPE (GsPrinterEnrolment, gs_printer_enrolment, GS, PRINTER_ENROLMENT, GObject)

#define GS_PRINTER_ENROLMENT_ERROR (gs_printer_enrolment_error_quark ())
typedef enum
{
  GS_PRINTER_ENROLMENT_ERROR_ROLE = 1,     /* nobody is signed in who may do this */
  GS_PRINTER_ENROLMENT_ERROR_ADDRESS,      /* no address of a printer */
  GS_PRINTER_ENROLMENT_ERROR_NO_ANSWER,    /* nothing listens there */
  GS_PRINTER_ENROLMENT_ERROR_NO_TLS,       /* what listens shows no certificate */
  GS_PRINTER_ENROLMENT_ERROR_FLAW,         /* TLS would refuse this certificate all the same */
  GS_PRINTER_ENROLMENT_ERROR_NOT_COMPARED, /* what was typed does not end the fingerprint */
  GS_PRINTER_ENROLMENT_ERROR_KNOWN,        /* it is enrolled already */
  GS_PRINTER_ENROLMENT_ERROR_NOT_RECORDED, /* the store could not write: nothing was changed */
} GsPrinterEnrolmentError;

GQuark gs_printer_enrolment_error_quark (void);

/* A certificate that is believed. */
typedef struct
{
  GsPrinterCertificate *certificate;
  gint64 enrolled_at_utc_ms; /* GS_TIME_UNKNOWN for one of the key file */
  char *officer;             /* account id; NULL for one of the key file */
} GsPrinterPin;

/* How near the end of a certificate is. */
typedef enum
{
  GS_PIN_ENDS_LATER = 1,
  GS_PIN_ENDS_IN_30_DAYS,
  GS_PIN_ENDS_IN_7_DAYS,
  GS_PIN_ENDS_IN_1_DAY,
  GS_PIN_HAS_ENDED,
} GsPinEnd;

/* Pure. */
GsPinEnd gs_pin_end_judge (gint64 not_after_utc_ms, gint64 now_utc_ms);

/* config is borrowed. */
GsPrinterEnrolment *gs_printer_enrolment_new (GsPrinterDesk *printers,
                                              const GsConfig *config,
                                              GsStore *store,
                                              GsClock *clock);

/* Takes up what the store has (GsPrinterPinRow): before any printer is asked. */
void gs_printer_enrolment_restore (GsPrinterEnrolment *self, GPtrArray *rows);
void gs_printer_enrolment_set_session (GsPrinterEnrolment *self, GsSession *session);
gboolean gs_printer_enrolment_may_change (GsPrinterEnrolment *self);
GsPrinterDesk *gs_printer_enrolment_get_printers (GsPrinterEnrolment *self);
gint64 gs_printer_enrolment_now_utc_ms (GsPrinterEnrolment *self);

/* GsPrinterPin, the oldest first; empty for a printer that is not enrolled. Not to be changed.
 * Transfer full. */
GPtrArray *gs_printer_enrolment_dup_pins (GsPrinterEnrolment *self, GsPrinterMonitor *printer);
/* The soonest end of those that are believed; LATER without one. */
GsPinEnd gs_printer_enrolment_judge_end (GsPrinterEnrolment *self, GsPrinterMonitor *printer);
/* What the printer showed instead; NULL when it shows an enrolled one, or nothing. Transfer full.
 */
GsPrinterCertificate *
gs_printer_enrolment_dup_refused (GsPrinterEnrolment *self, GsPrinterMonitor *printer);

/* Asks whoever listens at that address for the certificate, without believing it; see
 * gs_printer_certificate_fetch_async(). */
void gs_printer_enrolment_look_async (GsPrinterEnrolment *self,
                                      const char *uri,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GsPrinterCertificate *
gs_printer_enrolment_look_finish (GsPrinterEnrolment *self, GAsyncResult *result, GError **error);

/* Believes the certificate for that address. typed: what the administrator read from the printer's
 * panel, the last eight digits of the fingerprint or more. keep: certificates enrolled before stay
 * believed, for a renewal; else they end here. */
void gs_printer_enrolment_enrol_async (GsPrinterEnrolment *self,
                                       const char *uri,
                                       GsPrinterCertificate *certificate,
                                       const char *typed,
                                       gboolean keep,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* Believes it no longer. One of the key file ends by leaving it there. */
void gs_printer_enrolment_withdraw_async (GsPrinterEnrolment *self,
                                          const char *uri,
                                          const char *fingerprint,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
/* Of both. */
gboolean
gs_printer_enrolment_change_finish (GsPrinterEnrolment *self, GAsyncResult *result, GError **error);

void gs_printer_pin_free (GsPrinterPin *self);

G_END_DECLS
