/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-matrix.h"

#include "gs-seal-error.h"

#include <zint.h>

typedef struct zint_symbol ZintSymbol;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZintSymbol, ZBarcode_Delete)

GsSealSymbol *
gs_seal_matrix_encode (GBytes *bytes, GError **error)
{
  g_autoptr (ZintSymbol) zint = ZBarcode_Create ();
  g_autofree guint8 *modules = NULL;
  GsSealSymbol *symbol = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (zint == NULL || size == 0 || size > 2000)
    {
      g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SYMBOL,
                           "there is no symbol for so many bytes");
      return NULL;
    }
  zint->symbology = BARCODE_DATAMATRIX;
  zint->input_mode = DATA_MODE;
  zint->option_3 = DM_SQUARE;
  /* It only reads what it is given, whatever its prototype says. */
  if (ZBarcode_Encode (zint, (unsigned char *) (gpointer) data, (int) size) >= ZINT_ERROR
      || zint->rows != zint->width || zint->width <= 0 || zint->width > GS_SEAL_SYMBOL_MAX_SIDE)
    {
      g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SYMBOL, "the symbol cannot be made: %s",
                   zint->errtxt[0] != '\0' ? zint->errtxt : "it is no square");
      return NULL;
    }
  guint side = (guint) zint->width;
  modules = g_malloc0 ((gsize) side * side);
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      modules[(gsize) y * side + x] = zint->encoded_data[y][x / 8] >> x % 8 & 1;
  symbol = gs_seal_symbol_new (side, modules, (gsize) side * side);
  return symbol;
}
