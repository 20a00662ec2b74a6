/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two desks without a window in one simulated hall. The first finds a copied chip on somebody whom
 * the gate admitted: the case is its own at once, stays so, is given back when the card is closed,
 * and the second desk heeds that. usage: test-desk-lease GATESIDE-HALL */

#include "gs-hall-client.h"
#include "gs-station.h"

#include <jansson.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define DEADLINE_US (30 * G_USEC_PER_SEC)
#define CONTROL_TIMEOUT_S 30

static const char *program;

typedef struct
{
  GsConfig *config;
  GsStore *store;
  GsSession *officer;
  GsStation *station;
} Desk;

typedef struct
{
  char *folder;
  GSubprocess *hall;
  guint port;
  guint control_port;
  Desk desks[2];
} Fixture;

static gboolean
on_over (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

/* Between two looks, which may be questions to the hall. */
static void
run_for_a_while (void)
{
  gboolean over = FALSE;

  g_timeout_add (20, on_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

#define await(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end_us = g_get_monotonic_time () + DEADLINE_US;                                         \
    while (!(condition) && g_get_monotonic_time () < end_us)                                       \
      run_for_a_while ();                                                                          \
    if (!(condition))                                                                              \
      g_error ("line %d: waited %d s in vain for %s", __LINE__,                                    \
               (int) (DEADLINE_US / G_USEC_PER_SEC), #condition);                                  \
  }                                                                                                \
  G_STMT_END

/* --- the hall --------------------------------------------------------------------------------- */

static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
read_ports (Fixture *fixture, const char *path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL)
         && sscanf (text, "hall %u control %u", &fixture->port, &fixture->control_port) == 2;
}

static void
start_hall (Fixture *fixture)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *pki = g_build_filename (fixture->folder, "pki", NULL);
  g_autofree char *ports = g_build_filename (fixture->folder, "ports", NULL);
  g_autofree char *state = g_build_filename (fixture->folder, "state", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) maker =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--make-pki", pki, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (maker, NULL, NULL));
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  fixture->hall = g_subprocess_launcher_spawn (launcher, &error, program, "--pki", pki, "--port",
                                               "0", "--control", "0", "--port-file", ports,
                                               "--state", state, "--quiet", NULL);
  g_assert_no_error (error);
  await (read_ports (fixture, ports));
}

static void
on_hall_ended (GObject *source, GAsyncResult *result, gpointer ended)
{
  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) ended = TRUE;
}

/* The main context runs meanwhile: connections that the desks have just begun come to an end. */
static void
stop_hall (Fixture *fixture)
{
  gboolean has_ended = FALSE;

  g_subprocess_send_signal (fixture->hall, SIGTERM);
  g_subprocess_wait_async (fixture->hall, NULL, on_hall_ended, &has_ended);
  await (has_ended);
}

/* The answer of the control port; wish NULL: only look. */
static json_t *
control (Fixture *fixture, const char *resource, const char *wish)
{
  g_autoptr (SoupSession) session =
    soup_session_new_with_options ("proxy-resolver", NULL, "timeout", CONTROL_TIMEOUT_S, NULL);
  g_autofree char *url =
    g_strdup_printf ("http://127.0.0.1:%u/control/%s", fixture->control_port, resource);
  g_autoptr (SoupMessage) message = soup_message_new (wish != NULL ? "POST" : "GET", url);
  g_autoptr (GBytes) body = wish != NULL ? g_bytes_new (wish, strlen (wish)) : NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  json_t *json;

  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  json = json_loadb (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), 0, NULL);
  g_assert_nonnull (json);
  return json;
}

/* "desk-1 2026-…" of the crossing's lease in the hall; NULL without one. Transfer full. */
static char *
dup_lease (Fixture *fixture, const char *crossing)
{
  json_t *state = control (fixture, "state", NULL);
  json_t *lease;
  size_t i;
  char *text = NULL;

  json_array_foreach (json_object_get (state, "leases"), i, lease)
  {
    if (g_strcmp0 (json_string_value (json_object_get (lease, "crossing")), crossing) == 0)
      text = g_strdup_printf ("%s %s", json_string_value (json_object_get (lease, "desk")),
                              json_string_value (json_object_get (lease, "until")));
  }
  json_decref (state);
  return text;
}

