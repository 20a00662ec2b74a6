/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-comparison.h"

#include <math.h>

#include "gs-words.h"

static const GsWord verdict_words[] = {
  { GS_FACE_MATCH, "match" },
  { GS_FACE_REVIEW, "review" },
  { GS_FACE_NO_MATCH, "no-match" },
  { GS_FACE_NO_DECISION, "no-decision" },
  { 0, NULL },
};

static const GsWord attack_words[] = {
  { GS_FACE_ATTACK_NONE, "none" },
  { GS_FACE_ATTACK_PASS, "pass" },
  { GS_FACE_ATTACK_FAIL, "fail" },
  { 0, NULL },
};

static const GsWord cause_words[] = {
  { GS_FACE_CAUSE_NONE, "none" },
  { GS_FACE_CAUSE_NO_ENGINE, "no-engine" },
  { GS_FACE_CAUSE_NO_REFERENCE, "no-reference" },
  { GS_FACE_CAUSE_NO_PROBE, "no-probe" },
  { GS_FACE_CAUSE_NO_FACE_REFERENCE, "no-face-in-reference" },
  { GS_FACE_CAUSE_NO_FACE_PROBE, "no-face-in-probe" },
  { GS_FACE_CAUSE_QUALITY, "quality" },
  { GS_FACE_CAUSE_SEVERAL_PEOPLE, "several-people" },
  { GS_FACE_CAUSE_TIME_OUT, "time-out" },
  { GS_FACE_CAUSE_UNREACHABLE, "unreachable" },
  { GS_FACE_CAUSE_ANSWER, "answer" },
  { 0, NULL },
};

void
gs_face_quality_init (GsFaceQuality *self)
{
  *self = (GsFaceQuality){
    .inter_eye_px = -1,
    .yaw_degrees = NAN,
    .pitch_degrees = NAN,
    .roll_degrees = NAN,
    .sharpness_raw = -1,
    .confidence = -1,
    .inter_eye = -1,
    .pose = -1,
    .luminance = -1,
    .exposure = -1,
    .dynamic_range = -1,
    .uniformity = -1,
    .sharpness = -1,
    .eyes_open = -1,
    .mouth_closed = -1,
    .single_face = -1,
    .head_size = -1,
  };
}

GsFaceComparison *
gs_face_comparison_new (const char *engine, const char *version)
{
  GsFaceComparison *self = g_new0 (GsFaceComparison, 1);
  self->engine = g_strdup (engine);
  self->version = g_strdup (version);
  self->verdict = GS_FACE_NO_DECISION;
  self->cause = GS_FACE_CAUSE_NO_ENGINE;
  self->score = NAN;
  self->match_threshold = NAN;
  self->review_threshold = NAN;
  self->attack = GS_FACE_ATTACK_NONE;
  gs_face_quality_init (&self->reference_quality);
  gs_face_quality_init (&self->probe_quality);
  return self;
}

GsFaceComparison *
gs_face_comparison_new_undecided (const char *engine, const char *version, GsFaceCause cause)
{
  GsFaceComparison *self = gs_face_comparison_new (engine, version);
  self->cause = cause;
  return self;
}

GsFaceComparison *
gs_face_comparison_copy (const GsFaceComparison *self)
{
  if (self == NULL)
    return NULL;
  GsFaceComparison *copy = g_memdup2 (self, sizeof *self);
  copy->engine = g_strdup (self->engine);
  copy->version = g_strdup (self->version);
  return copy;
}

void
gs_face_comparison_free (GsFaceComparison *self)
{
  if (self == NULL)
    return;
  g_free (self->engine);
  g_free (self->version);
  g_free (self);
}

const char *
gs_face_verdict_to_word (GsFaceVerdict verdict)
{
  return gs_words_to_word (verdict_words, verdict);
}

gboolean
gs_face_verdict_from_word (const char *word, GsFaceVerdict *verdict)
{
  int value;

  if (!gs_words_from_word (verdict_words, word, &value))
    return FALSE;
  *verdict = (GsFaceVerdict) value;
  return TRUE;
}

const char *
gs_face_attack_to_word (GsFaceAttack attack)
{
  return gs_words_to_word (attack_words, attack);
}

gboolean
gs_face_attack_from_word (const char *word, GsFaceAttack *attack)
{
  int value;

  if (!gs_words_from_word (attack_words, word, &value))
    return FALSE;
  *attack = (GsFaceAttack) value;
  return TRUE;
}

const char *
gs_face_cause_to_word (GsFaceCause cause)
{
  return gs_words_to_word (cause_words, cause);
}

gboolean
gs_face_cause_from_word (const char *word, GsFaceCause *cause)
{
  int value;

  if (!gs_words_from_word (cause_words, word, &value))
    return FALSE;
  *cause = (GsFaceCause) value;
  return TRUE;
}
