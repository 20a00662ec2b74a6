/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-notch-scroll.h"

#include <math.h>

typedef struct
{
  GtkScrolledWindow *scroller; /* owns this */
  double notches;
  guint tick;
} Sum;

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Sum *sum = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (sum->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);

  /* The step that GTK takes for a notch. */
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment)
                                          + sum->notches * pow (page, 2.0 / 3.0));
  sum->notches = 0;
  sum->tick = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, Sum *sum)
{
  if (gtk_event_controller_scroll_get_unit (controller) != GDK_SCROLL_UNIT_WHEEL || dy == 0)
    return GDK_EVENT_PROPAGATE;
  sum->notches += dy;
  if (sum->tick == 0)
    sum->tick = gtk_widget_add_tick_callback (GTK_WIDGET (sum->scroller), on_tick, sum, NULL);
  return GDK_EVENT_STOP;
}

void
gs_notch_scroll_attach (GtkScrolledWindow *scroller)
{
  GtkEventController *controller =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  Sum *sum = g_new0 (Sum, 1);

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scroller));
  sum->scroller = scroller;
  g_object_set_data_full (G_OBJECT (controller), "notch-sum", sum, g_free);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "scroll", G_CALLBACK (on_scroll), sum);
  gtk_widget_add_controller (GTK_WIDGET (scroller), controller);
}
