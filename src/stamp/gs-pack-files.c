/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-files.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_LENGTH 64

struct _GsPackFiles
{
  gatomicrefcount ref_count;
  GHashTable *files; /* name → GBytes */
  gsize size;
};

static gboolean
refuse (GError **error, GsStampError code, const char *problem, const char *what)
{
  g_autofree char *shown = what != NULL ? g_utf8_make_valid (what, -1) : NULL;

  g_set_error (error, GS_STAMP_ERROR, code, "%s%s%.80s", problem, shown != NULL ? ": " : "",
               shown != NULL ? shown : "");
  return FALSE;
}

GsPackFiles *
gs_pack_files_new (void)
{
  GsPackFiles *self = g_new0 (GsPackFiles, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return self;
}

GsPackFiles *
gs_pack_files_ref (GsPackFiles *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gs_pack_files_unref (GsPackFiles *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->files);
  g_free (self);
}

gboolean
gs_pack_name_is_plain (const char *name)
{
  gsize length = strnlen (name, NAME_LENGTH + 1);

  if (length == 0 || length > NAME_LENGTH || !g_ascii_isalnum (*name))
    return FALSE;
  for (const char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr (".-_", *at) == NULL)
      return FALSE;
  return TRUE;
}

gboolean
gs_pack_files_put (GsPackFiles *self, const char *name, GBytes *content, GError **error)
{
  GBytes *old;
  gsize size;

  g_return_val_if_fail (self != NULL && name != NULL && content != NULL, FALSE);
  size = g_bytes_get_size (content);
  if (!gs_pack_name_is_plain (name))
    return refuse (error, GS_STAMP_ERROR_PACK_PATH, "A name is not a plain one", name);
  if (size > GS_PACK_MAX_FILE_BYTES)
    return refuse (error, GS_STAMP_ERROR_PACK_SIZE, "A file is too large", name);
  old = g_hash_table_lookup (self->files, name);
  if (old == NULL && g_hash_table_size (self->files) >= GS_PACK_MAX_FILES)
    return refuse (error, GS_STAMP_ERROR_PACK_SIZE, "There are too many files", NULL);
  self->size -= old != NULL ? g_bytes_get_size (old) : 0;
  if (size > GS_PACK_MAX_BYTES - self->size)
    return refuse (error, GS_STAMP_ERROR_PACK_SIZE, "The files together are too large", name);
  self->size += size;
  g_hash_table_insert (self->files, g_strdup (name), g_bytes_ref (content));
  return TRUE;
}

/* --- a folder --------------------------------------------------------------------------------- */

/* Reads at most limit bytes and one more, so that a file which grows meanwhile is noticed. */
static GBytes *
read_descriptor (int descriptor, gsize limit, const char *name, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[16384];

  for (;;)
    {
      gssize count = read (descriptor, buffer, sizeof buffer);

      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        {
          refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, g_strerror (errno), name);
          return NULL;
        }
      if (count == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      if (bytes->len + (gsize) count > limit)
        {
          refuse (error, GS_STAMP_ERROR_PACK_SIZE, "A file is too large", name);
          return NULL;
        }
      g_byte_array_append (bytes, buffer, (guint) count);
    }
}

/* Neither a link nor a pipe is opened: what a name leads to is not part of a pack. */
static GBytes *
read_entry (int folder, const char *name, GError **error)
{
  int descriptor = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat info;
  GBytes *bytes = NULL;

  if (descriptor < 0)
    {
      refuse (error, errno == ELOOP ? GS_STAMP_ERROR_PACK_LINK : GS_STAMP_ERROR_PACK_UNREADABLE,
              errno == ELOOP ? "A link stands where a file must be" : g_strerror (errno), name);
      return NULL;
    }
  if (fstat (descriptor, &info) != 0 || !S_ISREG (info.st_mode))
    refuse (error, GS_STAMP_ERROR_PACK_LINK, "This is not a file", name);
  else
    bytes = read_descriptor (descriptor, GS_PACK_MAX_FILE_BYTES, name, error);
  close (descriptor);
  return bytes;
}

static gboolean
read_folder (GsPackFiles *self, const char *path, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  int folder = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean read = dir != NULL && folder >= 0;
  const char *name;

  if (!read)
    refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, "The folder cannot be read", path);
  while (read && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GBytes) content = NULL;

      if (!gs_pack_name_is_plain (name))
        read = refuse (error, GS_STAMP_ERROR_PACK_PATH, "A name is not a plain one", name);
      else
        content = read_entry (folder, name, error);
      read = content != NULL && gs_pack_files_put (self, name, content, error);
    }
  if (folder >= 0)
    close (folder);
  return read;
}

/* --- a tar file ------------------------------------------------------------------------------- */

