/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-utopia-transport.h"

#include "gs-emrtd-error.h"

struct _GsUtopiaTransport
{
  GObject parent_instance;
  GsSimChip *chip;
};

static void transport_init (GsChipTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsUtopiaTransport,
                               gs_utopia_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CHIP_TRANSPORT, transport_init))

static GBytes *
gs_utopia_transport_transmit (GsChipTransport *transport,
                              GBytes *command,
                              GCancellable *cancellable,
                              GError **error)
{
  GsUtopiaTransport *self = GS_UTOPIA_TRANSPORT (transport);
  GBytes *answer;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  answer = gs_sim_chip_transmit (self->chip, g_bytes_get_data (command, NULL),
                                 g_bytes_get_size (command), NULL);
  if (answer == NULL)
    g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD, "the chip is gone");
  return answer;
}

static gboolean
gs_utopia_transport_reset (GsChipTransport *transport, GError **error)
{
  gs_sim_chip_reset (GS_UTOPIA_TRANSPORT (transport)->chip);
  return TRUE;
}

static void
transport_init (GsChipTransportInterface *iface)
{
  iface->transmit = gs_utopia_transport_transmit;
  iface->reset = gs_utopia_transport_reset;
}

static void
gs_utopia_transport_class_init (GsUtopiaTransportClass *klass)
{
}

static void
gs_utopia_transport_init (GsUtopiaTransport *self)
{
}

GsChipTransport *
gs_utopia_transport_new (GsSimChip *chip)
{
  GsUtopiaTransport *self = g_object_new (GS_TYPE_UTOPIA_TRANSPORT, NULL);

  self->chip = chip;
  return GS_CHIP_TRANSPORT (self);
}
