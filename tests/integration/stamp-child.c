/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An officer at a desk without a window, for tests: the station's core with the real hall client,
 * printer and store. It first answers what an earlier run left open, then reads one document,
 * judges, prints and answers the question about the page truthfully: by what is on paper.
 *
 *   stamp-child --config FILE [--mrz TEXT] (--truth FILE | --paper DIRECTORY) [--kill STEP[+MS]]
 *               [--hold STEP] [--wait-go] [--double] [--patience SECONDS]
 *
 * --kill ends it with SIGKILL right after the step's commit, or that many ms later; --hold stands
 * still after it until the window is closed; --wait-go prints only after a line on standard input;
 * --times tells when each step was committed after the key, and how long a bare request takes.
 * Says a line for whatever happens; exit 0 when nothing is left to do, 3 when it took too long. */

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "gs-hall-client.h"
#include "gs-ipp-printer.h"
#include "gs-journal-table.h"
#include "gs-station.h"
#include "gs-test-judge.h"

#define TICK_MS 20
#define PATIENCE_S 45
#define BLOCKED_US (6 * G_USEC_PER_SEC)
#define MAX_ATTEMPTS 4

typedef enum
{
  PHASE_CONNECT = 1,
  PHASE_CLEAR, /* what an earlier run left */
  PHASE_READ,
  PHASE_READING,
  PHASE_SHEET,
  PHASE_RUN,
  PHASE_END,
} Phase;

typedef struct
{
  GMainLoop *loop;
  GsStation *station;
  GsStore *store;
  GsSession *officer;
  GsSession *supervisor;
  GsStampIssue *issue;
  Phase phase;
  gint64 phase_us;
  gint64 begin_us;
  gint64 key_us;   /* when the print key was pressed */
  gint64 asked_us; /* when a bare request was sent to the printer; 0 for none */
  gboolean measured;
  guint attempts;
  guint unfinished; /* stamps whose journal has no end */
  gboolean counting;
  gboolean counted; /* since the phase began */
  gboolean idle_asked;
  gint64 idle_asked_us;
  GsStampStep told_step;
  int status;
} Child;

static char *config_path, *mrz, *truth_path, *paper_path, *kill_text, *hold_text;
static gboolean wait_go, double_press, tell_times;
static GsStampStep kill_step, hold_step;
static int kill_ms;
static int patience_s = PATIENCE_S;

static const GOptionEntry entries[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "Key file", "FILE" },
  { "mrz", 0, 0, G_OPTION_ARG_STRING, &mrz, "Lines with a newline between", "TEXT" },
  { "truth", 0, 0, G_OPTION_ARG_FILENAME, &truth_path, "The printer's log of its paper", "FILE" },
  { "paper", 0, 0, G_OPTION_ARG_FILENAME, &paper_path, "Where ippeveprinter's pages are", "DIR" },
  { "kill", 0, 0, G_OPTION_ARG_STRING, &kill_text, "Die after this step", "STEP[+MS]" },
  { "hold", 0, 0, G_OPTION_ARG_STRING, &hold_text, "Stand still after this step", "STEP" },
  { "wait-go", 0, 0, G_OPTION_ARG_NONE, &wait_go, "Print after a line on standard input", NULL },
  { "double", 0, 0, G_OPTION_ARG_NONE, &double_press, "Press the print key twice", NULL },
  { "patience", 0, 0, G_OPTION_ARG_INT, &patience_s, "How long it may take", "SECONDS" },
  { "times", 0, 0, G_OPTION_ARG_NONE, &tell_times, "Tell the steps' times", NULL },
  { NULL }
};

static void
say (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  printf ("%s\n", line);
  fflush (stdout);
}

static void
enter (Child *child, Phase phase)
{
  child->phase = phase;
  child->phase_us = g_get_monotonic_time ();
  child->counted = FALSE;
}

static void
finish (Child *child, int status)
{
  child->status = status;
  g_main_loop_quit (child->loop);
}

/* --- death ------------------------------------------------------------------------------------ */

static void
die (int number)
{
  kill (getpid (), SIGKILL);
}

static void
die_later (int ms)
{
  struct itimerval when = { .it_value = { ms / 1000, ms % 1000 * 1000 } };

  signal (SIGALRM, die);
  setitimer (ITIMER_REAL, &when, NULL);
}