static GBytes *
read_member (struct archive *archive, gsize size, const char *name, GError **error)
{
  g_autofree guint8 *data = g_malloc (MAX (size, 1));
  gsize filled = 0;

  while (filled < size)
    {
      la_ssize_t count = archive_read_data (archive, data + filled, size - filled);

      if (count <= 0)
        {
          refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, "The pack file ends early", name);
          return NULL;
        }
      filled += (gsize) count;
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static gboolean
read_one (GsPackFiles *self, struct archive *archive, struct archive_entry *entry, GError **error)
{
  const char *name = archive_entry_pathname (entry);
  la_int64_t size = archive_entry_size (entry);
  g_autoptr (GBytes) content = NULL;

  if (name == NULL || !gs_pack_name_is_plain (name))
    return refuse (error, GS_STAMP_ERROR_PACK_PATH, "A name is not a plain one",
                   name != NULL ? name : "?");
  if (archive_entry_filetype (entry) != AE_IFREG || archive_entry_hardlink (entry) != NULL
      || archive_entry_symlink (entry) != NULL)
    return refuse (error, GS_STAMP_ERROR_PACK_LINK, "This is not a file", name);
  if (gs_pack_files_get (self, name) != NULL)
    return refuse (error, GS_STAMP_ERROR_PACK_EXTRA, "A file is there twice", name);
  if (size < 0 || size > GS_PACK_MAX_FILE_BYTES)
    return refuse (error, GS_STAMP_ERROR_PACK_SIZE, "A file is too large", name);
  content = read_member (archive, (gsize) size, name, error);
  return content != NULL && gs_pack_files_put (self, name, content, error);
}

static gboolean
read_members (GsPackFiles *self, struct archive *archive, GError **error)
{
  for (;;)
    {
      struct archive_entry *entry;
      int result = archive_read_next_header (archive, &entry);

      if (result == ARCHIVE_EOF)
        return TRUE;
      /* A warning is about a name or number that was not understood: nothing to guess at. */
      if (result != ARCHIVE_OK)
        return refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, "This is no pack file",
                       archive_error_string (archive));
      if (!read_one (self, archive, entry, error))
        return FALSE;
    }
}

GsPackFiles *
gs_pack_files_read_tar (GBytes *tar, GError **error)
{
  g_autoptr (GsPackFiles) self = gs_pack_files_new ();
  struct archive *archive;
  gsize size;
  const void *data;
  gboolean read = FALSE;

  g_return_val_if_fail (tar != NULL, NULL);
  data = g_bytes_get_data (tar, &size);
  if (size == 0)
    {
      refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, "The pack file is empty", NULL);
      return NULL;
    }
  archive = archive_read_new ();
  /* This one format and no compression: libarchive guesses nothing. */
  if (archive_read_support_format_tar (archive) != ARCHIVE_OK
      || archive_read_open_memory (archive, data, size) != ARCHIVE_OK)
    refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, "This is no pack file",
            archive_error_string (archive));
  else
    read = read_members (self, archive, error);
  archive_read_free (archive);
  return read ? g_steal_pointer (&self) : NULL;
}

GsPackFiles *
gs_pack_files_read (const char *path, GError **error)
{
  g_autoptr (GsPackFiles) self = NULL;
  g_autoptr (GBytes) tar = NULL;
  struct stat info;
  int descriptor;

  g_return_val_if_fail (path != NULL, NULL);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      self = gs_pack_files_new ();
      return read_folder (self, path, error) ? g_steal_pointer (&self) : NULL;
    }
  descriptor = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0)
    refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, g_strerror (errno), path);
  else if (fstat (descriptor, &info) != 0 || !S_ISREG (info.st_mode))
    refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, "This is neither a folder nor a file", path);
  else
    /* Headers and padding: at most 2 KiB a file. */
    tar = read_descriptor (descriptor, GS_PACK_MAX_BYTES + GS_PACK_MAX_FILES * 2048, path, error);
  if (descriptor >= 0)
    close (descriptor);
  return tar != NULL ? gs_pack_files_read_tar (tar, error) : NULL;
}

/* --- the rest --------------------------------------------------------------------------------- */

GBytes *
gs_pack_files_get (GsPackFiles *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  return g_hash_table_lookup (self->files, name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
gs_pack_files_dup_names (GsPackFiles *self)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (self != NULL, NULL);
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static gboolean
write_member (struct archive *archive, const char *name, GBytes *content)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize size;
  const void *data = g_bytes_get_data (content, &size);
  gboolean written;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, 0, 0);
  written = archive_write_header (archive, entry) == ARCHIVE_OK
            && (size == 0 || archive_write_data (archive, data, size) == (la_ssize_t) size);
  archive_entry_free (entry);
  return written;
}

GBytes *
gs_pack_files_write_tar (GsPackFiles *self, GError **error)
{
  g_auto (GStrv) names = NULL;
  gsize room, used = 0;
  g_autofree guint8 *buffer = NULL;
  struct archive *archive;
  gboolean written;

  g_return_val_if_fail (self != NULL, NULL);
  names = gs_pack_files_dup_names (self);
  room = self->size + (gsize) (g_hash_table_size (self->files) + 20) * 1024;
  buffer = g_malloc0 (room);
  archive = archive_write_new ();
  written = archive_write_set_format_ustar (archive) == ARCHIVE_OK
            && archive_write_open_memory (archive, buffer, room, &used) == ARCHIVE_OK;
  for (char **name = names; written && *name != NULL; name++)
    written = write_member (archive, *name, gs_pack_files_get (self, *name));
  written = archive_write_close (archive) == ARCHIVE_OK && written;
  archive_write_free (archive);
  if (written)
    return g_bytes_new_take (g_steal_pointer (&buffer), used);
  refuse (error, GS_STAMP_ERROR_PACK_UNREADABLE, "The pack file cannot be made", NULL);
  return NULL;
}
