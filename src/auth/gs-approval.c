/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-approval.h"

static gboolean
needs_supervisor (GsApprovalKind kind)
{
  switch (kind)
    {
    case GS_APPROVAL_VOID_STAMP:
    case GS_APPROVAL_TYPED_MRZ:
    case GS_APPROVAL_ABSENT_STAMP:
    case GS_APPROVAL_PRIORITY_1:
    case GS_APPROVAL_FACE:
    case GS_APPROVAL_STAMP_HANDED:
    case GS_APPROVAL_STAMP_BACK:
    case GS_APPROVAL_COUNT:
    case GS_APPROVAL_RECONCILIATION:
      return FALSE;
    case GS_APPROVAL_OUTAGE_STAMP:
    case GS_APPROVAL_REFUSAL:
    case GS_APPROVAL_CALL:
    default:
      return TRUE;
    }
}

/* Where either of the two may be the supervisor. */
static gboolean
needs_one_supervisor (GsApprovalKind kind)
{
  return kind == GS_APPROVAL_STAMP_HANDED || kind == GS_APPROVAL_RECONCILIATION;
}

GsApprovalVerdict
gs_approval_judge (GsApprovalKind kind, GsSession *requester, GsSession *approver)
{
  if (requester == NULL || approver == NULL)
    return GS_APPROVAL_NOBODY;
  if (g_strcmp0 (gs_session_get_officer_id (requester), gs_session_get_officer_id (approver)) == 0)
    return GS_APPROVAL_SAME_OFFICER;
  if (!gs_session_may_decide (requester))
    return GS_APPROVAL_REQUESTER_ROLE;
  if (!gs_session_may_decide (approver)
      || (needs_supervisor (kind) && gs_session_get_role (approver) != GS_ROLE_SUPERVISOR))
    return GS_APPROVAL_ROLE;
  if (needs_one_supervisor (kind) && gs_session_get_role (requester) != GS_ROLE_SUPERVISOR
      && gs_session_get_role (approver) != GS_ROLE_SUPERVISOR)
    return GS_APPROVAL_ROLE;
  return GS_APPROVAL_GRANTED;
}
