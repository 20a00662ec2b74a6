/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-gallery.h"

#include "gs-file-seal-signer.h"
#include "gs-seal-curve.h"
#include "gs-seal-imprint.h"
#include "gs-seal-matrix.h"
#include "gs-seal-window.h"

#include <glib/gstdio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

#define SIDE 700

/* A seal signed with that key. */
static GsSealSymbol *
make_symbol (EVP_PKEY *key, GsSealSigner *signer, const char *serial)
{
  const GsSealDate day = { 2026, 11, 23 };
  const GsSealHeader header = {
    .country = "UTO", .signer = "UTGS", .reference = (char *) "1A", .issued = day, .signed_on = day
  };
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GsSealImprint imprint;
  guint8 digest[64];

  gs_seal_imprint_init (&imprint, serial, GS_DIRECTION_ARRIVAL, GS_SEAL_TRANSPORT_AIR, "AMA", &day,
                        "UTO", "L898902C3", NULL);
  encoded = gs_seal_imprint_encode (&imprint, &header, NULL);
  gs_seal_curve_hash (gs_seal_curve_of (key), encoded, digest);
  signature = gs_seal_signer_sign (signer, digest, 32, 64, NULL);
  bytes = gs_seal_append_signature (encoded, signature);
  return gs_seal_matrix_encode (bytes, NULL);
}

static void
draw (guint8 *dots, const GsSealSymbol *symbol, guint x, guint y)
{
  for (guint i = 0; i < 160; i++)
    for (guint k = 0; k < 160; k++)
      dots[(gsize) (y + k) * SIDE + x + i] = gs_seal_symbol_get (symbol, i / 4, k / 4) ? 20 : 240;
}

/* A page with two seals of one signer, whose key the desk believes. */
GtkWidget *
gs_gallery_seal (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gateside-gallery-XXXXXX", NULL);
  g_autofree char *key_path = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *public_path = g_build_filename (folder, "public.pem", NULL);
  g_autofree char *picture_path = g_build_filename (folder, "page.pgm", NULL);
  EVP_PKEY *key = EVP_EC_gen ("brainpoolP256r1");
  FILE *file = fopen (key_path, "we");
  g_autoptr (GsSealSigner) signer = gs_file_seal_signer_new (key_path);
  g_autoptr (GsSealSymbol) first = NULL;
  g_autoptr (GsSealSymbol) second = NULL;
  g_autofree guint8 *dots = g_malloc (SIDE * SIDE);
  char *paths[] = { public_path, NULL };
  GsConfig config = { .seal_keys = paths };
  g_autoptr (GsSealDesk) desk = gs_seal_desk_new (&config);
  GsSealWindow *window = gs_seal_window_new (NULL, desk);
  g_autoptr (GFile) picture = g_file_new_for_path (picture_path);
  gint64 end_monotonic_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  PEM_write_PrivateKey (file, key, NULL, NULL, 0, NULL, NULL);
  fclose (file);
  file = fopen (public_path, "we");
  PEM_write_PUBKEY (file, key);
  fclose (file);
  first = make_symbol (key, signer, "UTO-D3 004217");
  second = make_symbol (key, signer, "UTO-D1 000052");
  memset (dots, 240, SIDE * SIDE);
  draw (dots, first, 300, 260);
  draw (dots, second, 60, 480);
  file = fopen (picture_path, "we");
  fprintf (file, "P5\n%d %d\n255\n", SIDE, SIDE);
  fwrite (dots, 1, SIDE * SIDE, file);
  fclose (file);
  gs_seal_window_open_file (window, picture);
  while (!gs_seal_window_has_verdict (window) && g_get_monotonic_time () < end_monotonic_us)
    g_main_context_iteration (NULL, TRUE);
  g_remove (key_path);
  g_remove (public_path);
  g_remove (picture_path);
  g_rmdir (folder);
  EVP_PKEY_free (key);
  return GTK_WIDGET (window);
}
