/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gs-counted-print.h"
#include "gs-reconciliation.h"
#include "gs-stamp-device.h"
#include "gs-time.h"

#define NOW G_GINT64_CONSTANT (1795000000000)
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define DAY_MS (24 * HOUR_MS)

static GsStampDevice
make_device (void)
{
  return (GsStampDevice){ .id = (char *) "U7",
                          .state = GS_STAMP_DEVICE_ACTIVE,
                          .code = (char *) "K4TM",
                          .code_utc_ms = NOW - DAY_MS,
                          .officer = (char *) "kato",
                          .desk = (char *) "desk-3",
                          .held_utc_ms = NOW - HOUR_MS };
}

/* Each reason for which an officer may not print, alone and in its order. */
static void
test_standing (void)
{
  GsStampDevicePolicy policy;
  GsStampDevice device = make_device ();

  gs_stamp_device_policy_init (&policy);
#define JUDGE(officer, desk, now) gs_stamp_device_judge (&device, officer, desk, &policy, now)
  g_assert_cmpint (JUDGE ("kato", "desk-3", NOW), ==, GS_STAMP_STANDING_HELD);
  g_assert_cmpint (JUDGE ("mori", "desk-3", NOW), ==, GS_STAMP_STANDING_NONE);
  g_assert_cmpint (JUDGE (NULL, "desk-3", NOW), ==, GS_STAMP_STANDING_NONE);
  g_assert_cmpint (JUDGE ("kato", "desk-4", NOW), ==, GS_STAMP_STANDING_OTHER_DESK);
  g_assert_cmpint (JUDGE ("kato", "desk-3", GS_TIME_UNKNOWN), ==, GS_STAMP_STANDING_UNKNOWN);
  g_assert_cmpint (JUDGE ("kato", "desk-3", NOW - HOUR_MS + policy.hold_ms - 1), ==,
                   GS_STAMP_STANDING_HELD);
  g_assert_cmpint (JUDGE ("kato", "desk-3", NOW - HOUR_MS + policy.hold_ms), ==,
                   GS_STAMP_STANDING_SHIFT_OVER);
  device.held_utc_ms = NOW;
  device.code_utc_ms = NOW - policy.code_ms;
  g_assert_cmpint (JUDGE ("kato", "desk-3", NOW), ==, GS_STAMP_STANDING_CODE_OLD);
  device.code_utc_ms++;
  g_assert_cmpint (JUDGE ("kato", "desk-3", NOW), ==, GS_STAMP_STANDING_HELD);
  for (int state = GS_STAMP_DEVICE_LOST; state <= GS_STAMP_DEVICE_RETIRED; state++)
    {
      device.state = (GsStampDeviceState) state;
      g_assert_cmpint (JUDGE ("kato", "desk-3", NOW), ==, GS_STAMP_STANDING_NOT_ACTIVE);
    }
#undef JUDGE
  g_assert_cmpint (gs_stamp_device_judge (NULL, "kato", "desk-3", &policy, NOW), ==,
                   GS_STAMP_STANDING_NONE);
}

/* The rotation is announced five days before, and not for a stamp that prints no more. */
static void
test_code_due (void)
{
  GsStampDevicePolicy policy;
  GsStampDevice device = make_device ();

  gs_stamp_device_policy_init (&policy);
  device.code_utc_ms = NOW - 25 * DAY_MS + 1;
  g_assert_false (gs_stamp_device_is_code_due (&device, &policy, NOW));
  g_assert_true (gs_stamp_device_is_code_due (&device, &policy, NOW + 1));
  g_assert_cmpint (gs_stamp_device_code_ends_utc_ms (&device, &policy), ==, NOW + 5 * DAY_MS + 1);
  device.state = GS_STAMP_DEVICE_LOST;
  g_assert_false (gs_stamp_device_is_code_due (&device, &policy, NOW + 1));
}

static gboolean
is_taken (const char *code, gpointer data)
{
  GHashTable *codes = data;

  return !g_hash_table_add (codes, g_strdup (code));
}

