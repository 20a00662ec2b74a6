/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-station.h"

G_BEGIN_DECLS

/* What the desk proposes for a case. It decides nothing: the officer's key does. Main thread only.
 */
typedef enum
{
  GS_NEXT_STEP_NONE = 1,
  GS_NEXT_STEP_VERIFY,
  GS_NEXT_STEP_SECOND_OFFICER, /* judged the same, and nothing but the second officer is missing */
  GS_NEXT_STEP_ADMIT,
  GS_NEXT_STEP_SECOND_LINE,
  GS_NEXT_STEP_STAMP
} GsNextStep;

/* The one step that is proposed now: a blind case is verified first, an answer other than "same"
 * goes to the second line, an admitted traveller may be stamped. */
GsNextStep gs_station_next_step (GsStation *self, GsCase *item);

/* What admitting would rest on, the first that holds. */
typedef enum
{
  GS_ADMIT_BASIS_CHECK_FAILED =
    1,                   /* a check that nobody's judgement stands for is not successful */
  GS_ADMIT_BASIS_JUDGED, /* judged the same person, everything else successful */
  GS_ADMIT_BASIS_CHECKS  /* every check successful */
} GsAdmitBasis;

GsAdmitBasis gs_station_admit_basis (GsStation *self, GsCase *item);

/* Why F5 is off: bits of GsBlock, 0 when the key works. */
guint gs_station_verify_blocks (GsStation *self, GsCase *item);
/* Whether F3 works: nothing but the second officer is missing to admit. */
gboolean gs_station_needs_second (GsStation *self, GsCase *item);
/* Why an outcome behind F9 cannot be chosen; the second officer is asked for afterwards. */
guint gs_station_choice_blocks (GsStation *self, GsCase *item, GsOutcome outcome);

/* Ids of this desk's gates that are free now, for "back to a gate". GPtrArray of GsGate, borrowed
 * gates, transfer container. */
GPtrArray *gs_station_dup_free_gates (GsStation *self);

G_END_DECLS
