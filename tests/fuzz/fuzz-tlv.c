/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-tlv.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Walks everything that can be read; no element may reach outside of what holds it. */
static void
walk (GsTlvReader *reader)
{
  g_autoptr (GError) error = NULL;
  GsTlv element;

  while (gs_tlv_read (reader, &element, &error))
    {
      g_autofree char *oid = gs_tlv_get_oid (&element, NULL);
      guint number;

      if (oid != NULL && element.length == 0)
        g_error ("an identifier of nothing");
      if (element.value < reader->data || element.whole < reader->data
          || element.value + element.length > reader->data + reader->size
          || element.whole + element.whole_length != reader->data + reader->at)
        g_error ("an element reaches outside");
      gs_tlv_get_uint (&element, &number, NULL);
      if (element.constructed)
        {
          GsTlvReader inner;

          gs_tlv_reader_enter (&inner, reader, &element);
          walk (&inner);
        }
    }
  if (error == NULL)
    g_error ("an end without an error");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  GsTlvReader reader;
  GsTlv element;
  gsize whole;

  gs_tlv_reader_init (&reader, data, size);
  walk (&reader);
  gs_tlv_peek_length (data, size, &whole, NULL);
  /* What was read and is written again is read as the same. */
  if (gs_tlv_read_only (data, size, TRUE, &element, NULL) && !element.indefinite)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      GsTlv again;

      gs_tlv_append (out, element.tag, element.value, element.length);
      if (!gs_tlv_read_only (out->data, out->len, FALSE, &again, NULL)
          || again.length != element.length
          || (again.length > 0 && memcmp (again.value, element.value, again.length) != 0))
        g_error ("written otherwise than read");
    }
  return 0;
}
