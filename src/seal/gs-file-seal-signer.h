/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-signer.h"

G_BEGIN_DECLS

/* Signs with a key in a PEM file, which is read when it first signs. For tests, demonstrations and
 * desks whose agency accepts that whoever reads the file can sign. */
#define GS_TYPE_FILE_SEAL_SIGNER (gs_file_seal_signer_get_type ())
G_DECLARE_FINAL_TYPE (GsFileSealSigner, gs_file_seal_signer, GS, FILE_SEAL_SIGNER, GObject)

GsSealSigner *gs_file_seal_signer_new (const char *path);

G_END_DECLS
