/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk with a printer that lies, stalls or hangs up (tests/support/gs_hostile_printer.py): every
 * lie has an end that the officer can work with, the hall hears of it, and nothing is sent twice.
 */
#include "gs-ipp-printer.h"
#include "gs-test-desk.h"
#include "gs-test-printer.h"

#include <glib/gstdio.h>
#include <string.h>

/* What becomes of the stamp. */
typedef enum
{
  END_SHEET = 1,   /* it cannot be printed, and the sheet says why */
  END_GIVEN_BACK,  /* no document was taken: the claim goes back */
  END_QUESTION,    /* the officer looks at the page */
  END_STOPPED,     /* it would take for ever: Stop gives it back */
  END_STOPPED_ASKS /* the same, and then the officer looks */
} End;

typedef struct
{
  const char *lie;
  End end;
  GsPrinterTrouble trouble; /* where it is told */
  guint documents;          /* at most */
} Case;

static const Case cases[] = {
  { "honest", END_QUESTION, 0, 1 },
  { "other-size", END_SHEET, GS_PRINTER_TROUBLE_UNFIT, 0 },
  { "other-size-ready", END_SHEET, GS_PRINTER_TROUBLE_UNFIT, 0 },
  { "no-raster", END_SHEET, GS_PRINTER_TROUBLE_UNFIT, 0 },
  { "stall-printer", END_SHEET, GS_PRINTER_TROUBLE_NO_ANSWER, 0 },
  { "hang-up-printer", END_SHEET, GS_PRINTER_TROUBLE_NO_ANSWER, 0 },
  { "endless-printer", END_SHEET, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "endless-reasons", END_QUESTION, 0, 1 },
  { "refuses", END_GIVEN_BACK, GS_PRINTER_TROUBLE_REFUSED, 0 },
  { "busy", END_GIVEN_BACK, GS_PRINTER_TROUBLE_REFUSED, 0 },
  { "substituted", END_GIVEN_BACK, GS_PRINTER_TROUBLE_SUBSTITUTED, 0 },
  { "wrong-request-id", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "wrong-version", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "zero-id", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "cut-off", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "lengths", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "html", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "bomb", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "http-error", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "redirect", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "endless-create", END_GIVEN_BACK, GS_PRINTER_TROUBLE_GIBBERISH, 0 },
  { "stall-create", END_GIVEN_BACK, GS_PRINTER_TROUBLE_NO_ANSWER, 0 },
  { "hang-up-create", END_GIVEN_BACK, GS_PRINTER_TROUBLE_NO_ANSWER, 0 },
  { "completed-at-once", END_QUESTION, 0, 1 },
  { "substituted-send", END_QUESTION, 0, 0 },
  { "refuses-format", END_QUESTION, 0, 0 },
  { "stall-send", END_STOPPED, GS_PRINTER_TROUBLE_NONE, 0 },
  { "hang-up-send", END_GIVEN_BACK, GS_PRINTER_TROUBLE_NONE, 0 },
  { "close-after-0", END_GIVEN_BACK, GS_PRINTER_TROUBLE_NONE, 0 },
  { "close-after-1", END_GIVEN_BACK, GS_PRINTER_TROUBLE_NONE, 0 },
  { "close-after-500", END_GIVEN_BACK, GS_PRINTER_TROUBLE_NONE, 0 },
  { "close-after-4000", END_GIVEN_BACK, GS_PRINTER_TROUBLE_NONE, 0 },
  { "complete-unread", END_QUESTION, 0, 1 },
  { "endless-send", END_QUESTION, 0, 1 },
  { "other-job", END_QUESTION, 0, 1 },
  { "never-ends", END_STOPPED_ASKS, 0, 1 },
  { "no-impressions", END_QUESTION, 0, 1 },
  { "no-impressions-then-jump", END_QUESTION, 0, 1 },
  { "counter-jump", END_QUESTION, 0, 1 },
  { "counter-backwards", END_QUESTION, 0, 1 },
  { "aborts", END_QUESTION, 0, 1 },
};

static struct
{
  char *folder;
  char *pins;
  char *log;
  char *port;
  GSubprocess *process;
} hostile;

static void
start_hostile (void)
{
  g_autofree char *program = g_build_filename (g_getenv ("GATESIDE_SOURCE_ROOT"), "tests",
                                               "support", "gs_hostile_printer.py", NULL);
  g_autofree char *key = NULL;
  g_autofree char *ready = NULL;
  g_autoptr (GError) error = NULL;
  gint64 end_monotonic_us = g_get_monotonic_time () + 15 * G_USEC_PER_SEC;

  hostile.folder = g_dir_make_tmp ("gateside-hostile-XXXXXX", NULL);
  gs_test_make_certificate (hostile.folder, "hostile", "localhost");
  hostile.pins = g_build_filename (hostile.folder, "hostile.crt", NULL);
  key = g_build_filename (hostile.folder, "hostile.key", NULL);
  ready = g_build_filename (hostile.folder, "port", NULL);
  hostile.log = g_build_filename (hostile.folder, "documents", NULL);
  /* It ends when its standard input does, with this process. */
  hostile.process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, "/usr/bin/python3",
                                      program, hostile.pins, key, ready, hostile.log, NULL);
  g_assert_no_error (error);
  while (!g_file_get_contents (ready, &hostile.port, NULL, NULL))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_monotonic_us);
      g_usleep (10000);
    }
}

static void
stop_hostile (void)
{
  g_autofree char *command = g_strdup_printf ("rm -rf -- '%s'", hostile.folder);

  g_subprocess_force_exit (hostile.process);
  g_subprocess_wait (hostile.process, NULL, NULL);
  g_clear_object (&hostile.process);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (hostile.folder);
  g_free (hostile.pins);
  g_free (hostile.log);
  g_free (hostile.port);
}

