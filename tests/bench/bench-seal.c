/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making and judging a stamp's seal beside the bare ECDSA operation in it. */

#include "gs-bench.h"
#include "gs-file-seal-signer.h"
#include "gs-seal-curve.h"
#include "gs-seal-imprint.h"
#include "gs-seal-matrix.h"
#include "gs-seal-verdict.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#define TURNS 300

typedef struct
{
  EVP_PKEY *key;
  GsSealRing *ring;
  GsSealKey *known;
  GsSealSigner *signer;
  GBytes *seal;
  guint8 digest[64];
  guint8 der[80];
  gsize der_length;
} Bench;

static void
sign_bare (gpointer user_data)
{
  Bench *bench = user_data;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (bench->key, NULL);

  bench->der_length = sizeof bench->der;
  if (EVP_PKEY_sign_init (context) != 1
      || EVP_PKEY_sign (context, bench->der, &bench->der_length, bench->digest, 32) != 1)
    g_error ("openssl does not sign");
  EVP_PKEY_CTX_free (context);
}

static void
verify_bare (gpointer user_data)
{
  Bench *bench = user_data;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (bench->key, NULL);

  if (EVP_PKEY_verify_init (context) != 1
      || EVP_PKEY_verify (context, bench->der, bench->der_length, bench->digest, 32) != 1)
    g_error ("openssl does not verify");
  EVP_PKEY_CTX_free (context);
}

/* From the stamp's fields to the symbol, as a desk does it: signed, verified again, drawn. */
static void
make_seal (gpointer user_data)
{
  Bench *bench = user_data;
  const GsSealCurve *curve = gs_seal_curve_of (bench->key);
  const GsSealDate day = { 2026, 11, 23 };
  const GsSealHeader header = {
    .country = "UTO", .signer = "UTGS", .reference = (char *) "1A", .issued = day, .signed_on = day
  };
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GsSealSymbol) symbol = NULL;
  GsSealImprint imprint;
  guint8 digest[64];

  gs_seal_imprint_init (&imprint, "UTO-D3 004217", GS_DIRECTION_ARRIVAL, GS_SEAL_TRANSPORT_AIR,
                        "AMA", &day, "UTO", "L898902C3", NULL);
  encoded = gs_seal_imprint_encode (&imprint, &header, NULL);
  gs_seal_curve_hash (curve, encoded, digest);
  signature = gs_seal_signer_sign (bench->signer, digest, 32, 64, NULL);
  if (signature == NULL || !gs_seal_key_verify (bench->known, encoded, signature))
    g_error ("the seal is not signed");
  g_clear_pointer (&bench->seal, g_bytes_unref);
  bench->seal = gs_seal_append_signature (encoded, signature);
  symbol = gs_seal_matrix_encode (bench->seal, NULL);
  if (symbol == NULL)
    g_error ("the symbol is not drawn");
}

static void
judge_seal (gpointer user_data)
{
  Bench *bench = user_data;
  GsSealInput input = {
    .bytes = bench->seal, .ring = bench->ring, .state = "UTO", .number = "L898902C3"
  };
  g_autoptr (GsVerdict) verdict = gs_seal_verdict_run (&input);

  if (gs_verdict_get_result (verdict) != GS_CHECK_RESULT_SUCCESSFUL)
    g_error ("%s", gs_verdict_get_sentence (verdict));
}

int
main (int argc, char **argv)
{
  Bench bench = { .key = EVP_EC_gen ("brainpoolP256r1"), .ring = gs_seal_ring_new () };
  g_autofree char *folder = g_dir_make_tmp ("gateside-bench-seal-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "key.pem", NULL);
  FILE *file = fopen (path, "we");

  gs_bench_init (&argc, &argv);
  PEM_write_PrivateKey (file, bench.key, NULL, NULL, 0, NULL, NULL);
  fclose (file);
  bench.signer = gs_file_seal_signer_new (path);
  bench.known = gs_seal_key_new_bare (bench.key, "key", NULL);
  gs_seal_ring_add (bench.ring, bench.known);
  gs_bench_compare ("seal, made", "bare ECDSA signature", sign_bare, "signed, verified, drawn",
                    make_seal, &bench, TURNS);
  gs_bench_compare ("seal, judged", "bare ECDSA verification", verify_bare, "five steps",
                    judge_seal, &bench, TURNS);
  g_remove (path);
  g_rmdir (folder);
  g_bytes_unref (bench.seal);
  gs_seal_key_unref (bench.known);
  gs_seal_ring_unref (bench.ring);
  g_object_unref (bench.signer);
  EVP_PKEY_free (bench.key);
  return 0;
}
