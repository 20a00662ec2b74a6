/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-test-judge.h"

gboolean
gs_test_judge (GsFaceDesk *desk, GsJudgement judgement, GsSession *officer)
{
  GsFaceRuling ruling;

  while (gs_face_desk_get_wait (desk) == GS_FACE_WAIT_NONE)
    if (!gs_face_desk_answer (desk, gs_face_desk_get_asked (desk), judgement, officer))
      return FALSE;
  gs_face_desk_get_ruling (desk, &ruling);
  return ruling.step != GS_FACE_STEP_JUDGE;
}
