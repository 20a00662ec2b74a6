/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The simulator's own TD3 writer (ICAO 9303-4, section 4.2.2), apart from the reader in mrz/. */

#define GS_SIM_MRZ_LINE 44

typedef struct
{
  const char *issuing_state;
  const char *surname;     /* letters and spaces */
  const char *given_names; /* letters and spaces */
  const char *document_number;
  const char *nationality;
  const char *birth_date;  /* YYMMDD */
  const char *expiry_date; /* YYMMDD */
  const char *sex;         /* M, F or X */
} GsSimMrzFields;

/* Fills two lines of 44 characters. Fields that are too long are cut. */
void gs_sim_mrz_write (const GsSimMrzFields *fields,
                       char first[GS_SIM_MRZ_LINE + 1],
                       char second[GS_SIM_MRZ_LINE + 1]);
