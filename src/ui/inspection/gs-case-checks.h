/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gs-station.h"

/* The check tree of a case as a new model of GsCheckItem groups: each group with its worst result,
 * the face group hidden until the officer has judged, face and background hidden while the case is
 * shielded and not read. Transfer full. Main thread. */
GListModel *gs_case_checks_build (GsCase *item, gboolean shielded);

/* The sign of a result. */
int gs_case_checks_sign (GsCheckResult result);

/* Good statement of a published name in the officer's language; else the name as it came. */
const char *gs_case_checks_statement (const char *name);
