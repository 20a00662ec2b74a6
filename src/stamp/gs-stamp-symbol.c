/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-symbol.h"

gboolean
gs_stamp_symbol_fit (guint side, guint dpi, const GsStampDots *place, GsStampSymbolFit *fit)
{
  int whole = (int) side + 2 * GS_STAMP_SYMBOL_QUIET;
  int module, size;

  g_return_val_if_fail (place != NULL && fit != NULL, FALSE);
  g_return_val_if_fail (side > 0 && side <= GS_SEAL_SYMBOL_MAX_SIDE && dpi > 0, FALSE);
  module = MIN (place->width, place->height) / whole;
  if (module < 1 || (gint64) module * 25400 < (gint64) GS_STAMP_SYMBOL_SMALLEST_UM * (gint64) dpi)
    return FALSE;
  size = module * whole;
  fit->module = (guint) module;
  fit->quiet = (GsStampDots){ place->x + (place->width - size) / 2,
                              place->y + (place->height - size) / 2, size, size };
  fit->ink = (GsStampDots){ fit->quiet.x + module * GS_STAMP_SYMBOL_QUIET,
                            fit->quiet.y + module * GS_STAMP_SYMBOL_QUIET, module * (int) side,
                            module * (int) side };
  return TRUE;
}

void
gs_stamp_symbol_draw (const GsSealSymbol *symbol,
                      const GsStampSymbolFit *fit,
                      guint8 *rows,
                      guint stride)
{
  g_return_if_fail (symbol != NULL && fit != NULL && rows != NULL);
  for (int y = 0; y < fit->ink.height; y++)
    {
      guint8 *row = rows + (gsize) (fit->ink.y + y) * stride;

      for (int x = 0; x < fit->ink.width; x++)
        if (gs_seal_symbol_get (symbol, (guint) x / fit->module, (guint) y / fit->module))
          row[(fit->ink.x + x) / 8] |= (guint8) (0x80 >> ((fit->ink.x + x) % 8));
    }
}
