/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population.h"
#include "gs-referral-mix.h"
#include "gs-referral-reason.h"
#include "gs-check.h"
#include "gs-mrz.h"
#include "gs-sim-json.h"
#include "gs-sim-traveller.h"
#include "gs-utopia-people.h"

#include <glib/gstdio.h>
#include <string.h>

#define START G_GINT64_CONSTANT (1795000000000)

typedef struct
{
  char *folder;
  char *truth;
  gint64 now_utc_ms;
  GsSimHall *hall;
  GsPopulation *population;
} Fixture;

static gint64
read_clock (gpointer user_data)
{
  return ((Fixture *) user_data)->now_utc_ms;
}

static void
set_up (Fixture *fixture, const char *direction, guint32 seed, gboolean full)
{
  g_autoptr (GError) error = NULL;
  GsSimHallConfig hall = {
    .name = "Hall",
    .port = "UTC",
    .time_zone = "Asia/Tokyo",
    .direction = direction,
    .source = "https://hall.utopia.example/",
    .full_profile = full,
    .closing_events = TRUE,
    .gates = 12,
    .keep = 1000000,
    .digest_key = "key",
  };
  GsPopulationConfig population = {
    .seed = seed,
    .speed = 1.0,
    .per_minute = 20.0,
    .referral_percent = 6.0,
    .stamp_percent = 5.0,
    .unattended_minutes = 8.0,
  };

  fixture->now_utc_ms = START;
  fixture->folder = g_dir_make_tmp ("gateside-population-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->truth = g_build_filename (fixture->folder, "truth", NULL);
  fixture->hall = gs_sim_hall_open (fixture->folder, &hall, &error);
  g_assert_no_error (error);
  gs_sim_hall_set_clock (fixture->hall, read_clock, fixture);
  g_assert_true (gs_sim_hall_set_truth (fixture->hall, fixture->truth, &error));
  fixture->population = gs_population_new (fixture->hall, &population, START);
}

static void
pass (Fixture *fixture, gint64 seconds, gint64 step_ms)
{
  gint64 end = fixture->now_utc_ms + seconds * 1000;

  while (fixture->now_utc_ms < end)
    {
      fixture->now_utc_ms = MIN (fixture->now_utc_ms + step_ms, end);
      gs_population_advance (fixture->population, fixture->now_utc_ms);
    }
}

/* Ends the hall and returns its ground truth. */
static char *
tear_down (Fixture *fixture)
{
  static const char *const files[] = { "hall.log", "epoch", "truth" };
  char *text = NULL;

  g_clear_object (&fixture->population);
  g_clear_pointer (&fixture->hall, gs_sim_hall_free);
  g_assert_true (g_file_get_contents (fixture->truth, &text, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, files[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->truth);
  return text;
}

static char *
run_hall (const char *direction, guint32 seed, gint64 seconds, gint64 step_ms)
{
  Fixture fixture = { 0 };

  set_up (&fixture, direction, seed, FALSE);
  pass (&fixture, seconds, step_ms);
  return tear_down (&fixture);
}

static void
test_same_seed_same_truth (void)
{
  static const char *const directions[] = { "arrival", "departure" };

  for (gsize i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      g_autofree char *first = run_hall (directions[i], 42, 3600, 50);
      g_autofree char *again = run_hall (directions[i], 42, 3600, 777);
      g_autofree char *other = run_hall (directions[i], 43, 3600, 50);

      g_assert_cmpuint (strlen (first), >, 500000);
      g_assert_cmpstr (first, ==, again);
      g_assert_cmpstr (first, !=, other);
    }
}

static guint
count (const char *text, const char *what)
{
  guint found = 0;

  for (const char *at = text; (at = strstr (at, what)) != NULL; at++)
    found++;
  return found;
}

static void
test_believable (void)
{
  g_autofree char *truth = run_hall ("arrival", 5, 4 * 3600, 250);
  guint started = count (truth, "crossing.started");
  guint referred = count (truth, "crossing.referred");

  /* 20 a minute for 4 hours are 4,800. */
  g_assert_cmpuint (started, >, 4000);
  g_assert_cmpuint (started, <, 5600);
  g_assert_cmpuint (referred, >, started * 4 / 100);
  g_assert_cmpuint (referred, <, started * 9 / 100);
  g_assert_cmpuint (count (truth, "crossing.customs"), >, started * 85 / 100);
  g_assert_cmpuint (count (truth, "\"party\":\""), >, started * 10 / 100);
  g_assert_cmpuint (count (truth, "\"fault\":\""), >, 4);
}

static void
test_departures_close (void)
{
  g_autofree char *truth = run_hall ("departure", 5, 4 * 3600, 250);

  g_assert_cmpuint (count (truth, "\"cause\":\"boarded\""), >, 1000);
  g_assert_cmpuint (count (truth, "\"cause\":\"closed\""), >, 10);
  g_assert_cmpuint (count (truth, "crossing.cancelled"), >, 2);
  g_assert_cmpuint (count (truth, "crossing.customs"), ==, 0);
}

/* Every crossing gets at most one closing event, and none before it was admitted. */
static void
test_one_closing_event (void)
{
  g_autofree char *truth = run_hall ("departure", 9, 4 * 3600, 250);
  g_auto (GStrv) lines = g_strsplit (truth, "\n", -1);
  g_autoptr (GHashTable) admitted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      const char *json = strchr (lines[i], '\t') + 1;
      g_autoptr (json_t) event = gs_sim_json_parse (json, strlen (json), NULL);
      const char *type = gs_sim_json_text (event, "type");
      const char *subject = gs_sim_json_text (event, "subject");

      g_assert_nonnull (type);
      if (strstr (type, "admitted") != NULL)
        g_assert_true (g_hash_table_add (admitted, g_strdup (subject)));
      if (strstr (type, "boarded") != NULL || strstr (type, "cancelled") != NULL)
        {
          g_assert_true (g_hash_table_contains (admitted, subject));
          g_assert_true (g_hash_table_add (closed, g_strdup (subject)));
        }
    }
  g_assert_cmpuint (g_hash_table_size (closed), >, 1000);
}

typedef struct
{
  Fixture *fixture;
  guint worn[GS_SIM_PERSONS];
} Faces;

static void
count_face (GsSimCrossing *crossing, gpointer user_data)
{
  Faces *faces = user_data;
  json_t *facts = gs_sim_hall_get_facts (faces->fixture->hall, crossing->id);
  gboolean at_desk =
    crossing->state == GS_SIM_STATE_REFERRED || crossing->state == GS_SIM_STATE_IN_GATE;

  if (facts != NULL && at_desk)
    faces->worn[json_integer_value (json_object_get (facts, "person"))]++;
}

static void
test_nobody_shares_a_face (void)
{
  Fixture fixture = { 0 };
  g_autofree char *truth = NULL;

  set_up (&fixture, "arrival", 3, FALSE);
  for (int minute = 0; minute < 120; minute++)
    {
      Faces faces = { &fixture, { 0 } };

      pass (&fixture, 60, 500);
      gs_sim_hall_foreach_crossing (fixture.hall, count_face, &faces);
      for (int i = 0; i < GS_SIM_PERSONS; i++)
        g_assert_cmpuint (faces.worn[i], <=, 1);
    }
  truth = tear_down (&fixture);
}

static void
count_name (GsSimCrossing *crossing, gpointer user_data)
{
  g_autofree char *name = NULL;

  if ((crossing->state != GS_SIM_STATE_REFERRED && crossing->state != GS_SIM_STATE_IN_GATE)
      || crossing->traveller == NULL)
    return;
  name = g_strdup_printf ("%s<<%s", gs_sim_json_text (crossing->traveller, "primary_identifier"),
                          gs_sim_json_text (crossing->traveller, "secondary_identifier"));
  if (g_hash_table_contains (user_data, name))
    g_error ("two are called %s", name);
  g_hash_table_add (user_data, g_steal_pointer (&name));
}

static void
assert_all_differ (Fixture *fixture)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Faces faces = { fixture, { 0 } };

  gs_sim_hall_foreach_crossing (fixture->hall, count_name, names);
  g_assert_cmpuint (g_hash_table_size (names), >, 0);
  gs_sim_hall_foreach_crossing (fixture->hall, count_face, &faces);
  for (int i = 0; i < GS_SIM_PERSONS; i++)
    g_assert_cmpuint (faces.worn[i], <=, 1);
}

/* Scripted gate faults between the hall's own travellers: whoever stands before an officer has a
 * name and a face that nobody else there has, as long as there are faces enough. */
static void
test_scripted_faults_differ (void)
{
  Fixture fixture = { 0 };
  g_autofree char *truth = NULL;

  set_up (&fixture, "arrival", 6, FALSE);
  gs_population_set_rate (fixture.population, 4.0);
  for (int round = 0; round < 40; round++)
    {
      g_autoptr (json_t) wish = json_pack ("{s:s, s:i}", "gate", "gate-3", "count", 4);
      g_autofree char *problem = NULL;
      g_autoptr (json_t) made = NULL;
      size_t i;
      json_t *one;

      pass (&fixture, 20, 500);
      made = gs_population_script_gate_fault (fixture.population, wish, &problem);
      g_assert_null (problem);
      assert_all_differ (&fixture);
      pass (&fixture, 20, 500);
      assert_all_differ (&fixture);
      json_array_foreach (json_object_get (made, "crossings"), i, one)
      {
        g_autoptr (json_t) end =
          json_pack ("{s:s}", "crossing", gs_sim_json_text (one, "crossing"));
        g_autoptr (json_t) event =
          gs_population_script_event (fixture.population, "cancelled", end, &problem);

        g_assert_nonnull (event);
      }
    }
  truth = tear_down (&fixture);
}

/* The same script again and again: a small hall of cases whose names all differ. */
static void
test_scripted_names_differ (void)
{
  Fixture fixture = { 0 };
  g_autofree char *truth = NULL;

  set_up (&fixture, "arrival", 12, FALSE);
  gs_population_set_running (fixture.population, FALSE);
  for (int i = 0; i < 60; i++)
    {
      g_autoptr (json_t) wish = json_pack ("{s:[s], s:i}", "reasons", "B01", "person", i % 2);
      g_autofree char *problem = NULL;
      g_autoptr (json_t) made = gs_population_script_crossing (fixture.population, wish, &problem);
      g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      g_assert_nonnull (made);
      gs_sim_hall_foreach_crossing (fixture.hall, count_name, names);
      g_assert_cmpuint (g_hash_table_size (names), ==, (guint) i + 1);
    }
  truth = tear_down (&fixture);
}

static void
test_event_sizes (gconstpointer full)
{
  Fixture fixture = { 0 };
  g_autofree char *truth = NULL;
  g_auto (GStrv) lines = NULL;

  set_up (&fixture, "departure", 11, GPOINTER_TO_INT (full));
  pass (&fixture, 3 * 3600, 500);
  truth = tear_down (&fixture);
  lines = g_strsplit (truth, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      gsize size = strlen (strchr (lines[i], '\t') + 1);

      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (size, >=, 270);
      g_assert_cmpuint (size, <=, 900);
    }
}

static void
test_load_counts (void)
{
  Fixture fixture = { 0 };
  g_autofree char *truth = NULL;
  gint64 newest;

  set_up (&fixture, "arrival", 1, FALSE);
  for (int i = 0; i < 100; i++)
    gs_population_make_events (fixture.population, 100, fixture.now_utc_ms += 100);
  newest = gs_sim_log_get_newest (gs_sim_hall_get_log (fixture.hall));
  g_assert_cmpint (newest, >=, 10000);
  g_assert_cmpint (newest, <, 10100);
  truth = tear_down (&fixture);
}

static void
test_restart_goes_on (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  GsPopulationConfig config = {
    .seed = 8, .speed = 1.0, .per_minute = 20.0, .referral_percent = 6.0, .unattended_minutes = 8.0
  };
  g_autofree char *truth = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) started = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  set_up (&fixture, "arrival", 8, FALSE);
  pass (&fixture, 600, 100);
  g_clear_object (&fixture.population);
  g_assert_true (gs_sim_hall_reload (fixture.hall, &error));
  fixture.population = gs_population_new (fixture.hall, &config, fixture.now_utc_ms);
  pass (&fixture, 1800, 100);
  truth = tear_down (&fixture);
  lines = g_strsplit (truth, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    if (strstr (lines[i], "crossing.started") != NULL)
      {
        const char *subject = strstr (lines[i], "\"subject\":\"") + strlen ("\"subject\":\"");

        g_assert_true (g_hash_table_add (started, g_strndup (subject, 36)));
      }
  g_assert_cmpuint (g_hash_table_size (started), >, 400);
}

static void
test_mrz_reads_back (void)
{
  static const GsMrzDate today = { 2026, 11, 23 };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (int i = 0; i < 2000; i++)
    {
      int person = i % GS_SIM_PERSONS;
      g_autoptr (GsSimTraveller) traveller =
        gs_sim_traveller_new (random, person, NULL, FALSE, START);
      char first[GS_SIM_MRZ_LINE + 1], second[GS_SIM_MRZ_LINE + 1], both[2 * GS_SIM_MRZ_LINE + 1];
      GsMrz mrz;

      gs_sim_traveller_write_mrz (traveller, first, second);
      g_snprintf (both, sizeof both, "%s%s", first, second);
      g_assert_cmpint (gs_mrz_read ((const uint8_t *) both, strlen (both), &today, &mrz), ==,
                       GS_MRZ_OK);
      g_assert_true (mrz.valid);
      g_assert_cmpstr (mrz.document_number, ==, traveller->document_number);
      g_assert_cmpstr (mrz.birth_date_mrz, ==, traveller->birth_date);
      g_assert_cmpint (mrz.sex, ==, gs_utopia_person ((guint) person)->sex);
    }
}

static void
test_reason_mix (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint priority_one = 0;

  for (const GsReferralReason *reason = gs_referral_reasons (); reason->code != NULL; reason++)
    g_assert_nonnull (gs_referral_mix_find (reason->code));
  for (const GsReferralMix *row = gs_referral_mix_get (); row->code != NULL; row++)
    {
      g_assert_nonnull (gs_referral_reason_find (row->code));
      g_assert_true (row->check == NULL || gs_check_name_find (row->check) != NULL);
    }
  for (int i = 0; i < 100000; i++)
    {
      const char *code = gs_referral_mix_pick (random);

      g_hash_table_add (seen, (gpointer) code);
      priority_one += gs_referral_reason_find (code)->priority == 1;
    }
  /* All but the one for children. */
  g_assert_false (g_hash_table_contains (seen, "E03"));
  g_assert_cmpuint (g_hash_table_size (seen), >=, 52);
  g_assert_cmpuint (priority_one, <, 6000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/population/same-seed-same-truth", test_same_seed_same_truth);
  g_test_add_func ("/simulator/population/believable", test_believable);
  g_test_add_func ("/simulator/population/departures-close", test_departures_close);
  g_test_add_func ("/simulator/population/one-closing-event", test_one_closing_event);
  g_test_add_func ("/simulator/population/nobody-shares-a-face", test_nobody_shares_a_face);
  g_test_add_func ("/simulator/population/scripted-faults-differ", test_scripted_faults_differ);
  g_test_add_func ("/simulator/population/scripted-names-differ", test_scripted_names_differ);
  g_test_add_data_func ("/simulator/population/event-sizes/minimal", GINT_TO_POINTER (FALSE),
                        test_event_sizes);
  g_test_add_data_func ("/simulator/population/event-sizes/full", GINT_TO_POINTER (TRUE),
                        test_event_sizes);
  g_test_add_func ("/simulator/population/load-counts", test_load_counts);
  g_test_add_func ("/simulator/population/restart-goes-on", test_restart_goes_on);
  g_test_add_func ("/simulator/population/mrz-reads-back", test_mrz_reads_back);
  g_test_add_func ("/simulator/population/reason-mix", test_reason_mix);
  return g_test_run ();
}
