/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-feed-view.h"

#include <glib/gi18n.h>

#include "gs-feed-row.h"
#include "gs-format.h"
#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-sign.h"
#include "gs-time.h"

#define MAX_ROWS 60

/* The panel is never scrolled: it shows as many of the newest lines as fit. A pool of rows that are
 * filled anew costs less than a list that inserts at its top, and nothing moves by itself. */
struct _GsFeedView
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *behind_label;
  GtkWidget *pause_label;
  GtkWidget *stale_label;
  GtkWidget *scroller;
  GtkWidget *rows_box;
  GtkWidget *rows[MAX_ROWS];
  GPtrArray *frozen; /* GsFeedEntry shown while paused; NULL while following */
  guint new_lines;
  gboolean paused;
  gboolean hovered;
  guint tick;
};

G_DEFINE_FINAL_TYPE (GsFeedView, gs_feed_view, GTK_TYPE_BOX)

static const char *
text_of_event (const GsEvent *event, GsSign *sign, const char **icon)
{
  *icon = NULL;
  switch (event->type)
    {
    case GS_EVENT_CROSSING_ADMITTED:
      *sign = GS_SIGN_ADMITTED;
      return _ ("admitted");
    case GS_EVENT_CROSSING_REFERRED:
      *sign = GS_SIGN_GATE_REFERRED;
      return _ ("referred");
    case GS_EVENT_CROSSING_DOCUMENT:
      *sign = GS_SIGN_GATE_STEP;
      return _ ("document read");
    case GS_EVENT_CROSSING_TAKEN:
      *icon = "gs-officer-symbolic";
      return _ ("taken");
    case GS_EVENT_CROSSING_RESOLVED:
      *sign = event->outcome == GS_OUTCOME_ADMITTED    ? GS_SIGN_ADMITTED
              : event->outcome == GS_OUTCOME_REFUSED   ? GS_SIGN_REFUSED
              : event->outcome == GS_OUTCOME_WITHDRAWN ? GS_SIGN_WITHDRAWN
                                                       : GS_SIGN_SECOND_LINE;
      return gs_reason_text_outcome (event->outcome);
    case GS_EVENT_CROSSING_CUSTOMS:
      *icon = "gs-walk-symbolic";
      return _ ("passed customs");
    case GS_EVENT_CROSSING_BOARDED:
      *icon = "gs-plane-symbolic";
      return g_strcmp0 (event->by, "closed") == 0 ? _ ("boarding closed") : _ ("boarded");
    case GS_EVENT_CROSSING_STAMPED:
      *icon = "gs-stamp-symbolic";
      return _ ("stamped");
    case GS_EVENT_CROSSING_STAMP_VOIDED:
      *icon = "gs-stamp-symbolic";
      return _ ("stamp void");
    case GS_EVENT_CROSSING_CANCELLED:
      *sign = GS_SIGN_WITHDRAWN;
      return _ ("crossing annulled");
    default:
      *sign = GS_SIGN_GATE_STEP;
      return gs_event_type_to_word (event->type);
    }
}

static char *
dup_tail (GsFeedEntry *entry, const GsEvent *event)
{
  gint64 gate_ms = gs_feed_entry_get_gate_ms (entry);

  if (event->type == GS_EVENT_CROSSING_REFERRED && event->reasons != NULL
      && event->reasons[0] != NULL && !gs_feed_entry_is_blind (entry))
    return g_strdup (event->reasons[0]);
  if (event->type == GS_EVENT_CROSSING_ADMITTED && gate_ms >= 0)
    /* Translators: seconds. */
    return g_strdup_printf (_ ("%d s"), (int) (gate_ms / 1000));
  if (event->type == GS_EVENT_CROSSING_ADMITTED)
    return g_strdup (_ ("by officer"));
  if (event->type == GS_EVENT_CROSSING_BOARDED && event->flight != NULL)
    return g_strdup (event->flight);
  if (event->desk != NULL)
    return gs_format_desk (event->desk);
  return NULL;
}

