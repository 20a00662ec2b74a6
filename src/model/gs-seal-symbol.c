/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-symbol.h"

#include <string.h>

struct _GsSealSymbol
{
  gatomicrefcount references;
  guint side;
  guint8 modules[]; /* side × side, each 0 or 1 */
};

G_DEFINE_BOXED_TYPE (GsSealSymbol, gs_seal_symbol, gs_seal_symbol_ref, gs_seal_symbol_unref)

GsSealSymbol *
gs_seal_symbol_new (guint side, const guint8 *modules, gsize length)
{
  g_return_val_if_fail (modules != NULL, NULL);
  if (side == 0 || side > GS_SEAL_SYMBOL_MAX_SIDE || length != (gsize) side * side)
    return NULL;
  GsSealSymbol *self = g_malloc (sizeof *self + length);
  g_atomic_ref_count_init (&self->references);
  self->side = side;
  for (gsize i = 0; i < length; i++)
    self->modules[i] = modules[i] != 0;
  return self;
}

GsSealSymbol *
gs_seal_symbol_ref (GsSealSymbol *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
gs_seal_symbol_unref (GsSealSymbol *self)
{
  g_return_if_fail (self != NULL);
  if (g_atomic_ref_count_dec (&self->references))
    g_free (self);
}

guint
gs_seal_symbol_get_side (const GsSealSymbol *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->side;
}

gboolean
gs_seal_symbol_get (const GsSealSymbol *self, guint x, guint y)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return x < self->side && y < self->side && self->modules[(gsize) y * self->side + x] != 0;
}

gboolean
gs_seal_symbol_equal (const GsSealSymbol *a, const GsSealSymbol *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return a->side == b->side && memcmp (a->modules, b->modules, (gsize) a->side * a->side) == 0;
}
