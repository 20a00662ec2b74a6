/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Commands and answers of ISO/IEC 7816-4, on the chip's side. Any thread. */

typedef struct
{
  guint8 cla, ins, p1, p2;
  const guint8 *data; /* into the bytes that were parsed */
  gsize length;
  gsize expected; /* Ne; 0 when there is no Le */
  gboolean extended;
} GsSimCommand;

/* FALSE when the lengths do not fit. */
gboolean gs_sim_command_parse (const guint8 *bytes, gsize length, GsSimCommand *command);

/* The first data object of TAG (one or two bytes) among the objects of DATA, not inside of them.
 * FALSE when it is not there or a length does not fit. */
gboolean gs_sim_find_object (
  const guint8 *data, gsize length, guint16 tag, const guint8 **value, gsize *value_length);

/* Appends a data object. */
void gs_sim_put_object (GByteArray *out, guint16 tag, const guint8 *value, gsize length);
