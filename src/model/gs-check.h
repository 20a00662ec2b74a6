/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* One check and its result, in the words of BSI TR-03135-1. A check is named as the good statement
 * that it proves; the published names and their groups are gs_check_names(). Any thread. */

typedef enum
{
  GS_CHECK_RESULT_SUCCESSFUL = 1,
  GS_CHECK_RESULT_FAILED,
  GS_CHECK_RESULT_UNDETERMINED,
  GS_CHECK_RESULT_NOT_SUPPORTED,
  GS_CHECK_RESULT_ABORTED,
  /* Local only, never on the wire: nobody has made this check. */
  GS_CHECK_RESULT_NOT_CHECKED
} GsCheckResult;

typedef enum
{
  GS_CHECK_GROUP_DOCUMENT = 1,
  GS_CHECK_GROUP_CHIP,
  GS_CHECK_GROUP_FACE,
  GS_CHECK_GROUP_CROSS_CHECK,
  GS_CHECK_GROUP_BACKGROUND,
  /* A name that is not on the published list. */
  GS_CHECK_GROUP_OTHER
} GsCheckGroup;

/* A row of the published list. sentence is the good statement in English; ui/ translates it. */
typedef struct
{
  const char *name;
  GsCheckGroup group;
  const char *sentence;
} GsCheckName;

/* name: as it came; code: error code of TR-03135 or a referral reason, or NULL; detail: for the
 * record, or NULL. Owned strings. */
typedef struct
{
  char *name;
  GsCheckResult result;
  char *code;
  char *detail;
} GsCheck;

const char *gs_check_result_to_word (GsCheckResult result);
gboolean gs_check_result_from_word (const char *word, GsCheckResult *result);
const char *gs_check_group_to_word (GsCheckGroup group);
gboolean gs_check_group_from_word (const char *word, GsCheckGroup *group);

/* The published list, ended by a NULL name. */
const GsCheckName *gs_check_names (void);
/* NULL when the name is not published. */
const GsCheckName *gs_check_name_find (const char *name);

GsCheck *
gs_check_new (const char *name, GsCheckResult result, const char *code, const char *detail);
GsCheck *gs_check_copy (const GsCheck *self);
void gs_check_free (GsCheck *self);

/* The worse of two: failed, aborted, undetermined, successful, not supported, not checked. */
GsCheckResult gs_check_result_worse (GsCheckResult a, GsCheckResult b);
/* The worst of the group's results. Not supported does not lower a group; a group of nothing else
 * is not supported, an empty one not checked. checks: GPtrArray of GsCheck. */
GsCheckResult gs_checks_group_result (GPtrArray *checks, GsCheckGroup group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsCheck, gs_check_free)
