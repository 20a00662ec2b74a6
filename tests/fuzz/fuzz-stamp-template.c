/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-stamp-template.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static char *
text_of (const guint8 **data, size_t *size)
{
  size_t length = MIN (*size, 24);
  char *text = g_strndup ((const char *) *data, length);

  *data += length;
  *size -= length;
  return text;
}

/* A template of a pack, filled with texts that are its own last bytes. Whatever is made can be
 * loaded again: no value becomes markup that a template may not have. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) svg = g_bytes_new (data, size);
  g_autoptr (GsStampTemplate) template = NULL;
  g_autoptr (GsStampFields) fields = gs_stamp_fields_new ();
  g_autoptr (GBytes) filled = NULL;
  g_autofree char *port = NULL;
  g_autofree char *serial = NULL;

  if (size > 16384)
    return 0;
  template = gs_stamp_template_new (svg, NULL);
  if (template == NULL)
    return 0;
  data += size - MIN (size, 48);
  size = MIN (size, 48);
  port = text_of (&data, &size);
  serial = text_of (&data, &size);
  fields->direction = GS_DIRECTION_ARRIVAL;
  fields->transport = GS_STAMP_TRANSPORT_LAND;
  fields->year = 2026;
  fields->month = 11;
  fields->day = 23;
  gs_stamp_fields_set_port (fields, port, "<&>");
  gs_stamp_fields_set_serial (fields, serial);
  filled = gs_stamp_template_fill (template, fields, NULL);
  if (filled != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GsStampTemplate) again = gs_stamp_template_new (filled, &error);

      if (again == NULL)
        g_error ("a filled template cannot be read: %s", error->message);
    }
  return 0;
}
