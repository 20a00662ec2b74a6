/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Registers the resources (style sheets, icons, templates). Called once before the application is
 * made; a second call does nothing. Main thread. */
void gs_ui_init (void);
