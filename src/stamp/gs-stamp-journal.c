/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-journal.h"

#include "gs-time.h"

/* Send-Document was begun, and yet nothing can be on paper: the job never got its data and ended
 * without an impression. Only this lets a serial be sent once more. */
static gboolean
proves_nothing_printed (const GsStampEvidence *evidence)
{
  return evidence->job == GS_STAMP_JOB_WAITING && evidence->cancel == GS_STAMP_CANCEL_CLEAN
         && evidence->counter != GS_STAMP_COUNTER_MOVED;
}

static GsStampAction
recover_claim (const GsStampEvidence *evidence)
{
  switch (evidence->claim)
    {
    case GS_STAMP_CLAIM_GRANTED:
      return GS_STAMP_ACTION_START;
    case GS_STAMP_CLAIM_EXPIRED:
      return GS_STAMP_ACTION_RELEASE;
    case GS_STAMP_CLAIM_REFUSED:
      return GS_STAMP_ACTION_REFUSE;
    case GS_STAMP_CLAIM_NOT_ASKED:
    case GS_STAMP_CLAIM_NO_ANSWER:
    default:
      return GS_STAMP_ACTION_ASK_HALL;
    }
}

/* INTENT or CREATED: the document was never sent. Whatever job of the name has not ended is
 * cancelled, then it is safe to begin again. A job that printed, or ended otherwise than by our
 * Cancel-Job while the counter moved, contradicts that, so somebody looks. */
static GsStampAction
recover_unsent (const GsStampEvidence *evidence)
{
  switch (evidence->job)
    {
    case GS_STAMP_JOB_NONE:
      return GS_STAMP_ACTION_RETRY;
    case GS_STAMP_JOB_WAITING:
    case GS_STAMP_JOB_ACTIVE:
      if (evidence->cancel == GS_STAMP_CANCEL_CLEAN)
        return GS_STAMP_ACTION_RETRY;
      return evidence->cancel == GS_STAMP_CANCEL_DIRTY ? GS_STAMP_ACTION_INSPECT
                                                       : GS_STAMP_ACTION_CANCEL_JOBS;
    case GS_STAMP_JOB_CANCELED:
    case GS_STAMP_JOB_ABORTED:
      /* A printer may give up a job that never gets its data, or an earlier recovery ended it. */
      return evidence->cancel == GS_STAMP_CANCEL_DIRTY
                 || evidence->counter == GS_STAMP_COUNTER_MOVED
               ? GS_STAMP_ACTION_INSPECT
               : GS_STAMP_ACTION_RETRY;
    case GS_STAMP_JOB_COMPLETED:
      return GS_STAMP_ACTION_INSPECT;
    case GS_STAMP_JOB_UNREACHABLE:
    default:
      return GS_STAMP_ACTION_ASK_PRINTER;
    }
}

static GsStampAction
recover_sending (const GsStampEvidence *evidence)
{
  if (evidence->job == GS_STAMP_JOB_WAITING)
    {
      if (proves_nothing_printed (evidence))
        return GS_STAMP_ACTION_RETRY;
      if (evidence->cancel == GS_STAMP_CANCEL_NOT_TRIED
          && evidence->counter != GS_STAMP_COUNTER_MOVED)
        return GS_STAMP_ACTION_CANCEL_JOBS;
    }
  return GS_STAMP_ACTION_INSPECT;
}

GsStampAction
gs_stamp_journal_recover (const GsStampEvidence *evidence)
{
  g_return_val_if_fail (evidence != NULL, GS_STAMP_ACTION_INSPECT);

  switch (evidence->step)
    {
    case GS_STAMP_STEP_REQUESTED:
    case GS_STAMP_STEP_CLAIMED:
      return recover_claim (evidence);
    case GS_STAMP_STEP_INTENT:
    case GS_STAMP_STEP_CREATED:
      return recover_unsent (evidence);
    case GS_STAMP_STEP_SENDING:
      return recover_sending (evidence);
    case GS_STAMP_STEP_ACCEPTED:
      return evidence->job == GS_STAMP_JOB_COMPLETED ? GS_STAMP_ACTION_PRINTED
                                                     : GS_STAMP_ACTION_INSPECT;
    case GS_STAMP_STEP_PRINTED:
    case GS_STAMP_STEP_INSPECT:
      return GS_STAMP_ACTION_ASK_OFFICER;
    case GS_STAMP_STEP_CONFIRMED:
    case GS_STAMP_STEP_VOID:
    case GS_STAMP_STEP_FAILED:
      return GS_STAMP_ACTION_REPORT;
    case GS_STAMP_STEP_REPORTED:
    case GS_STAMP_STEP_REFUSED:
      return GS_STAMP_ACTION_NONE;
    default:
      /* A step that this version does not know: a person looks, nothing is sent. */
      return GS_STAMP_ACTION_INSPECT;
    }
}

