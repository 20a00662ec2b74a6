/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-mrz.h"

/* Where the fields stand in each type of zone. Private to src/mrz. */

typedef struct
{
  unsigned char line;
  unsigned char start;
  unsigned char length; /* 0: the type has no such field */
} GsMrzSpan;

#define GS_MRZ_MAX_COMPOSITE 4

typedef struct
{
  GsMrzType type;
  unsigned n_lines;
  unsigned line_length;
  const char *codes; /* allowed first letters of the document code */
  GsMrzSpan code;
  GsMrzSpan state;
  GsMrzSpan name;
  GsMrzSpan number;
  GsMrzSpan number_check;
  GsMrzSpan nationality;
  GsMrzSpan birth;
  GsMrzSpan birth_check;
  GsMrzSpan sex;
  GsMrzSpan expiry;
  GsMrzSpan expiry_check;
  GsMrzSpan optional;
  GsMrzSpan optional_check;
  GsMrzSpan optional_2;
  GsMrzSpan composite_check;
  GsMrzSpan composite[GS_MRZ_MAX_COMPOSITE]; /* what the composite digit is computed over */
  bool long_number; /* a number of more than 9 characters goes on in the optional data */
} GsMrzLayout;

/* NULL for GS_MRZ_TYPE_NONE. Static. */
const GsMrzLayout *gs_mrz_layout (GsMrzType type);

/* The type of zone with so many lines of such a length that begins with this letter. */
GsMrzType gs_mrz_type_of_shape (unsigned n_lines, unsigned line_length, char first);

/* Copies a span out of lines; out holds span.length + 1 bytes. Returns the length. */
size_t gs_mrz_span_copy (const GsMrzLines *lines, GsMrzSpan span, char *out);

/* The characters that the composite digit covers, in order; out holds 96 bytes. */
size_t gs_mrz_composite_copy (const GsMrzLines *lines, const GsMrzLayout *layout, char *out);

/* A document number with what continues it in the optional data (Doc 9303-5 section 4.2.4). */
typedef struct
{
  char text[28];
  size_t length;
  GsMrzSpan check;    /* where its check digit stands */
  GsMrzSpan tail;     /* the part in the optional data, length 0 if none */
  GsMrzSpan optional; /* what is left as optional data */
  bool is_long;
} GsMrzNumber;

void gs_mrz_number_find (const GsMrzLines *lines, const GsMrzLayout *layout, GsMrzNumber *number);

/* All check results of lines into results[GS_MRZ_N_CHECKS]. */
void gs_mrz_checks_compute (const GsMrzLines *lines, GsMrzCheckResult *results);

/* The value of the character at a span's first place. */
static inline char
gs_mrz_span_first (const GsMrzLines *lines, GsMrzSpan span)
{
  return lines->line[span.line][span.start];
}
