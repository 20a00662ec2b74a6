/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-thresholds.h"

#include <math.h>
#include <string.h>

#include "gs-face-error.h"
#include "gs-face-models.h"

#define SIZE_LIMIT (64 * 1024)
#define MISTAKES_LIMIT 20

typedef enum
{
  KIND_NUMBER, /* least to most */
  KIND_COUNT,
  KIND_TEXT,
  KIND_DIGEST
} Kind;

typedef struct
{
  const char *group;
  const char *key;
  Kind kind;
  gsize offset; /* in GsFaceThresholds; not for a digest */
  double least;
  double most;
} Key;

#define AT(field) G_STRUCT_OFFSET (GsFaceThresholds, field)

/* Every one of them must be there. */
static const Key keys[] = {
  { "engine", "embedding-sha256", KIND_DIGEST, 0, 0, 0 },
  { "thresholds", "match", KIND_NUMBER, AT (match), -1, 1 },
  { "thresholds", "review", KIND_NUMBER, AT (review), -1, 1 },
  { "thresholds", "one-person", KIND_NUMBER, AT (one_person), -1, 1 },
  { "quality", "least-confidence", KIND_NUMBER, AT (least_confidence), 0, 1 },
  { "quality", "least-inter-eye-px", KIND_NUMBER, AT (least_inter_eye_px), 0, 10000 },
  { "quality", "least-sharpness", KIND_NUMBER, AT (least_sharpness), 0, 100000 },
  { "quality", "most-second-face", KIND_NUMBER, AT (most_second_face), 0, 1 },
  { "evidence", "pictures", KIND_COUNT, AT (rates.n_pictures), 1, 1000000000 },
  { "evidence", "false-match-same-group", KIND_NUMBER, AT (rates.false_match), 0, 1 },
  { "evidence", "false-match-all", KIND_NUMBER, AT (false_match_all), 0, 1 },
  { "evidence", "false-non-match", KIND_NUMBER, AT (rates.false_non_match), 0, 1 },
  { "evidence", "false-non-match-low", KIND_NUMBER, AT (rates.false_non_match_low), 0, 1 },
  { "evidence", "false-non-match-high", KIND_NUMBER, AT (rates.false_non_match_high), 0, 1 },
  { "evidence", "measured-on", KIND_TEXT, AT (measured_on), 0, 0 },
  { "evidence", "limits", KIND_TEXT, AT (limits), 0, 0 },
  { "evidence", "training", KIND_TEXT, AT (training), 0, 0 },
};

typedef struct
{
  const char *name;
  const char *embedding_sha256;
  GsFaceThresholds *made;
  guint lines[G_N_ELEMENTS (keys)]; /* where each was said; 0: nowhere */
  GString *mistakes;
  guint n_mistakes;
} Reader;

static void G_GNUC_PRINTF (3, 4) mistake (Reader *reader, guint line, const char *format, ...)
{
  va_list arguments;

  if (reader->n_mistakes++ >= MISTAKES_LIMIT)
    return;
  if (reader->mistakes->len > 0)
    g_string_append_c (reader->mistakes, '\n');
  g_string_append (reader->mistakes, reader->name);
  if (line > 0)
    g_string_append_printf (reader->mistakes, ":%u", line);
  g_string_append (reader->mistakes, ": ");
  va_start (arguments, format);
  g_string_append_vprintf (reader->mistakes, format, arguments);
  va_end (arguments);
}

static void
read_number (Reader *reader, const Key *key, const char *value, guint line)
{
  char *end;
  double number = g_ascii_strtod (value, &end);

  if (end == value || *end != '\0' || !isfinite (number) || number < key->least
      || number > key->most || (key->kind == KIND_COUNT && number != floor (number)))
    {
      mistake (reader, line, "%s must be a %s from %g to %g", key->key,
               key->kind == KIND_COUNT ? "whole number" : "number", key->least, key->most);
      return;
    }
  if (key->kind == KIND_COUNT)
    G_STRUCT_MEMBER (guint, reader->made, key->offset) = (guint) number;
  else
    G_STRUCT_MEMBER (double, reader->made, key->offset) = number;
}

