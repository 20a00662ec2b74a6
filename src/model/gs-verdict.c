/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-verdict.h"

#include <jansson.h>
#include <stdlib.h>

struct _GsVerdict
{
  char *name;
  char *statement;
  GsCheckResult result;
  char *code;
  char *sentence;
  GPtrArray *warnings;
  GPtrArray *warning_codes; /* one for each */
  GPtrArray *evidence;
  GPtrArray *children;
};

static void
evidence_free (gpointer data)
{
  GsEvidence *self = data;

  g_free (self->key);
  g_free (self->value);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

GsVerdict *
gs_verdict_new (const char *name, const char *statement)
{
  GsVerdict *self = g_atomic_rc_box_new0 (GsVerdict);
  const GsCheckName *published = gs_check_name_find (name);

  if (statement == NULL)
    statement = published != NULL ? published->sentence : name;
  self->name = g_strdup (name);
  self->statement = g_strdup (statement);
  self->result = GS_CHECK_RESULT_NOT_CHECKED;
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->warning_codes = g_ptr_array_new_with_free_func (g_free);
  self->evidence = g_ptr_array_new_with_free_func (evidence_free);
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_verdict_unref);
  return self;
}

GsVerdict *
gs_verdict_ref (GsVerdict *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
verdict_clear (gpointer data)
{
  GsVerdict *self = data;

  g_free (self->name);
  g_free (self->statement);
  g_free (self->code);
  g_free (self->sentence);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->warning_codes);
  g_ptr_array_unref (self->evidence);
  g_ptr_array_unref (self->children);
}

void
gs_verdict_unref (GsVerdict *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, verdict_clear);
}

void
gs_verdict_set (GsVerdict *self, GsCheckResult result, const char *code, const char *sentence, ...)
{
  va_list arguments;

  self->result = result;
  g_free (self->code);
  self->code = g_strdup (code);
  g_free (self->sentence);
  va_start (arguments, sentence);
  self->sentence = g_strdup_vprintf (sentence, arguments);
  va_end (arguments);
}

void
gs_verdict_warn (GsVerdict *self, const char *code, const char *sentence, ...)
{
  va_list arguments;

  g_ptr_array_add (self->warning_codes, g_strdup (code));
  va_start (arguments, sentence);
  g_ptr_array_add (self->warnings, g_strdup_vprintf (sentence, arguments));
  va_end (arguments);
}

void
gs_verdict_add_evidence (GsVerdict *self, const char *key, const char *value)
{
  gs_verdict_add_evidence_data (self, key, value, NULL);
}

void
gs_verdict_add_evidence_data (GsVerdict *self, const char *key, const char *value, GBytes *data)
{
  GsEvidence *line;

  if (value == NULL)
    return;
  line = g_new0 (GsEvidence, 1);
  line->key = g_strdup (key);
  line->value = g_utf8_make_valid (value, -1);
  line->data = data != NULL ? g_bytes_ref (data) : NULL;
  g_ptr_array_add (self->evidence, line);
}

void
gs_verdict_add (GsVerdict *self, GsVerdict *child)
{
  g_ptr_array_add (self->children, child);
}

const char *
gs_verdict_get_name (const GsVerdict *self)
{
  return self->name;
}

const char *
gs_verdict_get_statement (const GsVerdict *self)
{
  return self->statement;
}

GsCheckResult
gs_verdict_get_result (const GsVerdict *self)
{
  GsCheckResult worst = self->result;

  for (guint i = 0; i < self->children->len; i++)
    worst = gs_check_result_worse (worst, gs_verdict_get_result (self->children->pdata[i]));
  return worst;
}

/* The node whose own words explain the result: this one, or the first child that has it. */
static const GsVerdict *
find_cause (const GsVerdict *self)
{
  GsCheckResult result = gs_verdict_get_result (self);

  if (self->sentence != NULL && self->result == result)
    return self;
  for (guint i = 0; i < self->children->len; i++)
    if (gs_verdict_get_result (self->children->pdata[i]) == result)
      return find_cause (self->children->pdata[i]);
  return self;
}

const char *
gs_verdict_get_code (const GsVerdict *self)
{
  return find_cause (self)->code;
}

const char *
gs_verdict_get_sentence (const GsVerdict *self)
{
  return find_cause (self)->sentence;
}

guint
gs_verdict_get_n_warnings (const GsVerdict *self)
{
  return self->warnings->len;
}

const char *
gs_verdict_get_warning (const GsVerdict *self, guint index)
{
  return g_ptr_array_index (self->warnings, index);
}

const char *
gs_verdict_get_warning_code (const GsVerdict *self, guint index)
{
  return g_ptr_array_index (self->warning_codes, index);
}

