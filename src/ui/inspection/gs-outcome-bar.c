/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-outcome-bar.h"

#include <glib/gi18n.h>

#include "gs-next-step.h"
#include "gs-outcome-button.h"
#include "gs-reason-text.h"

struct _GsOutcomeBar
{
  GtkGrid parent_instance;

  GsStation *station;
  GsOutcomeButton *verify_button;
  GsOutcomeButton *admit_button;
  GsOutcomeButton *second_line_button;
  GsOutcomeButton *more_button;
  GsOutcomeButton *stamp_button;
  GsOutcomeButton *second_officer_button;
  gboolean two_rows;
  gboolean needs_second;
  GsNextStep next;
};

G_DEFINE_FINAL_TYPE (GsOutcomeBar, gs_outcome_bar, GTK_TYPE_GRID)

#define BUTTONS_IN_A_ROW 3 /* of two rows */

static void
set_blocks (GsOutcomeButton *button, guint blocks)
{
  g_autofree const char **words = gs_reason_text_blocks (blocks);

  gs_outcome_button_set_reasons (button, words);
}

static const char *
admit_hint (GsAdmitBasis basis)
{
  switch (basis)
    {
    case GS_ADMIT_BASIS_CHECK_FAILED:
      return _ ("a check is not successful");
    case GS_ADMIT_BASIS_JUDGED:
      return _ ("judged: same person");
    case GS_ADMIT_BASIS_CHECKS:
      return _ ("every check successful");
    }
  return NULL;
}

/* F10 also opens the sheet that says why there is no stamp, and what there is instead. Transfer
 * full. */
static char *
dup_stamp_hint (GsStation *station, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  GsWindowVerdict verdict;

  if (crossing->stamp_serial != NULL)
    return g_strdup (_ ("already stamped"));
  gs_station_judge_window (station, item, &verdict);
  if (verdict.state == GS_WINDOW_NOT_KNOWN)
    return g_strdup (_ ("window not known"));
  if (verdict.state == GS_WINDOW_NOT_OPEN)
    return g_strdup (_ ("no window"));
  if (verdict.state == GS_WINDOW_CLOSED)
    /* Translators: by what a stamp window closed, such as "passed customs". */
    return g_strdup_printf (_ ("window closed: %s"), gs_reason_text_close_cause (verdict.cause));
  return g_strdup (_ ("on request, inside the window"));
}

/* Where there is an engine it speaks after the officer. */
static const char *
verify_hint (GsStation *station)
{
  GsFaceDesk *desk = gs_station_get_face_desk (station);

  if (gs_face_desk_get_camera (desk) != NULL && gs_face_desk_get_engine (desk) != NULL)
    return _ ("by eye, then engine");
  return _ ("by eye, at this desk");
}

static void
place (GsOutcomeBar *self, GsOutcomeButton *button, int column, int row)
{
  GtkGridLayoutChild *child = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (
    gtk_widget_get_layout_manager (GTK_WIDGET (self)), GTK_WIDGET (button)));

  if (gtk_grid_layout_child_get_column (child) != column
      || gtk_grid_layout_child_get_row (child) != row)
    g_object_set (child, "column", column, "row", row, NULL);
}

/* Where only the second officer is missing, that one's button takes the place of the next step, and
 * that of the stamp, which nobody gets before the case is decided. The others stay where they are.
 */
static void
place_buttons (GsOutcomeBar *self)
{
  gboolean second_first = self->needs_second && self->next == GS_NEXT_STEP_SECOND_OFFICER;
  GsOutcomeButton *hidden = self->needs_second ? self->stamp_button : self->second_officer_button;
  GsOutcomeButton *const order[] = {
    second_first ? self->second_officer_button : self->verify_button,
    self->admit_button,
    self->second_line_button,
    self->more_button,
    second_first         ? self->verify_button
    : self->needs_second ? self->second_officer_button
                         : self->stamp_button,
  };

  /* The grid counts the columns of what is hidden too. */
  place (self, hidden, 0, 0);
  gtk_widget_set_visible (GTK_WIDGET (hidden), FALSE);
  for (int i = 0; i < (int) G_N_ELEMENTS (order); i++)
    {
      place (self, order[i], self->two_rows ? i % BUTTONS_IN_A_ROW : i,
             self->two_rows ? i / BUTTONS_IN_A_ROW : 0);
      gtk_widget_set_visible (GTK_WIDGET (order[i]), TRUE);
    }
  /* The longest label five times over does not fit beside the queue at 1280. */
  gtk_grid_set_column_homogeneous (GTK_GRID (self), self->two_rows || !self->needs_second);
}

