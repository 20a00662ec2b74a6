/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz.h"

#include <glib.h>
#include <string.h>

static const GsMrzDate today = { 2026, 11, 23 };

static void
read_text (const char *text, GsMrz *mrz)
{
  g_assert_cmpint (gs_mrz_read ((const uint8_t *) text, strlen (text), &today, mrz), ==, GS_MRZ_OK);
}

#define TD3_NAME "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
#define TD3_DATA "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n"

static void
test_td3 (void)
{
  GsMrz mrz;

  read_text (TD3_NAME TD3_DATA, &mrz);
  g_assert_cmpint (mrz.type, ==, GS_MRZ_TYPE_TD3);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.document_code, ==, "P");
  g_assert_cmpstr (mrz.issuing_state, ==, "UTO");
  g_assert_cmpstr (mrz.primary_identifier, ==, "ERIKSSON");
  g_assert_cmpstr (mrz.secondary_identifier, ==, "ANNA MARIA");
  g_assert_cmpstr (mrz.document_number, ==, "L898902C3");
  g_assert_cmpstr (mrz.nationality, ==, "UTO");
  g_assert_cmpstr (mrz.birth_date_mrz, ==, "740812");
  g_assert_cmpint (mrz.birth_date.year, ==, 1974);
  g_assert_cmpint (mrz.sex, ==, 'F');
  g_assert_cmpstr (mrz.expiry_date_mrz, ==, "120415");
  g_assert_cmpint (mrz.expiry_date.year, ==, 2012);
  g_assert_cmpstr (mrz.optional_data, ==, "ZE184226B");
  g_assert_false (mrz.name_may_be_truncated);
  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    g_assert_cmpint (mrz.checks[i], ==, GS_MRZ_CHECK_RIGHT);
  g_assert_cmpint (mrz.n_repairs, ==, 0);
}

static void
test_td3_optional (void)
{
  GsMrz mrz;

  /* An empty field: its digit is 0 or a filler, and nothing else. */
  read_text (TD3_NAME "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<08\n", &mrz);
  g_assert_true (mrz.valid);
  read_text (TD3_NAME "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<8\n", &mrz);
  g_assert_true (mrz.valid);
  read_text (TD3_NAME "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<18\n", &mrz);
  g_assert_cmpint (mrz.checks[GS_MRZ_CHECK_OPTIONAL_DATA], ==, GS_MRZ_CHECK_WRONG);
  /* A field that says something needs its digit. */
  read_text (TD3_NAME "L898902C36UTO7408122F1204159ZE184226B<<<<<<0\n", &mrz);
  g_assert_cmpint (mrz.checks[GS_MRZ_CHECK_OPTIONAL_DATA], ==, GS_MRZ_CHECK_WRONG);
  g_assert_false (mrz.valid);
}

