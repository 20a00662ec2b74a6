/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-apdu.h"

#include "gs-emrtd-error.h"

static void
append_be16 (GByteArray *out, guint number)
{
  const guint8 bytes[2] = { (guint8) (number >> 8), (guint8) number };

  g_byte_array_append (out, bytes, sizeof bytes);
}

GBytes *
gs_apdu_command_to_bytes (const GsApduCommand *command, GError **error)
{
  gboolean extended = command->length > 255 || command->expected > GS_APDU_SHORT_MAX;
  const guint8 header[4] = { command->cla, command->ins, command->p1, command->p2 };
  const guint8 zero = 0;

  if (command->length > GS_APDU_MAX_DATA || command->expected > GS_APDU_MAX_DATA + 1)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT,
                   "a command of %" G_GSIZE_FORMAT " bytes that expects %u is too long",
                   command->length, command->expected);
      return NULL;
    }
  GByteArray *out = g_byte_array_sized_new ((guint) command->length + 9);
  g_byte_array_append (out, header, sizeof header);
  if (extended)
    g_byte_array_append (out, &zero, 1);
  if (command->length > 0)
    {
      const guint8 length = (guint8) command->length;
      if (extended)
        append_be16 (out, (guint) command->length);
      else
        g_byte_array_append (out, &length, 1);
      g_byte_array_append (out, command->data, (guint) command->length);
    }
  if (command->expected > 0)
    {
      /* 256 is written as 00 and 65,536 as 0000: the low bytes are what stands there anyway. */
      const guint8 expected = (guint8) command->expected;
      if (extended)
        append_be16 (out, command->expected);
      else
        g_byte_array_append (out, &expected, 1);
    }
  return g_byte_array_free_to_bytes (out);
}

gboolean
gs_apdu_response_parse (GBytes *answer, GsApduResponse *response, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (answer, &size);

  gs_apdu_response_clear (response);
  if (size < 2 || size > GS_APDU_MAX_DATA + 3)
    {
      g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_MALFORMED,
                   "the chip answered with %" G_GSIZE_FORMAT " bytes", size);
      return FALSE;
    }
  response->data = g_bytes_new_from_bytes (answer, 0, size - 2);
  response->status = (guint16) (bytes[size - 2] << 8 | bytes[size - 1]);
  return TRUE;
}

void
gs_apdu_response_clear (GsApduResponse *response)
{
  g_clear_pointer (&response->data, g_bytes_unref);
  response->status = 0;
}
