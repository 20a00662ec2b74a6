/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-scanner.h"

enum
{
  SIGNAL_SCAN,
  SIGNAL_STATE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (GsScanner, gs_scanner, G_TYPE_OBJECT)

G_DEFINE_QUARK (gs - scanner - error - quark, gs_scanner_error)

static void
gs_scanner_default_init (GsScannerInterface *iface)
{
  signals[SIGNAL_SCAN] = g_signal_new ("scan", GS_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_STATE_CHANGED] = g_signal_new ("state-changed", GS_TYPE_SCANNER, G_SIGNAL_RUN_LAST,
                                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
gs_scanner_start (GsScanner *self)
{
  g_return_if_fail (GS_IS_SCANNER (self));
  GS_SCANNER_GET_IFACE (self)->start (self);
}

void
gs_scanner_stop (GsScanner *self)
{
  g_return_if_fail (GS_IS_SCANNER (self));
  GS_SCANNER_GET_IFACE (self)->stop (self);
}

GsScannerState
gs_scanner_get_state (GsScanner *self)
{
  g_return_val_if_fail (GS_IS_SCANNER (self), GS_SCANNER_ABSENT);
  return GS_SCANNER_GET_IFACE (self)->get_state (self);
}

gint64
gs_scanner_get_since_monotonic_us (GsScanner *self)
{
  g_return_val_if_fail (GS_IS_SCANNER (self), 0);
  return GS_SCANNER_GET_IFACE (self)->get_since_monotonic_us (self);
}

const GError *
gs_scanner_get_error (GsScanner *self)
{
  g_return_val_if_fail (GS_IS_SCANNER (self), NULL);
  return GS_SCANNER_GET_IFACE (self)->get_error (self);
}

void
gs_scanner_emit_scan (GsScanner *self, GBytes *raw)
{
  g_return_if_fail (GS_IS_SCANNER (self));
  g_signal_emit (self, signals[SIGNAL_SCAN], 0, raw);
}

void
gs_scanner_emit_state_changed (GsScanner *self)
{
  g_return_if_fail (GS_IS_SCANNER (self));
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}
