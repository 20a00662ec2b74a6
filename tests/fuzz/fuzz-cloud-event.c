/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-cloud-event.h"
#include "gs-hall-crossing.h"
#include "gs-hall-error.h"
#include "gs-hall-page.h"
#include "gs-hall-problem.h"
#include "gs-hall-status.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
split (const char *raw, gsize len)
{
  gsize start, length;

  if (gs_cloud_event_split_identity (raw, len, &start, &length)
      && (length == 0 || start > len || length > len - start))
    g_error ("The range lies outside");
}

static void
try_answers (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GsHallStatus) status = gs_hall_status_parse (body, NULL);
  G_GNUC_UNUSED g_autoptr (GsHallCrossing) crossing = gs_hall_crossing_parse (body, NULL);
  G_GNUC_UNUSED g_autoptr (GsHallCrossings) crossings = gs_hall_crossings_parse (body, NULL);

  error = gs_hall_problem_to_error (409, "application/problem+json", body, NULL);
  if (gs_hall_error_get_problem (error) == NULL)
    g_error ("The problem is lost");
}

/* Events, pages and the hall's answers: anything may come, nothing may break. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) raw = g_bytes_new (data, size);
  gsize len;
  const char *bytes = g_bytes_get_data (raw, &len);
  g_autoptr (GsFeedItem) item = gs_cloud_event_parse (raw, size % 3 == 0 ? 7 : -1);
  G_GNUC_UNUSED g_autoptr (GPtrArray) page = gs_hall_page_parse (raw, 0, NULL);

  if ((item->event == NULL) != (item->error != NULL) || !g_bytes_equal (item->raw, raw))
    g_error ("The item is neither whole nor in quarantine");
  split (bytes, len);
  try_answers (raw);
  return 0;
}
