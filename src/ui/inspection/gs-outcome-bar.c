/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-outcome-bar.h"

#include <glib/gi18n.h>

#include "gs-outcome-button.h"
#include "gs-reason-text.h"
#include "gs-referral-reason.h"

typedef enum
{
  BUTTON_VERIFY,
  BUTTON_ADMIT,
  BUTTON_SECOND_LINE,
  BUTTON_MORE,
  BUTTON_STAMP,
  N_BUTTONS
} Button;

struct _GsOutcomeBar
{
  GtkBox parent_instance;

  GsStation *station;
  GtkWidget *buttons[N_BUTTONS];
};

G_DEFINE_FINAL_TYPE (GsOutcomeBar, gs_outcome_bar, GTK_TYPE_BOX)

static void
set_blocks (GtkWidget *button, guint blocks)
{
  g_autofree const char **words = gs_reason_text_blocks (blocks);

  gs_outcome_button_set_reasons (GS_OUTCOME_BUTTON (button), words);
}

/* Those that the officer's own judgement does not stand for. */
static gboolean
others_successful (GsCase *item)
{
  gboolean same = gs_case_get_judgement (item) == GS_JUDGEMENT_SAME;
  GPtrArray *checks = gs_case_get_crossing (item)->checks;

  for (guint i = 0; i < checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (checks, i);
      const GsCheckName *row = gs_check_name_find (check->name);

      if (same && row != NULL && row->group == GS_CHECK_GROUP_FACE)
        continue;
      if (check->result != GS_CHECK_RESULT_SUCCESSFUL
          && check->result != GS_CHECK_RESULT_NOT_SUPPORTED)
        return FALSE;
    }
  return checks->len > 0;
}

static const char *
admit_hint (GsCase *item, gboolean two)
{
  if (two)
    return _ ("with a second officer");
  if (!others_successful (item))
    return _ ("a check is not successful");
  return gs_case_get_judgement (item) == GS_JUDGEMENT_SAME ? _ ("judged: same person")
                                                           : _ ("every check successful");
}

/* The one filled button is the next step. */
static Button
next_step (GsOutcomeBar *self, GsCase *item)
{
  const GsCrossing *crossing = gs_case_get_crossing (item);
  const char *code = crossing->reasons != NULL ? crossing->reasons[0] : NULL;
  const char *rest;
  GsJudgement judgement = gs_case_get_judgement (item);

  if (crossing->state == GS_CROSSING_STATE_ADMITTED)
    return crossing->stamp_serial == NULL && gs_station_stamp_blocks (self->station, item) == 0
             ? BUTTON_STAMP
             : N_BUTTONS;
  if (!gs_crossing_is_open_case (crossing) || gs_case_get_pending (item) != 0
      || gs_case_get_hold (item) == GS_HOLD_ELSEWHERE)
    return N_BUTTONS;
  if (judgement == GS_JUDGEMENT_DIFFERENT || judgement == GS_JUDGEMENT_UNSURE)
    return BUTTON_SECOND_LINE;
  if (judgement == 0 && gs_referral_reasons_are_blind (crossing->reasons))
    return BUTTON_VERIFY;
  if (judgement == GS_JUDGEMENT_SAME
      && gs_station_blocks (self->station, item, GS_OUTCOME_ADMITTED) == 0)
    return BUTTON_ADMIT;
  if (g_strcmp0 (gs_reason_text_next (code, &rest), _ ("Send to the second line.")) == 0)
    return BUTTON_SECOND_LINE;
  return judgement == 0 ? BUTTON_VERIFY : BUTTON_SECOND_LINE;
}

void
gs_outcome_bar_update (GsOutcomeBar *self, GsCase *item)
{
  GsStation *station = self->station;
  Button filled = next_step (self, item);
  guint verify = gs_crossing_is_open_case (gs_case_get_crossing (item)) ? 0 : GS_BLOCK_NOT_OPEN;
  gboolean two = gs_referral_reasons_priority (gs_case_get_crossing (item)->reasons) == 1;
  guint admit = gs_station_blocks (station, item, GS_OUTCOME_ADMITTED);

  if (gs_station_get_session (station) == NULL)
    verify |= GS_BLOCK_NOT_SIGNED_IN;
  set_blocks (self->buttons[BUTTON_VERIFY], verify);
  /* Priority 1 is admitted with a second officer, whom the key asks for. */
  if (two && (admit & ~(guint) GS_BLOCK_TWO_OFFICERS) == 0)
    admit = 0;
  gs_outcome_button_set_text (GS_OUTCOME_BUTTON (self->buttons[BUTTON_ADMIT]), _ ("Admit"),
                              admit_hint (item, two));
  set_blocks (self->buttons[BUTTON_ADMIT], admit);
  set_blocks (self->buttons[BUTTON_SECOND_LINE],
              gs_station_blocks (station, item, GS_OUTCOME_SECOND_LINE));
  set_blocks (self->buttons[BUTTON_MORE], gs_station_more_blocks (station, item));
  set_blocks (self->buttons[BUTTON_STAMP], gs_station_stamp_blocks (station, item));
  for (guint i = 0; i < N_BUTTONS; i++)
    gs_outcome_button_set_filled (GS_OUTCOME_BUTTON (self->buttons[i]), i == filled);
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
  G_OBJECT_CLASS (klass)->dispose = gs_outcome_bar_dispose;
}

static void
gs_outcome_bar_init (GsOutcomeBar *self)
{
}

/* By hand and not by action name: whether the button is on, and every reason why not, is said by
 * gs_outcome_bar_update (). */
static void
on_outcome_clicked (GtkWidget *button, const char *action)
{
  gtk_widget_activate_action (button, action, NULL);
}

GtkWidget *
gs_outcome_bar_new (GsStation *station)
{
  static const struct
  {
    const char *label;
    const char *hint;
    const char *key;
    const char *action;
  } rows[N_BUTTONS] = {
    [BUTTON_VERIFY] = { N_ ("Verify again"), N_ ("by eye, at this desk"), "F5", "win.verify" },
    [BUTTON_ADMIT] = { N_ ("Admit"), N_ ("every check successful"), "F7", "win.admit" },
    [BUTTON_SECOND_LINE] = { N_ ("Second line"), N_ ("with a note"), "F8", "win.second-line" },
    [BUTTON_MORE] = { N_ ("More…"), N_ ("back to a gate, left, hand over"), "F9", "win.more" },
    [BUTTON_STAMP] = { N_ ("Stamp"), N_ ("on request, inside the window"), "F10", "win.stamp" },
  };
  GsOutcomeBar *self = g_object_new (GS_TYPE_OUTCOME_BAR, "spacing", 12, "homogeneous", TRUE, NULL);
  GtkWidget *bar = GTK_WIDGET (self);

  self->station = g_object_ref (station);
  gtk_widget_add_css_class (bar, "gs-outcome-bar");
  for (guint i = 0; i < N_BUTTONS; i++)
    {
      self->buttons[i] = gs_outcome_button_new (_ (rows[i].label), _ (rows[i].hint), rows[i].key);
      g_signal_connect (self->buttons[i], "clicked", G_CALLBACK (on_outcome_clicked),
                        (gpointer) rows[i].action);
      gtk_box_append (GTK_BOX (bar), self->buttons[i]);
    }
  return bar;
}