static gboolean
window_is_open (Child *child)
{
  GsWindowVerdict verdict;

  gs_station_judge_window (child->station, gs_stamp_issue_get_case (child->issue), &verdict);
  return verdict.may_stamp;
}

/* Comes after each commit and before the action that the step names. */
static void
on_issue_changed (GsStampIssue *issue, Child *child)
{
  GsStampStep step = gs_stamp_issue_get_step (issue);
  gint64 until_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  if (issue != child->issue || step == 0 || step == child->told_step)
    return;
  child->told_step = step;
  if (step == kill_step && kill_ms == 0)
    kill (getpid (), SIGKILL);
  say ("step %s", gs_stamp_step_to_string (step));
  if (tell_times)
    say ("time %s %" G_GINT64_FORMAT, gs_stamp_step_to_string (step),
         g_get_monotonic_time () - child->key_us);
  if (step == kill_step)
    die_later (kill_ms);
  if (step != hold_step)
    return;
  hold_step = 0;
  while (window_is_open (child) && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
  say ("window %s", window_is_open (child) ? "open" : "closed");
}

/* --- the page --------------------------------------------------------------------------------- */

static gboolean
look_into_truth (const char *stamp, GsPageAnswer *answer)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean found = FALSE;

  if (!g_file_get_contents (truth_path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  *answer = GS_PAGE_ANSWER_ABSENT;
  for (char **line = lines; *line != NULL; line++)
    {
      if (strstr (*line, stamp) == NULL)
        continue;
      found = TRUE;
      if (strstr (*line, "\"fully\"") != NULL)
        *answer = GS_PAGE_ANSWER_COMPLETE;
      else if (strstr (*line, "\"partly\"") != NULL && *answer != GS_PAGE_ANSWER_COMPLETE)
        *answer = GS_PAGE_ANSWER_INCOMPLETE;
    }
  return found;
}

static gboolean
look_into_folder (const char *stamp, GsPageAnswer *answer)
{
  g_autofree char *name = g_strconcat (stamp, ".pwg", NULL);
  g_autofree char *path = g_build_filename (paper_path, name, NULL);

  *answer = GS_PAGE_ANSWER_COMPLETE;
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The officer looks when the printer stands still. FALSE while it does not. */
static gboolean
look (Child *child, GsStampIssue *issue, GsPageAnswer *answer)
{
  const char *stamp = gs_stamp_issue_get_stamp_id (issue);
  GsPrinterMonitor *monitor = gs_station_get_printer (child->station);
  const GsPrinterStatus *status = gs_printer_monitor_get_status (monitor);

  if (truth_path != NULL ? look_into_truth (stamp, answer) : look_into_folder (stamp, answer))
    return TRUE;
  if (!child->idle_asked)
    {
      gs_printer_monitor_poll_now (monitor);
      child->idle_asked = TRUE;
      child->idle_asked_us = g_get_monotonic_time ();
      return FALSE;
    }
  /* Half a second of rest, seen after it was asked for. */
  if (status == NULL || !status->reachable || status->state != GS_PRINTER_STATE_IDLE
      || status->taken_monotonic_us < child->idle_asked_us)
    {
      if (g_get_monotonic_time () - child->idle_asked_us > G_USEC_PER_SEC)
        child->idle_asked = FALSE;
      return FALSE;
    }
  if (g_get_monotonic_time () - child->idle_asked_us < G_USEC_PER_SEC / 2)
    return FALSE;
  *answer = GS_PAGE_ANSWER_ABSENT;
  return TRUE;
}

static void
answer (Child *child, GsStampIssue *issue)
{
  GsPageAnswer page;
  GsStampVerdict verdict;

  if (!look (child, issue, &page))
    return;
  child->idle_asked = FALSE;
  if (!gs_stamp_issue_answer (issue, page, GS_STAMP_PLACE_WRONG_PAGE, NULL, &verdict))
    return;
  if (verdict.needs_second
      && !gs_stamp_issue_answer (issue, page, GS_STAMP_PLACE_WRONG_PAGE, child->supervisor,
                                 &verdict))
    say ("second officer not taken");
  say ("page %s", gs_page_answer_to_word (page));
}

/* --- the journal ------------------------------------------------------------------------------ */

static gpointer
count_unfinished (GsDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) rows = gs_journal_table_list_unfinished (db, error);

  return rows != NULL ? g_memdup2 (&rows->len, sizeof rows->len) : NULL;
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *child = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *rows = gs_store_query_finish (GS_STORE (source), result, &error);

  child->counting = FALSE;
  if (rows == NULL)
    g_error ("journal: %s", error->message);
  child->unfinished = *rows;
  child->counted = TRUE;
}

/* TRUE when every journal has its end and the hall has every outcome. */
static gboolean
is_all_over (Child *child)
{
  GsStampDesk *desk = gs_station_get_stamp_desk (child->station);

  if (child->counted && child->unfinished == 0 && gs_stamp_desk_get_untold (desk) == 0)
    return TRUE;
  if (!child->counting)
    {
      child->counting = TRUE;
      gs_store_query_async (child->store, count_unfinished, NULL, NULL, g_free, NULL, on_counted,
                            child);
    }
  return FALSE;
}

/* --- the work --------------------------------------------------------------------------------- */

static void
take_issue (Child *child, GsStampIssue *issue)
{
  if (child->issue != NULL)
    g_signal_handlers_disconnect_by_data (child->issue, child);
  g_set_object (&child->issue, issue);
  child->told_step = 0;
  g_signal_connect (issue, "changed", G_CALLBACK (on_issue_changed), child);
  enter (child, PHASE_SHEET);
}

static void
on_read (GsStation *station, GsReading *reading, Child *child)
{
  g_autoptr (GsStampIssue) issue = NULL;

  if (reading->result != GS_READING_OPENED && reading->result != GS_READING_SAME)
    {
      say ("not-read %d", reading->result);
      enter (child, PHASE_END);
      return;
    }
  issue = gs_stamp_desk_open (gs_station_get_stamp_desk (station), reading->item);
  if (gs_stamp_issue_needs_area_word (issue))
    gs_stamp_issue_give_area_word (issue);
  take_issue (child, issue);
}

static void
say_conditions (Child *child)
{
  g_autoptr (GPtrArray) conditions = gs_stamp_issue_dup_conditions (child->issue);

  for (guint i = 0; i < conditions->len; i++)
    {
      const GsCondition *condition = g_ptr_array_index (conditions, i);

      if (condition->result != GS_CHECK_RESULT_SUCCESSFUL)
        say ("condition %d: %d", condition->id, condition->result);
    }
}

static gboolean
has_go (void)
{
  static gboolean asked;
  char bytes[16];

  if (!wait_go)
    return TRUE;
  if (!asked)
    {
      asked = TRUE;
      fcntl (0, F_SETFL, O_NONBLOCK);
      say ("ready");
    }
  return read (0, bytes, sizeof bytes) > 0;
}

static void
on_bare_request (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *child = user_data;
  g_autoptr (GsPrinterStatus) status =
    gs_stamp_printer_get_status_finish (GS_STAMP_PRINTER (source), result, NULL);

  if (status != NULL)
    say ("time bare %" G_GINT64_FORMAT, g_get_monotonic_time () - child->asked_us);
  child->measured = TRUE;
}

/* The floor: what one request to this printer takes. FALSE while it is not measured. */
static gboolean
has_floor (Child *child)
{
  GsPrinterMonitor *monitor = gs_station_get_printer (child->station);

  if (tell_times && child->asked_us == 0)
    {
      child->asked_us = g_get_monotonic_time ();
      gs_stamp_printer_get_status_async (gs_printer_monitor_get_printer (monitor), NULL,
                                         on_bare_request, child);
    }
  return !tell_times || child->measured;
}

static void
judge (Child *child)
{
  GsFaceDesk *desk = gs_station_get_face_desk (child->station);

  if (gs_face_desk_get_case (desk) == gs_stamp_issue_get_case (child->issue))
    gs_test_judge (desk, GS_JUDGEMENT_SAME, child->officer);
}

static void
on_sheet (Child *child)
{
  gboolean again;

  if (gs_stamp_issue_get_state (child->issue) != GS_ISSUE_SHEET)
    {
      enter (child, PHASE_RUN);
      return;
    }
  judge (child);
  if (gs_stamp_issue_can_print (child->issue))
    {
      if (!has_floor (child) || !has_go ())
        return;
      child->attempts++;
      say ("print");
      child->key_us = g_get_monotonic_time ();
      if (!gs_stamp_issue_print (child->issue))
        g_error ("the print key was not taken");
      again = double_press && gs_stamp_issue_print (child->issue);
      say ("second press %s", again ? "taken" : "nothing");
      enter (child, PHASE_RUN);
    }
  else if (g_get_monotonic_time () - child->phase_us > BLOCKED_US)
    {
      say ("blocked");
      say_conditions (child);
      enter (child, PHASE_END);
    }
}

static void
on_run (Child *child)
{
  const GsRefusalInfo *info = gs_stamp_issue_get_refusal (child->issue);
  g_autoptr (GsStampIssue) again = NULL;
  g_autoptr (GsStampIssue) sheet = NULL;

  switch (gs_stamp_issue_get_state (child->issue))
    {
    case GS_ISSUE_QUESTION:
      answer (child, child->issue);
      return;
    case GS_ISSUE_VOID:
      again = gs_stamp_issue_reissue (child->issue);
      if (again != NULL && child->attempts < MAX_ATTEMPTS)
        {
          say ("reissue");
          sheet = gs_stamp_desk_open (gs_station_get_stamp_desk (child->station),
                                      gs_stamp_issue_get_case (again));
          take_issue (child, sheet);
          return;
        }
      say ("void");
      enter (child, PHASE_END);
      return;
    case GS_ISSUE_DONE:
      say ("done %s", gs_stamp_issue_get_serial (child->issue));
      enter (child, PHASE_END);
      return;
    case GS_ISSUE_REFUSED:
      say ("refused %d %s", info->refusal, info->cause != NULL ? info->cause : "-");
      enter (child, PHASE_END);
      return;
    case GS_ISSUE_FAILED:
      say ("failed %d %s", info->refusal, info->cause != NULL ? info->cause : "-");
      enter (child, PHASE_END);
      return;
    case GS_ISSUE_SHEET:
    case GS_ISSUE_CLAIMING:
    case GS_ISSUE_PRINTING:
    case GS_ISSUE_RECOVERING:
    case GS_ISSUE_VOIDING:
      return;
    }
}

static void
answer_questions (Child *child)
{
  g_autoptr (GPtrArray) questions =
    gs_stamp_desk_dup_questions (gs_station_get_stamp_desk (child->station));

  if (questions->len > 0)
    answer (child, g_ptr_array_index (questions, 0));
}

static gboolean
on_tick (gpointer data)
{
  Child *child = data;

  if (g_get_monotonic_time () - child->begin_us > patience_s * G_USEC_PER_SEC)
    {
      say ("late in phase %d, %u unfinished, %u untold, state %d", child->phase, child->unfinished,
           gs_stamp_desk_get_untold (gs_station_get_stamp_desk (child->station)),
           child->issue != NULL ? (int) gs_stamp_issue_get_state (child->issue) : 0);
      finish (child, 3);
      return G_SOURCE_REMOVE;
    }
  switch (child->phase)
    {
    case PHASE_CONNECT:
      if (!gs_station_is_live (child->station)
          || gs_station_get_hall_status (child->station) == NULL)
        break;
      say ("live");
      gs_station_set_session (child->station, child->officer);
      enter (child, PHASE_CLEAR);
      break;
    case PHASE_CLEAR:
      answer_questions (child);
      if (!is_all_over (child))
        break;
      say ("clear");
      enter (child, mrz != NULL ? PHASE_READ : PHASE_END);
      break;
    case PHASE_READ:
      enter (child, PHASE_READING);
      gs_station_read_document (child->station, mrz, strlen (mrz), GS_READ_DEVICE, NULL);
      break;
    case PHASE_READING:
      break;
    case PHASE_SHEET:
      on_sheet (child);
      break;
    case PHASE_RUN:
      on_run (child);
      break;
    case PHASE_END:
      if (!is_all_over (child))
        break;
      say ("end");
      finish (child, 0);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *child = user_data;
  g_autoptr (GError) error = NULL;

  if (!gs_station_start_finish (GS_STATION (source), result, &error))
    g_error ("start: %s", error->message);
  g_timeout_add (TICK_MS, on_tick, child);
}

static void
change_register (Child *child, GsConfig *config, GsRegisterAct act)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  g_autoptr (GsRegisterChange) change =
    gs_register_change_new (act, config->stamp_code, config->desk_id, child->officer,
                            child->supervisor, g_get_real_time () / 1000);
  GsRecordEntry entry;

  gs_register_change_describe (change, &entry, &detail);
  gs_store_transact (child->store, &entry, gs_register_change_run, change, &error);
  /* An earlier run's officer has it still. */
  if (error != NULL && !g_error_matches (error, GS_REGISTER_ERROR, GS_REGISTER_ERROR_USED)
      && !g_error_matches (error, GS_REGISTER_ERROR, GS_REGISTER_ERROR_HELD))
    g_error ("register: %s", error->message);
}

static GsStation *
make_station (GsConfig *config, GsStore *store, GError **error)
{
  g_autoptr (GsHallAccess) access = gs_hall_access_new (config->hall_url, error);
  g_autoptr (GsHallClient) hall = NULL;
  g_autoptr (GsIppPrinter) printer = NULL;
  GsStationDevices devices = { .config = config, .store = store };

  if (access == NULL || !gs_hall_access_add_ca_file (access, config->hall_ca, error)
      || !gs_hall_access_set_certificate (access, config->hall_certificate, config->hall_key,
                                          error))
    return NULL;
  hall = gs_hall_client_new (access, error);
  if (hall == NULL)
    return NULL;
  printer = gs_ipp_printer_new (NULL, config->printer_uri, config->printer_certificate, error);
  if (printer == NULL)
    return NULL;
  devices.access = access;
  devices.hall = GS_HALL (hall);
  devices.printer = GS_STAMP_PRINTER (printer);
  return gs_station_new (&devices);
}

/* "SENDING" or "SENDING+40". */
static gboolean
parse_step (const char *text, GsStampStep *step, int *ms)
{
  g_auto (GStrv) parts = g_strsplit (text, "+", 2);

  if (parts[1] != NULL && ms != NULL)
    *ms = (int) g_ascii_strtoll (parts[1], NULL, 10);
  return gs_stamp_step_from_string (parts[0], step);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GsConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  Child child = { .begin_us = g_get_monotonic_time () };

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || config_path == NULL
      || (truth_path == NULL) == (paper_path == NULL)
      || (kill_text != NULL && !parse_step (kill_text, &kill_step, &kill_ms))
      || (hold_text != NULL && !parse_step (hold_text, &hold_step, NULL)))
    {
      g_printerr ("stamp-child: wrong usage\n");
      return 64;
    }
  config = gs_config_load (config_path, &mistakes);
  if (config == NULL)
    {
      for (guint i = 0; i < mistakes->len; i++)
        g_printerr ("%s\n", ((GsConfigMistake *) g_ptr_array_index (mistakes, i))->sentence);
      return 2;
    }
  child.loop = g_main_loop_new (NULL, FALSE);
  child.store = gs_store_open (config->database, &error);
  if (child.store != NULL)
    child.station = make_station (config, child.store, &error);
  if (child.station == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  child.officer = gs_session_new ("officer-kato", "Kato", GS_ROLE_OFFICER, 0);
  child.supervisor = gs_session_new ("officer-mori", "Mori", GS_ROLE_SUPERVISOR, 0);
  change_register (&child, config, GS_REGISTER_ENTER);
  change_register (&child, config, GS_REGISTER_HAND_OUT);
  g_signal_connect (child.station, "document-read", G_CALLBACK (on_read), &child);
  enter (&child, PHASE_CONNECT);
  gs_station_start_async (child.station, NULL, on_started, &child);
  g_main_loop_run (child.loop);

  gs_station_stop (child.station);
  g_clear_object (&child.issue);
  g_clear_object (&child.station);
  gs_store_close (child.store);
  g_clear_object (&child.store);
  g_clear_object (&child.officer);
  g_clear_object (&child.supervisor);
  g_main_loop_unref (child.loop);
  return child.status;
}
