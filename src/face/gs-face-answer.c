/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-answer.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "gs-face-error.h"

/* An engine's scale is its own, but no scale needs more. */
#define MOST_SCORE 1e6
#define MAX_NAME 64

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

static const struct
{
  const char *key;
  gsize offset;
} quality_keys[] = {
  { "confidence", G_STRUCT_OFFSET (GsFaceQuality, confidence) },
  { "inter_eye", G_STRUCT_OFFSET (GsFaceQuality, inter_eye) },
  { "pose", G_STRUCT_OFFSET (GsFaceQuality, pose) },
  { "luminance", G_STRUCT_OFFSET (GsFaceQuality, luminance) },
  { "exposure", G_STRUCT_OFFSET (GsFaceQuality, exposure) },
  { "dynamic_range", G_STRUCT_OFFSET (GsFaceQuality, dynamic_range) },
  { "uniformity", G_STRUCT_OFFSET (GsFaceQuality, uniformity) },
  { "sharpness", G_STRUCT_OFFSET (GsFaceQuality, sharpness) },
  { "eyes_open", G_STRUCT_OFFSET (GsFaceQuality, eyes_open) },
  { "mouth_closed", G_STRUCT_OFFSET (GsFaceQuality, mouth_closed) },
  { "single_face", G_STRUCT_OFFSET (GsFaceQuality, single_face) },
  { "head_size", G_STRUCT_OFFSET (GsFaceQuality, head_size) },
};

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, GS_FACE_ERROR, GS_FACE_ERROR_REMOTE, "the engine's answer: %s", what);
  return FALSE;
}

/* A name that may stand on a screen and in a record: short, and without control characters. */
static const char *
get_name (const json_t *object, const char *key)
{
  const json_t *value = json_object_get (object, key);
  const char *text = json_string_value (value);

  if (text == NULL || *text == '\0' || json_string_length (value) > MAX_NAME
      || strlen (text) != json_string_length (value))
    return NULL;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return NULL;
  return text;
}

static gboolean
get_number (const json_t *object, const char *key, double least, double most, double *number)
{
  const json_t *value = json_object_get (object, key);

  if (!json_is_number (value))
    return FALSE;
  *number = json_number_value (value);
  return isfinite (*number) && *number >= least && *number <= most;
}

/* Missing values stay "not measured"; those that are there must be 0 to 100. */
static gboolean
read_quality (const json_t *all, const char *which, GsFaceQuality *quality)
{
  const json_t *object = json_object_get (all, which);

  if (object == NULL)
    return TRUE;
  if (!json_is_object (object))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (quality_keys); i++)
    {
      const json_t *value = json_object_get (object, quality_keys[i].key);
      json_int_t number = json_integer_value (value);

      if (value == NULL)
        continue;
      if (!json_is_integer (value) || number < 0 || number > 100)
        return FALSE;
      G_STRUCT_MEMBER (int, quality, quality_keys[i].offset) = (int) number;
    }
  return TRUE;
}

static gboolean
read_rates (const json_t *root, GsFaceErrorRates *rates)
{
  const json_t *object = json_object_get (root, "error_rates");
  double pictures;

  if (object == NULL)
    return TRUE;
  if (!get_number (object, "false_match", 0, 1, &rates->false_match)
      || !get_number (object, "false_non_match", 0, 1, &rates->false_non_match)
      || !get_number (object, "pictures", 1, 1e9, &pictures))
    return FALSE;
  rates->false_non_match_low = rates->false_non_match;
  rates->false_non_match_high = rates->false_non_match;
  rates->n_pictures = (guint) pictures;
  return TRUE;
}

/* The attack's result is told with and without a decision. */
static gboolean
read_attack (const json_t *root, GsFaceComparison *answer)
{
  const json_t *value = json_object_get (root, "presentation_attack");
  const char *word = json_string_value (value);

  return value == NULL || (word != NULL && gs_face_attack_from_word (word, &answer->attack));
}

