/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-utopia-render.h"

/* The pictures of one person and their files. Any thread. */

/* Raised by whoever changes what a picture looks like: the cache is then drawn again. */
#define GS_UTOPIA_GENERATION 3

#define GS_UTOPIA_PASSPORT_WIDTH 413
#define GS_UTOPIA_PASSPORT_HEIGHT 531
#define GS_UTOPIA_PASSPORT_LIMIT_BYTES 15000
#define GS_UTOPIA_GATE_PICTURES 3

typedef enum
{
  GS_UTOPIA_VIEW_PASSPORT = 1 << 0,
  GS_UTOPIA_VIEW_GATE = 1 << 1, /* three pictures of three days */
  GS_UTOPIA_VIEW_DESK = 1 << 2,
  GS_UTOPIA_VIEW_SPECIAL = 1 << 3, /* on a tablet, two people in view, too dark */
  GS_UTOPIA_VIEW_ALL = 15,
} GsUtopiaViews;

typedef struct
{
  char *folder;
  guint64 seed;      /* of the gate and desk pictures; the passport has none */
  int width, height; /* of gate pictures; desk pictures have the same width, 5:4 */
  GsUtopiaViews views;
} GsUtopiaPortraitOptions;

/* Makes FOLDER ready: creates it, and removes the pictures of another generation, seed or size.
 * FALSE and ERROR when it cannot be written. Once, before any gs_utopia_portrait_write(). */
gboolean gs_utopia_portrait_prepare (const GsUtopiaPortraitOptions *options, GError **error);

/* Draws the pictures of person INDEX that FOLDER lacks: NN-passport.jpg, NN-gate-K.jpg,
 * NN-desk-0.jpg, NN-gate-spoof.jpg, NN-gate-two.jpg, NN-gate-dark.jpg, each written whole or not at
 * all. DRAWN (may be NULL) receives how many were made. FALSE and ERROR on the first failure. */
gboolean gs_utopia_portrait_write (const GsUtopiaPortraitOptions *options,
                                   guint index,
                                   guint *drawn,
                                   GError **error);

/* The same for a blend of A and B (gs_utopia_traits_blend()), under the name "AA-BB-TT-", TT being
 * T in hundredths. */
gboolean gs_utopia_portrait_write_blend (
  const GsUtopiaPortraitOptions *options, guint a, guint b, float t, guint *drawn, GError **error);

/* The passport view of TRAITS in any size. Never NULL. */
GsUtopiaImage *gs_utopia_portrait_passport (const GsUtopiaTraits *traits, int width, int height);

/* All 24 in six columns, labelled as drawn, as one JPEG of at most 150,000 bytes. Slow. */
gboolean gs_utopia_contact_sheet (const char *path, GError **error);
