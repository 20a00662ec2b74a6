/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-record-table.h"
#include "gs-shift.h"
#include "gs-test-desk.h"

typedef struct
{
  TestDesk base;
  GsShift *shift;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_desk_set_up (&fixture->base, data);
  fixture->shift = gs_shift_new (fixture->base.store, fixture->base.clock, "desk-3");
  gs_shift_set_session (fixture->shift, fixture->base.officer);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->shift);
  test_desk_tear_down (&fixture->base, data);
}

static gpointer
list_record (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_record_table_list (db, 0, 100, error);
  GString *text = g_string_new ("");

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      /* The desk begins with a stamp in the officer's hand. */
      if (g_str_has_prefix (row->kind, "register."))
        continue;
      g_string_append_printf (text, "%s %s %s; ", row->kind, row->officer,
                              row->second != NULL ? row->second : "-");
    }
  return g_string_free (text, FALSE);
}

static void
assert_record (Fixture *fixture, const char *expected)
{
  g_autofree char *text = gs_store_query (fixture->base.store, list_record, NULL, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_mute_recorded (Fixture *fixture, gconstpointer data)
{
  gs_shift_set_muted (fixture->shift, TRUE);
  g_assert_false (gs_shift_is_muted (fixture->shift)); /* not before the record has it */
  test_until (gs_shift_is_muted (fixture->shift));
  gs_shift_set_muted (fixture->shift, FALSE);
  test_until (!gs_shift_is_muted (fixture->shift));
  assert_record (fixture, "sound.mute kato -; sound.mute kato -; ");
}

/* A screen that is locked is heard, and the next officer's shift begins with sound. */
static void
test_mute_ends_with_shift (Fixture *fixture, gconstpointer data)
{
  gs_shift_set_muted (fixture->shift, TRUE);
  test_until (gs_shift_is_muted (fixture->shift));
  gs_shift_set_session (fixture->shift, NULL);
  g_assert_false (gs_shift_is_muted (fixture->shift));
  gs_shift_set_session (fixture->shift, fixture->base.officer);
  g_assert_true (gs_shift_is_muted (fixture->shift));
  gs_shift_set_session (fixture->shift, fixture->base.second);
  g_assert_false (gs_shift_is_muted (fixture->shift));
  gs_shift_set_session (fixture->shift, fixture->base.officer);
  g_assert_false (gs_shift_is_muted (fixture->shift));
}

static gpointer
do_nothing (GsDatabase *db, gpointer data, GError **error)
{
  return NULL;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  gs_store_query_finish (GS_STORE (source), result, NULL);
  *(gboolean *) data = TRUE;
}

static void
test_mute_needs_store (Fixture *fixture, gconstpointer data)
{
  gboolean answered = FALSE;

  gs_store_close (fixture->base.store);
  gs_shift_set_muted (fixture->shift, TRUE);
  /* Answers come in order. */
  gs_store_query_async (fixture->base.store, do_nothing, NULL, NULL, NULL, NULL, on_answered,
                        &answered);
  test_until (answered);
  g_assert_false (gs_shift_is_muted (fixture->shift));
}

static void
test_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsSession) supervisor = gs_session_new ("sato", "Sato", GS_ROLE_SUPERVISOR, TEST_NOW);

  g_assert_cmpint (gs_shift_get_call_ms (fixture->shift), ==, -1);
  g_assert_cmpint (gs_shift_acknowledge (fixture->shift, supervisor), !=, GS_APPROVAL_GRANTED);
  g_assert_true (gs_shift_call_supervisor (fixture->shift, TEST_CROSSING));
  g_assert_false (gs_shift_call_supervisor (fixture->shift, TEST_CROSSING));
  g_assert_cmpint (gs_shift_get_call_ms (fixture->shift), >=, 0);
  /* Neither an officer nor the caller ends it. */
  g_assert_cmpint (gs_shift_acknowledge (fixture->shift, fixture->base.second), ==,
                   GS_APPROVAL_ROLE);
  g_assert_cmpint (gs_shift_acknowledge (fixture->shift, fixture->base.officer), ==,
                   GS_APPROVAL_SAME_OFFICER);
  g_assert_cmpint (gs_shift_get_call_ms (fixture->shift), >=, 0);
  g_assert_cmpint (gs_shift_acknowledge (fixture->shift, supervisor), ==, GS_APPROVAL_GRANTED);
  g_assert_cmpint (gs_shift_get_call_ms (fixture->shift), ==, -1);
  assert_record (fixture, "supervisor.call kato -; supervisor.acknowledge kato sato; ");
}