static gboolean
read_undecided (const json_t *root, GsFaceComparison *answer)
{
  const char *word = json_string_value (json_object_get (root, "cause"));

  if (word == NULL || !gs_face_cause_from_word (word, &answer->cause))
    return FALSE;
  /* The other causes are ours to tell. */
  return answer->cause == GS_FACE_CAUSE_NO_FACE_REFERENCE
         || answer->cause == GS_FACE_CAUSE_NO_FACE_PROBE || answer->cause == GS_FACE_CAUSE_QUALITY
         || answer->cause == GS_FACE_CAUSE_SEVERAL_PEOPLE;
}

static gboolean
read_decision (const json_t *root, GsFaceComparison *answer)
{
  const json_t *thresholds = json_object_get (root, "thresholds");

  if (!get_number (root, "score", -MOST_SCORE, MOST_SCORE, &answer->score)
      || !get_number (thresholds, "match", -MOST_SCORE, MOST_SCORE, &answer->match_threshold)
      || !get_number (thresholds, "review", -MOST_SCORE, MOST_SCORE, &answer->review_threshold)
      || answer->review_threshold > answer->match_threshold)
    return FALSE;
  answer->cause = GS_FACE_CAUSE_NONE;
  if (answer->score >= answer->match_threshold)
    return answer->verdict == GS_FACE_MATCH;
  if (answer->score >= answer->review_threshold)
    return answer->verdict == GS_FACE_REVIEW;
  return answer->verdict == GS_FACE_NO_MATCH;
}

static gboolean
read_root (const json_t *root,
           const char *request,
           GsFaceComparison *answer,
           GsFaceErrorRates *rates,
           GError **error)
{
  const char *id = json_string_value (json_object_get (root, "request"));
  const char *verdict = json_string_value (json_object_get (root, "verdict"));
  const json_t *protocol = json_object_get (root, "protocol");
  const json_t *quality = json_object_get (root, "quality");

  if (!json_is_integer (protocol) || json_integer_value (protocol) != 1)
    return fail (error, "it is not of protocol 1");
  if (g_strcmp0 (id, request) != 0)
    return fail (error, "it answers another request");
  if (get_name (root, "engine") == NULL || get_name (root, "version") == NULL)
    return fail (error, "engine or version is no short text");
  if (verdict == NULL || !gs_face_verdict_from_word (verdict, &answer->verdict))
    return fail (error, "there is no such verdict");
  if (!read_attack (root, answer))
    return fail (error, "there is no such presentation_attack");
  if ((quality != NULL && !json_is_object (quality))
      || !read_quality (quality, "reference", &answer->reference_quality)
      || !read_quality (quality, "probe", &answer->probe_quality))
    return fail (error, "a quality is not from 0 to 100");
  if (!read_rates (root, rates))
    return fail (error, "error_rates are no shares");
  if (answer->verdict == GS_FACE_NO_DECISION)
    return read_undecided (root, answer) || fail (error, "there is no such cause");
  return read_decision (root, answer)
         || fail (error, "verdict, score and thresholds contradict each other");
}

GsFaceComparison *
gs_face_answer_parse (
  const char *json, gsize length, const char *request, GsFaceErrorRates *rates, GError **error)
{
  json_error_t where;
  *rates = (GsFaceErrorRates){ NAN, NAN, NAN, NAN, 0 };

  if (length > GS_FACE_ANSWER_MAX_BYTES)
    {
      fail (error, "it is too long");
      return NULL;
    }
  g_autoptr (json_t) root = json_loadb (json, length, JSON_REJECT_DUPLICATES, &where);
  if (!json_is_object (root))
    {
      fail (error, "it is no JSON object");
      return NULL;
    }
  const char *engine = get_name (root, "engine"), *version = get_name (root, "version");
  g_autoptr (GsFaceComparison) answer = gs_face_comparison_new (engine, version);
  if (!read_root (root, request, answer, rates, error))
    {
      *rates = (GsFaceErrorRates){ NAN, NAN, NAN, NAN, 0 };
      return NULL;
    }
  return g_steal_pointer (&answer);
}
