/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What gateside-document read says and writes. */

#include "gateside-document-read.h"

#include <glib/gstdio.h>
#include <jansson.h>

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

void
gs_document_progress_start (GsDocumentProgress *self, gboolean quiet)
{
  *self = (GsDocumentProgress){ .quiet = quiet, .on_terminal = isatty (STDERR_FILENO) != 0 };
}

static void
show_file (GsDocumentProgress *self, const GsChipProgress *progress)
{
  const char *name = gs_chip_file_to_string (progress->file);
  guint percent =
    progress->size > 0 ? (guint) ((guint64) progress->done * 100 / progress->size) : 0;
  gboolean complete = progress->size > 0 && progress->done >= progress->size;

  if (self->stage == GS_CHIP_STAGE_FILE && self->file == progress->file && self->percent == percent
      && !complete)
    return;
  self->percent = percent;
  if (complete)
    fprintf (stderr, "%s%s: %" G_GSIZE_FORMAT " bytes\n", self->on_terminal ? "\r" : "", name,
             progress->size);
  else if (self->on_terminal)
    fprintf (stderr, "\r%s: %u %%  ", name, percent);
}

void
gs_document_progress_show (GsDocumentProgress *self, const GsChipProgress *progress)
{
  if (self->quiet)
    return;
  switch (progress->stage)
    {
    case GS_CHIP_STAGE_CONNECT:
      fputs ("connecting with the chip\n", stderr);
      break;
    case GS_CHIP_STAGE_ACCESS:
      fputs ("opening the chip\n", stderr);
      break;
    case GS_CHIP_STAGE_FILE:
      show_file (self, progress);
      break;
    case GS_CHIP_STAGE_CHIP_AUTHENTICATION:
      fputs ("chip authentication\n", stderr);
      break;
    case GS_CHIP_STAGE_ACTIVE_AUTHENTICATION:
      fputs ("active authentication\n", stderr);
      break;
    }
  self->stage = progress->stage;
  self->file = progress->file;
}

void
gs_document_progress_wait (GsDocumentProgress *self, GsChipReaderState state)
{
  const char *what = NULL;

  switch (state)
    {
    case GS_CHIP_READER_NO_SERVICE:
      what = "the PC/SC service";
      break;
    case GS_CHIP_READER_ABSENT:
      what = "a reader";
      break;
    case GS_CHIP_READER_EMPTY:
      what = "a chip";
      break;
    case GS_CHIP_READER_MUTE:
      what = "an answer of the chip; lay it again";
      break;
    case GS_CHIP_READER_IN_USE:
      what = "another program to let go of the chip";
      break;
    case GS_CHIP_READER_STOPPED:
    case GS_CHIP_READER_CARD:
    case GS_CHIP_READER_READING:
    case GS_CHIP_READER_STUCK:
      break;
    }
  if (what != NULL && !self->quiet)
    fprintf (stderr, "waiting for %s\n", what);
}

const char *
gs_document_reader_sentence (GsChipReaderState state)
{
  switch (state)
    {
    case GS_CHIP_READER_NO_SERVICE:
      return "The PC/SC service (pcscd) does not run, or refuses this user.";
    case GS_CHIP_READER_ABSENT:
      return "No such chip reader is connected; --list-readers names those that are.";
    case GS_CHIP_READER_EMPTY:
      return "No chip lies on the reader.";
    case GS_CHIP_READER_MUTE:
      return "What lies on the reader does not answer: lay it again, or turn it over.";
    case GS_CHIP_READER_IN_USE:
      return "Another program uses the chip.";
    case GS_CHIP_READER_STUCK:
      return "The chip does not answer any more.";
    case GS_CHIP_READER_STOPPED:
    case GS_CHIP_READER_CARD:
    case GS_CHIP_READER_READING:
      break;
    }
  return "The chip cannot be read.";
}

static double
seconds (gint64 us)
{
  return (double) us / G_USEC_PER_SEC;
}

static json_t *
files_to_json (const GsChipReading *reading)
{
  json_t *files = json_object ();

  for (guint i = 0; i < GS_CHIP_N_FILES; i++)
    if (reading->files[i] != NULL)
      json_object_set_new (files, gs_chip_file_to_string ((GsChipFile) i),
                           json_integer ((json_int_t) g_bytes_get_size (reading->files[i])));
  return files;
}

char *
gs_document_reading_to_json (const GsVerdict *verdict,
                             const GsChipReading *reading,
                             const char *reader)
{
  g_autofree char *tree = gs_verdict_to_json (verdict);
  json_t *root = json_loads (tree, 0, NULL);
  char *text, *copy;

  g_return_val_if_fail (root != NULL, g_steal_pointer (&tree));
  json_object_set_new (root, "reader", reader != NULL ? json_string (reader) : json_null ());
  json_object_set_new (root, "access",
                       reading != NULL ? json_string (gs_chip_access_to_string (reading->access))
                                       : json_null ());
  json_object_set_new (
    root, "protocol",
    reading != NULL && reading->protocol != NULL ? json_string (reading->protocol) : json_null ());
  json_object_set_new (root, "cipher",
                       reading != NULL && reading->cipher != 0
                         ? json_string (gs_chip_cipher_to_string (reading->cipher))
                         : json_null ());
  json_object_set_new (root, "commands", json_integer (reading ? reading->n_commands : 0));
  json_object_set_new (root, "seconds", json_real (reading ? seconds (reading->time_us) : 0));
  json_object_set_new (root, "chip_seconds",
                       json_real (reading ? seconds (reading->chip_time_us) : 0));
  json_object_set_new (root, "files", reading ? files_to_json (reading) : json_object ());
  text = json_dumps (root, JSON_COMPACT | JSON_REAL_PRECISION (6));
  copy = g_strdup (text);
  free (text);
  json_decref (root);
  return copy;
}

char *
gs_document_reading_to_text (const GsVerdict *verdict,
                             const GsChipReading *reading,
                             const char *reader,
                             gboolean with_evidence)
{
  g_autofree char *tree = gs_verdict_to_text (verdict, with_evidence);

  if (reading == NULL)
    return g_steal_pointer (&tree);
  return g_strdup_printf ("%sRead on %s by %s in %.2f s, %.2f s of it the chip's, with %u "
                          "commands.\n",
                          tree, reader != NULL ? reader : "a reader",
                          gs_chip_access_to_string (reading->access), seconds (reading->time_us),
                          seconds (reading->chip_time_us), reading->n_commands);
}

gboolean
gs_document_prepare_folder (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", folder,
                   g_strerror (code));
      return FALSE;
    }
  dir = g_dir_open (folder, 0, error);
  if (dir == NULL)
    return FALSE;
  if (g_dir_read_name (dir) == NULL)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, "%s is not empty", folder);
  return FALSE;
}

gboolean
gs_document_write_files (const char *folder, const GsChipReading *reading, GError **error)
{
  for (guint i = 0; i < GS_CHIP_N_FILES; i++)
    {
      const char *known = gs_chip_file_to_string ((GsChipFile) i);
      g_autofree char *name =
        g_strconcat (gs_chip_file_get_group ((GsChipFile) i) > 0 ? "EF." : "", known, NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gsize size;

      if (reading->files[i] == NULL)
        continue;
      const char *bytes = g_bytes_get_data (reading->files[i], &size);
      if (!g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT,
                                     0600, error))
        return FALSE;
    }
  return TRUE;
}
