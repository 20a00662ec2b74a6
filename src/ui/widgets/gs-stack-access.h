/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* From now on assistive technology reads the shown child of the stack only. GTK 4.8 lets it read
 * the hidden ones too, as if they were on the screen. Call it once, at any time. Main thread. */
void gs_stack_access_attach (GtkStack *stack);
