/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-apdu.h"

static gboolean
parse_extended (const guint8 *bytes, gsize length, GsSimCommand *command)
{
  gsize count;

  command->extended = TRUE;
  if (length == 7)
    {
      command->expected = (gsize) bytes[5] << 8 | bytes[6];
      command->expected = command->expected == 0 ? 65536 : command->expected;
      return TRUE;
    }
  if (length < 7)
    return FALSE;
  count = (gsize) bytes[5] << 8 | bytes[6];
  if (count == 0 || (length != 7 + count && length != 9 + count))
    return FALSE;
  command->data = bytes + 7;
  command->length = count;
  if (length == 9 + count)
    {
      command->expected = (gsize) bytes[7 + count] << 8 | bytes[8 + count];
      command->expected = command->expected == 0 ? 65536 : command->expected;
    }
  return TRUE;
}

gboolean
gs_sim_command_parse (const guint8 *bytes, gsize length, GsSimCommand *command)
{
  gsize count;

  *command = (GsSimCommand){ 0 };
  if (length < 4)
    return FALSE;
  command->cla = bytes[0];
  command->ins = bytes[1];
  command->p1 = bytes[2];
  command->p2 = bytes[3];
  if (length == 4)
    return TRUE;
  if (bytes[4] == 0 && length > 5)
    return parse_extended (bytes, length, command);
  if (length == 5)
    {
      command->expected = bytes[4] == 0 ? 256 : bytes[4];
      return TRUE;
    }
  count = bytes[4];
  if (length != 5 + count && length != 6 + count)
    return FALSE;
  command->data = bytes + 5;
  command->length = count;
  if (length == 6 + count)
    command->expected = bytes[5 + count] == 0 ? 256 : bytes[5 + count];
  return TRUE;
}

gboolean
gs_sim_find_object (
  const guint8 *data, gsize length, guint16 tag, const guint8 **value, gsize *value_length)
{
  gsize at = 0;

  while (at < length)
    {
      guint16 found = data[at++];
      gsize size;

      if ((found & 0x1f) == 0x1f)
        {
          if (at >= length)
            return FALSE;
          found = (guint16) (found << 8 | data[at++]);
        }
      if (at >= length)
        return FALSE;
      size = data[at++];
      if (size & 0x80)
        {
          guint count = size & 0x7f;

          if (count == 0 || count > 3 || length - at < count)
            return FALSE;
          for (size = 0; count > 0; count--)
            size = size << 8 | data[at++];
        }
      if (size > length - at)
        return FALSE;
      if (found == tag)
        {
          *value = data + at;
          *value_length = size;
          return TRUE;
        }
      at += size;
    }
  return FALSE;
}

void
gs_sim_put_object (GByteArray *out, guint16 tag, const guint8 *value, gsize length)
{
  guint8 head[6];
  guint used = 0;

  if (tag > 0xff)
    head[used++] = (guint8) (tag >> 8);
  head[used++] = (guint8) tag;
  if (length > 0xff)
    {
      head[used++] = 0x82;
      head[used++] = (guint8) (length >> 8);
    }
  else if (length > 0x7f)
    head[used++] = 0x81;
  head[used++] = (guint8) length;
  g_byte_array_append (out, head, used);
  if (length > 0)
    g_byte_array_append (out, value, (guint) length);
}
