/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Where nonces and ephemeral keys come from. Handed in, so that a recorded session can be replayed
 * byte for byte. fill writes length bytes or returns FALSE. */
typedef struct
{
  gboolean (*fill) (guint8 *out, gsize length, gpointer user_data);
  gpointer user_data;
} GsRandomSource;

/* The system's generator through OpenSSL. Static. Any thread. */
const GsRandomSource *gs_random_source_system (void);

/* Asks source; FALSE with GS_EMRTD_ERROR_CRYPTO when it fails. */
gboolean
gs_random_source_fill (const GsRandomSource *source, guint8 *out, gsize length, GError **error);
