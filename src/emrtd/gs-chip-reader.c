/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-reader.h"

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_CARD_LAID,
  SIGNAL_CARD_REMOVED,
  SIGNAL_PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (GsChipReader, gs_chip_reader, G_TYPE_OBJECT)

static void
gs_chip_reader_default_init (GsChipReaderInterface *iface)
{
  GType type = G_TYPE_FROM_INTERFACE (iface);

  signals[SIGNAL_STATE_CHANGED] =
    g_signal_new ("state-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CARD_LAID] =
    g_signal_new ("card-laid", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CARD_REMOVED] =
    g_signal_new ("card-removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_POINTER);
}

void
gs_chip_reader_start (GsChipReader *self)
{
  GS_CHIP_READER_GET_IFACE (self)->start (self);
}

void
gs_chip_reader_stop (GsChipReader *self)
{
  GS_CHIP_READER_GET_IFACE (self)->stop (self);
}

GsChipReaderState
gs_chip_reader_get_state (GsChipReader *self)
{
  return GS_CHIP_READER_GET_IFACE (self)->get_state (self);
}

gint64
gs_chip_reader_get_since_monotonic_us (GsChipReader *self)
{
  return GS_CHIP_READER_GET_IFACE (self)->get_since_monotonic_us (self);
}

const char *
gs_chip_reader_get_name (GsChipReader *self)
{
  return GS_CHIP_READER_GET_IFACE (self)->get_name (self);
}

void
gs_chip_reader_read_async (GsChipReader *self,
                           const GsAccessKey *key,
                           const GsChipPlan *plan,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GS_CHIP_READER_GET_IFACE (self)->read_async (self, key, plan, cancellable, callback, user_data);
}

GsChipReading *
gs_chip_reader_read_finish (GsChipReader *self, GAsyncResult *result, GError **error)
{
  return GS_CHIP_READER_GET_IFACE (self)->read_finish (self, result, error);
}

const char *
gs_chip_reader_state_to_string (GsChipReaderState state)
{
  switch (state)
    {
    case GS_CHIP_READER_STOPPED:
      return "stopped";
    case GS_CHIP_READER_NO_SERVICE:
      return "no service";
    case GS_CHIP_READER_ABSENT:
      return "no reader";
    case GS_CHIP_READER_EMPTY:
      return "ready";
    case GS_CHIP_READER_CARD:
      return "chip on the reader";
    case GS_CHIP_READER_READING:
      return "reading";
    case GS_CHIP_READER_MUTE:
      return "the chip does not answer";
    case GS_CHIP_READER_IN_USE:
      return "in use by another program";
    case GS_CHIP_READER_STUCK:
      return "no answer";
    default:
      return "unknown";
    }
}

void
gs_chip_reader_emit_state_changed (GsChipReader *self)
{
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

void
gs_chip_reader_emit_card_laid (GsChipReader *self)
{
  g_signal_emit (self, signals[SIGNAL_CARD_LAID], 0);
}

void
gs_chip_reader_emit_card_removed (GsChipReader *self)
{
  g_signal_emit (self, signals[SIGNAL_CARD_REMOVED], 0);
}

void
gs_chip_reader_emit_progress (GsChipReader *self, const GsChipProgress *progress)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, progress);
}
