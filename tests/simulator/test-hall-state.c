/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-check.h"
#include "gs-sim-faults.h"
#include "gs-sim-hall.h"
#include "gs-sim-json.h"
#include "gs-sim-rules.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define START G_GINT64_CONSTANT (1795000000000)
#define CROSSING "11111111-1111-4111-8111-111111111111"

typedef struct
{
  char *folder;
  gint64 now_utc_ms;
  GsSimHall *hall;
} Fixture;

static gint64
read_clock (gpointer user_data)
{
  return ((Fixture *) user_data)->now_utc_ms;
}

static void
open_hall (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GsSimHallConfig config = {
    .name = "Hall",
    .port = "UTC",
    .time_zone = "Asia/Tokyo",
    .direction = "arrival",
    .source = "https://hall.utopia.example/",
    .closing_events = TRUE,
    .gates = 3,
    .keep = 1000,
    .digest_key = "key",
  };

  fixture->hall = gs_sim_hall_open (fixture->folder, &config, &error);
  g_assert_no_error (error);
  gs_sim_hall_set_clock (fixture->hall, read_clock, fixture);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->now_utc_ms = START;
  fixture->folder = g_dir_make_tmp ("gateside-hall-XXXXXX", NULL);
  open_hall (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gs_sim_hall_free (fixture->hall);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static void
restart (Fixture *fixture)
{
  gs_sim_hall_free (fixture->hall);
  open_hall (fixture);
}

static void
refer (Fixture *fixture)
{
  gs_sim_hall_publish (
    fixture->hall, "crossing.started", CROSSING,
    json_pack ("{s:s, s:s, s:n}", "gate", "gate-1", "direction", "arrival", "party"), START);
  gs_sim_hall_report_document (
    fixture->hall, CROSSING,
    json_pack ("{s:s, s:s}", "issuing_state", "UTO", "document_number", "AB1234567"), json_array (),
    START);
  gs_sim_hall_publish (fixture->hall, "crossing.referred", CROSSING,
                       json_pack ("{s:s, s:[s], s:n, s:n, s:n}", "gate", "gate-1", "reasons", "B01",
                                  "fault", "party", "traveller"),
                       START);
}

static guint
ask_status (GsSimReply *reply)
{
  guint status = reply->status;

  gs_sim_reply_free (reply);
  return status;
}

static void
test_lease_runs_out (Fixture *fixture, gconstpointer unused)
{
  GsSimCrossing *crossing;

  refer (fixture);
  crossing = gs_sim_hall_get_crossing (fixture->hall, CROSSING);
  g_assert_cmpuint (ask_status (gs_sim_hall_lease (fixture->hall, CROSSING, "desk-3", "kato")), ==,
                    200);
  fixture->now_utc_ms += GS_SIM_LEASE_MS - 1;
  gs_sim_hall_tick (fixture->hall);
  g_assert_cmpstr (crossing->lease_desk, ==, "desk-3");
  g_assert_cmpuint (ask_status (gs_sim_hall_lease (fixture->hall, CROSSING, "desk-3", "kato")), ==,
                    200);
  fixture->now_utc_ms += GS_SIM_LEASE_MS - 1;
  gs_sim_hall_tick (fixture->hall);
  g_assert_cmpstr (crossing->lease_desk, ==, "desk-3");
  fixture->now_utc_ms += 1;
  gs_sim_hall_tick (fixture->hall);
  g_assert_null (crossing->lease_desk);
  g_assert_cmpint (crossing->version, ==, 5);
}

/* A lease that was taken before a kill still runs out after it. */
static void
test_lease_after_restart (Fixture *fixture, gconstpointer unused)
{
  refer (fixture);
  g_assert_cmpuint (ask_status (gs_sim_hall_lease (fixture->hall, CROSSING, "desk-3", "kato")), ==,
                    200);
  restart (fixture);
  g_assert_cmpuint (ask_status (gs_sim_hall_lease (fixture->hall, CROSSING, "desk-4", "sato")), ==,
                    409);
  fixture->now_utc_ms += GS_SIM_LEASE_MS;
  gs_sim_hall_tick (fixture->hall);
  g_assert_cmpuint (ask_status (gs_sim_hall_lease (fixture->hall, CROSSING, "desk-4", "sato")), ==,
                    200);
}

static void
test_torn_tail (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "hall.log", NULL);
  g_autofree char *epoch = NULL, *first = NULL, *again = NULL;
  gsize length, length_again;
  int fd;

  refer (fixture);
  epoch = g_strdup (gs_sim_log_get_epoch (gs_sim_hall_get_log (fixture->hall)));
  first = gs_sim_log_read (gs_sim_hall_get_log (fixture->hall), 3, &length);
  fd = open (path, O_WRONLY | O_APPEND | O_CLOEXEC);
  g_assert_cmpint (write (fd, "E\t4\t{\"specver", 14), ==, 14);
  close (fd);
  restart (fixture);
  g_assert_cmpstr (gs_sim_log_get_epoch (gs_sim_hall_get_log (fixture->hall)), ==, epoch);
  g_assert_cmpint (gs_sim_log_get_newest (gs_sim_hall_get_log (fixture->hall)), ==, 3);
  again = gs_sim_log_read (gs_sim_hall_get_log (fixture->hall), 3, &length_again);
  g_assert_cmpmem (first, length, again, length_again);
  g_assert_cmpint (
    gs_sim_hall_publish (fixture->hall, "crossing.customs", CROSSING, json_object (), START), ==,
    4);
}

static void
test_not_a_log (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "hall.log", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "something else\n", -1, NULL));
  g_assert_false (gs_sim_hall_reload (fixture->hall, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_true (gs_sim_hall_reload (fixture->hall, &error));
}

static void
test_epoch_carries_over (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *old = NULL;
  GsSimCrossing *crossing;

  refer (fixture);
  old = g_strdup (gs_sim_log_get_epoch (gs_sim_hall_get_log (fixture->hall)));
  g_assert_true (gs_sim_hall_start_epoch (fixture->hall, &error));
  g_assert_cmpstr (gs_sim_log_get_epoch (gs_sim_hall_get_log (fixture->hall)), !=, old);
  g_assert_cmpint (gs_sim_log_get_newest (gs_sim_hall_get_log (fixture->hall)), ==, 0);
  restart (fixture);
  crossing = gs_sim_hall_get_crossing (fixture->hall, CROSSING);
  g_assert_nonnull (crossing);
  g_assert_cmpint (crossing->state, ==, GS_SIM_STATE_REFERRED);
  g_assert_cmpint (crossing->version, ==, 3);
  g_assert_cmpstr (gs_sim_json_text (crossing->traveller, "document_number"), ==, "AB1234567");
}

static void
test_digest_is_keyed (Fixture *fixture, gconstpointer unused)
{
  GsSimCrossing *crossing;
  g_autofree char *plain = NULL;
  const char *digest;

  refer (fixture);
  crossing = gs_sim_hall_get_crossing (fixture->hall, CROSSING);
  digest = gs_sim_json_text (crossing->document, "document_digest");
  g_assert_cmpuint (strlen (digest), ==, 32);
  plain = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "UTO|AB1234567", -1);
  g_assert_false (g_str_has_prefix (plain, digest));
}

