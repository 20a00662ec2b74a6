/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-redact.h"

static void
test_document (void)
{
  g_autofree char *a = gs_redact_document ("L898902C3");
  g_autofree char *b = gs_redact_document ("A12");
  g_autofree char *c = gs_redact_document (NULL);

  g_assert_cmpstr (a, ==, "L8•••02C3");
  g_assert_cmpstr (b, ==, "•••");
  g_assert_cmpstr (c, ==, "-");
}

static void
test_message (void)
{
  g_autofree char *a = gs_redact_message ("no crossing for L898902C3, ERIKSSON<<ANNA<MARIA");

  g_assert_cmpstr (a, ==, "no crossing for •••, •••");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/redact/document", test_document);
  g_test_add_func ("/base/redact/message", test_message);
  return g_test_run ();
}
