/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-window.h"

G_BEGIN_DECLS

/* F12 in every window: the window blanks, and every sheet and dialog over it goes from the screen,
 * out of what assistive technology reads too, until F12 is pressed again. What runs in a sheet (a
 * print, a comparison) runs on. Main thread. */
#define GS_TYPE_PRIVACY_SHIELD (gs_privacy_shield_get_type ())
G_DECLARE_FINAL_TYPE (GsPrivacyShield, gs_privacy_shield, GS, PRIVACY_SHIELD, GObject)

/* window: borrowed, and outlives the shield. Sees to every window that the program has or gets. */
GsPrivacyShield *gs_privacy_shield_new (GsWindow *window);

void gs_privacy_shield_toggle (GsPrivacyShield *self);
/* Shows everything again, as before the windows are closed for good. */
void gs_privacy_shield_lift (GsPrivacyShield *self);

G_END_DECLS
