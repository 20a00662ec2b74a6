/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "gs-case-table.h"
#include "gs-fake-camera.h"
#include "gs-fake-face-engine.h"
#include "gs-face-standing.h"
#include "gs-judgement-table.h"
#include "gs-record-table.h"
#include "gs-station.h"
#include "gs-test-desk.h"
#include "gs-time.h"

/* The face at the desk: what may be seen when, what an answer can and cannot do, and what stays. */

#define ZONE                                                                                       \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"                                                 \
  "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n"

/* The widths tell the fake engine which pair it is. */
#define CHIP_WIDTH 8
#define GATE_WIDTH 12

typedef struct
{
  TestDesk base;
  GsStation *station;
  GsFaceDesk *desk;
  GsFakeCamera *camera;
  GsFakeFaceEngine *engine;
  GsFakeFaceWatcher *watcher;
  GsCase *item;
  gboolean without_camera;
  gboolean without_engine;
  gboolean without_watcher;
  guint changes;
  guint previews;
  guint readings;
} Fixture;

static GBytes *
make_jpeg (int width)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, 16);
  char *bytes = NULL;
  gsize length = 0;

  gdk_pixbuf_fill (pixbuf, 0x80604000);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "jpeg", NULL, NULL));
  return g_bytes_new_take (bytes, length);
}

static void
set_evidence (Fixture *fixture, const char *name, int width)
{
  g_autoptr (GBytes) bytes = make_jpeg (width);

  gs_fake_hall_set_evidence (fixture->base.hall, name, bytes);
}

static void
on_changed (Fixture *fixture)
{
  fixture->changes++;
}

static void
on_preview (Fixture *fixture)
{
  fixture->previews++;
}

