/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-case.h"

#include "gs-referral-reason.h"
#include "gs-time.h"

struct _GsCase
{
  GObject parent_instance;

  GsCrossing *crossing;
  GsReadMethod read_method;
  gint64 read_utc_ms;
  GsJudgement judgement;
  gint64 judged_utc_ms;
  GsHold hold;
  GsOutcome pending;
  gboolean rejected;
  gboolean unconfirmed;
  gboolean gone;
  gboolean stamp_wanted;
  gint64 called_utc_ms;
  gboolean on_card;
};

enum
{
  SIGNAL_CHANGED = 1,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GsCase, gs_case, G_TYPE_OBJECT)

static void
gs_case_finalize (GObject *object)
{
  GsCase *self = GS_CASE (object);

  gs_crossing_free (self->crossing);
  G_OBJECT_CLASS (gs_case_parent_class)->finalize (object);
}

static void
gs_case_class_init (GsCaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_case_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gs_case_init (GsCase *self)
{
  self->read_method = GS_READ_NONE;
  self->read_utc_ms = GS_TIME_UNKNOWN;
  self->judged_utc_ms = GS_TIME_UNKNOWN;
  self->called_utc_ms = GS_TIME_UNKNOWN;
  self->hold = GS_HOLD_FREE;
}

GsCase *
gs_case_new (const char *crossing_id)
{
  GsCase *self = g_object_new (GS_TYPE_CASE, NULL);

  self->crossing = gs_crossing_new (crossing_id);
  return self;
}

static void
changed (GsCase *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const GsCrossing *
gs_case_get_crossing (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), NULL);
  return self->crossing;
}

const char *
gs_case_get_id (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), NULL);
  return self->crossing->id;
}

/* A new referral of the same crossing is a new question: the old answers do not count for it. */
static void
forget_answers (GsCase *self)
{
  self->judgement = 0;
  self->judged_utc_ms = GS_TIME_UNKNOWN;
  self->pending = 0;
}

gboolean
gs_case_apply (GsCase *self, const GsEvent *event)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);

  if (!gs_crossing_apply (self->crossing, event))
    return FALSE;
  self->gone = FALSE;
  if (event->type == GS_EVENT_CROSSING_REFERRED)
    forget_answers (self);
  if (event->type == GS_EVENT_CROSSING_RESOLVED)
    {
      self->pending = 0;
      self->rejected = FALSE;
      self->hold = GS_HOLD_FREE;
    }
  changed (self);
  return TRUE;
}

void
gs_case_take_crossing (GsCase *self, GsCrossing *crossing)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (crossing->traveller == NULL)
    crossing->traveller = g_steal_pointer (&self->crossing->traveller);
  gs_crossing_free (self->crossing);
  self->crossing = crossing;
  self->gone = FALSE;
  changed (self);
}

void
gs_case_forget_position (GsCase *self)
{
  g_return_if_fail (GS_IS_CASE (self));
  self->crossing->as_of_event = 0;
}

void
gs_case_take_traveller (GsCase *self, GsTraveller *traveller)
{
  g_return_if_fail (GS_IS_CASE (self));

  gs_traveller_free (self->crossing->traveller);
  self->crossing->traveller = traveller;
  changed (self);
}

int
gs_case_get_priority (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), 4);

  if (self->rejected)
    return 1;
  return gs_referral_reasons_priority (self->crossing->reasons);
}

gboolean
gs_case_is_blind (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return self->judgement == 0 && gs_referral_reasons_are_blind (self->crossing->reasons);
}

gboolean
gs_case_hides_face (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);

  if (self->judgement != 0)
    return FALSE;
  for (char **code = self->crossing->reasons; code != NULL && *code != NULL; code++)
    if (gs_referral_reason_is_blind (*code))
      return TRUE;
  return FALSE;
}

static gboolean
is_successful (GsCase *self, const char *name)
{
  const GsCheck *check = gs_crossing_find_check (self->crossing, name);

  return check != NULL && check->result == GS_CHECK_RESULT_SUCCESSFUL;
}

