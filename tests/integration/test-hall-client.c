/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GsHallClient against the simulated hall over TLS: every request of the contract, and the refusals
 * with what they tell. Arguments: the hall's program. */

#include "gs-hall-client.h"

#include "gs-time.h"
#include "gs-uuid.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define DEADLINE_US (15 * G_USEC_PER_SEC)

static const char *program;

typedef struct
{
  char *folder;
  GSubprocess *process;
  guint port;
  guint control_port;
  GsHall *desk;  /* desk-1 */
  GsHall *other; /* desk-2 */
  guint statuses;
} Fixture;

/* ---- the hall ---- */

static gboolean
read_ports (Fixture *fixture, const char *path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL)
         && sscanf (text, "hall %u control %u", &fixture->port, &fixture->control_port) == 2;
}

/* The hall ends with the test, however that ends. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_hall (Fixture *fixture)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;
  g_autofree char *pki = g_build_filename (fixture->folder, "pki", NULL);
  g_autofree char *ports = g_build_filename (fixture->folder, "ports", NULL);
  g_autofree char *state = g_build_filename (fixture->folder, "state", NULL);
  /* Where test-client-traffic.py wants the traffic of all tests; a folder's own file otherwise. */
  g_autofree char *own_traffic = g_build_filename (fixture->folder, "traffic", NULL);
  const char *traffic = g_getenv ("GATESIDE_TRAFFIC");
  g_autoptr (GSubprocess) maker =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--make-pki", pki, NULL);
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (maker, NULL, NULL));
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  fixture->process = g_subprocess_launcher_spawn (
    launcher, &error, program, "--pki", pki, "--port", "0", "--control", "0", "--port-file", ports,
    "--state", state, "--quiet", "--record-traffic", traffic != NULL ? traffic : own_traffic, NULL);
  g_assert_no_error (error);
  while (!read_ports (fixture, ports))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_usleep (10000);
    }
}

static void
on_status (GsHallClient *client, const GsHallStatus *status, gpointer user_data)
{
  ((Fixture *) user_data)->statuses++;
}

static GsHall *
make_client (Fixture *fixture, const char *desk)
{
  g_autofree char *url = g_strdup_printf ("https://localhost:%u", fixture->port);
  g_autofree char *ca = g_build_filename (fixture->folder, "pki", "ca.pem", NULL);
  g_autofree char *cert = g_strdup_printf ("%s/pki/%s.pem", fixture->folder, desk);
  g_autofree char *key = g_strdup_printf ("%s/pki/%s.key", fixture->folder, desk);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallAccess) access = gs_hall_access_new (url, &error);
  GsHallClient *client;

  g_assert_no_error (error);
  g_assert_true (gs_hall_access_add_ca_file (access, ca, &error));
  g_assert_true (gs_hall_access_set_certificate (access, cert, key, &error));
  found = gs_hall_access_dup_desk (access);
  g_assert_cmpstr (found, ==, desk);
  g_assert_cmpint (gs_hall_access_certificate_ends_utc_ms (access), >, g_get_real_time () / 1000);
  client = gs_hall_client_new (access, &error);
  g_assert_no_error (error);
  gs_hall_client_set_status_func (client, on_status, fixture);
  return GS_HALL (client);
}

/* Sends a wish to the control port; the answer's text member, or NULL. */
static char *
control (Fixture *fixture, const char *resource, const char *wish, const char *member)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autofree char *url =
    g_strdup_printf ("http://127.0.0.1:%u/control/%s", fixture->control_port, resource);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes) body = g_bytes_new (wish, strlen (wish));
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  json_t *json;
  char *text;

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  json = json_loadb (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), 0, NULL);
  text = g_strdup (json_string_value (json_object_get (json, member)));
  json_decref (json);
  return text;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("gateside-hall-XXXXXX", &error);
  g_assert_no_error (error);
  start_hall (fixture);
  fixture->desk = make_client (fixture, "desk-1");
  fixture->other = make_client (fixture, "desk-2");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *argv[] = { "rm", "-rf", fixture->folder, NULL };

  g_clear_object (&fixture->desk);
  g_clear_object (&fixture->other);
  g_subprocess_send_signal (fixture->process, 15);
  g_subprocess_wait (fixture->process, NULL, NULL);
  g_clear_object (&fixture->process);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (fixture->folder);
}

