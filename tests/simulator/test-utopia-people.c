/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-people.h"
#include "gs-utopia-traits.h"

#include <string.h>

static void
test_table (void)
{
  guint women = 0;

  for (guint i = 0; i < GS_UTOPIA_PEOPLE; i++)
    {
      const GsUtopiaPerson *person = gs_utopia_person (i);
      const GsUtopiaTraits *traits = gs_utopia_traits (i);

      g_assert_true (person->sex == 'M' || person->sex == 'F');
      g_assert_cmpint (person->apparent_age_years, >=, 18);
      g_assert_cmpint (person->apparent_age_years, <=, 90);
      g_assert_true (g_str_has_prefix (person->label, person->sex == 'F' ? "woman, " : "man, "));
      /* The sex of the table is that of the face. */
      if (traits->beard > 0.0f || traits->moustache > 0.0f || traits->stubble > 0.0f)
        g_assert_cmpint (person->sex, ==, 'M');
      if (traits->scarf > 0.0f || traits->eye_liner > 0.0f || traits->hair_length > 1.0f)
        g_assert_cmpint (person->sex, ==, 'F');
      women += person->sex == 'F';
    }
  g_assert_cmpuint (women, ==, 11);
  g_assert_true (gs_utopia_person (24) == gs_utopia_person (0));
}

static void
test_traits_differ (void)
{
  for (guint i = 0; i < GS_UTOPIA_PEOPLE; i++)
    for (guint j = i + 1; j < GS_UTOPIA_PEOPLE; j++)
      g_assert_cmpint (memcmp (gs_utopia_traits (i), gs_utopia_traits (j), sizeof (GsUtopiaTraits)),
                       !=, 0);
}

static void
test_blend (void)
{
  const GsUtopiaTraits *a = gs_utopia_traits (3), *b = gs_utopia_traits (14);
  GsUtopiaTraits out;

  gs_utopia_traits_blend (a, b, 0.0f, &out);
  g_assert_cmpmem (&out, sizeof out, a, sizeof *a);
  gs_utopia_traits_blend (a, b, 1.0f, &out);
  g_assert_cmpfloat_with_epsilon (out.nose_width, b->nose_width, 1e-5);
  g_assert_cmpfloat_with_epsilon (out.skin, b->skin, 1e-5);
  g_assert_cmpfloat (out.hair_top, ==, a->hair_top);
  g_assert_cmpfloat (out.glasses, ==, a->glasses);
  g_assert_cmpfloat (out.beard, ==, a->beard);
  g_assert_cmpfloat (out.grey, ==, a->grey);
}

static void
test_names (void)
{
  const char *scripts[] = { "Latn", "Jpan", "Hans", "Kore", "Cyrl", "Grek", "Arab" };
  guint seen[G_N_ELEMENTS (scripts)] = { 0 };

  g_assert_cmpuint (gs_utopia_name_count ('M'), >=, 150);
  g_assert_cmpuint (gs_utopia_name_count ('F'), >=, 150);
  for (guint64 seed = 0; seed < 2000; seed++)
    {
      GsUtopiaName name, again;

      gs_utopia_name (seed % 2 ? 'F' : 'M', seed, &name);
      gs_utopia_name (seed % 2 ? 'F' : 'M', seed, &again);
      g_assert_true (name.family == again.family && name.given == again.given);
      g_assert_true (g_utf8_validate (name.family, -1, NULL));
      g_assert_true (g_utf8_validate (name.given, -1, NULL));
      g_assert_cmpuint (strspn (name.mrz_family, "ABCDEFGHIJKLMNOPQRSTUVWXYZ "), ==,
                        strlen (name.mrz_family));
      g_assert_cmpuint (strspn (name.mrz_given, "ABCDEFGHIJKLMNOPQRSTUVWXYZ "), ==,
                        strlen (name.mrz_given));
      /* The name field of a passport has 39 places, two fillers between the names. */
      g_assert_cmpuint (strlen (name.mrz_family) + strlen (name.mrz_given), <=, 37);
      for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
        seen[i] += strcmp (scripts[i], name.script) == 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    g_assert_cmpuint (seen[i], >, 100);
}

/* Feminine forms of names belong to women only. */
static void
test_names_fit_sex (void)
{
  for (guint64 seed = 0; seed < 2000; seed++)
    {
      GsUtopiaName name;

      gs_utopia_name ('M', seed, &name);
      g_assert_cmpstr (name.mrz_family, !=, "VYSHNEVA");
      g_assert_cmpstr (name.mrz_given, !=, "SAKURA");
      gs_utopia_name ('F', seed, &name);
      g_assert_cmpstr (name.mrz_family, !=, "VYSHNEV");
      g_assert_cmpstr (name.mrz_given, !=, "KENJI");
    }
}

static void
test_birth_date (void)
{
  for (guint64 seed = 0; seed < 2000; seed++)
    {
      guint index = (guint) (seed % GS_UTOPIA_PEOPLE);
      char date[7];
      int year, month, day, age;

      gs_utopia_birth_date (index, seed, 2026, 3, 15, date, &year);
      month = (date[2] - '0') * 10 + date[3] - '0';
      day = (date[4] - '0') * 10 + date[5] - '0';
      g_assert_cmpint ((date[0] - '0') * 10 + date[1] - '0', ==, year % 100);
      g_assert_true (g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year));
      age = 2026 - year - (month > 3 || (month == 3 && day > 15));
      g_assert_cmpint (ABS (age - gs_utopia_person (index)->apparent_age_years), <=, 3);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/utopia/people/table", test_table);
  g_test_add_func ("/simulator/utopia/people/traits-differ", test_traits_differ);
  g_test_add_func ("/simulator/utopia/people/blend", test_blend);
  g_test_add_func ("/simulator/utopia/people/names", test_names);
  g_test_add_func ("/simulator/utopia/people/names-fit-sex", test_names_fit_sex);
  g_test_add_func ("/simulator/utopia/people/birth-date", test_birth_date);
  return g_test_run ();
}
