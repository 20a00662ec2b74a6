/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gateside-document read: the chip on a reader, read and judged. */

#include "gateside-document-read.h"

#include "gateside-document-belief.h"
#include "gateside-document.h"

#include "gs-access-key.h"
#include "gs-document-verdict.h"
#include "gs-emrtd-error.h"
#include "gs-pcsc-reader.h"

#include <glib-unix.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* The first sight of a reader takes some milliseconds. */
#define LEAST_WAIT_S 1
#define MOST_WAIT_S 86400
/* A state that lasts shorter is not worth a line. */
#define PATIENCE_MS 300

typedef struct
{
  const char *reader;
  const char *document_number;
  const char *birth_date;
  const char *expiry_date;
  const char *can;
  const char *out;
  guint wait_s;
  gboolean list_readers;
  gboolean from_mrz;
  gboolean no_pace;
  gboolean quiet;
  gboolean with_evidence;
  gboolean as_json;
  GsDocumentBelief belief;
} Options;

/* One run, from waiting for a chip to its reading. */
typedef struct
{
  const Options *options;
  GsChipReader *reader;
  GMainLoop *loop;
  GCancellable *cancellable;
  GsAccessKey key;
  gboolean has_key;
  GsMrz optical;
  gboolean has_optical;
  GsDocumentProgress progress;
  gboolean begun;
  guint timeout;
  guint notice;
  char *name; /* of the reader that read */
  GsChipReading *reading;
  GError *error;
} Run;

