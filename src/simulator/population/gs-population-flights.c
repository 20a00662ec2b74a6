/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population-private.h"

#include "gs-sim-json.h"
#include "gs-sim-random.h"
#include "gs-time.h"

GsFlight *
gs_population_add_flight (GsPopulation *self, double closes_ms)
{
  GsFlight *flight = g_new0 (GsFlight, 1);

  flight->name = g_strdup_printf ("UT %u", 101 + 2 * self->flight_number++);
  flight->closes_ms = closes_ms;
  g_ptr_array_add (self->flights, flight);
  gs_schedule_add (self->schedule, closes_ms, GS_ACT_CLOSE_FLIGHT, flight->name);
  return flight;
}

GsFlight *
gs_population_find_flight (GsPopulation *self, const char *name)
{
  for (guint i = 0; i < self->flights->len; i++)
    {
      GsFlight *flight = g_ptr_array_index (self->flights, i);

      if (g_strcmp0 (flight->name, name) == 0)
        return flight;
    }
  return NULL;
}

gint64
gs_population_flight_closes_utc_ms (GsPopulation *self, const char *name)
{
  GsFlight *flight = gs_population_find_flight (self, name);
  double left_ms;

  if (flight == NULL)
    return GS_TIME_UNKNOWN;
  left_ms = (flight->closes_ms - self->now_ms) / self->config.speed;
  return gs_population_now_utc_ms (self) + (gint64) left_ms;
}

void
gs_population_tell_boarded (GsPopulation *self, GsVisitor *visitor, const char *cause)
{
  gs_population_publish (self, "crossing.boarded", visitor->id,
                         json_pack ("{s:o, s:s?, s:s}", "at",
                                    gs_sim_json_new_time (gs_population_now_utc_ms (self)),
                                    "flight", visitor->flight, "cause", cause));
}

static gint
compare_visitors (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(GsVisitor *const *) a)->id, (*(GsVisitor *const *) b)->id);
}

/* Who was admitted for the flight and is still here, in an order that only the seed decides. */
static GPtrArray *
find_passengers (GsPopulation *self, const char *flight)
{
  GPtrArray *passengers = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->visitors);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GsVisitor *visitor = value;
      GsSimCrossing *crossing = gs_sim_hall_get_crossing (self->hall, visitor->id);

      if (visitor->done && g_strcmp0 (visitor->flight, flight) == 0 && crossing != NULL
          && crossing->state == GS_SIM_STATE_ADMITTED)
        g_ptr_array_add (passengers, visitor);
    }
  g_ptr_array_sort (passengers, compare_visitors);
  return passengers;
}

void
gs_population_close_flight (GsPopulation *self, const char *name)
{
  g_autoptr (GPtrArray) passengers = find_passengers (self, name);
  GsFlight *flight = gs_population_find_flight (self, name);

  if (flight == NULL)
    return;
  for (guint i = 0; i < passengers->len; i++)
    {
      GsVisitor *visitor = g_ptr_array_index (passengers, i);

      if (gs_sim_random_percent (self->random, 25.0))
        gs_population_publish (self, "crossing.cancelled", visitor->id,
                               json_pack ("{s:o, s:s}", "at",
                                          gs_sim_json_new_time (gs_population_now_utc_ms (self)),
                                          "reason", "missed-flight"));
      else if (gs_sim_hall_get_config (self->hall)->closing_events)
        gs_population_tell_boarded (self, visitor, "closed");
      gs_population_forget_visitor (self, visitor->id);
    }
  g_ptr_array_remove (self->flights, flight);
  gs_population_add_flight (self,
                            self->now_ms + GS_POPULATION_FLIGHT_EVERY_MS * GS_POPULATION_FLIGHTS);
}
