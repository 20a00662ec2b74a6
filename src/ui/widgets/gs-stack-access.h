/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* From now on assistive technology reads the shown child of the stack only. GTK 4.8 lets it read
 * the hidden ones too, as if they were on the screen. Call it once, at any time. Main thread. */
void gs_stack_access_attach (GtkStack *stack);
/* The same for the pages of a window. */
void gs_view_stack_access_attach (AdwViewStack *stack);
