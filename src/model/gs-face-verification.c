/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-verification.h"

#include "gs-time.h"
#include "gs-uuid.h"
#include "gs-words.h"

#include <math.h>

static const GsWord pair_words[] = {
  { GS_FACE_PAIR_CHIP_DESK, "chip-desk" },
  { GS_FACE_PAIR_GATE_DESK, "gate-desk" },
  { 0, NULL },
};

static const GsWord reference_words[] = {
  { GS_FACE_REFERENCE_NONE, "none" },
  { GS_FACE_REFERENCE_CHIP, "chip" },
  { GS_FACE_REFERENCE_HALL, "hall" },
  { 0, NULL },
};

GsFaceVerification *
gs_face_verification_new (const char *crossing, const char *officer)
{
  GsFaceVerification *self = g_new0 (GsFaceVerification, 1);

  self->id = gs_uuid_new ();
  self->crossing = g_strdup (crossing);
  self->officer = g_strdup (officer);
  self->attack = GS_FACE_ATTACK_NONE;
  self->captured_utc_ms = GS_TIME_UNKNOWN;
  self->document_read_utc_ms = GS_TIME_UNKNOWN;
  self->revealed_utc_ms = GS_TIME_UNKNOWN;
  self->ruling = (GsFaceRuling){ GS_FACE_STEP_JUDGE, GS_FACE_GROUND_NOT_JUDGED };
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      self->pairs[pair].reference = GS_FACE_REFERENCE_NONE;
      self->pairs[pair].first.at_utc_ms = GS_TIME_UNKNOWN;
      self->pairs[pair].second.at_utc_ms = GS_TIME_UNKNOWN;
    }
  self->pairs[GS_FACE_PAIR_CHIP_DESK].asked = TRUE;
  return self;
}

GsFaceVerification *
gs_face_verification_copy (const GsFaceVerification *self)
{
  GsFaceVerification *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->crossing = g_strdup (self->crossing);
  copy->officer = g_strdup (self->officer);
  copy->second = g_strdup (self->second);
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      copy->pairs[pair].comparison = gs_face_comparison_copy (self->pairs[pair].comparison);
      copy->pairs[pair].quality = g_strdup (self->pairs[pair].quality);
    }
  return copy;
}

void
gs_face_verification_free (GsFaceVerification *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->crossing);
  g_free (self->officer);
  g_free (self->second);
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      gs_face_comparison_free (self->pairs[pair].comparison);
      g_free (self->pairs[pair].quality);
    }
  g_free (self);
}

static const GsFaceAnswer *
answer_of (const GsFaceVerification *self, int pair, gboolean second)
{
  return second ? &self->pairs[pair].second : &self->pairs[pair].first;
}

gboolean
gs_face_verification_is_answered (const GsFaceVerification *self, gboolean second)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    if (self->pairs[pair].asked && answer_of (self, pair, second)->judgement == 0)
      return FALSE;
  return TRUE;
}

gboolean
gs_face_verification_has_answer (const GsFaceVerification *self, gboolean second)
{
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    if (answer_of (self, pair, second)->judgement != 0)
      return TRUE;
  return FALSE;
}

GsJudgement
gs_face_verification_get_judgement (const GsFaceVerification *self)
{
  GsJudgement worst = GS_JUDGEMENT_SAME;

  if (!gs_face_verification_is_answered (self, FALSE))
    return 0;
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    if (self->pairs[pair].asked)
      worst = MAX (worst, self->pairs[pair].first.judgement);
  return worst;
}

gint64
gs_face_verification_get_utc_ms (const GsFaceVerification *self)
{
  gboolean second = self->second != NULL;
  gint64 last = GS_TIME_UNKNOWN;

  if (!gs_face_verification_is_answered (self, second))
    return GS_TIME_UNKNOWN;
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    if (self->pairs[pair].asked
        && (last == GS_TIME_UNKNOWN || answer_of (self, pair, second)->at_utc_ms > last))
      last = answer_of (self, pair, second)->at_utc_ms;
  return last;
}

