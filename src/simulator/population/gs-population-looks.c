/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population-private.h"

#include "gs-sim-json.h"

/* Whom the cameras see. */

void
gs_population_set_stand (GsPopulation *self, GsPopulationStand stand, gpointer user_data)
{
  self->stand = stand;
  self->stand_data = user_data;
}

/* Out of what the hall keeps of a crossing; an impostor is somebody else, or looks alike. */
static gboolean
find_face (GsPopulation *self, const char *crossing, GsPopulationFace *face)
{
  json_t *facts = gs_sim_hall_get_facts (self->hall, crossing);
  json_t *person = json_object_get (facts, "person");
  json_t *stand_in = json_object_get (facts, "stand_in");
  double blend = json_number_value (json_object_get (facts, "blend"));

  if (!json_is_integer (person))
    return FALSE;
  *face = (GsPopulationFace){ .person = (int) json_integer_value (person) };
  face->other = face->person;
  face->is_scripted = g_hash_table_contains (self->scripted, crossing);
  if (!json_is_integer (stand_in))
    return TRUE;
  face->other = (int) json_integer_value (stand_in);
  face->blend = blend;
  if (blend <= 0.0)
    face->person = face->other;
  return TRUE;
}

gboolean
gs_population_stand (GsPopulation *self, const char *crossing, const char *desk)
{
  GsPopulationFace face;

  if (self->stand == NULL || !find_face (self, crossing, &face)
      || !self->stand (desk, &face, crossing, self->stand_data))
    return FALSE;
  g_hash_table_replace (self->standing, g_strdup (desk), g_strdup (crossing));
  return TRUE;
}

void
gs_population_step_away (GsPopulation *self, const char *crossing)
{
  GHashTableIter desks;
  gpointer desk, standing;

  g_hash_table_iter_init (&desks, self->standing);
  while (g_hash_table_iter_next (&desks, &desk, &standing))
    if (g_strcmp0 (standing, crossing) == 0)
      {
        self->stand (desk, NULL, NULL, self->stand_data);
        g_hash_table_iter_remove (&desks);
      }
}

gboolean
gs_population_get_in_gate (GsPopulation *self,
                           const char *gate,
                           GsPopulationFace *face,
                           const char **key)
{
  GsGatePlace *place = gs_population_find_gate (self, gate);
  GsVisitor *visitor;

  if (place == NULL || place->crossing == NULL)
    return FALSE;
  *key = place->crossing;
  if (find_face (self, place->crossing, face))
    return TRUE;
  /* Before the document was read. */
  visitor = g_hash_table_lookup (self->visitors, place->crossing);
  if (visitor == NULL)
    return FALSE;
  *face =
    (GsPopulationFace){ .person = visitor->traveller->person, .other = visitor->traveller->person };
  return TRUE;
}
