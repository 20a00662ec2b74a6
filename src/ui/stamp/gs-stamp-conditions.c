/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-conditions.h"

#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-condition-row.h"
#include "gs-format.h"
#include "gs-label.h"
#include "gs-reason-text.h"
#include "gs-sheet-button.h"
#include "gs-style.h"
#include "gs-time.h"

struct _GsStampConditions
{
  GtkBox parent_instance;

  GsStation *station;
  GsStampIssue *issue;
  GtkWidget *identity_box;
  GtkWidget *pill;
  GtkWidget *list;
  GtkWidget *area_box;
};

G_DEFINE_FINAL_TYPE (GsStampConditions, gs_stamp_conditions, GTK_TYPE_BOX)

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
      if (condition->trouble != GS_PRINTER_TROUBLE_NONE)
        return g_strdup (gs_reason_text_printer_trouble (condition->trouble));
      return condition->value >= 0 ? g_strdup_printf (_ ("ink %d %%"), (int) condition->value)
                                   : g_strdup (_ ("ready"));
    case GS_CONDITION_COUNTER:
      return condition->value >= 0
               ? g_strdup_printf (_ ("counter %06lld"), (long long) condition->value)
               : g_strdup (_ ("not supported, counted by hand"));
    }
  return NULL;
}

static guint
show_rows (GsStampConditions *self, GPtrArray *conditions)
{
  GtkWidget *row = gtk_widget_get_first_child (self->list);
  guint good = 0;

  for (guint i = 0; i < conditions->len; i++)
    {
      const GsCondition *condition = g_ptr_array_index (conditions, i);
      g_autofree char *evidence = dup_evidence (self->station, self->issue, condition);

      if (row == NULL)
        {
          row = gs_condition_row_new ();
          gtk_box_append (GTK_BOX (self->list), row);
        }
      gs_condition_row_update (GS_CONDITION_ROW (row),
                               (GsSign) gs_case_checks_sign (condition->result),
                               title_of (condition->id), evidence);
      good += condition->result == GS_CHECK_RESULT_SUCCESSFUL
              || condition->result == GS_CHECK_RESULT_NOT_SUPPORTED;
      row = gtk_widget_get_next_sibling (row);
    }
  return good;
}

void
gs_stamp_conditions_update (GsStampConditions *self, GsStation *station, GsStampIssue *issue)
{
  g_autoptr (GPtrArray) conditions = gs_stamp_issue_dup_conditions (issue);
  gboolean can = gs_stamp_issue_can_print (issue);
  g_autofree char *pill = NULL;
  guint good;

  g_return_if_fail (GS_IS_STAMP_CONDITIONS (self));
  g_set_object (&self->station, station);
  g_set_object (&self->issue, issue);
  good = show_rows (self, conditions);
  /* Translators: how many conditions hold, of how many. */
  pill = g_strdup_printf (_ ("%u of %u"), good, conditions->len);
  gs_label_set (self->pill, pill);
  gs_style_toggle_class (self->pill, "ok", can);
  gs_style_toggle_class (self->pill, "na", !can);
  gtk_widget_set_visible (self->identity_box, gs_stamp_issue_needs_judgement (issue));
  gtk_widget_set_visible (self->area_box, gs_stamp_issue_needs_area_word (issue));
}

void
gs_stamp_conditions_judge (GsStampConditions *self, GsJudgement judgement)
{
  g_return_if_fail (GS_IS_STAMP_CONDITIONS (self));
  if (self->issue != NULL && gs_stamp_issue_needs_judgement (self->issue))
    gs_station_judge (self->station, gs_stamp_issue_get_case (self->issue), judgement);
}

static void
on_same (GsStampConditions *self)
{
  gs_stamp_conditions_judge (self, GS_JUDGEMENT_SAME);
}

static void
on_unsure (GsStampConditions *self)
{
  gs_stamp_conditions_judge (self, GS_JUDGEMENT_UNSURE);
}

static void
on_different (GsStampConditions *self)
{
  gs_stamp_conditions_judge (self, GS_JUDGEMENT_DIFFERENT);
}

static void
on_area (GsStampConditions *self)
{
  gs_stamp_issue_give_area_word (self->issue);
}

static void
gs_stamp_conditions_dispose (GObject *object)
{
  GsStampConditions *self = GS_STAMP_CONDITIONS (object);

  g_clear_object (&self->station);
  g_clear_object (&self->issue);
  G_OBJECT_CLASS (gs_stamp_conditions_parent_class)->dispose (object);
}

static void
gs_stamp_conditions_class_init (GsStampConditionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_stamp_conditions_dispose;
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/stamp/gs-stamp-conditions.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, identity_box);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, pill);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, list);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, area_box);
  gtk_widget_class_bind_template_callback (widget_class, on_same);
  gtk_widget_class_bind_template_callback (widget_class, on_unsure);
  gtk_widget_class_bind_template_callback (widget_class, on_different);
  gtk_widget_class_bind_template_callback (widget_class, on_area);
}

static void
gs_stamp_conditions_init (GsStampConditions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