static void
test_faults (void)
{
  g_autoptr (GsSimFaults) faults = gs_sim_faults_new ();

  g_assert_false (gs_sim_faults_set (faults, "nonsense", TRUE, 0, 1));
  g_assert_true (gs_sim_faults_set (faults, "drop", TRUE, 0, 2));
  for (gint64 id = 1; id <= 3; id++)
    gs_sim_faults_mark (faults, id);
  g_assert_cmpint (gs_sim_faults_get_damage (faults, 2), ==, GS_SIM_DAMAGE_DROP);
  g_assert_cmpint (gs_sim_faults_get_damage (faults, 3), ==, GS_SIM_DAMAGE_NONE);
  g_assert_true (gs_sim_faults_set (faults, "refuse", TRUE, 0, 1));
  g_assert_true (gs_sim_faults_is_refusing (faults));
  g_assert_true (gs_sim_faults_set (faults, "refuse", FALSE, 0, 1));
  g_assert_false (gs_sim_faults_is_refusing (faults));
}

static json_t *
load_schema (const char *name)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "docs", "schemas", name, NULL);
  json_t *schema = json_load_file (path, 0, NULL);

  g_assert_nonnull (schema);
  return schema;
}

/* The published check names are the model's, group by group. */
static void
test_published_checks (void)
{
  g_autoptr (json_t) schema = load_schema ("check-names.json");
  const char *group;
  json_t *names, *name;
  guint published = 0, known = 0;
  size_t i;

  json_object_foreach (json_object_get (schema, "$defs"), group, names)
    json_array_foreach (json_object_get (names, "oneOf"), i, name)
  {
    const GsCheckName *row = gs_check_name_find (gs_sim_json_text (name, "const"));

    published++;
    g_assert_nonnull (row);
    g_assert_cmpstr (gs_check_group_to_word (row->group), ==, group);
  }
  for (const GsCheckName *row = gs_check_names (); row->name != NULL; row++)
    known++;
  g_assert_cmpuint (published, ==, known);
}

static void
test_published_problems (void)
{
  g_autoptr (json_t) schema = load_schema ("problem.json");
  json_t *types =
    json_object_get (json_object_get (json_object_get (schema, "properties"), "type"), "oneOf");
  const char *const *names = gs_sim_reply_get_problem_names ();
  json_t *type;
  size_t i;

  json_array_foreach (types, i, type)
  {
    g_autofree char *expected = g_strconcat ("urn:gateside:problem:", names[i], NULL);

    g_assert_nonnull (names[i]);
    g_assert_cmpstr (gs_sim_json_text (type, "const"), ==, expected);
  }
  g_assert_null (names[json_array_size (types)]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/simulator/hall/lease-runs-out", test_lease_runs_out);
  ADD ("/simulator/hall/lease-after-restart", test_lease_after_restart);
  ADD ("/simulator/hall/torn-tail", test_torn_tail);
  ADD ("/simulator/hall/not-a-log", test_not_a_log);
  ADD ("/simulator/hall/epoch-carries-over", test_epoch_carries_over);
  ADD ("/simulator/hall/digest-is-keyed", test_digest_is_keyed);
  g_test_add_func ("/simulator/faults", test_faults);
  g_test_add_func ("/simulator/contract/check-names", test_published_checks);
  g_test_add_func ("/simulator/contract/problems", test_published_problems);
  return g_test_run ();
}