static void
update_row (GsFeedView *self, GsFeedRow *row, GsFeedEntry *entry)
{
  const GsEvent *event = gs_feed_entry_get_event (entry);
  g_autofree char *time = gs_format_time (self->station, gs_feed_entry_get_time_utc_ms (entry));
  g_autofree char *gate = NULL;
  g_autofree char *tail = NULL;
  g_autofree char *text = NULL;
  GsFeedRowContent content = { .time = time, .sign = GS_SIGN_NONE };
  GsOutcome outcome;

  if (gs_feed_entry_get_gate (entry) != NULL)
    content.gate = gate = gs_format_gate (self->station, gs_feed_entry_get_gate (entry));
  if (event != NULL)
    {
      content.text = text_of_event (event, &content.sign, &content.icon_name);
      content.tail = tail = dup_tail (entry, event);
    }
  else if (gs_feed_entry_get_left (entry, &outcome))
    {
      content.sign = GS_SIGN_NOT_KNOWN;
      content.text =
        outcome != 0 ? _ ("case ended, events missed") : _ ("case no longer known to the hall");
      content.tail = outcome != 0 ? gs_reason_text_outcome (outcome) : NULL;
    }
  else if (gs_feed_entry_is_quarantine (entry))
    {
      content.sign = GS_SIGN_WARNING;
      content.text = _ ("message not readable, kept");
    }
  else
    {
      gint64 first, last;

      gs_feed_entry_get_gap (entry, &first, &last);
      content.sign = GS_SIGN_NOT_KNOWN;
      text = g_strdup_printf (g_dngettext (NULL, "%lld message missing at the hall",
                                           "%lld messages missing at the hall",
                                           (gulong) (last - first + 1)),
                              (long long) (last - first + 1));
      content.text = text;
    }
  gs_feed_row_update (row, &content);
}

static guint
rows_that_fit (GsFeedView *self)
{
  int height = gtk_widget_get_height (self->scroller);
  int row_height = 0;

  gtk_widget_measure (self->rows[0], GTK_ORIENTATION_VERTICAL, -1, &row_height, NULL, NULL, NULL);
  if (height <= 0 || row_height <= 0)
    return 20;
  return CLAMP ((guint) (height / row_height), 1, MAX_ROWS);
}

static GsFeedEntry *
entry_at (GsFeedView *self, guint from_newest)
{
  GListModel *log = G_LIST_MODEL (gs_station_get_feed_log (self->station));
  guint count = self->frozen != NULL ? self->frozen->len : g_list_model_get_n_items (log);

  if (from_newest >= count)
    return NULL;
  if (self->frozen != NULL)
    return g_object_ref (g_ptr_array_index (self->frozen, count - 1 - from_newest));
  return g_list_model_get_item (log, count - 1 - from_newest);
}

static void
refresh (GsFeedView *self)
{
  guint fit = rows_that_fit (self);

  for (guint i = 0; i < MAX_ROWS; i++)
    {
      g_autoptr (GsFeedEntry) entry = i < fit ? entry_at (self, i) : NULL;

      gtk_widget_set_child_visible (self->rows[i], entry != NULL);
      gtk_widget_set_visible (self->rows[i], entry != NULL);
      if (entry != NULL)
        update_row (self, GS_FEED_ROW (self->rows[i]), entry);
    }
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GsFeedView *self = GS_FEED_VIEW (widget);

  self->tick = 0;
  if (self->station != NULL)
    refresh (self);
  return G_SOURCE_REMOVE;
}