/* ---- waiting for one answer ---- */

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The result of the asynchronous call that was just begun with on_result and &result. */
static void
wait_result (GAsyncResult **result)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (*result == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

#define AWAIT(call, ...)                                                                           \
  g_autoptr (GAsyncResult) call##_result = NULL;                                                   \
  gs_hall_##call##_async (__VA_ARGS__, NULL, on_result, &call##_result);                           \
  wait_result (&call##_result)

static GsHallCrossing *
get_crossing (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  GsHallCrossing *crossing;

  AWAIT (get_crossing, fixture->desk, id);
  crossing = gs_hall_get_crossing_finish (fixture->desk, get_crossing_result, &error);
  g_assert_no_error (error);
  return crossing;
}

static void
test_reading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = control (fixture, "crossing", "{\"reasons\":[\"B05\"]}", "crossing");
  g_autoptr (GsHallStatus) status = NULL;
  g_autoptr (GsHallPage) page = NULL;
  g_autoptr (GsHallCrossings) open = NULL;
  g_autoptr (GsHallCrossing) crossing = get_crossing (fixture, id);
  g_autoptr (GsHallCrossings) found = NULL;
  g_autoptr (GsHallEvidence) evidence = NULL;

  AWAIT (get_status, fixture->desk);
  status = gs_hall_get_status_finish (fixture->desk, get_status_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (status->gates->len, ==, 12);
  g_assert_cmpint (status->received_monotonic_us, >=, status->sent_monotonic_us);
  g_assert_cmpuint (fixture->statuses, ==, 1);

  AWAIT (get_events_page, fixture->desk, 0, 3);
  page = gs_hall_get_events_page_finish (fixture->desk, get_events_page_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 3);
  g_assert_cmpint (((GsFeedItem *) page->items->pdata[2])->id, ==, 3);

  AWAIT (get_open_crossings, fixture->desk);
  open = gs_hall_get_open_crossings_finish (fixture->desk, get_open_crossings_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->crossings->len, ==, 1);
  g_assert_cmpint (open->as_of_event, ==, status->newest_event);

  g_assert_cmpint (crossing->crossing->state, ==, GS_CROSSING_STATE_REFERRED);
  g_assert_cmpstr (crossing->crossing->reasons[0], ==, "B05");
  g_assert_cmpstr (crossing->window_state, ==, "not-open");
  g_assert_nonnull (crossing->crossing->traveller);
  g_assert_cmpuint (crossing->crossing->checks->len, >, 3);

  AWAIT (lookup, fixture->desk, crossing->crossing->traveller->issuing_state,
         crossing->crossing->traveller->document_number);
  found = gs_hall_lookup_finish (fixture->desk, lookup_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->crossings->len, ==, 1);
  g_assert_cmpstr (((GsHallCrossing *) found->crossings->pdata[0])->crossing->id, ==, id);

  AWAIT (get_evidence, fixture->desk, id, "gate-face");
  evidence = gs_hall_get_evidence_finish (fixture->desk, get_evidence_result, &error);
  g_assert_null (evidence);
  g_assert_error (error, GS_HALL_ERROR, GS_HALL_ERROR_NOT_FOUND);
}

static GsHallDecision *
make_decision (const GsHallCrossing *crossing, const char *desk)
{
  GsHallDecision *decision = gs_hall_decision_new ();

  decision->crossing = g_strdup (crossing->crossing->id);
  decision->key = gs_uuid_new ();
  decision->version = crossing->crossing->version;
  decision->outcome = GS_OUTCOME_ADMITTED;
  decision->officer = g_strdup ("kato");
  decision->desk = g_strdup (desk);
  decision->at_utc_ms = g_get_real_time () / 1000;
  decision->reasons = g_strsplit ("B01", ",", -1);
  return decision;
}

/* One decision; the error's code, 0 when it was taken. */
static int
decide (GsHall *hall, const GsHallDecision *decision, gboolean *replayed, GError **error)
{
  g_autoptr (GsHallReceipt) receipt = NULL;

  AWAIT (post_decision, hall, decision);
  receipt = gs_hall_post_decision_finish (hall, post_decision_result, error);
  if (receipt != NULL)
    *replayed = receipt->replayed;
  return receipt != NULL ? 0 : (*error)->code;
}

/* desk-1 gives its case back, desk-2 has it for a while, desk-1 has it in the end. */
static void
assert_lease_passes_on (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  GsHall *from = fixture->desk, *to = fixture->other;
  const char *from_desk = "desk-1", *to_desk = "desk-2";

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GsHallLease) lease = NULL;

      AWAIT (delete_lease, from, id, from_desk, "kato");
      g_assert_true (gs_hall_delete_lease_finish (from, delete_lease_result, &error));
      g_assert_no_error (error);
      AWAIT (put_lease, to, id, to_desk, "kato");
      lease = gs_hall_put_lease_finish (to, put_lease_result, &error);
      g_assert_no_error (error);
      from = fixture->other;
      from_desk = "desk-2";
      to = fixture->desk;
      to_desk = "desk-1";
    }
}

