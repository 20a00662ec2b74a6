/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-transport.h"

G_BEGIN_DECLS

/* A chip on a PC/SC reader (PC/SC workgroup part 5, as pcsc-lite has it), held exclusively. Made,
 * used and dropped on one worker thread, since its calls block. Implements GsChipTransport. */
#define GS_TYPE_PCSC_TRANSPORT (gs_pcsc_transport_get_type ())
G_DECLARE_FINAL_TYPE (GsPcscTransport, gs_pcsc_transport, GS, PCSC_TRANSPORT, GObject)

/* Connects with the chip on the reader of that exact name and resets it. NULL with
 * GS_EMRTD_ERROR_NO_CARD or GS_EMRTD_ERROR_READER. Dropping it resets the chip and lets go. */
GsPcscTransport *gs_pcsc_transport_new (const char *reader, GError **error);

/* For a watchdog on another thread: since when the chip owes an answer, in the monotonic clock's
 * microseconds; 0 when it owes none. Any thread. */
gint64 gs_pcsc_transport_get_waiting_since_us (GsPcscTransport *self);

/* The names of all readers, NULL-terminated; none is no error. Transfer full. Any thread. */
char **gs_pcsc_transport_list_readers (GError **error);

/* Fills error from what a call of PC/SC returned. Any thread. */
void gs_pcsc_set_error (GError **error, long code, const char *what);

G_END_DECLS
