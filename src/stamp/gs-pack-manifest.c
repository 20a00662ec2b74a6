/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-pack-manifest.h"

#include <stdio.h>
#include <string.h>

#define HEAD "gateside-pack 2"
#define MAX_BYTES (64 * 1024)
#define DIGEST_LENGTH 64

typedef struct
{
  char *name;
  char *digest;
  gsize size;
} Line;

struct _GsPackManifest
{
  char *valid_from;
  char *valid_until;
  GPtrArray *lines; /* of Line */
};

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->name);
  g_free (line->digest);
  g_free (line);
}

void
gs_pack_manifest_free (GsPackManifest *self)
{
  if (self == NULL)
    return;
  g_free (self->valid_from);
  g_free (self->valid_until);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static gboolean
refuse (GError **error, GsStampError code, const char *problem, const char *what)
{
  g_set_error (error, GS_STAMP_ERROR, code, "%s%s%.80s", problem, what != NULL ? ": " : "",
               what != NULL ? what : "");
  return FALSE;
}

gboolean
gs_pack_day_is_valid (const char *day)
{
  static const char shape[] = "dddd-dd-dd";

  if (day == NULL || strlen (day) != strlen (shape))
    return FALSE;
  for (guint i = 0; shape[i] != '\0'; i++)
    if (shape[i] == 'd' ? !g_ascii_isdigit (day[i]) : day[i] != shape[i])
      return FALSE;
  return g_date_valid_dmy ((GDateDay) atoi (day + 8), (GDateMonth) atoi (day + 5),
                           (GDateYear) atoi (day));
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean
is_digest (const char *text)
{
  return strlen (text) == DIGEST_LENGTH && strspn (text, "0123456789abcdef") == DIGEST_LENGTH;
}

static gboolean
read_file_line (GsPackManifest *self, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 5);
  const Line *last =
    self->lines->len > 0 ? g_ptr_array_index (self->lines, self->lines->len - 1) : NULL;
  guint64 size;
  g_autofree char *again = NULL;
  Line *line;

  if (g_strv_length (words) != 4 || !g_str_equal (words[0], "file") || !is_digest (words[2])
      || !gs_pack_name_is_plain (words[3])
      || !g_ascii_string_to_unsigned (words[1], 10, 0, GS_PACK_MAX_FILE_BYTES, &size, NULL))
    return refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "A line of the list is malformed", text);
  again = g_strdup_printf ("%" G_GUINT64_FORMAT, size);
  if (!g_str_equal (again, words[1]) || (last != NULL && strcmp (last->name, words[3]) >= 0)
      || g_str_equal (words[3], GS_PACK_MANIFEST) || g_str_equal (words[3], GS_PACK_SIGNATURE)
      || self->lines->len >= GS_PACK_MAX_FILES)
    return refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "A line of the list may not stand there",
                   text);
  line = g_new0 (Line, 1);
  line->name = g_strdup (words[3]);
  line->digest = g_strdup (words[2]);
  line->size = (gsize) size;
  g_ptr_array_add (self->lines, line);
  return TRUE;
}

static char *
read_day (const char *text, const char *key)
{
  if (text == NULL || !g_str_has_prefix (text, key) || !gs_pack_day_is_valid (text + strlen (key)))
    return NULL;
  return g_strdup (text + strlen (key));
}

static gboolean
read_lines (GsPackManifest *self, char **lines, GError **error)
{
  guint at = 2;

  if (lines[0] == NULL || !g_str_equal (lines[0], HEAD))
    return refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "The list does not begin with " HEAD, NULL);
  self->valid_from = read_day (lines[1], "valid-from ");
  if (self->valid_from == NULL)
    return refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "The list has no valid-from", NULL);
  self->valid_until = read_day (lines[at], "valid-until ");
  if (self->valid_until != NULL)
    at++;
  if (self->valid_until != NULL && strcmp (self->valid_until, self->valid_from) < 0)
    return refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "It ends before it begins", NULL);
  for (; lines[at] != NULL && lines[at + 1] != NULL; at++)
    if (!read_file_line (self, lines[at], error))
      return FALSE;
  if (self->lines->len == 0 || lines[at] == NULL || *lines[at] != '\0')
    return refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "The list is cut off or names no file",
                   NULL);
  return TRUE;
}