static void
on_document_read (Fixture *fixture)
{
  fixture->readings++;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gs_station_start_finish (GS_STATION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
start_station (Fixture *fixture)
{
  TestDesk *base = &fixture->base;
  GsStationDevices devices = { .config = &base->config };
  gboolean started = FALSE;

  fixture->camera = gs_fake_camera_new ("Desk camera");
  fixture->engine = gs_fake_face_engine_new ();
  fixture->watcher = gs_fake_face_watcher_new ();
  devices.hall = GS_HALL (base->hall);
  devices.store = base->store;
  devices.clock = base->clock;
  devices.camera = fixture->without_camera ? NULL : GS_CAMERA (fixture->camera);
  devices.face_engine = fixture->without_engine ? NULL : GS_FACE_ENGINE (fixture->engine);
  devices.face_watcher = fixture->without_watcher ? NULL : GS_FACE_WATCHER (fixture->watcher);
  fixture->station = gs_station_new (&devices);
  fixture->desk = gs_station_get_face_desk (fixture->station);
  g_set_object (&base->book, gs_station_get_book (fixture->station));
  gs_station_start_async (fixture->station, NULL, on_started, &started);
  test_until (started);
  gs_station_set_session (fixture->station, base->officer);
  g_signal_connect_swapped (fixture->desk, "changed", G_CALLBACK (on_changed), fixture);
  g_signal_connect_swapped (fixture->desk, "preview", G_CALLBACK (on_preview), fixture);
  g_signal_connect_swapped (fixture->station, "document-read", G_CALLBACK (on_document_read),
                            fixture);
}

static void
stop_station (Fixture *fixture)
{
  gs_station_stop (fixture->station);
  g_object_run_dispose (G_OBJECT (fixture->station));
  g_clear_object (&fixture->station);
  g_clear_object (&fixture->camera);
  g_clear_object (&fixture->engine);
  g_clear_object (&fixture->watcher);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *without = data;

  test_desk_set_up (&fixture->base, NULL);
  if (without != NULL)
    {
      fixture->without_camera = strstr (without, "camera") != NULL;
      fixture->without_engine = strstr (without, "engine") != NULL;
      fixture->without_watcher = strstr (without, "watcher") != NULL;
    }
  set_evidence (fixture, "chip-face", CHIP_WIDTH);
  set_evidence (fixture, "gate-face", GATE_WIDTH);
  start_station (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop_station (fixture);
  test_desk_tear_down (&fixture->base, data);
}

/* --- what the tests do ------------------------------------------------------------------------ */

static GsCase *
refer_as (Fixture *fixture, const char *crossing, const char *reasons)
{
  GsEvent *event = test_desk_event (&fixture->base, GS_EVENT_CROSSING_REFERRED, crossing);

  event->time_utc_ms = TEST_NOW - 10000;
  event->reasons = g_strsplit (reasons, " ", -1);
  event->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  g_ptr_array_add (event->checks,
                   gs_check_new ("not-lost-or-stolen", GS_CHECK_RESULT_SUCCESSFUL, NULL, NULL));
  event->traveller = gs_traveller_new ();
  gs_traveller_set (&event->traveller->issuing_state, "UTO");
  gs_traveller_set (&event->traveller->document_number, "L898902C3");
  return test_desk_apply (&fixture->base, event);
}

/* Puts the case on the card, its pictures are there. */
static void
open_case (Fixture *fixture, GsCase *item)
{
  fixture->item = item;
  gs_station_open (fixture->station, item);
  test_until (!gs_face_desk_is_loading (fixture->desk));
}

static void
swipe (Fixture *fixture)
{
  guint before = fixture->readings;

  gs_station_read_document (fixture->station, ZONE, strlen (ZONE), GS_READ_DEVICE, NULL);
  test_until (fixture->readings > before);
}

static void
show (Fixture *fixture)
{
  gs_fake_camera_show_grey (fixture->camera, 32, 24, 100);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Swiped, and a good picture of the traveller is there. */
static void
step_up (Fixture *fixture)
{
  swipe (fixture);
  if (fixture->without_camera)
    return;
  g_assert_true (gs_fake_camera_is_started (fixture->camera));
  for (guint i = 0; i < GS_FACE_PROBE_MAX_FRAMES; i++)
    show (fixture);
  g_assert_true (gs_face_desk_has_capture (fixture->desk));
}

static void
begin (Fixture *fixture, const char *reasons)
{
  open_case (fixture, refer_as (fixture, TEST_CROSSING, reasons));
  step_up (fixture);
}

static gboolean
say (Fixture *fixture, GsFacePair pair, GsJudgement judgement)
{
  return gs_face_desk_answer (fixture->desk, pair, judgement, fixture->base.officer);
}

static void
say_both (Fixture *fixture, GsJudgement chip, GsJudgement gate)
{
  g_assert_true (say (fixture, GS_FACE_PAIR_CHIP_DESK, chip));
  g_assert_true (say (fixture, GS_FACE_PAIR_GATE_DESK, gate));
}

static GsFaceRuling
ruling (Fixture *fixture)
{
  GsFaceRuling now;

  gs_face_desk_get_ruling (fixture->desk, &now);
  return now;
}

static void
until_ruled (Fixture *fixture, GsFaceStep step, GsFaceGround ground)
{
  test_until (ruling (fixture).step != GS_FACE_STEP_JUDGE);
  g_assert_cmpint (ruling (fixture).step, ==, step);
  g_assert_cmpint (ruling (fixture).ground, ==, ground);
}

static gboolean
is_verified (Fixture *fixture)
{
  return gs_face_desk_is_verified (fixture->desk, fixture->item, NULL);
}

static void
pass_ms (Fixture *fixture, gint64 ms)
{
  gint64 now_us = g_get_monotonic_time ();

  gs_clock_observe (fixture->base.clock, now_us, now_us,
                    gs_clock_now_utc_ms (fixture->base.clock) + ms, TRUE, 5);
}

/* Nothing of engine or gate result may be read. */
static void
assert_hidden (Fixture *fixture)
{
  g_assert_false (gs_face_desk_is_revealed (fixture->desk));
  g_assert_false (gs_face_desk_is_comparing (fixture->desk));
  g_assert_null (gs_face_desk_get_comparison (fixture->desk, GS_FACE_PAIR_CHIP_DESK));
  g_assert_null (gs_face_desk_get_comparison (fixture->desk, GS_FACE_PAIR_GATE_DESK));
  g_assert_cmpint (ruling (fixture).step, ==, GS_FACE_STEP_JUDGE);
  g_assert_cmpint (ruling (fixture).ground, ==, GS_FACE_GROUND_NOT_JUDGED);
  g_assert_cmpint (gs_case_get_judgement (fixture->item), ==, 0);
  g_assert_true (gs_case_hides_face (fixture->item));
  g_assert_false (is_verified (fixture));
}

/* --- blind first ------------------------------------------------------------------------------ */

static void
test_agreement (Fixture *fixture, gconstpointer data)
{
  const GsFaceComparison *comparison;

  begin (fixture, "B02");
  g_assert_cmpint (gs_face_desk_get_wait (fixture->desk), ==, GS_FACE_WAIT_NONE);
  g_assert_cmpint (gs_face_desk_get_asked (fixture->desk), ==, GS_FACE_PAIR_CHIP_DESK);
  g_assert_true (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  g_assert_cmpint (gs_face_desk_get_asked (fixture->desk), ==, GS_FACE_PAIR_GATE_DESK);
  g_assert_true (say (fixture, GS_FACE_PAIR_GATE_DESK, GS_JUDGEMENT_SAME));
  g_assert_cmpint (gs_face_desk_get_asked (fixture->desk), ==, 0);
  g_assert_true (gs_face_desk_is_revealed (fixture->desk));
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
  comparison = gs_face_desk_get_comparison (fixture->desk, GS_FACE_PAIR_CHIP_DESK);
  g_assert_cmpint (comparison->verdict, ==, GS_FACE_MATCH);
  g_assert_cmpfloat (comparison->score, ==, 0.8);
  g_assert_true (is_verified (fixture));
  g_assert_cmpuint (gs_fake_face_engine_get_n_frames (fixture->engine), ==,
                    GS_FACE_PROBE_MAX_FRAMES);
}

/* Whatever the engine says, and whenever: until the last answer everything looks the same. */
static void
test_nothing_tells (Fixture *fixture, gconstpointer data)
{
  guint changes;

  gs_fake_face_engine_say (fixture->engine, CHIP_WIDTH, GS_FACE_NO_MATCH);
  gs_fake_face_engine_hold (fixture->engine, TRUE);
  begin (fixture, "B01");
  test_until (gs_fake_face_engine_get_n_open (fixture->engine) == 2);
  assert_hidden (fixture);
  changes = fixture->changes;
  gs_fake_face_engine_hold (fixture->engine, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (gs_fake_face_engine_get_n_open (fixture->engine), ==, 0);
  g_assert_cmpuint (fixture->changes, ==, changes);
  assert_hidden (fixture);
  g_assert_true (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  assert_hidden (fixture);
  g_assert_true (say (fixture, GS_FACE_PAIR_GATE_DESK, GS_JUDGEMENT_SAME));
  until_ruled (fixture, GS_FACE_STEP_SECOND_OFFICER, GS_FACE_GROUND_NO_MATCH);
  g_assert_cmpint (gs_case_get_judgement (fixture->item), ==, GS_JUDGEMENT_SAME);
}

/* Any sequence of calls of the interface, by chance: never a word before the last answer, and an
 * answer given never becomes another. */
static void
test_sequences (Fixture *fixture, gconstpointer data)
{
  GsJudgement given[GS_FACE_PAIR_LAST + 1] = { 0 };

  gs_fake_face_engine_say (fixture->engine, GATE_WIDTH, GS_FACE_REVIEW);
  begin (fixture, "B01");
  for (guint i = 0; i < 200; i++)
    {
      GsFacePair pair = (GsFacePair) g_test_rand_int_range (1, 3);
      GsJudgement judgement = (GsJudgement) g_test_rand_int_range (1, 4);

      switch (g_test_rand_int_range (0, 8))
        {
        case 0:
          if (say (fixture, pair, judgement))
            {
              g_assert_cmpint (given[pair], ==, 0);
              given[pair] = judgement;
            }
          break;
        case 1:
          g_assert_false (gs_face_desk_begin_second (fixture->desk, fixture->base.officer));
          break;
        case 2:
          show (fixture);
          break;
        case 3:
          gs_face_desk_capture (fixture->desk);
          break;
        case 4:
          gs_fake_face_engine_hold (fixture->engine, g_test_rand_bit ());
          break;
        case 5:
          if (gs_face_desk_begin_again (fixture->desk))
            memset (given, 0, sizeof given);
          break;
        case 6:
          g_assert_false (
            gs_face_desk_answer (fixture->desk, pair, judgement, fixture->base.second));
          break;
        default:
          g_main_context_iteration (NULL, FALSE);
        }
      for (int each = GS_FACE_PAIR_CHIP_DESK; each <= GS_FACE_PAIR_LAST; each++)
        g_assert_cmpint (gs_face_desk_get_answer (fixture->desk, (GsFacePair) each), ==,
                         given[each]);
      if (given[GS_FACE_PAIR_CHIP_DESK] == 0 || given[GS_FACE_PAIR_GATE_DESK] == 0)
        assert_hidden (fixture);
    }
}

static void
test_answers_stay (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B01");
  g_assert_true (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_DIFFERENT));
  g_assert_false (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  g_assert_false (gs_face_desk_begin_again (fixture->desk));
  g_assert_true (say (fixture, GS_FACE_PAIR_GATE_DESK, GS_JUDGEMENT_SAME));
  g_assert_false (say (fixture, GS_FACE_PAIR_GATE_DESK, GS_JUDGEMENT_DIFFERENT));
  until_ruled (fixture, GS_FACE_STEP_SECOND_LINE, GS_FACE_GROUND_DIFFERENT);
  g_assert_false (gs_face_desk_can_begin_again (fixture->desk));
  /* Nor does closing the card. */
  gs_station_open (fixture->station, NULL);
  open_case (fixture, fixture->item);
  g_assert_cmpint (ruling (fixture).ground, ==, GS_FACE_GROUND_DIFFERENT);
  g_assert_false (gs_face_desk_begin_again (fixture->desk));
  g_assert_cmpuint (gs_station_blocks (fixture->station, fixture->item, GS_OUTCOME_ADMITTED)
                      & GS_BLOCK_NOT_SAME,
                    !=, 0);
}

/* Closed before the engine has answered: what was revealed stands, without a decision of it. */
static void
test_closed_while_comparing (Fixture *fixture, gconstpointer data)
{
  gs_fake_face_engine_hold (fixture->engine, TRUE);
  begin (fixture, "B02");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  g_assert_true (gs_face_desk_is_comparing (fixture->desk));
  g_assert_cmpint (ruling (fixture).step, ==, GS_FACE_STEP_JUDGE);
  gs_station_open (fixture->station, NULL);
  test_until (gs_case_get_verification (fixture->item)->stored);
  open_case (fixture, fixture->item);
  g_assert_cmpint (ruling (fixture).ground, ==, GS_FACE_GROUND_NO_DECISION);
  g_assert_cmpint (gs_face_desk_get_comparison (fixture->desk, GS_FACE_PAIR_CHIP_DESK)->cause, ==,
                   GS_FACE_CAUSE_TIME_OUT);
}

/* An engine that never answers is not waited for: no decision of it, and what it says later is
 * nobody's. */
static void
test_engine_never_answers (Fixture *fixture, gconstpointer data)
{
  const GsFaceComparison *comparison;
  gint64 revealed_us;

  gs_fake_face_engine_hold (fixture->engine, TRUE);
  gs_face_desk_set_guard_ms (fixture->desk, 60);
  begin (fixture, "B02");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  revealed_us = g_get_monotonic_time ();
  g_assert_true (gs_face_desk_is_comparing (fixture->desk));
  g_assert_cmpuint (gs_station_blocks (fixture->station, fixture->item, GS_OUTCOME_ADMITTED)
                      & GS_BLOCK_COMPARING,
                    !=, 0);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_NO_DECISION);
  g_assert_cmpint (g_get_monotonic_time () - revealed_us, >=, 50 * 1000);
  g_assert_cmpuint (gs_station_blocks (fixture->station, fixture->item, GS_OUTCOME_ADMITTED)
                      & GS_BLOCK_COMPARING,
                    ==, 0);
  gs_fake_face_engine_say (fixture->engine, CHIP_WIDTH, GS_FACE_NO_MATCH);
  gs_fake_face_engine_hold (fixture->engine, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      comparison = gs_face_desk_get_comparison (fixture->desk, (GsFacePair) pair);
      g_assert_cmpint (comparison->verdict, ==, GS_FACE_NO_DECISION);
      g_assert_cmpint (comparison->cause, ==, GS_FACE_CAUSE_TIME_OUT);
    }
  g_assert_cmpint (ruling (fixture).step, ==, GS_FACE_STEP_ADMIT);
}

static void
test_unsure_then_new_capture (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B01");
  say_both (fixture, GS_JUDGEMENT_UNSURE, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_NEW_CAPTURE, GS_FACE_GROUND_UNSURE);
  g_assert_true (gs_face_desk_begin_again (fixture->desk));
  g_assert_false (gs_face_desk_has_capture (fixture->desk));
  assert_hidden (fixture);
  g_assert_cmpint (gs_face_desk_get_wait (fixture->desk), ==, GS_FACE_WAIT_CAPTURE);
  for (guint i = 0; i < GS_FACE_PROBE_MAX_FRAMES; i++)
    show (fixture);
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_UNSURE);
  until_ruled (fixture, GS_FACE_STEP_SECOND_LINE, GS_FACE_GROUND_UNSURE);
  g_assert_cmpuint (gs_case_get_verifications (fixture->item)->len, ==, 2);
}

static void
test_attack_seen (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B02");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
  gs_face_desk_set_attack_seen (fixture->desk, TRUE);
  test_until (ruling (fixture).step == GS_FACE_STEP_SECOND_OFFICER);
  g_assert_cmpint (ruling (fixture).ground, ==, GS_FACE_GROUND_ATTACK);
  g_assert_false (is_verified (fixture));
  gs_face_desk_set_attack_seen (fixture->desk, FALSE);
  g_assert_true (gs_face_desk_get_attack_seen (fixture->desk));
}

/* --- the second officer ----------------------------------------------------------------------- */

static void
begin_dispute (Fixture *fixture)
{
  gs_fake_face_engine_say (fixture->engine, CHIP_WIDTH, GS_FACE_NO_MATCH);
  begin (fixture, "B01");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_SECOND_OFFICER, GS_FACE_GROUND_NO_MATCH);
}

static gboolean
say_second (Fixture *fixture, GsFacePair pair, GsJudgement judgement)
{
  return gs_face_desk_answer (fixture->desk, pair, judgement, fixture->base.second);
}

static void
test_second_agrees (Fixture *fixture, gconstpointer data)
{
  GsFaceDesk *desk;

  begin_dispute (fixture);
  desk = fixture->desk;
  g_assert_cmpuint (gs_station_blocks (fixture->station, fixture->item, GS_OUTCOME_ADMITTED)
                      & GS_BLOCK_SECOND_FACE,
                    !=, 0);
  g_assert_true (gs_face_desk_begin_second (desk, fixture->base.second));
  assert_hidden (fixture);
  g_assert_cmpint (gs_face_desk_get_answer (desk, GS_FACE_PAIR_CHIP_DESK), ==, 0);
  g_assert_cmpint (gs_face_desk_get_answer_of (desk, GS_FACE_PAIR_CHIP_DESK, FALSE), ==, 0);
  g_assert_cmpint (gs_face_desk_get_answered_utc_ms (desk, GS_FACE_PAIR_CHIP_DESK), ==,
                   GS_TIME_UNKNOWN);
  g_assert_false (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  g_assert_true (say_second (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  assert_hidden (fixture);
  g_assert_false (gs_face_desk_cancel_second (desk));
  g_assert_true (say_second (fixture, GS_FACE_PAIR_GATE_DESK, GS_JUDGEMENT_SAME));
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_SECOND_AGREED);
  g_assert_true (is_verified (fixture));
  g_assert_cmpstr (gs_case_get_verification (fixture->item)->second, ==, "mori");
  g_assert_cmpint (gs_face_desk_get_answer_of (desk, GS_FACE_PAIR_CHIP_DESK, TRUE), ==,
                   GS_JUDGEMENT_SAME);
}

static void
test_second_refuses (Fixture *fixture, gconstpointer data)
{
  begin_dispute (fixture);
  g_assert_true (gs_face_desk_begin_second (fixture->desk, fixture->base.second));
  g_assert_true (say_second (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_DIFFERENT));
  g_assert_true (say_second (fixture, GS_FACE_PAIR_GATE_DESK, GS_JUDGEMENT_SAME));
  until_ruled (fixture, GS_FACE_STEP_SECOND_LINE, GS_FACE_GROUND_SECOND_REFUSED);
  g_assert_false (is_verified (fixture));
  g_assert_false (gs_face_desk_begin_second (fixture->desk, fixture->base.second));
  g_assert_cmpuint (gs_station_blocks (fixture->station, fixture->item, GS_OUTCOME_ADMITTED)
                      & GS_BLOCK_NOT_SAME,
                    !=, 0);
}

static void
test_second_not_allowed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GsSession) again = gs_session_new ("kato", "Kato", GS_ROLE_SUPERVISOR, TEST_NOW);
  g_autoptr (GsSession) auditor = gs_session_new ("toda", "Toda", GS_ROLE_AUDITOR, TEST_NOW);

  begin_dispute (fixture);
  g_assert_false (gs_face_desk_begin_second (fixture->desk, again));
  g_assert_false (gs_face_desk_begin_second (fixture->desk, auditor));
  g_assert_false (gs_face_desk_begin_second (fixture->desk, NULL));
  g_assert_true (gs_face_desk_is_revealed (fixture->desk));
  g_assert_true (gs_face_desk_begin_second (fixture->desk, fixture->base.second));
  g_assert_true (gs_face_desk_cancel_second (fixture->desk));
  g_assert_cmpint (ruling (fixture).step, ==, GS_FACE_STEP_SECOND_OFFICER);
  g_assert_cmpint (gs_case_get_judgement (fixture->item), ==, GS_JUDGEMENT_SAME);
}

/* A second officer who said something else and left cannot be replaced by one who agrees. */
static void
test_second_leaves (Fixture *fixture, gconstpointer data)
{
  begin_dispute (fixture);
  g_assert_true (gs_face_desk_begin_second (fixture->desk, fixture->base.second));
  g_assert_true (say_second (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_UNSURE));
  gs_station_open (fixture->station, NULL);
  test_until (gs_case_get_verification (fixture->item)->ruling.step == GS_FACE_STEP_SECOND_LINE);
  open_case (fixture, fixture->item);
  g_assert_cmpint (ruling (fixture).ground, ==, GS_FACE_GROUND_SECOND_REFUSED);
  g_assert_false (gs_face_desk_begin_second (fixture->desk, fixture->base.second));
}

/* What the hall gets: each officer's word and each engine's, by published names. */
static void
test_evidence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
  g_autoptr (GString) text = g_string_new (NULL);

  begin_dispute (fixture);
  gs_face_add_evidence (gs_case_get_verification (fixture->item), checks);
  for (guint i = 0; i < checks->len; i++)
    {
      const GsCheck *check = g_ptr_array_index (checks, i);

      g_assert_nonnull (gs_check_name_find (check->name));
      g_string_append_printf (text, "%s %s %s|", check->name,
                              gs_check_result_to_word (check->result),
                              check->code != NULL ? check->code : "-");
    }
  g_assert_cmpstr (text->str, ==,
                   "officer-same-as-chip successful -|desk-face-match failed B01|"
                   "officer-same-as-gate successful -|desk-gate-face-match successful -|"
                   "desk-no-attack-seen successful -|");
}

/* The traveller who stands here is the same for every case on the card. Which gate's picture the
 * other one has nobody compared. */
static void
test_joined (Fixture *fixture, gconstpointer data)
{
  GsCase *other = refer_as (fixture, "0c0ffee0-0000-4000-8000-000000000002", "B02");
  GsCase *one = refer_as (fixture, TEST_CROSSING, "B02");
  const GsFaceVerification *joined;

  swipe (fixture);
  fixture->item = gs_station_get_current (fixture->station);
  if (fixture->item == other)
    other = one;
  test_until (!gs_face_desk_is_loading (fixture->desk));
  for (guint i = 0; i < GS_FACE_PROBE_MAX_FRAMES; i++)
    show (fixture);
  g_assert_true (gs_case_is_joined (fixture->item, other));
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
  joined = gs_case_get_verification (other);
  g_assert_nonnull (joined);
  g_assert_false (joined->pairs[GS_FACE_PAIR_GATE_DESK].asked);
  g_assert_cmpint (joined->ruling.step, ==, GS_FACE_STEP_ADMIT);
  g_assert_cmpint (gs_case_get_judgement (other), ==, GS_JUDGEMENT_SAME);
}

/* --- the camera ------------------------------------------------------------------------------- */

static void
test_camera_follows_document (Fixture *fixture, gconstpointer data)
{
  open_case (fixture, refer_as (fixture, TEST_CROSSING, "B01"));
  g_assert_cmpint (gs_face_desk_get_state (fixture->desk), ==, GS_FACE_DESK_NO_DOCUMENT);
  g_assert_false (gs_fake_camera_is_started (fixture->camera));
  g_assert_cmpint (gs_face_desk_get_wait (fixture->desk), ==, GS_FACE_WAIT_DOCUMENT);
  g_assert_false (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  swipe (fixture);
  g_assert_true (gs_fake_camera_is_started (fixture->camera));
  g_assert_cmpint (gs_face_desk_get_state (fixture->desk), ==, GS_FACE_DESK_STARTING);
  show (fixture);
  g_assert_cmpint (gs_face_desk_get_state (fixture->desk), ==, GS_FACE_DESK_LIVE);
  g_assert_cmpuint (fixture->previews, ==, 1);
  /* Another card: the person at the desk is not that one's. */
  gs_station_open (fixture->station,
                   refer_as (fixture, "0c0ffee0-0000-4000-8000-000000000002", "B01"));
  g_assert_false (gs_fake_camera_is_started (fixture->camera));
  g_assert_false (gs_face_desk_has_capture (fixture->desk));
}

static void
test_swipe_ends (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B01");
  g_assert_true (gs_fake_camera_is_started (fixture->camera));
  pass_ms (fixture, GS_FACE_DESK_SWIPE_MS + 1000);
  gs_case_note_verification (fixture->item);
  g_assert_false (gs_fake_camera_is_started (fixture->camera));
  g_assert_false (gs_face_desk_has_capture (fixture->desk));
  g_assert_cmpint (gs_face_desk_get_wait (fixture->desk), ==, GS_FACE_WAIT_DOCUMENT);
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  gs_fake_face_watcher_see (fixture->watcher, GS_FACE_TROUBLE_NO_FACE, 0);
  gs_fake_face_engine_say (fixture->engine, CHIP_WIDTH, GS_FACE_NO_DECISION);
  open_case (fixture, refer_as (fixture, TEST_CROSSING, "B01"));
  swipe (fixture);
  show (fixture);
  g_assert_cmpuint (gs_face_desk_get_view (fixture->desk)->troubles, ==, GS_FACE_TROUBLE_NO_FACE);
  g_assert_false (gs_face_desk_has_capture (fixture->desk));
  g_assert_cmpint (gs_face_desk_get_wait (fixture->desk), ==, GS_FACE_WAIT_CAPTURE);
  g_assert_false (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  /* By hand. */
  g_assert_true (gs_face_desk_capture (fixture->desk));
  show (fixture);
  g_assert_true (gs_face_desk_has_capture (fixture->desk));
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_NO_DECISION);
}

static void
test_unplugged_midway (Fixture *fixture, gconstpointer data)
{
  open_case (fixture, refer_as (fixture, TEST_CROSSING, "B02"));
  swipe (fixture);
  /* A picture that stands still for a moment is no reason to do without. */
  gs_fake_camera_set_state (fixture->camera, GS_CAMERA_FROZEN, GS_CAMERA_TROUBLE_NONE);
  g_assert_cmpint (gs_face_desk_get_wait (fixture->desk), ==, GS_FACE_WAIT_CAPTURE);
  g_assert_false (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  gs_fake_camera_set_state (fixture->camera, GS_CAMERA_LOST, GS_CAMERA_TROUBLE_NO_DEVICE);
  g_assert_cmpint (gs_face_desk_get_state (fixture->desk), ==, GS_FACE_DESK_LOST);
  g_assert_cmpint (gs_face_desk_get_wait (fixture->desk), ==, GS_FACE_WAIT_NONE);
  g_assert_true (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  gs_fake_camera_set_state (fixture->camera, GS_CAMERA_LIVE, GS_CAMERA_TROUBLE_NONE);
  show (fixture);
  g_assert_true (say (fixture, GS_FACE_PAIR_GATE_DESK, GS_JUDGEMENT_SAME));
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_NO_DECISION);
  g_assert_cmpint (gs_face_desk_get_comparison (fixture->desk, GS_FACE_PAIR_CHIP_DESK)->cause, ==,
                   GS_FACE_CAUSE_NO_PROBE);
}

/* Two minutes without a camera's eye: the officer's word and nothing else. */
static void
test_without_camera (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B01");
  g_assert_cmpint (gs_face_desk_get_state (fixture->desk), ==, GS_FACE_DESK_NO_CAMERA);
  g_assert_true (gs_face_desk_is_pair_asked (fixture->desk, GS_FACE_PAIR_GATE_DESK));
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_NO_DECISION);
  g_assert_true (is_verified (fixture));
}

static void
test_without_engine (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B01");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_NO_DECISION);
  g_assert_cmpint (gs_face_desk_get_comparison (fixture->desk, GS_FACE_PAIR_GATE_DESK)->cause, ==,
                   GS_FACE_CAUSE_NO_ENGINE);
}

static void
test_without_guidance (Fixture *fixture, gconstpointer data)
{
  open_case (fixture, refer_as (fixture, TEST_CROSSING, "B02"));
  swipe (fixture);
  show (fixture);
  g_assert_false (gs_face_desk_has_capture (fixture->desk));
  g_assert_true (gs_face_desk_capture (fixture->desk));
  show (fixture);
  g_assert_true (gs_face_desk_has_capture (fixture->desk));
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
}

/* Each picture goes through the watcher once, for the eyes; a picture taken by hand too. */
static void
test_eyes (Fixture *fixture, gconstpointer data)
{
  open_case (fixture, refer_as (fixture, TEST_CROSSING, "B02"));
  test_until (gs_face_desk_get_chip_eyes (fixture->desk).apart == 0.2);
  test_until (gs_face_desk_get_gate_eyes (fixture->desk).apart == 0.2);
  g_assert_cmpfloat (gs_face_desk_get_best_eyes (fixture->desk).apart, ==, 0);
  gs_fake_face_watcher_see (fixture->watcher, GS_FACE_TROUBLE_DARK, 0.1);
  swipe (fixture);
  show (fixture);
  g_assert_true (gs_face_desk_capture (fixture->desk));
  show (fixture);
  test_until (gs_face_desk_get_best_eyes (fixture->desk).apart == 0.2);
  gs_station_open (fixture->station, NULL);
  g_assert_cmpfloat (gs_face_desk_get_chip_eyes (fixture->desk).apart, ==, 0);
  g_assert_cmpfloat (gs_face_desk_get_best_eyes (fixture->desk).apart, ==, 0);
}

static void
test_no_eyes (Fixture *fixture, gconstpointer data)
{
  if (!fixture->without_watcher)
    gs_fake_face_watcher_see (fixture->watcher, GS_FACE_TROUBLE_NO_FACE, 0);
  open_case (fixture, refer_as (fixture, TEST_CROSSING, "B02"));
  swipe (fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_nonnull (gs_face_desk_get_chip_picture (fixture->desk));
  g_assert_cmpfloat (gs_face_desk_get_chip_eyes (fixture->desk).apart, ==, 0);
}

/* What is told of the document is how it came. */
static void
test_how_it_came (Fixture *fixture, gconstpointer data)
{
  open_case (fixture, refer_as (fixture, TEST_CROSSING, "B02"));
  g_assert_false (gs_face_desk_has_reader (fixture->desk));
  g_assert_cmpint (gs_face_desk_get_document (fixture->desk), ==, GS_FACE_DOCUMENT_NONE);
  swipe (fixture);
  g_assert_cmpint (gs_face_desk_get_document (fixture->desk), ==, GS_FACE_DOCUMENT_SWIPED);
}

static void
test_without_gate_picture (Fixture *fixture, gconstpointer data)
{
  gs_fake_hall_set_evidence (fixture->base.hall, "gate-face", NULL);
  begin (fixture, "B02");
  g_assert_false (gs_face_desk_is_pair_asked (fixture->desk, GS_FACE_PAIR_GATE_DESK));
  g_assert_true (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
}

/* --- what stays, and what does not ------------------------------------------------------------ */

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B01");
  g_assert_true (say (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  gs_station_set_session (fixture->station, NULL);
  g_assert_null (gs_face_desk_get_chip_picture (fixture->desk));
  g_assert_null (gs_face_desk_get_best (fixture->desk));
  g_assert_null (gs_case_get_verification (fixture->item));
  g_assert_false (gs_fake_camera_is_started (fixture->camera));
  gs_station_set_session (fixture->station, fixture->base.officer);
  open_case (fixture, fixture->item);
  g_assert_cmpint (gs_face_desk_get_answer (fixture->desk, GS_FACE_PAIR_CHIP_DESK), ==, 0);
}

static void
test_another_officer (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B02");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
  gs_station_set_session (fixture->station, NULL);
  gs_station_set_session (fixture->station, fixture->base.second);
  open_case (fixture, fixture->item);
  assert_hidden (fixture);
  /* It is in the history, as soon as that may be read. */
  g_assert_cmpuint (gs_case_get_verifications (fixture->item)->len, ==, 1);
  gs_station_set_session (fixture->station, NULL);
  gs_station_set_session (fixture->station, fixture->base.officer);
  open_case (fixture, fixture->item);
  g_assert_true (is_verified (fixture));
}

static void
test_five_minutes (Fixture *fixture, gconstpointer data)
{
  gint64 at;

  begin (fixture, "B02");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
  g_assert_true (gs_face_desk_is_verified (fixture->desk, fixture->item, &at));
  g_assert_cmpint (at, >=, TEST_NOW);
  pass_ms (fixture, 299 * 1000);
  g_assert_true (is_verified (fixture));
  pass_ms (fixture, 2000);
  g_assert_false (gs_face_desk_is_verified (fixture->desk, fixture->item, &at));
  g_assert_cmpint (at, ==, GS_TIME_UNKNOWN);
  g_assert_true (gs_face_desk_begin_again (fixture->desk));
}

static gpointer
find_case (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GsCaseRow) row = gs_case_table_get (db, TEST_CROSSING, error);

  return GINT_TO_POINTER (row != NULL);
}

static void
until_case_is_stored (Fixture *fixture)
{
  gboolean stored = FALSE;

  while (!stored)
    {
      g_autoptr (GError) error = NULL;

      g_main_context_iteration (NULL, TRUE);
      stored = gs_store_query (fixture->base.store, find_case, NULL, &error) != NULL;
      g_assert_no_error (error);
    }
}

/* A restart keeps what was verified, for its five minutes and not longer. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B02");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
  until_case_is_stored (fixture);
  stop_station (fixture);
  start_station (fixture);
  fixture->item = gs_case_book_find (fixture->base.book, TEST_CROSSING);
  g_assert_nonnull (fixture->item);
  g_assert_true (is_verified (fixture));
  g_assert_cmpint (gs_case_get_judgement (fixture->item), ==, GS_JUDGEMENT_SAME);
  pass_ms (fixture, 301 * 1000);
  g_assert_false (is_verified (fixture));
}

static void
test_new_referral (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B02");
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_AGREED);
  refer_as (fixture, TEST_CROSSING, "B01");
  assert_hidden (fixture);
  g_assert_cmpint (gs_face_desk_get_wait (fixture->desk), ==, GS_FACE_WAIT_CAPTURE);
}

/* --- the record ------------------------------------------------------------------------------- */

static gpointer
list_record (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_record_table_list (db, 0, 1000, error);
  GString *text = g_string_new (NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GsRecordRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, "judgement") || g_str_has_prefix (row->kind, "face."))
        g_string_append_printf (text, "%s %s %s|", row->kind, row->officer,
                                row->second != NULL ? row->second : "-");
    }
  return g_string_free (text, FALSE);
}

static gpointer
list_judgements (GsDatabase *db, gpointer data, GError **error)
{
  return gs_judgement_table_of_crossing (db, TEST_CROSSING, error);
}

static void
test_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *record = NULL;

  begin_dispute (fixture);
  g_assert_true (gs_face_desk_begin_second (fixture->desk, fixture->base.second));
  g_assert_true (say_second (fixture, GS_FACE_PAIR_CHIP_DESK, GS_JUDGEMENT_SAME));
  g_assert_true (say_second (fixture, GS_FACE_PAIR_GATE_DESK, GS_JUDGEMENT_SAME));
  until_ruled (fixture, GS_FACE_STEP_ADMIT, GS_FACE_GROUND_SECOND_AGREED);
  record = gs_store_query (fixture->base.store, list_record, NULL, &error);
  g_assert_cmpstr (record, ==,
                   "judgement kato -|judgement kato -|face.verified kato -|"
                   "face.second-judges kato mori|judgement mori -|judgement mori -|"
                   "face.second kato mori|");
  rows = gs_store_query (fixture->base.store, list_judgements, NULL, &error);
  g_assert_cmpuint (rows->len, ==, 4);
  g_assert_cmpstr (((GsJudgementRow *) rows->pdata[0])->method, ==, "camera");
  g_assert_cmpstr (((GsJudgementRow *) rows->pdata[0])->verification, ==,
                   gs_case_get_verification (fixture->item)->id);
}

static gboolean
contains (const char *path, const guint8 *needle, gsize length)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;

  return g_file_get_contents (path, &bytes, &size, NULL)
         && memmem (bytes, size, needle, length) != NULL;
}

/* Neither the evidence's bytes nor the dots of any picture stand in the database or its log. */
static void
test_no_picture_stored (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) jpeg = make_jpeg (CHIP_WIDTH);
  g_autofree char *log = g_strconcat (fixture->base.database, "-wal", NULL);
  const char *const paths[] = { fixture->base.database, log };
  const guint8 jpeg_begin[] = { 0xff, 0xd8, 0xff };
  guint8 frame[48];

  memset (frame, 100, sizeof frame);
  begin_dispute (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_false (contains (paths[i], g_bytes_get_data (jpeg, NULL), 64));
      g_assert_false (contains (paths[i], jpeg_begin, sizeof jpeg_begin));
      g_assert_false (contains (paths[i], frame, sizeof frame));
    }
}

/* What the store cannot take does not exist. */
static void
test_not_stored (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "B02");
  gs_store_close (fixture->base.store);
  say_both (fixture, GS_JUDGEMENT_SAME, GS_JUDGEMENT_SAME);
  test_until (gs_case_get_verification (fixture->item) == NULL);
  g_assert_false (is_verified (fixture));
  g_assert_cmpint (gs_case_get_judgement (fixture->item), ==, 0);
}

