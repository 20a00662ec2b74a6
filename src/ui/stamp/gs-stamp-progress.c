/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-progress.h"

#include <glib/gi18n.h>

#include "gs-format.h"
#include "gs-key-cap.h"
#include "gs-label.h"
#include "gs-print-progress.h"
#include "gs-reason-text.h"
#include "gs-time.h"

struct _GsStampProgress
{
  GtkBox parent_instance;

  GsPrintProgress *steps;
  GtkProgressBar *bar;
  GtkWidget *pass_label;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (GsStampProgress, gs_stamp_progress, GTK_TYPE_BOX)

static void
show_steps (GsStampProgress *self, GsStation *station, GsStampIssue *issue)
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

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 at = gs_stamp_issue_get_step_utc_ms (issue, rows[i].done);
      g_autofree char *time = at != GS_TIME_UNKNOWN ? gs_format_time (station, at) : NULL;
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
      gs_print_progress_set_step (self->steps, rows[i].step, state, time);
    }
}

/* What the printer lacks while it prints, in the worst case; NULL when it goes well. */
static char *
dup_trouble (GsStampIssue *issue)
{
  GsPrinterMonitor *monitor = gs_stamp_issue_get_printer (issue);
  GsPrinterTrouble trouble =
    monitor != NULL ? gs_printer_status_get_trouble (gs_printer_monitor_get_status (monitor))
                    : GS_PRINTER_TROUBLE_NONE;

  if (trouble == GS_PRINTER_TROUBLE_NONE)
    return NULL;
  return g_strdup_printf ("%s %s", gs_reason_text_printer_sentence (trouble),
                          gs_reason_text_printer_while_printing (trouble));
}

static const char *
hint_of (GsIssueState state)
{
  switch ((int) state)
    {
    case GS_ISSUE_RECOVERING:
      return _ ("The printer is asked what happened. Nothing is sent twice. Keep the page where it "
                "is.");
    case GS_ISSUE_VOIDING:
      return _ ("VOID is printed over the stamp. Keep the page where it is.");
    default:
      return _ (
        "Keep the page still. Nothing is sent twice: if the link to the printer breaks, you "
        "are asked what is on the page.");
    }
}

void
gs_stamp_progress_update (GsStampProgress *self, GsStation *station, GsStampIssue *issue)
{
  g_autofree char *trouble = dup_trouble (issue);
  g_autofree char *passes = gs_reason_text_passes (issue);

  g_return_if_fail (GS_IS_STAMP_PROGRESS (self));
  show_steps (self, station, issue);
  gtk_progress_bar_set_fraction (self->bar, gs_stamp_issue_get_progress (issue));
  gs_label_set (self->pass_label, passes);
  gs_label_set (self->label,
                trouble != NULL ? trouble : hint_of (gs_stamp_issue_get_state (issue)));
}

static void
gs_stamp_progress_class_init (GsStampProgressClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (GS_TYPE_KEY_CAP);
  g_type_ensure (GS_TYPE_PRINT_PROGRESS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/stamp/gs-stamp-progress.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampProgress, steps);
  gtk_widget_class_bind_template_child (widget_class, GsStampProgress, bar);
  gtk_widget_class_bind_template_child (widget_class, GsStampProgress, pass_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampProgress, label);
}

static void
gs_stamp_progress_init (GsStampProgress *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
