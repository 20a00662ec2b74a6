/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz.h"
#include "gs-mrz-layout-private.h"

#include <stdio.h>
#include <string.h>

const char *
gs_mrz_type_to_string (GsMrzType type)
{
  switch (type)
    {
    case GS_MRZ_TYPE_TD1:
      return "TD1";
    case GS_MRZ_TYPE_TD2:
      return "TD2";
    case GS_MRZ_TYPE_TD3:
      return "TD3";
    case GS_MRZ_TYPE_MRVA:
      return "MRV-A";
    case GS_MRZ_TYPE_MRVB:
      return "MRV-B";
    case GS_MRZ_TYPE_NONE:
    default:
      return "none";
    }
}

const char *
gs_mrz_check_to_string (GsMrzCheck check)
{
  switch (check)
    {
    case GS_MRZ_CHECK_DOCUMENT_NUMBER:
      return "document_number";
    case GS_MRZ_CHECK_BIRTH_DATE:
      return "birth_date";
    case GS_MRZ_CHECK_EXPIRY_DATE:
      return "expiry_date";
    case GS_MRZ_CHECK_OPTIONAL_DATA:
      return "optional_data";
    case GS_MRZ_CHECK_COMPOSITE:
      return "composite";
    case GS_MRZ_N_CHECKS:
    default:
      return "unknown";
    }
}

const char *
gs_mrz_status_to_string (GsMrzStatus status)
{
  switch (status)
    {
    case GS_MRZ_OK:
      return "A machine readable zone was found.";
    case GS_MRZ_ERROR_EMPTY:
      return "Nothing was read.";
    case GS_MRZ_ERROR_TOO_LONG:
      return "Far more was read than a machine readable zone holds.";
    case GS_MRZ_ERROR_NOT_MRZ:
    default:
      return "What was read has not the lines of a machine readable zone.";
    }
}

char
gs_mrz_check_digit (const char *text, size_t len)
{
  static const unsigned char weights[] = { 7, 3, 1 };
  unsigned sum = 0;

  for (size_t i = 0; i < len; i++)
    {
      unsigned value = 0;

      if (text[i] >= '0' && text[i] <= '9')
        value = text[i] - '0';
      else if (text[i] >= 'A' && text[i] <= 'Z')
        value = text[i] - 'A' + 10;
      sum = (sum + value * weights[i % 3]) % 10;
    }
  return '0' + sum;
}

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

static bool
is_letter (char c)
{
  return c >= 'A' && c <= 'Z';
}

/* Drops the fillers at the end and turns those inside into spaces. */
static void
tidy (char *text)
{
  size_t len = strlen (text);

  while (len > 0 && text[len - 1] == '<')
    text[--len] = '\0';
  for (size_t i = 0; i < len; i++)
    if (text[i] == '<')
      text[i] = ' ';
}

/* Three letters, or Germany's D. */
static bool
is_state (const char *text)
{
  return (is_letter (text[0]) && is_letter (text[1]) && is_letter (text[2]))
         || strcmp (text, "D<<") == 0;
}

/* -1: two fillers, unknown; -2: neither that nor two digits. */
static int
two_digits (const char *text)
{
  if (text[0] == '<' && text[1] == '<')
    return -1;
  if (!is_digit (text[0]) || !is_digit (text[1]))
    return -2;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

static int
days_of_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : days[month - 1];
}

/* Every part is in range; a day of the month is checked against the year when that is known. */
static bool
is_calendar_day (int year, int month, int day)
{
  if (month == 0 || month > 12 || day == 0 || day > 31)
    return false;
  if (month < 0 || day < 0)
    return true;
  return day <= days_of_month (year > 0 ? year : 2000, month);
}

static bool
is_after (int year, int month, int day, const GsMrzDate *today)
{
  if (year != today->year)
    return year > today->year;
  if (month <= 0 || today->month <= 0 || month != today->month)
    return month > 0 && today->month > 0 && month > today->month;
  return day > 0 && today->day > 0 && day > today->day;
}

static int
birth_year (int yy, int month, int day, const GsMrzDate *today)
{
  int year = today->year - today->year % 100 + yy;

  if (is_after (year, month, day, today))
    year -= 100;
  return year;
}

static int
expiry_year (int yy, const GsMrzDate *today)
{
  int year = today->year - today->year % 100 + yy;

  if (year > today->year + 50)
    year -= 100;
  else if (year <= today->year - 50)
    year += 100;
  return year;
}

