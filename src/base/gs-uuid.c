/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-uuid.h"

gboolean
gs_uuid_is_valid (const char *text)
{
  return text != NULL && g_uuid_string_is_valid (text);
}

char *
gs_uuid_new (void)
{
  return g_uuid_string_random ();
}
