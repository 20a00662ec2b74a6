/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which signing authorities this desk believes: certificates by country, one's details, and, for
 * administrators, import and removal. Reads the store when it is shown. Main thread. */
#define GS_TYPE_TRUST_PAGE (gs_trust_page_get_type ())
G_DECLARE_FINAL_TYPE (GsTrustPage, gs_trust_page, GS, TRUST_PAGE, GtkBox)

GtkWidget *gs_trust_page_new (GsTrustDesk *desk);

G_END_DECLS
