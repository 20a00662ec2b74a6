/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population-private.h"

#include "gs-sim-json.h"

#include <string.h>

static char *
dup_field (json_t *traveller, const char *member)
{
  const char *text = gs_sim_json_text (traveller, member);

  return g_strdup (text == NULL ? "" : text);
}

/* The traveller again, out of what the hall keeps; NULL when the document was not read yet. */
static GsSimTraveller *
restore_traveller (GsSimCrossing *crossing, int person)
{
  json_t *fields = crossing->traveller;
  GsSimTraveller *traveller;

  if (fields == NULL)
    return NULL;
  traveller = g_new0 (GsSimTraveller, 1);
  traveller->person = person;
  traveller->surname = dup_field (fields, "primary_identifier");
  traveller->given_names = dup_field (fields, "secondary_identifier");
  traveller->document_number = dup_field (fields, "document_number");
  traveller->nationality = dup_field (fields, "nationality");
  traveller->birth_date = dup_field (fields, "birth_date");
  traveller->expiry_date = dup_field (fields, "expiry_date");
  traveller->name_own_script = g_strdup (gs_sim_json_text (fields, "name_own_script"));
  traveller->sex = g_strcmp0 (gs_sim_json_text (fields, "sex"), "M") == 0 ? "M" : "F";
  return traveller;
}

static void
adopt_one (GsSimCrossing *crossing, gpointer user_data)
{
  GsPopulation *self = user_data;
  json_t *facts = gs_sim_hall_get_facts (self->hall, crossing->id);
  int person = (int) json_integer_value (json_object_get (facts, "person"));
  GsGatePlace *gate = gs_population_find_gate (self, crossing->gate);
  GsVisitor *visitor;

  if (!gs_sim_crossing_is_open (crossing) || crossing->state == GS_SIM_STATE_SECOND_LINE)
    return;
  person = CLAMP (person, 0, GS_SIM_PERSONS - 1);
  visitor = g_new0 (GsVisitor, 1);
  visitor->id = g_strdup (crossing->id);
  visitor->stand_in = -1;
  visitor->traveller = restore_traveller (crossing, person);
  if (visitor->traveller == NULL)
    visitor->traveller =
      gs_sim_traveller_new (self->random, person, NULL, FALSE, self->start_utc_ms);
  visitor->documented = crossing->traveller != NULL;
  visitor->party = g_strdup (crossing->party);
  visitor->flight = g_strdup (gs_sim_json_text (crossing->flight, "flight"));
  visitor->done = crossing->state != GS_SIM_STATE_IN_GATE;
  self->face_users[person]++;
  visitor->holds_face = TRUE;
  g_hash_table_insert (self->visitors, visitor->id, visitor);

  if (crossing->state == GS_SIM_STATE_IN_GATE)
    {
      gs_schedule_add (self->schedule, 500.0, GS_ACT_DOCUMENT, visitor->id);
      gs_schedule_add (self->schedule, 2000.0, GS_ACT_RESULT, visitor->id);
      for (guint i = 0; gate != NULL && i < self->gates->len; i++)
        if (g_ptr_array_index (self->gates, i) == gate)
          visitor->gate = (int) i;
    }
  else if (crossing->state == GS_SIM_STATE_REFERRED)
    gs_schedule_add (self->schedule, 300000.0, GS_ACT_UNATTENDED, visitor->id);
  else
    gs_schedule_add (self->schedule, 60000.0, GS_ACT_LEAVE, visitor->id);
}

void
gs_population_adopt (GsPopulation *self)
{
  gs_sim_hall_foreach_crossing (self->hall, adopt_one, self);
  /* Whatever stood in a gate when the program ended has gone on by now. */
  for (guint i = 0; i < self->gates->len; i++)
    {
      GsGatePlace *gate = g_ptr_array_index (self->gates, i);
      const char *state = gs_sim_hall_get_gate_state (self->hall, gate->id);

      if (!gate->closed && g_strcmp0 (state, "free") != 0)
        gs_schedule_add (self->schedule, 2500.0, GS_ACT_GATE_FREE, gate->id);
    }
}
