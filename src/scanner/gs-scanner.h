/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A device that reads machine readable zones. Main thread only; nothing here blocks.
 *
 * Signals:
 *   "scan" (GBytes *raw): one reading, as the device sent it: give it to gs_mrz_read(). What it
 *     holds need not be a zone.
 *   "state-changed" (): gs_scanner_get_state() or its since or error differ from before. */
#define GS_TYPE_SCANNER (gs_scanner_get_type ())
G_DECLARE_INTERFACE (GsScanner, gs_scanner, GS, SCANNER, GObject)

typedef enum
{
  GS_SCANNER_ABSENT = 1, /* not started, or no such device at the moment */
  GS_SCANNER_READY,
  GS_SCANNER_FAILED, /* the device is there but cannot be used: see the error */
} GsScannerState;

#define GS_SCANNER_ERROR (gs_scanner_error_quark ())

typedef enum
{
  GS_SCANNER_ERROR_NOT_FOUND = 1, /* no such device */
  GS_SCANNER_ERROR_DENIED,        /* no permission to open it */
  GS_SCANNER_ERROR_NOT_SERIAL,    /* the path is no terminal device */
  GS_SCANNER_ERROR_DEVICE,        /* everything else */
} GsScannerError;

struct _GsScannerInterface
{
  GTypeInterface parent;

  void (*start) (GsScanner *self);
  void (*stop) (GsScanner *self);
  GsScannerState (*get_state) (GsScanner *self);
  gint64 (*get_since_monotonic_us) (GsScanner *self);
  const GError *(*get_error) (GsScanner *self);
};

GQuark gs_scanner_error_quark (void);

/* Begins and ends to use the device; both may be called again at any time. */
void gs_scanner_start (GsScanner *self);
void gs_scanner_stop (GsScanner *self);

GsScannerState gs_scanner_get_state (GsScanner *self);

/* Since when the state is what it is, in the monotonic clock's microseconds. */
gint64 gs_scanner_get_since_monotonic_us (GsScanner *self);

/* Why the state is not READY, in GS_SCANNER_ERROR; NULL when it is, or before the first start.
 * Transfer none, valid until the next "state-changed". */
const GError *gs_scanner_get_error (GsScanner *self);

/* For implementations: emits the signals. */
void gs_scanner_emit_scan (GsScanner *self, GBytes *raw);
void gs_scanner_emit_state_changed (GsScanner *self);

G_END_DECLS