void
gs_outcome_bar_update (GsOutcomeBar *self, GsCase *item)
{
  GsStation *station = self->station;
  GsNextStep next = gs_station_next_step (station, item);
  g_autofree char *stamp_hint = dup_stamp_hint (station, item);

  gs_outcome_button_set_text (self->verify_button, _ ("Verify again"), verify_hint (station));
  set_blocks (self->verify_button, gs_station_verify_blocks (station, item));
  gs_outcome_button_set_text (self->admit_button, _ ("Admit"),
                              admit_hint (gs_station_admit_basis (station, item)));
  set_blocks (self->admit_button, gs_station_blocks (station, item, GS_OUTCOME_ADMITTED));
  set_blocks (self->second_line_button, gs_station_blocks (station, item, GS_OUTCOME_SECOND_LINE));
  set_blocks (self->more_button, gs_station_more_blocks (station, item));
  gs_outcome_button_set_text (self->stamp_button, _ ("Stamp"), stamp_hint);
  set_blocks (self->stamp_button, gs_station_stamp_blocks (station, item));
  /* The one filled button is the next step. */
  gs_outcome_button_set_filled (self->verify_button, next == GS_NEXT_STEP_VERIFY);
  gs_outcome_button_set_filled (self->admit_button, next == GS_NEXT_STEP_ADMIT);
  gs_outcome_button_set_filled (self->second_line_button, next == GS_NEXT_STEP_SECOND_LINE);
  gs_outcome_button_set_filled (self->stamp_button, next == GS_NEXT_STEP_STAMP);
  gs_outcome_button_set_filled (self->second_officer_button, next == GS_NEXT_STEP_SECOND_OFFICER);
  self->needs_second = gs_station_needs_second (station, item);
  self->next = next;
  place_buttons (self);
}

/* By hand and not by action name: whether a button is on, and every reason why not, is said by
 * gs_outcome_bar_update (). */
static void
on_verify_clicked (GsOutcomeBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.verify", NULL);
}

static void
on_admit_clicked (GsOutcomeBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.admit", NULL);
}

static void
on_second_line_clicked (GsOutcomeBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.second-line", NULL);
}

static void
on_more_clicked (GsOutcomeBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.more", NULL);
}

static void
on_stamp_clicked (GsOutcomeBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.stamp", NULL);
}

static void
on_second_officer_clicked (GsOutcomeBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.second-officer", NULL);
}

static void
gs_outcome_bar_dispose (GObject *object)
{
  g_clear_object (&GS_OUTCOME_BAR (object)->station);
  G_OBJECT_CLASS (gs_outcome_bar_parent_class)->dispose (object);
}

static void
gs_outcome_bar_class_init (GsOutcomeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gs_outcome_bar_dispose;
  g_type_ensure (GS_TYPE_OUTCOME_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/gateside/Station/ui/inspection/gs-outcome-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeBar, verify_button);
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeBar, admit_button);
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeBar, second_line_button);
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeBar, more_button);
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeBar, stamp_button);
  gtk_widget_class_bind_template_child (widget_class, GsOutcomeBar, second_officer_button);
  gtk_widget_class_bind_template_callback (widget_class, on_verify_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_admit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_second_line_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stamp_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_second_officer_clicked);
}

/* The button's words belong together (label, hint, accessible name), so it takes them at once. */
static void
set_words (GsOutcomeButton *button, const char *label, const char *hint, const char *key)
{
  gs_outcome_button_set_key (button, key);
  gs_outcome_button_set_text (button, label, hint);
}

static void
gs_outcome_bar_init (GsOutcomeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_words (self->verify_button, _ ("Verify again"), _ ("by eye, at this desk"), "F5");
  set_words (self->admit_button, _ ("Admit"), _ ("every check successful"), "F7");
  set_words (self->second_line_button, _ ("Second line"), _ ("with a note"), "F8");
  set_words (self->more_button, _ ("More…"), _ ("back to a gate, left, hand over"), "F9");
  set_words (self->stamp_button, _ ("Stamp"), _ ("on request, inside the window"), "F10");
  set_words (self->second_officer_button, _ ("Second officer"), _ ("signs in and approves"), "F3");
  place_buttons (self);
}

void
gs_outcome_bar_set_two_rows (GsOutcomeBar *self, gboolean two)
{
  g_return_if_fail (GS_IS_OUTCOME_BAR (self));
  self->two_rows = two;
  place_buttons (self);
}

void
gs_outcome_bar_set_station (GsOutcomeBar *self, GsStation *station)
{
  g_return_if_fail (GS_IS_OUTCOME_BAR (self));
  g_set_object (&self->station, station);
}
