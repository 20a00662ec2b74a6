/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-found.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Finds the symbols on a picture, in a process of its own: what a picture does to a decoder ends
 * that process and nothing else. The process is gateside-seal-reader, with limits on time and
 * memory. */

/* What was found. Immutable. */
typedef struct
{
  guint width; /* of the picture, in dots */
  guint height;
  GPtrArray *found; /* GsSealFound */
  /* The picture in shades of grey, no side above 1000 dots, for a screen: it was decoded in that
   * process, and nothing of the file is decoded in this one. */
  guint preview_width;
  guint preview_height;
  GBytes *preview; /* NULL when it came not */
} GsSealReading;

void gs_seal_reading_free (GsSealReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSealReading, gs_seal_reading_free)

/* How long symbols are looked for, unless the caller says otherwise. */
#define GS_SEAL_READER_PATIENCE_MS 3000

/* picture: a file's content, as gs_seal_picture_new() takes it. Answers within patience_ms and a
 * few seconds for the decoder. GS_SEAL_ERROR_PICTURE, _UNSUPPORTED, _LIMIT as that says it, _SLOW
 * when the time was over before the picture was decoded. No symbol is no error. Main context of
 * the caller. */
void gs_seal_reader_read_async (GBytes *picture,
                                guint patience_ms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Transfer full. */
GsSealReading *gs_seal_reader_read_finish (GAsyncResult *result, GError **error);

/* Why no seal can be taken from it: GS_SEAL_ERROR_NO_SYMBOL with what is there instead. Transfer
 * full. */
GError *gs_seal_reading_make_error (const GsSealReading *self);

G_END_DECLS
