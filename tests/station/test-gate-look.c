/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-camera.h"
#include "gs-gate-look-private.h"
#include "gs-record-table.h"
#include "gs-test-desk.h"

/* A gate's camera: who may look, why, for how long, and what the record says of it. */

#define ADDRESS "rtsps://hall.uto.example/gate-1"

typedef struct
{
  TestDesk base;
  GsGateLook *look;
  GsFakeCamera *camera;
  char *address; /* that the last camera was made for */
  guint previews;
} Fixture;

static GsCamera *
make_camera (const char *address, gpointer data)
{
  Fixture *fixture = data;

  g_free (fixture->address);
  fixture->address = g_strdup (address);
  g_clear_object (&fixture->camera);
  fixture->camera = gs_fake_camera_new ("Gate 1");
  return g_object_ref (GS_CAMERA (fixture->camera));
}

static void
on_preview (Fixture *fixture)
{
  fixture->previews++;
}

static void
set_gate (Fixture *fixture, GsGateState state, const char *camera)
{
  g_autoptr (GPtrArray) gates = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_gate_free);
  GsGate *gate = gs_gate_new ("gate-1", "1", state, TEST_NOW);

  gate->camera = g_strdup (camera);
  g_ptr_array_add (gates, gate);
  gs_case_book_set_gates (fixture->base.book, gates);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestDesk *base = &fixture->base;

  test_desk_set_up (base, data);
  set_gate (fixture, GS_GATE_STATE_FREE, ADDRESS);
  fixture->look = gs_gate_look_new (base->book, base->store, base->clock, make_camera, fixture);
  g_signal_connect_swapped (fixture->look, "preview", G_CALLBACK (on_preview), fixture);
  gs_gate_look_set_session (fixture->look, base->officer);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gs_gate_look_end (fixture->look);
  g_clear_object (&fixture->look);
  g_clear_object (&fixture->camera);
  g_free (fixture->address);
  test_desk_tear_down (&fixture->base, data);
}

static gpointer
list_looks (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_record_table_list (db, 0, 1000, error);
  GString *text = g_string_new (NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, "gate.look"))
        g_string_append_printf (text, "%s %s %s|", row->officer, row->subject, row->detail);
    }
  return g_string_free (text, FALSE);
}

static char *
dup_looks (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *text = gs_store_query (fixture->base.store, list_looks, NULL, &error);

  g_assert_no_error (error);
  return text;
}

static gboolean
is_running (Fixture *fixture)
{
  return fixture->camera != NULL && gs_fake_camera_is_started (fixture->camera);
}

static void
test_no_reason (Fixture *fixture, gconstpointer data)
{
  g_autofree char *looks = NULL;

  g_assert_cmpint (gs_gate_look_judge (fixture->look, "gate-1"), ==, GS_LOOK_NO_REASON);
  g_assert_false (gs_gate_look_begin (fixture->look, "gate-1"));
  set_gate (fixture, GS_GATE_STATE_ALARM, NULL);
  g_assert_cmpint (gs_gate_look_judge (fixture->look, "gate-1"), ==, GS_LOOK_NO_CAMERA);
  g_assert_cmpint (gs_gate_look_judge (fixture->look, "gate-9"), ==, GS_LOOK_NO_CAMERA);
  set_gate (fixture, GS_GATE_STATE_ALARM, ADDRESS);
  gs_gate_look_set_session (fixture->look, NULL);
  g_assert_cmpint (gs_gate_look_judge (fixture->look, "gate-1"), ==, GS_LOOK_NOT_SIGNED_IN);
  g_assert_false (gs_gate_look_begin (fixture->look, "gate-1"));
  looks = dup_looks (fixture);
  g_assert_cmpstr (looks, ==, "");
  g_assert_null (fixture->address);
}