static void
test_lease_and_decision (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = control (fixture, "crossing", "{\"reasons\":[\"B01\"]}", "crossing");
  g_autoptr (GsHallCrossing) crossing = NULL;
  g_autoptr (GsHallDecision) mine = NULL;
  g_autoptr (GsHallDecision) theirs = NULL;
  g_autoptr (GsHallLease) lease = NULL;
  gboolean replayed = TRUE;

  AWAIT (put_lease, fixture->desk, id, "desk-1", "kato");
  lease = gs_hall_put_lease_finish (fixture->desk, put_lease_result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lease->until_utc_ms, >, g_get_real_time () / 1000);
  {
    AWAIT (put_lease, fixture->other, id, "desk-2", "mori");
    g_assert_null (gs_hall_put_lease_finish (fixture->other, put_lease_result, &error));
    g_assert_error (error, GS_HALL_ERROR, GS_HALL_ERROR_LEASE_HELD);
    g_assert_cmpstr (gs_hall_error_get_problem (error)->desk, ==, "desk-1");
    g_assert_cmpint (gs_hall_error_get_problem (error)->until_utc_ms, !=, GS_TIME_UNKNOWN);
    g_clear_error (&error);
  }
  assert_lease_passes_on (fixture, id);
  crossing = get_crossing (fixture, id);
  g_assert_cmpstr (crossing->crossing->taken_desk, ==, "desk-1");
  mine = make_decision (crossing, "desk-1");
  mine->version += 100;
  g_assert_cmpint (decide (fixture->desk, mine, &replayed, &error), ==, GS_HALL_ERROR_VERSION);
  g_clear_error (&error);
  mine->version -= 100;
  g_assert_cmpint (decide (fixture->desk, mine, &replayed, &error), ==, 0);
  g_assert_false (replayed);
  g_assert_cmpint (decide (fixture->desk, mine, &replayed, &error), ==, 0);
  g_assert_true (replayed);
  g_free (mine->note);
  mine->note = g_strdup ("another body");
  g_assert_cmpint (decide (fixture->desk, mine, &replayed, &error), ==, GS_HALL_ERROR_KEY_REUSED);
  g_clear_error (&error);
  theirs = make_decision (crossing, "desk-2");
  g_assert_cmpint (decide (fixture->other, theirs, &replayed, &error), ==,
                   GS_HALL_ERROR_ALREADY_DECIDED);
  g_assert_cmpint (gs_hall_error_get_problem (error)->outcome, ==, GS_OUTCOME_ADMITTED);
  g_assert_cmpstr (gs_hall_error_get_problem (error)->officer, ==, "kato");
}

static GsHallClaim *
claim (GsHall *hall, const char *crossing, const char *desk, const char *key, GError **error)
{
  g_autoptr (GsHallStampRequest) request = gs_hall_stamp_request_new ();

  request->crossing = g_strdup (crossing);
  request->stamp = g_strdup (key);
  request->serial = g_strdup_printf ("T-%.8s", key);
  request->desk = g_strdup (desk);
  request->officer = g_strdup ("kato");
  request->printer = g_strdup ("printer-1");
  {
    AWAIT (post_stamp_claim, hall, request);
    return gs_hall_post_stamp_claim_finish (hall, post_stamp_claim_result, error);
  }
}

static void
report (Fixture *fixture, const char *crossing, const GsHallClaim *granted, const char *key)
{
  g_autoptr (GsHallClaimReport) said = gs_hall_claim_report_new ();
  g_autoptr (GError) error = NULL;

  said->crossing = g_strdup (crossing);
  said->claim = g_strdup (granted->claim);
  said->outcome = GS_HALL_CLAIM_ISSUED;
  said->serial = g_strdup_printf ("T-%.8s", key);
  said->at_utc_ms = g_get_real_time () / 1000;
  for (int i = 0; i < 2; i++)
    {
      AWAIT (put_claim_outcome, fixture->desk, said);
      g_assert_true (
        gs_hall_put_claim_outcome_finish (fixture->desk, put_claim_outcome_result, &error));
    }
}

