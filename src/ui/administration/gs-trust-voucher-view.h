/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-preview.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One thing that must be vouched for before it comes in: its fingerprints in groups of four, and an
 * entry for the last eight characters. Emits "confirm" (index, typed). Main thread. */
#define GS_TYPE_TRUST_VOUCHER_VIEW (gs_trust_voucher_view_get_type ())
G_DECLARE_FINAL_TYPE (GsTrustVoucherView, gs_trust_voucher_view, GS, TRUST_VOUCHER_VIEW, GtkBox)

GtkWidget *gs_trust_voucher_view_new (const GsTrustVoucher *voucher, guint index);
/* NULL takes it away. */
void gs_trust_voucher_view_set_error (GsTrustVoucherView *self, const char *sentence);

G_END_DECLS
