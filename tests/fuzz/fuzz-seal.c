/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-imprint.h"
#include "gs-seal-profile.h"
#include "gs-seal-verdict.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Whatever is read as a seal reads the same when it is written again, and is never genuine without
 * a key. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GsSealRing) ring = gs_seal_ring_new ();
  GsSealInput input = { .bytes = bytes, .ring = ring, .state = "UTO", .number = "L898902C3" };
  g_autoptr (GsVerdict) verdict = gs_seal_verdict_run (&input);
  g_autofree char *json = gs_verdict_to_json (verdict);
  g_autoptr (GsSeal) seal = gs_seal_new (bytes, NULL);
  g_autoptr (GPtrArray) fields = NULL;
  GsSealImprint imprint;

  if (json == NULL || gs_verdict_get_result (verdict) == GS_CHECK_RESULT_SUCCESSFUL)
    g_error ("genuine without a key");
  if (seal == NULL)
    return 0;
  fields = gs_seal_profile_dup_fields (seal, NULL);
  gs_seal_imprint_read (&imprint, seal, NULL);
  if (g_bytes_get_size (gs_seal_get_signed (seal)) >= size)
    g_error ("more is signed than is there");
  return 0;
}
