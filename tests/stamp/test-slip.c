/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-slip-samples.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "gs-slip-words.h"

static GTimeZone *
tokyo (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Asia/Tokyo");

  g_assert_nonnull (zone);
  return zone;
}

static GBytes *
make_pdf (const GsSlip *slip)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = gs_slip_to_pdf (slip, &error);

  g_assert_no_error (error);
  return pdf;
}

/* What a program of poppler-utils makes of the slip. */
static GBytes *
run_poppler (GBytes *pdf, const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
    arguments, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  GBytes *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (process, pdf, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}

static char *
text_of (GBytes *pdf)
{
  static const char *const arguments[] = { "pdftotext", "-raw", "-enc", "UTF-8", "-", "-", NULL };
  g_autoptr (GBytes) out = run_poppler (pdf, arguments);
  g_autoptr (GString) text =
    g_string_new_len (g_bytes_get_data (out, NULL), (gssize) g_bytes_get_size (out));

  /* Where lines break is the layout's business. */
  g_string_replace (text, "\n", " ", 0);
  g_string_replace (text, " ", "", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_says (const char *text, const char *wanted)
{
  g_autoptr (GString) plain = g_string_new (wanted);

  g_string_replace (plain, " ", "", 0);
  if (strstr (text, plain->str) == NULL)
    g_error ("\"%s\" is not in \"%s\"", plain->str, text);
}

static void
test_says_all (void)
{
  g_autoptr (GTimeZone) zone = tokyo ();

  for (guint i = GS_SLIP_LANGUAGE_ENGLISH; i <= GS_SLIP_LANGUAGE_LAST; i++)
    {
      const GsSlipWords *words = gs_slip_words ((GsSlipLanguage) i);
      GsSlip slip = gs_slip_sample ((GsSlipLanguage) i, zone);
      g_autoptr (GBytes) pdf = make_pdf (&slip);
      g_autofree char *text = text_of (pdf);
      g_autofree char *when =
        gs_slip_words_format_time ((GsSlipLanguage) i, slip.crossed_at_utc_ms, zone);

      assert_says (text, words->title);
      assert_says (text, words->lead);
      assert_says (text, words->exit);
      assert_says (text, words->notice);
      assert_says (text, when);
      for (guint j = 0; j < GS_SLIP_N_PURPOSES; j++)
        assert_says (text, words->purposes[j]);
      for (guint j = 0; j < GS_SLIP_N_BRING; j++)
        assert_says (text, words->bring[j]);
      assert_says (text, "3F2A 91C0");
      assert_says (text, "This slip is not proof of the crossing.");
      assert_says (text, slip.office);
      assert_says (text, slip.web);
      g_assert_null (strstr (text, "0D5E"));
      g_assert_null (strstr (text, "0d5e"));
    }
}

static void
test_name_only_when_given (void)
{
  g_autoptr (GTimeZone) zone = tokyo ();
  GsSlip slip = gs_slip_sample (GS_SLIP_LANGUAGE_JAPANESE, zone);
  g_autoptr (GBytes) without = make_pdf (&slip);
  g_autofree char *text_without = text_of (without);
  g_autoptr (GBytes) with = NULL;
  g_autofree char *text_with = NULL;

  slip.name = "田中 結衣 TANAKA YUI";
  with = make_pdf (&slip);
  text_with = text_of (with);
  g_assert_null (strstr (text_without, "氏名"));
  assert_says (text_with, "氏名");
  assert_says (text_with, "田中 結衣 TANAKA YUI");
}

/* The picture that poppler makes of the PDF is the picture that the screen shows: no letter is
 * lost in the PDF, in no language. */
static void
test_no_letter_lost (void)
{
  static const char *const arguments[] = { "pdftoppm",    "-r", "203.2", "-gray",
                                           "-singlefile", "-",  NULL };
  g_autoptr (GTimeZone) zone = tokyo ();

  for (guint i = GS_SLIP_LANGUAGE_ENGLISH; i <= GS_SLIP_LANGUAGE_LAST; i++)
    {
      GsSlip slip = gs_slip_sample ((GsSlipLanguage) i, zone);
      guint width = 0, height = 0;
      g_autoptr (GBytes) pixels = gs_slip_to_pixels (&slip, 8, &width, &height, NULL);
      const guint8 *screen = g_bytes_get_data (pixels, NULL);
      g_autoptr (GBytes) pdf = make_pdf (&slip);
      g_autoptr (GBytes) pgm = run_poppler (pdf, arguments);
      gsize size;
      const char *data = g_bytes_get_data (pgm, &size);
      guint pgm_width = 0, pgm_height = 0;
      const guint8 *paper;
      int worst = 0;

      g_assert_cmpint (sscanf (data, "P5 %u %u 255", &pgm_width, &pgm_height), ==, 2);
      g_assert_cmpuint (pgm_width, >=, width);
      g_assert_cmpuint (pgm_height, >=, height);
      paper = (const guint8 *) data + size - (gsize) pgm_width * pgm_height;
      for (guint y = 0; y + 20 <= height; y += 10)
        for (guint x = 0; x + 20 <= width; x += 10)
          {
            int sum = 0;

            for (guint v = y; v < y + 20; v++)
              for (guint u = x; u < x + 20; u++)
                sum += screen[(v * width + u) * 4 + 1] - paper[v * pgm_width + u];
            worst = MAX (worst, ABS (sum) / 400);
          }
      g_test_message ("%s: the worst cell differs by %d of 255",
                      gs_slip_language_to_code ((GsSlipLanguage) i), worst);
      /* Measured: 11 to 24 when all is there, 55 with one Chinese letter lost. */
      g_assert_cmpint (worst, <, 38);
    }
}

static void
test_time (void)
{
  static const struct
  {
    GsSlipLanguage language;
    const char *text;
  } cases[] = {
    { GS_SLIP_LANGUAGE_ENGLISH, "23 November 2026, 13:47" },
    { GS_SLIP_LANGUAGE_JAPANESE, "2026年11月23日(月) 13:47" },
    { GS_SLIP_LANGUAGE_CHINESE, "2026年11月23日 13:47" },
    { GS_SLIP_LANGUAGE_KOREAN, "2026년 11월 23일 13:47" },
    { GS_SLIP_LANGUAGE_FRENCH, "23 novembre 2026, 13:47" },
    { GS_SLIP_LANGUAGE_SPANISH, "23 de noviembre de 2026, 13:47" },
    { GS_SLIP_LANGUAGE_GERMAN, "23. November 2026, 13:47" },
  };
  g_autoptr (GTimeZone) zone = tokyo ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        gs_slip_words_format_time (cases[i].language, G_GINT64_CONSTANT (1795409231000), zone);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_language_code (void)
{
  g_assert_cmpint (gs_slip_language_from_code ("ja_JP.UTF-8"), ==, GS_SLIP_LANGUAGE_JAPANESE);
  g_assert_cmpint (gs_slip_language_from_code ("zh-Hans"), ==, GS_SLIP_LANGUAGE_CHINESE);
  g_assert_cmpint (gs_slip_language_from_code ("KO"), ==, GS_SLIP_LANGUAGE_KOREAN);
  g_assert_cmpint (gs_slip_language_from_code ("deu"), ==, GS_SLIP_LANGUAGE_ENGLISH);
  g_assert_cmpint (gs_slip_language_from_code (""), ==, GS_SLIP_LANGUAGE_ENGLISH);
  g_assert_cmpint (gs_slip_language_from_code (NULL), ==, GS_SLIP_LANGUAGE_ENGLISH);
  for (guint i = GS_SLIP_LANGUAGE_ENGLISH; i <= GS_SLIP_LANGUAGE_LAST; i++)
    g_assert_cmpint (gs_slip_language_from_code (gs_slip_language_to_code ((GsSlipLanguage) i)), ==,
                     i);
}

static void
assert_refused (const GsSlip *slip)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gs_slip_to_pdf (slip, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SLIP);
}

static void
test_refused (void)
{
  g_autoptr (GTimeZone) zone = tokyo ();
  const GsSlip good = gs_slip_sample (GS_SLIP_LANGUAGE_GERMAN, zone);
  GsSlip slip = good;
  g_autofree char *lines = g_strnfill (390, '\n');

  slip.crossing_id = "12";
  assert_refused (&slip);
  slip = good;
  slip.office = NULL;
  assert_refused (&slip);
  slip = good;
  slip.gate = "\xff";
  assert_refused (&slip);
  slip = good;
  slip.issued_at_utc_ms = G_MININT64;
  assert_refused (&slip);
  slip = good;
  slip.crossed_at_utc_ms = G_MAXINT64;
  assert_refused (&slip);
  slip = good;
  slip.language = 0;
  assert_refused (&slip);
  slip = good;
  slip.address = lines; /* never fits */
  assert_refused (&slip);
}

/* A notice of refusal in each language: the ground as the agency words it, in English too, marked
 * as a specimen, and nothing of the travel record. */
static void
test_refusal (void)
{
  g_autoptr (GTimeZone) zone = tokyo ();

  for (guint i = GS_SLIP_LANGUAGE_ENGLISH; i <= GS_SLIP_LANGUAGE_LAST; i++)
    {
      GsSlip slip = gs_slip_sample ((GsSlipLanguage) i, zone);
      GsSlipWords words = *gs_slip_words ((GsSlipLanguage) i);
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *text = NULL;

      gs_slip_words_refuse (&words, (GsSlipLanguage) i);
      slip.ground = "Text of the ground";
      slip.ground_english = i != GS_SLIP_LANGUAGE_ENGLISH ? "Its English text" : NULL;
      slip.ground_code = "specimen-1";
      slip.specimen = TRUE;
      pdf = make_pdf (&slip);
      text = text_of (pdf);
      assert_says (text, words.title);
      assert_says (text, words.lead);
      assert_says (text, "specimen-1");
      assert_says (text, "Text of the ground");
      assert_says (text, "SPECIMEN");
      assert_says (text, slip.office);
      if (slip.ground_english != NULL)
        assert_says (text, slip.ground_english);
      g_assert_null (strstr (text, "Taxexemption"));
    }
}

static void
test_refusal_needs_code (void)
{
  g_autoptr (GTimeZone) zone = tokyo ();
  GsSlip slip = gs_slip_sample (GS_SLIP_LANGUAGE_ENGLISH, zone);
  g_autoptr (GError) error = NULL;

  slip.ground = "Text of the ground";
  g_assert_null (gs_slip_to_pdf (&slip, &error));
  g_assert_error (error, GS_STAMP_ERROR, GS_STAMP_ERROR_SLIP);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stamp/slip/says-all", test_says_all);
  g_test_add_func ("/stamp/slip/name-only-when-given", test_name_only_when_given);
  g_test_add_func ("/stamp/slip/no-letter-lost", test_no_letter_lost);
  g_test_add_func ("/stamp/slip/time", test_time);
  g_test_add_func ("/stamp/slip/language-code", test_language_code);
  g_test_add_func ("/stamp/slip/refused", test_refused);
  g_test_add_func ("/stamp/slip/refusal", test_refusal);
  g_test_add_func ("/stamp/slip/refusal-needs-code", test_refusal_needs_code);
  return g_test_run ();
}
