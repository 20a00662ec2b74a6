/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-sign.h"

G_BEGIN_DECLS

/* One condition of the stamp sheet: sign, statement, evidence. Main thread. */
#define GS_TYPE_CONDITION_ROW (gs_condition_row_get_type ())
G_DECLARE_FINAL_TYPE (GsConditionRow, gs_condition_row, GS, CONDITION_ROW, GtkBox)

GtkWidget *gs_condition_row_new (void);
void gs_condition_row_update (GsConditionRow *self,
                              GsSign sign,
                              const char *title,
                              const char *evidence);

G_END_DECLS