GsPackManifest *
gs_pack_manifest_parse (GBytes *text, GError **error)
{
  g_autoptr (GsPackManifest) self = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *copy = NULL;
  gsize size;
  const char *data;

  g_return_val_if_fail (text != NULL, NULL);
  data = g_bytes_get_data (text, &size);
  if (size == 0 || size > MAX_BYTES || !g_utf8_validate_len (data, size, NULL))
    {
      refuse (error, GS_STAMP_ERROR_PACK_MANIFEST, "The list is empty, too long or no text", NULL);
      return NULL;
    }
  copy = g_strndup (data, size);
  lines = g_strsplit (copy, "\n", -1);
  self = g_new0 (GsPackManifest, 1);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  return read_lines (self, lines, error) ? g_steal_pointer (&self) : NULL;
}

/* --- comparing -------------------------------------------------------------------------------- */

static gboolean
is_listed (GsPackManifest *self, const char *name)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_str_equal (((const Line *) self->lines->pdata[i])->name, name))
      return TRUE;
  return g_str_equal (name, GS_PACK_MANIFEST) || g_str_equal (name, GS_PACK_SIGNATURE);
}

gboolean
gs_pack_manifest_check (GsPackManifest *self, GsPackFiles *files, GError **error)
{
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (self != NULL && files != NULL, FALSE);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];
      GBytes *content = gs_pack_files_get (files, line->name);
      g_autofree char *digest = NULL;

      if (content == NULL)
        return refuse (error, GS_STAMP_ERROR_PACK_MISSING, "A signed file is missing", line->name);
      digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
      if (g_bytes_get_size (content) != line->size || !g_str_equal (digest, line->digest))
        return refuse (error, GS_STAMP_ERROR_PACK_HASH, "A file is not the one that was signed",
                       line->name);
    }
  names = gs_pack_files_dup_names (files);
  for (char **name = names; *name != NULL; name++)
    if (!is_listed (self, *name))
      return refuse (error, GS_STAMP_ERROR_PACK_EXTRA, "A file was not signed", *name);
  return TRUE;
}

const char *
gs_pack_manifest_get_valid_from (GsPackManifest *self)
{
  return self->valid_from;
}

const char *
gs_pack_manifest_get_valid_until (GsPackManifest *self)
{
  return self->valid_until;
}

/* --- making ----------------------------------------------------------------------------------- */

GBytes *
gs_pack_manifest_make (GsPackFiles *files,
                       const char *valid_from,
                       const char *valid_until,
                       GError **error)
{
  g_autoptr (GString) text = g_string_new (HEAD "\n");
  g_auto (GStrv) names = NULL;
  g_autoptr (GBytes) made = NULL;
  g_autoptr (GsPackManifest) parsed = NULL;

  g_return_val_if_fail (files != NULL && valid_from != NULL, NULL);
  g_string_append_printf (text, "valid-from %s\n", valid_from);
  if (valid_until != NULL)
    g_string_append_printf (text, "valid-until %s\n", valid_until);
  names = gs_pack_files_dup_names (files);
  for (char **name = names; *name != NULL; name++)
    {
      GBytes *content = gs_pack_files_get (files, *name);
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

      if (!g_str_equal (*name, GS_PACK_MANIFEST) && !g_str_equal (*name, GS_PACK_SIGNATURE))
        g_string_append_printf (text, "file %" G_GSIZE_FORMAT " %s %s\n",
                                g_bytes_get_size (content), digest, *name);
    }
  made = g_string_free_to_bytes (g_steal_pointer (&text));
  parsed = gs_pack_manifest_parse (made, error);
  return parsed != NULL ? g_steal_pointer (&made) : NULL;
}
