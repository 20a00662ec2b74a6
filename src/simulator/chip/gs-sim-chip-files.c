/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-private.h"

#include <string.h>

static const guint8 application[] = { 0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };

static guint16
select_application (GsSimChip *self, const GsSimCommand *command)
{
  if (command->length != sizeof application
      || memcmp (command->data, application, sizeof application) != 0)
    return 0x6a82;
  self->application = TRUE;
  self->selected = 0;
  return 0x9000;
}

guint16
gs_sim_chip_select (GsSimChip *self, const GsSimCommand *command)
{
  guint16 identifier;

  if (command->p1 == 0x04)
    return select_application (self, command);
  if (command->p1 == 0x00 && (command->length == 0 || command->length == 2))
    {
      if (command->length == 2 && (command->data[0] != 0x3f || command->data[1] != 0x00))
        return 0x6a82;
      self->application = FALSE;
      self->selected = 0;
      return 0x9000;
    }
  if (command->p1 != 0x02 || command->length != 2)
    return 0x6a86;
  identifier = (guint16) (command->data[0] << 8 | command->data[1]);
  if (gs_sim_passport_get_file (self->passport, self->application, identifier) == NULL)
    return 0x6a82;
  /* Whether a file is there is told only to those who may read it. */
  if (self->application && !self->protected)
    return 0x6982;
  self->selected = identifier;
  return 0x9000;
}

static gboolean
may_read (GsSimChip *self)
{
  if (!self->application)
    return self->selected == 0x011c || self->protected;
  return self->protected;
}

/* The identifier behind a short one (Doc 9303-10, table 3). */
static guint16
expand_short (GsSimChip *self, guint8 short_identifier)
{
  if (!self->application || short_identifier >= 0x1c)
    return (guint16) (0x0100 | short_identifier);
  return short_identifier <= 16 ? (guint16) (0x0100 | short_identifier) : 0;
}

static const char *
file_name (GsSimChip *self, char name[8])
{
  guint8 low = (guint8) self->selected;

  if (low == 0x1e)
    return "ef-com";
  if (low == 0x1d)
    return self->application ? "ef-sod" : "ef-card-security";
  if (low == 0x1c)
    return "ef-card-access";
  g_snprintf (name, 8, "dg%u", low);
  return name;
}

/* The offset: P1-P2 (short identifier or 15 bits), or data object 54 of the odd instruction. */
static guint16
find_offset (GsSimChip *self, const GsSimCommand *command, gsize *offset)
{
  const guint8 *value;
  gsize length;

  if (command->ins == 0xb0 && command->p1 & 0x80)
    {
      self->selected = expand_short (self, command->p1 & 0x1f);
      *offset = command->p2;
      return 0x9000;
    }
  *offset = (gsize) command->p1 << 8 | command->p2;
  if (command->ins == 0xb0)
    return 0x9000;
  if (*offset != 0)
    self->selected = *offset < 0x1f ? expand_short (self, (guint8) *offset) : (guint16) *offset;
  if (!gs_sim_find_object (command->data, command->length, 0x54, &value, &length) || length > 4)
    return 0x6a80;
  for (*offset = 0; length > 0; length--)
    *offset = *offset << 8 | *value++;
  return 0x9000;
}

/* A file that never ends: its header promises 16 MB, and there is always more of it. */
static void
read_endless (GBytes *file, gsize offset, gsize count, GByteArray *out)
{
  guint8 header[] = { ((const guint8 *) g_bytes_get_data (file, NULL))[0], 0x83, 0xff, 0xff, 0xff };

  for (gsize i = 0; i < count; i++)
    {
      guint8 byte = offset + i < sizeof header ? header[offset + i] : 0x30;

      g_byte_array_append (out, &byte, 1);
    }
}

static guint16
read_file (GsSimChip *self, GBytes *file, gsize offset, gsize count, GByteArray *out)
{
  const GsSimChipFault *fault = self->fault;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  char name[8];

  if (fault->endless_file)
    {
      read_endless (file, offset, MIN (count, 256), out);
      return 0x9000;
    }
  if (fault->truncated && g_str_equal (fault->truncated, file_name (self, name)))
    length = MIN (length, fault->truncated_length);
  if (offset >= length)
    return 0x6b00;
  g_byte_array_append (out, bytes + offset, (guint) MIN (count, length - offset));
  /* 256 and 65,536 stand for "what there is". */
  return count > length - offset && count != 256 && count != 65536 ? 0x6282 : 0x9000;
}

guint16
gs_sim_chip_read_binary (GsSimChip *self, const GsSimCommand *command, GByteArray *answer)
{
  const GsSimChipFault *fault = self->fault;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize offset, count = command->expected;
  guint16 status = find_offset (self, command, &offset);
  GBytes *file = gs_sim_passport_get_file (self->passport, self->application, self->selected);

  if (status != 0x9000)
    return status;
  if (self->selected == 0)
    return 0x6986;
  if (!may_read (self))
    return 0x6982;
  if (file == NULL)
    return 0x6a82;
  if (count == 0 || (fault->read_limit > 0 && count > fault->read_limit))
    return 0x6700;
  /* The odd instruction counts the data object's header too. */
  if (command->ins == 0xb1 && count < 65536)
    count -= count > 2 + 128 ? 3 : 2;
  if (fault->short_answers)
    count = 1;
  /* Under secure messaging a short answer has room for 223 bytes. */
  if (self->protected && !command->extended)
    count = MIN (count, 223);
  status = read_file (self, file, offset, MIN (count, 32000), out);
  if (fault->long_answers && out->len > 0)
    g_byte_array_append (out, (const guint8 *) "SPECIMEN", 8);
  if (fault->empty_answers)
    g_byte_array_set_size (out, 0);
  if (command->ins == 0xb1 && (out->len > 0 || status == 0x9000))
    gs_sim_put_object (answer, 0x53, out->data, out->len);
  else
    g_byte_array_append (answer, out->data, out->len);
  return status;
}