static void
test_td1_and_td2 (void)
{
  GsMrz mrz;

  read_text ("I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\n"
             "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n",
             &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpint (mrz.type, ==, GS_MRZ_TYPE_TD1);
  g_assert_cmpstr (mrz.document_number, ==, "D23145890");
  g_assert_cmpint (mrz.checks[GS_MRZ_CHECK_OPTIONAL_DATA], ==, GS_MRZ_CHECK_ABSENT);
  g_assert_cmpint (mrz.checks[GS_MRZ_CHECK_COMPOSITE], ==, GS_MRZ_CHECK_RIGHT);

  read_text ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6\n", &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpint (mrz.type, ==, GS_MRZ_TYPE_TD2);
}

static void
test_visas (void)
{
  GsMrz mrz;

  read_text ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
             "L8988901C4XXX4009078F96121096ZE184226B<<<<<<\n",
             &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpint (mrz.type, ==, GS_MRZ_TYPE_MRVA);
  g_assert_cmpstr (mrz.optional_data, ==, "6ZE184226B");
  g_assert_cmpint (mrz.birth_date.year, ==, 1940);
  g_assert_cmpint (mrz.expiry_date.year, ==, 1996);
  g_assert_cmpint (mrz.checks[GS_MRZ_CHECK_COMPOSITE], ==, GS_MRZ_CHECK_ABSENT);

  read_text ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<\n", &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpint (mrz.type, ==, GS_MRZ_TYPE_MRVB);
}

static void
test_long_number (void)
{
  GsMrz mrz;

  read_text ("I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\n"
             "STEVENSON<<PETER<JOHN<<<<<<<<<\n",
             &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.document_number, ==, "D23145890734");
  g_assert_cmpstr (mrz.optional_data, ==, "");

  /* The Belgian form: twelve digits, the tail and its check digit in the optional data. */
  read_text ("IDBEL000590696<1015<<<<<<<<<<<\n9401013F2710017BEL<<<<<<<<<<<4\n"
             "SPECIMEN<<SPECIMEN<<<<<<<<<<<<\n",
             &mrz);
  g_assert_cmpstr (mrz.document_number, ==, "000590696101");
  g_assert_cmpint (mrz.checks[GS_MRZ_CHECK_DOCUMENT_NUMBER], ==, GS_MRZ_CHECK_RIGHT);

  read_text ("I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8\n", &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.document_number, ==, "D23145890734");

  /* A filler as check digit with nothing after it is no long number. */
  read_text ("I<UTOD23145890<<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\n"
             "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n",
             &mrz);
  g_assert_cmpint (mrz.checks[GS_MRZ_CHECK_DOCUMENT_NUMBER], ==, GS_MRZ_CHECK_WRONG);
  g_assert_true (mrz.format_errors & GS_MRZ_FORMAT_DOCUMENT_NUMBER);
}

static void
check_name (const char *field, const char *primary, const char *secondary, gboolean well_formed)
{
  g_autofree char *text = g_strconcat ("P<D<<", field, "\n" TD3_DATA, NULL);
  GsMrz mrz;

  read_text (text, &mrz);
  g_assert_cmpstr (mrz.issuing_state, ==, "D");
  g_assert_cmpstr (mrz.primary_identifier, ==, primary);
  g_assert_cmpstr (mrz.secondary_identifier, ==, secondary);
  g_assert_cmpint ((mrz.format_errors & GS_MRZ_FORMAT_NAME) == 0, ==, well_formed);
}

static void
test_names (void)
{
  char name[GS_MRZ_NAME_SIZE];
  GsMrz mrz;

  check_name ("ARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "ARKFREITH", "", TRUE);
  check_name ("VAN<DER<MUELLEN<<MARIANNE<LOUISE<<<<<<<", "VAN DER MUELLEN", "MARIANNE LOUISE",
              TRUE);
  check_name ("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", "NILAVADHANANANDA",
              "CHAYAPA DEJTHAMRONG K", TRUE);
  check_name ("BENNELONG<WOOLOOMOOLOO<WARRANDYTE<WARNA", "BENNELONG WOOLOOMOOLOO WARRANDYTE WARNA",
              "", TRUE);
  check_name ("ERIKSSON<<ANNA<<MARIA<<<<<<<<<<<<<<<<<<", "ERIKSSON", "ANNA  MARIA", FALSE);
  check_name ("ER1KSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "ER1KSSON", "ANNA MARIA", FALSE);
  check_name ("<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<<<<<", "", "ANNA MARIA", FALSE);

  read_text (TD3_NAME TD3_DATA, &mrz);
  gs_mrz_format_name (&mrz, name, sizeof name);
  g_assert_cmpstr (name, ==, "ERIKSSON, ANNA MARIA");
  gs_mrz_format_name (&mrz, name, 6);
  g_assert_cmpstr (name, ==, "ERIKS");
  read_text ("P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K\n" TD3_DATA, &mrz);
  g_assert_true (mrz.name_may_be_truncated);
  read_text ("P<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n" TD3_DATA, &mrz);
  gs_mrz_format_name (&mrz, name, sizeof name);
  g_assert_cmpstr (name, ==, "ARKFREITH");
}

/* A TD3 with this birth date, or this expiry, and right check digits throughout. */
static void
read_dates (const char *birth, const char *expiry, GsMrz *mrz)
{
  g_autofree char *covered = NULL, *text = NULL;
  char birth_digit = gs_mrz_check_digit (birth, 6), expiry_digit = gs_mrz_check_digit (expiry, 6);

  covered =
    g_strdup_printf ("L898902C36%s%c%s%c<<<<<<<<<<<<<<0", birth, birth_digit, expiry, expiry_digit);
  text = g_strdup_printf (TD3_NAME "L898902C36UTO%s%cF%s%c<<<<<<<<<<<<<<0%c\n", birth, birth_digit,
                          expiry, expiry_digit, gs_mrz_check_digit (covered, strlen (covered)));
  read_text (text, mrz);
  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    g_assert_cmpint (mrz->checks[i], ==, GS_MRZ_CHECK_RIGHT);
}

static void
test_dates (void)
{
  static const struct
  {
    const char *birth;
    gboolean good;
    GsMrzDate date;
  } births[] = {
    { "261123", TRUE, { 2026, 11, 23 } }, /* today */
    { "261124", TRUE, { 1926, 11, 24 } }, /* would be tomorrow */
    { "000229", TRUE, { 2000, 2, 29 } },  { "040229", TRUE, { 2004, 2, 29 } },
    { "010229", FALSE, { 0 } },           { "741301", FALSE, { 0 } },
    { "740832", FALSE, { 0 } },           { "740800", FALSE, { 0 } },
    { "740431", FALSE, { 0 } },           { "7408<<", TRUE, { 1974, 8, 0 } },
    { "74<<<<", TRUE, { 1974, 0, 0 } },   { "<<<<<<", TRUE, { 0, 0, 0 } },
    { "<<0812", TRUE, { 0, 8, 12 } },     { "740<12", FALSE, { 0 } },
  };
  GsMrz mrz;

  for (gsize i = 0; i < G_N_ELEMENTS (births); i++)
    {
      read_dates (births[i].birth, "301231", &mrz);
      g_test_message ("%s", births[i].birth);
      g_assert_cmpint (mrz.valid, ==, births[i].good);
      g_assert_cmpint (mrz.birth_date.year, ==, births[i].date.year);
      g_assert_cmpint (mrz.birth_date.month, ==, births[i].date.month);
      g_assert_cmpint (mrz.birth_date.day, ==, births[i].date.day);
      g_assert_cmpstr (mrz.birth_date_mrz, ==, births[i].birth);
    }
  read_dates ("740812", "760101", &mrz);
  g_assert_cmpint (mrz.expiry_date.year, ==, 2076);
  read_dates ("740812", "770101", &mrz);
  g_assert_cmpint (mrz.expiry_date.year, ==, 1977);
  read_dates ("740812", "<<<<<<", &mrz);
  g_assert_true (mrz.format_errors & GS_MRZ_FORMAT_EXPIRY_DATE);
}

static void
test_sex_and_states (void)
{
  GsMrz mrz;

  read_text (TD3_NAME "L898902C36UTO7408122<1204159ZE184226B<<<<<10\n", &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpint (mrz.sex, ==, 'X');
  read_text (TD3_NAME "L898902C36UTO7408122H1204159ZE184226B<<<<<10\n", &mrz);
  g_assert_cmpuint (mrz.format_errors, ==, GS_MRZ_FORMAT_SEX);
  read_text (TD3_NAME "L898902C36D<<7408122M1204159ZE184226B<<<<<10\n", &mrz);
  g_assert_true (mrz.valid);
  g_assert_cmpstr (mrz.nationality, ==, "D");
  read_text (TD3_NAME "L898902C36U<<7408122M1204159ZE184226B<<<<<10\n", &mrz);
  g_assert_cmpuint (mrz.format_errors, ==, GS_MRZ_FORMAT_NATIONALITY);
  read_text ("X<UT0ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n" TD3_DATA, &mrz);
  g_assert_cmpuint (mrz.format_errors, ==,
                    GS_MRZ_FORMAT_DOCUMENT_CODE | GS_MRZ_FORMAT_ISSUING_STATE);
}

static void
test_digest_key (void)
{
  char key[GS_MRZ_DIGEST_KEY_SIZE];

  g_assert_true (gs_mrz_digest_key ("UTO", "L898902C3", key, sizeof key));
  g_assert_cmpstr (key, ==, "UTO<L898902C3");
  g_assert_true (gs_mrz_digest_key ("d<<", "l89 8902-c3<", key, sizeof key));
  g_assert_cmpstr (key, ==, "D<L898902C3");
  g_assert_false (gs_mrz_digest_key ("", "L898902C3", key, sizeof key));
  g_assert_cmpstr (key, ==, "");
  g_assert_false (gs_mrz_digest_key ("UTO", "<<<", key, sizeof key));
  g_assert_false (gs_mrz_digest_key ("UTO", "L898902C3", key, 13));
  g_assert_true (gs_mrz_digest_key ("UTO", "L898902C3", key, 14));
}

static void
test_age (void)
{
  g_assert_cmpint (gs_mrz_age (&(GsMrzDate){ 1974, 11, 23 }, &today), ==, 52);
  g_assert_cmpint (gs_mrz_age (&(GsMrzDate){ 1974, 11, 24 }, &today), ==, 51);
  g_assert_cmpint (gs_mrz_age (&(GsMrzDate){ 1974, 0, 0 }, &today), ==, 51);
  g_assert_cmpint (gs_mrz_age (&(GsMrzDate){ 0, 8, 12 }, &today), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/td3/specimen", test_td3);
  g_test_add_func ("/mrz/td3/optional-data-digit", test_td3_optional);
  g_test_add_func ("/mrz/td1-td2/specimen", test_td1_and_td2);
  g_test_add_func ("/mrz/visas/specimen", test_visas);
  g_test_add_func ("/mrz/long-number", test_long_number);
  g_test_add_func ("/mrz/names", test_names);
  g_test_add_func ("/mrz/dates", test_dates);
  g_test_add_func ("/mrz/sex-and-states", test_sex_and_states);
  g_test_add_func ("/mrz/digest-key", test_digest_key);
  g_test_add_func ("/mrz/age", test_age);
  return g_test_run ();
}
