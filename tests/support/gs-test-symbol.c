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
  /* Header of UTO, signer UTTS 5B; binding, serial UTOD3004217, exit by air from AMA; the tag and
   * length of the signature. */
  guint8 bytes[112] = {
    0xdc, 0x03, 0xd9, 0xc5, 0xd9, 0xca, 0xc8, 0xa7, 0x3a, 0x9c, 0xab, 0x63, 0x1a, 0xab, 0x63, 0x1a,
    0x47, 0x20, 0x01, 0x08, 0x5a, 0x1c, 0x93, 0xe4, 0x27, 0xb8, 0x60, 0xdf, 0x02, 0x08, 0xd9, 0xc5,
    0x6b, 0x5d, 0x1a, 0x47, 0x20, 0xf9, 0x03, 0x06, 0x21, 0x5b, 0x9f, 0xab, 0x63, 0x1a, 0xff, 0x40,
  };
  guint32 state = 4217;

  for (guint i = 48; i < G_N_ELEMENTS (bytes); i++)
    {
      state = state * 1664525u + 1013904223u;
      bytes[i] = (guint8) (state >> 24);
    }
  return g_bytes_new (bytes, sizeof bytes);
}
