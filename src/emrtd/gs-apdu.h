/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Command and response units of ISO/IEC 7816-4 section 5.1. Any thread; no state. Errors are
 * GS_EMRTD_ERROR. */

#define GS_APDU_MAX_DATA 65535
#define GS_APDU_SHORT_MAX 256

/* Status words that the reading decides by (ISO/IEC 7816-4 table 6). */
#define GS_APDU_OK 0x9000
#define GS_APDU_END_OF_FILE 0x6282
#define GS_APDU_AUTHENTICATION_FAILED 0x6300
#define GS_APDU_WRONG_LENGTH 0x6700
#define GS_APDU_SECURITY_STATUS 0x6982
#define GS_APDU_CONDITIONS 0x6985
#define GS_APDU_NO_SECURE_MESSAGING 0x6987
#define GS_APDU_BAD_SECURE_MESSAGING 0x6988
#define GS_APDU_FILE_NOT_FOUND 0x6A82
#define GS_APDU_WRONG_OFFSET 0x6B00

/* data is borrowed and may be NULL when length is 0. expected is the number of bytes asked for: 0
 * sends no Le, up to 256 a short one, up to 65,536 an extended one. */
typedef struct
{
  guint8 cla;
  guint8 ins;
  guint8 p1;
  guint8 p2;
  const guint8 *data;
  gsize length;
  guint expected;
} GsApduCommand;

/* data is never NULL, but may be empty. */
typedef struct
{
  GBytes *data;
  guint16 status;
} GsApduResponse;

/* The bytes to send; the extended form when data or expected need it. NULL with an error when they
 * do not fit even there. Transfer full. */
GBytes *gs_apdu_command_to_bytes (const GsApduCommand *command, GError **error);

/* Takes an answer apart: two bytes of status at its end, data before. The response is cleared first
 * in any case. FALSE when there are fewer than 2 or more than 65,538 bytes. */
gboolean gs_apdu_response_parse (GBytes *answer, GsApduResponse *response, GError **error);

/* Drops the data. Safe on a zeroed structure. */
void gs_apdu_response_clear (GsApduResponse *response);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GsApduResponse, gs_apdu_response_clear)
