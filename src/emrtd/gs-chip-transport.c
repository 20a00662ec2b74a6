/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-transport.h"

G_DEFINE_INTERFACE (GsChipTransport, gs_chip_transport, G_TYPE_OBJECT)

static void
gs_chip_transport_default_init (GsChipTransportInterface *iface)
{
  (void) iface;
}

GBytes *
gs_chip_transport_transmit (GsChipTransport *self,
                            GBytes *command,
                            GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (GS_IS_CHIP_TRANSPORT (self), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return GS_CHIP_TRANSPORT_GET_IFACE (self)->transmit (self, command, cancellable, error);
}

gboolean
gs_chip_transport_reset (GsChipTransport *self, GError **error)
{
  g_return_val_if_fail (GS_IS_CHIP_TRANSPORT (self), FALSE);

  return GS_CHIP_TRANSPORT_GET_IFACE (self)->reset (self, error);
}