#define TO(step) (1u << GS_STAMP_STEP_##step)

/* The steps that may follow each step, before any look at the evidence. */
static const guint followers[GS_STAMP_STEP_LAST + 1] = {
  [GS_STAMP_STEP_REQUESTED] = TO (CLAIMED) | TO (REFUSED) | TO (FAILED),
  [GS_STAMP_STEP_CLAIMED] = TO (INTENT) | TO (REFUSED) | TO (FAILED),
  [GS_STAMP_STEP_INTENT] = TO (INTENT) | TO (CREATED) | TO (FAILED) | TO (INSPECT),
  [GS_STAMP_STEP_CREATED] = TO (INTENT) | TO (SENDING) | TO (FAILED) | TO (INSPECT),
  [GS_STAMP_STEP_SENDING] = TO (INTENT) | TO (ACCEPTED) | TO (FAILED) | TO (INSPECT),
  [GS_STAMP_STEP_ACCEPTED] = TO (PRINTED) | TO (INSPECT),
  [GS_STAMP_STEP_PRINTED] = TO (CONFIRMED) | TO (VOID) | TO (INSPECT),
  [GS_STAMP_STEP_INSPECT] = TO (CONFIRMED) | TO (VOID),
  [GS_STAMP_STEP_CONFIRMED] = TO (REPORTED),
  [GS_STAMP_STEP_VOID] = TO (REPORTED),
  [GS_STAMP_STEP_FAILED] = TO (REPORTED),
};

static gboolean
is_step (GsStampStep step)
{
  return step >= GS_STAMP_STEP_REQUESTED && step <= GS_STAMP_STEP_LAST;
}

static gboolean
evidence_allows (const GsStampEvidence *evidence, GsStampStep next)
{
  gboolean again = next == GS_STAMP_STEP_INTENT || next == GS_STAMP_STEP_FAILED;

  switch (evidence->step)
    {
    case GS_STAMP_STEP_INTENT:
    case GS_STAMP_STEP_CREATED:
      /* Beginning again needs the printer's word that no job of the name is left. */
      return next != GS_STAMP_STEP_INTENT || recover_unsent (evidence) == GS_STAMP_ACTION_RETRY;
    case GS_STAMP_STEP_SENDING:
      return !again || proves_nothing_printed (evidence);
    case GS_STAMP_STEP_ACCEPTED:
      return next != GS_STAMP_STEP_PRINTED || evidence->job == GS_STAMP_JOB_COMPLETED;
    default:
      return TRUE;
    }
}

gboolean
gs_stamp_journal_allows (const GsStampEvidence *evidence, GsStampStep next, GError **error)
{
  g_return_val_if_fail (evidence != NULL, FALSE);

  if (is_step (evidence->step) && is_step (next)
      && (followers[evidence->step] & (1u << (guint) next)) != 0
      && evidence_allows (evidence, next))
    return TRUE;
  g_set_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_TRANSITION, "Journal: %s may not follow %s",
               is_step (next) ? gs_stamp_step_to_string (next) : "an unknown step",
               is_step (evidence->step) ? gs_stamp_step_to_string (evidence->step)
                                        : "an unknown step");
  return FALSE;
}

gboolean
gs_stamp_journal_is_over (GsStampStep step)
{
  return step == GS_STAMP_STEP_REPORTED || step == GS_STAMP_STEP_REFUSED;
}

gboolean
gs_stamp_journal_may_have_printed (GsStampStep step)
{
  switch (step)
    {
    case GS_STAMP_STEP_REQUESTED:
    case GS_STAMP_STEP_CLAIMED:
    case GS_STAMP_STEP_INTENT:
    case GS_STAMP_STEP_CREATED:
    case GS_STAMP_STEP_REFUSED:
    case GS_STAMP_STEP_FAILED:
      return FALSE;
    case GS_STAMP_STEP_SENDING:
    case GS_STAMP_STEP_ACCEPTED:
    case GS_STAMP_STEP_PRINTED:
    case GS_STAMP_STEP_CONFIRMED:
    case GS_STAMP_STEP_REPORTED:
    case GS_STAMP_STEP_INSPECT:
    case GS_STAMP_STEP_VOID:
    default:
      return TRUE;
    }
}

