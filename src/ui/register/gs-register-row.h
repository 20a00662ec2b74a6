/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-stamp-register.h"

/* One stamp of the register. Its menu activates "stamps.rotate", "stamps.lost", "stamps.stolen" and
 * "stamps.retire" with the stamp's name. Signal "hand" (): the button to take or return it. Main
 * thread. */
#define GS_TYPE_REGISTER_ROW (gs_register_row_get_type ())
G_DECLARE_FINAL_TYPE (GsRegisterRow, gs_register_row, GS, REGISTER_ROW, GtkBox)

GtkWidget *gs_register_row_new (void);
void gs_register_row_show (GsRegisterRow *self,
                           GsStampRegister *stamps,
                           const GsStampDevicePolicy *policy,
                           const GsStampDevice *device);
const char *gs_register_row_get_device (GsRegisterRow *self);
