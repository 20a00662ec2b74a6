/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-pixels.h"

G_BEGIN_DECLS

/* Pictures of the drawn citizens (docs/citizens.md), which gateside-portraits keeps in the user's
 * cache: drawn once, 0.4 s each. They test the plumbing and say nothing about people. */

/* The first six of them. */
#define GS_TEST_CITIZENS 6

/* The program (from $GATESIDE_PORTRAITS) draws what is missing. FALSE when there is no program. */
gboolean gs_test_citizens_draw (void);
/* view: "passport", "gate-0" to "gate-2", "gate-dark", "gate-two", … Aborts without the picture. */
GsPixels *gs_test_citizen (guint number, const char *view);

G_END_DECLS
