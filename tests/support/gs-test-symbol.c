/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-symbol.h"

#include <zint.h>

GsSealSymbol *
gs_test_symbol_new (GBytes *bytes)
{
  struct zint_symbol *zint = ZBarcode_Create ();
  GsSealSymbol *symbol = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  zint->symbology = BARCODE_DATAMATRIX;
  zint->input_mode = DATA_MODE;
  zint->option_3 = DM_SQUARE;
  if (ZBarcode_Encode (zint, data, (int) size) < ZINT_ERROR && zint->rows == zint->width)
    {
      guint side = (guint) zint->width;
      g_autofree guint8 *modules = g_malloc ((gsize) side * side);

      for (guint i = 0; i < side * side; i++)
        modules[i] = (zint->encoded_data[i / side][(i % side) / 8] >> ((i % side) % 8)) & 1;
      symbol = gs_seal_symbol_new (side, modules, (gsize) side * side);
    }
  ZBarcode_Delete (zint);
  return symbol;
}

GBytes *
gs_test_symbol_sample (void)
{
  guint8 bytes[112] = { 0xdc, 0x03 };
  guint32 state = 4217;

  for (guint i = 2; i < G_N_ELEMENTS (bytes); i++)
    {
      state = state * 1664525u + 1013904223u;
      bytes[i] = (guint8) (state >> 24);
    }
  return g_bytes_new (bytes, sizeof bytes);
}
