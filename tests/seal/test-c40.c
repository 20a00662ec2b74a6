/* SPDX-License-Identifier: GPL-3.0-or-later */
/* C40: every text comes back, known pairs of bytes, and nothing else is text. */
#include "gs-c40.h"

#include "gs-seal-error.h"

#include <string.h>

static void
test_known (void)
{
  g_autoptr (GByteArray) country = gs_c40_encode ("UTO", NULL);
  g_autoptr (GByteArray) signer = gs_c40_encode ("UTTS025B", NULL);
  const guint8 signer_bytes[] = { 0xd9, 0xca, 0xc8, 0xa7, 0x3a, 0x99 };
  g_autoptr (GByteArray) single = gs_c40_encode ("A", NULL);

  g_assert_cmpmem (country->data, country->len, ((guint8[]){ 0xd9, 0xc5 }), 2);
  g_assert_cmpmem (signer->data, signer->len, signer_bytes, sizeof signer_bytes);
  g_assert_cmpmem (single->data, single->len, ((guint8[]){ 0xfe, 'A' + 1 }), 2);
}

/* Random texts of every length up to 40. */
static void
test_round_trip (void)
{
  static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";

  for (guint turn = 0; turn < 2000; turn++)
    {
      char text[41] = { 0 };
      guint length = turn % 41;

      for (guint i = 0; i < length; i++)
        text[i] = characters[g_test_rand_int_range (0, (gint32) strlen (characters))];
      g_autoptr (GByteArray) coded = gs_c40_encode (text, NULL);
      g_assert_nonnull (coded);
      g_assert_cmpuint (coded->len, ==, gs_c40_size (length));
      g_autofree char *again = gs_c40_decode (coded->data, coded->len, NULL);
      g_assert_cmpstr (again, ==, text);
    }
}

/* Of all pairs, each is read as one to three characters or refused; what is read is written as the
 * same pair. */
static void
test_every_pair (void)
{
  guint n_read = 0;

  for (guint pair = 0; pair < 0x10000; pair++)
    {
      const guint8 bytes[] = { (guint8) (pair >> 8), (guint8) pair };
      g_autofree char *text = gs_c40_decode (bytes, 2, NULL);

      if (text == NULL)
        continue;
      n_read++;
      g_autoptr (GByteArray) again = gs_c40_encode (text, NULL);
      g_assert_cmpmem (again->data, again->len, bytes, 2);
    }
  /* 37 characters: three, two, or one. */
  g_assert_cmpuint (n_read, ==, 37 * 37 * 37 + 37 * 37 + 37);
}

static void
test_refused (void)
{
  static const char *const texts[] = { "a", "A-B", "Ä", "A\nB", "A_" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (gs_c40_encode (texts[i], &error));
      g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_FIELDS);
      g_clear_error (&error);
    }
  g_assert_null (gs_c40_decode ((const guint8 *) "\xd9", 1, &error));
  g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED);
  g_clear_error (&error);
  /* A short group stands at the end only. */
  g_assert_null (gs_c40_decode ((const guint8 *) "\xfe\x42\xd9\xc5", 4, &error));
  g_assert_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_MALFORMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/c40/known", test_known);
  g_test_add_func ("/seal/c40/round-trip", test_round_trip);
  g_test_add_func ("/seal/c40/every-pair", test_every_pair);
  g_test_add_func ("/seal/c40/refused", test_refused);
  return g_test_run ();
}
