/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-seal-reader.h"
#include "gs-seal-ring.h"

/* What the commands of gateside-seal share. */

#define EXIT_GENUINE 0
#define EXIT_NOT_GENUINE 1
#define EXIT_UNREADABLE 2
#define EXIT_USAGE 64
#define EXIT_INPUT_OUTPUT 74

typedef struct
{
  const char *picture; /* a file, or "-" */
  const char *hex;
  GsSealRing *ring;
  guint number; /* which of several seals, from 1; 0 the one in the middle */
  const char *document;
  GsSealDate today;
  gboolean with_evidence;
  gboolean as_json;
} GsSealOptions;

/* What was read of the one seal that was asked for. */
typedef struct
{
  GBytes *bytes; /* NULL with error */
  GError *error;
  GsSealReading *reading; /* NULL when it came as digits, or the picture could not be read */
  int index;              /* of reading's symbols; -1 for none */
} GsSealInputData;

/* Reads picture or digits; TRUE always sets bytes or error. FALSE when number names no seal of the
 * picture: wrong usage. */
gboolean gs_seal_input_load (const GsSealOptions *options, GsSealInputData *input);
void gs_seal_input_clear (GsSealInputData *input);
/* How many of the symbols are seals. */
guint gs_seal_input_count (const GsSealInputData *input);
/* Which of them the chosen one is, from 1. */
guint gs_seal_input_number (const GsSealInputData *input);

int gs_seal_run_verify (const GsSealOptions *options, const GsSealInputData *input);
int gs_seal_run_decode (const GsSealOptions *options, const GsSealInputData *input);
/* Flushes standard output; the status, or EXIT_INPUT_OUTPUT when it could not be written. */
int gs_seal_finish (int status);
