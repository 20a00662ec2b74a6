/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-text.h"

#include <glib/gi18n.h>
#include <math.h>

const char *
gs_face_text_trouble (guint troubles)
{
  static const struct
  {
    GsFaceTrouble trouble;
    const char *words;
  } rows[] = {
    { GS_FACE_TROUBLE_SEVERAL_FACES,
      N_ ("More than one face. Ask the others to step back from the desk.") },
    { GS_FACE_TROUBLE_NO_FACE,
      N_ ("No face in the picture. Ask the traveller to stand before the camera.") },
    { GS_FACE_TROUBLE_TOO_FAR, N_ ("Too far away. Ask the traveller to come nearer.") },
    { GS_FACE_TROUBLE_TOO_NEAR, N_ ("Too near. Ask the traveller to step back a little.") },
    { GS_FACE_TROUBLE_DARK, N_ ("Too dark. Switch the desk’s lamp on, or turn to the light.") },
    { GS_FACE_TROUBLE_GLARE,
      N_ ("Too bright. Ask the traveller to turn away from the lamp or the window.") },
    { GS_FACE_TROUBLE_TURNED,
      N_ ("The face is turned away. Ask the traveller to look into the camera.") },
    { GS_FACE_TROUBLE_EYES_SHUT, N_ ("The eyes are shut. Ask the traveller to look up.") },
    { GS_FACE_TROUBLE_BLURRED, N_ ("Not sharp. Ask the traveller to keep still.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((troubles & rows[i].trouble) != 0)
      return _ (rows[i].words);
  return _ ("The picture is good.");
}

char *
gs_face_text_score (double score)
{
  char text[32];

  if (isnan (score))
    return g_strdup ("–");
  if (fabs (score) > 9.995)
    return g_strdup_printf ("%.0f", score);
  /* In the figures of the record and of the thresholds, whatever the locale's decimal sign. */
  g_ascii_formatd (text, sizeof text, "%.2f", score);
  if (g_str_has_prefix (text, "0."))
    return g_strdup (text + 1);
  if (g_str_has_prefix (text, "-0."))
    return g_strdup_printf ("−%s", text + 2);
  return g_strdup (text);
}

const char *
gs_face_text_verdict (GsFaceVerdict verdict)
{
  switch (verdict)
    {
    case GS_FACE_MATCH:
      return C_ ("face", "Match");
    case GS_FACE_REVIEW:
      return C_ ("face", "Review");
    case GS_FACE_NO_MATCH:
      return C_ ("face", "No match");
    case GS_FACE_NO_DECISION:
      break;
    }
  return C_ ("face", "No decision");
}

GsSign
gs_face_text_verdict_sign (GsFaceVerdict verdict)
{
  switch (verdict)
    {
    case GS_FACE_MATCH:
      return GS_SIGN_SUCCESSFUL;
    case GS_FACE_REVIEW:
      return GS_SIGN_UNDETERMINED;
    case GS_FACE_NO_MATCH:
      return GS_SIGN_FAILED;
    case GS_FACE_NO_DECISION:
      break;
    }
  return GS_SIGN_ABORTED;
}

char *
gs_face_text_result (GsFaceVerdict verdict, double score)
{
  g_autofree char *figure = NULL;

  if (isnan (score))
    return g_strdup (gs_face_text_verdict (verdict));
  figure = gs_face_text_score (score);
  return g_strdup_printf ("%s %s", gs_face_text_verdict (verdict), figure);
}

const char *
gs_face_text_cause (GsFaceCause cause)
{
  switch (cause)
    {
    case GS_FACE_CAUSE_NONE:
      return NULL;
    case GS_FACE_CAUSE_NO_ENGINE:
      return _ ("no engine at this desk");
    case GS_FACE_CAUSE_NO_REFERENCE:
      return _ ("no picture to compare with");
    case GS_FACE_CAUSE_NO_FACE_REFERENCE:
      return _ ("no face found in that picture");
    case GS_FACE_CAUSE_NO_FACE_PROBE:
      return _ ("no face found at the desk");
    case GS_FACE_CAUSE_NO_PROBE:
      return _ ("no picture was taken at the desk");
    case GS_FACE_CAUSE_QUALITY:
      return _ ("the desk’s picture is not good enough");
    case GS_FACE_CAUSE_SEVERAL_PEOPLE:
      return _ ("the desk’s pictures show more than one person");
    case GS_FACE_CAUSE_TIME_OUT:
      return _ ("the engine did not answer in time");
    case GS_FACE_CAUSE_UNREACHABLE:
      return _ ("the engine cannot be reached");
    case GS_FACE_CAUSE_ANSWER:
      return _ ("the engine’s answer cannot be read");
    }
  return NULL;
}

typedef struct
{
  const char *strong;
  const char *rest;
} Sentences;

static Sentences
sentences_of (GsFaceGround ground)
{
  switch (ground)
    {
    case GS_FACE_GROUND_AGREED:
      return (Sentences){ _ ("You and the engine agree."), _ ("The face stands in nobody’s way.") };
    case GS_FACE_GROUND_NO_DECISION:
      return (Sentences){ _ ("Your own judgement counts."),
                          _ ("No engine has decided anything; that is recorded.") };
    case GS_FACE_GROUND_WAIVED:
      return (Sentences){ _ ("Policy asks for no second officer."),
                          _ ("The gate’s engine said no match, this desk’s match. The waiver is "
                             "recorded.") };
    case GS_FACE_GROUND_GATE_NO_MATCH:
      return (Sentences){ _ ("Policy: admitting needs a second officer,"),
                          _ ("because the gate’s engine said no match. They judge before seeing "
                             "this.") };
    case GS_FACE_GROUND_REVIEW:
      return (Sentences){ _ ("Policy: admitting needs a second officer,"),
                          _ ("because this desk’s engine is not sure. They judge before seeing "
                             "this.") };
    case GS_FACE_GROUND_NO_MATCH:
      return (Sentences){ _ ("Policy: admitting needs a second officer,"),
                          _ ("because this desk’s engine says no match. They judge before seeing "
                             "this.") };
    case GS_FACE_GROUND_ATTACK:
      return (Sentences){ _ ("Policy: a second officer looks at the traveller,"),
                          _ ("because an attack is suspected. They judge before seeing this.") };
    case GS_FACE_GROUND_UNSURE:
      return (Sentences){ _ ("You are unsure."),
                          _ ("Take another picture. If it stays so, the second line decides.") };
    case GS_FACE_GROUND_DIFFERENT:
      return (Sentences){ _ ("You say: different people."),
                          _ ("The second line decides, whatever the engine says.") };
    case GS_FACE_GROUND_SECOND_AGREED:
      return (Sentences){ _ ("Both officers say: same person."),
                          _ ("The face stands in nobody’s way. Both names are recorded.") };
    case GS_FACE_GROUND_SECOND_REFUSED:
      return (Sentences){ _ ("The second officer does not agree."),
                          _ ("The second line decides.") };
    case GS_FACE_GROUND_NONE:
    case GS_FACE_GROUND_NOT_JUDGED:
      break;
    }
  return (Sentences){ _ ("Not judged yet."), _ ("Answer every question first.") };
}

const char *
gs_face_text_ruling (const GsFaceRuling *ruling, const char **rest)
{
  Sentences sentences = sentences_of (ruling->ground);

  if (rest != NULL)
    *rest = sentences.rest;
  return sentences.strong;
}

/* Of a share, how many there are to one, in a figure that is easy to say: one digit where that
 * changes it by less than 3 in 100, else two. */
static guint
one_in (double share)
{
  double n = 1 / share;
  double unit;
  double coarse;

  if (n < 10)
    return (guint) MAX (round (n), 1);
  unit = pow (10, floor (log10 (n)));
  coarse = round (n / unit) * unit;
  if (n < 100 || fabs (coarse - n) / n >= 0.03)
    coarse = round (n / (unit / 10)) * (unit / 10);
  return (guint) MIN (coarse, 1e9);
}

static gboolean
is_share (double share)
{
  return !isnan (share) && share > 0 && share <= 1;
}

static char *
dup_one_in (double share)
{
  /* Translators: an error happens once in so many. */
  return g_strdup_printf (_ ("1 in %u"), one_in (share));
}

char *
gs_face_text_false_match (const GsFaceErrorRates *rates)
{
  g_autofree char *figure = NULL;

  if (rates->false_match == 0 && rates->n_pictures > 0)
    return g_strdup (_ ("No pair of different people reached the threshold when it was measured."));
  if (!is_share (rates->false_match))
    return g_strdup (_ ("How often different people reach the threshold is not known."));
  figure = dup_one_in (rates->false_match);
  /* Translators: markup; "1 in 700" goes in. */
  return g_strdup_printf (_ ("Of different people of the same sex and origin, about <b>%s</b> "
                             "pairs reach the threshold."),
                          figure);
}

char *
gs_face_text_false_non_match (const GsFaceErrorRates *rates)
{
  g_autofree char *figure = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!is_share (rates->false_non_match))
    return g_strdup (_ ("How often one person stays below it is not known."));
  figure = dup_one_in (rates->false_non_match);
  if (!is_share (rates->false_non_match_low) || !is_share (rates->false_non_match_high))
    /* Translators: markup; "1 in 55" goes in. */
    return g_strdup_printf (_ ("Of true pairs, about <b>%s</b> stay below it."), figure);
  low = dup_one_in (rates->false_non_match_low);
  high = dup_one_in (rates->false_non_match_high);
  /* Translators: markup; three times such as "1 in 55". */
  return g_strdup_printf (_ ("Of true pairs, about <b>%s</b> stay below it (between %s and %s)."),
                          figure, low, high);
}

char *
gs_face_text_measured (const GsFaceErrorRates *rates)
{
  if (rates->n_pictures == 0)
    return NULL;
  return g_strdup_printf (
    g_dngettext (NULL, "Measured on %u picture.", "Measured on %u pictures.", rates->n_pictures),
    rates->n_pictures);
}

const char *
gs_face_text_attack (GsFaceAttack attack)
{
  switch (attack)
    {
    case GS_FACE_ATTACK_PASS:
      return _ ("no attack found by the engine");
    case GS_FACE_ATTACK_FAIL:
      return _ ("attack suspected by the engine");
    case GS_FACE_ATTACK_NONE:
      break;
    }
  return _ ("none: the officer observes the traveller");
}
