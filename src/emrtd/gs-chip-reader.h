/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-reading.h"

G_BEGIN_DECLS

/* A device on which a passport is laid. It is watched all the time: the reader may be unplugged,
 * its daemon may end and come again, a chip may be taken away in the middle. Main thread only;
 * nothing here blocks. The real one is GsPcscReader.
 *
 * Signals:
 *   "state-changed" (): gs_chip_reader_get_state() or its since differ from before.
 *   "card-laid" (): a chip lies on the reader that did not before; a swap is one removal and this.
 *   "card-removed" ().
 *   "progress" (gpointer): const GsChipProgress *, while a chip is read. */
#define GS_TYPE_CHIP_READER (gs_chip_reader_get_type ())
G_DECLARE_INTERFACE (GsChipReader, gs_chip_reader, GS, CHIP_READER, GObject)

typedef enum
{
  GS_CHIP_READER_STOPPED = 1, /* not started */
  GS_CHIP_READER_NO_SERVICE,  /* the daemon is not running, or refuses us */
  GS_CHIP_READER_ABSENT,      /* no such reader is plugged in */
  GS_CHIP_READER_EMPTY,       /* ready, nothing on it */
  GS_CHIP_READER_CARD,        /* something lies on it and is not being read */
  GS_CHIP_READER_READING,
  GS_CHIP_READER_MUTE,   /* what lies on it does not answer */
  GS_CHIP_READER_IN_USE, /* another program has the chip */
  GS_CHIP_READER_STUCK,  /* a command has had no answer for long; it may still come back */
} GsChipReaderState;

struct _GsChipReaderInterface
{
  GTypeInterface parent;

  void (*start) (GsChipReader *self);
  void (*stop) (GsChipReader *self);
  GsChipReaderState (*get_state) (GsChipReader *self);
  gint64 (*get_since_monotonic_us) (GsChipReader *self);
  const char *(*get_name) (GsChipReader *self);
  void (*read_async) (GsChipReader *self,
                      const GsAccessKey *key,
                      const GsChipPlan *plan,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  GsChipReading *(*read_finish) (GsChipReader *self, GAsyncResult *result, GError **error);
};

/* Begins and ends to watch; both may be called again at any time. Stopping cancels a reading. */
void gs_chip_reader_start (GsChipReader *self);
void gs_chip_reader_stop (GsChipReader *self);

GsChipReaderState gs_chip_reader_get_state (GsChipReader *self);
/* Since when the state is what it is, in the monotonic clock's microseconds. */
gint64 gs_chip_reader_get_since_monotonic_us (GsChipReader *self);
/* The name of the reader that is in use; NULL while there is none. Valid until the next
 * "state-changed". */
const char *gs_chip_reader_get_name (GsChipReader *self);

/* Reads the chip on the reader; key and plan are copied (key may be NULL). The plan's functions are
 * called on the main thread: file_done before the reading is at its end, so that DG1 can find the
 * crossing early. One reading at a time: a second one fails with G_IO_ERROR_PENDING. */
void gs_chip_reader_read_async (GsChipReader *self,
                                const GsAccessKey *key,
                                const GsChipPlan *plan,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* What was read; its own error tells what ended it early. NULL with GS_EMRTD_ERROR_NO_CARD or
 * GS_EMRTD_ERROR_READER when there was no conversation at all, G_IO_ERROR_TIMED_OUT when the chip
 * kept silent, G_IO_ERROR_CANCELLED. Transfer full. */
GsChipReading *
gs_chip_reader_read_finish (GsChipReader *self, GAsyncResult *result, GError **error);

/* "ready", "no service", … English, for the log. Static. */
const char *gs_chip_reader_state_to_string (GsChipReaderState state);

/* For implementations: emit the signals. */
void gs_chip_reader_emit_state_changed (GsChipReader *self);
void gs_chip_reader_emit_card_laid (GsChipReader *self);
void gs_chip_reader_emit_card_removed (GsChipReader *self);
void gs_chip_reader_emit_progress (GsChipReader *self, const GsChipProgress *progress);

G_END_DECLS
