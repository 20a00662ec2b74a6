/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-station.h"

G_BEGIN_DECLS

#define GS_TYPE_TYPED_DOCUMENT_DIALOG (gs_typed_document_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  GsTypedDocumentDialog, gs_typed_document_dialog, GS, TYPED_DOCUMENT_DIALOG, AdwWindow)

/* A machine readable zone typed by hand, with each check digit judged while it is typed; it counts
 * only with a second officer's own sign-in. Returns the dialog, borrowed. Main thread. */
GtkWindow *gs_typed_document_dialog_present (GtkWindow *parent, GsStation *station);

G_END_DECLS
