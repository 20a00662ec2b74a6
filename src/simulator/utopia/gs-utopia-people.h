/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The 24 drawn citizens of Utopia, and names for them. Everything is fictional. Plain constants:
 * any thread, nothing to free. */

#define GS_UTOPIA_PEOPLE 24

typedef struct
{
  char sex;               /* 'M' or 'F', as an MRZ writes it */
  int apparent_age_years; /* as the passport picture looks */
  const char *label;      /* what the picture shows, for a log or a caption; English */
} GsUtopiaPerson;

typedef struct
{
  const char *family;     /* own script, as on the data page: "森", "Ångström", "Мороз" */
  const char *given;      /* own script: "健二" */
  const char *mrz_family; /* A to Z and spaces only: "MORI", "AANGSTROEM" */
  const char *mrz_given;  /* A to Z and spaces only: "KENJI" */
  const char *script;     /* ISO 15924: "Latn", "Jpan", "Hans", "Kore", "Cyrl", "Grek", "Arab" */
  gboolean family_first;  /* how the name is said and shown in its own script */
} GsUtopiaName;

/* The person of index 0 to 23; a larger index starts again at 0. Never NULL. */
const GsUtopiaPerson *gs_utopia_person (guint index);

/* A name that fits SEX ('M', 'F'; anything else takes either list), the same for the same seed.
 * The strings are constants. */
void gs_utopia_name (char sex, guint64 seed, GsUtopiaName *name);

/* How many different names a sex has, over all scripts. */
guint gs_utopia_name_count (char sex);

/* The birth date that fits the face of INDEX on TODAY: the apparent age, up to three years more or
 * less, any day of the year; the same for the same seed. DATE receives six digits, YYMMDD, and a
 * zero; YEAR (may be NULL) the full year. */
void gs_utopia_birth_date (guint index,
                           guint64 seed,
                           int today_year,
                           int today_month,
                           int today_day,
                           char date[7],
                           int *year);
