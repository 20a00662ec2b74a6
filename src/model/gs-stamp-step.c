/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-step.h"

static const char *const names[] = {
  [GS_STAMP_STEP_REQUESTED] = "REQUESTED", [GS_STAMP_STEP_CLAIMED] = "CLAIMED",
  [GS_STAMP_STEP_INTENT] = "INTENT",       [GS_STAMP_STEP_CREATED] = "CREATED",
  [GS_STAMP_STEP_SENDING] = "SENDING",     [GS_STAMP_STEP_ACCEPTED] = "ACCEPTED",
  [GS_STAMP_STEP_PRINTED] = "PRINTED",     [GS_STAMP_STEP_CONFIRMED] = "CONFIRMED",
  [GS_STAMP_STEP_REPORTED] = "REPORTED",   [GS_STAMP_STEP_REFUSED] = "REFUSED",
  [GS_STAMP_STEP_FAILED] = "FAILED",       [GS_STAMP_STEP_INSPECT] = "INSPECT",
  [GS_STAMP_STEP_VOID] = "VOID",
};

const char *
gs_stamp_step_to_string (GsStampStep step)
{
  if (step < GS_STAMP_STEP_REQUESTED || step > GS_STAMP_STEP_LAST)
    return NULL;
  return names[step];
}

gboolean
gs_stamp_step_from_string (const char *text, GsStampStep *step)
{
  if (text == NULL)
    return FALSE;
  for (guint i = GS_STAMP_STEP_REQUESTED; i <= GS_STAMP_STEP_LAST; i++)
    if (g_strcmp0 (names[i], text) == 0)
      {
        *step = (GsStampStep) i;
        return TRUE;
      }
  return FALSE;
}
