/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who signs seals: a key in a file, or a token that keeps it to itself. Blocks for as long as the
 * device takes: only on a worker thread (gs-sealer.h), one call at a time. */
#define GS_TYPE_SEAL_SIGNER (gs_seal_signer_get_type ())
G_DECLARE_INTERFACE (GsSealSigner, gs_seal_signer, GS, SEAL_SIGNER, GObject)

struct _GsSealSignerInterface
{
  GTypeInterface parent_interface;

  GBytes *(*sign) (GsSealSigner *self,
                   const guint8 *digest,
                   gsize digest_size,
                   gsize signature_size,
                   GError **error);
};

/* The signature r‖s over a digest. NULL with GS_SEAL_ERROR_KEY when the key cannot be used at all,
 * _SIGNER when it cannot at this time (no token, wrong PIN). Transfer full. */
GBytes *gs_seal_signer_sign (GsSealSigner *self,
                             const guint8 *digest,
                             gsize digest_size,
                             gsize signature_size,
                             GError **error);

/* key: a PEM file, or a pkcs11: address (RFC 7512) with token, object or id, and pin-source or
 * pin-value. Reads nothing yet, so a missing file or token is told when it shall sign. NULL with
 * GS_SEAL_ERROR_KEY when the address is none. */
GsSealSigner *gs_seal_signer_new (const char *key, GError **error);

G_END_DECLS
