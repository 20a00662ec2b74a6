/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-reader.h"

G_BEGIN_DECLS

/* A chip reader of PC/SC, watched by a thread of its own: plugging, unplugging and a daemon that
 * ends or starts are seen within a second. Implements GsChipReader. */
#define GS_TYPE_PCSC_READER (gs_pcsc_reader_get_type ())
G_DECLARE_FINAL_TYPE (GsPcscReader, gs_pcsc_reader, GS, PCSC_READER, GObject)

/* name: the reader's name as PC/SC has it, or its beginning (the numbers at its end change with the
 * socket); NULL takes the first reader there is. random: NULL for the system's. Not started. */
GsPcscReader *gs_pcsc_reader_new (const char *name, const GsRandomSource *random);

/* How long one answer of the chip may take before a reading is given up as silent; 15 s at first.
 */
void gs_pcsc_reader_set_patience (GsPcscReader *self, gint64 patience_us);

/* The names of the readers that are connected now, NULL-terminated. NULL with GS_EMRTD_ERROR_READER
 * when the service does not answer. Blocks for a moment; any thread. Transfer full. */
char **gs_pcsc_reader_list (GError **error);

G_END_DECLS
