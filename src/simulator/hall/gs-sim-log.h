/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The hall's append-only memory: one file of lines, "E TAB id TAB event" and "R TAB record", and
 * the epoch beside it. Events are read back from the file, only their places are held in memory.
 * One thread. A line cut short by a kill is dropped when the file is opened again. Lines are
 * written with one write () and not synced: they outlive the program, not the machine. */
typedef struct _GsSimLog GsSimLog;

/* Called for every line in order while the log is opened: an event (id > 0) or a record (id 0). */
typedef void (*GsSimLogFunc) (gint64 id, const char *json, gsize length, gpointer user_data);

/* Opens or makes the log in an existing folder. keep is the number of newest events that can still
 * be read. NULL with a GFileError or GIOError. Transfer full. */
GsSimLog *gs_sim_log_open (
  const char *folder, gint64 keep, GsSimLogFunc func, gpointer user_data, GError **error);
void gs_sim_log_free (GsSimLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsSimLog, gs_sim_log_free)

const char *gs_sim_log_get_epoch (GsSimLog *self);

/* Oldest readable and newest id; with no event 1 and 0. */
gint64 gs_sim_log_get_oldest (GsSimLog *self);
gint64 gs_sim_log_get_newest (GsSimLog *self);

/* Leaves one id out: the next event gets the one after. */
void gs_sim_log_skip_id (GsSimLog *self);

/* Takes lines for the next write: an event under gs_sim_log_get_next (), or a record. */
gint64 gs_sim_log_get_next (GsSimLog *self);
void gs_sim_log_add_event (GsSimLog *self, gint64 id, const char *json, gsize length);
void gs_sim_log_add_record (GsSimLog *self, const char *json);

/* Writes what was taken with one write (). A failure ends in a GIOError; nothing is then readable
 * of the batch. */
gboolean gs_sim_log_flush (GsSimLog *self, GError **error);

/* The bytes of an event as they were added, or NULL when the log lacks it. Transfer full. */
char *gs_sim_log_read (GsSimLog *self, gint64 id, gsize *length);

/* Puts the file aside and starts an empty one under a new epoch; ids start at 1. */
gboolean gs_sim_log_start_epoch (GsSimLog *self, GError **error);
