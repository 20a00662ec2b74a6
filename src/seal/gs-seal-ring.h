/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-key.h"

G_BEGIN_DECLS

/* The keys that seals are believed under. Filled by one thread, then only read, by any; the
 * reference count is atomic. */
typedef struct _GsSealRing GsSealRing;

GsSealRing *gs_seal_ring_new (void);
GsSealRing *gs_seal_ring_ref (GsSealRing *self);
void gs_seal_ring_unref (GsSealRing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSealRing, gs_seal_ring_unref)

/* A file with any number of certificates and public keys in PEM, or a certificate or public key in
 * DER; of a folder, every such file. Reads files. FALSE with GS_SEAL_ERROR_KEY when there is none,
 * or one of them cannot be used; what came before stays. */
gboolean gs_seal_ring_add_path (GsSealRing *self, const char *path, GError **error);
/* The same key and certificate is kept once. */
void gs_seal_ring_add (GsSealRing *self, GsSealKey *key);

guint gs_seal_ring_get_size (GsSealRing *self);
/* Borrowed. */
GsSealKey *gs_seal_ring_get (GsSealRing *self, guint index);

G_END_DECLS
