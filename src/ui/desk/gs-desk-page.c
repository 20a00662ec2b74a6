/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-desk-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gs-gates-strip.h"
#include "gs-label.h"
#include "gs-referral-queue-view.h"
#include "gs-stamp-list-view.h"
#include "gs-style.h"
#include "gs-text.h"

#define WIDE_PX 1500
#define TIGHT_PX 1000
#define CRAMPED_PX 800 /* one thing at a time: the open card, or who waits */

struct _GsDeskPage
{
  GtkBox parent_instance;

  GsGatesStrip *strip;
  GtkToggleButton *waiting_button;
  GtkWidget *waiting_box;
  GtkWidget *waiting_label;
  GtkWidget *left;
  GsReferralQueueView *queue;
  GsStampListView *stamps;
  GtkWidget *kept_panel;
  GtkWidget *kept_label;
  GtkWidget *done_label;
  AdwBin *inspection_bin;
  GsFeedView *feed;

  GsStation *station;
  GtkWidget *inspection;
  gboolean wide;
  gboolean tight;
  gboolean cramped;
  gboolean feed_shown; /* on a narrow screen */
  guint layout_source;
};

enum
{
  PROP_0,
  PROP_FEED_SHOWN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GsDeskPage, gs_desk_page, GTK_TYPE_BOX)

static gboolean
is_link_dead (GsDeskPage *self)
{
  GsLink link;

  gs_station_get_link (self->station, &link);
  return link.state == GS_LINK_DEAD || link.state == GS_LINK_REFUSED;
}

/* On a cramped screen an open card has the whole width, and a button leads to those who wait. Below
 * a dead link's bar it has the gates' room as well: what is shown of them is old. */
static void
show_left (GsDeskPage *self)
{
  gboolean alone = self->cramped && gs_station_get_current (self->station) != NULL;
  gboolean waiting = !alone || gtk_toggle_button_get_active (self->waiting_button);
  gboolean slim = alone && is_link_dead (self);

  gtk_widget_set_visible (GTK_WIDGET (self->strip), !slim);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->waiting_box),
                                  slim ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_button), alone);
  gtk_widget_set_visible (self->left, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->inspection_bin), !alone || !waiting);
}

static void
on_waiting_toggled (GsDeskPage *self)
{
  show_left (self);
}

/* Whoever is taken is looked at. */
static void
on_current_changed (GsDeskPage *self)
{
  gtk_toggle_button_set_active (self->waiting_button, FALSE);
  show_left (self);
}

static void
refresh (GsDeskPage *self)
{
  guint waiting = gs_referral_queue_get_waiting (gs_station_get_queue (self->station));
  guint kept = gs_station_get_kept (self->station);
  guint untold = gs_stamp_desk_get_untold (gs_station_get_stamp_desk (self->station));
  g_autofree char *done = NULL;
  g_autofree char *number = g_strdup_printf ("%u", waiting);

  gs_label_set (self->waiting_label, number);
  show_left (self);
  gtk_widget_set_visible (self->kept_panel, kept + untold > 0);
  if (kept + untold > 0)
    {
      g_autofree char *text = g_strdup_printf (
        g_dngettext (NULL, "Kept to send: %u", "Kept to send: %u", kept + untold), kept + untold);

      gs_label_set (self->kept_label, text);
    }
  done = g_strdup_printf (g_dngettext (NULL, "Done at this desk today: %u",
                                       "Done at this desk today: %u",
                                       gs_station_get_done_today (self->station)),
                          gs_station_get_done_today (self->station));
  gs_label_set (self->done_label, done);
}

/* A long name does not make the queue wider: it is shortened there, and the card says it all. */
static void
set_left_width (GsDeskPage *self)
{
  int width = (int) ((self->wide ? 368 : 300) * MIN (gs_text_scale (self->left), 1.3));

  adw_clamp_set_maximum_size (ADW_CLAMP (self->left), width);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->left), width);
  gtk_widget_set_size_request (self->left, width, -1);
}

static gboolean
on_layout (gpointer data)
{
  GsDeskPage *self = data;

  self->layout_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->feed), self->wide || self->feed_shown);
  set_left_width (self);
  show_left (self);
  gs_style_toggle_class (GTK_WIDGET (self), "narrow", !self->wide);
  gs_gates_strip_set_narrow (self->strip, !self->wide);
  gs_inspection_view_set_narrow (GS_INSPECTION_VIEW (self->inspection), !self->wide);
  gs_inspection_view_set_tight (GS_INSPECTION_VIEW (self->inspection), self->tight);
  return G_SOURCE_REMOVE;
}

