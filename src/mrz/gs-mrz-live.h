/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-mrz.h"

#ifdef __cplusplus
extern "C"
{
#endif

  /* What can be said of one typed character so far. */
  typedef enum
  {
    GS_MRZ_LIVE_EMPTY,   /* not typed yet */
    GS_MRZ_LIVE_TYPED,   /* no check digit covers it */
    GS_MRZ_LIVE_PENDING, /* its field or its check digit is not complete */
    GS_MRZ_LIVE_RIGHT,   /* its own check digit fits */
    GS_MRZ_LIVE_WRONG,   /* its own check digit does not fit */
    GS_MRZ_LIVE_BAD,     /* no such character may stand here */
  } GsMrzLiveState;

  typedef struct
  {
    GsMrzLines lines;                 /* what was typed; the rest of each line is NUL */
    unsigned typed[GS_MRZ_MAX_LINES]; /* characters in each line */
    GsMrzLiveState state[GS_MRZ_MAX_LINES][GS_MRZ_MAX_LENGTH];
    GsMrzCheckResult checks[GS_MRZ_N_CHECKS]; /* ABSENT while it cannot be told */
    unsigned too_many;                        /* characters beyond the ends of lines, left out */
    bool complete;                            /* every place is typed */
    bool right; /* complete, and no check is wrong and no character bad */
  } GsMrzLive;

  /* Judges a zone while it is typed: text is UTF-8 with a line end between the lines (or none:
   * lines break where they are full). Lower case counts as upper case, a space as '<'. The type is
   * told from the first letter and the length of the first line: P is TD3; V is MRV-B if the first
   * line ended after 36 characters, else MRV-A; A, C, I are TD2 if the first line has more than 30
   * characters, else TD1. No state; any thread. */
  void gs_mrz_live (const char *text, GsMrzLive *live);

  /* Upper case, and '<' for a space and '«': what a field that takes an MRZ shows for a typed
   * character; 0 if no MRZ holds it. */
  char gs_mrz_live_character (uint32_t code_point);

#ifdef __cplusplus
}
#endif
