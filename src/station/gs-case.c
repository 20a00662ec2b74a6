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
  GPtrArray *verifications;         /* GsFaceVerification, oldest first */
  GsFaceVerification *verification; /* the last of them, or NULL: none counts */
  gboolean judged_again;
  GsHold hold;
  GsOutcome pending;
  gboolean rejected;
  gboolean unconfirmed;
  gboolean gone;
  gboolean stamp_wanted;
  gint64 called_utc_ms;
  gboolean on_card;

  gboolean traveller_from_desk;
  GsDeskDocument *document;
  GsDocumentHeadline headline; /* of the newest reading; 0: none */
  char **findings;             /* NULL: none */
  gboolean findings_open;
  GPtrArray *found_checks; /* GsCheck */
  gint64 found_utc_ms;
  /* What the findings cover while they are merged into the crossing. */
  gboolean merged;
  gboolean covers_state;
  GsCrossingState hall_state;
  gint64 hall_referred_utc_ms;
  char **hall_reasons;
  GPtrArray *hall_checks;
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
  g_strfreev (self->findings);
  g_strfreev (self->hall_reasons);
  g_clear_pointer (&self->found_checks, g_ptr_array_unref);
  g_clear_pointer (&self->hall_checks, g_ptr_array_unref);
  g_clear_pointer (&self->document, gs_desk_document_unref);
  g_ptr_array_unref (self->verifications);
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
  self->called_utc_ms = GS_TIME_UNKNOWN;
  self->found_utc_ms = GS_TIME_UNKNOWN;
  self->hold = GS_HOLD_FREE;
  self->verifications = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_face_verification_free);
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

/* --- findings of this desk -------------------------------------------------------------------- */

/* Puts the crossing back as the hall tells it. */
static void
lift_findings (GsCase *self)
{
  if (!self->merged)
    return;
  self->merged = FALSE;
  g_strfreev (self->crossing->reasons);
  self->crossing->reasons = g_steal_pointer (&self->hall_reasons);
  g_ptr_array_unref (self->crossing->checks);
  self->crossing->checks = g_steal_pointer (&self->hall_checks);
  if (!self->covers_state)
    return;
  self->covers_state = FALSE;
  self->crossing->state = self->hall_state;
  self->crossing->referred_utc_ms = self->hall_referred_utc_ms;
}

static char **
join_codes (char **first, char **second)
{
  GPtrArray *codes = g_ptr_array_new ();

  for (char **code = first; code != NULL && *code != NULL; code++)
    g_ptr_array_add (codes, g_strdup (*code));
  for (char **code = second; code != NULL && *code != NULL; code++)
    if (first == NULL || !g_strv_contains ((const char *const *) first, *code))
      g_ptr_array_add (codes, g_strdup (*code));
  if (codes->len == 0)
    {
      g_ptr_array_unref (codes);
      return NULL;
    }
  g_ptr_array_add (codes, NULL);
  return (char **) g_ptr_array_free (codes, FALSE);
}

/* The first reason heads the card: the more urgent one, and never one that tells what the officer
 * must not know before the judgement. */
static gboolean
leads (char **findings, char **others)
{
  return findings != NULL
         && (gs_referral_reasons_are_blind (others)
             || gs_referral_reasons_priority (findings) < gs_referral_reasons_priority (others));
}

/* What the gate could not read was read here. */
static gboolean
is_answered (GsCase *self, const char *code)
{
  const char *const unread[] = { "C01", "C02", NULL };

  if (code == NULL || !g_strv_contains (unread, code)
      || (self->findings != NULL && g_strv_contains ((const char *const *) self->findings, code)))
    return FALSE;
  for (guint i = 0; self->found_checks != NULL && i < self->found_checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (self->found_checks, i);

      if (g_str_equal (check->name, "chip-opened"))
        return check->result == GS_CHECK_RESULT_SUCCESSFUL;
    }
  return FALSE;
}

/* A reason that is answered heads no card, but stays: the hall referred for it, and the decision
 * answers it too. */
static void
put_answered_last (GsCase *self)
{
  char **reasons = self->crossing->reasons;
  g_autoptr (GPtrArray) answered = g_ptr_array_new ();
  guint n = 0;

  for (char **code = reasons; code != NULL && *code != NULL; code++)
    if (is_answered (self, *code))
      g_ptr_array_add (answered, *code);
    else
      reasons[n++] = *code;
  for (guint i = 0; i < answered->len; i++)
    reasons[n++] = g_ptr_array_index (answered, i);
}