/* Reads YYMMDD; FALSE when it is no date. Without today the year stays unknown. */
static bool
parse_date (const char *text, bool is_birth, const GsMrzDate *today, GsMrzDate *date)
{
  int yy = two_digits (text);
  int month = two_digits (text + 2);
  int day = two_digits (text + 4);
  int year = 0;

  memset (date, 0, sizeof *date);
  if (yy == -2 || month == -2 || day == -2)
    return false;
  if (!is_birth && (yy < 0 || month < 0 || day < 0))
    return false;
  if (yy >= 0 && today != NULL && today->year > 0)
    year = is_birth ? birth_year (yy, month, day, today) : expiry_year (yy, today);
  /* Without a century 29 February is allowed in every year that some century makes a leap year. */
  if (!is_calendar_day (year > 0 ? year : (yy >= 0 ? 2000 + yy : 0), month, day))
    return false;

  date->year = year;
  date->month = month > 0 ? month : 0;
  date->day = day > 0 ? day : 0;
  return true;
}

/* PRIMARY<<SECONDARY<MORE<<<: letters in both, one filler between the parts of one identifier
 * (Doc 9303-3 section 4.6). */
static void
parse_name (const char *text, size_t len, GsMrz *mrz)
{
  char name[GS_MRZ_MAX_LENGTH + 1];
  char *gap;

  memcpy (name, text, len);
  name[len] = '\0';
  mrz->name_may_be_truncated = is_letter (name[len - 1]);
  for (size_t i = 0; i < len; i++)
    if (!is_letter (name[i]) && name[i] != '<')
      mrz->format_errors |= GS_MRZ_FORMAT_NAME;
  if (name[0] == '<')
    mrz->format_errors |= GS_MRZ_FORMAT_NAME;

  gap = strstr (name, "<<");
  if (gap != NULL)
    {
      *gap = '\0';
      snprintf (mrz->secondary_identifier, sizeof mrz->secondary_identifier, "%s", gap + 2);
      tidy (mrz->secondary_identifier);
      if (mrz->secondary_identifier[0] == ' ' || strstr (mrz->secondary_identifier, "  ") != NULL)
        mrz->format_errors |= GS_MRZ_FORMAT_NAME;
    }
  snprintf (mrz->primary_identifier, sizeof mrz->primary_identifier, "%s", name);
  tidy (mrz->primary_identifier);
}

static void
parse_heading (const GsMrzLines *lines, const GsMrzLayout *layout, GsMrz *mrz)
{
  char code[3];

  gs_mrz_span_copy (lines, layout->code, code);
  if (strchr (layout->codes, code[0]) == NULL || (!is_letter (code[1]) && code[1] != '<'))
    mrz->format_errors |= GS_MRZ_FORMAT_DOCUMENT_CODE;
  memcpy (mrz->document_code, code, sizeof code);
  tidy (mrz->document_code);

  gs_mrz_span_copy (lines, layout->state, mrz->issuing_state);
  if (!is_state (mrz->issuing_state))
    mrz->format_errors |= GS_MRZ_FORMAT_ISSUING_STATE;
  tidy (mrz->issuing_state);

  gs_mrz_span_copy (lines, layout->nationality, mrz->nationality);
  if (!is_state (mrz->nationality))
    mrz->format_errors |= GS_MRZ_FORMAT_NATIONALITY;
  tidy (mrz->nationality);

  parse_name (lines->line[layout->name.line] + layout->name.start, layout->name.length, mrz);
}

static void
parse_number (const GsMrzLines *lines, const GsMrzLayout *layout, GsMrz *mrz)
{
  GsMrzNumber number;
  char check = gs_mrz_span_first (lines, layout->number_check);

  gs_mrz_number_find (lines, layout, &number);
  snprintf (mrz->document_number, sizeof mrz->document_number, "%s", number.text);
  tidy (mrz->document_number);
  if (mrz->document_number[0] == '\0' || mrz->document_number[0] == ' '
      || (!number.is_long && !is_digit (check))
      || (number.is_long && strchr (number.text, '<') != NULL))
    mrz->format_errors |= GS_MRZ_FORMAT_DOCUMENT_NUMBER;

  gs_mrz_span_copy (lines, number.optional, mrz->optional_data);
  tidy (mrz->optional_data);
  gs_mrz_span_copy (lines, layout->optional_2, mrz->optional_data_2);
  tidy (mrz->optional_data_2);
}

