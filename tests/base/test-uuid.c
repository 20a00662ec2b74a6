/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-uuid.h"

static void
test_valid (void)
{
  g_autofree char *a = gs_uuid_new ();
  g_autofree char *b = gs_uuid_new ();

  g_assert_true (gs_uuid_is_valid (a));
  g_assert_cmpstr (a, !=, b);
  g_assert_false (gs_uuid_is_valid (NULL));
  g_assert_false (gs_uuid_is_valid ("0190c0de-0000-7000-8000-00000000000"));
  g_assert_false (gs_uuid_is_valid ("../../../../etc/passwd"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/uuid/valid", test_valid);
  return g_test_run ();
}
