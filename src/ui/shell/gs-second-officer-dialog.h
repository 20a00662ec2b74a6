/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-approval.h"
#include "gs-station.h"

G_BEGIN_DECLS

#define GS_TYPE_SECOND_OFFICER_DIALOG (gs_second_officer_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  GsSecondOfficerDialog, gs_second_officer_dialog, GS, SECOND_OFFICER_DIALOG, AdwWindow)

/* A second officer approves by own sign-in, beside the first one's session. second is NULL when the
 * dialog was closed without an approval. Main thread. */
typedef void (*GsSecondOfficerFunc) (GsSession *second, gpointer user_data);

/* what: the sentence that says what is approved. func is called exactly once. Returns the dialog
 * (borrowed), so that the wedge filter can be attached to it. */
GtkWindow *gs_second_officer_dialog_present (GtkWindow *parent,
                                             GsStation *station,
                                             GsApprovalKind kind,
                                             const char *what,
                                             GsSecondOfficerFunc func,
                                             gpointer user_data);

G_END_DECLS