/* Whole documents that the printer took for that lie. */
static guint
count_documents (const char *lie)
{
  g_autofree char *text = NULL;
  g_autofree char *begin = g_strconcat (lie, " ", NULL);
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (!g_file_get_contents (hostile.log, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    n += g_str_has_prefix (*line, begin);
  return n;
}

static void
set_up (TestDesk *desk, gconstpointer data)
{
  const Case *what = data;
  g_autoptr (GsIppPrinter) printer = NULL;
  g_autoptr (GError) error = NULL;

  test_desk_set_up (desk, NULL);
  gs_printer_desk_stop (desk->printers);
  g_object_unref (desk->printers);
  g_free (desk->config.printer_uri);
  desk->config.printer_uri =
    g_strdup_printf ("ipps://localhost:%s/print/%s", hostile.port, what->lie);
  printer = gs_ipp_printer_new ("Hostile", desk->config.printer_uri, hostile.pins, &error);
  g_assert_no_error (error);
  gs_ipp_printer_set_timeout (printer, 1200);
  desk->printers = gs_printer_desk_new ();
  gs_printer_desk_add (desk->printers, GS_STAMP_PRINTER (printer));
  desk->monitor = gs_printer_desk_get_printer (desk->printers, 0);
  gs_printer_desk_start (desk->printers);
  test_desk_start_stamps (desk);
}

static GsPrinterTrouble
sheet_trouble (GsStampIssue *issue)
{
  g_autoptr (GPtrArray) conditions = gs_stamp_issue_dup_conditions (issue);

  for (guint i = 0; i < conditions->len; i++)
    {
      const GsCondition *condition = g_ptr_array_index (conditions, i);

      if (condition->id == GS_CONDITION_PRINTER)
        return condition->trouble;
    }
  g_assert_not_reached ();
}

static gboolean
has_asked (TestDesk *desk)
{
  const GsPrinterStatus *status = gs_printer_monitor_get_status (desk->monitor);

  return status->reachable || status->error != NULL;
}

static void
stop_when_stuck (GsStampIssue *issue, const Case *what)
{
  GsStampStep step = what->end == END_STOPPED ? GS_STAMP_STEP_SENDING : GS_STAMP_STEP_ACCEPTED;

  if (what->end != END_STOPPED && what->end != END_STOPPED_ASKS)
    return;
  test_until (gs_stamp_issue_get_step (issue) == step);
  gs_stamp_issue_stop (issue);
}

static void
test_lie (TestDesk *desk, gconstpointer data)
{
  const Case *what = data;
  gboolean asks = what->end == END_QUESTION || what->end == END_STOPPED_ASKS;
  g_autoptr (GsStampIssue) issue =
    gs_stamp_desk_open (desk->stamps, test_desk_admit_ready (desk, TEST_CROSSING));

  test_until (has_asked (desk));
  if (what->end == END_SHEET)
    {
      test_until (sheet_trouble (issue) == what->trouble);
      g_assert_false (gs_stamp_issue_can_print (issue));
      g_assert_cmpuint (count_documents (what->lie), ==, 0);
      return;
    }
  test_until (gs_stamp_issue_can_print (issue));
  g_assert_true (gs_stamp_issue_print (issue));
  stop_when_stuck (issue, what);
  test_until (gs_stamp_issue_get_state (issue) == (asks ? GS_ISSUE_QUESTION : GS_ISSUE_FAILED));
  g_assert_cmpuint (count_documents (what->lie), <=, what->documents);
  if (asks)
    return;
  g_assert_cmpint (gs_stamp_issue_get_refusal (issue)->trouble, ==, what->trouble);
  test_until (gs_stamp_desk_get_untold (desk->stamps) == 0);
  g_assert_cmpint (gs_stamp_issue_get_claim_fate (issue), ==, GS_CLAIM_FATE_RELEASED);
}

/* The desk goes on: the next stamp comes out of a printer that is well. */
static void
test_goes_on (TestDesk *desk, gconstpointer data)
{
  g_autoptr (GsStampIssue) issue = NULL;
  g_autoptr (GsIppPrinter) well = NULL;
  g_autofree char *uri = g_strdup_printf ("ipps://localhost:%s/print/honest-beside", hostile.port);

  well = gs_ipp_printer_new ("Well", uri, hostile.pins, NULL);
  gs_printer_desk_add (desk->printers, GS_STAMP_PRINTER (well));
  issue = gs_stamp_desk_open (desk->stamps, test_desk_admit_ready (desk, TEST_CROSSING));
  test_until (
    gs_printer_monitor_get_status (gs_printer_desk_get_printer (desk->printers, 1))->reachable);
  test_until (gs_stamp_issue_can_print (issue));
  g_assert_true (gs_stamp_issue_print (issue));
  test_until (gs_stamp_issue_get_state (issue) == GS_ISSUE_QUESTION);
  g_assert_cmpuint (gs_stamp_issue_get_passes (issue)->len, ==, 1);
  g_assert_cmpuint (count_documents ("honest-beside"), ==, 1);
  g_assert_cmpuint (count_documents ("zero-id"), ==, 0);
}

int
main (int argc, char **argv)
{
  static const Case beside = { "zero-id", END_QUESTION, 0, 0 };
  int status;

  g_test_init (&argc, &argv, NULL);
  start_hostile ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile-printer/", cases[i].lie, NULL);

      g_test_add (path, TestDesk, &cases[i], set_up, test_lie, test_desk_tear_down);
    }
  g_test_add ("/hostile-printer/goes-on", TestDesk, &beside, set_up, test_goes_on,
              test_desk_tear_down);
  status = g_test_run ();
  stop_hostile ();
  return status;
}
