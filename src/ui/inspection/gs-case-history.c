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

  GtkWidget *lines;
};

G_DEFINE_FINAL_TYPE (GsCaseHistory, gs_case_history, GTK_TYPE_BOX)

static void
add_line (GsCaseHistory *self, GsStation *station, gint64 at_utc_ms, const char *text)
{
  g_autofree char *time = NULL;

  if (at_utc_ms == GS_TIME_UNKNOWN)
    return;
  time = gs_format_time (station, at_utc_ms);
  gtk_box_append (GTK_BOX (self->lines), gs_case_history_line_new (time, text));
}

static void
gs_case_history_class_init (GsCaseHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-case-history.ui");
  gtk_widget_class_bind_template_child (widget_class, GsCaseHistory, lines);
}

static void
gs_case_history_init (GsCaseHistory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

      add_line (self, station, crossing->referred_utc_ms, text);
    }
}

void
gs_case_history_update (GsCaseHistory *self, GsStation *station, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GtkWidget *child;

  g_return_if_fail (GS_IS_CASE_HISTORY (self));
  while ((child = gtk_widget_get_first_child (self->lines)) != NULL)
    gtk_box_remove (GTK_BOX (self->lines), child);
  add_joined (self, station, item);
  add_line (self, station, crossing->started_utc_ms, _ ("entered the gate"));
  add_line (self, station, crossing->referred_utc_ms, _ ("referred"));
  add_line (self, station, gs_case_get_called_utc_ms (item), _ ("called to this desk"));
  if (gs_case_get_read_method (item) != GS_READ_NONE)
    add_line (self, station, gs_case_get_read_utc_ms (item),
              gs_case_get_read_method (item) == GS_READ_TYPED ? _ ("document typed here")
                                                              : _ ("document read here"));
  if (gs_case_get_judgement (item) != 0)
    {
      g_autofree char *text =
        g_strdup_printf (_ ("judged: %s"), gs_reason_text_judgement (gs_case_get_judgement (item)));

      add_line (self, station, gs_case_get_judged_utc_ms (item), text);
    }
  if (crossing->outcome != 0)
    {
      g_autofree char *desk = gs_format_desk (crossing->outcome_desk);
      g_autofree char *text =
        g_strdup_printf ("%s · %s", gs_reason_text_outcome (crossing->outcome), desk);

      add_line (self, station, crossing->outcome_utc_ms, text);
    }
  add_line (self, station, crossing->admitted_utc_ms,
            crossing->admitted_by_officer ? _ ("admitted by officer") : _ ("admitted by the gate"));
  if (crossing->stamp_serial != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("stamped, %s"), crossing->stamp_serial);

      add_line (self, station, crossing->stamped_utc_ms, text);
    }
  if (crossing->close_cause != GS_CLOSE_CAUSE_NONE)
    add_line (self, station, crossing->closed_utc_ms,
              gs_reason_text_close_cause (crossing->close_cause));
}
