/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gs-face-comparison.h"
#include "gs-face-frame.h"
#include "gs-face-judge.h"
#include "gs-face-rates.h"
#include "gs-face-rule.h"
#include "gs-outcome.h"
#include "gs-sign.h"

G_BEGIN_DECLS

/* "Then compare": every result beside the officers' own answers, the scores between their
 * thresholds, what the scores mean, what the gate found, what policy asks, what is recorded. Main
 * thread. */
#define GS_TYPE_FACE_COMPARE (gs_face_compare_get_type ())
G_DECLARE_FINAL_TYPE (GsFaceCompare, gs_face_compare, GS, FACE_COMPARE, GtkBox)

typedef enum
{
  GS_FACE_RESULT_CHIP_DESK,
  GS_FACE_RESULT_GATE_DESK,
  GS_FACE_RESULT_CHIP_GATE,
  GS_FACE_N_RESULTS
} GsFaceResultRow;

/* Borrowed for the call; every string may be NULL. */
typedef struct
{
  const char *compared;   /* "Chip to desk" */
  gboolean asked;         /* the officer was asked */
  GsJudgement first;      /* 0: no answer */
  const char *first_time; /* "14:22:31" */
  GsJudgement second;     /* of a second officer; 0: none */
  const char *second_time;
  gboolean computing;  /* no result yet */
  GsSign sign;         /* NONE: no result */
  const char *verdict; /* "Match .64" */
  const char *code;    /* "B01" */
  const char *detail;  /* "this desk’s engine, 52 ms" */
} GsFaceResult;

GsFaceFrame *gs_face_compare_get_frame (GsFaceCompare *self, GsFacePlace place);
/* Takes away everything that was shown, as when another officer judges. */
void gs_face_compare_clear (GsFaceCompare *self);
/* result NULL hides the row. */
void
gs_face_compare_set_result (GsFaceCompare *self, GsFaceResultRow row, const GsFaceResult *result);
void gs_face_compare_set_quality (GsFaceCompare *self, const GsFaceQuality *quality);
/* The desk's engine on the scale; NULL for a pair that it did not compare. */
void gs_face_compare_set_scores (GsFaceCompare *self,
                                 const GsFaceComparison *chip_desk,
                                 const GsFaceComparison *gate_desk);
/* NULL: there is no engine; the officer's own judgement is recorded. */
void gs_face_compare_set_rates (GsFaceCompare *self, const GsFaceErrorRates *rates);
void gs_face_compare_begin_gate (GsFaceCompare *self);
/* A check that the gate made of the face: "Match with the chip picture", sign, "failed". */
void gs_face_compare_add_gate (GsFaceCompare *self,
                               const char *statement,
                               GsSign sign,
                               const char *word);
/* told FALSE: what follows without why, as for a shielded case. */
void gs_face_compare_set_ruling (GsFaceCompare *self, const GsFaceRuling *ruling, gboolean told);
/* The attack line; see gs_face_text_attack(). seen: the officer's own word. */
void gs_face_compare_set_attack (GsFaceCompare *self, GsFaceAttack attack, gboolean seen);

/* stacked: the quality stands below the pictures; beside: the table beside both; pictures_px: the
 * pictures’ width altogether. */
void gs_face_compare_set_layout (GsFaceCompare *self,
                                 gboolean stacked,
                                 gboolean beside,
                                 int pictures_px);

G_END_DECLS