static gboolean
take_switch (Options *options, const char *word)
{
  const struct
  {
    const char *word;
    gboolean *on;
  } switches[] = {
    { "--list-readers", &options->list_readers }, { "--mrz", &options->from_mrz },
    { "--no-pace", &options->no_pace },           { "--quiet", &options->quiet },
    { "--evidence", &options->with_evidence },    { "--json", &options->as_json },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    if (strcmp (word, switches[i].word) == 0)
      return *switches[i].on = TRUE;
  return FALSE;
}

/* One option with a value; FALSE when it is none, or its value is wrong. */
static gboolean
take_option (Options *options, int argc, char **argv, int *at)
{
  const struct
  {
    const char *name;
    const char **place;
  } texts[] = {
    { "--reader", &options->reader },
    { "--document-number", &options->document_number },
    { "--birth-date", &options->birth_date },
    { "--expiry-date", &options->expiry_date },
    { "--can", &options->can },
    { "--out", &options->out },
  };
  const char *value;
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (gs_document_take_value (argc, argv, at, texts[i].name, &value))
      return gs_document_take_once (texts[i].place, value);
  if (gs_document_take_value (argc, argv, at, "--wait", &value))
    {
      if (!g_ascii_string_to_unsigned (value, 10, 0, MOST_WAIT_S, &number, NULL))
        return FALSE;
      options->wait_s = (guint) number;
      return TRUE;
    }
  return gs_document_belief_take (&options->belief, argc, argv, at);
}

/* The three fields, one card access number or a zone: one of them at most. */
static gboolean
key_is_clear (const Options *options)
{
  guint n_fields = (options->document_number != NULL) + (options->birth_date != NULL)
                   + (options->expiry_date != NULL);

  return (n_fields == 0 || n_fields == 3)
         && (n_fields == 3) + (options->can != NULL) + options->from_mrz <= 1;
}

static int
take_words (Options *options, int argc, char **argv)
{
  for (int i = 0; i < argc; i++)
    {
      int at = i;

      if (!take_switch (options, argv[i]) && !take_option (options, argc, argv, &i))
        return gs_document_wrong_usage (argv[at][0] == '-' ? "unknown option, or its value is wrong"
                                                           : "unexpected argument",
                                        argv[at]);
    }
  if (!key_is_clear (options))
    return gs_document_wrong_usage ("the key is --mrz, or --can, or --document-number, "
                                    "--birth-date and --expiry-date together",
                                    NULL);
  return EXIT_VALID;
}

static int
take_key (Run *run)
{
  const Options *options = run->options;
  g_autoptr (GError) error = NULL;
  gboolean ok = TRUE;

  if (options->from_mrz)
    {
      if (gs_document_read_mrz (&run->optical) != EXIT_VALID)
        return EXIT_USAGE;
      run->has_optical = TRUE;
      ok = gs_access_key_from_mrz (&run->key, &run->optical, &error);
    }
  else if (options->document_number != NULL)
    {
      g_autofree char *number = g_ascii_strup (options->document_number, -1);
      ok = gs_access_key_from_fields (&run->key, number, options->birth_date, options->expiry_date,
                                      &error);
      explicit_bzero (number, strlen (number));
    }
  else if (options->can != NULL)
    ok = gs_access_key_from_can (&run->key, options->can, &error);
  else
    return EXIT_VALID;
  if (!ok)
    {
      gs_document_complain (error->message, NULL);
      return EXIT_USAGE;
    }
  run->has_key = TRUE;
  return EXIT_VALID;
}

static void
end_with (Run *run, GsChipReading *reading, GError *error)
{
  run->reading = reading;
  run->error = error;
  g_main_loop_quit (run->loop);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  GError *error = NULL;
  GsChipReading *reading = gs_chip_reader_read_finish (GS_CHIP_READER (source), result, &error);

  end_with (run, reading, error);
}

static void
on_progress (const GsChipProgress *progress, gpointer user_data)
{
  Run *run = user_data;

  gs_document_progress_show (&run->progress, progress);
}

static gboolean
on_notice (gpointer user_data)
{
  Run *run = user_data;

  run->notice = 0;
  gs_document_progress_wait (&run->progress, gs_chip_reader_get_state (run->reader));
  return G_SOURCE_REMOVE;
}

static void
on_state_changed (GsChipReader *reader, gpointer user_data)
{
  Run *run = user_data;
  GsChipReaderState state = gs_chip_reader_get_state (reader);
  const GsChipPlan plan = { .no_pace = run->options->no_pace,
                            .progress = on_progress,
                            .user_data = run };

  if (run->begun)
    return;
  g_clear_handle_id (&run->notice, g_source_remove);
  if (state != GS_CHIP_READER_CARD)
    {
      run->notice = g_timeout_add (PATIENCE_MS, on_notice, run);
      return;
    }
  run->begun = TRUE;
  g_clear_handle_id (&run->timeout, g_source_remove);
  run->name = g_strdup (gs_chip_reader_get_name (reader));
  gs_chip_reader_read_async (reader, run->has_key ? &run->key : NULL, &plan, run->cancellable,
                             on_read, run);
}

static gboolean
on_waited (gpointer user_data)
{
  Run *run = user_data;
  GsChipReaderState state = gs_chip_reader_get_state (run->reader);

  run->timeout = 0;
  end_with (run, NULL,
            g_error_new_literal (GS_EMRTD_ERROR,
                                 state == GS_CHIP_READER_EMPTY ? GS_EMRTD_ERROR_NO_CARD
                                                               : GS_EMRTD_ERROR_READER,
                                 gs_document_reader_sentence (state)));
  return G_SOURCE_REMOVE;
}

static gboolean
on_interrupt (gpointer user_data)
{
  Run *run = user_data;

  g_cancellable_cancel (run->cancellable);
  if (!run->begun && run->error == NULL)
    end_with (run, NULL,
              g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The reading was cancelled."));
  return G_SOURCE_CONTINUE;
}

/* Waits for a chip and reads it: afterwards there is a reading or an error. */
static void
read_chip (Run *run)
{
  guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, run);
  guint terminate = g_unix_signal_add (SIGTERM, on_interrupt, run);

  run->loop = g_main_loop_new (NULL, FALSE);
  run->cancellable = g_cancellable_new ();
  run->reader = GS_CHIP_READER (gs_pcsc_reader_new (run->options->reader, NULL));
  run->timeout = g_timeout_add_seconds (MAX (run->options->wait_s, LEAST_WAIT_S), on_waited, run);
  g_signal_connect (run->reader, "state-changed", G_CALLBACK (on_state_changed), run);
  gs_chip_reader_start (run->reader);
  g_main_loop_run (run->loop);
  g_signal_handlers_disconnect_by_data (run->reader, run);
  gs_chip_reader_stop (run->reader);
  g_clear_handle_id (&run->timeout, g_source_remove);
  g_clear_handle_id (&run->notice, g_source_remove);
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

/* A verdict that says no more than why there was nothing to judge. */
static GsVerdict *
make_verdict_of_error (const GError *error)
{
  GsVerdict *verdict = gs_verdict_new ("document-genuine", "Document genuine");
  const char *sentence = error->message;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    sentence = "The chip did not come to an end in time.";
  gs_verdict_set (verdict, GS_CHECK_RESULT_ABORTED, NULL, "%s", sentence);
  return verdict;
}

static GsVerdict *
judge (Run *run)
{
  const GsDocumentBelief *belief = &run->options->belief;
  GsDocumentInput input = { .reading = run->reading,
                            .optical = run->has_optical ? &run->optical : NULL,
                            .anchors = belief->anchors,
                            .signers = belief->signers,
                            .revocation_lists = belief->revocation_lists,
                            .now_utc_ms = belief->now_utc_ms };
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (belief->now_utc_ms / 1000);
  GsVerdict *verdict;

  if (now != NULL)
    g_date_time_get_ymd (now, &input.today.year, &input.today.month, &input.today.day);
  verdict = gs_document_verdict_run (&input);
  gs_document_belief_warn (belief, verdict);
  return verdict;
}

static int
report (Run *run)
{
  const Options *options = run->options;
  g_autoptr (GError) error = NULL;
  g_autoptr (GsVerdict) verdict =
    run->reading != NULL ? judge (run) : make_verdict_of_error (run->error);
  g_autofree char *text =
    options->as_json
      ? gs_document_reading_to_json (verdict, run->reading, run->name)
      : gs_document_reading_to_text (verdict, run->reading, run->name, options->with_evidence);
  int status;

  if (run->reading == NULL)
    gs_document_complain (gs_verdict_get_sentence (verdict), NULL);
  else if (run->reading->error != NULL)
    gs_document_complain (run->reading->error->message, NULL);
  if (run->reading == NULL && !options->as_json)
    return EXIT_UNDETERMINED;
  status = gs_document_print_verdict (verdict, text, options->as_json);
  if (run->reading == NULL || options->out == NULL
      || gs_document_write_files (options->out, run->reading, &error))
    return status;
  gs_document_complain (error->message, NULL);
  return EXIT_INPUT_OUTPUT;
}

static void
clear_run (Run *run)
{
  gs_access_key_clear (&run->key);
  explicit_bzero (&run->optical, sizeof run->optical);
  g_clear_object (&run->reader);
  g_clear_object (&run->cancellable);
  g_clear_pointer (&run->loop, g_main_loop_unref);
  g_clear_pointer (&run->name, g_free);
  g_clear_pointer (&run->reading, gs_chip_reading_free);
  g_clear_error (&run->error);
}

static int
list_readers (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) readers = gs_pcsc_reader_list (&error);

  if (readers == NULL)
    {
      gs_document_complain (gs_document_reader_sentence (GS_CHIP_READER_NO_SERVICE),
                            error->message);
      return EXIT_UNDETERMINED;
    }
  for (char **reader = readers; *reader != NULL; reader++)
    puts (*reader);
  if (readers[0] != NULL)
    return gs_document_finish (EXIT_VALID);
  gs_document_complain ("No chip reader is connected.", NULL);
  return EXIT_UNDETERMINED;
}

static int
read_and_report (Options *options)
{
  Run run = { .options = options };
  g_autoptr (GError) error = NULL;
  int status = EXIT_USAGE;

  gs_document_progress_start (&run.progress, options->quiet);
  if (!gs_document_belief_load (&options->belief))
    return EXIT_USAGE;
  if (options->out != NULL && !gs_document_prepare_folder (options->out, &error))
    {
      gs_document_complain (error->message, NULL);
      return EXIT_USAGE;
    }
  status = take_key (&run);
  if (status == EXIT_VALID)
    {
      read_chip (&run);
      status = report (&run);
    }
  clear_run (&run);
  return status;
}

int
gs_document_run_read (int argc, char **argv)
{
  Options options = { 0 };
  int status;

  gs_document_belief_init (&options.belief);
  status = take_words (&options, argc, argv);
  if (status == EXIT_VALID)
    status = options.list_readers ? list_readers () : read_and_report (&options);
  gs_document_belief_clear (&options.belief);
  return status;
}
