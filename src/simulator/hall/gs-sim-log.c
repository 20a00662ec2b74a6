/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-log.h"

#include "gs-uuid.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where an event's JSON lies; length 0 is an id that was left out. */
typedef struct
{
  gint64 offset;
  guint32 length;
} Place;

struct _GsSimLog
{
  char *folder;
  char *path;
  char *epoch;
  int fd;
  gint64 end_offset;
  gint64 keep;
  gint64 next_id;
  GArray *places; /* place i is event i + 1 */
  GString *pending;
};

void
gs_sim_log_free (GsSimLog *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->epoch);
  g_clear_pointer (&self->places, g_array_unref);
  if (self->pending != NULL)
    g_string_free (self->pending, TRUE);
  g_free (self);
}

static void
set_place (GsSimLog *self, gint64 id, gint64 offset, gsize length)
{
  Place *place;

  if (self->places->len < (guint) id)
    g_array_set_size (self->places, (guint) id);
  place = &g_array_index (self->places, Place, id - 1);
  place->offset = offset;
  place->length = (guint32) length;
}

/* Takes one line without its end; FALSE when it is no line of ours. */
static gboolean
replay_line (GsSimLog *self,
             const char *line,
             gsize length,
             gint64 offset,
             GsSimLogFunc func,
             gpointer user_data)
{
  char *end = NULL;
  gint64 id;

  if (length > 2 && line[0] == 'R' && line[1] == '\t')
    {
      func (0, line + 2, length - 2, user_data);
      return TRUE;
    }
  if (length < 4 || line[0] != 'E' || line[1] != '\t')
    return FALSE;
  id = g_ascii_strtoll (line + 2, &end, 10);
  if (id < self->next_id || *end != '\t')
    return FALSE;
  end++;
  set_place (self, id, offset + (end - line), length - (gsize) (end - line));
  self->next_id = id + 1;
  func (id, end, length - (gsize) (end - line), user_data);
  return TRUE;
}

static gboolean
replay (GsSimLog *self, GsSimLogFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (self->path, FALSE, error);
  const char *start, *end, *line;

  if (file == NULL)
    return FALSE;
  start = line = g_mapped_file_get_contents (file);
  end = start == NULL ? NULL : start + g_mapped_file_get_length (file);
  while (line != NULL && line < end)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));

      if (stop == NULL)
        break;
      if (!replay_line (self, line, (gsize) (stop - line), line - start, func, user_data))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "%s: byte %" G_GINT64_FORMAT " is no line of a hall's log", self->path,
                       (gint64) (line - start));
          return FALSE;
        }
      line = stop + 1;
    }
  self->end_offset = line == NULL ? 0 : line - start;
  if (ftruncate (self->fd, self->end_offset) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", self->path,
                   g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_epoch (GsSimLog *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "epoch", NULL);
  g_autofree char *text = g_strconcat (self->epoch, "\n", NULL);

  return g_file_set_contents (path, text, -1, error);
}

static gboolean
read_epoch (GsSimLog *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "epoch", NULL);
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL) && gs_uuid_is_valid (g_strstrip (text)))
    {
      self->epoch = g_steal_pointer (&text);
      return TRUE;
    }
  self->epoch = gs_uuid_new ();
  return write_epoch (self, error);
}

static gboolean
open_file (GsSimLog *self, GError **error)
{
  self->fd = open (self->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (self->fd >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", self->path,
               g_strerror (errno));
  return FALSE;
}

GsSimLog *
gs_sim_log_open (
  const char *folder, gint64 keep, GsSimLogFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GsSimLog) self = g_new0 (GsSimLog, 1);

  self->folder = g_strdup (folder);
  self->path = g_build_filename (folder, "hall.log", NULL);
  self->fd = -1;
  self->keep = keep;
  self->next_id = 1;
  self->places = g_array_new (FALSE, TRUE, sizeof (Place));
  self->pending = g_string_new (NULL);
  if (!read_epoch (self, error) || !open_file (self, error)
      || !replay (self, func, user_data, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
gs_sim_log_get_epoch (GsSimLog *self)
{
  return self->epoch;
}

gint64
gs_sim_log_get_newest (GsSimLog *self)
{
  return self->next_id - 1;
}

gint64
gs_sim_log_get_oldest (GsSimLog *self)
{
  return MAX (1, self->next_id - self->keep);
}

void
gs_sim_log_skip_id (GsSimLog *self)
{
  self->next_id++;
}

gint64
gs_sim_log_get_next (GsSimLog *self)
{
  return self->next_id;
}

void
gs_sim_log_add_event (GsSimLog *self, gint64 id, const char *json, gsize length)
{
  g_string_append_printf (self->pending, "E\t%" G_GINT64_FORMAT "\t", id);
  set_place (self, id, self->end_offset + (gint64) self->pending->len, length);
  g_string_append_len (self->pending, json, (gssize) length);
  g_string_append_c (self->pending, '\n');
  self->next_id = id + 1;
}

void
gs_sim_log_add_record (GsSimLog *self, const char *json)
{
  g_string_append (self->pending, "R\t");
  g_string_append (self->pending, json);
  g_string_append_c (self->pending, '\n');
}

gboolean
gs_sim_log_flush (GsSimLog *self, GError **error)
{
  gsize done = 0;

  while (done < self->pending->len)
    {
      gssize count = write (self->fd, self->pending->str + done, self->pending->len - done);

      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", self->path,
                       g_strerror (errno));
          return FALSE;
        }
      done += (gsize) count;
    }
  self->end_offset += (gint64) done;
  g_string_truncate (self->pending, 0);
  return TRUE;
}

char *
gs_sim_log_read (GsSimLog *self, gint64 id, gsize *length)
{
  g_autofree char *text = NULL;
  Place place;

  if (id < gs_sim_log_get_oldest (self) || id > (gint64) self->places->len)
    return NULL;
  place = g_array_index (self->places, Place, id - 1);
  if (place.length == 0 || place.offset + place.length > self->end_offset)
    return NULL;
  text = g_malloc (place.length + 1);
  if (pread (self->fd, text, place.length, place.offset) != (gssize) place.length)
    return NULL;
  text[place.length] = '\0';
  *length = place.length;
  return g_steal_pointer (&text);
}

gboolean
gs_sim_log_start_epoch (GsSimLog *self, GError **error)
{
  g_autofree char *name = g_strdup_printf ("hall-%s.log", self->epoch);
  g_autofree char *aside = g_build_filename (self->folder, name, NULL);

  if (rename (self->path, aside) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", aside,
                   g_strerror (errno));
      return FALSE;
    }
  close (self->fd);
  self->fd = -1;
  g_free (self->epoch);
  self->epoch = gs_uuid_new ();
  self->end_offset = 0;
  self->next_id = 1;
  g_array_set_size (self->places, 0);
  g_string_truncate (self->pending, 0);
  return write_epoch (self, error) && open_file (self, error);
}
