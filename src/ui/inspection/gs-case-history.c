/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-history.h"

#include <glib/gi18n.h>

#include "gs-case-history-line.h"
#include "gs-format.h"
#include "gs-reason-text.h"
#include "gs-time.h"

struct _GsCaseHistory
{
  GtkBox parent_instance;

  GtkWidget *scroller;
  GtkWidget *lines;
  GArray *found; /* Line, while the lines are gathered */
  guint room;    /* 0: for all */
};

typedef struct
{
  gint64 at_utc_ms;
  char *text;
} Line;

#define SPACING_PX 4

G_DEFINE_FINAL_TYPE (GsCaseHistory, gs_case_history, GTK_TYPE_BOX)

static void
add_line (GsCaseHistory *self, gint64 at_utc_ms, const char *text)
{
  Line line = { at_utc_ms, NULL };

  if (at_utc_ms == GS_TIME_UNKNOWN)
    return;
  line.text = g_strdup (text);
  g_array_append_val (self->found, line);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *first = a, *second = b;

  return (first->at_utc_ms > second->at_utc_ms) - (first->at_utc_ms < second->at_utc_ms);
}

static void
line_clear (gpointer line)
{
  g_free (((Line *) line)->text);
}

/* Whatever is added or grows, the end stays in view. */
static void
on_grown (GtkAdjustment *adjustment)
{
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

/* As tall as the newest lines are, so that none is cut. */
static void
fit (GsCaseHistory *self)
{
  int width = gtk_widget_get_width (self->lines);
  int height = 0;
  guint left = self->room > 0 ? self->room : G_MAXUINT;

  for (GtkWidget *line = gtk_widget_get_last_child (self->lines); line != NULL && left > 0;
       line = gtk_widget_get_prev_sibling (line), left--)
    {
      int natural;

      gtk_widget_measure (line, GTK_ORIENTATION_VERTICAL, width > 0 ? width : -1, NULL, &natural,
                          NULL, NULL);
      height += natural + (height > 0 ? SPACING_PX : 0);
    }
  height += gtk_widget_get_margin_bottom (self->lines);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), height);
}

/* In the order in which it happened. */
static void
show_lines (GsCaseHistory *self, GsStation *station)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->lines)) != NULL)
    gtk_box_remove (GTK_BOX (self->lines), child);
  g_array_sort (self->found, compare_lines);
  for (guint i = 0; i < self->found->len; i++)
    {
      const Line *line = &g_array_index (self->found, Line, i);
      g_autofree char *time = gs_format_time (station, line->at_utc_ms);

      gtk_box_append (GTK_BOX (self->lines), gs_case_history_line_new (time, line->text));
    }
  g_array_set_size (self->found, 0);
  fit (self);
}

static void
gs_case_history_finalize (GObject *object)
{
  g_array_unref (GS_CASE_HISTORY (object)->found);
  G_OBJECT_CLASS (gs_case_history_parent_class)->finalize (object);
}

static void
gs_case_history_class_init (GsCaseHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gs_case_history_finalize;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-case-history.ui");
  gtk_widget_class_bind_template_child (widget_class, GsCaseHistory, scroller);
  gtk_widget_class_bind_template_child (widget_class, GsCaseHistory, lines);
}

static void
gs_case_history_init (GsCaseHistory *self)
{
  self->found = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->found, line_clear);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
                    "changed", G_CALLBACK (on_grown), NULL);
}

void
gs_case_history_set_room (GsCaseHistory *self, guint lines)
{
  g_return_if_fail (GS_IS_CASE_HISTORY (self));
  self->room = lines;
  fit (self);
}

/* The same traveller at another gate within half an hour: one card. */
static void
add_joined (GsCaseHistory *self, GsStation *station, GsCase *item)
{
  g_autoptr (GPtrArray) joined = gs_case_book_list_joined (gs_station_get_book (station), item);

  for (guint i = 0; i < joined->len; i++)
    {
      GsCase *other = g_ptr_array_index (joined, i);
      const GsCrossing *crossing = gs_case_get_crossing (other);
      g_autofree char *gate = gs_format_gate (station, crossing->gate);
      g_autofree char *codes = g_strjoinv (" ", crossing->reasons);
      g_autofree char *where =
        gs_case_is_blind (other)
          ? g_strdup_printf (_ ("same document referred at gate %s"), gate)
          /* Translators: the gate's number and the codes of the reasons. */
          : g_strdup_printf (_ ("same document referred at gate %s: %s"), gate, codes);
      g_autofree char *text =
        crossing->outcome != 0
          ? g_strdup_printf ("%s · %s", where, gs_reason_text_outcome (crossing->outcome))
          : g_strdup (where);

      add_line (self, crossing->referred_utc_ms, text);
    }
}

void
gs_case_history_update (GsCaseHistory *self, GsStation *station, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);

  g_return_if_fail (GS_IS_CASE_HISTORY (self));
  add_joined (self, station, item);
  add_line (self, crossing->started_utc_ms, _ ("entered the gate"));
  add_line (self, crossing->referred_utc_ms, _ ("referred"));
  add_line (self, gs_case_get_called_utc_ms (item), _ ("called to this desk"));
  if (gs_case_get_read_method (item) != GS_READ_NONE)
    add_line (self, gs_case_get_read_utc_ms (item),
              gs_case_get_read_method (item) == GS_READ_TYPED ? _ ("document typed here")
                                                              : _ ("document read here"));
  if (gs_case_get_judgement (item) != 0)
    {
      g_autofree char *text =
        g_strdup_printf (_ ("judged: %s"), gs_reason_text_judgement (gs_case_get_judgement (item)));

      add_line (self, gs_case_get_judged_utc_ms (item), text);
    }
  if (crossing->outcome != 0)
    {
      g_autofree char *desk = gs_format_desk (crossing->outcome_desk);
      g_autofree char *text =
        g_strdup_printf ("%s · %s", gs_reason_text_outcome (crossing->outcome), desk);

      add_line (self, crossing->outcome_utc_ms, text);
    }
  add_line (self, crossing->admitted_utc_ms,
            crossing->admitted_by_officer ? _ ("admitted by officer") : _ ("admitted by the gate"));
  if (crossing->stamp_serial != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("stamped, %s"), crossing->stamp_serial);

      add_line (self, crossing->stamped_utc_ms, text);
    }
  if (crossing->close_cause != GS_CLOSE_CAUSE_NONE)
    add_line (self, crossing->closed_utc_ms, gs_reason_text_close_cause (crossing->close_cause));
  show_lines (self, station);
}
