/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A key as it is printed on the keyboard: "F7", "Ctrl N". Presentation only: the accelerator is
 * told to assistive technology by the button that carries the cap. Main thread. */
#define GS_TYPE_KEY_CAP (gs_key_cap_get_type ())
G_DECLARE_FINAL_TYPE (GsKeyCap, gs_key_cap, GS, KEY_CAP, GtkWidget)

GtkWidget *gs_key_cap_new (const char *text);

/* NULL or empty hides the cap. */
void gs_key_cap_set_text (GsKeyCap *self, const char *text);
const char *gs_key_cap_get_text (GsKeyCap *self);
