/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How an inspection ends, and the officer's judgement of a pair of pictures. Any thread. */

typedef enum
{
  GS_OUTCOME_ADMITTED = 1,
  GS_OUTCOME_SECOND_LINE,
  GS_OUTCOME_BACK_TO_GATE,
  GS_OUTCOME_LEFT,
  GS_OUTCOME_HANDED_OVER,
  GS_OUTCOME_REFUSED,
  GS_OUTCOME_WITHDRAWN
} GsOutcome;

typedef enum
{
  GS_JUDGEMENT_SAME = 1,
  GS_JUDGEMENT_UNSURE,
  GS_JUDGEMENT_DIFFERENT
} GsJudgement;

typedef enum
{
  GS_ROLE_OFFICER = 1,
  GS_ROLE_SUPERVISOR,
  GS_ROLE_ADMINISTRATOR,
  GS_ROLE_AUDITOR
} GsRole;

const char *gs_outcome_to_word (GsOutcome outcome);
gboolean gs_outcome_from_word (const char *word, GsOutcome *outcome);

/* TRUE when no further decision may follow by itself: all but second-line, handed-over and
 * withdrawn. */
gboolean gs_outcome_is_final (GsOutcome outcome);

const char *gs_judgement_to_word (GsJudgement judgement);
gboolean gs_judgement_from_word (const char *word, GsJudgement *judgement);

const char *gs_role_to_word (GsRole role);
gboolean gs_role_from_word (const char *word, GsRole *role);
