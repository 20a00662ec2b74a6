/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-imprint.h"
#include "gs-seal-ring.h"
#include "gs-seal-signer.h"
#include "gs-seal-symbol.h"

G_BEGIN_DECLS

/* Makes the seals of stamps: puts together what is sealed, has it signed on a thread of its own,
 * checks the signature under the certificate's key, and draws the symbol. Main thread only. */
#define GS_TYPE_SEALER (gs_sealer_get_type ())
G_DECLARE_FINAL_TYPE (GsSealer, gs_sealer, GS, SEALER, GObject)

/* How long a signer may take until its stamp goes without it. */
#define GS_SEALER_PATIENCE_MS 5000

typedef struct
{
  GBytes *bytes; /* the whole seal */
  GsSealSymbol *symbol;
} GsSealed;

void gs_sealed_free (GsSealed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSealed, gs_sealed_free)

/* certificate: of the signer, a PEM file with just one; country: three letters of the state whose
 * stamp it is. signer: four letters as the seal shall name the signer, or NULL for C and CN of the
 * certificate. NULL with GS_SEAL_ERROR_KEY when that cannot be; the key itself is looked at when it
 * first signs. Reads the certificate's file. */
GsSealer *gs_sealer_new (GsSealSigner *key,
                         const char *certificate,
                         const char *country,
                         const char *signer,
                         GError **error);

/* signed_on: today, by the port's clock; it stands in the header as the day of the stamp too.
 * GS_SEAL_ERROR_FIELDS, _KEY (the certificate has expired too), _SIGNER, _SLOW, _SYMBOL. */
void gs_sealer_seal_async (GsSealer *self,
                           const GsSealImprint *imprint,
                           const GsSealDate *signed_on,
                           guint patience_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* Transfer full. */
GsSealed *gs_sealer_seal_finish (GsSealer *self, GAsyncResult *result, GError **error);

/* The certificate, for who shall believe these seals. Borrowed. */
GsSealKey *gs_sealer_get_key (GsSealer *self);
/* "UTGS". */
const char *gs_sealer_get_signer (GsSealer *self);

G_END_DECLS
