/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads and verifies visible digital seals on the command line, with the code that the desk uses.
 */

#include "gateside-seal.h"

#include "gs-build-config.h"
#include "gs-seal-error.h"
#include "gs-seal-picture.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
  "Usage: gateside-seal verify IMAGE|--hex HEX --keys PATH [OPTION]...\n"
  "       gateside-seal decode IMAGE|--hex HEX [OPTION]...\n"
  "       gateside-seal --help | --version\n"
  "\n"
  "Commands:\n"
  "  verify     check a visible digital seal in the five steps of BSI TR-03135\n"
  "  decode     print what a seal says, checking nothing\n"
  "\n"
  "  IMAGE                a picture of it, PNG or JPEG; - for standard input\n"
  "  --hex HEX            its bytes as hexadecimal digits\n"
  "  --keys PATH          certificates or bare public keys that seals are believed under (PEM or\n"
  "                       DER), or a folder of them; may be repeated\n"
  "  --seal N             the Nth of several seals on the picture, from the top; else the one\n"
  "                       nearest to its middle\n"
  "  --document STATE:NUMBER\n"
  "                       the document in hand, as its machine readable zone has it: the seal of\n"
  "                       a stamp must be made for it\n"
  "  --today DATE         the present day (YYYY-MM-DD) instead of the clock's\n"
  "  --evidence           print the evidence behind each check too\n"
  "  --json               print one line of JSON instead of text\n"
  "\n"
  "Exit status of verify: 0 genuine, 1 not genuine, 2 unreadable or undetermined, 64 wrong usage.\n"
  "Exit status of decode: 0 read, 1 its content is wrong, 2 unreadable, 64 wrong usage.\n";

static int
wrong_usage (const char *what, const char *which)
{
  fprintf (stderr, "gateside-seal: %s%s%s\n\n%s", what, which != NULL ? ": " : "",
           which != NULL ? which : "", usage);
  return EXIT_USAGE;
}

int
gs_seal_finish (int status)
{
  if (fflush (stdout) == 0)
    return status;
  fprintf (stderr, "gateside-seal: standard output: %s\n", g_strerror (errno));
  return EXIT_INPUT_OUTPUT;
}

/* --- input ------------------------------------------------------------------------------------ */

/* No more of a file than a picture may have, whatever it is. */
static GBytes *
read_file (const char *path, GError **error)
{
  FILE *file = strcmp (path, "-") == 0 ? stdin : fopen (path, "rbe");
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 buffer[65536];
  gsize n;
  gboolean good;

  while (file != NULL && all->len <= GS_SEAL_PICTURE_MAX_BYTES
         && (n = fread (buffer, 1, sizeof buffer, file)) > 0)
    g_byte_array_append (all, buffer, (guint) n);
  good = file != NULL && !ferror (file);
  if (!good)
    g_set_error (error, GS_SEAL_ERROR, GS_SEAL_ERROR_PICTURE, "%s: %s", path, g_strerror (errno));
  if (file != NULL && file != stdin)
    fclose (file);
  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&all)) : NULL;
}

typedef struct
{
  GMainLoop *loop;
  GsSealReading *reading;
  GError **error;
} Wait;

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->reading = gs_seal_reader_read_finish (result, wait->error);
  g_main_loop_quit (wait->loop);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const GsSealFound *first = *(GsSealFound *const *) a;
  const GsSealFound *second = *(GsSealFound *const *) b;
  double difference = gs_seal_found_get_y (first) - gs_seal_found_get_y (second);

  return difference < 0 ? -1 : difference > 0;
}

static gboolean
load_picture (const GsSealOptions *options, GsSealInputData *input)
{
  g_autoptr (GBytes) file = read_file (options->picture, &input->error);
  Wait wait = { .error = &input->error };
  const GsSealFound *one;
  guint seen = 0;

  if (file == NULL)
    return TRUE;
  wait.loop = g_main_loop_new (NULL, FALSE);
  gs_seal_reader_read_async (file, GS_SEAL_READER_PATIENCE_MS, NULL, on_read, &wait);
  g_main_loop_run (wait.loop);
  g_main_loop_unref (wait.loop);
  input->reading = wait.reading;
  if (input->reading == NULL)
    return TRUE;
  g_ptr_array_sort (input->reading->found, compare_places);
  input->index =
    gs_seal_found_choose (input->reading->found, input->reading->width, input->reading->height);
  for (guint i = 0; options->number > 0 && i < input->reading->found->len; i++)
    if (gs_seal_found_is_seal (input->reading->found->pdata[i]) && ++seen == options->number)
      input->index = (int) i;
  if (input->index < 0)
    {
      input->error = gs_seal_reading_make_error (input->reading);
      return TRUE;
    }
  if (options->number > seen)
    return FALSE;
  one = g_ptr_array_index (input->reading->found, (guint) input->index);
  input->bytes = g_bytes_ref (one->bytes);
  return TRUE;
}

gboolean
gs_seal_input_load (const GsSealOptions *options, GsSealInputData *input)
{
  *input = (GsSealInputData){ .index = -1 };
  if (options->hex == NULL)
    return load_picture (options, input);
  input->bytes = gs_seal_bytes_from_hex (options->hex, &input->error);
  return TRUE;
}

void
gs_seal_input_clear (GsSealInputData *input)
{
  g_clear_pointer (&input->bytes, g_bytes_unref);
  g_clear_error (&input->error);
  g_clear_pointer (&input->reading, gs_seal_reading_free);
}

