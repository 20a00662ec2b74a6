/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-scanner.h"

G_BEGIN_DECLS

/* A scanner that does what a test says. */
#define GS_TYPE_FAKE_SCANNER (gs_fake_scanner_get_type ())
G_DECLARE_FINAL_TYPE (GsFakeScanner, gs_fake_scanner, GS, FAKE_SCANNER, GObject)

GsFakeScanner *gs_fake_scanner_new (void);

/* Emits "scan" with the text's bytes. */
void gs_fake_scanner_scan (GsFakeScanner *self, const char *text);

/* Sets the state and emits "state-changed"; error may be NULL, transfer full. */
void gs_fake_scanner_set_state (GsFakeScanner *self, GsScannerState state, GError *error);

gboolean gs_fake_scanner_is_started (GsFakeScanner *self);

G_END_DECLS
