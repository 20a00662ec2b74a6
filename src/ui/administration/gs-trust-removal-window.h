/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks why one certificate goes, and removes it. Main thread. */
#define GS_TYPE_TRUST_REMOVAL_WINDOW (gs_trust_removal_window_get_type ())
G_DECLARE_FINAL_TYPE (
  GsTrustRemovalWindow, gs_trust_removal_window, GS, TRUST_REMOVAL_WINDOW, AdwWindow)

/* parent may be NULL. */
GtkWidget *
gs_trust_removal_window_new (GtkWindow *parent, GsTrustDesk *desk, GsTrustCertificate *certificate);

G_END_DECLS
