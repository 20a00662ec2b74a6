/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-certificate.h"

#include <glib.h>

/* The certificates of signing authorities (CSCA) that are believed without asking further, by
 * country. Filled by one thread, then read by any; certificates are parsed when they are first
 * asked for. The reference count is atomic. */
typedef struct _GsAnchorSet GsAnchorSet;

/* One anchor. Owned by its set. source: where it came from, for evidence. */
typedef struct _GsAnchor GsAnchor;

GsAnchorSet *gs_anchor_set_new (void);
GsAnchorSet *gs_anchor_set_ref (GsAnchorSet *self);
void gs_anchor_set_unref (GsAnchorSet *self);

/* FALSE when the certificate is in the set already. */
gboolean gs_anchor_set_add (GsAnchorSet *self, GsCertificate *certificate, const char *source);
/* The same without parsing it: what is given is what gs_certificate_get_...() would say. */
gboolean gs_anchor_set_add_lazy (GsAnchorSet *self,
                                 GBytes *der,
                                 const char *fingerprint,
                                 const char *country,
                                 GBytes *subject_key_id,
                                 const char *source);

guint gs_anchor_set_get_size (GsAnchorSet *self);
gboolean gs_anchor_set_contains (GsAnchorSet *self, const char *fingerprint);
guint gs_anchor_set_count_country (GsAnchorSet *self, const char *country);

/* The anchors of a country (upper case), those whose subject key id is key_id (may be NULL) first.
 * GPtrArray of GsAnchor; the array transfer full, what is in it the set's. */
GPtrArray *gs_anchor_set_look_up (GsAnchorSet *self, const char *country, GBytes *key_id);

/* NULL when the bytes turn out to be no certificate. Transfer none. */
GsCertificate *gs_anchor_get_certificate (GsAnchor *self);
const char *gs_anchor_get_source (GsAnchor *self);
gboolean gs_anchor_has_key_id (GsAnchor *self, GBytes *key_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsAnchorSet, gs_anchor_set_unref)
