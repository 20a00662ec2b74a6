/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz-live.h"
#include "gs-mrz-layout-private.h"

#include <string.h>

typedef struct
{
  unsigned n;
  size_t length[GS_MRZ_MAX_LINES + 1];
  char text[GS_MRZ_MAX_LINES + 1][GS_MRZ_MAX_LENGTH * GS_MRZ_MAX_LINES + 1];
  unsigned too_many;
} Typed;

char
gs_mrz_live_character (uint32_t c)
{
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 'A';
  if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '<')
    return c;
  if (c == ' ' || c == 0xab || c == 0x2039)
    return '<';
  return '\0';
}

/* Splits at line ends; at most as many lines as the longest zone has, one more is left out. */
static void
read_typed (const char *text, Typed *typed)
{
  memset (typed, 0, sizeof *typed);
  for (; *text != '\0'; text++)
    {
      unsigned char byte = *text;
      size_t *length = &typed->length[typed->n];
      char c;

      if (byte == '\r')
        continue;
      if (byte == '\n')
        {
          if (*length > 0 && typed->n < GS_MRZ_MAX_LINES)
            typed->n++;
          continue;
        }
      if ((byte & 0xc0) == 0x80)
        continue;
      c = byte < 0x80                              ? gs_mrz_live_character (byte)
          : memcmp (text, "\xc2\xab", 2) == 0      ? '<'
          : strncmp (text, "\xe2\x80\xb9", 3) == 0 ? '<'
                                                   : GS_MRZ_UNREADABLE;
      if (c == '\0')
        c = GS_MRZ_UNREADABLE;
      if (typed->n < GS_MRZ_MAX_LINES && *length < sizeof typed->text[0] - 1)
        typed->text[typed->n][(*length)++] = c;
      else
        typed->too_many++;
    }
  if (typed->n < GS_MRZ_MAX_LINES && typed->length[typed->n] > 0)
    typed->n++;
}

static GsMrzType
guess_type (const Typed *typed)
{
  char first = typed->text[0][0];
  bool ended = typed->n > 1;

  if (typed->n == 0)
    return GS_MRZ_TYPE_NONE;
  if (first == 'P')
    return GS_MRZ_TYPE_TD3;
  if (first == 'V')
    return ended && typed->length[0] == 36 ? GS_MRZ_TYPE_MRVB : GS_MRZ_TYPE_MRVA;
  if (strchr ("ACI", first) != NULL)
    {
      if (!ended && (typed->length[0] == 2 * 36 || typed->length[0] <= 30))
        return typed->length[0] == 2 * 36 ? GS_MRZ_TYPE_TD2 : GS_MRZ_TYPE_TD1;
      return typed->length[0] > 30 && typed->length[0] <= 36 ? GS_MRZ_TYPE_TD2 : GS_MRZ_TYPE_TD1;
    }
  return GS_MRZ_TYPE_NONE;
}

/* Puts the typed lines, or the one unbroken line, in their places. */
static void
place (const Typed *typed, const GsMrzLayout *layout, GsMrzLive *live)
{
  live->lines.type = layout->type;
  live->lines.n_lines = layout->n_lines;
  live->lines.line_length = layout->line_length;
  live->too_many = typed->too_many;
  if (typed->n == 1)
    {
      for (size_t i = 0; i < typed->length[0]; i++)
        {
          size_t line = i / layout->line_length;

          if (line < layout->n_lines)
            live->lines.line[line][live->typed[line]++] = typed->text[0][i];
          else
            live->too_many++;
        }
      return;
    }
  for (unsigned line = 0; line < typed->n; line++)
    for (size_t i = 0; i < typed->length[line]; i++)
      if (line < layout->n_lines && i < layout->line_length)
        live->lines.line[line][live->typed[line]++] = typed->text[line][i];
      else
        live->too_many++;
}

static bool
is_typed (const GsMrzLive *live, GsMrzSpan span)
{
  return span.length == 0 || live->typed[span.line] >= (unsigned) span.start + span.length;
}

static void
mark (GsMrzLive *live, GsMrzSpan span, GsMrzLiveState state)
{
  for (unsigned i = 0; i < span.length && (unsigned) span.start + i < live->typed[span.line]; i++)
    live->state[span.line][span.start + i] = state;
}

static void
judge_pair (GsMrzLive *live, GsMrzCheck check, GsMrzSpan field, GsMrzSpan digit)
{
  GsMrzLiveState state = GS_MRZ_LIVE_PENDING;

  if (is_typed (live, field) && is_typed (live, digit))
    state = live->checks[check] == GS_MRZ_CHECK_RIGHT ? GS_MRZ_LIVE_RIGHT : GS_MRZ_LIVE_WRONG;
  else
    live->checks[check] = GS_MRZ_CHECK_ABSENT;
  mark (live, field, state);
  mark (live, digit, state);
}