/* The worst that anybody told of an attack. */
static GsFaceAttack
worst_attack (const GsFaceVerification *self)
{
  GsFaceAttack worst = self->attack;

  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    if (self->pairs[pair].comparison != NULL)
      worst = MAX (worst, self->pairs[pair].comparison->attack);
  return worst;
}

void
gs_face_verification_get_facts (const GsFaceVerification *self, GsFaceFacts *facts)
{
  const GsFacePairResult *chip = &self->pairs[GS_FACE_PAIR_CHIP_DESK];
  const GsFacePairResult *gate = &self->pairs[GS_FACE_PAIR_GATE_DESK];

  *facts = (GsFaceFacts){
    .has_gate_picture = gate->asked,
    .captured_again = self->captured_again,
    .has_second = self->second != NULL,
    .first = { chip->first.judgement, gate->first.judgement },
    .second = { chip->second.judgement, gate->second.judgement },
    .gate = self->gate,
    .chip_to_desk = chip->comparison != NULL ? chip->comparison->verdict : 0,
    .gate_to_desk = gate->comparison != NULL ? gate->comparison->verdict : 0,
    .attack = worst_attack (self),
    .attack_seen = self->attack_seen,
  };
}

/* --- quality as text -------------------------------------------------------------------------- */

static void
append_number (GString *text, const char *name, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return;
  g_string_append_printf (text, "%s\"%s\":%s", text->str[text->len - 1] == '{' ? "" : ",", name,
                          g_ascii_formatd (number, sizeof number, "%.3f", value));
}

static void
append_raw (GString *text, const char *name, double value)
{
  if (value >= 0)
    append_number (text, name, value);
}

static void
append_value (GString *text, const char *name, int value)
{
  if (value >= 0)
    g_string_append_printf (text, "%s\"%s\":%d", text->str[text->len - 1] == '{' ? "" : ",", name,
                            value);
}

static void
append_quality (GString *text, const GsFaceQuality *quality)
{
  g_string_append_c (text, '{');
  append_raw (text, "inter_eye_px", quality->inter_eye_px);
  append_number (text, "yaw_degrees", quality->yaw_degrees);
  append_number (text, "pitch_degrees", quality->pitch_degrees);
  append_number (text, "roll_degrees", quality->roll_degrees);
  append_raw (text, "sharpness_raw", quality->sharpness_raw);
  append_value (text, "confidence", quality->confidence);
  append_value (text, "inter_eye", quality->inter_eye);
  append_value (text, "pose", quality->pose);
  append_value (text, "luminance", quality->luminance);
  append_value (text, "exposure", quality->exposure);
  append_value (text, "dynamic_range", quality->dynamic_range);
  append_value (text, "uniformity", quality->uniformity);
  append_value (text, "sharpness", quality->sharpness);
  append_value (text, "eyes_open", quality->eyes_open);
  append_value (text, "mouth_closed", quality->mouth_closed);
  append_value (text, "single_face", quality->single_face);
  append_value (text, "head_size", quality->head_size);
  g_string_append_c (text, '}');
}

char *
gs_face_comparison_quality_to_json (const GsFaceComparison *comparison)
{
  GString *text = g_string_new ("{\"reference\":");

  append_quality (text, &comparison->reference_quality);
  g_string_append (text, ",\"probe\":");
  append_quality (text, &comparison->probe_quality);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

const char *
gs_face_pair_to_word (GsFacePair pair)
{
  return gs_words_to_word (pair_words, pair);
}

gboolean
gs_face_pair_from_word (const char *word, GsFacePair *pair)
{
  int value;

  if (!gs_words_from_word (pair_words, word, &value))
    return FALSE;
  *pair = (GsFacePair) value;
  return TRUE;
}

const char *
gs_face_reference_to_word (GsFaceReference reference)
{
  return gs_words_to_word (reference_words, reference);
}

gboolean
gs_face_reference_from_word (const char *word, GsFaceReference *reference)
{
  int value;

  if (!gs_words_from_word (reference_words, word, &value))
    return FALSE;
  *reference = (GsFaceReference) value;
  return TRUE;
}
