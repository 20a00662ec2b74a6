/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-verdict.h"

#include <jansson.h>

static GsVerdict *
leaf (const char *name, GsCheckResult result, const char *code)
{
  GsVerdict *self = gs_verdict_new (name, "A statement");

  gs_verdict_set (self, result, code, "It is %s.", name);
  return self;
}

static void
test_worst (void)
{
  static const GsCheckResult order[] = {
    GS_CHECK_RESULT_NOT_CHECKED,  GS_CHECK_RESULT_NOT_SUPPORTED, GS_CHECK_RESULT_SUCCESSFUL,
    GS_CHECK_RESULT_UNDETERMINED, GS_CHECK_RESULT_ABORTED,       GS_CHECK_RESULT_FAILED,
  };

  for (guint worst = 0; worst < G_N_ELEMENTS (order); worst++)
    {
      g_autoptr (GsVerdict) root = gs_verdict_new ("root", NULL);
      GsVerdict *group = gs_verdict_new ("group", NULL);

      g_assert_cmpint (gs_verdict_get_result (root), ==, GS_CHECK_RESULT_NOT_CHECKED);
      gs_verdict_add (root, group);
      for (guint i = worst + 1; i-- > 0;)
        gs_verdict_add (group, leaf ("leaf", order[i], NULL));
      g_assert_cmpint (gs_verdict_get_result (root), ==, order[worst]);
    }
}

static void
test_own_result_counts (void)
{
  g_autoptr (GsVerdict) root = leaf ("root", GS_CHECK_RESULT_FAILED, "C03");

  gs_verdict_add (root, leaf ("child", GS_CHECK_RESULT_SUCCESSFUL, NULL));
  g_assert_cmpint (gs_verdict_get_result (root), ==, GS_CHECK_RESULT_FAILED);
  g_assert_cmpstr (gs_verdict_get_code (root), ==, "C03");
}

static void
test_cause (void)
{
  g_autoptr (GsVerdict) root = gs_verdict_new ("root", NULL);
  GsVerdict *group = leaf ("group", GS_CHECK_RESULT_SUCCESSFUL, NULL);

  gs_verdict_add (root, leaf ("first", GS_CHECK_RESULT_UNDETERMINED, "C04"));
  gs_verdict_add (root, group);
  gs_verdict_add (group, leaf ("second", GS_CHECK_RESULT_FAILED, "C09"));
  g_assert_cmpstr (gs_verdict_get_code (root), ==, "C09");
  g_assert_cmpstr (gs_verdict_get_sentence (root), ==, "It is second.");
  g_assert_cmpstr (gs_verdict_get_name (gs_verdict_find (root, "second")), ==, "second");
  g_assert_null (gs_verdict_find (root, "third"));
}

static void
test_published_statement (void)
{
  g_autoptr (GsVerdict) verdict = gs_verdict_new ("signed-by-issuer", NULL);

  g_assert_cmpstr (gs_verdict_get_statement (verdict), ==, "Signed by the issuer");
}

static void
test_json (void)
{
  static const char *const members[] = {
    "name", "result", "code", "sentence", "evidence", "checks"
  };
  g_autoptr (GsVerdict) root = gs_verdict_new ("root", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x30\x00", 2);
  g_autofree char *text = NULL;
  json_t *json, *child;
  const char *key;
  json_t *value;
  guint at = 0;

  gs_verdict_add_evidence_data (root, "certificate", "CN=\xff", bytes);
  gs_verdict_add_evidence (root, "none", NULL);
  gs_verdict_warn (root, "several-signers", "%d signers.", 2);
  gs_verdict_add (root, leaf ("child", GS_CHECK_RESULT_NOT_CHECKED, NULL));
  text = gs_verdict_to_json (root);
  json = json_loads (text, JSON_REJECT_DUPLICATES, NULL);
  g_assert_nonnull (json);
  json_object_foreach (json, key, value) g_assert_cmpstr (key, ==, members[at++]);
  g_assert_cmpuint (at, ==, G_N_ELEMENTS (members));
  value = json_object_get (json, "evidence");
  g_assert_cmpstr (json_string_value (json_object_get (value, "certificate_base64")), ==, "MAA=");
  g_assert_null (json_object_get (value, "none"));
  g_assert_cmpuint (json_array_size (json_object_get (value, "warnings")), ==, 1);
  child = json_array_get (json_object_get (json, "checks"), 0);
  g_assert_cmpstr (json_string_value (json_object_get (child, "result")), ==, "not-checked");
  g_assert_true (json_is_null (json_object_get (child, "code")));
  json_decref (json);
}

static void
test_text (void)
{
  g_autoptr (GsVerdict) root = gs_verdict_new ("root", "The document is genuine");
  g_autofree char *plain = NULL;
  g_autofree char *full = NULL;

  gs_verdict_add (root, leaf ("child", GS_CHECK_RESULT_FAILED, "C09"));
  gs_verdict_add_evidence (root, "hash", "00");
  plain = gs_verdict_to_text (root, FALSE);
  full = gs_verdict_to_text (root, TRUE);
  g_assert_cmpstr (plain, ==,
                   "failed        The document is genuine  C09\n"
                   "              It is child.\n"
                   "  failed        A statement  C09\n"
                   "                It is child.\n");
  g_assert_nonnull (g_strstr_len (full, -1, "hash: 00\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/verdict/worst", test_worst);
  g_test_add_func ("/model/verdict/own-result-counts", test_own_result_counts);
  g_test_add_func ("/model/verdict/cause", test_cause);
  g_test_add_func ("/model/verdict/published-statement", test_published_statement);
  g_test_add_func ("/model/verdict/json", test_json);
  g_test_add_func ("/model/verdict/text", test_text);
  return g_test_run ();
}