/* A call that nobody answered is there again, with its time; one that was answered is not, and
 * another desk's is not this one's. */
static void
test_call_after_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsSession) supervisor = gs_session_new ("sato", "Sato", GS_ROLE_SUPERVISOR, TEST_NOW);
  TestDesk *base = &fixture->base;
  g_autoptr (GsShift) other = gs_shift_new (base->store, base->clock, "desk-30");
  gboolean answered = FALSE;

  g_assert_true (gs_shift_call_supervisor (fixture->shift, TEST_CROSSING));
  g_clear_object (&fixture->shift);
  gs_shift_restore (other);
  fixture->shift = gs_shift_new (base->store, base->clock, "desk-3");
  gs_shift_restore (fixture->shift);
  test_until (gs_shift_get_call_ms (fixture->shift) >= 0);
  g_assert_cmpint (gs_shift_get_call_ms (fixture->shift), <, 20000);
  g_assert_cmpint (gs_shift_get_call_ms (other), ==, -1);
  gs_shift_set_session (fixture->shift, base->officer);
  g_assert_false (gs_shift_call_supervisor (fixture->shift, NULL));
  g_assert_cmpint (gs_shift_acknowledge (fixture->shift, supervisor), ==, GS_APPROVAL_GRANTED);
  g_clear_object (&fixture->shift);
  fixture->shift = gs_shift_new (base->store, base->clock, "desk-3");
  gs_shift_restore (fixture->shift);
  gs_store_query_async (base->store, do_nothing, NULL, NULL, NULL, NULL, on_answered, &answered);
  test_until (answered);
  g_assert_cmpint (gs_shift_get_call_ms (fixture->shift), ==, -1);
}

static void
restart (Fixture *fixture)
{
  TestDesk *base = &fixture->base;
  gboolean answered = FALSE;

  g_clear_object (&fixture->shift);
  fixture->shift = gs_shift_new (base->store, base->clock, "desk-3");
  gs_shift_restore (fixture->shift);
  gs_store_query_async (base->store, do_nothing, NULL, NULL, NULL, NULL, on_answered, &answered);
  test_until (answered);
}

/* One call for all who left; each is told once, whoever asks again and whenever. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  static const char other[] = "0c0ffee0-0000-4000-8000-000000000002";
  g_autoptr (GsSession) supervisor = gs_session_new ("sato", "Sato", GS_ROLE_SUPERVISOR, TEST_NOW);

  gs_shift_set_session (fixture->shift, NULL); /* signed out within the time of undo */
  gs_shift_tell_left (fixture->shift, "kato", TEST_CROSSING, "key-1");
  test_until (gs_shift_get_call_ms (fixture->shift) >= 0);
  gs_shift_tell_left (fixture->shift, "kato", TEST_CROSSING, "key-1");
  gs_shift_tell_left (fixture->shift, "kato", other, "key-2");
  test_until (gs_shift_get_left (fixture->shift)->len == 2);
  restart (fixture);
  g_assert_cmpint (gs_shift_get_call_ms (fixture->shift), >=, 0);
  g_assert_cmpuint (gs_shift_get_left (fixture->shift)->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (gs_shift_get_left (fixture->shift), 0), ==, TEST_CROSSING);
  assert_record (fixture, "supervisor.call kato -; supervisor.call kato -; ");

  gs_shift_set_session (fixture->shift, fixture->base.officer);
  g_assert_cmpint (gs_shift_acknowledge (fixture->shift, supervisor), ==, GS_APPROVAL_GRANTED);
  g_assert_cmpuint (gs_shift_get_left (fixture->shift)->len, ==, 0);
  gs_shift_tell_left (fixture->shift, "kato", TEST_CROSSING, "key-1"); /* the hall had it late */
  restart (fixture);
  g_assert_cmpint (gs_shift_get_call_ms (fixture->shift), ==, -1);
  assert_record (fixture, "supervisor.call kato -; supervisor.call kato -; "
                          "supervisor.acknowledge kato sato; ");
}

#define ADD(path, function)                                                                        \
  g_test_add ("/station/shift/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A store that cannot write is warned of. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("mute-recorded", test_mute_recorded);
  ADD ("mute-ends-with-shift", test_mute_ends_with_shift);
  ADD ("mute-needs-store", test_mute_needs_store);
  ADD ("call", test_call);
  ADD ("call-after-restart", test_call_after_restart);
  ADD ("left", test_left);
  return g_test_run ();
}
