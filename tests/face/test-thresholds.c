/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-error.h"
#include "gs-face-models.h"
#include "gs-face-thresholds.h"

#include <string.h>

static char *shipped;

static GsFaceThresholds *
parse (const char *text, GError **error)
{
  return gs_face_thresholds_parse (text, strlen (text), "thresholds.ini",
                                   gs_face_models_embedding_sha256 (), error);
}

/* The shipped file with one thing changed. */
static void
assert_mistake (const char *from, const char *to, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (shipped);

  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);
  g_autoptr (GsFaceThresholds) made = parse (text->str, &error);
  g_assert_null (made);
  g_assert_error (error, GS_FACE_ERROR, GS_FACE_ERROR_THRESHOLDS);
  if (strstr (error->message, expected) == NULL)
    g_error ("“%s” is not in “%s”", expected, error->message);
}

static guint
line_of (const char *what)
{
  guint line = 1;

  for (const char *at = shipped; at < strstr (shipped, what); at++)
    line += *at == '\n';
  return line;
}

static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsFaceThresholds) made =
    gs_face_thresholds_load (g_getenv ("GATESIDE_FACE_THRESHOLDS"), &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (made->match, ==, 0.56);
  g_assert_cmpfloat (made->review, ==, 0.42);
  g_assert_cmpfloat (made->one_person, ==, 0.56);
  g_assert_cmpfloat (made->least_confidence, ==, 0.70);
  g_assert_cmpfloat (made->least_inter_eye_px, ==, 60);
  g_assert_cmpfloat (made->least_sharpness, ==, 60);
  g_assert_cmpfloat (made->most_second_face, ==, 0.5);
  g_assert_cmpuint (made->rates.n_pictures, ==, 501);
  g_assert_cmpfloat (made->rates.false_match, ==, 0.0014);
  g_assert_cmpfloat (made->false_match_all, ==, 0.0001);
  g_assert_cmpfloat (made->rates.false_non_match, ==, 0.018);
  g_assert_nonnull (strstr (made->limits, "ageing"));
  g_assert_nonnull (strstr (made->training, "celebrities"));
}

static void
test_line (void)
{
  g_autofree char *expected = g_strdup_printf (
    "thresholds.ini:%u: review must be a number from -1 to 1", line_of ("review=0.42"));

  assert_mistake ("review=0.42", "review=a lot", expected);
  assert_mistake ("review=0.42", "review=nan", expected);
  assert_mistake ("review=0.42", "review=0.42x", expected);
  assert_mistake ("review=0.42", "review=4.2", expected);
}

static void
test_mistakes (void)
{
  assert_mistake ("match=0.56", "match=", "match is empty");
  assert_mistake ("match=0.56", "", "thresholds.ini: [thresholds] match is missing");
  assert_mistake ("match=0.56", "match=0.40", "review is above match");
  assert_mistake ("match=0.56", "match=0.56\nmatch=0.6", "was said in line");
  assert_mistake ("one-person=0.56", "one-person=0.2", "one-person is below review");
  assert_mistake ("[quality]", "[qualities]", "there is no group [qualities]");
  assert_mistake ("match=0.56", "match=0.56\nmach=1", "[thresholds] has no key mach");
  assert_mistake ("match=0.56", "match 0.56", "neither [group], key=value nor a comment");
  assert_mistake ("pictures=501", "pictures=50.5", "whole number");
  assert_mistake ("pictures=501", "pictures=0", "whole number");
  assert_mistake ("false-non-match=0.018", "false-non-match=0.2", "not between its bounds");
  assert_mistake ("embedding-sha256=", "embedding-sha256=0", "belong to another model");
  assert_mistake ("[engine]", "match=1\n[engine]", "stands before any [group]");
}

/* Every mistake is told, not only the first. */
static void
test_several (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsFaceThresholds) made = parse ("[thresholds]\nmatch=2\nreview=x\n", &error);

  g_assert_null (made);
  g_assert_nonnull (strstr (error->message, "thresholds.ini:2: match"));
  g_assert_nonnull (strstr (error->message, "\nthresholds.ini:3: review"));
  g_assert_nonnull (strstr (error->message, "[evidence] training is missing"));
}

static void
test_no_text (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_strnfill (100000, '#');

  g_assert_null (gs_face_thresholds_parse ("\xff\xfe", 2, "f", "0", &error));
  g_assert_error (error, GS_FACE_ERROR, GS_FACE_ERROR_THRESHOLDS);
  g_clear_error (&error);
  g_assert_null (parse (large, &error));
  g_assert_error (error, GS_FACE_ERROR, GS_FACE_ERROR_THRESHOLDS);
  g_clear_error (&error);
  g_assert_null (gs_face_thresholds_load ("/nowhere/f.ini", &error));
  g_assert_error (error, GS_FACE_ERROR, GS_FACE_ERROR_THRESHOLDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (g_file_get_contents (g_getenv ("GATESIDE_FACE_THRESHOLDS"), &shipped, NULL, NULL));
  g_test_add_func ("/face/thresholds/shipped", test_shipped);
  g_test_add_func ("/face/thresholds/line", test_line);
  g_test_add_func ("/face/thresholds/mistakes", test_mistakes);
  g_test_add_func ("/face/thresholds/several", test_several);
  g_test_add_func ("/face/thresholds/no-text", test_no_text);
  int status = g_test_run ();
  g_free (shipped);
  return status;
}
