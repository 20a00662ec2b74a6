/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-key.h"

#include "gs-utopia-der.h"

#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BN_CTX, BN_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_GROUP, EC_GROUP_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EC_POINT, EC_POINT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OSSL_PARAM_BLD, OSSL_PARAM_BLD_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OSSL_PARAM, OSSL_PARAM_free)

typedef struct
{
  GsUtopiaKeyKind kind;
  const char *type;
  const char *group;
  guint parameter_id;
  int bits;
} KindRow;

static const KindRow kinds[] = {
  { GS_UTOPIA_KEY_RSA_1024, "RSA", NULL, 0, 1024 },
  { GS_UTOPIA_KEY_RSA_2048, "RSA", NULL, 0, 2048 },
  { GS_UTOPIA_KEY_RSA_3072, "RSA", NULL, 0, 3072 },
  { GS_UTOPIA_KEY_P256, "EC", "prime256v1", 12, 256 },
  { GS_UTOPIA_KEY_P384, "EC", "secp384r1", 15, 384 },
  { GS_UTOPIA_KEY_P521, "EC", "secp521r1", 18, 521 },
  { GS_UTOPIA_KEY_BP256, "EC", "brainpoolP256r1", 13, 256 },
  { GS_UTOPIA_KEY_BP384, "EC", "brainpoolP384r1", 16, 384 },
  { GS_UTOPIA_KEY_DH_2048, "DHX", "dh_2048_256", 2, 256 },
};

/* Bytes that depend on seed and label alone: SHA-256 over both and a counter. */
typedef struct
{
  guint64 seed;
  const char *label;
  guint64 counter;
} Stream;

static BIGNUM *
draw_number (Stream *stream, int bits)
{
  int length = (bits + 7) / 8;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  BIGNUM *number;

  while ((int) bytes->len < length)
    {
      g_autofree char *text = g_strdup_printf ("utopia %" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT,
                                               stream->seed, stream->label, stream->counter++);
      guint8 block[SHA256_DIGEST_LENGTH];

      SHA256 ((const guint8 *) text, strlen (text), block);
      g_byte_array_append (bytes, block, sizeof block);
    }
  number = BN_bin2bn (bytes->data, length, NULL);
  BN_mask_bits (number, bits);
  return number;
}

static gboolean
fail (GError **error, const char *label)
{
  const char *reason = ERR_reason_error_string (ERR_peek_last_error ());

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The key %s could not be made: %s", label,
               reason ? reason : "no reason given");
  ERR_clear_error ();
  return FALSE;
}

static EVP_PKEY *
build (const char *type, OSSL_PARAM_BLD *builder, int selection)
{
  g_autoptr (OSSL_PARAM) parameters = OSSL_PARAM_BLD_to_param (builder);
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_from_name (NULL, type, NULL);
  EVP_PKEY *key = NULL;

  if (parameters == NULL || context == NULL || EVP_PKEY_fromdata_init (context) != 1
      || EVP_PKEY_fromdata (context, &key, selection, parameters) != 1)
    return NULL;
  return key;
}

static BIGNUM *
draw_prime (Stream *stream, int bits, const BIGNUM *exponent, BN_CTX *numbers)
{
  BIGNUM *prime = draw_number (stream, bits);
  g_autoptr (BIGNUM) less = BN_new (), divisor = BN_new ();

  BN_set_bit (prime, bits - 1);
  BN_set_bit (prime, bits - 2);
  BN_set_bit (prime, 0);
  for (;;)
    {
      BN_sub (less, prime, BN_value_one ());
      BN_gcd (divisor, less, exponent, numbers);
      if (BN_is_one (divisor) && BN_check_prime (prime, numbers, NULL) == 1)
        return prime;
      BN_add_word (prime, 2);
    }
}

static EVP_PKEY *
new_rsa (const KindRow *row, Stream *stream)
{
  g_autoptr (BN_CTX) numbers = BN_CTX_new ();
  g_autoptr (OSSL_PARAM_BLD) builder = OSSL_PARAM_BLD_new ();
  g_autoptr (BIGNUM) e = BN_new (), n = BN_new (), d = BN_new (), phi = BN_new ();
  g_autoptr (BIGNUM) dp = BN_new (), dq = BN_new (), inverse = BN_new ();
  g_autoptr (BIGNUM) p = NULL, q = NULL, p1 = BN_new (), q1 = BN_new ();

  BN_set_word (e, 65537);
  p = draw_prime (stream, row->bits / 2, e, numbers);
  q = draw_prime (stream, row->bits / 2, e, numbers);
  BN_mul (n, p, q, numbers);
  BN_sub (p1, p, BN_value_one ());
  BN_sub (q1, q, BN_value_one ());
  BN_mul (phi, p1, q1, numbers);
  BN_mod_inverse (d, e, phi, numbers);
  BN_mod (dp, d, p1, numbers);
  BN_mod (dq, d, q1, numbers);
  BN_mod_inverse (inverse, q, p, numbers);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_N, n);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_E, e);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_D, d);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_FACTOR1, p);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_FACTOR2, q);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_EXPONENT1, dp);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_EXPONENT2, dq);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, inverse);
  return build ("RSA", builder, EVP_PKEY_KEYPAIR);
}

