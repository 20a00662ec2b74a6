/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-random-source.h"

#include "gs-emrtd-error.h"

#include <openssl/rand.h>

static gboolean
fill_from_system (guint8 *out, gsize length, gpointer user_data)
{
  (void) user_data;
  return RAND_priv_bytes (out, (int) length) == 1;
}

const GsRandomSource *
gs_random_source_system (void)
{
  static const GsRandomSource source = { fill_from_system, NULL };

  return &source;
}

gboolean
gs_random_source_fill (const GsRandomSource *source, guint8 *out, gsize length, GError **error)
{
  if (length <= G_MAXINT && source->fill (out, length, source->user_data))
    return TRUE;
  g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_CRYPTO, "no random bytes to be had");
  return FALSE;
}
