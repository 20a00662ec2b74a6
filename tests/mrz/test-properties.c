/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz.h"
#include "gs-test-mrz.h"

#include <string.h>

static const GsMrzDate today = { 2026, 11, 23 };

/* Every random document comes back as it was written. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9303);

  for (int i = 0; i < 10000; i++)
    {
      GsTestDocument document;
      g_autofree char *text = NULL;
      GsMrz mrz;

      gs_test_document_random (&document, GS_MRZ_TYPE_TD1 + i % 5, random);
      text = gs_test_document_write (&document);
      g_test_message ("%s", text);
      g_assert_cmpint (gs_mrz_read ((const uint8_t *) text, strlen (text), &today, &mrz), ==,
                       GS_MRZ_OK);
      g_assert_cmpint (mrz.type, ==, document.type);
      g_assert_true (mrz.valid);
      g_assert_cmpuint (mrz.n_repairs, ==, 0);
      g_assert_cmpstr (mrz.document_code, ==, document.code);
      g_assert_cmpstr (mrz.issuing_state, ==, document.state);
      g_assert_cmpstr (mrz.nationality, ==, document.nationality);
      g_assert_cmpstr (mrz.primary_identifier, ==, document.primary);
      g_assert_cmpstr (mrz.secondary_identifier, ==, document.secondary);
      g_assert_cmpstr (mrz.document_number, ==, document.number);
      g_assert_cmpstr (mrz.birth_date_mrz, ==, document.birth);
      g_assert_cmpstr (mrz.expiry_date_mrz, ==, document.expiry);
      g_assert_cmpint (mrz.sex, ==, document.sex == '<' ? 'X' : document.sex);
      g_assert_cmpstr (mrz.optional_data, ==, document.optional);
      g_assert_cmpstr (mrz.optional_data_2, ==, document.optional_2);
    }
}

static int
value_of (char c)
{
  return g_ascii_isdigit (c) ? c - '0' : g_ascii_isupper (c) ? c - 'A' + 10 : 0;
}

static gboolean
any_wrong (const GsMrz *mrz)
{
  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    if (mrz->checks[i] == GS_MRZ_CHECK_WRONG)
      return TRUE;
  return FALSE;
}

/* Whether a check digit covers the place, or it is a check digit. */
static gboolean
is_checked (const GsMrzLines *lines, unsigned line, unsigned column)
{
  switch (lines->type)
    {
    case GS_MRZ_TYPE_TD1:
      return (line == 0 && column >= 5)
             || (line == 1 && column != 7 && !(column >= 15 && column <= 17));
    case GS_MRZ_TYPE_TD2:
    case GS_MRZ_TYPE_TD3:
      return line == 1 && column != 20 && !(column >= 10 && column <= 12);
    case GS_MRZ_TYPE_MRVA:
    case GS_MRZ_TYPE_MRVB:
      return line == 1 && column != 20 && !(column >= 10 && column <= 12) && column <= 27;
    case GS_MRZ_TYPE_NONE:
    default:
      return FALSE;
    }
}

/* A change is beyond the digits when the values are equal modulo 10 (6 and G, 0 and '<', …), and it
 * is another matter when it moves the end of a number that goes on in the optional data. */
static gboolean
digit_can_notice (char from, char to, gboolean is_long)
{
  if (is_long && (from == '<' || to == '<'))
    return FALSE;
  return (value_of (from) - value_of (to)) % 10 != 0;
}

static guint
change_each_character (const GsMrzLines *lines, gboolean is_long)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";
  guint n_noticed = 0;

  for (unsigned line = 0; line < lines->n_lines; line++)
    for (unsigned column = 0; column < lines->line_length; column++)
      for (const char *c = alphabet; *c != '\0'; c++)
        {
          GsMrzLines changed = *lines;
          GsMrz mrz;

          if (!is_checked (lines, line, column)
              || !digit_can_notice (lines->line[line][column], *c, is_long))
            continue;
          changed.line[line][column] = *c;
          gs_mrz_parse (&changed, &today, &mrz);
          if (!any_wrong (&mrz))
            g_error ("%s:%u:%u: %c for %c was not noticed", changed.line[line], line, column, *c,
                     lines->line[line][column]);
          g_assert_false (mrz.valid);
          n_noticed++;
        }
  return n_noticed;
}

static void
test_changes_are_noticed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (731);
  guint n_noticed = 0;

  for (int i = 0; i < 200; i++)
    {
      GsTestDocument document;
      g_autofree char *text = NULL;
      GsMrzLines lines;

      gs_test_document_random (&document, GS_MRZ_TYPE_TD1 + i % 5, random);
      text = gs_test_document_write (&document);
      g_assert_cmpint (gs_mrz_extract ((const uint8_t *) text, strlen (text), &lines), ==,
                       GS_MRZ_OK);
      n_noticed += change_each_character (&lines, strlen (document.number) > 9);
    }
  g_test_message ("%u single changes, all noticed", n_noticed);
  g_assert_cmpuint (n_noticed, >, 100000);
}

/* Reading with repair never turns one document into another valid one with another number, state or
 * name, as long as one character only was confused. */
static void
test_repair_is_true (void)
{
  static const char pairs[] = "8B6G0O1I5S2Z";
  g_autoptr (GRand) random = g_rand_new_with_seed (82);
  guint n_repaired = 0;

  for (int i = 0; i < 20000; i++)
    {
      GsTestDocument document;
      g_autofree char *text = NULL;
      GsMrzLines lines;
      unsigned line, column;
      const char *pair;
      GsMrz mrz;

      gs_test_document_random (&document, GS_MRZ_TYPE_TD1 + i % 5, random);
      text = gs_test_document_write (&document);
      gs_mrz_extract ((const uint8_t *) text, strlen (text), &lines);
      line = g_rand_int_range (random, 0, lines.n_lines);
      column = g_rand_int_range (random, 0, lines.line_length);
      pair = strchr (pairs, lines.line[line][column]);
      if (pair == NULL || lines.line[line][column] == '<')
        continue;
      lines.line[line][column] = pairs[(pair - pairs) ^ 1];
      gs_mrz_parse_repairing (&lines, &today, &mrz);
      if (mrz.n_repairs == 0)
        continue;
      n_repaired++;
      g_test_message ("%s", text);
      g_assert_cmpstr (mrz.document_number, ==, document.number);
      g_assert_cmpstr (mrz.birth_date_mrz, ==, document.birth);
      g_assert_cmpstr (mrz.expiry_date_mrz, ==, document.expiry);
      g_assert_cmpstr (mrz.optional_data, ==, document.optional);
    }
  g_test_message ("%u repaired", n_repaired);
  g_assert_cmpuint (n_repaired, >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/properties/round-trip", test_round_trip);
  g_test_add_func ("/mrz/properties/changes-are-noticed", test_changes_are_noticed);
  g_test_add_func ("/mrz/properties/repair-is-true", test_repair_is_true);
  return g_test_run ();
}