/* Before the look is in the record there is no camera, and nothing comes of it. */
static void
test_recorded_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *looks = NULL;

  test_desk_refer (&fixture->base, TEST_CROSSING, "G04", TEST_NOW);
  g_assert_true (gs_gate_look_begin (fixture->look, "gate-1"));
  g_assert_cmpstr (gs_gate_look_get_gate (fixture->look), ==, "gate-1");
  g_assert_null (fixture->address);
  test_until (is_running (fixture));
  g_assert_cmpstr (fixture->address, ==, ADDRESS);
  looks = dup_looks (fixture);
  g_assert_cmpstr (looks, ==, "kato gate-1 reason=case crossing=" TEST_CROSSING "|");
  gs_fake_camera_show_grey (fixture->camera, 8, 8, 0);
  g_assert_cmpuint (fixture->previews, ==, 1);
  g_assert_false (gs_fake_camera_is_wanted (fixture->camera));
  g_assert_cmpint (gs_gate_look_get_left_ms (fixture->look), <=, GS_GATE_LOOK_MS);
  g_assert_cmpint (gs_gate_look_get_left_ms (fixture->look), >, GS_GATE_LOOK_MS - 10000);
}

static void
test_not_recorded (Fixture *fixture, gconstpointer data)
{
  test_desk_refer (&fixture->base, TEST_CROSSING, "G04", TEST_NOW);
  gs_store_close (fixture->base.store);
  g_assert_true (gs_gate_look_begin (fixture->look, "gate-1"));
  test_until (gs_gate_look_get_gate (fixture->look) == NULL);
  g_assert_null (fixture->address);
}

static void
test_time_ends (Fixture *fixture, gconstpointer data)
{
  set_gate (fixture, GS_GATE_STATE_ALARM, ADDRESS);
  gs_gate_look_set_length_ms (fixture->look, 30);
  g_assert_true (gs_gate_look_begin (fixture->look, "gate-1"));
  test_until (is_running (fixture));
  test_until (gs_gate_look_get_gate (fixture->look) == NULL);
  g_assert_false (is_running (fixture));
  g_assert_null (gs_gate_look_get_camera (fixture->look));
}

/* Another minute is another entry. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *looks = NULL;

  set_gate (fixture, GS_GATE_STATE_ALARM, ADDRESS);
  g_assert_true (gs_gate_look_begin (fixture->look, "gate-1"));
  test_until (is_running (fixture));
  g_assert_true (gs_gate_look_begin (fixture->look, "gate-1"));
  g_assert_true (is_running (fixture));
  looks = dup_looks (fixture);
  g_assert_cmpstr (looks, ==, "kato gate-1 reason=alarm|kato gate-1 reason=alarm|");
}

static void
test_reason_ends (Fixture *fixture, gconstpointer data)
{
  GsEvent *event;

  test_desk_refer (&fixture->base, TEST_CROSSING, "G04", TEST_NOW);
  g_assert_true (gs_gate_look_begin (fixture->look, "gate-1"));
  test_until (is_running (fixture));
  event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_RESOLVED, TEST_CROSSING);
  event->outcome = GS_OUTCOME_SECOND_LINE;
  test_desk_apply (&fixture->base, event);
  g_assert_null (gs_gate_look_get_gate (fixture->look));
  g_assert_false (is_running (fixture));
}

static void
test_officer_goes (Fixture *fixture, gconstpointer data)
{
  set_gate (fixture, GS_GATE_STATE_ALARM, ADDRESS);
  g_assert_true (gs_gate_look_begin (fixture->look, "gate-1"));
  gs_gate_look_set_session (fixture->look, NULL);
  g_assert_null (gs_gate_look_get_gate (fixture->look));
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (fixture->address);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/station/gate-look/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("no-reason", test_no_reason);
  ADD ("recorded-first", test_recorded_first);
  ADD ("not-recorded", test_not_recorded);
  ADD ("time-ends", test_time_ends);
  ADD ("again", test_again);
  ADD ("reason-ends", test_reason_ends);
  ADD ("officer-goes", test_officer_goes);
  return g_test_run ();
}
