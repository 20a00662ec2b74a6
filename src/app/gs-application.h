/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gs-config.h"

G_BEGIN_DECLS

/* The desk program: opens the store, makes the devices that the key file names, joins them in a
 * GsStation and shows the window. Main thread. */
#define GS_TYPE_APPLICATION (gs_application_get_type ())
G_DECLARE_FINAL_TYPE (GsApplication, gs_application, GS, APPLICATION, AdwApplication)

/* config: transfer full. */
GsApplication *gs_application_new (GsConfig *config);

G_END_DECLS
