/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sign.h"

/* One sign as a widget. Its accessible name is the sign's word, or the label that was set; with an
 * empty label it is presentation only, for use beside the word itself. The size is in pixels at
 * 96 dpi and grows with the text scale. */
#define GS_TYPE_SIGN_VIEW (gs_sign_view_get_type ())
G_DECLARE_FINAL_TYPE (GsSignView, gs_sign_view, GS, SIGN_VIEW, GtkWidget)

GtkWidget *gs_sign_view_new (GsSign sign, guint size_px);
void gs_sign_view_set_sign (GsSignView *self, GsSign sign);
GsSign gs_sign_view_get_sign (GsSignView *self);
void gs_sign_view_set_size (GsSignView *self, guint size_px);
void gs_sign_view_set_label (GsSignView *self, const char *label);
