/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-signer.h"

G_BEGIN_DECLS

/* Signs on a PKCS#11 token, with CKM_ECDSA, through p11-kit's modules. The session is kept; when
 * the token went and came back, it is opened once more. */
#define GS_TYPE_TOKEN_SEAL_SIGNER (gs_token_seal_signer_get_type ())
G_DECLARE_FINAL_TYPE (GsTokenSealSigner, gs_token_seal_signer, GS, TOKEN_SEAL_SIGNER, GObject)

/* uri: pkcs11:token=…;object=…?pin-source=file:… (RFC 7512). NULL with GS_SEAL_ERROR_KEY. */
GsSealSigner *gs_token_seal_signer_new (const char *uri, GError **error);

G_END_DECLS