/* The window's width decides, measured in text of the officer's size, not the page's own: a page
 * that is too wide for its window would never learn that. What follows from it is done after the
 * layout. */
static void
on_width (GsDeskPage *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  int width = native != NULL ? gdk_surface_get_width (gtk_native_get_surface (native)) : 0;
  double scale = gs_text_scale (GTK_WIDGET (self));
  gboolean wide = width >= WIDE_PX * scale;
  gboolean tight = width < TIGHT_PX * scale;
  gboolean cramped = width < CRAMPED_PX * scale;

  if (width <= 0 || (wide == self->wide && tight == self->tight && cramped == self->cramped))
    return;
  self->wide = wide;
  self->tight = tight;
  self->cramped = cramped;
  if (self->layout_source == 0)
    self->layout_source = g_idle_add (on_layout, self);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  on_width (GS_DESK_PAGE (widget));
  return G_SOURCE_REMOVE;
}

static void
on_surface_layout (GsDeskPage *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
on_realize (GsDeskPage *self)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self)));

  g_signal_connect_object (surface, "layout", G_CALLBACK (on_surface_layout), self,
                           G_CONNECT_SWAPPED);
}

void
gs_desk_page_toggle_feed (GsDeskPage *self)
{
  g_return_if_fail (GS_IS_DESK_PAGE (self));
  g_object_set (self, "feed-shown", !self->feed_shown, NULL);
}

GsInspectionView *
gs_desk_page_get_inspection (GsDeskPage *self)
{
  g_return_val_if_fail (GS_IS_DESK_PAGE (self), NULL);
  return GS_INSPECTION_VIEW (self->inspection);
}

GsFeedView *
gs_desk_page_get_feed (GsDeskPage *self)
{
  g_return_val_if_fail (GS_IS_DESK_PAGE (self), NULL);
  return self->feed;
}

static void
gs_desk_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FEED_SHOWN)
    g_value_set_boolean (value, GS_DESK_PAGE (object)->feed_shown);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gs_desk_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GsDeskPage *self = GS_DESK_PAGE (object);

  if (id != PROP_FEED_SHOWN)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (self->feed_shown == g_value_get_boolean (value))
    return;
  self->feed_shown = g_value_get_boolean (value);
  gtk_widget_set_visible (GTK_WIDGET (self->feed), self->wide || self->feed_shown);
  g_object_notify_by_pspec (object, pspec);
}

static void
gs_desk_page_dispose (GObject *object)
{
  GsDeskPage *self = GS_DESK_PAGE (object);

  g_clear_handle_id (&self->layout_source, g_source_remove);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_desk_page_parent_class)->dispose (object);
}

static void
gs_desk_page_class_init (GsDeskPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gs_desk_page_get_property;
  object_class->set_property = gs_desk_page_set_property;
  object_class->dispose = gs_desk_page_dispose;
  properties[PROP_FEED_SHOWN] =
    g_param_spec_boolean ("feed-shown", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (GS_TYPE_FEED_VIEW);
  g_type_ensure (GS_TYPE_GATES_STRIP);
  g_type_ensure (GS_TYPE_REFERRAL_QUEUE_VIEW);
  g_type_ensure (GS_TYPE_STAMP_LIST_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/desk/gs-desk-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, strip);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, waiting_button);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, left);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, queue);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, stamps);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, kept_panel);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, kept_label);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, done_label);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, inspection_bin);
  gtk_widget_class_bind_template_child (widget_class, GsDeskPage, feed);
  gtk_widget_class_bind_template_callback (widget_class, on_realize);
  gtk_widget_class_bind_template_callback (widget_class, on_waiting_toggled);
}

static void
gs_desk_page_init (GsDeskPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->wide = TRUE;
  set_left_width (self);
}

GtkWidget *
gs_desk_page_new (GsStation *station)
{
  GsDeskPage *self = g_object_new (GS_TYPE_DESK_PAGE, NULL);

  self->station = g_object_ref (station);
  gs_gates_strip_set_station (self->strip, station);
  gs_referral_queue_view_set_station (self->queue, station);
  gs_stamp_list_view_set_station (self->stamps, station);
  gs_feed_view_set_station (self->feed, station);
  self->inspection = gs_inspection_view_new (station);
  adw_bin_set_child (self->inspection_bin, self->inspection);
  g_signal_connect_object (station, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "current-changed", G_CALLBACK (on_current_changed), self,
                           G_CONNECT_SWAPPED);
  on_current_changed (self);
  refresh (self);
  return GTK_WIDGET (self);
}
