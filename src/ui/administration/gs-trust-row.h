/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line of a list of certificates: a certificate, a country above its certificates, or the
 * columns' titles. Draws itself at a fixed height (36 at normal text scale), so that a long list
 * scrolls evenly; columns that have no room are left out from the right. Main thread. */
#define GS_TYPE_TRUST_ROW (gs_trust_row_get_type ())
G_DECLARE_FINAL_TYPE (GsTrustRow, gs_trust_row, GS, TRUST_ROW, GtkWidget)

GtkWidget *gs_trust_row_new (void);
/* decisions: the first column says what becomes of the certificate. */
void gs_trust_row_show_titles (GsTrustRow *self, gboolean decisions);
void gs_trust_row_show_country (GsTrustRow *self, const char *country, guint n);
void gs_trust_row_show_certificate (GsTrustRow *self,
                                    GsTrustCertificate *certificate,
                                    gint64 now_utc_ms);

G_END_DECLS
