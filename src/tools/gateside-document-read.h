/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-reader.h"
#include "gs-verdict.h"

/* What gateside-document read says: its progress on standard error, its outcome, its files. */

typedef struct
{
  gboolean quiet;
  gboolean on_terminal; /* then a line is written over while a file comes in */
  GsChipFile file;
  GsChipStage stage;
  guint percent;
} GsDocumentProgress;

void gs_document_progress_start (GsDocumentProgress *self, gboolean quiet);
void gs_document_progress_show (GsDocumentProgress *self, const GsChipProgress *progress);
/* What the reader waits for; nothing when there is something to read. */
void gs_document_progress_wait (GsDocumentProgress *self, GsChipReaderState state);

/* Why nothing can be read in this state: a sentence. Static. */
const char *gs_document_reader_sentence (GsChipReaderState state);

/* The tree of the verdict as one line of JSON, with how it was read beside its result. reading may
 * be NULL. Transfer full. */
char *gs_document_reading_to_json (const GsVerdict *verdict,
                                   const GsChipReading *reading,
                                   const char *reader);
/* The tree as text, and one line on how it was read. Transfer full. */
char *gs_document_reading_to_text (const GsVerdict *verdict,
                                   const GsChipReading *reading,
                                   const char *reader,
                                   gboolean with_evidence);

/* Makes the folder, for this user alone, unless it is there. FALSE when it cannot be made, or holds
 * something: the files of two documents must not be mixed. */
gboolean gs_document_prepare_folder (const char *folder, GError **error);
/* Writes each file that was read, for this user alone. */
gboolean gs_document_write_files (const char *folder, const GsChipReading *reading, GError **error);