static void
test_codes (void)
{
  static const char *const good[] = { "U7", "A", "D-3", "ABCDEFGH12345678" };
  static const char *const bad[] = { "", "-A", "A-", "u7", "A B", "A.B", "ABCDEFGH123456789" };
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (gs_stamp_device_id_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (gs_stamp_device_id_is_valid (bad[i]));
  g_assert_false (gs_stamp_device_id_is_valid (NULL));
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *code = gs_stamp_device_make_code (is_taken, codes);

      g_assert_true (gs_stamp_device_id_is_valid (code));
      g_assert_null (strpbrk (code, "0O1IL"));
    }
  g_assert_cmpuint (g_hash_table_size (codes), ==, 2000);
}

/* --- the sum ---------------------------------------------------------------------------------- */

static GsReconciliation *
make_sum (gint64 issued, gint64 voids, gint64 imprints, gint64 tests, gint64 counted)
{
  GsReconciliation *row = gs_reconciliation_new ();

  row->issued = issued;
  row->void_stamps = voids;
  row->void_imprints = imprints;
  row->tests = tests;
  gs_reconciliation_add_count (row, "ipps://a/", GS_COUNT_PRINTER, 100, 100 + counted);
  return row;
}

static void
test_judge (void)
{
  g_autoptr (GsReconciliation) equal = make_sum (5, 1, 1, 2, 9);
  g_autoptr (GsReconciliation) more = make_sum (5, 1, 1, 2, 10);
  g_autoptr (GsReconciliation) fewer = make_sum (5, 1, 1, 2, 8);

  gs_reconciliation_judge (equal);
  g_assert_true (equal->counted);
  g_assert_cmpint (equal->result, ==, GS_RECONCILIATION_MATCHED);
  gs_reconciliation_judge (more);
  g_assert_cmpint (more->difference, ==, 1);
  g_assert_cmpint (more->result, ==, GS_RECONCILIATION_SIGNED);
  gs_reconciliation_add_difference (more, GS_DIFFERENCE_OPEN, "UTO-D3 000007", NULL, NOW);
  gs_reconciliation_judge (more);
  g_assert_cmpint (more->result, ==, GS_RECONCILIATION_EXPLAINED);
  gs_reconciliation_judge (fewer);
  g_assert_cmpint (fewer->difference, ==, -1);
  g_assert_cmpint (fewer->result, ==, GS_RECONCILIATION_SIGNED);
  gs_reconciliation_add_difference (fewer, GS_DIFFERENCE_OPEN, "UTO-D3 000007", NULL, NOW);
  gs_reconciliation_judge (fewer);
  g_assert_cmpint (fewer->result, ==, GS_RECONCILIATION_SIGNED);
  gs_reconciliation_add_difference (fewer, GS_DIFFERENCE_INCOMPLETE, "UTO-D3 000008", NULL, NOW);
  gs_reconciliation_judge (fewer);
  g_assert_cmpint (fewer->result, ==, GS_RECONCILIATION_EXPLAINED);
}

/* What needs a signature although the numbers are equal, or may be. */
static void
test_signature (void)
{
  static const struct
  {
    GsCountSource source;
    gint64 before;
    gint64 now;
    GsDifferenceKind named;
  } counts[] = {
    { GS_COUNT_NONE, 100, -1, GS_DIFFERENCE_NO_COUNTER },
    { GS_COUNT_PRINTER, -1, 100, GS_DIFFERENCE_NO_BEGINNING },
    { GS_COUNT_PRINTER, 100, 99, GS_DIFFERENCE_COUNTER_RESET },
    { GS_COUNT_PRINTER, 0, G_MAXINT64, GS_DIFFERENCE_COUNTER_RESET },
  };
  g_autoptr (GsReconciliation) gap = make_sum (1, 0, 0, 0, 1);
  g_autoptr (GsReconciliation) again = make_sum (1, 0, 0, 0, 1);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GsReconciliation) row = make_sum (1, 0, 0, 0, 1);

      gs_reconciliation_add_count (row, "ipps://b/", counts[i].source, counts[i].before,
                                   counts[i].now);
      gs_reconciliation_judge (row);
      gs_reconciliation_judge (row);
      g_assert_false (row->counted);
      g_assert_cmpint (row->difference, ==, 0);
      g_assert_cmpint (row->result, ==, GS_RECONCILIATION_SIGNED);
      g_assert_cmpuint (row->differences->len, ==, 1);
      g_assert_cmpint (((GsDifference *) g_ptr_array_index (row->differences, 0))->kind, ==,
                       counts[i].named);
    }
  gs_reconciliation_add_difference (gap, GS_DIFFERENCE_SERIAL_GAP, "A 000002", "A 000003", NOW);
  gs_reconciliation_judge (gap);
  g_assert_cmpint (gap->result, ==, GS_RECONCILIATION_SIGNED);
  again->number = 2;
  gs_reconciliation_judge (again);
  g_assert_cmpint (again->result, ==, GS_RECONCILIATION_SIGNED);
}

