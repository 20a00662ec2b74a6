/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-mrz.h"

#include <string.h>

/* Puts text into a field of the line, capitals only, everything else as a filler. */
static gsize
put (char *line, gsize at, gsize width, const char *text)
{
  gsize used = 0;

  for (; text != NULL && *text != '\0' && used < width; text++, used++)
    {
      char c = g_ascii_toupper (*text);

      line[at + used] = g_ascii_isalnum (c) ? c : '<';
    }
  return used;
}

/* The sum over weights 7, 3, 1, modulo 10. */
static char
check_digit (const char *line, gsize from, gsize length, guint *index, guint *sum)
{
  static const guint weights[] = { 7, 3, 1 };

  for (gsize i = from; i < from + length; i++)
    {
      guint value = 0;

      if (g_ascii_isdigit (line[i]))
        value = (guint) (line[i] - '0');
      else if (line[i] != '<')
        value = (guint) (line[i] - 'A') + 10;
      *sum += value * weights[(*index)++ % 3];
    }
  return (char) ('0' + *sum % 10);
}

static void
put_check (char *line, gsize from, gsize length)
{
  guint index = 0, sum = 0;

  line[from + length] = check_digit (line, from, length, &index, &sum);
}

void
gs_sim_mrz_write (const GsSimMrzFields *fields,
                  char first[GS_SIM_MRZ_LINE + 1],
                  char second[GS_SIM_MRZ_LINE + 1])
{
  guint index = 0, sum = 0;
  gsize at;

  memset (first, '<', GS_SIM_MRZ_LINE);
  memset (second, '<', GS_SIM_MRZ_LINE);
  first[GS_SIM_MRZ_LINE] = second[GS_SIM_MRZ_LINE] = '\0';

  first[0] = 'P';
  put (first, 2, 3, fields->issuing_state);
  at = 5 + put (first, 5, 37, fields->surname) + 2;
  if (at < GS_SIM_MRZ_LINE)
    put (first, at, GS_SIM_MRZ_LINE - at, fields->given_names);

  put (second, 0, 9, fields->document_number);
  put_check (second, 0, 9);
  put (second, 10, 3, fields->nationality);
  put (second, 13, 6, fields->birth_date);
  put_check (second, 13, 6);
  put (second, 20, 1, g_strcmp0 (fields->sex, "X") == 0 ? "<" : fields->sex);
  put (second, 21, 6, fields->expiry_date);
  put_check (second, 21, 6);
  /* No optional data: its check digit may be a filler or zero; the composite counts it as such. */
  second[42] = '0';
  check_digit (second, 0, 10, &index, &sum);
  check_digit (second, 13, 7, &index, &sum);
  second[43] = check_digit (second, 21, 22, &index, &sum);
}
