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
  gint64 shown_s; /* the second of the hall's time, and whether stale, for which the rows stand */
  gboolean shown_stale;
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
  if (gs_case_get_unconfirmed (item))
    content->title = _ ("Not confirmed by the hall");
  if (gs_case_get_rejected (item))
    content->title = _ ("Decision rejected by the hall");
  if (crossing->traveller != NULL)
    content->native_name = crossing->traveller->name_own_script;
  content->native_lang = gs_format_script (item);
  content->open_here = item == gs_station_get_current (self->station);
}

/* What is known of the gates, and no more. */
static char *
dup_fault_title (GsReferralQueueView *self, const char *fault)
{
  gboolean reported;
  g_autoptr (GPtrArray) gates =
    gs_case_book_list_fault_gates (gs_station_get_book (self->station), fault, &reported);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *format;

  for (guint i = 0; i < gates->len; i++)
    {
      g_autofree char *name = gs_format_gate (self->station, g_ptr_array_index (gates, i));

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }
  if (gates->len == 0)
    return g_strdup (_ ("Gate fault"));
  /* Translators: the number of the gate, or the numbers "3, 4"; one fault referred several people.
   */
  format = reported ? g_dngettext (NULL, "Gate %s fault", "Gates %s fault", gates->len)
                    /* Translators: as above, but no gate says now that it has a fault. */
                    : g_dngettext (NULL, "Fault, from gate %s", "Fault, from gates %s", gates->len);
  return g_strdup_printf (format, names->str);
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
  g_autofree char *family = NULL;
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
      content.family = gs_queue_entry_count_travellers (entry);
      content.native_name = NULL;
      content.name = family = gs_format_family (cases);
      break;
    case GS_QUEUE_ENTRY_FAULT:
      content.kind = GS_QUEUE_ROW_GROUP_HEAD;
      content.title = cause = dup_fault_title (self, crossing->fault);
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

/* What no change of a case tells: the waiting times, and which row is open here. */
static void
refresh_rows (GsReferralQueueView *self)
{
  GListModel *queue = G_LIST_MODEL (gs_station_get_queue (self->station));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    {
      g_autoptr (GsQueueEntry) entry = g_list_model_get_item (queue, (guint) i);

      if (entry != NULL)
        update_row (self, gtk_list_box_row_get_child (row), entry);
    }
}

static void
refresh_head (GsReferralQueueView *self, gboolean stale, gint64 as_of_utc_ms)
{
  guint waiting = gs_referral_queue_get_waiting (gs_station_get_queue (self->station));
  g_autofree char *count = g_strdup_printf ("%u", waiting);
  g_autofree char *as_of = NULL;

  gs_label_set (self->count_label, count);
  gtk_widget_set_visible (self->empty_label, waiting == 0);
  gtk_widget_set_visible (self->list, waiting > 0);
  if (stale)
    {
      g_autofree char *time = gs_format_time (self->station, as_of_utc_ms);

      /* Translators: a time of day; what is shown was true then. */
      as_of = g_strdup_printf (_ ("as of %s"), time);
    }
  gs_label_set (self->as_of_label, as_of);
}

/* The station changes with every batch of the feed; the rows' own time goes by the second. */
static void
refresh (GsReferralQueueView *self)
{
  gint64 now_s = gs_clock_now_utc_ms (gs_station_get_clock (self->station)) / 1000;
  gboolean stale;
  GsLink link;

  gs_station_get_link (self->station, &link);
  stale = link.state == GS_LINK_DEAD || link.state == GS_LINK_REFUSED;
  refresh_head (self, stale, link.as_of_utc_ms);
  if (now_s == self->shown_s && stale == self->shown_stale)
    return;
  self->shown_s = now_s;
  self->shown_stale = stale;
  refresh_rows (self);
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
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_referral_queue_view_dispose;
  g_type_ensure (GS_TYPE_KEY_CAP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/queue/gs-referral-queue-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GsReferralQueueView, count_label);
  gtk_widget_class_bind_template_child (widget_class, GsReferralQueueView, as_of_label);
  gtk_widget_class_bind_template_child (widget_class, GsReferralQueueView, list);
  gtk_widget_class_bind_template_child (widget_class, GsReferralQueueView, empty_label);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
gs_referral_queue_view_init (GsReferralQueueView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gs_referral_queue_view_set_station (GsReferralQueueView *self, GsStation *station)
{
  g_return_if_fail (GS_IS_REFERRAL_QUEUE_VIEW (self));
  g_return_if_fail (self->station == NULL);
  self->station = g_object_ref (station);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (gs_station_get_queue (station)),
                           create_row, self, NULL);
  g_signal_connect_object (station, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "current-changed", G_CALLBACK (refresh_rows), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gs_station_get_queue (station), "items-changed", G_CALLBACK (refresh),
                           self, G_CONNECT_SWAPPED);
  refresh (self);
}
