/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-verification.h"

#include "gs-time.h"
#include "gs-uuid.h"
#include "gs-words.h"

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
