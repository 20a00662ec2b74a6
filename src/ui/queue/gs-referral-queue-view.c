/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-referral-queue-view.h"

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-queue-row.h"
#include "gs-reason-text.h"
#include "gs-time.h"

struct _GsReferralQueueView
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *count_label;
  GtkWidget *as_of_label;
  GtkWidget *list;
  GtkWidget *empty_label;
};

G_DEFINE_FINAL_TYPE (GsReferralQueueView, gs_referral_queue_view, GTK_TYPE_BOX)

static void
fill_case (GsReferralQueueView *self, GsCase *item, GsQueueRowContent *content)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);

  content->priority = (guint) gs_case_get_priority (item);
  content->face_compare = gs_case_is_blind (item);
  content->shielded = gs_case_is_shielded (item);
  if (crossing->reasons != NULL && crossing->reasons[0] != NULL)
    {
      content->code = crossing->reasons[0];
      content->title = gs_reason_text_title (crossing->reasons[0]);
    }
  if (gs_case_get_rejected (item))
    content->title = _ ("Decision rejected by the hall");
  if (crossing->traveller != NULL)
    content->native_name = crossing->traveller->name_own_script;
  content->native_lang = gs_format_script (item);
  content->open_here = item == gs_station_get_current (self->station);
}

static void
update_row (GsReferralQueueView *self, GtkWidget *row, GsQueueEntry *entry)
{
  GsCase *item = gs_queue_entry_get_case (entry);
  GPtrArray *cases = gs_queue_entry_get_cases (entry);
  const GsCrossing *crossing = gs_case_get_crossing (item);
  g_autofree char *waiting = gs_format_since (self->station, crossing->referred_utc_ms);
  g_autofree char *name = gs_format_name (item);
  g_autofree char *gate = gs_format_gate (self->station, crossing->gate);
  /* Translators: the gate's number. */
  g_autofree char *place = g_strdup_printf (_ ("gate %s"), gate);
  g_autofree char *desk = NULL;
  g_autofree char *people = NULL;
  g_autofree char *cause = NULL;
  GsQueueRowContent content = { .kind = GS_QUEUE_ROW_CASE,
                                .name = name,
                                .place = place,
                                .waiting = waiting,
                                .climbed = gs_queue_entry_is_climbed (entry) };
  GsLink link;

  gs_station_get_link (self->station, &link);
  content.waiting_as_of = link.state == GS_LINK_DEAD || link.state == GS_LINK_REFUSED;
  fill_case (self, item, &content);
  if (gs_case_get_hold (item) == GS_HOLD_ELSEWHERE)
    content.at_desk = desk = gs_format_desk (crossing->taken_desk);
  switch (gs_queue_entry_get_kind (entry))
    {
    case GS_QUEUE_ENTRY_CASE:
      break;
    case GS_QUEUE_ENTRY_PARTY:
      content.family = cases->len;
      break;
    case GS_QUEUE_ENTRY_FAULT:
      content.kind = GS_QUEUE_ROW_GROUP_HEAD;
      /* Translators: the gate's number; several people were referred by one fault of it. */
      content.title = cause = g_strdup_printf (_ ("Gate %s fault"), gate);
      content.code = NULL;
      content.native_name = NULL;
      content.name = people = g_strdup_printf (
        g_dngettext (NULL, "%u traveller, one cause", "%u travellers, one cause", cases->len),
        cases->len);
      content.place = NULL;
      break;
    case GS_QUEUE_ENTRY_FAULT_MEMBER:
      content.kind = GS_QUEUE_ROW_GROUP_MEMBER;
      content.title = name;
      break;
    }
  gs_queue_row_update (GS_QUEUE_ROW (row), &content);
}

static void
on_entry_changed (GsQueueEntry *entry, GtkWidget *row)
{
  GtkWidget *view = gtk_widget_get_ancestor (row, GS_TYPE_REFERRAL_QUEUE_VIEW);

  if (view != NULL)
    update_row (GS_REFERRAL_QUEUE_VIEW (view), row, entry);
}

