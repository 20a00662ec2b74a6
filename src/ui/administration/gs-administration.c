/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-administration.h"

#include "gs-trust-page.h"

#include <glib/gi18n.h>

#define PAGE "administration"

void
gs_administration_attach (GsWindow *window, GsStation *station)
{
  gs_window_add_page (window, gs_trust_page_new (gs_station_get_trust_desk (station)), PAGE,
                      _ ("Administration"), "gs-administration-symbolic");
  gs_administration_update (window, station);
}

void
gs_administration_update (GsWindow *window, GsStation *station)
{
  gboolean look = gs_trust_desk_may_look (gs_station_get_trust_desk (station));
  /* Who decides nothing sees no traveller. */
  gboolean desk = !look || gs_station_get_session (station) != NULL;

  gs_window_set_page_visible (window, PAGE, look);
  gs_window_set_page_visible (window, "desk", desk);
  gs_window_show_page (window, desk ? "desk" : PAGE);
}
