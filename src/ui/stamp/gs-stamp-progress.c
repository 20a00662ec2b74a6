/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-progress.h"

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-print-progress.h"
#include "gs-time.h"

struct _GsStampProgress
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *steps;
  GtkWidget *bar;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (GsStampProgress, gs_stamp_progress, GTK_TYPE_BOX)

static const char *
printer_trouble (GsStampProgress *self)
{
  GsPrinterMonitor *monitor = gs_station_get_printer (self->station);
  const GsPrinterStatus *status = monitor != NULL ? gs_printer_monitor_get_status (monitor) : NULL;

  if (status == NULL)
    return NULL;
  if (!status->reachable)
    return _ ("The printer does not answer.");
  if (gs_printer_status_has_reason (status, "media-jam"))
    return _ ("The page is stuck in the printer. Free it; the print goes on by itself.");
  if (gs_printer_status_has_reason (status, "media-empty")
      || gs_printer_status_has_reason (status, "media-needed"))
    return _ ("Put the page into the printer.");
  if (gs_printer_status_has_reason (status, "marker-supply-empty"))
    return _ ("The ink is used up.");
  return NULL;
}

void
gs_stamp_progress_update (GsStampProgress *self, GsStampIssue *issue)
{
  static const struct
  {
    GsPrintStep step;
    GsStampStep done; /* reached: this step is done */
  } rows[] = {
    { GS_PRINT_STEP_CLAIM, GS_STAMP_STEP_CLAIMED },
    { GS_PRINT_STEP_JOURNAL, GS_STAMP_STEP_SENDING },
    { GS_PRINT_STEP_SEND, GS_STAMP_STEP_ACCEPTED },
    { GS_PRINT_STEP_PRINT, GS_STAMP_STEP_PRINTED },
    { GS_PRINT_STEP_LOOK, GS_STAMP_STEP_CONFIRMED },
  };
  gboolean running = FALSE;
  const char *text = printer_trouble (self);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 at = gs_stamp_issue_get_step_utc_ms (issue, rows[i].done);
      g_autofree char *time = at != GS_TIME_UNKNOWN ? gs_format_time (self->station, at) : NULL;
      GsPrintStepState state = at != GS_TIME_UNKNOWN ? GS_PRINT_STEP_DONE
                               : running             ? GS_PRINT_STEP_WAITING
                                                     : GS_PRINT_STEP_RUNNING;

      if (state == GS_PRINT_STEP_RUNNING)
        {
          running = TRUE;
          if (rows[i].step == GS_PRINT_STEP_SEND)
            time = g_strdup_printf ("%d %%", (int) (gs_stamp_issue_get_progress (issue) * 100));
          if (gs_stamp_issue_get_state (issue) == GS_ISSUE_RECOVERING)
            state = GS_PRINT_STEP_UNSURE;
        }
      gs_print_progress_set_step (GS_PRINT_PROGRESS (self->steps), rows[i].step, state, time);
    }
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), gs_stamp_issue_get_progress (issue));
  if (text == NULL && gs_stamp_issue_get_state (issue) == GS_ISSUE_RECOVERING)
    text = _ ("The printer is asked what happened. Nothing is sent twice. Keep the page where it "
              "is.");
  else if (text == NULL && gs_stamp_issue_get_state (issue) == GS_ISSUE_VOIDING)
    text = _ ("VOID is printed over the stamp. Keep the page where it is.");
  else if (text == NULL)
    text = _ ("Keep the page still. Nothing is sent twice: if the link to the printer breaks, you "
              "are asked what is on the page.");
  gs_label_set (self->label, text);
}

static void
gs_stamp_progress_dispose (GObject *object)
{
  g_clear_object (&GS_STAMP_PROGRESS (object)->station);
  G_OBJECT_CLASS (gs_stamp_progress_parent_class)->dispose (object);
}

static void
gs_stamp_progress_class_init (GsStampProgressClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_stamp_progress_dispose;
}

static void
gs_stamp_progress_init (GsStampProgress *self)
{
}

GtkWidget *
gs_stamp_progress_new (GsStation *station)
{
  GsStampProgress *self = g_object_new (GS_TYPE_STAMP_PROGRESS, "orientation",
                                        GTK_ORIENTATION_VERTICAL, "spacing", 16, NULL);
  GtkWidget *box = GTK_WIDGET (self);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *stop = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->station = g_object_ref (station);
  gtk_box_append (GTK_BOX (box), gs_label_new (_ ("Printing"), "gs-title"));
  self->steps = gs_print_progress_new ();
  gtk_box_append (GTK_BOX (box), self->steps);
  self->bar = gtk_progress_bar_new ();
  gtk_box_append (GTK_BOX (box), self->bar);
  self->label = gs_label_new (NULL, "gs-body gs-text2");
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 56);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_widget_add_css_class (stop, "gs-stop");
  gtk_box_append (GTK_BOX (stop), gs_label_new (_ ("Stop"), "gs-strong gs-bad"));
  gtk_box_append (GTK_BOX (stop), gs_key_cap_new (_ ("hold Del")));
  gtk_widget_set_margin_top (line, 8);
  gtk_box_append (GTK_BOX (line), stop);
  gtk_box_append (GTK_BOX (line),
                  gs_label_new (_ ("may spoil the page; held for 2 s"), "gs-second gs-text2"));
  gtk_box_append (GTK_BOX (box), line);
  return box;
}
