/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-verdict.h"

/* The evidence behind one check of the document: result, what it means, what to do, and what shows
 * it. It copies text alone; no byte of the chip's files is kept. Main thread. */
#define GS_TYPE_EVIDENCE_WINDOW (gs_evidence_window_get_type ())
G_DECLARE_FINAL_TYPE (GsEvidenceWindow, gs_evidence_window, GS, EVIDENCE_WINDOW, AdwWindow)

GtkWindow *gs_evidence_window_new (GtkWindow *parent, const GsVerdict *check);
