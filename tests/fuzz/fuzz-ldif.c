/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-ldif.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
on_value (const char *dn, const char *attribute, GBytes *value, gpointer user_data)
{
  gsize *total = user_data;

  if (dn == NULL || attribute == NULL || attribute[0] == '\0')
    g_error ("a value of nothing");
  *total += g_bytes_get_size (value);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  gsize total = 0;

  gs_ldif_looks_like ((const char *) data, size);
  if (gs_ldif_read ((const char *) data, size, on_value, &total, &error) == (error != NULL))
    g_error ("an answer and an error, or neither");
  if (total > size)
    g_error ("more came out than went in");
  return 0;
}