static EVP_PKEY *
new_ec (const KindRow *row, Stream *stream)
{
  g_autoptr (BN_CTX) numbers = BN_CTX_new ();
  g_autoptr (OSSL_PARAM_BLD) builder = OSSL_PARAM_BLD_new ();
  g_autoptr (EC_GROUP) group = EC_GROUP_new_by_curve_name (OBJ_txt2nid (row->group));
  g_autoptr (BIGNUM) drawn = draw_number (stream, row->bits + 64), d = BN_new ();
  g_autoptr (BIGNUM) range = NULL;
  g_autoptr (EC_POINT) point = NULL;
  guint8 bits[2 * 66 + 1];
  gsize length;

  if (group == NULL)
    return NULL;
  range = BN_dup (EC_GROUP_get0_order (group));
  BN_sub_word (range, 1);
  BN_mod (d, drawn, range, numbers);
  BN_add_word (d, 1);
  point = EC_POINT_new (group);
  if (EC_POINT_mul (group, point, d, NULL, NULL, numbers) != 1)
    return NULL;
  length =
    EC_POINT_point2oct (group, point, POINT_CONVERSION_UNCOMPRESSED, bits, sizeof bits, numbers);
  OSSL_PARAM_BLD_push_utf8_string (builder, OSSL_PKEY_PARAM_GROUP_NAME, row->group, 0);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_PRIV_KEY, d);
  OSSL_PARAM_BLD_push_octet_string (builder, OSSL_PKEY_PARAM_PUB_KEY, bits, length);
  return build ("EC", builder, EVP_PKEY_KEYPAIR);
}

static EVP_PKEY *
new_dh (const KindRow *row, Stream *stream)
{
  g_autoptr (BN_CTX) numbers = BN_CTX_new ();
  g_autoptr (OSSL_PARAM_BLD) builder = OSSL_PARAM_BLD_new ();
  g_autoptr (BIGNUM) x = draw_number (stream, row->bits - 1), y = BN_new ();
  g_autoptr (EVP_PKEY) group = NULL;
  BIGNUM *p = NULL, *g = NULL;
  gboolean done;

  OSSL_PARAM_BLD_push_utf8_string (builder, OSSL_PKEY_PARAM_GROUP_NAME, row->group, 0);
  group = build ("DHX", builder, EVP_PKEY_KEY_PARAMETERS);
  done = group != NULL && EVP_PKEY_get_bn_param (group, OSSL_PKEY_PARAM_FFC_P, &p) == 1
         && EVP_PKEY_get_bn_param (group, OSSL_PKEY_PARAM_FFC_G, &g) == 1
         && BN_mod_exp (y, g, x, p, numbers) == 1;
  BN_free (p);
  BN_free (g);
  if (!done)
    return NULL;
  OSSL_PARAM_BLD_push_utf8_string (builder, OSSL_PKEY_PARAM_GROUP_NAME, row->group, 0);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_PRIV_KEY, x);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_PUB_KEY, y);
  return build ("DHX", builder, EVP_PKEY_KEYPAIR);
}

EVP_PKEY *
gs_utopia_key_new (GsUtopiaKeyKind kind, guint64 seed, const char *label, GError **error)
{
  Stream stream = { .seed = seed, .label = label };
  EVP_PKEY *key = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      key = g_str_equal (kinds[i].type, "RSA")  ? new_rsa (&kinds[i], &stream)
            : g_str_equal (kinds[i].type, "EC") ? new_ec (&kinds[i], &stream)
                                                : new_dh (&kinds[i], &stream);
  if (key == NULL)
    fail (error, label);
  return key;
}

gboolean
gs_utopia_key_save (EVP_PKEY *key, const char *path, gboolean durable, GError **error)
{
  BIO *memory = BIO_new (BIO_s_mem ());
  char *text = NULL;
  long length;
  gboolean saved;

  if (PEM_write_bio_PKCS8PrivateKey (memory, key, NULL, NULL, 0, NULL, NULL) != 1)
    {
      BIO_free (memory);
      return fail (error, path);
    }
  length = BIO_get_mem_data (memory, &text);
  saved = g_file_set_contents_full (
    path, text, length, durable ? G_FILE_SET_CONTENTS_CONSISTENT : G_FILE_SET_CONTENTS_NONE, 0600,
    error);
  BIO_free (memory);
  return saved;
}

EVP_PKEY *
gs_utopia_key_load (
  const char *folder, GsUtopiaKeyKind kind, guint64 seed, const char *label, GError **error)
{
  g_autofree char *path = g_strconcat (folder, "/", label, ".pem", NULL);
  g_autofree char *text = NULL;
  g_autoptr (EVP_PKEY) key = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, NULL))
    {
      BIO *memory = BIO_new_mem_buf (text, (int) length);

      key = PEM_read_bio_PrivateKey (memory, NULL, NULL, NULL);
      BIO_free (memory);
      if (key == NULL)
        fail (error, path);
      return g_steal_pointer (&key);
    }
  key = gs_utopia_key_new (kind, seed, label, error);
  if (key == NULL || !gs_utopia_key_save (key, path, TRUE, error))
    return NULL;
  return g_steal_pointer (&key);
}

