/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-config.h"
#include "gs-face-engine.h"

G_BEGIN_DECLS

/* What compares faces at this desk: engine and version, models with licence and digest, thresholds,
 * measured errors and what they rest on; or why there is no engine. It changes nothing. Main
 * thread.
 */
#define GS_TYPE_ENGINE_PAGE (gs_engine_page_get_type ())
G_DECLARE_FINAL_TYPE (GsEnginePage, gs_engine_page, GS, ENGINE_PAGE, GtkBox)

/* engine may be NULL; trouble: why there is none, as the opener said it, or NULL. config: what was
 * asked for. All borrowed for the call. */
GtkWidget *gs_engine_page_new (const GsConfig *config, GsFaceEngine *engine, const char *trouble);

G_END_DECLS