static void
queue_refresh (GsFeedView *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
update_head (GsFeedView *self)
{
  GsLink link;
  g_autofree char *text = NULL;
  g_autofree char *stale = NULL;
  gboolean dead;

  gs_station_get_link (self->station, &link);
  dead = link.state == GS_LINK_DEAD || link.state == GS_LINK_REFUSED;
  if (self->frozen != NULL)
    text =
      g_strdup_printf (g_dngettext (NULL, "%u new", "%u new", self->new_lines), self->new_lines);
  else if (link.state == GS_LINK_CATCHING_UP)
    text = g_strdup_printf (g_dngettext (NULL, "%lld behind", "%lld behind", (gulong) link.behind),
                            (long long) link.behind);
  gs_label_set (self->behind_label, text);
  if (dead)
    {
      g_autofree char *time = gs_format_time (self->station, link.as_of_utc_ms);

      /* Translators: a time of day. */
      stale = g_strdup_printf (_ ("nothing since %s"), time);
    }
  gs_label_set (self->stale_label, stale);
  gs_label_set (self->pause_label, self->paused ? _ ("Follow") : _ ("Pause"));
}

static void
update_frozen (GsFeedView *self)
{
  GListModel *log = G_LIST_MODEL (gs_station_get_feed_log (self->station));
  gboolean freeze = self->paused || self->hovered;

  if (freeze && self->frozen == NULL)
    {
      self->frozen = g_ptr_array_new_with_free_func (g_object_unref);
      self->new_lines = 0;
      for (guint i = 0; i < g_list_model_get_n_items (log); i++)
        g_ptr_array_add (self->frozen, g_list_model_get_item (log, i));
    }
  else if (!freeze)
    g_clear_pointer (&self->frozen, g_ptr_array_unref);
  update_head (self);
  queue_refresh (self);
}

void
gs_feed_view_set_paused (GsFeedView *self, gboolean paused)
{
  g_return_if_fail (GS_IS_FEED_VIEW (self));
  self->paused = paused;
  update_frozen (self);
}

gboolean
gs_feed_view_get_paused (GsFeedView *self)
{
  g_return_val_if_fail (GS_IS_FEED_VIEW (self), FALSE);
  return self->paused;
}

static void
on_items_changed (GListModel *log, guint position, guint removed, guint added, GsFeedView *self)
{
  if (self->frozen == NULL)
    {
      queue_refresh (self);
      return;
    }
  self->new_lines += added;
  update_head (self);
}

static void
on_enter (GsFeedView *self)
{
  self->hovered = TRUE;
  update_frozen (self);
}

static void
on_leave (GsFeedView *self)
{
  self->hovered = FALSE;
  update_frozen (self);
}

static void
gs_feed_view_dispose (GObject *object)
{
  GsFeedView *self = GS_FEED_VIEW (object);

  g_clear_pointer (&self->frozen, g_ptr_array_unref);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_feed_view_parent_class)->dispose (object);
}

static void
gs_feed_view_class_init (GsFeedViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_feed_view_dispose;
  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/feed/gs-feed-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GsFeedView, behind_label);
  gtk_widget_class_bind_template_child (widget_class, GsFeedView, pause_label);
  gtk_widget_class_bind_template_child (widget_class, GsFeedView, stale_label);
  gtk_widget_class_bind_template_child (widget_class, GsFeedView, scroller);
  gtk_widget_class_bind_template_child (widget_class, GsFeedView, rows_box);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
}

static void
gs_feed_view_init (GsFeedView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < MAX_ROWS; i++)
    {
      self->rows[i] = gs_feed_row_new ();
      gtk_widget_set_visible (self->rows[i], FALSE);
      gtk_box_append (GTK_BOX (self->rows_box), self->rows[i]);
    }
  g_signal_connect_object (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "notify::page-size",
    G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
}

void
gs_feed_view_set_station (GsFeedView *self, GsStation *station)
{
  g_return_if_fail (GS_IS_FEED_VIEW (self));
  g_return_if_fail (self->station == NULL);
  self->station = g_object_ref (station);
  g_signal_connect_object (gs_station_get_feed_log (station), "items-changed",
                           G_CALLBACK (on_items_changed), self, 0);
  g_signal_connect_object (station, "changed", G_CALLBACK (update_head), self, G_CONNECT_SWAPPED);
  update_head (self);
  queue_refresh (self);
}