static GtkWidget *
create_row (gpointer entry, gpointer user_data)
{
  GtkWidget *row = gs_queue_row_new ();

  update_row (user_data, row, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_entry_changed), row, 0);
  return row;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, GsReferralQueueView *self)
{
  g_autoptr (GsQueueEntry) entry = g_list_model_get_item (
    G_LIST_MODEL (gs_station_get_queue (self->station)), (guint) gtk_list_box_row_get_index (row));

  if (entry != NULL)
    gs_station_open (self->station, gs_queue_entry_get_case (entry));
}

static void
refresh (GsReferralQueueView *self)
{
  GsReferralQueue *queue = gs_station_get_queue (self->station);
  guint waiting = gs_referral_queue_get_waiting (queue);
  g_autofree char *count = g_strdup_printf ("%u", waiting);
  g_autofree char *as_of = NULL;
  GtkWidget *row;
  GsLink link;

  gs_label_set (self->count_label, count);
  gtk_widget_set_visible (self->empty_label, waiting == 0);
  gtk_widget_set_visible (self->list, waiting > 0);
  gs_station_get_link (self->station, &link);
  if (link.state == GS_LINK_DEAD || link.state == GS_LINK_REFUSED)
    {
      g_autofree char *time = gs_format_time (self->station, link.as_of_utc_ms);

      /* Translators: a time of day; what is shown was true then. */
      as_of = g_strdup_printf (_ ("as of %s"), time);
    }
  gs_label_set (self->as_of_label, as_of);
  /* Which row is open here is no change of a case. */
  for (int i = 0; (row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)));
       i++)
    {
      g_autoptr (GsQueueEntry) entry = g_list_model_get_item (G_LIST_MODEL (queue), (guint) i);

      if (entry != NULL)
        update_row (self, gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)), entry);
    }
}

static void
gs_referral_queue_view_dispose (GObject *object)
{
  GsReferralQueueView *self = GS_REFERRAL_QUEUE_VIEW (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (GTK_LIST_BOX (self->list), NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->station);
  G_OBJECT_CLASS (gs_referral_queue_view_parent_class)->dispose (object);
}

static void
gs_referral_queue_view_class_init (GsReferralQueueViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_referral_queue_view_dispose;
}

static GtkWidget *
make_head (GsReferralQueueView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *titles = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (head, "gs-panel-head");
  gtk_box_append (GTK_BOX (line), gs_label_new (_ ("Waiting"), "gs-heading"));
  self->count_label = gs_label_new ("0", "gs-heading gs-regular gs-text2");
  gtk_box_append (GTK_BOX (line), self->count_label);
  gtk_box_append (GTK_BOX (titles), line);
  self->as_of_label = gs_label_new (NULL, "gs-caption gs-text2");
  gtk_widget_set_visible (self->as_of_label, FALSE);
  gtk_box_append (GTK_BOX (titles), self->as_of_label);
  gtk_widget_set_hexpand (titles, TRUE);
  gtk_widget_set_valign (titles, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), titles);
  gtk_box_append (GTK_BOX (content), gs_label_new (_ ("Take next"), NULL));
  gtk_box_append (GTK_BOX (content), gs_key_cap_new ("Ctrl N"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.take-next");
  gtk_widget_add_css_class (button, "gs-small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take next"), -1);
  gtk_box_append (GTK_BOX (head), button);
  return head;
}

static void
gs_referral_queue_view_init (GsReferralQueueView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "gs-panel");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (self), make_head (self));
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "gs-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Waiting travellers"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  self->empty_label = gs_label_new (_ ("Nobody is waiting."), "gs-body gs-text2");
  gtk_widget_set_margin_top (self->empty_label, 16);
  gtk_widget_set_margin_bottom (self->empty_label, 16);
  gtk_widget_set_margin_start (self->empty_label, 16);
  gtk_box_append (GTK_BOX (body), self->list);
  gtk_box_append (GTK_BOX (body), self->empty_label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), body);
  gtk_box_append (GTK_BOX (self), scroller);
}

GtkWidget *
gs_referral_queue_view_new (GsStation *station)
{
  GsReferralQueueView *self = g_object_new (GS_TYPE_REFERRAL_QUEUE_VIEW, NULL);

  self->station = g_object_ref (station);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (gs_station_get_queue (station)),
                           create_row, self, NULL);
  g_signal_connect_object (station, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "current-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gs_station_get_queue (station), "items-changed", G_CALLBACK (refresh),
                           self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
