/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-verdict.h"

/* The evidence behind one check of the document: result, what it means, what to do, and what shows
 * it. The officer may copy it or save it as a file; what tells of the holder goes along only when
 * that is chosen as well. It holds text alone and cleanses it; no byte of the chip's files is kept.
 * Main thread.
 *
 * Signal "exported" (gboolean file, gboolean personal): it is being saved, or was copied, with what
 * tells of the holder or without. */
#define GS_TYPE_EVIDENCE_WINDOW (gs_evidence_window_get_type ())
G_DECLARE_FINAL_TYPE (GsEvidenceWindow, gs_evidence_window, GS, EVIDENCE_WINDOW, AdwWindow)

/* What the button Save does with the chosen file, which this account alone can read. The window
 * says what came of it. */
void gs_evidence_window_save (GsEvidenceWindow *self, GFile *file);

GtkWindow *gs_evidence_window_new (GtkWindow *parent, const GsVerdict *check);
