/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population-private.h"

#include "gs-sim-json.h"

#include <string.h>

/* The passports that travellers carry, on readers and as evidence. */

void
gs_population_set_passports (GsPopulation *self, GsSimPassports *passports)
{
  self->passports = passports;
}

void
gs_population_set_chip (GsPopulation *self, GsPopulationChip chip, gpointer user_data)
{
  self->chip = chip;
  self->chip_data = user_data;
}

/* Out of what the hall keeps of a crossing; MRZ receives the 88 characters. */
static gboolean
make_wish (GsPopulation *self,
           const char *crossing,
           GsSimPassportWish *wish,
           char mrz[2 * GS_SIM_MRZ_LINE + 1])
{
  json_t *facts = gs_sim_hall_get_facts (self->hall, crossing);
  json_t *lines = json_object_get (facts, "mrz");
  const char *first = json_string_value (json_array_get (lines, 0));
  const char *second = json_string_value (json_array_get (lines, 1));
  const char *variant = gs_sim_json_text (facts, "passport");

  if (self->passports == NULL || first == NULL || second == NULL
      || strlen (first) + strlen (second) != 2 * GS_SIM_MRZ_LINE)
    return FALSE;
  g_snprintf (mrz, 2 * GS_SIM_MRZ_LINE + 1, "%s%s", first, second);
  wish->crossing = crossing;
  wish->variant = variant != NULL ? variant : "genuine";
  wish->mrz = mrz;
  wish->name = gs_sim_json_text (facts, "chip_name");
  wish->person = (int) json_integer_value (json_object_get (facts, "person"));
  return TRUE;
}

GBytes *
gs_population_load_passport_file (GsPopulation *self, const char *crossing, const char *name)
{
  char mrz[2 * GS_SIM_MRZ_LINE + 1];
  GsSimPassportWish wish;

  return make_wish (self, crossing, &wish, mrz)
           ? gs_sim_passports_load (self->passports, &wish, name)
           : NULL;
}

gboolean
gs_population_lay (GsPopulation *self, const char *crossing, const char *desk)
{
  char mrz[2 * GS_SIM_MRZ_LINE + 1];
  GsSimPassportWish wish;
  g_autofree char *folder = NULL;

  if (self->chip == NULL || !make_wish (self, crossing, &wish, mrz))
    return FALSE;
  folder = gs_sim_passports_get_folder (self->passports, &wish, NULL);
  /* A document without a chip lies there too, and the reader feels nothing. */
  if (!self->chip (desk, folder, self->chip_data))
    return FALSE;
  g_hash_table_replace (self->laid, g_strdup (desk), g_strdup (crossing));
  gs_sim_hall_note_truth (self->hall, "passport",
                          json_pack ("{s:s, s:s, s:s, s:s?}", "crossing", crossing, "desk", desk,
                                     "variant", wish.variant, "folder", folder));
  return TRUE;
}

gboolean
gs_population_step_up (GsPopulation *self, const char *crossing, const char *desk)
{
  gboolean stands = gs_population_stand (self, crossing, desk);
  gboolean scanned = gs_population_scan_crossing (self, crossing, desk);

  return gs_population_lay (self, crossing, desk) || scanned || stands;
}

void
gs_population_take (GsPopulation *self, const char *crossing)
{
  GHashTableIter desks;
  gpointer desk, laid;

  gs_population_step_away (self, crossing);
  g_hash_table_iter_init (&desks, self->laid);
  while (g_hash_table_iter_next (&desks, &desk, &laid))
    if (g_strcmp0 (laid, crossing) == 0)
      {
        self->chip (desk, NULL, self->chip_data);
        g_hash_table_iter_remove (&desks);
      }
}

json_t *
gs_population_script_lay (GsPopulation *self, json_t *wish, char **problem)
{
  const char *crossing = gs_sim_json_text (wish, "crossing");
  const char *desk = gs_sim_json_text (wish, "desk");

  if (crossing == NULL || desk == NULL || !gs_population_lay (self, crossing, desk))
    {
      *problem = g_strdup ("no such crossing with a document, or no chip at that desk");
      return NULL;
    }
  return json_pack ("{s:s, s:s}", "crossing", crossing, "desk", desk);
}

json_t *
gs_population_script_take (GsPopulation *self, json_t *wish, char **problem)
{
  const char *desk = gs_sim_json_text (wish, "desk");

  if (desk == NULL || self->chip == NULL || !self->chip (desk, NULL, self->chip_data))
    {
      *problem = g_strdup ("no such desk with a chip");
      return NULL;
    }
  g_hash_table_remove (self->laid, desk);
  return json_pack ("{s:s}", "desk", desk);
}

json_t *
gs_population_script_passport (GsPopulation *self, json_t *wish, char **problem)
{
  const char *crossing = gs_sim_json_text (wish, "crossing");
  char mrz[2 * GS_SIM_MRZ_LINE + 1];
  GsSimPassportWish found;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;

  if (crossing == NULL || !make_wish (self, crossing, &found, mrz))
    {
      *problem = g_strdup ("no such crossing with a document, or no --passports");
      return NULL;
    }
  folder = gs_sim_passports_get_folder (self->passports, &found, &error);
  if (folder == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      *problem = g_strdup (error->message);
      return NULL;
    }
  return json_pack ("{s:s, s:s, s:s?}", "crossing", crossing, "variant", found.variant, "folder",
                    folder);
}