guint
gs_seal_input_count (const GsSealInputData *input)
{
  guint n = 0;

  for (guint i = 0; input->reading != NULL && i < input->reading->found->len; i++)
    n += gs_seal_found_is_seal (input->reading->found->pdata[i]) ? 1 : 0;
  return n;
}

guint
gs_seal_input_number (const GsSealInputData *input)
{
  guint n = 0;

  for (int i = 0; i <= input->index; i++)
    n += gs_seal_found_is_seal (input->reading->found->pdata[i]) ? 1 : 0;
  return n;
}

/* --- options ---------------------------------------------------------------------------------- */

static gboolean
take_value (int argc, char **argv, int *at, const char *name, const char **value)
{
  gsize length = strlen (name);

  if (strncmp (argv[*at], name, length) != 0)
    return FALSE;
  if (argv[*at][length] == '=')
    *value = argv[*at] + length + 1;
  else if (argv[*at][length] == '\0' && *at + 1 < argc)
    *value = argv[++*at];
  else
    return FALSE;
  return TRUE;
}

static gboolean
take_once (const char **place, const char *value)
{
  if (*place != NULL)
    return FALSE;
  *place = value;
  return TRUE;
}

static gboolean
take_number (GsSealOptions *options, const char *value)
{
  guint64 number;

  if (options->number != 0 || !g_ascii_string_to_unsigned (value, 10, 1, 99, &number, NULL))
    return FALSE;
  options->number = (guint) number;
  return TRUE;
}

static gboolean
take_day (GsSealOptions *options, const char *value)
{
  GsSealDate *day = &options->today;
  guint8 bytes[3];
  char end;

  return strlen (value) == 10
         && sscanf (value, "%4u-%2u-%2u%c", &day->year, &day->month, &day->day, &end) == 3
         && day->year > 0 && gs_seal_date_encode (day, bytes);
}

static gboolean
take_document (GsSealOptions *options, const char *value)
{
  const char *colon = strchr (value, ':');

  return colon != NULL && colon != value && colon[1] != '\0'
         && take_once (&options->document, value);
}

/* FALSE when it is no option or its value is wrong; sentence says more where there is more to say.
 */
static gboolean
take_option (GsSealOptions *options, int argc, char **argv, int *at, GError **error)
{
  const char *value;

  if (strcmp (argv[*at], "--json") == 0)
    options->as_json = TRUE;
  else if (strcmp (argv[*at], "--evidence") == 0)
    options->with_evidence = TRUE;
  else if (take_value (argc, argv, at, "--hex", &value))
    return take_once (&options->hex, value);
  else if (take_value (argc, argv, at, "--keys", &value))
    return gs_seal_ring_add_path (options->ring, value, error);
  else if (take_value (argc, argv, at, "--seal", &value))
    return take_number (options, value);
  else if (take_value (argc, argv, at, "--document", &value))
    return take_document (options, value);
  else if (take_value (argc, argv, at, "--today", &value))
    return take_day (options, value);
  else if (argv[*at][0] == '-' && argv[*at][1] != '\0')
    return FALSE;
  else
    return take_once (&options->picture, argv[*at]);
  return TRUE;
}

/* The latest day that it is anywhere on earth. */
static void
set_today (GsSealOptions *options)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) latest = g_date_time_add_hours (now, 14);

  options->today =
    (GsSealDate){ (guint) g_date_time_get_year (latest), (guint) g_date_time_get_month (latest),
                  (guint) g_date_time_get_day_of_month (latest) };
}

static int
take_words (GsSealOptions *options, int argc, char **argv, gboolean verify)
{
  for (int i = 0; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;
      int at = i;

      if (take_option (options, argc, argv, &i, &error))
        continue;
      if (error == NULL)
        return wrong_usage ("unknown option or argument, or its value is wrong", argv[at]);
      fprintf (stderr, "gateside-seal: %s\n", error->message);
      return EXIT_USAGE;
    }
  if ((options->picture == NULL) == (options->hex == NULL))
    return wrong_usage ("either IMAGE or --hex is needed", NULL);
  if (verify && gs_seal_ring_get_size (options->ring) == 0)
    return wrong_usage ("--keys is missing", NULL);
  return 0;
}

static int
run (int argc, char **argv, gboolean verify)
{
  GsSealOptions options = { .ring = gs_seal_ring_new () };
  GsSealInputData input;
  int status;

  set_today (&options);
  status = take_words (&options, argc, argv, verify);
  if (status == 0)
    {
      if (!gs_seal_input_load (&options, &input))
        status = wrong_usage ("there are fewer seals on the picture than --seal says", NULL);
      else
        status =
          verify ? gs_seal_run_verify (&options, &input) : gs_seal_run_decode (&options, &input);
      gs_seal_input_clear (&input);
    }
  gs_seal_ring_unref (options.ring);
  return status;
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (strcmp (argv[i], "--help") == 0)
        {
          fputs (usage, stdout);
          return gs_seal_finish (0);
        }
      if (strcmp (argv[i], "--version") == 0)
        {
          puts ("gateside-seal " GS_VERSION);
          return gs_seal_finish (0);
        }
    }
  if (argc < 2)
    return wrong_usage ("a command is missing", NULL);
  if (strcmp (argv[1], "verify") == 0)
    return run (argc - 2, argv + 2, TRUE);
  if (strcmp (argv[1], "decode") == 0)
    return run (argc - 2, argv + 2, FALSE);
  return wrong_usage (argv[1][0] == '-' ? "unknown option" : "unknown command", argv[1]);
}
