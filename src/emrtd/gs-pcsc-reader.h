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

G_END_DECLS
