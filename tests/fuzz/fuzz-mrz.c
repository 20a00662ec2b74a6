/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz.h"
#include "gs-mrz-live.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What must hold for any input: a zone that was found reads the same when it is read again, and a
 * valid one has no wrong check. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const GsMrzDate today = { 2026, 11, 23 };
  GsMrzLive live;
  GsMrz mrz;
  char *text = malloc (size + 1);

  if (gs_mrz_read (data, size, &today, &mrz) == GS_MRZ_OK)
    {
      char name[GS_MRZ_NAME_SIZE], key[GS_MRZ_DIGEST_KEY_SIZE], block[GS_MRZ_MAX_LENGTH * 3 + 3];
      size_t n = 0;
      GsMrz again;

      gs_mrz_format_name (&mrz, name, sizeof name);
      gs_mrz_digest_key (mrz.issuing_state, mrz.document_number, key, sizeof key);
      for (unsigned i = 0; i < mrz.lines.n_lines; i++)
        {
          memcpy (block + n, mrz.lines.line[i], mrz.lines.line_length);
          n += mrz.lines.line_length;
          block[n++] = '\n';
        }
      if (gs_mrz_read ((const uint8_t *) block, n, &today, &again) != GS_MRZ_OK
          || again.type != mrz.type || strcmp (again.document_number, mrz.document_number) != 0)
        abort ();
      for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
        if (mrz.valid && mrz.checks[i] == GS_MRZ_CHECK_WRONG)
          abort ();
    }
  if (text != NULL)
    {
      if (size > 0)
        memcpy (text, data, size);
      text[size] = '\0';
      gs_mrz_live (text, &live);
    }
  free (text);
  return 0;
}
