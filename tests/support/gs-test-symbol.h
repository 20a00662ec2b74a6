/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-symbol.h"

G_BEGIN_DECLS

/* The square Data Matrix of bytes, by libzint; 112 bytes are 40 × 40 modules. NULL when they are
 * too many. Transfer full. */
GsSealSymbol *gs_test_symbol_new (GBytes *bytes);

/* The 112 bytes of a stamp's seal, the same ones every time. Its signature is made up. Transfer
 * full.
 */
GBytes *gs_test_symbol_sample (void);

G_END_DECLS
