/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-conditions.h"

#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-format.h"
#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-sign-view.h"
#include "gs-time.h"

static const char *
title_of (GsConditionId id)
{
  switch (id)
    {
    case GS_CONDITION_CROSSING_FOUND:
      return _ ("Crossing found");
    case GS_CONDITION_SAME_DOCUMENT:
      return _ ("Same document as at the gate");
    case GS_CONDITION_ADMITTED:
      return _ ("Admitted, no open case");
    case GS_CONDITION_IDENTITY:
      return _ ("Identity verified at this desk");
    case GS_CONDITION_WINDOW:
      return _ ("Window open");
    case GS_CONDITION_NOT_STAMPED:
      return _ ("Not stamped before");
    case GS_CONDITION_OFFICER:
      return _ ("Officer holds a stamp");
    case GS_CONDITION_PRINTER:
      return _ ("Printer ready");
    case GS_CONDITION_COUNTER:
      return _ ("Printer’s counter read");
    }
  return "";
}

static char *
dup_evidence (GsStation *station, GsStampIssue *issue, const GsCondition *condition)
{
  GsCase *item = gs_stamp_issue_get_case (issue);
  g_autofree char *time = gs_format_time (station, condition->at_utc_ms);
  GsSession *session = gs_station_get_session (station);

  if (condition->result == GS_CHECK_RESULT_NOT_CHECKED)
    return g_strdup (_ ("not checked"));
  switch (condition->id)
    {
    case GS_CONDITION_CROSSING_FOUND:
      return g_strdup_printf (gs_case_get_read_method (item) == GS_READ_TYPED
                                ? _ ("document typed, two officers, %s")
                                : _ ("document read %s"),
                              time);
    case GS_CONDITION_SAME_DOCUMENT:
      return g_strdup (condition->evidence);
    case GS_CONDITION_ADMITTED:
      {
        g_autofree char *gate = gs_format_gate (station, condition->evidence);

        return g_strdup_printf (_ ("gate %s, %s"), gate, time);
      }
    case GS_CONDITION_IDENTITY:
      return g_strdup_printf (_ ("%s, by eye · %s"),
                              gs_reason_text_judgement (gs_case_get_judgement (item)), time);
    case GS_CONDITION_WINDOW:
      return condition->result == GS_CHECK_RESULT_SUCCESSFUL
               ? g_strdup (_ ("the hall is asked before printing"))
               : g_strdup (condition->result == GS_CHECK_RESULT_FAILED ? _ ("closed")
                                                                       : _ ("not known"));
    case GS_CONDITION_NOT_STAMPED:
      return g_strdup (condition->evidence != NULL ? condition->evidence
                                                   : _ ("here and at every desk"));
    case GS_CONDITION_OFFICER:
      if (session == NULL)
        return g_strdup (_ ("not signed in"));
      /* Translators: the officer's name, then the code of the stamp. */
      return g_strdup_printf (_ ("%s · code %s"), gs_session_get_display_name (session),
                              condition->evidence != NULL ? condition->evidence : "–");
    case GS_CONDITION_PRINTER:
      return condition->value >= 0
               ? g_strdup_printf (_ ("ink %d %%"), (int) condition->value)
               : g_strdup (condition->result == GS_CHECK_RESULT_SUCCESSFUL ? _ ("ready")
                                                                           : _ ("not ready"));
    case GS_CONDITION_COUNTER:
      return condition->value >= 0
               ? g_strdup_printf (_ ("counter %06lld"), (long long) condition->value)
               : g_strdup (_ ("not supported, counted by hand"));
    }
  return NULL;
}

GtkWidget *
gs_stamp_conditions_new (void)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (list, "gs-conditions");
  return list;
}

static GtkWidget *
make_row (void)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *sign = gs_sign_view_new (GS_SIGN_NOT_DONE, 18);
  GtkWidget *title = gs_label_new (NULL, "gs-body");
  GtkWidget *evidence = gs_label_new (NULL, "gs-second gs-text2");

  gtk_widget_add_css_class (row, "gs-condition");
  gtk_widget_set_valign (sign, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (evidence), 1);
  gtk_box_append (GTK_BOX (row), sign);
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), evidence);
  return row;
}

void
gs_stamp_conditions_update (GtkWidget *list, GsStation *station, GsStampIssue *issue)
{
  g_autoptr (GPtrArray) conditions = gs_stamp_issue_dup_conditions (issue);
  GtkWidget *row = gtk_widget_get_first_child (list);

  for (guint i = 0; i < conditions->len; i++)
    {
      const GsCondition *condition = g_ptr_array_index (conditions, i);
      g_autofree char *evidence = dup_evidence (station, issue, condition);
      GtkWidget *sign, *title, *value;

      if (row == NULL)
        {
          row = make_row ();
          gtk_box_append (GTK_BOX (list), row);
        }
      sign = gtk_widget_get_first_child (row);
      title = gtk_widget_get_next_sibling (sign);
      value = gtk_widget_get_next_sibling (title);
      gs_sign_view_set_sign (GS_SIGN_VIEW (sign), (GsSign) gs_case_checks_sign (condition->result));
      gs_label_set (title, title_of (condition->id));
      gs_label_set (value, evidence);
      row = gtk_widget_get_next_sibling (row);
    }
}