static void
read_value (Reader *reader, const Key *key, const char *value, guint line)
{
  if (*value == '\0')
    mistake (reader, line, "%s is empty", key->key);
  else if (key->kind == KIND_TEXT)
    G_STRUCT_MEMBER (char *, reader->made, key->offset) = g_strdup (value);
  else if (key->kind != KIND_DIGEST)
    read_number (reader, key, value, line);
  else if (!g_str_equal (value, reader->embedding_sha256))
    mistake (reader, line,
             "these thresholds belong to another model: this program's embedding has the SHA-256 "
             "%s",
             reader->embedding_sha256);
}

static gboolean
is_group (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, name))
      return TRUE;
  return FALSE;
}

static void
read_pair (Reader *reader, const char *group, char *text, guint line)
{
  char *equals = strchr (text, '=');

  if (equals == NULL)
    {
      mistake (reader, line, "this is neither [group], key=value nor a comment");
      return;
    }
  *equals = '\0';
  g_strstrip (text);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (keys[i].group, group) == 0 && g_str_equal (keys[i].key, text))
      {
        if (reader->lines[i] != 0)
          {
            mistake (reader, line, "%s was said in line %u already", text, reader->lines[i]);
            return;
          }
        reader->lines[i] = line;
        read_value (reader, &keys[i], g_strstrip (equals + 1), line);
        return;
      }
  if (group == NULL)
    mistake (reader, line, "%s stands before any [group]", text);
  else if (is_group (group))
    mistake (reader, line, "[%s] has no key %s", group, text);
}

static void
read_lines (Reader *reader, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *group = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      gsize length = strlen (line);

      if (length == 0 || *line == '#')
        continue;
      if (*line == '[' && line[length - 1] == ']')
        {
          line[length - 1] = '\0';
          group = line + 1;
          if (!is_group (group))
            mistake (reader, i + 1, "there is no group [%s]", group);
        }
      else
        read_pair (reader, group, line, i + 1);
    }
}

static guint
line_of (const Reader *reader, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, key))
      return reader->lines[i];
  return 0;
}

/* What only shows when all is there. */
static void
check (Reader *reader)
{
  const GsFaceThresholds *made = reader->made;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (reader->lines[i] == 0)
      mistake (reader, 0, "[%s] %s is missing", keys[i].group, keys[i].key);
  if (reader->n_mistakes > 0)
    return;
  if (made->review > made->match)
    mistake (reader, line_of (reader, "review"), "review is above match");
  if (made->one_person < made->review)
    mistake (reader, line_of (reader, "one-person"), "one-person is below review");
  if (made->rates.false_non_match_low > made->rates.false_non_match
      || made->rates.false_non_match > made->rates.false_non_match_high)
    mistake (reader, line_of (reader, "false-non-match"),
             "false-non-match is not between its bounds");
}

GsFaceThresholds *
gs_face_thresholds_parse (
  const char *text, gsize length, const char *name, const char *embedding_sha256, GError **error)
{
  g_autoptr (GsFaceThresholds) made = g_new0 (GsFaceThresholds, 1);
  g_autoptr (GString) mistakes = g_string_new (NULL);
  Reader reader = {
    .name = name, .embedding_sha256 = embedding_sha256, .made = made, .mistakes = mistakes
  };

  if (length > SIZE_LIMIT || !g_utf8_validate_len (text, length, NULL))
    mistake (&reader, 0, "this is no text of at most %d bytes", SIZE_LIMIT);
  else
    {
      g_autofree char *copy = g_strndup (text, length);

      read_lines (&reader, copy);
      check (&reader);
    }
  if (reader.n_mistakes == 0)
    return g_steal_pointer (&made);
  g_set_error_literal (error, GS_FACE_ERROR, GS_FACE_ERROR_THRESHOLDS, mistakes->str);
  return NULL;
}

GsFaceThresholds *
gs_face_thresholds_load (const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &local))
    {
      g_set_error (error, GS_FACE_ERROR, GS_FACE_ERROR_THRESHOLDS, "%s: %s", path, local->message);
      return NULL;
    }
  return gs_face_thresholds_parse (text, length, path, gs_face_models_embedding_sha256 (), error);
}

void
gs_face_thresholds_free (GsFaceThresholds *self)
{
  if (self == NULL)
    return;
  g_free (self->measured_on);
  g_free (self->limits);
  g_free (self->training);
  g_free (self);
}
