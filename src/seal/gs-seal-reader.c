/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-seal-reader.h"

#include "gs-build-config.h"
#include "gs-seal-error.h"
#include "gs-seal-picture.h"
#include "gs-seal.h"

#include <string.h>

#define PROGRAM "gateside-seal-reader"
/* For the decoder, on a slow machine, on top of what symbols are looked for. */
#define DECODING_MS 6000

typedef struct
{
  GSubprocess *process;
  GCancellable *cancellable; /* the caller's, or NULL */
  gulong cancelled;
  guint timeout;
  gboolean slow;
} Read;

void
gs_seal_reading_free (GsSealReading *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->found);
  g_clear_pointer (&self->preview, g_bytes_unref);
  g_free (self);
}

GError *
gs_seal_reading_make_error (const GsSealReading *self)
{
  if (self->found->len == 0)
    return g_error_new_literal (GS_SEAL_ERROR, GS_SEAL_ERROR_NO_SYMBOL,
                                "no Data Matrix was found on the picture");
  return g_error_new (GS_SEAL_ERROR, GS_SEAL_ERROR_NO_SYMBOL,
                      "none of the %u Data Matrix symbols on the picture is a seal",
                      self->found->len);
}

static char *
find_program (void)
{
  const char *named = g_getenv ("GATESIDE_SEAL_READER");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  g_autofree char *beside = g_build_filename (folder, PROGRAM, NULL);
  g_autofree char *built = g_build_filename (folder, "..", "tools", PROGRAM, NULL);

  if (named != NULL && *named != '\0')
    return g_strdup (named);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  return g_build_filename (GS_PKGLIBDIR, PROGRAM, NULL);
}

/* --- what the process says: lines, as src/tools/gateside-seal-reader.c writes them -------------
 */

static GsSealFound *
read_found (char **words, guint n_words)
{
  GsSealFound *one;
  GBytes *bytes;

  if (n_words != 10)
    return NULL;
  bytes = gs_seal_bytes_from_hex (words[9], NULL);
  if (bytes == NULL)
    return NULL;
  one = g_new0 (GsSealFound, 1);
  one->bytes = bytes;
  for (guint i = 0; i < 4; i++)
    {
      one->x[i] = g_ascii_strtod (words[1 + 2 * i], NULL);
      one->y[i] = g_ascii_strtod (words[2 + 2 * i], NULL);
    }
  return one;
}

/* "preview WIDTH HEIGHT BASE64". */
static void
read_preview (char **words, GsSealReading *reading)
{
  guint64 width = g_ascii_strtoull (words[1], NULL, 10);
  guint64 height = g_ascii_strtoull (words[2], NULL, 10);
  gsize size = 0;
  guint8 *dots = g_base64_decode (words[3], &size);

  if (width > 0 && width <= 1000 && height > 0 && height <= 1000 && size == width * height
      && reading->preview == NULL)
    {
      reading->preview_width = (guint) width;
      reading->preview_height = (guint) height;
      reading->preview = g_bytes_new_take (g_steal_pointer (&dots), size);
    }
  g_free (dots);
}

static gboolean
read_line (const char *line, GsSealReading *reading, gboolean *whole, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint n_words = g_strv_length (words);

  if (n_words >= 3 && g_str_equal (words[0], "error"))
    {
      const char *sentence = strchr (strchr (line, ' ') + 1, ' ') + 1;
      g_autofree char *valid = g_utf8_make_valid (sentence, -1);

      g_set_error_literal (
        error, GS_SEAL_ERROR,
        (int) CLAMP (g_ascii_strtoll (words[1], NULL, 10), 1, GS_SEAL_ERROR_NO_SYMBOL), valid);
      return FALSE;
    }
  if (n_words == 3 && g_str_equal (words[0], "size"))
    {
      reading->width =
        (guint) MIN (g_ascii_strtoull (words[1], NULL, 10), GS_SEAL_PICTURE_MAX_SIDE);
      reading->height =
        (guint) MIN (g_ascii_strtoull (words[2], NULL, 10), GS_SEAL_PICTURE_MAX_SIDE);
    }
  else if (n_words == 4 && g_str_equal (words[0], "preview"))
    read_preview (words, reading);
  else if (g_str_equal (line, "end"))
    *whole = TRUE;
  else if (n_words > 0 && g_str_equal (words[0], "found"))
    {
      GsSealFound *one = read_found (words, n_words);

      if (one != NULL)
        g_ptr_array_add (reading->found, one);
    }
  return TRUE;
}