const char *
gs_stamp_journal_outcome (GsStampStep step)
{
  switch (step)
    {
    case GS_STAMP_STEP_CONFIRMED:
      return "issued";
    case GS_STAMP_STEP_VOID:
      return "void";
    case GS_STAMP_STEP_FAILED:
      return "released";
    case GS_STAMP_STEP_INSPECT:
      return "in-doubt";
    default:
      return NULL;
    }
}

gboolean
gs_stamp_journal_may_start (gint64 hall_now_utc_ms, gint64 start_before_utc_ms)
{
  return hall_now_utc_ms != GS_TIME_UNKNOWN && start_before_utc_ms != GS_TIME_UNKNOWN
         && hall_now_utc_ms < start_before_utc_ms;
}

GsStampCounter
gs_stamp_counter_compare (gint64 before, gint64 now)
{
  if (before < 0 || now < before)
    return GS_STAMP_COUNTER_UNKNOWN;
  return now == before ? GS_STAMP_COUNTER_STILL : GS_STAMP_COUNTER_MOVED;
}

static gboolean
judge_place (GsStampPlace place, GsStampVerdict *verdict)
{
  switch (place)
    {
    case GS_STAMP_PLACE_WRONG_PAGE:
      verdict->step = GS_STAMP_STEP_CONFIRMED;
      verdict->noted = TRUE;
      return TRUE;
    case GS_STAMP_PLACE_OTHER_PASSPORT:
      verdict->supervisor = TRUE;
      verdict->incident = TRUE;
      verdict->overprint = TRUE;
      break;
    case GS_STAMP_PLACE_OVER_STAMP:
      verdict->overprint = TRUE;
      break;
    case GS_STAMP_PLACE_LOOSE_SHEET:
      verdict->destroy_sheet = TRUE;
      break;
    default:
      return FALSE;
    }
  verdict->step = GS_STAMP_STEP_VOID;
  verdict->needs_second = TRUE;
  return TRUE;
}

/* Fills what the answer leads to once everybody who must has agreed. */
static gboolean
judge_answer (GsPageAnswer answer,
              GsStampPlace place,
              GsStampCounter counter,
              GsStampVerdict *verdict)
{
  switch (answer)
    {
    case GS_PAGE_ANSWER_COMPLETE:
      verdict->step = GS_STAMP_STEP_CONFIRMED;
      return TRUE;
    case GS_PAGE_ANSWER_INCOMPLETE:
      verdict->step = GS_STAMP_STEP_VOID;
      verdict->overprint = TRUE;
      verdict->needs_second = TRUE;
      return TRUE;
    case GS_PAGE_ANSWER_ABSENT:
      verdict->step = GS_STAMP_STEP_VOID;
      verdict->needs_second = counter != GS_STAMP_COUNTER_STILL;
      return TRUE;
    case GS_PAGE_ANSWER_WRONG_PLACE:
      return judge_place (place, verdict);
    default:
      return FALSE;
    }
}

gboolean
gs_stamp_journal_answer (GsStampStep step,
                         GsPageAnswer answer,
                         GsStampPlace place,
                         GsStampCounter counter,
                         GsStampSecond second,
                         GsStampVerdict *verdict,
                         GError **error)
{
  GsStampVerdict found = { 0 };

  g_return_val_if_fail (verdict != NULL, FALSE);
  if ((step != GS_STAMP_STEP_PRINTED && step != GS_STAMP_STEP_INSPECT)
      || second < GS_STAMP_SECOND_NOT_ASKED || second > GS_STAMP_SECOND_DISAGREES
      || !judge_answer (answer, place, counter, &found))
    {
      g_set_error_literal (error, GS_STAMP_ERROR, GS_STAMP_ERROR_TRANSITION,
                           "Journal: the answer does not belong to this step");
      return FALSE;
    }
  if (found.needs_second && second != GS_STAMP_SECOND_AGREES)
    {
      /* Two who disagree need a third; until then nobody may stamp this crossing. */
      found = (GsStampVerdict){
        .step = GS_STAMP_STEP_INSPECT,
        .needs_second = TRUE,
        .in_doubt = TRUE,
        .supervisor = found.supervisor || second == GS_STAMP_SECOND_DISAGREES,
        .incident = found.incident,
      };
    }
  else
    {
      found.needs_second = FALSE;
      found.new_serial = found.step == GS_STAMP_STEP_VOID;
    }
  *verdict = found;
  return TRUE;
}
