/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-traveller.h"

#include "gs-utopia-people.h"

#include <string.h>

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

/* What the traveller is spoken to in, by the script of the name; NULL leaves it open. */
static const char *
guess_language (const char *script)
{
  static const struct
  {
    const char *script;
    const char *language;
  } languages[] = { { "Jpan", "ja" }, { "Hans", "zh" }, { "Kore", "ko" } };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].script, script) == 0)
      return languages[i].language;
  return NULL;
}

static void
take_name (GsSimTraveller *self, const GsUtopiaName *name)
{
  gboolean latin = g_strcmp0 (name->script, "Latn") == 0;

  self->surname = g_strdup (name->mrz_family);
  self->given_names = g_strdup (name->mrz_given);
  self->language = guess_language (name->script);
  self->chip_name = g_strconcat (name->family, "<<", name->given, NULL);
  if (!latin)
    self->name_own_script = name->family_first
                              ? g_strdup_printf ("%s %s", name->family, name->given)
                              : g_strdup_printf ("%s %s", name->given, name->family);
}

static char *
make_birth_date (guint person, guint64 seed, gint64 now_utc_ms)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_utc_ms / 1000);
  char date[7];

  gs_utopia_birth_date (person, seed, g_date_time_get_year (now), g_date_time_get_month (now),
                        g_date_time_get_day_of_month (now), date, NULL);
  return g_strdup (date);
}

GsSimTraveller *
gs_sim_traveller_new (
  GRand *random, int person, const char *surname, gboolean expired, gint64 now_utc_ms)
{
  GsSimTraveller *self = g_new0 (GsSimTraveller, 1);
  const GsUtopiaPerson *citizen = gs_utopia_person ((guint) person);
  guint64 seed = ((guint64) g_rand_int (random) << 32) | g_rand_int (random);
  GsUtopiaName name;

  self->person = person;
  self->sex = citizen->sex == 'F' ? "F" : "M";
  gs_utopia_name (citizen->sex, seed, &name);
  take_name (self, &name);
  if (surname != NULL && g_strcmp0 (surname, self->surname) != 0)
    {
      /* A family name from elsewhere: the name in its own script would no longer be this one. */
      g_free (self->surname);
      self->surname = g_strdup (surname);
      g_clear_pointer (&self->name_own_script, g_free);
      g_clear_pointer (&self->chip_name, g_free);
      self->language = NULL;
    }
  self->document_number = make_number (random);
  self->nationality = g_strdup ("UTO");
  self->birth_date = make_birth_date ((guint) person, seed, now_utc_ms);
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
  g_free (self->name_own_script);
  g_free (self->chip_name);
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
  json_t *json = json_pack (
    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "document_code", "P", "issuing_state",
    "UTO", "primary_identifier", self->surname, "secondary_identifier", self->given_names,
    "document_number", self->document_number, "nationality", self->nationality, "birth_date",
    self->birth_date, "sex", self->sex, "expiry_date", self->expiry_date, "optional_data", "");

  if (self->name_own_script != NULL)
    json_object_set_new (json, "name_own_script", json_string (self->name_own_script));
  if (self->language != NULL)
    json_object_set_new (json, "language", json_string (self->language));
  return json;
}
