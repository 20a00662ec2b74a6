/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The sheet on which files come into the trust store: read, look, compare, take. Closing it before
 * the end changes nothing. Main thread. */
#define GS_TYPE_TRUST_IMPORT_WINDOW (gs_trust_import_window_get_type ())
G_DECLARE_FINAL_TYPE (
  GsTrustImportWindow, gs_trust_import_window, GS, TRUST_IMPORT_WINDOW, AdwWindow)

/* Begins to read at once. parent may be NULL. */
GtkWidget *
gs_trust_import_window_new (GtkWindow *parent, GsTrustDesk *desk, const char *const *paths);

G_END_DECLS
