/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-trust-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A list of certificates by country, that thousands scroll through evenly. Emits "selected" when
 * another certificate, or none, is chosen. Main thread. */
#define GS_TYPE_TRUST_LIST (gs_trust_list_get_type ())
G_DECLARE_FINAL_TYPE (GsTrustList, gs_trust_list, GS, TRUST_LIST, GtkBox)

/* GPtrArray of GsTrustCertificate, sorted by country; a reference is taken. What was chosen stays
 * chosen when it is still there. decisions: they are those of a preview. */
void gs_trust_list_set_certificates (GsTrustList *self,
                                     GPtrArray *certificates,
                                     gint64 now_utc_ms,
                                     gboolean decisions);
/* Shows only what gs_trust_certificate_matches(); how many those are. */
guint gs_trust_list_set_filter (GsTrustList *self, const char *text);
/* NULL when nothing is chosen. Borrowed. */
GsTrustCertificate *gs_trust_list_get_selected (GsTrustList *self);
guint gs_trust_list_get_n_shown (GsTrustList *self);

G_END_DECLS
