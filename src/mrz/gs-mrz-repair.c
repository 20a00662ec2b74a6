/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-mrz.h"
#include "gs-mrz-layout-private.h"

#include <string.h>

/* More places than this that could be confused are too many for one set to be believed. */
#define MAX_CHOICES 12

typedef struct
{
  GsMrzLines *lines;
  unsigned n_choices;
  GsMrzRepair choices[MAX_CHOICES];
  unsigned n_forced;
  GsMrzRepair forced[GS_MRZ_MAX_REPAIRS];
  bool is_hopeless;
} Repair;

static char
confused_with (char c)
{
  static const char pairs[] = "8B6G0O1I5S2Z";
  const char *found = c == '\0' ? NULL : strchr (pairs, c);

  return found == NULL ? '\0' : pairs[(found - pairs) ^ 1];
}

static void
add_place (
  Repair *repair, unsigned char line, unsigned char column, bool is_digits, const char *field)
{
  char read = repair->lines->line[line][column];
  char other = confused_with (read);
  GsMrzRepair entry = { line, column, read, other, field };

  if (is_digits)
    {
      if ((read >= '0' && read <= '9') || read == '<')
        return;
      if (other == '\0' || repair->n_forced == GS_MRZ_MAX_REPAIRS)
        repair->is_hopeless = true;
      else
        repair->forced[repair->n_forced++] = entry;
    }
  else if (read == GS_MRZ_UNREADABLE)
    repair->is_hopeless = true;
  else if (other != '\0')
    {
      if (repair->n_choices == MAX_CHOICES)
        repair->is_hopeless = true;
      else
        repair->choices[repair->n_choices++] = entry;
    }
}

/* Every place of a field; is_digits: only digits (and, in a birth date, fillers) may stand there.
 */
static void
suspect (Repair *repair, GsMrzSpan span, bool is_digits, const char *field)
{
  for (unsigned i = 0; i < span.length; i++)
    add_place (repair, span.line, span.start + i, is_digits, field);
}

/* The fields whose own check is wrong and, where only the composite is wrong, those without an own
 * check. */
static void
suspect_fields (Repair *repair, const GsMrzCheckResult *checks, const GsMrzLayout *layout)
{
  bool only_composite = true;
  GsMrzNumber number;

  gs_mrz_number_find (repair->lines, layout, &number);
  for (int i = 0; i < GS_MRZ_CHECK_COMPOSITE; i++)
    if (checks[i] == GS_MRZ_CHECK_WRONG)
      only_composite = false;

  if (checks[GS_MRZ_CHECK_DOCUMENT_NUMBER] == GS_MRZ_CHECK_WRONG)
    {
      suspect (repair, layout->number, false, "document_number");
      suspect (repair, number.tail, false, "document_number");
      suspect (repair, number.check, true, "document_number");
    }
  if (checks[GS_MRZ_CHECK_BIRTH_DATE] == GS_MRZ_CHECK_WRONG)
    {
      suspect (repair, layout->birth, true, "birth_date");
      suspect (repair, layout->birth_check, true, "birth_date");
    }
  if (checks[GS_MRZ_CHECK_EXPIRY_DATE] == GS_MRZ_CHECK_WRONG)
    {
      suspect (repair, layout->expiry, true, "expiry_date");
      suspect (repair, layout->expiry_check, true, "expiry_date");
    }
  if (checks[GS_MRZ_CHECK_OPTIONAL_DATA] == GS_MRZ_CHECK_WRONG)
    {
      suspect (repair, layout->optional, false, "optional_data");
      suspect (repair, layout->optional_check, true, "optional_data");
    }
  if (checks[GS_MRZ_CHECK_COMPOSITE] != GS_MRZ_CHECK_WRONG)
    return;
  suspect (repair, layout->composite_check, true, "composite");
  if (only_composite && layout->optional_check.length == 0)
    {
      suspect (repair, number.optional, false, "optional_data");
      suspect (repair, layout->optional_2, false, "optional_data_2");
    }
}

static void
apply (GsMrzLines *lines, const GsMrzRepair *repairs, unsigned n, uint32_t set)
{
  for (unsigned i = 0; i < n; i++)
    lines->line[repairs[i].line][repairs[i].column] =
      (set >> i & 1) != 0 ? repairs[i].used : repairs[i].read;
}

static bool
all_right (const GsMrzLines *lines)
{
  GsMrzCheckResult checks[GS_MRZ_N_CHECKS];

  gs_mrz_checks_compute (lines, checks);
  for (int i = 0; i < GS_MRZ_N_CHECKS; i++)
    if (checks[i] == GS_MRZ_CHECK_WRONG)
      return false;
  return true;
}

static void
keep (GsMrz *mrz, const GsMrzRepair *repair)
{
  if (mrz->n_repairs < GS_MRZ_MAX_REPAIRS)
    mrz->repairs[mrz->n_repairs++] = *repair;
}

void
gs_mrz_parse_repairing (const GsMrzLines *lines, const GsMrzDate *today, GsMrz *mrz)
{
  const GsMrzLayout *layout = gs_mrz_layout (lines->type);
  GsMrzLines trial = *lines;
  Repair repair = { .lines = &trial };
  uint32_t found = 0;
  unsigned n_found = 0;

  gs_mrz_parse (lines, today, mrz);
  if (layout == NULL || all_right (lines))
    return;
  suspect_fields (&repair, mrz->checks, layout);
  if (repair.is_hopeless || repair.n_choices + repair.n_forced == 0)
    return;

  for (unsigned i = 0; i < repair.n_forced; i++)
    trial.line[repair.forced[i].line][repair.forced[i].column] = repair.forced[i].used;
  for (uint32_t set = 0; set < (uint32_t) 1 << repair.n_choices && n_found < 2; set++)
    {
      apply (&trial, repair.choices, repair.n_choices, set);
      if (all_right (&trial))
        {
          found = set;
          n_found++;
        }
    }
  if (n_found != 1)
    return;

  apply (&trial, repair.choices, repair.n_choices, found);
  gs_mrz_parse (&trial, today, mrz);
  for (unsigned i = 0; i < repair.n_forced; i++)
    keep (mrz, &repair.forced[i]);
  for (unsigned i = 0; i < repair.n_choices; i++)
    if ((found >> i & 1) != 0)
      keep (mrz, &repair.choices[i]);
}