/* ---- public keys ---- */

static const KindRow *
find_curve (EVP_PKEY *key)
{
  char name[64];
  gsize length;

  if (!EVP_PKEY_is_a (key, "EC") || EVP_PKEY_get_group_name (key, name, sizeof name, &length) != 1)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].group, name) == 0)
      return &kinds[i];
  return NULL;
}

guint
gs_utopia_key_parameter_id (EVP_PKEY *key)
{
  const KindRow *row = find_curve (key);

  return row == NULL ? 0 : row->parameter_id;
}

static GBytes *
padded (const BIGNUM *number, int length)
{
  guint8 *bytes = g_malloc ((gsize) length);

  BN_bn2binpad (number, bytes, length);
  return g_bytes_new_take (bytes, (gsize) length);
}

/* ECParameters with everything in it (RFC 3279, 2.3.5). */
static GBytes *
write_parameters (const KindRow *row, gboolean other_generator)
{
  g_autoptr (BN_CTX) numbers = BN_CTX_new ();
  g_autoptr (EC_GROUP) group = EC_GROUP_new_by_curve_name (OBJ_txt2nid (row->group));
  g_autoptr (BIGNUM) p = BN_new (), a = BN_new (), b = BN_new (), two = BN_new ();
  g_autoptr (EC_POINT) point = EC_POINT_dup (EC_GROUP_get0_generator (group), group);
  int length = (row->bits + 7) / 8;
  guint8 bits[2 * 66 + 1], prime[66], order[66];
  gsize used;

  BN_set_word (two, 2);
  EC_GROUP_get_curve (group, p, a, b, numbers);
  if (other_generator)
    EC_POINT_mul (group, point, two, NULL, NULL, numbers);
  used =
    EC_POINT_point2oct (group, point, POINT_CONVERSION_UNCOMPRESSED, bits, sizeof bits, numbers);
  BN_bn2binpad (p, prime, length);
  BN_bn2binpad (EC_GROUP_get0_order (group), order, length);
  return gs_utopia_der_of (0x30, gs_utopia_der_integer (1),
                           gs_utopia_der_of (0x30, gs_utopia_der_oid ("1.2.840.10045.1.1"),
                                             gs_utopia_der_unsigned (prime, (gsize) length), NULL),
                           gs_utopia_der_of (0x30, gs_utopia_der_octets (padded (a, length)),
                                             gs_utopia_der_octets (padded (b, length)), NULL),
                           gs_utopia_der (0x04, bits, used),
                           gs_utopia_der_unsigned (order, (gsize) length),
                           gs_utopia_der_integer (1), NULL);
}

static GBytes *
get_bits (EVP_PKEY *key)
{
  guint8 bits[2 * 66 + 1];
  gsize length = 0;

  EVP_PKEY_get_octet_string_param (key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, bits, sizeof bits,
                                   &length);
  return g_bytes_new (bits, length);
}

GBytes *
gs_utopia_key_public (EVP_PKEY *key, GsUtopiaKeyForm form)
{
  const KindRow *row = find_curve (key);
  GBytes *algorithm;
  g_autoptr (GBytes) bits = NULL;

  if (row == NULL || form == GS_UTOPIA_FORM_NAMED)
    {
      guint8 *bytes = NULL;
      int length = i2d_PUBKEY (key, &bytes);
      GBytes *whole = g_bytes_new (bytes, (gsize) MAX (length, 0));

      OPENSSL_free (bytes);
      return whole;
    }
  bits = get_bits (key);
  algorithm = form == GS_UTOPIA_FORM_STANDARDIZED
                ? gs_utopia_der_of (0x30, gs_utopia_der_oid ("0.4.0.127.0.7.1.2"),
                                    gs_utopia_der_integer (row->parameter_id), NULL)
                : gs_utopia_der_of (0x30, gs_utopia_der_oid ("1.2.840.10045.2.1"),
                                    write_parameters (row, form == GS_UTOPIA_FORM_UNNAMED), NULL);
  return gs_utopia_der_of (
    0x30, algorithm, gs_utopia_der_bits (g_bytes_get_data (bits, NULL), g_bytes_get_size (bits), 0),
    NULL);
}

GBytes *
gs_utopia_key_identifier (EVP_PKEY *key)
{
  X509_PUBKEY *info = NULL;
  const guint8 *bits;
  int length;
  guint8 hash[SHA_DIGEST_LENGTH];

  if (X509_PUBKEY_set (&info, key) != 1)
    return g_bytes_new_static ("", 0);
  X509_PUBKEY_get0_param (NULL, &bits, &length, NULL, info);
  SHA1 (bits, (gsize) length, hash);
  X509_PUBKEY_free (info);
  return g_bytes_new (hash, sizeof hash);
}
