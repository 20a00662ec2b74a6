/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-end.h"

#include <glib/gi18n.h>

#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-sheet-button.h"
#include "gs-sign-view.h"

struct _GsStampEnd
{
  GtkBox parent_instance;

  GsSignView *sign;
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *meaning;
  GtkWidget *next;
  GtkWidget *slip_button;
  GtkWidget *office_label;
  GtkWidget *again_button;
};

enum
{
  SLIP,
  AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsStampEnd, gs_stamp_end, GTK_TYPE_BOX)

static void
show_done (GsStampEnd *self, GsStampIssue *issue)
{
  g_autofree char *text = g_strdup_printf (_ ("%s is on the page and in the register."),
                                           gs_stamp_issue_get_serial (issue));

  gs_sign_view_set_sign (self->sign, GS_SIGN_SUCCESSFUL);
  gs_label_set (self->title, _ ("Stamped"));
  gs_label_set (self->text, text);
  gs_label_set (self->meaning, NULL);
  gs_label_set (self->next, NULL);
}

static void
show_void (GsStampEnd *self, GsStampIssue *issue)
{
  gboolean printed = gs_stamp_issue_is_void_printed (issue);
  /* Translators: a serial number. */
  const char *format = printed ? _ ("%s is void, and VOID was printed over it.")
                               : _ ("%s is void. No VOID was printed.");
  g_autofree char *text = g_strdup_printf (format, gs_stamp_issue_get_serial (issue));

  gs_sign_view_set_sign (self->sign, GS_SIGN_WITHDRAWN);
  gs_label_set (self->title, _ ("This stamp is void"));
  gs_label_set (self->text, text);
  gs_label_set (self->meaning,
                gs_stamp_issue_may_reissue (issue) ? _ (
                  "The claim stays with this desk: a new stamp, with a new serial, may follow.")
                                                   : _ ("No replacement may follow."));
  gs_label_set (self->next,
                printed ? NULL : _ ("If there is an impression, write VOID over it by hand."));
}

static void
show_none (GsStampEnd *self, GsStation *station, GsStampIssue *issue)
{
  const GsRefusalInfo *refusal = gs_stamp_issue_get_refusal (issue);
  g_autofree char *text = gs_reason_text_refusal (station, refusal);
  g_autofree char *next = gs_reason_text_refusal_next (refusal);

  gs_sign_view_set_sign (self->sign, gs_stamp_issue_get_state (issue) == GS_ISSUE_REFUSED
                                       ? GS_SIGN_REFUSED
                                       : GS_SIGN_WARNING);
  gs_label_set (self->title, _ ("No stamp"));
  gs_label_set (self->text, text);
  gs_label_set (self->meaning, gs_reason_text_claim_fate (gs_stamp_issue_get_claim_fate (issue)));
  gs_label_set (self->next, next);
}

void
gs_stamp_end_update (GsStampEnd *self, GsStation *station, GsStampIssue *issue)
{
  const GsConfig *config = gs_station_get_config (station);
  GsIssueState state = gs_stamp_issue_get_state (issue);
  gboolean late = gs_stamp_issue_is_too_late (issue);
  g_autofree char *office = NULL;

  g_return_if_fail (GS_IS_STAMP_END (self));
  if (state == GS_ISSUE_DONE)
    show_done (self, issue);
  else if (state == GS_ISSUE_VOID)
    show_void (self, issue);
  else
    show_none (self, station, issue);
  gtk_widget_set_visible (self->slip_button, late && config->after_window[GS_AFTER_WINDOW_SLIP]);
  /* Translators: the name of an office. */
  office =
    g_strdup_printf (_ ("Airport office: %s"), config->office != NULL ? config->office : "–");
  gs_label_set (
    self->office_label,
    late && config->after_window[GS_AFTER_WINDOW_OFFICE] && config->office != NULL ? office : NULL);
  gtk_widget_set_visible (self->again_button, gs_stamp_issue_may_reissue (issue));
}

static void
on_slip (GsStampEnd *self)
{
  g_signal_emit (self, signals[SLIP], 0);
}

static void
on_again (GsStampEnd *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

static void
gs_stamp_end_class_init (GsStampEndClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SLIP] = g_signal_new ("slip", GS_TYPE_STAMP_END, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[AGAIN] = g_signal_new ("again", GS_TYPE_STAMP_END, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  g_type_ensure (GS_TYPE_SIGN_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/gateside/Station/ui/stamp/gs-stamp-end.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampEnd, sign);
  gtk_widget_class_bind_template_child (widget_class, GsStampEnd, title);
  gtk_widget_class_bind_template_child (widget_class, GsStampEnd, text);
  gtk_widget_class_bind_template_child (widget_class, GsStampEnd, meaning);
  gtk_widget_class_bind_template_child (widget_class, GsStampEnd, next);
  gtk_widget_class_bind_template_child (widget_class, GsStampEnd, slip_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampEnd, office_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampEnd, again_button);
  gtk_widget_class_bind_template_callback (widget_class, on_slip);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
gs_stamp_end_init (GsStampEnd *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
