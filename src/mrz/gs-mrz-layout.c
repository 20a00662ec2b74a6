/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz-layout-private.h"

#include <string.h>

/* Doc 9303-5 section 4.2.2, 9303-6 section 4.2.2, 9303-4 section 4.2.2, 9303-7 sections 4.2 and
 * 5.2; columns from 0. */
static const GsMrzLayout layouts[] = {
  {
    .type = GS_MRZ_TYPE_TD1,
    .n_lines = 3,
    .line_length = 30,
    .codes = "ACI",
    .code = { 0, 0, 2 },
    .state = { 0, 2, 3 },
    .number = { 0, 5, 9 },
    .number_check = { 0, 14, 1 },
    .optional = { 0, 15, 15 },
    .birth = { 1, 0, 6 },
    .birth_check = { 1, 6, 1 },
    .sex = { 1, 7, 1 },
    .expiry = { 1, 8, 6 },
    .expiry_check = { 1, 14, 1 },
    .nationality = { 1, 15, 3 },
    .optional_2 = { 1, 18, 11 },
    .composite_check = { 1, 29, 1 },
    .name = { 2, 0, 30 },
    .composite = { { 0, 5, 25 }, { 1, 0, 7 }, { 1, 8, 7 }, { 1, 18, 11 } },
    .long_number = true,
  },
  {
    .type = GS_MRZ_TYPE_TD2,
    .n_lines = 2,
    .line_length = 36,
    .codes = "ACI",
    .code = { 0, 0, 2 },
    .state = { 0, 2, 3 },
    .name = { 0, 5, 31 },
    .number = { 1, 0, 9 },
    .number_check = { 1, 9, 1 },
    .nationality = { 1, 10, 3 },
    .birth = { 1, 13, 6 },
    .birth_check = { 1, 19, 1 },
    .sex = { 1, 20, 1 },
    .expiry = { 1, 21, 6 },
    .expiry_check = { 1, 27, 1 },
    .optional = { 1, 28, 7 },
    .composite_check = { 1, 35, 1 },
    .composite = { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 14 } },
    .long_number = true,
  },
  {
    .type = GS_MRZ_TYPE_TD3,
    .n_lines = 2,
    .line_length = 44,
    .codes = "P",
    .code = { 0, 0, 2 },
    .state = { 0, 2, 3 },
    .name = { 0, 5, 39 },
    .number = { 1, 0, 9 },
    .number_check = { 1, 9, 1 },
    .nationality = { 1, 10, 3 },
    .birth = { 1, 13, 6 },
    .birth_check = { 1, 19, 1 },
    .sex = { 1, 20, 1 },
    .expiry = { 1, 21, 6 },
    .expiry_check = { 1, 27, 1 },
    .optional = { 1, 28, 14 },
    .optional_check = { 1, 42, 1 },
    .composite_check = { 1, 43, 1 },
    .composite = { { 1, 0, 10 }, { 1, 13, 7 }, { 1, 21, 22 } },
  },
  {
    .type = GS_MRZ_TYPE_MRVA,
    .n_lines = 2,
    .line_length = 44,
    .codes = "V",
    .code = { 0, 0, 2 },
    .state = { 0, 2, 3 },
    .name = { 0, 5, 39 },
    .number = { 1, 0, 9 },
    .number_check = { 1, 9, 1 },
    .nationality = { 1, 10, 3 },
    .birth = { 1, 13, 6 },
    .birth_check = { 1, 19, 1 },
    .sex = { 1, 20, 1 },
    .expiry = { 1, 21, 6 },
    .expiry_check = { 1, 27, 1 },
    .optional = { 1, 28, 16 },
  },
  {
    .type = GS_MRZ_TYPE_MRVB,
    .n_lines = 2,
    .line_length = 36,
    .codes = "V",
    .code = { 0, 0, 2 },
    .state = { 0, 2, 3 },
    .name = { 0, 5, 31 },
    .number = { 1, 0, 9 },
    .number_check = { 1, 9, 1 },
    .nationality = { 1, 10, 3 },
    .birth = { 1, 13, 6 },
    .birth_check = { 1, 19, 1 },
    .sex = { 1, 20, 1 },
    .expiry = { 1, 21, 6 },
    .expiry_check = { 1, 27, 1 },
    .optional = { 1, 28, 8 },
  },
};

const GsMrzLayout *
gs_mrz_layout (GsMrzType type)
{
  for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
    if (layouts[i].type == type)
      return &layouts[i];
  return NULL;
}