/* The composite says nothing about one field, so only its own digit carries its result. */
static void
judge_composite (GsMrzLive *live, const GsMrzLayout *layout)
{
  bool all = is_typed (live, layout->composite_check);

  for (unsigned i = 0; i < GS_MRZ_MAX_COMPOSITE; i++)
    all = all && is_typed (live, layout->composite[i]);
  if (!all)
    live->checks[GS_MRZ_CHECK_COMPOSITE] = GS_MRZ_CHECK_ABSENT;
  mark (live, layout->composite_check,
        !all                                                         ? GS_MRZ_LIVE_PENDING
        : live->checks[GS_MRZ_CHECK_COMPOSITE] == GS_MRZ_CHECK_RIGHT ? GS_MRZ_LIVE_RIGHT
                                                                     : GS_MRZ_LIVE_WRONG);
}

static void
judge_checks (GsMrzLive *live, const GsMrzLayout *layout)
{
  GsMrzNumber number;
  GsMrzSpan number_and_tail[2];

  gs_mrz_checks_compute (&live->lines, live->checks);
  gs_mrz_number_find (&live->lines, layout, &number);
  judge_pair (live, GS_MRZ_CHECK_BIRTH_DATE, layout->birth, layout->birth_check);
  judge_pair (live, GS_MRZ_CHECK_EXPIRY_DATE, layout->expiry, layout->expiry_check);
  if (layout->optional_check.length > 0)
    judge_pair (live, GS_MRZ_CHECK_OPTIONAL_DATA, layout->optional, layout->optional_check);

  /* A long number is only known to have ended when a filler or the end of its field follows. */
  number_and_tail[0] = layout->number;
  number_and_tail[1] = layout->number_check;
  if (layout->long_number && is_typed (live, layout->number_check)
      && gs_mrz_span_first (&live->lines, layout->number_check) == '<')
    {
      GsMrzSpan rest = { layout->optional.line, layout->optional.start, 0 };
      const char *text = live->lines.line[rest.line] + rest.start;

      while (rest.length < layout->optional.length && text[rest.length] != '<'
             && text[rest.length] != '\0')
        rest.length++;
      if (rest.length < layout->optional.length && text[rest.length] == '\0')
        rest.length++; /* still to come, so everything is pending */
      number_and_tail[1] = rest;
    }
  judge_pair (live, GS_MRZ_CHECK_DOCUMENT_NUMBER, number_and_tail[0], number_and_tail[1]);
  if (layout->composite_check.length > 0)
    judge_composite (live, layout);
}

/* Characters that their field cannot hold, whatever a check digit says. */
static void
mark_bad (GsMrzLive *live, const GsMrzLayout *layout)
{
  const GsMrzSpan letters[] = { layout->code, layout->state, layout->name, layout->nationality };
  const GsMrzSpan digits[] = { layout->birth, layout->birth_check, layout->expiry,
                               layout->expiry_check };

  for (unsigned i = 0; i < sizeof letters / sizeof letters[0]; i++)
    for (unsigned k = 0; k < letters[i].length; k++)
      {
        char c = live->lines.line[letters[i].line][letters[i].start + k];

        if (c >= '0' && c <= '9')
          mark (live, (GsMrzSpan){ letters[i].line, letters[i].start + k, 1 }, GS_MRZ_LIVE_BAD);
      }
  for (unsigned i = 0; i < sizeof digits / sizeof digits[0]; i++)
    for (unsigned k = 0; k < digits[i].length; k++)
      {
        char c = live->lines.line[digits[i].line][digits[i].start + k];

        if (c >= 'A' && c <= 'Z')
          mark (live, (GsMrzSpan){ digits[i].line, digits[i].start + k, 1 }, GS_MRZ_LIVE_BAD);
      }
  for (unsigned line = 0; line < layout->n_lines; line++)
    for (unsigned k = 0; k < live->typed[line]; k++)
      if (live->lines.line[line][k] == GS_MRZ_UNREADABLE)
        live->state[line][k] = GS_MRZ_LIVE_BAD;
}

static void
conclude (GsMrzLive *live)
{
  live->complete = live->too_many == 0;
  for (unsigned line = 0; line < live->lines.n_lines; line++)
    if (live->typed[line] != live->lines.line_length)
      live->complete = false;
  live->right = live->complete;
  for (unsigned line = 0; line < live->lines.n_lines; line++)
    for (unsigned k = 0; k < live->typed[line]; k++)
      if (live->state[line][k] == GS_MRZ_LIVE_BAD)
        live->right = false;
  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    if (live->checks[i] == GS_MRZ_CHECK_WRONG)
      live->right = false;
}

void
gs_mrz_live (const char *text, GsMrzLive *live)
{
  const GsMrzLayout *layout;
  Typed typed;

  memset (live, 0, sizeof *live);
  read_typed (text, &typed);
  layout = gs_mrz_layout (guess_type (&typed));
  if (layout == NULL)
    {
      live->too_many = typed.too_many;
      return;
    }
  place (&typed, layout, live);
  for (unsigned line = 0; line < layout->n_lines; line++)
    for (unsigned k = 0; k < live->typed[line]; k++)
      live->state[line][k] = GS_MRZ_LIVE_TYPED;
  judge_checks (live, layout);
  mark_bad (live, layout);
  conclude (live);
}