static gboolean
has_lease (Fixture *fixture, const char *crossing, const char *desk)
{
  g_autofree char *lease = dup_lease (fixture, crossing);

  return desk != NULL ? lease != NULL && g_str_has_prefix (lease, desk) : lease == NULL;
}

static gboolean
is_another_lease (Fixture *fixture, const char *crossing, const char *before)
{
  g_autofree char *lease = dup_lease (fixture, crossing);

  return lease != NULL && strcmp (lease, before) != 0;
}

/* --- desks ------------------------------------------------------------------------------------ */

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gs_station_start_finish (GS_STATION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static GsConfig *
write_config (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.conf", fixture->folder, name);
  g_autofree char *text = g_strdup_printf (
    "[desk]\nid=%s\nname=%s\ndirection=arrival\ngates=gate-1;gate-2\ndatabase=%s.db\n"
    "stamp-pack=%s/data/specimen-pack.tar\n"
    "[stamp-packs]\nauthorities=%s/data/specimen-pack-authority.pem\n"
    "[hall]\nurl=https://localhost:%u\nca=pki/ca.pem\ncertificate=pki/%s.pem\nkey=pki/%s.key\n"
    "[port]\nname=UTOPIA CITY\ntransport=air\noffice=Office\nauthority=Service\n",
    name, name, name, g_getenv ("GATESIDE_BUILD_ROOT"), g_getenv ("GATESIDE_BUILD_ROOT"),
    fixture->port, name, name);
  g_autoptr (GPtrArray) mistakes = NULL;
  GsConfig *config;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  config = gs_config_load (path, &mistakes);
  for (guint i = 0; mistakes != NULL && i < mistakes->len; i++)
    g_test_message ("%s", ((GsConfigMistake *) mistakes->pdata[i])->sentence);
  g_assert_nonnull (config);
  return config;
}

static void
start_desk (Fixture *fixture, Desk *desk, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAccess) access = NULL;
  g_autoptr (GsHallClient) client = NULL;
  GsStationDevices devices = { 0 };
  gboolean started = FALSE;

  desk->config = write_config (fixture, name);
  access = gs_hall_access_new (desk->config->hall_url, &error);
  g_assert_no_error (error);
  g_assert_true (gs_hall_access_add_ca_file (access, desk->config->hall_ca, &error));
  g_assert_true (gs_hall_access_set_certificate (access, desk->config->hall_certificate,
                                                 desk->config->hall_key, &error));
  client = gs_hall_client_new (access, &error);
  g_assert_no_error (error);
  desk->store = gs_store_open (desk->config->database, &error);
  g_assert_no_error (error);
  devices = (GsStationDevices){
    .config = desk->config, .store = desk->store, .access = access, .hall = GS_HALL (client)
  };
  desk->station = gs_station_new (&devices);
  gs_station_start_async (desk->station, NULL, on_started, &started);
  await (started);
  desk->officer = gs_session_new (name, name, GS_ROLE_OFFICER, 0);
  gs_station_set_session (desk->station, desk->officer);
  await (gs_station_is_live (desk->station));
}

