/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-reader.h"

G_BEGIN_DECLS

/* A chip reader that a test tells what to do. What is laid on it is a transport, so the whole
 * conversation is the real one; only its time is the test's. Main thread only. */
#define GS_TYPE_FAKE_CHIP_READER (gs_fake_chip_reader_get_type ())
G_DECLARE_FINAL_TYPE (GsFakeChipReader, gs_fake_chip_reader, GS, FAKE_CHIP_READER, GObject)

GsFakeChipReader *gs_fake_chip_reader_new (void);

/* Lays a chip down; a transport of its own for each chip. */
void gs_fake_chip_reader_lay (GsFakeChipReader *self, GsChipTransport *transport);
/* Takes it away; a reading that is held ends with that. */
void gs_fake_chip_reader_remove (GsFakeChipReader *self);
/* MUTE, IN_USE, NO_SERVICE, ABSENT, EMPTY, CARD, as the reader itself would say. */
void gs_fake_chip_reader_set_state (GsFakeChipReader *self, GsChipReaderState state);

/* The next reading stops in the middle of that file and waits. */
void gs_fake_chip_reader_hold_at (GsFakeChipReader *self, GsChipFile file);
gboolean gs_fake_chip_reader_is_held (GsFakeChipReader *self);
void gs_fake_chip_reader_go_on (GsFakeChipReader *self);

/* Readings begun so far. */
guint gs_fake_chip_reader_get_n_readings (GsFakeChipReader *self);

G_END_DECLS
