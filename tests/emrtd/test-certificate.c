/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Curves written out, and countries' codes. */

#include "gs-country-code.h"
#include "gs-ec-curve.h"
#include "gs-emrtd-error.h"
#include "gs-tlv.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <string.h>

/* OpenSSL's writing of a curve's parameters. */
static GBytes *
write_out (int nid, point_conversion_form_t form)
{
  EC_GROUP *group = EC_GROUP_new_by_curve_name (nid);
  unsigned char *der = NULL;
  GBytes *bytes;
  int length;

  EC_GROUP_set_asn1_flag (group, OPENSSL_EC_EXPLICIT_CURVE);
  EC_GROUP_set_point_conversion_form (group, form);
  length = i2d_ECPKParameters (group, &der);
  g_assert_cmpint (length, >, 0);
  bytes = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);
  EC_GROUP_free (group);
  return bytes;
}

static const int curves[] = {
  NID_X9_62_prime256v1, NID_secp384r1,       NID_secp521r1,
  NID_secp224r1,        NID_brainpoolP224r1, NID_brainpoolP256r1,
  NID_brainpoolP320r1,  NID_brainpoolP384r1, NID_brainpoolP512r1,
};

static int
identify (GBytes *bytes, gboolean *is_explicit, GError **error)
{
  return gs_ec_curve_identify (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                               is_explicit, error);
}

static void
test_explicit (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    for (int form = 0; form < 2; form++)
      {
        g_autoptr (GBytes) bytes =
          write_out (curves[i], form ? POINT_CONVERSION_COMPRESSED : POINT_CONVERSION_UNCOMPRESSED);
        g_autoptr (GError) error = NULL;
        gboolean is_explicit = FALSE;

        g_assert_cmpint (identify (bytes, &is_explicit, &error), ==, curves[i]);
        g_assert_true (is_explicit);
      }
}

static void
test_named (void)
{
  static const guint8 p256[] = { 0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7 };
  static const guint8 sect[] = { 0x06, 5, 0x2b, 0x81, 4, 0, 1 };
  static const guint8 implicit[] = { 0x05, 0 };
  g_autoptr (GError) error = NULL;
  gboolean is_explicit = TRUE;

  g_assert_cmpint (gs_ec_curve_identify (p256, sizeof p256, &is_explicit, NULL), ==,
                   NID_X9_62_prime256v1);
  g_assert_false (is_explicit);
  g_assert_cmpint (gs_ec_curve_identify (sect, sizeof sect, NULL, &error), ==, 0);
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED);
  g_assert_cmpint (gs_ec_curve_identify (implicit, sizeof implicit, NULL, NULL), ==, 0);
}

/* Every byte of the parameters counts but those of the seed, which says only how the curve was
 * found: with one bit changed it is no named curve any more. */
static void
test_every_parameter (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      g_autoptr (GBytes) bytes = write_out (curves[i], POINT_CONVERSION_UNCOMPRESSED);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);
      g_autofree guint8 *changed = g_memdup2 (data, size);
      EC_GROUP *group = EC_GROUP_new_by_curve_name (curves[i]);
      const guint8 *seed = EC_GROUP_get0_seed (group);
      gsize seed_size = EC_GROUP_get_seed_len (group);
      const guint8 *in_bytes = seed != NULL ? memmem (data, size, seed, seed_size) : NULL;
      guint n_accepted = 0;

      for (gsize at = 0; at<size; at += size> 300 ? 5 : 3)
        {
          if (in_bytes != NULL && data + at >= in_bytes - 3 && data + at < in_bytes + seed_size)
            continue;
          changed[at] ^= 0x01;
          if (gs_ec_curve_identify (changed, size, NULL, NULL) != 0)
            {
              g_test_message ("%s: byte %" G_GSIZE_FORMAT, OBJ_nid2sn (curves[i]), at);
              n_accepted++;
            }
          changed[at] ^= 0x01;
        }
      /* The version number and the class of one tag may differ without another curve. */
      g_assert_cmpuint (n_accepted, <=, 1);
      EC_GROUP_free (group);
    }
}

/* The attack of CVE-2020-0601: everything as it should be but the generator, which is a point of
 * the curve that the attacker knows a secret for. And a cofactor that is not the curve's. */
