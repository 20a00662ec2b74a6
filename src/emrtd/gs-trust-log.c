/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-trust-log.h"

#include "gs-emrtd-error.h"
#include "gs-uuid.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than a thousand changes a year for a hundred years. */
#define MAX_SIZE (64 * 1024 * 1024)
#define DIGEST_LENGTH 64

void
gs_trust_log_entry_free (GsTrustLogEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->change);
  g_free (self->kind);
  g_free (self->officer);
  g_free (self->subject);
  g_free (self->detail);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

char *
gs_trust_log_get_path (const char *store)
{
  return g_strconcat (store, ".log", NULL);
}

static gboolean
fail (GError **error, const char *path, const char *why)
{
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_STORAGE, "%s: %s", path, why);
  return FALSE;
}

/* --- writing ---------------------------------------------------------------------------------- */

static char *
make_line (const GsTrustLogEntry *entry)
{
  json_t *row = json_pack ("{s:s, s:I, s:s, s:s*, s:s*, s:s*, s:s, s:s}", "change", entry->change,
                           "at", (json_int_t) entry->at_utc_ms, "kind", entry->kind, "officer",
                           entry->officer, "subject", entry->subject, "detail", entry->detail,
                           "before", entry->before, "after", entry->after);
  char *text = row != NULL ? json_dumps (row, JSON_COMPACT) : NULL;
  char *line = text != NULL ? g_strconcat (text, "\n", NULL) : NULL;

  free (text);
  json_decref (row);
  return line;
}

static gboolean
write_all (int fd, const char *text, gsize size)
{
  while (size > 0)
    {
      gssize n = write (fd, text, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      text += n;
      size -= (gsize) n;
    }
  return fsync (fd) == 0;
}

/* What a power cut left of a line is ended, so that the next one stands alone. */
static gboolean
append_line (int fd, const char *line)
{
  g_autofree char *whole = NULL;
  char last = '\n';
  off_t size = lseek (fd, 0, SEEK_END);
  int saved;

  if (size < 0 || (size > 0 && pread (fd, &last, 1, size - 1) != 1))
    return FALSE;
  whole = g_strconcat (last == '\n' ? "" : "\n", line, NULL);
  if (write_all (fd, whole, strlen (whole)))
    return TRUE;
  saved = errno;
  if (ftruncate (fd, size) != 0)
    g_debug ("ftruncate: %s", g_strerror (errno));
  errno = saved;
  return FALSE;
}

gboolean
gs_trust_log_append (const char *store, const GsTrustLogEntry *entry, GError **error)
{
  g_autofree char *path = gs_trust_log_get_path (store);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *line = make_line (entry);
  int fd, folder_fd;
  gboolean ok;

  if (line == NULL)
    return fail (error, path, "the entry cannot be written as JSON");
  fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0)
    return fail (error, path, g_strerror (errno));
  ok = append_line (fd, line) || fail (error, path, g_strerror (errno));
  close (fd);
  folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_fd >= 0)
    {
      fsync (folder_fd);
      close (folder_fd);
    }
  return ok;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Whoever can write the store can write here too: nothing but what the record can hold gets out. */
static gboolean
is_text (const char *text, gboolean needed)
{
  if (text == NULL)
    return !needed;
  if (*text == '\0' || strcmp (text, "-") == 0)
    return FALSE;
  for (; *text != '\0'; text++)
    if ((guchar) *text < 0x20 || *text == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
is_digest (const char *text)
{
  return text != NULL
         && (strcmp (text, GS_TRUST_LOG_NONE) == 0
             || (strlen (text) == DIGEST_LENGTH
                 && strspn (text, "0123456789abcdef") == DIGEST_LENGTH));
}

static gboolean
is_sound (const GsTrustLogEntry *entry)
{
  static const char *const kinds[] = { "trust.import", "trust.remove", "trust.undo", NULL };

  return entry->change != NULL && gs_uuid_is_valid (entry->change) && entry->kind != NULL
         && g_strv_contains (kinds, entry->kind) && is_text (entry->officer, FALSE)
         && is_text (entry->subject, FALSE) && is_text (entry->detail, FALSE)
         && is_digest (entry->before) && is_digest (entry->after);
}

static char *
dup_member (json_t *row, const char *name)
{
  return g_strdup (json_string_value (json_object_get (row, name)));
}

static GsTrustLogEntry *
parse_line (const char *line)
{
  g_autoptr (GsTrustLogEntry) entry = g_new0 (GsTrustLogEntry, 1);
  json_t *row = json_loads (line, JSON_REJECT_DUPLICATES, NULL);

  entry->change = dup_member (row, "change");
  entry->kind = dup_member (row, "kind");
  entry->officer = dup_member (row, "officer");
  entry->subject = dup_member (row, "subject");
  entry->detail = dup_member (row, "detail");
  entry->before = dup_member (row, "before");
  entry->after = dup_member (row, "after");
  entry->at_utc_ms = json_integer_value (json_object_get (row, "at"));
  json_decref (row);
  return is_sound (entry) ? g_steal_pointer (&entry) : NULL;
}

GPtrArray *
gs_trust_log_read (const char *store, GError **error)
{
  g_autofree char *path = gs_trust_log_get_path (store);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_trust_log_entry_free);
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  struct stat status;

  if (stat (path, &status) == 0 && status.st_size > MAX_SIZE)
    fail (&local, path, "the log is too large");
  else if (!g_file_get_contents (path, &text, NULL, &local)
           && g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return entries;
  if (text == NULL)
    {
      fail (error, path, local->message);
      g_ptr_array_unref (entries);
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      GsTrustLogEntry *entry = parse_line (*line);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  return entries;
}
