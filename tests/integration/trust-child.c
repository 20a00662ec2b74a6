/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The victim of test-trust-kill: an administrator without a window who takes a certificate in and
 * out of the trust store until it is killed. usage: trust-child DATABASE STORE CERTIFICATE
 * FINGERPRINT */

#include "gs-trust-desk.h"

#include <stdio.h>
#include <string.h>

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static GsTrustPreview *
preview (GsTrustDesk *desk, const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GsTrustPreview *shown;

  gs_trust_desk_preview_async (desk, paths, NULL, on_done, &result);
  shown = gs_trust_desk_preview_finish (desk, wait_for (&result), &error);
  g_assert_no_error (error);
  return shown;
}

static void
take_in (GsTrustDesk *desk, const char *path, const char *fingerprint)
{
  g_autoptr (GsTrustPreview) first = preview (desk, path);
  g_autoptr (GsTrustPreview) second = NULL;
  g_autoptr (GAsyncResult) confirmed = NULL;
  g_autoptr (GAsyncResult) applied = NULL;
  g_autoptr (GError) error = NULL;

  gs_trust_desk_confirm_async (desk, first, 0, fingerprint + strlen (fingerprint) - 8, NULL,
                               on_done, &confirmed);
  second = gs_trust_desk_preview_finish (desk, wait_for (&confirmed), &error);
  g_assert_no_error (error);
  gs_trust_desk_apply_async (desk, second, NULL, on_done, &applied);
  gs_trust_desk_change_finish (desk, wait_for (&applied), &error);
  g_assert_no_error (error);
}

static void
take_out (GsTrustDesk *desk, const char *fingerprint)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gs_trust_desk_remove_async (desk, fingerprint, GS_TRUST_REMOVAL_ORDER, NULL, on_done, &result);
  gs_trust_desk_change_finish (desk, wait_for (&result), &error);
  g_assert_no_error (error);
}

static gboolean
is_there (GsTrustDesk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gs_trust_desk_load_async (desk, NULL, on_done, &result);
  gs_trust_desk_load_finish (desk, wait_for (&result), &error);
  g_assert_no_error (error);
  return gs_trust_listing_get_certificates (gs_trust_desk_get_listing (desk))->len > 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsStore) store = NULL;
  g_autoptr (GsClock) clock = gs_clock_new ();
  g_autoptr (GsSession) session = gs_session_new ("ito", "Ito", GS_ROLE_ADMINISTRATOR, 0);
  g_autoptr (GsTrustDesk) desk = NULL;

  if (argc != 5)
    return 64;
  setvbuf (stdout, NULL, _IOLBF, 0);
  store = gs_store_open (argv[1], &error);
  g_assert_no_error (error);
  desk = gs_trust_desk_new (argv[2], store, clock);
  gs_trust_desk_set_session (desk, session);
  gs_trust_desk_start (desk);
  while (gs_trust_desk_get_standing (desk) == GS_TRUST_STANDING_UNKNOWN)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gs_trust_desk_get_standing (desk), ==, GS_TRUST_STANDING_RECORDED);
  if (is_there (desk))
    take_out (desk, argv[4]);
  for (;;)
    {
      take_in (desk, argv[3], argv[4]);
      g_print ("in\n");
      take_out (desk, argv[4]);
      g_print ("out\n");
    }
}
