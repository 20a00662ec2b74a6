/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-traveller.h"

#include <string.h>

/* Sex and apparent age of the drawn people. */
static const struct
{
  char sex;
  int age;
} persons[GS_SIM_PERSONS] = {
  { 'F', 40 }, { 'M', 24 }, { 'F', 42 }, { 'M', 66 }, { 'F', 52 }, { 'F', 55 },
  { 'M', 38 }, { 'F', 36 }, { 'M', 41 }, { 'M', 25 }, { 'F', 48 }, { 'F', 58 },
  { 'M', 40 }, { 'F', 60 }, { 'M', 70 }, { 'M', 46 }, { 'M', 34 }, { 'F', 24 },
  { 'M', 26 }, { 'M', 27 }, { 'F', 30 }, { 'M', 35 }, { 'F', 23 }, { 'M', 33 },
};

static const char *const surnames[] = {
  "ALDERWICK", "ARDENMOOR", "BELLOWAY",  "BRINDLE",    "CALLOWMERE", "CORVANE",    "DARROWBY",
  "DELLACORT", "ELMSWORTH", "ERIDANO",   "FALKRIDGE",  "FENNIMORE",  "GARRICKSON", "GLENNARD",
  "HALVORIN",  "HARTWELLA", "INGLESOE",  "JASPERIN",   "KESTREL",    "KOLVENAR",   "LINDQUARRY",
  "LORIMAND",  "MARCHETTA", "MERRIVALE", "NORTHAVEN",  "OAKENSHAW",  "ORSOLANO",   "PELLINGTON",
  "QUILLFORD", "RAVENSTOW", "ROSMARIN",  "SALTERRA",   "SEVERINO",   "TAMARLAND",  "THISTLEWOOD",
  "ULVERTON",  "VALDORA",   "WESTERLY",  "YARROWDALE", "ZEPHYRIN",
};

static const char *const women[] = {
  "ADELA",  "BERENICE MAY", "CLARIMOND", "DOROTEA",   "ELOWEN",       "FELICITY", "GISELA ANN",
  "HELIA",  "ISAURA",       "JOVITA",    "KERENSA",   "LUCINDA ROSE", "MIRABEL",  "NERISSA",
  "OLIVIA", "PETRA LYNN",   "ROSALIND",  "SERAPHINA", "TAMSIN",       "VIOLETTA",
};

static const char *const men[] = {
  "AMBROSE", "BASTIAN",   "CORNELIUS", "DESMOND",     "EVANDER JOHN", "FLORIAN",  "GIDEON",
  "HORATIO", "IVO",       "JULIAN",    "KASPAR",      "LEANDER PAUL", "MATTHIAS", "NICODEMUS",
  "ORLANDO", "PEREGRINE", "QUENTIN",   "RAINER MARK", "SILVAN",       "TOBIAS",
};

/* YYMMDD of a day a number of days from now. */
static char *
format_date (gint64 now_utc_ms, double days)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_utc_ms / 1000);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, (gint) days);

  return g_date_time_format (day, "%y%m%d");
}

static char *
make_number (GRand *random)
{
  static const char letters[] = "CFGHJKLMNPRTVWXYZ";
  static const char signs[] = "0123456789CFGHJKLMNPRTVWXYZ";
  char number[10];

  number[0] = letters[g_rand_int_range (random, 0, (gint32) strlen (letters))];
  number[1] = (char) ('0' + g_rand_int_range (random, 0, 10));
  for (int i = 2; i < 9; i++)
    number[i] = signs[g_rand_int_range (random, 0, i < 6 ? 10 : (gint32) strlen (signs))];
  number[9] = '\0';
  return g_strdup (number);
}

GsSimTraveller *
gs_sim_traveller_new (
  GRand *random, int person, const char *surname, gboolean expired, gint64 now_utc_ms)
{
  GsSimTraveller *self = g_new0 (GsSimTraveller, 1);
  gboolean woman = persons[person].sex == 'F';
  gint32 name = g_rand_int_range (random, 0, 20);
  double years = persons[person].age + g_rand_double_range (random, -2.0, 2.0);

  self->person = person;
  self->sex = woman ? "F" : "M";
  self->surname = g_strdup (surname);
  if (surname == NULL)
    self->surname =
      g_strdup (surnames[g_rand_int_range (random, 0, (gint32) G_N_ELEMENTS (surnames))]);
  self->given_names = g_strdup (woman ? women[name] : men[name]);
  self->document_number = make_number (random);
  self->nationality = g_strdup ("UTO");
  self->birth_date = format_date (now_utc_ms, -years * 365.25);
  self->expiry_date = format_date (now_utc_ms, expired ? g_rand_double_range (random, -360, -2)
                                                       : g_rand_double_range (random, 60, 3500));
  return self;
}

void
gs_sim_traveller_free (GsSimTraveller *self)
{
  g_free (self->surname);
  g_free (self->given_names);
  g_free (self->document_number);
  g_free (self->nationality);
  g_free (self->birth_date);
  g_free (self->expiry_date);
  g_free (self);
}

void
gs_sim_traveller_write_mrz (const GsSimTraveller *self,
                            char first[GS_SIM_MRZ_LINE + 1],
                            char second[GS_SIM_MRZ_LINE + 1])
{
  GsSimMrzFields fields = {
    .issuing_state = "UTO",
    .surname = self->surname,
    .given_names = self->given_names,
    .document_number = self->document_number,
    .nationality = self->nationality,
    .birth_date = self->birth_date,
    .expiry_date = self->expiry_date,
    .sex = self->sex,
  };

  gs_sim_mrz_write (&fields, first, second);
}

json_t *
gs_sim_traveller_to_json (const GsSimTraveller *self)
{
  return json_pack (
    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "document_code", "P", "issuing_state",
    "UTO", "primary_identifier", self->surname, "secondary_identifier", self->given_names,
    "document_number", self->document_number, "nationality", self->nationality, "birth_date",
    self->birth_date, "sex", self->sex, "expiry_date", self->expiry_date, "optional_data", "");
}
