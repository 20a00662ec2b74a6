/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-conditions.h"

#include <glib/gi18n.h>

#include "gs-case-checks.h"
#include "gs-condition-row.h"
#include "gs-face-text.h"
#include "gs-format.h"
#include "gs-label.h"
#include "gs-pack-text.h"
#include "gs-reason-text.h"
#include "gs-register-text.h"
#include "gs-sheet-button.h"
#include "gs-style.h"
#include "gs-time.h"

struct _GsStampConditions
{
  GtkBox parent_instance;

  GsStation *station;
  GsStampIssue *issue;
  GtkWidget *identity_box;
  GtkWidget *identity_spinner;
  GtkWidget *identity_label;
  GtkWidget *second_button;
  GtkWidget *again_button;
  GtkWidget *pill;
  GtkWidget *list;
  GtkWidget *area_box;
};

enum
{
  SECOND_OFFICER,
  AGAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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
    case GS_CONDITION_PACK:
      return _ ("Stamp template ready");
    }
  return "";
}

/* "same person, match · 14:25:04"; "by eye" where no engine decided. */
static char *
dup_identity (GsCase *item, const char *time)
{
  const GsFaceVerification *verification = gs_case_get_verification (item);
  const GsFaceComparison *comparison =
    verification != NULL ? verification->pairs[GS_FACE_PAIR_CHIP_DESK].comparison : NULL;
  const char *judged = gs_reason_text_judgement (gs_case_get_judgement (item));

  if (comparison == NULL || comparison->verdict == GS_FACE_NO_DECISION)
    return g_strdup_printf (_ ("%s, by eye · %s"), judged, time);
  /* Translators: the officer's judgement, the engine's answer, a time of day. */
  return g_strdup_printf (_ ("%s, engine: %s · %s"), judged,
                          gs_face_text_verdict (comparison->verdict), time);
}

/* "ink 72 %"; "Stamp 2 · ink 72 %" where the desk has several. */
static char *
dup_printer (const GsCondition *condition)
{
  g_autofree char *state = NULL;

  if (condition->trouble != GS_PRINTER_TROUBLE_NONE)
    state = g_strdup (gs_reason_text_printer_trouble (condition->trouble));
  else if (condition->value >= 0)
    state = g_strdup_printf (_ ("ink %d %%"), (int) condition->value);
  else
    state = g_strdup (_ ("ready"));
  return condition->evidence != NULL ? g_strdup_printf ("%s · %s", condition->evidence, state)
                                     : g_steal_pointer (&state);
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
      return dup_identity (item, time);
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
      if (condition->standing != GS_STAMP_STANDING_HELD)
        return g_strdup (gs_register_text_standing (condition->standing));
      /* Translators: the officer's name, then the code of the stamp. */
      return g_strdup_printf (_ ("%s · code %s"), gs_session_get_display_name (session),
                              condition->evidence != NULL ? condition->evidence : "–");
    case GS_CONDITION_PRINTER:
      return dup_printer (condition);
    case GS_CONDITION_COUNTER:
      return condition->value >= 0
               ? g_strdup_printf (_ ("counter %06lld"), (long long) condition->value)
               : g_strdup (_ ("not supported, counted by hand"));
    case GS_CONDITION_PACK:
      return g_strdup (gs_pack_text_reason (condition->evidence));
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

/* What stands between the answers and the print: the engine's answer, then the ruling. Before the
 * answers only that they are missing. */
static void
show_identity (GsStampConditions *self)
{
  GsFaceDesk *desk = gs_station_get_face_desk (self->station);
  GsCase *item = gs_stamp_issue_get_case (self->issue);
  gboolean here = gs_face_desk_get_case (desk) == item;
  gboolean missing = here && gs_stamp_issue_get_state (self->issue) == GS_ISSUE_SHEET
                     && !gs_face_desk_is_verified (desk, item, NULL);
  gboolean revealed = missing && gs_face_desk_is_revealed (desk);
  gboolean comparing = revealed && gs_face_desk_is_comparing (desk);
  const char *rest = _ ("1, 2, 3 answer the marked row.");
  const char *strong = _ ("Is it the same person as in the document?");
  g_autofree char *markup = NULL;
  GsFaceRuling ruling;

  gs_face_desk_get_ruling (desk, &ruling);
  if (comparing)
    strong = _ ("comparing…"), rest = "";
  else if (revealed)
    strong = gs_face_text_ruling (&ruling, &rest);
  markup = g_markup_printf_escaped ("<b>%s</b> %s", strong, rest);
  gtk_widget_set_visible (self->identity_box,
                          missing && (revealed || gs_stamp_issue_needs_judgement (self->issue)));
  gtk_widget_set_visible (self->identity_spinner, comparing);
  gtk_spinner_set_spinning (GTK_SPINNER (self->identity_spinner), comparing);
  gtk_label_set_markup (GTK_LABEL (self->identity_label), markup);
  gtk_widget_set_visible (self->second_button,
                          revealed && ruling.step == GS_FACE_STEP_SECOND_OFFICER);
  gtk_widget_set_visible (self->again_button, revealed && gs_face_desk_can_begin_again (desk));
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
  show_identity (self);
  gtk_widget_set_visible (self->area_box, gs_stamp_issue_needs_area_word (issue));
}

static void
on_second (GsStampConditions *self)
{
  g_signal_emit (self, signals[SECOND_OFFICER], 0);
}

static void
on_again (GsStampConditions *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
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
  signals[SECOND_OFFICER] = g_signal_new ("second-officer", GS_TYPE_STAMP_CONDITIONS,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[AGAIN] = g_signal_new ("again", GS_TYPE_STAMP_CONDITIONS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (GS_TYPE_SHEET_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/stamp/gs-stamp-conditions.ui");
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, identity_box);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, identity_spinner);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, identity_label);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, second_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, again_button);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, pill);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, list);
  gtk_widget_class_bind_template_child (widget_class, GsStampConditions, area_box);
  gtk_widget_class_bind_template_callback (widget_class, on_second);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_area);
}

static void
gs_stamp_conditions_init (GsStampConditions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
