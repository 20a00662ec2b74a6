/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-passive-authentication.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* A stranger's EF.SOD, with itself as DG1 and EF.COM too: always a verdict with a sentence, and
 * without an anchor never a successful one. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (GsAnchorSet) anchors = gs_anchor_set_new ();
  g_autoptr (GsVerdict) verdict = NULL;
  g_autofree char *json = NULL;
  GsPassiveInput input = { .security_object = file,
                           .common = file,
                           .anchors = anchors,
                           .now_utc_ms = G_GINT64_CONSTANT (1793491200000) };

  input.data_groups[1] = file;
  verdict = gs_passive_authentication_run (&input);
  if (gs_verdict_get_result (verdict) == GS_CHECK_RESULT_SUCCESSFUL)
    g_error ("a stranger's data were believed");
  if (gs_verdict_get_sentence (verdict) == NULL)
    g_error ("a verdict without a sentence");
  json = gs_verdict_to_json (verdict);
  if (json == NULL)
    g_error ("a verdict that cannot be written");
  return 0;
}
