/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-approval.h"

#include <string.h>

#include "gs-account.h"
#include "gs-auth-error.h"
#include "gs-password.h"

static const GsApprovalKind kinds[] = { GS_APPROVAL_VOID_STAMP, GS_APPROVAL_TYPED_MRZ,
                                        GS_APPROVAL_ABSENT_STAMP, GS_APPROVAL_OUTAGE_STAMP,
                                        GS_APPROVAL_REFUSAL };

static void
test_same_officer (void)
{
  g_autoptr (GsSession) one = gs_session_new ("a", "Kato", GS_ROLE_SUPERVISOR, 1);
  g_autoptr (GsSession) again = gs_session_new ("a", "Kato", GS_ROLE_SUPERVISOR, 2);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_cmpint (gs_approval_judge (kinds[i], one, one), ==, GS_APPROVAL_SAME_OFFICER);
      g_assert_cmpint (gs_approval_judge (kinds[i], one, again), ==, GS_APPROVAL_SAME_OFFICER);
      g_assert_cmpint (gs_approval_judge (kinds[i], one, NULL), ==, GS_APPROVAL_NOBODY);
      g_assert_cmpint (gs_approval_judge (kinds[i], NULL, one), ==, GS_APPROVAL_NOBODY);
    }
}

/* Every pair of roles: who may ask, who may approve. */
static void
test_roles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (GsRole first = GS_ROLE_OFFICER; first <= GS_ROLE_AUDITOR; first++)
      for (GsRole second = GS_ROLE_OFFICER; second <= GS_ROLE_AUDITOR; second++)
        {
          g_autoptr (GsSession) requester = gs_session_new ("a", "A", first, 1);
          g_autoptr (GsSession) approver = gs_session_new ("b", "B", second, 1);
          gboolean asks = first == GS_ROLE_OFFICER || first == GS_ROLE_SUPERVISOR;
          gboolean may = second == GS_ROLE_SUPERVISOR || (second == GS_ROLE_OFFICER && i < 3);

          g_assert_cmpint (gs_approval_judge (kinds[i], requester, approver), ==,
                           !asks ? GS_APPROVAL_REQUESTER_ROLE
                           : may ? GS_APPROVAL_GRANTED
                                 : GS_APPROVAL_ROLE);
        }
}

/* A stamp is handed out, and a difference signed for, by two of whom one is a supervisor; it comes
 * back, and is counted by hand, by any two who decide. */
static void
test_register (void)
{
  static const GsApprovalKind pairs[] = { GS_APPROVAL_STAMP_HANDED, GS_APPROVAL_RECONCILIATION,
                                          GS_APPROVAL_STAMP_BACK, GS_APPROVAL_COUNT };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (GsRole first = GS_ROLE_OFFICER; first <= GS_ROLE_AUDITOR; first++)
      for (GsRole second = GS_ROLE_OFFICER; second <= GS_ROLE_AUDITOR; second++)
        {
          g_autoptr (GsSession) requester = gs_session_new ("a", "A", first, 1);
          g_autoptr (GsSession) approver = gs_session_new ("b", "B", second, 1);
          gboolean decide = gs_session_may_decide (requester) && gs_session_may_decide (approver);
          gboolean supervised = first == GS_ROLE_SUPERVISOR || second == GS_ROLE_SUPERVISOR;

          g_assert_cmpint (gs_approval_judge (pairs[i], requester, approver) == GS_APPROVAL_GRANTED,
                           ==, decide && (supervised || i >= 2));
          g_assert_cmpint (gs_approval_judge (pairs[i], requester, requester), ==,
                           GS_APPROVAL_SAME_OFFICER);
        }
}

static void
test_password (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = gs_password_hash ("correct horse", &error);
  g_autofree char *two = gs_password_hash ("correct horse", &error);
  g_autofree char *long_one = g_strnfill (257, 'x');

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (one, "$argon2id$v=19$m=65536,t=3,p=1$"));
  g_assert_cmpstr (one, !=, two);
  g_assert_true (gs_password_verify (one, "correct horse"));
  g_assert_false (gs_password_verify (one, "correct horsE"));
  g_assert_false (gs_password_verify (NULL, "correct horse"));
  g_assert_false (gs_password_verify ("no hash", "correct horse"));
  g_assert_false (gs_password_verify ("$argon2id$v=19$m=", "correct horse"));
  g_assert_false (gs_password_verify (one, long_one));
  g_assert_null (gs_password_hash ("short", &error));
  g_assert_error (error, GS_AUTH_ERROR, GS_AUTH_ERROR_WEAK);
  g_clear_error (&error);
  g_assert_null (gs_password_hash (long_one, &error));
  g_assert_error (error, GS_AUTH_ERROR, GS_AUTH_ERROR_WEAK);
}

static void
test_names (void)
{
  static const char *const good[] = { "kato", "k", "desk-1.a_b", "0" };
  static const char *const bad[] = { "", "Kato", "-a", ".a", "a b", "a\n", "k\xc3\xa4" };
  g_autofree char *long_one = g_strnfill (65, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (gs_account_name_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (gs_account_name_is_valid (bad[i]));
  g_assert_false (gs_account_name_is_valid (NULL));
  g_assert_false (gs_account_name_is_valid (long_one));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/approval/same-officer", test_same_officer);
  g_test_add_func ("/auth/approval/roles", test_roles);
  g_test_add_func ("/auth/approval/register", test_register);
  g_test_add_func ("/auth/password/argon2id", test_password);
  g_test_add_func ("/auth/account/names", test_names);
  return g_test_run ();
}
