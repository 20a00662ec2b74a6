/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-outcome.h"

#include "gs-words.h"

static const GsWord outcome_words[] = {
  { GS_OUTCOME_ADMITTED, "admitted" },         { GS_OUTCOME_SECOND_LINE, "second-line" },
  { GS_OUTCOME_BACK_TO_GATE, "back-to-gate" }, { GS_OUTCOME_LEFT, "left" },
  { GS_OUTCOME_HANDED_OVER, "handed-over" },   { GS_OUTCOME_REFUSED, "refused" },
  { GS_OUTCOME_WITHDRAWN, "withdrawn" },       { 0, NULL },
};

static const GsWord judgement_words[] = {
  { GS_JUDGEMENT_SAME, "same" },
  { GS_JUDGEMENT_UNSURE, "unsure" },
  { GS_JUDGEMENT_DIFFERENT, "different" },
  { 0, NULL },
};

static const GsWord role_words[] = {
  { GS_ROLE_OFFICER, "officer" },
  { GS_ROLE_SUPERVISOR, "supervisor" },
  { GS_ROLE_ADMINISTRATOR, "administrator" },
  { GS_ROLE_AUDITOR, "auditor" },
  { 0, NULL },
};

const char *
gs_outcome_to_word (GsOutcome outcome)
{
  return gs_words_to_word (outcome_words, outcome);
}

gboolean
gs_outcome_from_word (const char *word, GsOutcome *outcome)
{
  int value;

  if (!gs_words_from_word (outcome_words, word, &value))
    return FALSE;
  *outcome = (GsOutcome) value;
  return TRUE;
}

gboolean
gs_outcome_is_final (GsOutcome outcome)
{
  return outcome != GS_OUTCOME_SECOND_LINE && outcome != GS_OUTCOME_HANDED_OVER
         && outcome != GS_OUTCOME_WITHDRAWN;
}

const char *
gs_judgement_to_word (GsJudgement judgement)
{
  return gs_words_to_word (judgement_words, judgement);
}

gboolean
gs_judgement_from_word (const char *word, GsJudgement *judgement)
{
  int value;

  if (!gs_words_from_word (judgement_words, word, &value))
    return FALSE;
  *judgement = (GsJudgement) value;
  return TRUE;
}

const char *
gs_role_to_word (GsRole role)
{
  return gs_words_to_word (role_words, role);
}

gboolean
gs_role_from_word (const char *word, GsRole *role)
{
  int value;

  if (!gs_words_from_word (role_words, word, &value))
    return FALSE;
  *role = (GsRole) value;
  return TRUE;
}
