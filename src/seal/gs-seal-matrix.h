/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-symbol.h"

G_BEGIN_DECLS

/* The bytes as a square Data Matrix (ISO/IEC 16022, ECC 200), by libzint: the smallest that holds
 * them; 112 bytes of a seal make 40 × 40 modules. NULL with GS_SEAL_ERROR_SYMBOL when there is none
 * so large. Takes some 0.2 ms; any thread. Transfer full. */
GsSealSymbol *gs_seal_matrix_encode (GBytes *bytes, GError **error);

G_END_DECLS
