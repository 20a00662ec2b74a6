/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-tampering-transport.h"

struct _GsTamperingTransport
{
  GObject parent_instance;
  GsChipTransport *chip;
  GsTamperFunc func;
  gpointer user_data;
  guint number;
};

static void transport_init (GsChipTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsTamperingTransport,
                               gs_tampering_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CHIP_TRANSPORT, transport_init))

static GBytes *
gs_tampering_transport_transmit (GsChipTransport *transport,
                                 GBytes *command,
                                 GCancellable *cancellable,
                                 GError **error)
{
  GsTamperingTransport *self = GS_TAMPERING_TRANSPORT (transport);

  (void) cancellable;
  return self->func (self->number++, command, self->chip, self->user_data, error);
}

static gboolean
gs_tampering_transport_reset (GsChipTransport *transport, GError **error)
{
  return gs_chip_transport_reset (GS_TAMPERING_TRANSPORT (transport)->chip, error);
}

static void
transport_init (GsChipTransportInterface *iface)
{
  iface->transmit = gs_tampering_transport_transmit;
  iface->reset = gs_tampering_transport_reset;
}

static void
gs_tampering_transport_dispose (GObject *object)
{
  g_clear_object (&GS_TAMPERING_TRANSPORT (object)->chip);
  G_OBJECT_CLASS (gs_tampering_transport_parent_class)->dispose (object);
}

static void
gs_tampering_transport_class_init (GsTamperingTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gs_tampering_transport_dispose;
}

static void
gs_tampering_transport_init (GsTamperingTransport *self)
{
}

GsChipTransport *
gs_tampering_transport_new (GsChipTransport *chip, GsTamperFunc func, gpointer user_data)
{
  GsTamperingTransport *self = g_object_new (GS_TYPE_TAMPERING_TRANSPORT, NULL);

  self->chip = g_object_ref (chip);
  self->func = func;
  self->user_data = user_data;
  return GS_CHIP_TRANSPORT (self);
}
