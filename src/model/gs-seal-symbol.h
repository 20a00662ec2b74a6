/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A square of modules, dark or light, as a two-dimensional symbol (Data Matrix) is drawn. The
 * quiet zone around it is not part of it: whoever draws it leaves that free. Immutable and counted
 * atomically, so it may cross threads. */
typedef struct _GsSealSymbol GsSealSymbol;

#define GS_TYPE_SEAL_SYMBOL (gs_seal_symbol_get_type ())
GType gs_seal_symbol_get_type (void);

/* The largest side that there is; ISO/IEC 16022 ends at 144. */
#define GS_SEAL_SYMBOL_MAX_SIDE 144

/* modules: side × side bytes, row after row from the top, each 0 (light) or not (dark); copied.
 * NULL when side is 0 or too large, or length is not side × side. */
GsSealSymbol *gs_seal_symbol_new (guint side, const guint8 *modules, gsize length);
GsSealSymbol *gs_seal_symbol_ref (GsSealSymbol *self);
void gs_seal_symbol_unref (GsSealSymbol *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSealSymbol, gs_seal_symbol_unref)

/* In modules, without a quiet zone: 40. */
guint gs_seal_symbol_get_side (const GsSealSymbol *self);

/* TRUE when the module of column x and row y is dark; (0, 0) is the upper left one. Outside the
 * square everything is light. */
gboolean gs_seal_symbol_get (const GsSealSymbol *self, guint x, guint y);

gboolean gs_seal_symbol_equal (const GsSealSymbol *a, const GsSealSymbol *b);

G_END_DECLS