static void
test_generator (void)
{
  EC_GROUP *group = EC_GROUP_new_by_curve_name (NID_X9_62_prime256v1);
  EC_POINT *twice = EC_POINT_new (group);
  BIGNUM *three = BN_new ();
  unsigned char *der = NULL;
  g_autoptr (GError) error = NULL;
  int length;

  EC_POINT_dbl (group, twice, EC_GROUP_get0_generator (group), NULL);
  EC_GROUP_set_generator (group, twice, EC_GROUP_get0_order (group), BN_value_one ());
  EC_GROUP_set_asn1_flag (group, OPENSSL_EC_EXPLICIT_CURVE);
  length = i2d_ECPKParameters (group, &der);
  g_assert_cmpint (length, >, 0);
  g_assert_cmpint (gs_ec_curve_identify (der, (gsize) length, NULL, &error), ==, 0);
  g_assert_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_UNSUPPORTED);
  OPENSSL_free (der);
  BN_free (three);
  EC_POINT_free (twice);
  EC_GROUP_free (group);
}

static void
test_cofactor (void)
{
  g_autoptr (GBytes) bytes = write_out (NID_X9_62_prime256v1, POINT_CONVERSION_UNCOMPRESSED);
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  size = g_bytes_get_size (bytes);
  g_assert_cmpmem (data + size - 3, 3, "\x02\x01\x01", 3);
  data[size - 1] = 2;
  g_assert_cmpint (gs_ec_curve_identify (data, size, NULL, NULL), ==, 0);
}

static void
test_countries (void)
{
  static const struct
  {
    const char *alpha3;
    const char *alpha2;
  } codes[] = {
    { "D<<", "DE" }, { "D", "DE" },    { "DEU", "DE" }, { "GBD", "GB" }, { "GBN", "GB" },
    { "GBO", "GB" }, { "GBP", "GB" },  { "GBS", "GB" }, { "RKS", "KS" }, { "EUE", "EU" },
    { "UNO", "UN" }, { "UNA", "UN" },  { "UNK", "UN" }, { "UTO", "UT" }, { "NLD", "NL" },
    { "nld", "NL" }, { "USA", "US" },  { "CHE", "CH" }, { "ZWE", "ZW" }, { "ABW", "AW" },
    { "XXA", NULL }, { "XXB", NULL },  { "XNQ", "XN" }, { "XXC", NULL }, { "XXX", NULL },
    { "QQQ", NULL }, { "DEUX", NULL }, { "", NULL },    { "<<<", NULL }, { "DE", NULL },
    { "EAF", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpstr (gs_country_code_to_alpha2 (codes[i].alpha3), ==, codes[i].alpha2);
  g_assert_true (gs_country_code_is_known ("XXB"));
  g_assert_nonnull (gs_country_code_to_alpha2 ("XOM"));
  g_assert_nonnull (gs_country_code_to_alpha2 ("XPO"));
  g_assert_false (gs_country_code_is_known ("QQQ"));
}

static void
test_agreement (void)
{
  static const struct
  {
    const char *state;
    const char *country;
    gboolean agrees;
  } pairs[] = {
    { "D<<", "DE", TRUE },  { "D<<", "de", TRUE },  { "D<<", "DEU", FALSE }, { "D<<", "D", TRUE },
    { "NLD", "DE", FALSE }, { "NLD", "NLD", TRUE }, { "RKS", "KS", TRUE },   { "RKS", "XK", TRUE },
    { "GBN", "GB", TRUE },  { "XXA", "XX", FALSE }, { "XXX", "", FALSE },    { "UTO", "UT", TRUE },
    { "QQQ", "QQ", FALSE }, { "UTO", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_assert_true (gs_country_code_agrees (pairs[i].state, pairs[i].country) == pairs[i].agrees);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emrtd/ec-curve/explicit", test_explicit);
  g_test_add_func ("/emrtd/ec-curve/named", test_named);
  g_test_add_func ("/emrtd/ec-curve/every-parameter", test_every_parameter);
  g_test_add_func ("/emrtd/ec-curve/generator", test_generator);
  g_test_add_func ("/emrtd/ec-curve/cofactor", test_cofactor);
  g_test_add_func ("/emrtd/country-code/alpha2", test_countries);
  g_test_add_func ("/emrtd/country-code/agreement", test_agreement);
  return g_test_run ();
}
