/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-page.h"

#include "gs-cloud-event.h"
#include "gs-hall-error.h"
#include "gs-json-range.h"

#include <string.h>

static gboolean
only_space (const char *text, gsize from, gsize len)
{
  for (gsize i = from; i < len; i++)
    if (strchr (" \t\r\n", text[i]) == NULL || text[i] == '\0')
      return FALSE;
  return TRUE;
}

GPtrArray *
gs_hall_page_parse (GBytes *body, gint64 after, GError **error)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) gs_feed_item_unref);
  gsize len, pos = 0, start, length;
  const char *bytes = g_bytes_get_data (body, &len);

  if (bytes == NULL)
    {
      bytes = "";
      len = 0;
    }
  while (gs_json_next_element (bytes, len, &pos, &start, &length))
    {
      g_autoptr (GBytes) raw = g_bytes_new_from_bytes (body, start, length);
      GsFeedItem *item = gs_cloud_event_parse (raw, -1);

      g_ptr_array_add (items, item);
    }
  if (pos == (gsize) -1 || !only_space (bytes, pos, len))
    {
      g_set_error (error, GS_HALL_ERROR, GS_HALL_ERROR_PROTOCOL,
                   "The page after %" G_GINT64_FORMAT " is no JSON array", after);
      return NULL;
    }
  return g_steal_pointer (&items);
}