GsMrzType
gs_mrz_type_of_shape (unsigned n_lines, unsigned line_length, char first)
{
  if (n_lines == 3 && line_length == 30)
    return GS_MRZ_TYPE_TD1;
  if (n_lines == 2 && line_length == 36)
    return first == 'V' ? GS_MRZ_TYPE_MRVB : GS_MRZ_TYPE_TD2;
  if (n_lines == 2 && line_length == 44)
    return first == 'V' ? GS_MRZ_TYPE_MRVA : GS_MRZ_TYPE_TD3;
  return GS_MRZ_TYPE_NONE;
}

size_t
gs_mrz_span_copy (const GsMrzLines *lines, GsMrzSpan span, char *out)
{
  memcpy (out, lines->line[span.line] + span.start, span.length);
  out[span.length] = '\0';
  return span.length;
}

size_t
gs_mrz_composite_copy (const GsMrzLines *lines, const GsMrzLayout *layout, char *out)
{
  size_t n = 0;

  for (unsigned i = 0; i < GS_MRZ_MAX_COMPOSITE; i++)
    n += gs_mrz_span_copy (lines, layout->composite[i], out + n);
  return n;
}

void
gs_mrz_number_find (const GsMrzLines *lines, const GsMrzLayout *layout, GsMrzNumber *number)
{
  const char *more;
  unsigned n;

  memset (number, 0, sizeof *number);
  number->length = gs_mrz_span_copy (lines, layout->number, number->text);
  number->check = layout->number_check;
  number->optional = layout->optional;
  if (!layout->long_number || gs_mrz_span_first (lines, layout->number_check) != '<')
    return;

  /* The rest of the number, its check digit, then a filler or the end of the field. A number of at
   * most 9 characters has its check digit in the usual place, so at least two must follow. */
  more = lines->line[layout->optional.line] + layout->optional.start;
  for (n = 0; n < layout->optional.length && more[n] != '<'; n++)
    ;
  if (n < 2)
    return;

  number->is_long = true;
  memcpy (number->text + number->length, more, n - 1);
  number->length += n - 1;
  number->text[number->length] = '\0';
  number->tail = (GsMrzSpan){ layout->optional.line, layout->optional.start, n - 1 };
  number->check = (GsMrzSpan){ layout->optional.line, layout->optional.start + n - 1, 1 };
  if (n < layout->optional.length)
    n++;
  number->optional.start += n;
  number->optional.length -= n;
}

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static GsMrzCheckResult
check_span (const GsMrzLines *lines, GsMrzSpan span, GsMrzSpan check, bool may_be_filler)
{
  char text[GS_MRZ_MAX_LENGTH + 1];
  size_t len = gs_mrz_span_copy (lines, span, text);
  char digit = gs_mrz_span_first (lines, check);

  if (may_be_filler && digit == '<' && strspn (text, "<") == len)
    return GS_MRZ_CHECK_RIGHT;
  return is_digit (digit) && digit == gs_mrz_check_digit (text, len) ? GS_MRZ_CHECK_RIGHT
                                                                     : GS_MRZ_CHECK_WRONG;
}

void
gs_mrz_checks_compute (const GsMrzLines *lines, GsMrzCheckResult *results)
{
  const GsMrzLayout *layout = gs_mrz_layout (lines->type);
  GsMrzNumber number;
  char digit;

  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    results[i] = GS_MRZ_CHECK_ABSENT;
  if (layout == NULL)
    return;

  gs_mrz_number_find (lines, layout, &number);
  digit = gs_mrz_span_first (lines, number.check);
  results[GS_MRZ_CHECK_DOCUMENT_NUMBER] =
    is_digit (digit) && digit == gs_mrz_check_digit (number.text, number.length)
      ? GS_MRZ_CHECK_RIGHT
      : GS_MRZ_CHECK_WRONG;
  results[GS_MRZ_CHECK_BIRTH_DATE] = check_span (lines, layout->birth, layout->birth_check, false);
  results[GS_MRZ_CHECK_EXPIRY_DATE] =
    check_span (lines, layout->expiry, layout->expiry_check, false);
  if (layout->optional_check.length > 0)
    results[GS_MRZ_CHECK_OPTIONAL_DATA] =
      check_span (lines, layout->optional, layout->optional_check, true);
  if (layout->composite_check.length > 0)
    {
      char text[96];
      size_t len = gs_mrz_composite_copy (lines, layout, text);

      digit = gs_mrz_span_first (lines, layout->composite_check);
      results[GS_MRZ_CHECK_COMPOSITE] = is_digit (digit) && digit == gs_mrz_check_digit (text, len)
                                          ? GS_MRZ_CHECK_RIGHT
                                          : GS_MRZ_CHECK_WRONG;
    }
}
