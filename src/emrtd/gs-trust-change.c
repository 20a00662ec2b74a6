/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-change.h"

#include "gs-emrtd-error.h"
#include "gs-trust-log.h"
#include "gs-uuid.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Between two looks at a lock that somebody else holds. */
#define LOCK_PAUSE_US (20 * 1000)

struct _GsTrustChange
{
  char *path;
  char *new_path;
  char *old_path;
  int lock; /* -1: none */
  GsTrustStore *store;
  char *id;
  char *before;
  char *after;
  gboolean logged;
  gboolean placed;
};

static gboolean
fail (GError **error, const char *path, const char *why)
{
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_STORAGE, "%s: %s", path, why);
  return FALSE;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* NULL when the file cannot be read. Transfer full. */
static char *
digest_file (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &local);
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL && g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_strdup (GS_TRUST_LOG_NONE);
  if (file == NULL)
    {
      fail (error, path, local->message);
      return NULL;
    }
  bytes = g_mapped_file_get_bytes (file);
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

/* --- the lock --------------------------------------------------------------------------------- */

/* The file stays when the lock goes: a second one of that name would be another lock. */
static int
open_lock (const char *path)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  int fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);

  /* Another user's: to lock it needs no right to write. */
  return fd >= 0 || errno != EACCES ? fd : open (name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

static gboolean
take_lock (int fd, const char *path, guint patience_ms, GError **error)
{
  gint64 end_us = g_get_monotonic_time () + patience_ms * G_TIME_SPAN_MILLISECOND;

  for (;;)
    {
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
      if (errno != EWOULDBLOCK && errno != EINTR)
        return fail (error, path, g_strerror (errno));
      if (g_get_monotonic_time () >= end_us)
        {
          g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_BUSY,
                       "%s: the trust store is being changed by another program", path);
          return FALSE;
        }
      g_usleep (LOCK_PAUSE_US);
    }
}

/* --- after a power cut ------------------------------------------------------------------------ */

static gboolean
is_file_of (const char *path, const char *digest)
{
  g_autofree char *found = digest_file (path, NULL);

  return found != NULL && strcmp (found, digest) == 0;
}

/* The log's last word holds: what it says will stand there is put there. */
static gboolean
end_last_change (GsTrustChange *self, GPtrArray *log, GError **error)
{
  const GsTrustLogEntry *last = log->len > 0 ? log->pdata[log->len - 1] : NULL;
  const char *from = NULL;
  int status;

  if (last == NULL || !is_file_of (self->path, last->before)
      || strcmp (last->before, last->after) == 0)
    return TRUE;
  if (strcmp (last->after, GS_TRUST_LOG_NONE) == 0)
    status = g_unlink (self->path);
  else
    {
      from = is_file_of (self->new_path, last->after)   ? self->new_path
             : is_file_of (self->old_path, last->after) ? self->old_path
                                                        : NULL;
      /* Neither is there: whoever looks at the digests finds that. */
      status = from != NULL ? g_rename (from, self->path) : 0;
    }
  if (status != 0)
    return fail (error, self->path, g_strerror (errno));
  sync_folder (self->path);
  return TRUE;
}

static gboolean
settle (GsTrustChange *self, GError **error)
{
  g_autoptr (GPtrArray) log = gs_trust_log_read (self->path, error);

  if (log == NULL || !end_last_change (self, log, error))
    return FALSE;
  g_unlink (self->new_path);
  g_unlink (self->old_path);
  return TRUE;
}

/* --- a change --------------------------------------------------------------------------------- */

static GsTrustChange *
change_new (const char *path)
{
  GsTrustChange *self = g_new0 (GsTrustChange, 1);

  self->path = g_strdup (path);
  self->new_path = g_strconcat (path, ".new", NULL);
  self->old_path = g_strconcat (path, ".old", NULL);
  self->id = gs_uuid_new ();
  self->lock = open_lock (path);
  return self;
}