static void
stop_desk (Desk *desk)
{
  gs_station_stop (desk->station);
  g_object_run_dispose (G_OBJECT (desk->station));
  g_clear_object (&desk->station);
  gs_store_close (desk->store);
  g_clear_object (&desk->store);
  g_clear_object (&desk->officer);
  g_clear_pointer (&desk->config, gs_config_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("gateside-lease-XXXXXX", NULL);
  start_hall (fixture);
  start_desk (fixture, &fixture->desks[0], "desk-1");
  start_desk (fixture, &fixture->desks[1], "desk-2");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *argv[] = { "rm", "-rf", fixture->folder, NULL };

  stop_desk (&fixture->desks[0]);
  stop_desk (&fixture->desks[1]);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  stop_hall (fixture);
  g_clear_object (&fixture->hall);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (fixture->folder);
}

/* Somebody whom the gate let through, on both desks' cards. */
static char *
admit (Fixture *fixture, GsCase *items[2])
{
  json_t *made = control (fixture, "crossing", "{\"gate\":\"gate-1\",\"admitted\":true}");
  char *crossing = g_strdup (json_string_value (json_object_get (made, "crossing")));

  json_decref (made);
  for (guint i = 0; i < 2; i++)
    {
      GsStation *station = fixture->desks[i].station;

      await ((items[i] = gs_case_book_find (gs_station_get_book (station), crossing)) != NULL
             && gs_case_get_crossing (items[i])->state == GS_CROSSING_STATE_ADMITTED);
      gs_station_open (station, items[i]);
    }
  return crossing;
}

/* As the document desk does it with a copied chip. */
static void
find_copy (GsCase *item)
{
  const char *const codes[] = { "C07", NULL };
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);

  g_ptr_array_add (checks,
                   gs_check_new ("active-authentication", GS_CHECK_RESULT_FAILED, "C07", NULL));
  gs_case_set_findings (item, codes, TRUE, checks, g_get_real_time () / 1000);
  g_assert_true (gs_case_is_desk_referral (item));
}

/* --- tests ------------------------------------------------------------------------------------ */

static void
test_finding (Fixture *fixture, gconstpointer data)
{
  GsCase *items[2];
  g_autofree char *crossing = admit (fixture, items);
  g_autofree char *first = NULL;

  /* Nobody holds whom nobody has to decide about. */
  g_assert_true (has_lease (fixture, crossing, NULL));
  find_copy (items[0]);
  await (has_lease (fixture, crossing, "desk-1"));
  await (gs_case_get_hold (items[0]) == GS_HOLD_HERE);
  /* Renewed every ten seconds. */
  first = dup_lease (fixture, crossing);
  await (is_another_lease (fixture, crossing, first));
  g_assert_true (has_lease (fixture, crossing, "desk-1"));

  /* The second desk sees whose it is, and finding the same there changes nothing in that. */
  await (gs_case_get_hold (items[1]) == GS_HOLD_ELSEWHERE);
  find_copy (items[1]);
  g_assert_cmpuint (gs_station_blocks (fixture->desks[1].station, items[1], GS_OUTCOME_SECOND_LINE)
                      & GS_BLOCK_ELSEWHERE,
                    !=, 0);
  g_assert_false (gs_station_decide (fixture->desks[1].station, items[1], GS_OUTCOME_SECOND_LINE,
                                     NULL, NULL, NULL));
  g_assert_true (has_lease (fixture, crossing, "desk-1"));

  /* Given back with the card, it is the second desk's, which has it open. */
  gs_station_open (fixture->desks[0].station, NULL);
  await (has_lease (fixture, crossing, "desk-2"));
  await (gs_case_get_hold (items[1]) == GS_HOLD_HERE);
  await (gs_case_get_hold (items[0]) == GS_HOLD_ELSEWHERE);
  g_assert_true (gs_station_decide (fixture->desks[1].station, items[1], GS_OUTCOME_SECOND_LINE,
                                    NULL, NULL, NULL));
  await (gs_case_get_crossing (items[0])->outcome == GS_OUTCOME_SECOND_LINE);
  await (has_lease (fixture, crossing, NULL));
}

/* Both find it at once: one has it. */
static void
test_both (Fixture *fixture, gconstpointer data)
{
  GsCase *items[2];
  g_autofree char *crossing = admit (fixture, items);

  find_copy (items[0]);
  find_copy (items[1]);
  await (!has_lease (fixture, crossing, NULL));
  await (gs_case_get_hold (items[0]) != GS_HOLD_FREE && gs_case_get_hold (items[1]) != GS_HOLD_FREE
         && gs_case_get_hold (items[0]) != gs_case_get_hold (items[1]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add ("/desk-lease/finding", Fixture, NULL, set_up, test_finding, tear_down);
  g_test_add ("/desk-lease/both", Fixture, NULL, set_up, test_both, tear_down);
  return g_test_run ();
}
