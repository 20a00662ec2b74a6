/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-crossing.h"
#include "gs-referral-reason.h"
#include "gs-time.h"

static const char crossing_id[] = "5b0e9c9e-3a52-4a57-8a3b-9d9e5a0d4c11";

static GsEvent *
event_of (gint64 id, GsEventType type)
{
  GsEvent *event = gs_event_new (id, type, crossing_id);

  event->time_utc_ms = 1795000000000 + id * 1000;
  return event;
}

static void
test_referral_and_back (void)
{
  g_autoptr (GsCrossing) crossing = gs_crossing_new (crossing_id);
  g_autoptr (GsEvent) referred = event_of (1, GS_EVENT_CROSSING_REFERRED);
  g_autoptr (GsEvent) resolved = event_of (2, GS_EVENT_CROSSING_RESOLVED);
  g_autoptr (GsEvent) admitted = event_of (3, GS_EVENT_CROSSING_ADMITTED);
  g_autoptr (GsEvent) withdrawn = event_of (4, GS_EVENT_CROSSING_RESOLVED);

  referred->reasons = g_strsplit ("D06", " ", -1);
  g_assert_true (gs_crossing_apply (crossing, referred));
  g_assert_true (gs_crossing_is_open_case (crossing));
  g_assert_false (gs_crossing_apply (crossing, referred)); /* seen already */

  resolved->outcome = GS_OUTCOME_ADMITTED;
  admitted->by = g_strdup ("officer");
  gs_crossing_apply (crossing, resolved);
  gs_crossing_apply (crossing, admitted);
  g_assert_false (gs_crossing_is_open_case (crossing));
  g_assert_true (crossing->admitted_by_officer);
  g_assert_cmpint (crossing->outcome, ==, GS_OUTCOME_ADMITTED);

  withdrawn->outcome = GS_OUTCOME_WITHDRAWN;
  gs_crossing_apply (crossing, withdrawn);
  g_assert_true (gs_crossing_is_open_case (crossing));
  g_assert_cmpint (crossing->admitted_utc_ms, ==, GS_TIME_UNKNOWN);
}

static void
test_void_frees_the_stamp (void)
{
  g_autoptr (GsCrossing) crossing = gs_crossing_new (crossing_id);
  g_autoptr (GsEvent) stamped = event_of (1, GS_EVENT_CROSSING_STAMPED);
  g_autoptr (GsEvent) other = event_of (2, GS_EVENT_CROSSING_STAMP_VOIDED);
  g_autoptr (GsEvent) voided = event_of (3, GS_EVENT_CROSSING_STAMP_VOIDED);

  stamped->serial = g_strdup ("UTO-D3 000002");
  other->serial = g_strdup ("UTO-D3 000001");
  voided->serial = g_strdup ("UTO-D3 000002");
  gs_crossing_apply (crossing, stamped);
  gs_crossing_apply (crossing, other);
  g_assert_cmpstr (crossing->stamp_serial, ==, "UTO-D3 000002");
  gs_crossing_apply (crossing, voided);
  g_assert_null (crossing->stamp_serial);
  g_assert_cmpuint (crossing->stamps_voided, ==, 2);
}

static void
test_background (void)
{
  g_autoptr (GsCrossing) crossing = gs_crossing_new (crossing_id);

  /* Nothing told is not the same as nothing found. */
  g_assert_false (gs_crossing_background_successful (crossing));
  gs_crossing_take_check (crossing,
                          gs_check_new ("no-alert", GS_CHECK_RESULT_SUCCESSFUL, NULL, NULL));
  g_assert_true (gs_crossing_background_successful (crossing));
  gs_crossing_take_check (crossing,
                          gs_check_new ("not-lost-or-stolen", GS_CHECK_RESULT_ABORTED, NULL, NULL));
  g_assert_false (gs_crossing_background_successful (crossing));
}

static void
test_group_result (void)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);

  g_assert_cmpint (gs_checks_group_result (checks, GS_CHECK_GROUP_CHIP), ==,
                   GS_CHECK_RESULT_NOT_CHECKED);
  g_ptr_array_add (
    checks, gs_check_new ("active-authentication", GS_CHECK_RESULT_NOT_SUPPORTED, NULL, NULL));
  g_assert_cmpint (gs_checks_group_result (checks, GS_CHECK_GROUP_CHIP), ==,
                   GS_CHECK_RESULT_NOT_SUPPORTED);
  g_ptr_array_add (checks,
                   gs_check_new ("signed-by-issuer", GS_CHECK_RESULT_SUCCESSFUL, NULL, NULL));
  g_assert_cmpint (gs_checks_group_result (checks, GS_CHECK_GROUP_CHIP), ==,
                   GS_CHECK_RESULT_SUCCESSFUL);
  g_ptr_array_add (checks, gs_check_new ("chip-opened", GS_CHECK_RESULT_UNDETERMINED, NULL, NULL));
  g_ptr_array_add (checks, gs_check_new ("signer-trusted", GS_CHECK_RESULT_ABORTED, NULL, NULL));
  g_assert_cmpint (gs_checks_group_result (checks, GS_CHECK_GROUP_CHIP), ==,
                   GS_CHECK_RESULT_ABORTED);
  g_assert_cmpint (gs_checks_group_result (checks, GS_CHECK_GROUP_FACE), ==,
                   GS_CHECK_RESULT_NOT_CHECKED);
}

static void
test_face_cases_look_alike (void)
{
  const char *const codes[] = { "B01", "B02", "B03", "B04", "B06", "O04" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      char *list[] = { (char *) codes[i], NULL };

      g_assert_true (gs_referral_reasons_are_blind (list));
      g_assert_cmpint (gs_referral_reasons_priority (list), ==, 2);
    }
  g_assert_false (gs_referral_reasons_are_blind ((char *[]){ (char *) "B05", NULL }));
  g_assert_false (
    gs_referral_reasons_are_blind ((char *[]){ (char *) "B01", (char *) "D06", NULL }));
  g_assert_cmpint (gs_referral_reasons_priority ((char *[]){ (char *) "B05", NULL }), ==, 1);
  g_assert_cmpint (gs_referral_reasons_priority ((char *[]){ (char *) "Z99", NULL }), ==, 2);
}

static void
test_age (void)
{
  g_autoptr (GsTraveller) traveller = gs_traveller_new ();

  gs_traveller_set (&traveller->birth_date, "920812");
  g_assert_cmpint (gs_traveller_age (traveller, 2026, 11, 23), ==, 34);
  g_assert_cmpint (gs_traveller_age (traveller, 2026, 8, 11), ==, 33);
  gs_traveller_set (&traveller->birth_date, "261124");
  g_assert_cmpint (gs_traveller_age (traveller, 2026, 11, 23), ==, 99);
  gs_traveller_set (&traveller->birth_date, "92<<<<");
  g_assert_cmpint (gs_traveller_age (traveller, 2026, 11, 23), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/crossing/referral-and-back", test_referral_and_back);
  g_test_add_func ("/model/crossing/void-frees-the-stamp", test_void_frees_the_stamp);
  g_test_add_func ("/model/crossing/background", test_background);
  g_test_add_func ("/model/check/group-result", test_group_result);
  g_test_add_func ("/model/reason/face-cases-look-alike", test_face_cases_look_alike);
  g_test_add_func ("/model/traveller/age", test_age);
  return g_test_run ();
}