static void
expect_refusal (Fixture *fixture, const char *crossing, GsHallError code)
{
  g_autofree char *key = gs_uuid_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (claim (fixture->other, crossing, "desk-2", key, &error));
  g_assert_error (error, GS_HALL_ERROR, (int) code);
  g_assert_nonnull (gs_hall_error_get_problem (error));
  if (code == GS_HALL_ERROR_ALREADY_STAMPED)
    {
      g_assert_true (g_str_has_prefix (gs_hall_error_get_problem (error)->serial, "T-"));
      g_assert_cmpint (gs_hall_error_get_problem (error)->at_utc_ms, !=, GS_TIME_UNKNOWN);
    }
  if (code == GS_HALL_ERROR_CLAIMED_ELSEWHERE)
    g_assert_cmpstr (gs_hall_error_get_problem (error)->desk, ==, "desk-1");
  if (code == GS_HALL_ERROR_WINDOW_CLOSED)
    g_assert_cmpstr (gs_hall_error_get_problem (error)->cause, ==, "customs");
}

/* What is open at any desk, the newest serials, and a stamp that had no claim. */
static void
test_stamps_beside_claims (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = control (fixture, "crossing", "{}", "crossing");
  g_autofree char *late = control (fixture, "crossing", "{}", "crossing");
  g_autofree char *key = gs_uuid_new ();
  g_autoptr (GsHallClaim) granted = claim (fixture->desk, id, "desk-1", key, &error);
  g_autoptr (GsHallUnclaimed) stamp = gs_hall_unclaimed_new ();
  g_autoptr (GsHallUnclaimedAnswer) answer = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) serials = NULL;
  const GsHallOpenClaim *one;

  g_assert_no_error (error);
  AWAIT (get_open_claims, fixture->other);
  open = gs_hall_get_open_claims_finish (fixture->other, get_open_claims_result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, ==, 1);
  one = g_ptr_array_index (open, 0);
  g_assert_cmpstr (one->claim, ==, granted->claim);
  g_assert_cmpstr (one->desk, ==, "desk-1");
  g_assert_false (one->in_doubt);

  stamp->key = gs_uuid_new ();
  stamp->stamp = gs_uuid_new ();
  stamp->serial = g_strdup ("UTO-D1 000007");
  stamp->crossing = g_strdup (late);
  stamp->desk = g_strdup ("desk-1");
  stamp->officer = g_strdup ("kato");
  stamp->supervisor = g_strdup ("mori");
  stamp->reason = g_strdup ("outage");
  stamp->printer = g_strdup ("printer-1");
  stamp->outcome = GS_HALL_CLAIM_ISSUED;
  stamp->at_utc_ms = g_get_real_time () / 1000;
  AWAIT (post_unclaimed, fixture->desk, stamp);
  answer = gs_hall_post_unclaimed_finish (fixture->desk, post_unclaimed_result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer->claim);
  g_assert_cmpuint (answer->conflicts->len, ==, 0);

  AWAIT (get_serials, fixture->desk, "desk-1");
  serials = gs_hall_get_serials_finish (fixture->desk, get_serials_result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < serials->len; i++)
    {
      const GsHallSerial *serial = g_ptr_array_index (serials, i);

      if (g_strcmp0 (serial->prefix, "UTO-D1") == 0)
        {
          g_assert_cmpint (serial->newest, ==, 7);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_stamp_claim (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = control (fixture, "crossing", "{}", "crossing");
  g_autofree char *open = control (fixture, "crossing", "{\"reasons\":[\"B01\"]}", "crossing");
  g_autofree char *gone = control (fixture, "crossing", "{}", "crossing");
  g_autofree char *inside = control (fixture, "crossing", "{\"admitted\":false}", "crossing");
  g_autofree char *key = gs_uuid_new ();
  g_autofree char *wish = g_strdup_printf ("{\"crossing\":\"%s\"}", gone);
  g_autoptr (GsHallClaim) granted = claim (fixture->desk, id, "desk-1", key, &error);
  g_autoptr (GsHallClaim) again = NULL;
  g_autoptr (GsHallCrossing) crossing = NULL;

  g_assert_no_error (error);
  g_free (control (fixture, "customs", wish, "none"));
  g_assert_false (granted->replayed);
  g_assert_cmpint (granted->start_before_utc_ms, >, granted->granted_at_utc_ms);
  again = claim (fixture->desk, id, "desk-1", key, &error);
  g_assert_no_error (error);
  g_assert_true (again->replayed);
  g_assert_cmpstr (again->claim, ==, granted->claim);
  expect_refusal (fixture, id, GS_HALL_ERROR_CLAIMED_ELSEWHERE);
  expect_refusal (fixture, open, GS_HALL_ERROR_OPEN_CASE);
  expect_refusal (fixture, gone, GS_HALL_ERROR_WINDOW_CLOSED);
  expect_refusal (fixture, inside, GS_HALL_ERROR_NOT_ADMITTED);
  report (fixture, id, granted, key);
  expect_refusal (fixture, id, GS_HALL_ERROR_ALREADY_STAMPED);
  crossing = get_crossing (fixture, id);
  g_assert_true (g_str_has_prefix (crossing->crossing->stamp_serial, "T-"));
  g_clear_pointer (&crossing, gs_hall_crossing_free);
  crossing = get_crossing (fixture, gone);
  g_assert_cmpint (crossing->crossing->close_cause, ==, GS_CLOSE_CAUSE_CUSTOMS);
}

static void
test_desk_and_gate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GsHallPresence) presence = gs_hall_presence_new ();
  g_autoptr (GsHallGateCommand) command = gs_hall_gate_command_new ();
  g_autoptr (GsHallReceipt) receipt = NULL;
  g_autofree char *nobody = gs_uuid_new ();

  presence->desk = g_strdup ("desk-1");
  presence->officer = g_strdup ("kato");
  presence->gates = g_strsplit ("gate-1,gate-2", ",", -1);
  AWAIT (put_presence, fixture->desk, presence);
  g_assert_true (gs_hall_put_presence_finish (fixture->desk, put_presence_result, &error));

  command->gate = g_strdup ("gate-1");
  command->key = gs_uuid_new ();
  command->command = GS_HALL_COMMAND_CLOSE;
  command->officer = g_strdup ("kato");
  command->reason = g_strdup ("test");
  AWAIT (post_gate_command, fixture->desk, command);
  receipt = gs_hall_post_gate_command_finish (fixture->desk, post_gate_command_result, &error);
  g_assert_no_error (error);
  g_assert_false (receipt->replayed);

  AWAIT (post_desk_call, fixture->desk, nobody, "desk-1");
  g_assert_false (gs_hall_post_desk_call_finish (fixture->desk, post_desk_call_result, &error));
  g_assert_true (g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_NOT_FOUND)
                 || g_error_matches (error, GS_HALL_ERROR, GS_HALL_ERROR_NOT_IN_HALL));
}