/* Random days: the judgement is the arithmetic, whatever the parts are. */
static void
test_sums (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (GsReconciliation) row = gs_reconciliation_new ();
      gint64 counted = 0, low = 0, high = 0, printed;
      int n = g_test_rand_int_range (0, 4);

      row->issued = g_test_rand_int_range (0, 50);
      row->void_stamps = g_test_rand_int_range (0, 5);
      row->void_imprints = g_test_rand_int_range (0, 5);
      row->tests = g_test_rand_int_range (0, 5);
      printed = row->issued + row->void_stamps + row->void_imprints + row->tests;
      for (int i = 0; i < n; i++)
        {
          gint64 before = g_test_rand_int_range (0, 1000000);
          gint64 part = i == 0 ? printed + g_test_rand_int_range (-3, 4) : 0;
          g_autofree char *name = g_strdup_printf ("ipps://%d/", i);

          part = MAX (part, 0);
          counted += part;
          if (i % 2 == 0)
            gs_reconciliation_add_count (row, name, GS_COUNT_PRINTER, before, before + part);
          else
            gs_reconciliation_add_count (row, name, GS_COUNT_HAND, 0, part);
        }
      for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
        {
          const GsDifference *difference = gs_reconciliation_add_difference (
            row, (GsDifferenceKind) g_test_rand_int_range (GS_DIFFERENCE_OPEN, GS_DIFFERENCE_TEST),
            "A 000001", NULL, NOW);

          low += difference->low;
          high += difference->high;
        }
      gs_reconciliation_judge (row);
      g_assert_cmpint (gs_reconciliation_get_printed (row), ==, printed);
      g_assert_true (row->counted);
      g_assert_cmpint (row->difference, ==, counted - printed);
      g_assert_cmpint (row->result, ==,
                       counted == printed ? GS_RECONCILIATION_MATCHED
                       : counted - printed >= low && counted - printed <= high
                         ? GS_RECONCILIATION_EXPLAINED
                         : GS_RECONCILIATION_SIGNED);
      g_assert_cmpint (gs_reconciliation_is_by_hand (row), ==, n >= 2);
    }
}

static void
test_words (void)
{
  for (int i = GS_DIFFERENCE_OPEN; i <= GS_DIFFERENCE_MISSING_DAY; i++)
    {
      GsDifferenceKind kind = 0;

      g_assert_true (
        gs_difference_kind_from_word (gs_difference_kind_to_word ((GsDifferenceKind) i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  for (int i = GS_SIGN_REASON_NONE; i <= GS_SIGN_REASON_LAST; i++)
    {
      GsSignReason reason = 0;

      g_assert_true (gs_sign_reason_from_word (gs_sign_reason_to_word ((GsSignReason) i), &reason));
      g_assert_cmpint (reason, ==, i);
    }
  for (int i = GS_STAMP_DEVICE_ACTIVE; i <= GS_STAMP_DEVICE_RETIRED; i++)
    {
      GsStampDeviceState state = 0;

      g_assert_true (gs_stamp_device_state_from_word (
        gs_stamp_device_state_to_word ((GsStampDeviceState) i), &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_null (gs_counted_print_kind_to_word ((GsCountedPrintKind) 9));
  g_assert_cmpstr (gs_counted_print_state_to_word (GS_COUNTED_PRINT_FAILED), ==, "failed");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/stamp-device/standing", test_standing);
  g_test_add_func ("/model/stamp-device/code-due", test_code_due);
  g_test_add_func ("/model/stamp-device/codes", test_codes);
  g_test_add_func ("/model/reconciliation/judge", test_judge);
  g_test_add_func ("/model/reconciliation/signature", test_signature);
  g_test_add_func ("/model/reconciliation/sums", test_sums);
  g_test_add_func ("/model/register/words", test_words);
  return g_test_run ();
}