void
gs_trust_change_free (GsTrustChange *self)
{
  if (self == NULL)
    return;
  /* A change that is logged and not in place is ended by whoever comes next. */
  if (self->before != NULL && (!self->logged || self->placed))
    {
      g_unlink (self->new_path);
      g_unlink (self->old_path);
    }
  if (self->lock >= 0)
    close (self->lock);
  g_clear_pointer (&self->store, gs_trust_store_free);
  g_free (self->path);
  g_free (self->new_path);
  g_free (self->old_path);
  g_free (self->id);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

GsTrustChange *
gs_trust_change_begin (const char *path, guint patience_ms, GError **error)
{
  g_autoptr (GsTrustChange) self = change_new (path);

  if (self->lock < 0)
    {
      fail (error, path, g_strerror (errno));
      return NULL;
    }
  if (!take_lock (self->lock, path, patience_ms, error) || !settle (self, error)
      || (self->store = gs_trust_store_open (path, error)) == NULL
      || (self->before = digest_file (path, error)) == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

GsTrustStore *
gs_trust_change_get_store (GsTrustChange *self)
{
  return self->store;
}

gboolean
gs_trust_change_prepare (GsTrustChange *self, GError **error)
{
  if (!gs_trust_store_save_to (self->store, self->new_path, error))
    return FALSE;
  g_free (self->after);
  self->after = digest_file (self->new_path, error);
  return self->after != NULL;
}

static gboolean
append (GsTrustChange *self, const GsTrustLogEntry *entry, GError **error)
{
  return gs_trust_log_append (self->path, entry, error);
}

gboolean
gs_trust_change_log (GsTrustChange *self,
                     const char *kind,
                     gint64 at_utc_ms,
                     const char *officer,
                     const char *subject,
                     const char *detail,
                     GError **error)
{
  const GsTrustLogEntry entry = { self->id,         (char *) kind,   (char *) officer,
                                  (char *) subject, (char *) detail, self->before,
                                  self->after,      at_utc_ms };

  g_return_val_if_fail (self->after != NULL && !self->logged, FALSE);

  self->logged = append (self, &entry, error);
  return self->logged;
}

gboolean
gs_trust_change_put_in_place (GsTrustChange *self, GError **error)
{
  g_return_val_if_fail (self->logged && !self->placed, FALSE);

  g_unlink (self->old_path);
  if ((link (self->path, self->old_path) != 0 && errno != ENOENT)
      || g_rename (self->new_path, self->path) != 0)
    return fail (error, self->path, g_strerror (errno));
  self->placed = TRUE;
  sync_folder (self->path);
  return TRUE;
}

gboolean
gs_trust_change_undo (GsTrustChange *self, gint64 at_utc_ms, GError **error)
{
  g_autofree char *id = gs_uuid_new ();
  g_autofree char *detail = g_strdup_printf ("undone=%s", self->id);
  g_autoptr (GPtrArray) log = NULL;
  const GsTrustLogEntry entry = { id,     (char *) "trust.undo", NULL,         NULL,
                                  detail, self->after,           self->before, at_utc_ms };

  g_return_val_if_fail (self->logged, FALSE);

  if (!append (self, &entry, error))
    return FALSE;
  if (self->placed)
    {
      log = gs_trust_log_read (self->path, error);
      if (log == NULL || !end_last_change (self, log, error))
        return FALSE;
    }
  self->placed = TRUE; /* nothing is left to be done */
  return TRUE;
}

gboolean
gs_trust_change_is_logged (GsTrustChange *self)
{
  return self->logged;
}

const char *
gs_trust_change_get_id (GsTrustChange *self)
{
  return self->id;
}

const char *
gs_trust_change_get_before (GsTrustChange *self)
{
  return self->before;
}

const char *
gs_trust_change_get_after (GsTrustChange *self)
{
  return self->after;
}

gboolean
gs_trust_change_survey (
  const char *path, guint patience_ms, char **digest, GPtrArray **log, GError **error)
{
  g_autoptr (GsTrustChange) self = change_new (path);
  g_autoptr (GPtrArray) entries = NULL;

  if (self->lock >= 0
      && (!take_lock (self->lock, path, patience_ms, error) || !settle (self, error)))
    return FALSE;
  *digest = NULL;
  entries = gs_trust_log_read (path, error);
  if (entries == NULL || (*digest = digest_file (path, error)) == NULL)
    return FALSE;
  *log = g_steal_pointer (&entries);
  return TRUE;
}
