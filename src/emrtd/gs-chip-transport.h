/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The way to one chip that lies on a reader: bytes of a command there, bytes of its answer back.
 * The real one is PC/SC; recorded and hostile ones stand in tests. It blocks, so it lives on a
 * worker thread, and it is used by one thread at a time. */
#define GS_TYPE_CHIP_TRANSPORT (gs_chip_transport_get_type ())
G_DECLARE_INTERFACE (GsChipTransport, gs_chip_transport, GS, CHIP_TRANSPORT, GObject)

struct _GsChipTransportInterface
{
  GTypeInterface parent;

  GBytes *(*transmit) (GsChipTransport *self,
                       GBytes *command,
                       GCancellable *cancellable,
                       GError **error);
  /* Cuts the chip's power and gives it back: its session is forgotten. */
  gboolean (*reset) (GsChipTransport *self, GError **error);
};

/* Sends one command and returns the whole answer, status word included. Transfer full. NULL with
 * GS_EMRTD_ERROR_NO_CARD when the chip was taken away, GS_EMRTD_ERROR_READER for the reader and its
 * daemon, G_IO_ERROR_CANCELLED before sending when cancelled, G_IO_ERROR_TIMED_OUT when the chip
 * kept silent. Blocks. */
GBytes *gs_chip_transport_transmit (GsChipTransport *self,
                                    GBytes *command,
                                    GCancellable *cancellable,
                                    GError **error);

/* Resets the chip. Errors as above. Blocks. */
gboolean gs_chip_transport_reset (GsChipTransport *self, GError **error);

G_END_DECLS