guint
gs_verdict_get_n_evidence (const GsVerdict *self)
{
  return self->evidence->len;
}

const GsEvidence *
gs_verdict_get_evidence (const GsVerdict *self, guint index)
{
  return g_ptr_array_index (self->evidence, index);
}

const char *
gs_verdict_find_evidence (const GsVerdict *self, const char *key)
{
  for (guint i = 0; i < self->evidence->len; i++)
    {
      const GsEvidence *line = self->evidence->pdata[i];

      if (g_strcmp0 (line->key, key) == 0)
        return line->value;
    }
  return NULL;
}

guint
gs_verdict_get_n_children (const GsVerdict *self)
{
  return self->children->len;
}

const GsVerdict *
gs_verdict_get_child (const GsVerdict *self, guint index)
{
  return g_ptr_array_index (self->children, index);
}

const GsVerdict *
gs_verdict_find (const GsVerdict *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return self;
  for (guint i = 0; i < self->children->len; i++)
    {
      const GsVerdict *found = gs_verdict_find (self->children->pdata[i], name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

const char *
gs_verdict_result_to_word (GsCheckResult result)
{
  return result == GS_CHECK_RESULT_NOT_CHECKED ? "not-checked" : gs_check_result_to_word (result);
}

static json_t *
evidence_to_json (const GsVerdict *self)
{
  json_t *object = json_object ();
  json_t *warnings = json_array ();

  for (guint i = 0; i < self->evidence->len; i++)
    {
      const GsEvidence *line = self->evidence->pdata[i];
      g_autofree char *key = NULL;
      g_autofree char *base64 = NULL;
      gsize size;

      json_object_set_new (object, line->key, json_string (line->value));
      if (line->data == NULL)
        continue;
      key = g_strconcat (line->key, "_base64", NULL);
      base64 =
        g_base64_encode (g_bytes_get_data (line->data, &size), g_bytes_get_size (line->data));
      json_object_set_new (object, key, json_string (base64));
    }
  for (guint i = 0; i < self->warnings->len; i++)
    json_array_append_new (warnings, json_string (self->warnings->pdata[i]));
  if (json_array_size (warnings) > 0)
    json_object_set (object, "warnings", warnings);
  json_decref (warnings);
  return object;
}

static json_t *
to_json (const GsVerdict *self)
{
  const char *code = gs_verdict_get_code (self);
  const char *sentence = gs_verdict_get_sentence (self);
  json_t *checks = json_array ();

  for (guint i = 0; i < self->children->len; i++)
    json_array_append_new (checks, to_json (self->children->pdata[i]));
  return json_pack ("{s:s, s:s, s:s?, s:s, s:o, s:o}", "name", self->name, "result",
                    gs_verdict_result_to_word (gs_verdict_get_result (self)), "code", code,
                    "sentence", sentence != NULL ? sentence : "", "evidence",
                    evidence_to_json (self), "checks", checks);
}

char *
gs_verdict_to_json (const GsVerdict *self)
{
  json_t *root = to_json (self);
  char *text = json_dumps (root, JSON_COMPACT);
  char *copy = g_strdup (text);

  free (text);
  json_decref (root);
  return copy;
}

static void
append_text (GString *out, const GsVerdict *self, gboolean with_evidence, int depth)
{
  GsCheckResult result = gs_verdict_get_result (self);
  /* The first line of all says at once why; below, each node speaks for itself. */
  const GsVerdict *cause =
    depth == 0 && result != GS_CHECK_RESULT_SUCCESSFUL ? find_cause (self) : self;
  int indent = 2 * depth;

  g_string_append_printf (out, "%*s%-13s %s%s%s\n", indent, "", gs_verdict_result_to_word (result),
                          self->statement, cause->code != NULL ? "  " : "",
                          cause->code != NULL ? cause->code : "");
  if (cause->sentence != NULL)
    g_string_append_printf (out, "%*s%s\n", indent + 14, "", cause->sentence);
  for (guint i = 0; i < self->warnings->len; i++)
    g_string_append_printf (out, "%*sWarning: %s\n", indent + 14, "",
                            (char *) self->warnings->pdata[i]);
  for (guint i = 0; with_evidence && i < self->evidence->len; i++)
    {
      const GsEvidence *line = self->evidence->pdata[i];

      g_string_append_printf (out, "%*s%s: %s\n", indent + 14, "", line->key, line->value);
    }
  for (guint i = 0; i < self->children->len; i++)
    append_text (out, self->children->pdata[i], with_evidence, depth + 1);
}

char *
gs_verdict_to_text (const GsVerdict *self, gboolean with_evidence)
{
  GString *out = g_string_new (NULL);

  append_text (out, self, with_evidence, 0);
  return g_string_free (out, FALSE);
}
