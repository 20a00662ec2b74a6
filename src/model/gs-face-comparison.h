/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an engine says of one probe against one reference, and of the pictures' quality. Plain
 * values; any thread. */

typedef enum
{
  GS_FACE_MATCH = 1,
  GS_FACE_REVIEW,
  GS_FACE_NO_MATCH,
  GS_FACE_NO_DECISION /* no engine, no usable face, a time-out; never an answer of its own */
} GsFaceVerdict;

/* Presentation-attack detection. NONE: nobody looked for one but the officer. */
typedef enum
{
  GS_FACE_ATTACK_NONE = 1,
  GS_FACE_ATTACK_PASS,
  GS_FACE_ATTACK_FAIL
} GsFaceAttack;

/* Why there is no decision. */
typedef enum
{
  GS_FACE_CAUSE_NONE = 1,
  GS_FACE_CAUSE_NO_ENGINE,         /* the desk has none, or its models are missing or altered */
  GS_FACE_CAUSE_NO_REFERENCE,      /* no picture to compare with, or it cannot be read */
  GS_FACE_CAUSE_NO_PROBE,          /* no picture of the desk was taken */
  GS_FACE_CAUSE_NO_FACE_REFERENCE, /* no face was found in the reference */
  GS_FACE_CAUSE_NO_FACE_PROBE,     /* none in the probe */
  GS_FACE_CAUSE_QUALITY,           /* a picture is too small or too blurred, or hardly a face */
  GS_FACE_CAUSE_SEVERAL_PEOPLE,    /* the probe's frames do not show one person alone */
  GS_FACE_CAUSE_TIME_OUT,          /* the remote engine did not answer in time */
  GS_FACE_CAUSE_UNREACHABLE,       /* it could not be reached, or refused the desk */
  GS_FACE_CAUSE_ANSWER             /* its answer cannot be understood */
} GsFaceCause;

/* Quality values in the style of ISO/IEC 29794-5 (never called conformant): 0 to 100, -1 where not
 * measured. The first three are plain values, with what they are measured in. */
typedef struct
{
  double inter_eye_px;  /* distance of the eye centres; -1 when not measured */
  double yaw_degrees;   /* turned; positive to the picture's right; NAN when not measured */
  double pitch_degrees; /* NAN when not measured */
  double roll_degrees;  /* NAN when not measured */
  double sharpness_raw; /* Laplacian variance of the aligned face; -1 when not measured */
  int confidence;       /* the detector's, 0 to 100 */
  int inter_eye;
  int pose;
  int luminance;
  int exposure; /* neither under nor over */
  int dynamic_range;
  int uniformity; /* illumination, left against right */
  int sharpness;
  int eyes_open;
  int mouth_closed;
  int single_face;
  int head_size;
} GsFaceQuality;

/* score and the thresholds are the engine's own scale; NAN where there is none. */
typedef struct
{
  char *engine;  /* name for the record, e.g. "mobilefacenet"; NULL without an engine */
  char *version; /* as the engine names itself: models' digests, or the vendor's version; or NULL */
  GsFaceVerdict verdict;
  GsFaceCause cause; /* NONE unless NO_DECISION */
  double score;
  double match_threshold;  /* from here on a match */
  double review_threshold; /* below: no match */
  GsFaceAttack attack;
  GsFaceQuality reference_quality;
  GsFaceQuality probe_quality;
  gint64 duration_us;
} GsFaceComparison;

void gs_face_quality_init (GsFaceQuality *self); /* nothing measured */

GsFaceComparison *gs_face_comparison_new (const char *engine, const char *version);
/* No decision, for that cause. */
GsFaceComparison *
gs_face_comparison_new_undecided (const char *engine, const char *version, GsFaceCause cause);
GsFaceComparison *gs_face_comparison_copy (const GsFaceComparison *self);
void gs_face_comparison_free (GsFaceComparison *self);

const char *gs_face_verdict_to_word (GsFaceVerdict verdict);
gboolean gs_face_verdict_from_word (const char *word, GsFaceVerdict *verdict);
const char *gs_face_attack_to_word (GsFaceAttack attack);
gboolean gs_face_attack_from_word (const char *word, GsFaceAttack *attack);
const char *gs_face_cause_to_word (GsFaceCause cause);
gboolean gs_face_cause_from_word (const char *word, GsFaceCause *cause);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsFaceComparison, gs_face_comparison_free)

G_END_DECLS