gboolean
gs_case_is_chip_genuine (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return is_successful (self, "chip-authentication")
         || is_successful (self, "active-authentication");
}

gboolean
gs_case_is_shielded (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return self->crossing->reasons != NULL && gs_crossing_is_open_case (self->crossing)
         && gs_referral_reasons_priority (self->crossing->reasons) == 1;
}

gboolean
gs_case_is_waiting (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return gs_crossing_is_open_case (self->crossing) && self->pending == 0;
}

GsReadMethod
gs_case_get_read_method (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), GS_READ_NONE);
  return self->read_method;
}

gint64
gs_case_get_read_utc_ms (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), GS_TIME_UNKNOWN);
  return self->read_utc_ms;
}

void
gs_case_set_read (GsCase *self, GsReadMethod method, gint64 at_utc_ms)
{
  g_return_if_fail (GS_IS_CASE (self));

  self->read_method = method;
  self->read_utc_ms = at_utc_ms;
  changed (self);
}

GsJudgement
gs_case_get_judgement (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), 0);
  return self->judgement;
}

gint64
gs_case_get_judged_utc_ms (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), GS_TIME_UNKNOWN);
  return self->judged_utc_ms;
}

void
gs_case_set_judgement (GsCase *self, GsJudgement judgement, gint64 at_utc_ms)
{
  g_return_if_fail (GS_IS_CASE (self));

  self->judgement = judgement;
  self->judged_utc_ms = at_utc_ms;
  changed (self);
}

GsHold
gs_case_get_hold (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), GS_HOLD_FREE);
  return self->hold;
}

void
gs_case_set_hold (GsCase *self, GsHold hold)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->hold == hold)
    return;
  self->hold = hold;
  changed (self);
}

GsOutcome
gs_case_get_pending (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), 0);
  return self->pending;
}

void
gs_case_set_pending (GsCase *self, GsOutcome outcome)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->pending == outcome)
    return;
  self->pending = outcome;
  changed (self);
}

gboolean
gs_case_get_rejected (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return self->rejected;
}

void
gs_case_set_rejected (GsCase *self, gboolean rejected)
{
  g_return_if_fail (GS_IS_CASE (self));

  self->rejected = rejected;
  self->pending = 0;
  changed (self);
}

gboolean
gs_case_get_unconfirmed (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return self->unconfirmed;
}

void
gs_case_set_unconfirmed (GsCase *self, gboolean unconfirmed)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->unconfirmed == unconfirmed)
    return;
  self->unconfirmed = unconfirmed;
  changed (self);
}

gboolean
gs_case_get_gone (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return self->gone;
}

void
gs_case_set_gone (GsCase *self)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->gone)
    return;
  self->gone = TRUE;
  self->unconfirmed = FALSE;
  self->rejected = FALSE;
  self->hold = GS_HOLD_FREE;
  g_clear_pointer (&self->crossing->taken_desk, g_free);
  g_clear_pointer (&self->crossing->taken_officer, g_free);
  self->crossing->state = GS_CROSSING_STATE_ENDED;
  changed (self);
}

gboolean
gs_case_get_stamp_wanted (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return self->stamp_wanted;
}

void
gs_case_set_stamp_wanted (GsCase *self, gboolean wanted)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->stamp_wanted == wanted)
    return;
  self->stamp_wanted = wanted;
  changed (self);
}

gint64
gs_case_get_called_utc_ms (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), GS_TIME_UNKNOWN);
  return self->called_utc_ms;
}

void
gs_case_set_called (GsCase *self, gint64 at_utc_ms)
{
  g_return_if_fail (GS_IS_CASE (self));

  self->called_utc_ms = at_utc_ms;
  changed (self);
}

gboolean
gs_case_get_on_card (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return self->on_card;
}

void
gs_case_set_on_card (GsCase *self, gboolean on_card)
{
  g_return_if_fail (GS_IS_CASE (self));
  self->on_card = on_card;
}