static void
parse_person (const GsMrzLines *lines,
              const GsMrzLayout *layout,
              const GsMrzDate *today,
              GsMrz *mrz)
{
  char sex = gs_mrz_span_first (lines, layout->sex);

  gs_mrz_span_copy (lines, layout->birth, mrz->birth_date_mrz);
  if (!parse_date (mrz->birth_date_mrz, true, today, &mrz->birth_date))
    mrz->format_errors |= GS_MRZ_FORMAT_BIRTH_DATE;
  gs_mrz_span_copy (lines, layout->expiry, mrz->expiry_date_mrz);
  if (!parse_date (mrz->expiry_date_mrz, false, today, &mrz->expiry_date))
    mrz->format_errors |= GS_MRZ_FORMAT_EXPIRY_DATE;

  if (sex != 'M' && sex != 'F' && sex != '<')
    mrz->format_errors |= GS_MRZ_FORMAT_SEX;
  mrz->sex = sex == 'M' || sex == 'F' ? sex : 'X';
}

void
gs_mrz_parse (const GsMrzLines *lines, const GsMrzDate *today, GsMrz *mrz)
{
  const GsMrzLayout *layout = gs_mrz_layout (lines->type);

  memset (mrz, 0, sizeof *mrz);
  mrz->lines = *lines;
  mrz->type = lines->type;
  mrz->sex = 'X';
  gs_mrz_checks_compute (lines, mrz->checks);
  if (layout == NULL)
    return;

  parse_heading (lines, layout, mrz);
  parse_number (lines, layout, mrz);
  parse_person (lines, layout, today, mrz);
  for (unsigned i = 0; i < lines->n_lines; i++)
    if (strchr (lines->line[i], GS_MRZ_UNREADABLE) != NULL)
      mrz->format_errors |= GS_MRZ_FORMAT_UNREADABLE;

  mrz->valid = mrz->format_errors == 0;
  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    if (mrz->checks[i] == GS_MRZ_CHECK_WRONG)
      mrz->valid = false;
}

GsMrzStatus
gs_mrz_read (const uint8_t *bytes, size_t len, const GsMrzDate *today, GsMrz *mrz)
{
  GsMrzLines lines;
  GsMrzStatus status = gs_mrz_extract (bytes, len, &lines);

  if (status != GS_MRZ_OK)
    {
      memset (mrz, 0, sizeof *mrz);
      return status;
    }
  gs_mrz_parse_repairing (&lines, today, mrz);
  return GS_MRZ_OK;
}

void
gs_mrz_format_name (const GsMrz *mrz, char *buffer, size_t size)
{
  if (mrz->secondary_identifier[0] == '\0')
    snprintf (buffer, size, "%s", mrz->primary_identifier);
  else
    snprintf (buffer, size, "%s, %s", mrz->primary_identifier, mrz->secondary_identifier);
}

static size_t
append_alphanumeric (const char *text, char *buffer, size_t size, size_t at)
{
  for (; *text != '\0'; text++)
    {
      char c = *text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text;

      if (!is_letter (c) && !is_digit (c))
        continue;
      if (at < size)
        buffer[at] = c;
      at++;
    }
  return at;
}

bool
gs_mrz_digest_key (const char *issuing_state,
                   const char *document_number,
                   char *buffer,
                   size_t size)
{
  size_t state_end, end;

  if (size == 0)
    return false;
  state_end = append_alphanumeric (issuing_state, buffer, size, 0);
  if (state_end < size)
    buffer[state_end] = '<';
  end = append_alphanumeric (document_number, buffer, size, state_end + 1);
  if (state_end == 0 || end == state_end + 1 || end >= size)
    {
      buffer[0] = '\0';
      return false;
    }
  buffer[end] = '\0';
  return true;
}

int
gs_mrz_age (const GsMrzDate *birth, const GsMrzDate *today)
{
  int month = birth->month > 0 ? birth->month : 12;
  int day = birth->day > 0 ? birth->day : 31;
  int age = today->year - birth->year;

  if (birth->year <= 0 || today->year <= 0)
    return -1;
  if (month > today->month || (month == today->month && day > today->day))
    age--;
  return age < 0 ? 0 : age;
}