static GsSealReading *
read_answer (GBytes *answer, gboolean slow, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (answer, &size);
  g_autofree char *text = g_strndup (bytes, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GsSealReading) reading = g_new0 (GsSealReading, 1);
  gboolean whole = FALSE;

  reading->found = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_seal_found_free);
  for (char **line = lines; *line != NULL; line++)
    if (!read_line (*line, reading, &whole, error))
      return NULL;
  if (whole)
    return g_steal_pointer (&reading);
  if (slow)
    g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_SLOW,
                         "reading the picture took too long");
  else
    g_set_error_literal (error, GS_SEAL_ERROR, GS_SEAL_ERROR_PICTURE,
                         "the picture made its reader fail");
  return NULL;
}

/* --- the process ------------------------------------------------------------------------------ */

static void
read_free (gpointer data)
{
  Read *self = data;

  if (self->timeout != 0)
    g_source_remove (self->timeout);
  g_cancellable_disconnect (self->cancellable, self->cancelled);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->process);
  g_free (self);
}

static gboolean
on_timeout (gpointer data)
{
  Read *self = data;

  self->timeout = 0;
  self->slow = TRUE;
  g_subprocess_force_exit (self->process);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer process)
{
  g_subprocess_force_exit (process);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *self = g_task_get_task_data (task);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  GsSealReading *reading;

  if (self->timeout != 0)
    g_source_remove (self->timeout);
  self->timeout = 0;
  /* A process that goes before it has taken the whole picture breaks the pipe; it has said why. */
  g_subprocess_communicate_finish (G_SUBPROCESS (source), result, &answer, NULL, NULL);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (answer == NULL)
    answer = g_bytes_new_static ("", 0);
  reading = read_answer (answer, self->slow, &error);
  if (reading != NULL)
    g_task_return_pointer (task, reading, (GDestroyNotify) gs_seal_reading_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
gs_seal_reader_read_async (GBytes *picture,
                           guint patience_ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *program = find_program ();
  g_autofree char *patience = g_strdup_printf ("%u", patience_ms);
  g_autoptr (GError) error = NULL;
  Read *self = g_new0 (Read, 1);

  g_task_set_source_tag (task, gs_seal_reader_read_async);
  g_task_set_task_data (task, self, read_free);
  if (g_bytes_get_size (picture) > GS_SEAL_PICTURE_MAX_BYTES)
    {
      g_task_return_new_error (task, GS_SEAL_ERROR, GS_SEAL_ERROR_LIMIT,
                               "the file is larger than any picture of a page");
      return;
    }
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                      | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                    &error, program, patience, NULL);
  if (self->process == NULL)
    {
      g_task_return_new_error (task, GS_SEAL_ERROR, GS_SEAL_ERROR_PICTURE,
                               "the reader of pictures cannot be started: %s", error->message);
      return;
    }
  self->timeout = g_timeout_add (patience_ms + DECODING_MS, on_timeout, self);
  if (cancellable != NULL)
    {
      self->cancellable = g_object_ref (cancellable);
      self->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                               g_object_ref (self->process), g_object_unref);
    }
  g_subprocess_communicate_async (self->process, picture, NULL, on_answer, g_steal_pointer (&task));
}

GsSealReading *
gs_seal_reader_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
