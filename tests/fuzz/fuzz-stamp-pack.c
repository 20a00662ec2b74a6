/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-manifest.h"
#include "gs-pack-signature.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Of an authority of which nothing in the corpus comes: no input can be one that verifies. */
static const char pem[] = "-----BEGIN CERTIFICATE-----\n"
                          "MIIBhzCCAS2gAwIBAgIUMb73fCUUafQWnnRE5MAMlNcpq6cwCgYIKoZIzj0EAwIw\n"
                          "ETEPMA0GA1UEAwwGTm9ib2R5MB4XDTI2MTEyMzIyMjQwN1oXDTQ4MTAxODIyMjQw\n"
                          "N1owETEPMA0GA1UEAwwGTm9ib2R5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
                          "ePm6C/HUw/Nygr27ckbGt767et6raC8hZAvVvHoVMXT1P0F2zHwYAtFRpjeZaX3/\n"
                          "DQV3f+HJhaS7XM6jTD/tP6NjMGEwHQYDVR0OBBYEFBMWWCrKbMj1H09D3XHAi46M\n"
                          "srnyMB8GA1UdIwQYMBaAFBMWWCrKbMj1H09D3XHAi46MsrnyMA8GA1UdEwEB/wQF\n"
                          "MAMBAf8wDgYDVR0PAQH/BAQDAgIEMAoGCCqGSM49BAMCA0gAMEUCICiUmtsIi3G/\n"
                          "6h+FtoE65LKzuM9esY1g2/AF/UNTrPjJAiEAphEm33hBVYBaGsNzL3SvInvRRmYU\n"
                          "Ojg+/YvOYK+25uQ=\n"
                          "-----END CERTIFICATE-----\n";

static GsPackAuthorities *
get_authorities (void)
{
  static GsPackAuthorities *authorities;

  if (authorities == NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (pem, strlen (pem));

      authorities = gs_pack_authorities_parse (bytes, NULL);
      g_assert (authorities != NULL);
    }
  return authorities;
}

/* A list that can be read can be written again from what it says, byte for byte. */
static void
try_list (GBytes *text, GsPackFiles *files)
{
  g_autoptr (GsPackManifest) list = gs_pack_manifest_parse (text, NULL);
  g_autoptr (GBytes) again = NULL;

  if (list == NULL || files == NULL || !gs_pack_manifest_check (list, files, NULL))
    return;
  again = gs_pack_manifest_make (files, gs_pack_manifest_get_valid_from (list),
                                 gs_pack_manifest_get_valid_until (list), NULL);
  if (again == NULL || !g_bytes_equal (again, text))
    g_error ("there are two ways to write a list");
}

/* A pack file: its members, its list and its signature; and the same bytes as a list alone. What
 * was read is written and read again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GsPackFiles) files = gs_pack_files_read_tar (bytes, NULL);
  g_autoptr (GsPackFiles) again = NULL;
  g_autoptr (GsPackProof) proof = NULL;
  g_autoptr (GBytes) tar = NULL;
  GBytes *list;

  try_list (bytes, NULL);
  if (files == NULL)
    return 0;
  list = gs_pack_files_get (files, GS_PACK_MANIFEST);
  if (list != NULL)
    try_list (list, files);
  proof = gs_pack_verify (files, get_authorities (), G_GINT64_CONSTANT (1795442400000), NULL);
  if (proof != NULL)
    g_error ("a pack of nobody's is verified");
  tar = gs_pack_files_write_tar (files, NULL);
  again = tar != NULL ? gs_pack_files_read_tar (tar, NULL) : NULL;
  if (again == NULL)
    g_error ("what was written cannot be read");
  return 0;
}
