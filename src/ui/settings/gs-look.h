/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-preferences.h"

G_BEGIN_DECLS

/* Gives every window the colours and the size of text that the officers prefer, now and whenever
 * they change their mind, for as long as preferences lives. A display must be open. Main thread. */
void gs_look_follow (GsPreferences *preferences);

G_END_DECLS
