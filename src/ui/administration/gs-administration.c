/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-administration.h"

#include <glib/gi18n.h>

#include "gs-engine-page.h"
#include "gs-pack-page.h"
#include "gs-printer-page.h"
#include "gs-stack-access.h"
#include "gs-stamps-page.h"
#include "gs-trust-page.h"

#define PAGE "administration"

/* One part of the administration at a time, chosen above it. */
static GtkWidget *
new_page (GsStation *station)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *switcher = gtk_stack_switcher_new ();
  GsFaceEngine *engine = gs_face_desk_get_engine (gs_station_get_face_desk (station));

  gtk_stack_add_titled (GTK_STACK (stack), gs_trust_page_new (gs_station_get_trust_desk (station)),
                        "trust", _ ("Authorities"));
  gtk_stack_add_titled (
    GTK_STACK (stack),
    gs_pack_page_new (gs_stamp_desk_get_packs (gs_station_get_stamp_desk (station))), "packs",
    _ ("Stamp templates"));
  gtk_stack_add_titled (GTK_STACK (stack),
                        gs_engine_page_new (gs_station_get_config (station), engine,
                                            gs_station_get_face_engine_trouble (station)),
                        "engine", _ ("Face engine"));
  gtk_stack_add_titled (GTK_STACK (stack),
                        gs_printer_page_new (gs_station_get_enrolment (station),
                                             gs_station_get_printer_tester (station)),
                        "printers", _ ("Printers"));
  gs_stack_access_attach (GTK_STACK (stack));
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (switcher, "gs-parts");
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_box_append (GTK_BOX (page), switcher);
  gtk_box_append (GTK_BOX (page), stack);
  return page;
}

void
gs_administration_attach (GsWindow *window, GsStation *station)
{
  gs_stamps_page_attach (window, station);
  gs_window_add_page (window, new_page (station), PAGE, _ ("Administration"),
                      "gs-administration-symbolic");
  gs_administration_update (window, station);
}

void
gs_administration_update (GsWindow *window, GsStation *station)
{
  gboolean look = gs_trust_desk_may_look (gs_station_get_trust_desk (station));
  /* Who decides nothing sees no traveller. */
  gboolean desk = !look || gs_station_get_session (station) != NULL;

  gs_stamps_page_update (window, station);
  gs_window_set_page_visible (window, PAGE, look);
  gs_window_set_page_visible (window, "desk", desk);
  gs_window_show_page (window, desk ? "desk" : PAGE);
}
