/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-scanner.h"

G_BEGIN_DECLS

/* A reader on a serial line: a tty, a USB reader with a serial interface, or a pty. Implements
 * GsScanner. A reading ends at ETX, or when nothing came for 30 ms and what came is a zone, or for
 * 150 ms. A device that is unplugged, or not there yet, is looked for once a second; what it sent
 * before it was opened is thrown away. A reading over 4,096 bytes is no zone and is dropped. */
#define GS_TYPE_SERIAL_SCANNER (gs_serial_scanner_get_type ())
G_DECLARE_FINAL_TYPE (GsSerialScanner, gs_serial_scanner, GS, SERIAL_SCANNER, GObject)

/* path: the device, or a link to it. baud: 1200 to 115200; 0 leaves the line's speed as it is. 8
 * data bits, no parity, no flow control. Not started yet. */
GsSerialScanner *gs_serial_scanner_new (const char *path, guint baud);

/* How often a missing device is looked for; for tests. */
void gs_serial_scanner_set_reopen_interval_ms (GsSerialScanner *self, guint interval_ms);

const char *gs_serial_scanner_get_path (GsSerialScanner *self);

/* Whether baud is a speed that a serial line has; 0 is. For checking a key file. */
gboolean gs_serial_scanner_baud_is_known (guint baud);

G_END_DECLS
