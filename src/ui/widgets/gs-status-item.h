/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-sign.h"

/* A state in the header: sign, word, a figure, and more in a popover. Main thread. */
#define GS_TYPE_STATUS_ITEM (gs_status_item_get_type ())
G_DECLARE_FINAL_TYPE (GsStatusItem, gs_status_item, GS, STATUS_ITEM, GtkWidget)

GtkWidget *gs_status_item_new (void);

/* word "Printer ready"; tail "ink 72 %" or NULL; detail is the popover's text or NULL. icon_name
 * instead of the sign for the broken link. Anything but a good state has its word in colour. */
void gs_status_item_update (GsStatusItem *self,
                            GsSign sign,
                            const char *icon_name,
                            const char *word,
                            const char *tail,
                            const char *detail);
