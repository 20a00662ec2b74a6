/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-active-authentication.h"
#include "gs-chip-agreement.h"
#include "gs-lds.h"
#include "gs-security-infos.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Every file of the chip but the picture, each reader on every input. What must hold: an error
 * exactly when nothing was read, and texts that are UTF-8. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const GsMrzDate today = { 2026, 11, 23 };
  const guint8 challenge[GS_ACTIVE_CHALLENGE_LENGTH] = { 0 };
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  GsLdsCom com;
  GsMrz mrz;

  g_assert (gs_lds_com_parse (file, &com, &error) == (error == NULL));
  g_clear_error (&error);
  g_assert (gs_lds_dg1_parse (file, &today, &mrz, &error) == (error == NULL));
  g_clear_error (&error);
  g_autoptr (GsLdsDetails) details = gs_lds_dg11_parse (file, &error);
  g_assert ((details != NULL) == (error == NULL));
  if (details != NULL && details->full_name != NULL)
    g_assert (g_utf8_validate (details->full_name, -1, NULL));
  g_clear_error (&error);
  gs_active_authentication_verify (file, NULL, challenge, data, size, &error);
  g_clear_error (&error);
  g_autoptr (GsSecurityInfos) plain = gs_security_infos_parse (data, size, &error);
  g_assert ((plain != NULL) == (error == NULL));
  g_clear_error (&error);
  g_autoptr (GsSecurityInfos) infos = gs_security_infos_parse_dg14 (file, &error);
  g_assert ((infos != NULL) == (error == NULL));
  g_clear_error (&error);
  for (guint i = 0; infos != NULL && i < infos->chip_keys->len && i < 4; i++)
    {
      const GsChipAuthenticationKey *key = g_ptr_array_index (infos->chip_keys, i);
      g_autoptr (GBytes) own = NULL;
      g_autoptr (GBytes) secret = NULL;

      g_assert (gs_chip_agreement_run (key->public_key, key->elliptic, gs_random_source_system (),
                                       &own, &secret, &error)
                == (error == NULL));
      g_clear_error (&error);
    }
  return 0;
}
