/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-style.h"

/* The signs: each state has its own shape besides its colour, so it survives grey print and colour
 * blindness. Main thread. */
typedef enum
{
  GS_SIGN_NONE = 0,

  /* results of a check */
  GS_SIGN_SUCCESSFUL,
  GS_SIGN_FAILED,
  GS_SIGN_UNDETERMINED,
  GS_SIGN_NOT_SUPPORTED,
  GS_SIGN_ABORTED,
  GS_SIGN_NOT_DONE,

  /* plates; the outline ones lead no judgement */
  GS_SIGN_PRIORITY_1,
  GS_SIGN_PRIORITY_2,
  GS_SIGN_PRIORITY_3,
  GS_SIGN_PRIORITY_4,
  GS_SIGN_PRIORITY_1_OUTLINE,
  GS_SIGN_PRIORITY_2_OUTLINE,
  GS_SIGN_PRIORITY_3_OUTLINE,
  GS_SIGN_PRIORITY_4_OUTLINE,
  GS_SIGN_CLIMBED,

  /* gates */
  GS_SIGN_GATE_FREE,
  GS_SIGN_GATE_STEP,
  GS_SIGN_GATE_REFERRED,
  GS_SIGN_GATE_FAULT,
  GS_SIGN_GATE_CLOSED,
  GS_SIGN_GATE_HELD,

  /* outcomes */
  GS_SIGN_ADMITTED,
  GS_SIGN_SECOND_LINE,
  GS_SIGN_REFUSED,
  GS_SIGN_WITHDRAWN,

  /* the link and the devices */
  GS_SIGN_LIVE,
  GS_SIGN_WARNING,
  GS_SIGN_NOT_KNOWN,

  /* the officer's own answers and the camera's guidance: neutral */
  GS_SIGN_SAME,
  GS_SIGN_UNSURE,
  GS_SIGN_DIFFERENT,
  GS_SIGN_TICK,

  GS_SIGN_COUNT,
} GsSign;

/* The plate of a priority 1 to 4; GS_SIGN_NONE for anything else. */
GsSign gs_sign_for_priority (guint priority, gboolean outline);

/* The colour its word is written in. */
GsColor gs_sign_get_color (GsSign sign);

/* What the sign says, in the officer's language: "successful", "Priority 2". Static. */
const char *gs_sign_get_word (GsSign sign);

/* Draws the sign into a square of that size whose top left corner is x, y. Drawn signs are kept by
 * display, so a row of a long list costs no path. */
void gs_sign_snapshot (
  GsSign sign, GtkSnapshot *snapshot, GtkWidget *widget, double x, double y, double size);