#define ADD(path, without, function)                                                               \
  g_test_add ("/station/face-desk/" path, Fixture, without, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A store that cannot write is warned of; that is no fault of the test. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  ADD ("agreement", NULL, test_agreement);
  ADD ("nothing-tells", NULL, test_nothing_tells);
  ADD ("sequences", NULL, test_sequences);
  ADD ("answers-stay", NULL, test_answers_stay);
  ADD ("eyes", NULL, test_eyes);
  ADD ("no-eyes", NULL, test_no_eyes);
  ADD ("no-eyes/without-guidance", "watcher", test_no_eyes);
  ADD ("how-it-came", NULL, test_how_it_came);
  ADD ("closed-while-comparing", NULL, test_closed_while_comparing);
  ADD ("engine-never-answers", NULL, test_engine_never_answers);
  ADD ("unsure-then-new-capture", NULL, test_unsure_then_new_capture);
  ADD ("attack-seen", NULL, test_attack_seen);
  ADD ("second/agrees", NULL, test_second_agrees);
  ADD ("second/refuses", NULL, test_second_refuses);
  ADD ("second/not-allowed", NULL, test_second_not_allowed);
  ADD ("second/leaves", NULL, test_second_leaves);
  ADD ("evidence", NULL, test_evidence);
  ADD ("joined", NULL, test_joined);
  ADD ("camera/follows-document", NULL, test_camera_follows_document);
  ADD ("camera/swipe-ends", NULL, test_swipe_ends);
  ADD ("camera/nobody-there", NULL, test_nobody_there);
  ADD ("camera/unplugged-midway", NULL, test_unplugged_midway);
  ADD ("without/camera", "camera", test_without_camera);
  ADD ("without/engine", "engine", test_without_engine);
  ADD ("without/guidance", "watcher", test_without_guidance);
  ADD ("without/gate-picture", NULL, test_without_gate_picture);
  ADD ("sign-out", NULL, test_sign_out);
  ADD ("another-officer", NULL, test_another_officer);
  ADD ("five-minutes", NULL, test_five_minutes);
  ADD ("restart", NULL, test_restart);
  ADD ("new-referral", NULL, test_new_referral);
  ADD ("record", NULL, test_record);
  ADD ("no-picture-stored", NULL, test_no_picture_stored);
  ADD ("not-stored", NULL, test_not_stored);
  return g_test_run ();
}
