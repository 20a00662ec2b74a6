/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case-history.h"

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-time.h"

static void
add_line (GtkWidget *list, GsStation *station, gint64 at_utc_ms, const char *text)
{
  GtkWidget *line;
  g_autofree char *time = NULL;

  if (at_utc_ms == GS_TIME_UNKNOWN)
    return;
  time = gs_format_time (station, at_utc_ms);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (line), gs_label_new (time, "gs-second gs-text2"));
  gtk_box_append (GTK_BOX (line), gs_label_new (text, "gs-second"));
  gtk_box_append (GTK_BOX (list), line);
}

GtkWidget *
gs_case_history_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (box, "gs-case-history");
  return box;
}

void
gs_case_history_update (GtkWidget *history, GsStation *station, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (history)) != NULL)
    gtk_box_remove (GTK_BOX (history), child);
  gtk_box_append (GTK_BOX (history), gs_label_new (_ ("This crossing"), "gs-heading"));
  add_line (history, station, crossing->started_utc_ms, _ ("entered the gate"));
  add_line (history, station, crossing->referred_utc_ms, _ ("referred"));
  if (gs_case_get_read_method (item) != GS_READ_NONE)
    add_line (history, station, gs_case_get_read_utc_ms (item),
              gs_case_get_read_method (item) == GS_READ_TYPED ? _ ("document typed here")
                                                              : _ ("document read here"));
  if (gs_case_get_judgement (item) != 0)
    {
      g_autofree char *text =
        g_strdup_printf (_ ("judged: %s"), gs_reason_text_judgement (gs_case_get_judgement (item)));

      add_line (history, station, gs_case_get_judged_utc_ms (item), text);
    }
  if (crossing->outcome != 0)
    {
      g_autofree char *desk = gs_format_desk (crossing->outcome_desk);
      g_autofree char *text =
        g_strdup_printf ("%s · %s", gs_reason_text_outcome (crossing->outcome), desk);

      add_line (history, station, crossing->outcome_utc_ms, text);
    }
  add_line (history, station, crossing->admitted_utc_ms,
            crossing->admitted_by_officer ? _ ("admitted by officer") : _ ("admitted by the gate"));
  if (crossing->stamp_serial != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("stamped, %s"), crossing->stamp_serial);

      add_line (history, station, crossing->stamped_utc_ms, text);
    }
  if (crossing->close_cause != GS_CLOSE_CAUSE_NONE)
    add_line (history, station, crossing->closed_utc_ms,
              gs_reason_text_close_cause (crossing->close_cause));
}
