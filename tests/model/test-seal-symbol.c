/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The square of modules: what is in it comes out, and nothing that is no square goes in. */
#include "gs-seal-symbol.h"

static void
test_modules (void)
{
  const guint8 modules[] = { 1, 0, 255, 0, 2, 0, 0, 0, 1 };
  g_autoptr (GsSealSymbol) symbol = gs_seal_symbol_new (3, modules, sizeof modules);

  g_assert_nonnull (symbol);
  g_assert_cmpuint (gs_seal_symbol_get_side (symbol), ==, 3);
  for (guint y = 0; y < 3; y++)
    for (guint x = 0; x < 3; x++)
      g_assert_cmpint (gs_seal_symbol_get (symbol, x, y), ==, modules[y * 3 + x] != 0);
  g_assert_false (gs_seal_symbol_get (symbol, 3, 0));
  g_assert_false (gs_seal_symbol_get (symbol, 0, 3));
  g_assert_false (gs_seal_symbol_get (symbol, G_MAXUINT, G_MAXUINT));
}

static void
test_equal (void)
{
  const guint8 modules[] = { 1, 0, 0, 1 };
  const guint8 same[] = { 9, 0, 0, 7 };
  const guint8 other[] = { 1, 0, 1, 1 };
  g_autoptr (GsSealSymbol) symbol = gs_seal_symbol_new (2, modules, sizeof modules);
  g_autoptr (GsSealSymbol) again = gs_seal_symbol_new (2, same, sizeof same);
  g_autoptr (GsSealSymbol) changed = gs_seal_symbol_new (2, other, sizeof other);
  g_autoptr (GsSealSymbol) small = gs_seal_symbol_new (1, modules, 1);
  GsSealSymbol *reference = g_boxed_copy (GS_TYPE_SEAL_SYMBOL, symbol);

  g_assert_true (reference == symbol);
  g_boxed_free (GS_TYPE_SEAL_SYMBOL, reference);
  g_assert_true (gs_seal_symbol_equal (symbol, again));
  g_assert_false (gs_seal_symbol_equal (symbol, changed));
  g_assert_false (gs_seal_symbol_equal (symbol, small));
}

static void
test_no_square (void)
{
  static const guint8 modules[145 * 145];

  g_assert_null (gs_seal_symbol_new (0, modules, 0));
  g_assert_null (gs_seal_symbol_new (3, modules, 8));
  g_assert_null (gs_seal_symbol_new (145, modules, sizeof modules));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/seal-symbol/modules", test_modules);
  g_test_add_func ("/model/seal-symbol/equal", test_equal);
  g_test_add_func ("/model/seal-symbol/no-square", test_no_square);
  return g_test_run ();
}
