/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-scanner.h"

#include <string.h>

struct _GsFakeScanner
{
  GObject parent;

  gboolean is_started;
  GsScannerState state;
  gint64 since_monotonic_us;
  GError *error;
};

static void gs_fake_scanner_iface_init (GsScannerInterface *iface);

G_DEFINE_TYPE_WITH_CODE (GsFakeScanner,
                         gs_fake_scanner,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (GS_TYPE_SCANNER, gs_fake_scanner_iface_init))

static void
gs_fake_scanner_start (GsScanner *scanner)
{
  GsFakeScanner *self = GS_FAKE_SCANNER (scanner);

  self->is_started = TRUE;
  gs_fake_scanner_set_state (self, GS_SCANNER_READY, NULL);
}

static void
gs_fake_scanner_stop (GsScanner *scanner)
{
  GsFakeScanner *self = GS_FAKE_SCANNER (scanner);

  self->is_started = FALSE;
  gs_fake_scanner_set_state (self, GS_SCANNER_ABSENT, NULL);
}

static GsScannerState
gs_fake_scanner_get_state (GsScanner *scanner)
{
  return GS_FAKE_SCANNER (scanner)->state;
}

static gint64
gs_fake_scanner_get_since_monotonic_us (GsScanner *scanner)
{
  return GS_FAKE_SCANNER (scanner)->since_monotonic_us;
}

static const GError *
gs_fake_scanner_get_error (GsScanner *scanner)
{
  return GS_FAKE_SCANNER (scanner)->error;
}

static void
gs_fake_scanner_iface_init (GsScannerInterface *iface)
{
  iface->start = gs_fake_scanner_start;
  iface->stop = gs_fake_scanner_stop;
  iface->get_state = gs_fake_scanner_get_state;
  iface->get_since_monotonic_us = gs_fake_scanner_get_since_monotonic_us;
  iface->get_error = gs_fake_scanner_get_error;
}

static void
gs_fake_scanner_finalize (GObject *object)
{
  g_clear_error (&GS_FAKE_SCANNER (object)->error);
  G_OBJECT_CLASS (gs_fake_scanner_parent_class)->finalize (object);
}

static void
gs_fake_scanner_class_init (GsFakeScannerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_fake_scanner_finalize;
}

static void
gs_fake_scanner_init (GsFakeScanner *self)
{
  self->state = GS_SCANNER_ABSENT;
}

GsFakeScanner *
gs_fake_scanner_new (void)
{
  return g_object_new (GS_TYPE_FAKE_SCANNER, NULL);
}

void
gs_fake_scanner_scan (GsFakeScanner *self, const char *text)
{
  g_autoptr (GBytes) raw = g_bytes_new (text, strlen (text));

  gs_scanner_emit_scan (GS_SCANNER (self), raw);
}

void
gs_fake_scanner_set_state (GsFakeScanner *self, GsScannerState state, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->state = state;
  self->since_monotonic_us = g_get_monotonic_time ();
  gs_scanner_emit_state_changed (GS_SCANNER (self));
}

gboolean
gs_fake_scanner_is_started (GsFakeScanner *self)
{
  return self->is_started;
}