static gpointer
copy_check (gconstpointer check, gpointer user_data)
{
  return gs_check_copy (check);
}

/* A decision made after the finding knew of it. */
static gboolean
is_settled (GsCase *self)
{
  return self->crossing->outcome != 0
         && (self->crossing->state == GS_CROSSING_STATE_ENDED
             || self->crossing->outcome_utc_ms >= self->found_utc_ms);
}

static void
merge_findings (GsCase *self)
{
  GsCrossing *crossing = self->crossing;

  if (self->findings == NULL && self->found_checks == NULL)
    return;
  self->merged = TRUE;
  self->hall_reasons = crossing->reasons;
  self->hall_checks = crossing->checks;
  crossing->checks = g_ptr_array_copy (self->hall_checks, copy_check, NULL);
  g_ptr_array_set_free_func (crossing->checks, (GDestroyNotify) gs_check_free);
  for (guint i = 0; self->found_checks != NULL && i < self->found_checks->len; i++)
    gs_crossing_take_check (crossing, gs_check_copy (g_ptr_array_index (self->found_checks, i)));
  /* Findings that neither join an open case nor open one are only shown. */
  self->covers_state = self->findings != NULL && self->findings_open && !is_settled (self)
                       && crossing->state != GS_CROSSING_STATE_REFERRED
                       && crossing->state != GS_CROSSING_STATE_ENDED;
  if (!self->covers_state && crossing->state != GS_CROSSING_STATE_REFERRED)
    crossing->reasons = g_strdupv (self->hall_reasons);
  else if (leads (self->findings, self->hall_reasons))
    crossing->reasons = join_codes (self->findings, self->hall_reasons);
  else
    crossing->reasons = join_codes (self->hall_reasons, self->findings);
  put_answered_last (self);
  if (!self->covers_state)
    return;
  self->hall_state = crossing->state;
  self->hall_referred_utc_ms = crossing->referred_utc_ms;
  crossing->state = GS_CROSSING_STATE_REFERRED;
  crossing->referred_utc_ms = self->found_utc_ms;
}

void
gs_case_set_findings (
  GsCase *self, const char *const *codes, gboolean opens, GPtrArray *checks, gint64 at_utc_ms)
{
  g_return_if_fail (GS_IS_CASE (self));

  lift_findings (self);
  g_strfreev (self->findings);
  self->findings = codes != NULL && *codes != NULL ? g_strdupv ((char **) codes) : NULL;
  self->findings_open = opens;
  g_clear_pointer (&self->found_checks, g_ptr_array_unref);
  if (checks != NULL)
    {
      self->found_checks = g_ptr_array_copy (checks, copy_check, NULL);
      g_ptr_array_set_free_func (self->found_checks, (GDestroyNotify) gs_check_free);
    }
  self->found_utc_ms = at_utc_ms;
  merge_findings (self);
  changed (self);
}

const char *const *
gs_case_get_findings (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), NULL);
  return (const char *const *) self->findings;
}

gboolean
gs_case_is_answered (GsCase *self, const char *code)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return is_answered (self, code);
}

gboolean
gs_case_is_desk_referral (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);
  return self->covers_state;
}

gboolean
gs_case_still_stands (GsCase *self, const GsCrossing *now, char **reasons)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);

  if (gs_crossing_is_open_case (now)
      != (gs_crossing_is_open_case (self->crossing) && !self->covers_state))
    return FALSE;
  for (char **code = now->reasons; code != NULL && *code != NULL; code++)
    if (reasons == NULL || !g_strv_contains ((const char *const *) reasons, *code))
      return FALSE;
  for (char **code = reasons; code != NULL && *code != NULL; code++)
    if ((now->reasons == NULL || !g_strv_contains ((const char *const *) now->reasons, *code))
        && (self->findings == NULL
            || !g_strv_contains ((const char *const *) self->findings, *code)))
      return FALSE;
  return TRUE;
}

GsDeskDocument *
gs_case_get_document (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), NULL);
  return self->document;
}

void
gs_case_set_document (GsCase *self, GsDeskDocument *document)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->document == document)
    return;
  g_clear_pointer (&self->document, gs_desk_document_unref);
  if (document != NULL)
    self->document = gs_desk_document_ref (document);
  changed (self);
}

GsDocumentHeadline
gs_case_get_headline (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), 0);
  return self->document != NULL ? gs_desk_document_get_headline (self->document) : self->headline;
}