static void
test_cancelled_and_dead (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  gs_hall_get_status_async (fixture->desk, cancellable, on_result, &result);
  g_cancellable_cancel (cancellable);
  wait_result (&result);
  g_assert_null (gs_hall_get_status_finish (fixture->desk, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_free (control (fixture, "faults", "{\"fault\":\"refuse\",\"on\":true}", "none"));
  {
    AWAIT (get_status, fixture->desk);
    g_assert_null (gs_hall_get_status_finish (fixture->desk, get_status_result, &error));
    g_assert_error (error, GS_HALL_ERROR, GS_HALL_ERROR_BUSY);
    g_assert_true (gs_hall_error_is_transient (error));
    g_clear_error (&error);
  }
  g_subprocess_force_exit (fixture->process);
  g_subprocess_wait (fixture->process, NULL, NULL);
  {
    AWAIT (get_status, fixture->desk);
    g_assert_null (gs_hall_get_status_finish (fixture->desk, get_status_result, &error));
    g_assert_error (error, GS_HALL_ERROR, GS_HALL_ERROR_UNREACHABLE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  program = argv[1];
  g_assert_nonnull (program);
#define ADD(path, func)                                                                            \
  g_test_add ("/feed/hall-client/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("reading", test_reading);
  ADD ("lease-and-decision", test_lease_and_decision);
  ADD ("stamp-claim", test_stamp_claim);
  ADD ("stamps-beside-claims", test_stamps_beside_claims);
  ADD ("desk-and-gate", test_desk_and_gate);
  ADD ("cancelled-and-dead", test_cancelled_and_dead);
  return g_test_run ();
}
