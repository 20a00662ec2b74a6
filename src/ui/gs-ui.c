/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ui.h"

#include "gs-resources.h"

void
gs_ui_init (void)
{
  gs_register_resource ();
}