void
gs_case_set_headline (GsCase *self, GsDocumentHeadline headline)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->headline == headline)
    return;
  self->headline = headline;
  changed (self);
}

const GsTraveller *
gs_case_get_gate_traveller (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), NULL);
  return self->traveller_from_desk ? NULL : self->crossing->traveller;
}

/* --- the hall's crossing ---------------------------------------------------------------------- */

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

static gboolean
is_revealed (const GsFaceVerification *verification)
{
  return verification != NULL && verification->revealed_utc_ms != GS_TIME_UNKNOWN;
}

/* What was not revealed leaves no trace here; the answers given stand in the store. */
static void
drop_verification (GsCase *self)
{
  if (self->verification != NULL && !is_revealed (self->verification))
    g_ptr_array_remove (self->verifications, self->verification);
  self->verification = NULL;
  self->judged_again = FALSE;
}

/* A new referral of the same crossing is a new question: the old answers do not count for it. */
static void
forget_answers (GsCase *self)
{
  drop_verification (self);
  self->pending = 0;
}

gboolean
gs_case_apply (GsCase *self, const GsEvent *event)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);

  lift_findings (self);
  if (!gs_crossing_apply (self->crossing, event))
    {
      merge_findings (self);
      return FALSE;
    }
  if (event->traveller != NULL)
    self->traveller_from_desk = FALSE;
  merge_findings (self);
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

  lift_findings (self);
  if (crossing->traveller == NULL)
    crossing->traveller = g_steal_pointer (&self->crossing->traveller);
  else
    self->traveller_from_desk = FALSE;
  gs_crossing_free (self->crossing);
  self->crossing = crossing;
  merge_findings (self);
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
  self->traveller_from_desk = TRUE;
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
  return gs_case_get_judgement (self) == 0
         && gs_referral_reasons_are_blind (self->crossing->reasons);
}

gboolean
gs_case_hides_face (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), FALSE);

  if (gs_case_get_judgement (self) != 0)
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

  return is_revealed (self->verification) && !self->judged_again
           ? gs_face_verification_get_judgement (self->verification)
           : 0;
}

gint64
gs_case_get_judged_utc_ms (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), GS_TIME_UNKNOWN);

  return is_revealed (self->verification) && !self->judged_again
           ? gs_face_verification_get_utc_ms (self->verification)
           : GS_TIME_UNKNOWN;
}

/* --- the face, verified at this desk -----------------------------------------------------------
 */

GsFaceVerification *
gs_case_get_verification (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), NULL);
  return self->verification;
}

GPtrArray *
gs_case_get_verifications (GsCase *self)
{
  g_return_val_if_fail (GS_IS_CASE (self), NULL);
  return self->verifications;
}

void
gs_case_begin_verification (GsCase *self, GsFaceVerification *verification)
{
  g_return_if_fail (GS_IS_CASE (self));

  drop_verification (self);
  g_ptr_array_add (self->verifications, verification);
  self->verification = verification;
  changed (self);
}

void
gs_case_end_verification (GsCase *self)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->verification == NULL)
    return;
  drop_verification (self);
  changed (self);
}

void
gs_case_restore_verification (GsCase *self, GsFaceVerification *verification)
{
  g_return_if_fail (GS_IS_CASE (self));
  g_ptr_array_add (self->verifications, verification);
}

void
gs_case_set_verifying_officer (GsCase *self, const char *officer)
{
  GsFaceVerification *before, *last;

  g_return_if_fail (GS_IS_CASE (self));

  before = self->verification;
  drop_verification (self);
  last = self->verifications->len > 0
           ? g_ptr_array_index (self->verifications, self->verifications->len - 1)
           : NULL;
  if (last != NULL && officer != NULL && g_str_equal (last->officer, officer)
      && (self->crossing->referred_utc_ms == GS_TIME_UNKNOWN
          || last->revealed_utc_ms >= self->crossing->referred_utc_ms))
    self->verification = last;
  if (self->verification != before)
    changed (self);
}

void
gs_case_note_verification (GsCase *self)
{
  g_return_if_fail (GS_IS_CASE (self));
  changed (self);
}

void
gs_case_set_judged_again (GsCase *self, gboolean judged_again)
{
  g_return_if_fail (GS_IS_CASE (self));

  if (self->judged_again == judged_again)
    return;
  self->judged_again = judged_again;
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
