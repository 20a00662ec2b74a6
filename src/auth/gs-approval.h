/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-session.h"

/* What a second officer is asked for. */
typedef enum
{
  GS_APPROVAL_VOID_STAMP = 1,
  GS_APPROVAL_TYPED_MRZ,
  GS_APPROVAL_ABSENT_STAMP,   /* "absent" though the printer counted an impression */
  GS_APPROVAL_OUTAGE_STAMP,   /* supervised outage mode: a supervisor */
  GS_APPROVAL_REFUSAL,        /* a supervisor */
  GS_APPROVAL_CALL,           /* the supervisor who was called is here */
  GS_APPROVAL_PRIORITY_1,     /* a priority 1 case is admitted by two officers */
  GS_APPROVAL_FACE,           /* a second officer judges the face, in person */
  GS_APPROVAL_STAMP_HANDED,   /* a stamp of the register goes to an officer; one is a supervisor */
  GS_APPROVAL_STAMP_BACK,     /* and comes back to another one */
  GS_APPROVAL_COUNT,          /* sheets are counted by hand by two */
  GS_APPROVAL_RECONCILIATION, /* a difference is signed for; one of the two is a supervisor */
} GsApprovalKind;

typedef enum
{
  GS_APPROVAL_GRANTED = 1,
  GS_APPROVAL_NOBODY, /* one of the two is not signed in */
  GS_APPROVAL_SAME_OFFICER,
  GS_APPROVAL_ROLE,           /* the second officer's role does not allow it */
  GS_APPROVAL_REQUESTER_ROLE, /* the first officer may not even ask */
} GsApprovalVerdict;

/* Pure: may approver approve what requester asks for? Two sessions of one officer are the same
 * officer. Any thread. */
GsApprovalVerdict
gs_approval_judge (GsApprovalKind kind, GsSession *requester, GsSession *approver);
