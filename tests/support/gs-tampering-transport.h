/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-transport.h"

G_BEGIN_DECLS

/* Stands between the reader and a chip, and may give the reader another answer than the chip's. One
 * thread. */
#define GS_TYPE_TAMPERING_TRANSPORT (gs_tampering_transport_get_type ())
G_DECLARE_FINAL_TYPE (
  GsTamperingTransport, gs_tampering_transport, GS, TAMPERING_TRANSPORT, GObject)

/* Called for each command, counted from 0. Returns the answer (transfer full) and owns none of its
 * arguments; chip is there to ask the chip, or not to ask it. NULL with an error: the chip is gone.
 */
typedef GBytes *(*GsTamperFunc) (
  guint number, GBytes *command, GsChipTransport *chip, gpointer user_data, GError **error);

GsChipTransport *
gs_tampering_transport_new (GsChipTransport *chip, GsTamperFunc func, gpointer user_data);

G_END_DECLS
