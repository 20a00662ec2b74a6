/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-symbol.h"

G_BEGIN_DECLS

/* The symbol of a digital seal as dots of ink. A module is a whole number of dots, the same for all
 * of them, and lies on the printer's grid: the symbol is never drawn in grey and cut. */

/* Kept free on each side, in modules: twice what ISO/IEC 16022 asks for. */
#define GS_STAMP_SYMBOL_QUIET 2
/* A module below this, in micrometres, is refused: a phone reads it no more. Three dots at 300 dpi
 * are 254. */
#define GS_STAMP_SYMBOL_SMALLEST_UM 250

/* A rectangle in dots, from the upper left corner of the stamp. */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} GsStampDots;

/* How a symbol lies in its place. */
typedef struct
{
  guint module;      /* dots a module, in both directions */
  GsStampDots ink;   /* the modules, without the quiet zone */
  GsStampDots quiet; /* with the quiet zone: no other ink may be in there */
} GsStampSymbolFit;

/* The largest modules with which a symbol of side modules and its quiet zone fit the place, in its
 * middle. FALSE when they would be smaller than GS_STAMP_SYMBOL_SMALLEST_UM. Any thread. */
gboolean
gs_stamp_symbol_fit (guint side, guint dpi, const GsStampDots *place, GsStampSymbolFit *fit);

/* Puts the dark modules into rows (PWG black_1, stride bytes a row), which must hold fit->ink. */
void gs_stamp_symbol_draw (const GsSealSymbol *symbol,
                           const GsStampSymbolFit *fit,
                           guint8 *rows,
                           guint stride);

G_END_DECLS
