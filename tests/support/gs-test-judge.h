/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-face-desk.h"

/* An officer who judges every pair that the face desk asks the same way. Answers what is asked now.
 * TRUE when all of it is compared, ruled and in the store; FALSE: again after a turn of the main
 * context. */
gboolean gs_test_judge (GsFaceDesk *desk, GsJudgement judgement, GsSession *officer);
