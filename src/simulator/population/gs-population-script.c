/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population-private.h"

#include "gs-sim-json.h"
#include "gs-sim-random.h"
#include "gs-time.h"

#include <string.h>

static json_t *
complain (char **problem, const char *message)
{
  *problem = g_strdup (message);
  return NULL;
}

static void
replace_text (char **field, json_t *wish, const char *member)
{
  const char *text = gs_sim_json_text (wish, member);

  if (text == NULL)
    return;
  g_free (*field);
  *field = g_strdup (text);
}

/* Brings the population's time to now, so that a script's events carry the present. */
static void
wake (GsPopulation *self)
{
  gs_population_advance (self, gs_sim_hall_now_utc_ms (self->hall));
}

static int
choose_gate (GsPopulation *self, json_t *wish)
{
  const char *name = gs_sim_json_text (wish, "gate");

  for (guint i = 0; i < self->gates->len; i++)
    if (g_strcmp0 (((GsGatePlace *) g_ptr_array_index (self->gates, i))->id, name) == 0)
      return (int) i;
  if (name != NULL)
    return -1;
  for (guint i = 0; i < self->gates->len; i++)
    {
      guint index = self->next_gate++ % self->gates->len;
      GsGatePlace *gate = g_ptr_array_index (self->gates, index);

      if (gate->crossing == NULL && !gate->closed)
        return (int) index;
    }
  return 0;
}

static GsVisitor *
make_visitor (GsPopulation *self, json_t *wish)
{
  json_t *person = json_object_get (wish, "person");
  json_t *reasons = json_object_get (wish, "reasons");
  json_t *stand_in = json_object_get (wish, "stand_in");
  GsVisitor *visitor = g_new0 (GsVisitor, 1);
  int face =
    json_is_integer (person) ? (int) json_integer_value (person) : gs_population_take_face (self);
  GsSimTraveller *traveller;

  if (!json_is_integer (person) && face >= 0)
    gs_population_release_face (self, face);
  /* All are worn: a script gets its traveller all the same. */
  if (face < 0 && !json_is_integer (person))
    {
      face = (int) self->next_face;
      self->next_face = (self->next_face + 7) % GS_SIM_PERSONS;
    }
  face = CLAMP (face, 0, GS_SIM_PERSONS - 1);
  visitor->id = gs_sim_random_uuid (self->random);
  replace_text (&visitor->id, wish, "id");
  visitor->reason = g_strdup (json_string_value (json_array_get (reasons, 0)));
  visitor->second_reason = g_strdup (json_string_value (json_array_get (reasons, 1)));
  visitor->stand_in = json_is_integer (stand_in)
                        ? CLAMP ((int) json_integer_value (stand_in), 0, GS_SIM_PERSONS - 1)
                        : -1;
  visitor->blend = CLAMP (json_number_value (json_object_get (wish, "blend")), 0.0, 1.0);
  visitor->wants_stamp = json_is_true (json_object_get (wish, "wants_stamp"));
  replace_text (&visitor->party, wish, "party");
  replace_text (&visitor->fault, wish, "fault");
  replace_text (&visitor->flight, wish, "flight");
  replace_text (&visitor->passport, wish, "passport");
  traveller = gs_population_new_traveller (self, face, gs_sim_json_text (wish, "surname"),
                                           g_strcmp0 (visitor->reason, "D06") == 0,
                                           gs_population_now_utc_ms (self));
  replace_text (&traveller->given_names, wish, "given_names");
  replace_text (&traveller->document_number, wish, "document_number");
  replace_text (&traveller->nationality, wish, "nationality");
  replace_text (&traveller->birth_date, wish, "birth_date");
  replace_text (&traveller->expiry_date, wish, "expiry_date");
  if (gs_sim_json_text (wish, "sex") != NULL)
    traveller->sex = *gs_sim_json_text (wish, "sex") == 'M' ? "M" : "F";
  visitor->traveller = traveller;
  return visitor;
}

static void
tell_everything (GsPopulation *self, GsVisitor *visitor, json_t *wish)
{
  json_t *extra = json_object_get (wish, "checks");
  json_t *score = json_object_get (wish, "score");
  json_t *boarding = json_object_get (wish, "boarding_closes_in_seconds");
  gint64 closes = GS_TIME_UNKNOWN;

  gs_population_tell_started (self, visitor);
  gs_population_tell_document (self, visitor, extra);
  gs_population_tell_background (self, visitor, extra);
  gs_population_tell_face (self, visitor,
                           json_is_number (score) ? json_number_value (score) : -1.0);
  if (json_is_number (boarding))
    closes = gs_population_now_utc_ms (self) + (gint64) (json_number_value (boarding) * 1000.0);
  if (visitor->flight != NULL)
    gs_population_tell_flight (self, visitor, closes);
}

static void
finish_gate (GsPopulation *self, GsVisitor *visitor, gboolean referred)
{
  GsGatePlace *gate = g_ptr_array_index (self->gates, (guint) visitor->gate);

  if (referred)
    {
      gs_population_publish_gate (self, gate->id, gate->fault ? "fault" : "referred",
                                  visitor->reason);
      g_free (gate->crossing);
      gate->crossing = g_strdup (visitor->id);
      return;
    }
  gs_population_publish_gate (self, gate->id, gate->closed ? "closed" : "free", NULL);
}

static json_t *
describe (GsPopulation *self, GsVisitor *visitor)
{
  char first[GS_SIM_MRZ_LINE + 1], second[GS_SIM_MRZ_LINE + 1];

  gs_sim_traveller_write_mrz (visitor->traveller, first, second);
  return json_pack ("{s:s, s:[s, s], s:s, s:s, s:i, s:I}", "crossing", visitor->id, "mrz", first,
                    second, "document_number", visitor->traveller->document_number, "gate",
                    ((GsGatePlace *) g_ptr_array_index (self->gates, (guint) visitor->gate))->id,
                    "person", visitor->traveller->person, "last_event",
                    (json_int_t) gs_sim_log_get_newest (gs_sim_hall_get_log (self->hall)));
}

json_t *
gs_population_script_crossing (GsPopulation *self, json_t *wish, char **problem)
{
  json_t *reasons = json_object_get (wish, "reasons");
  json_t *admitted = json_object_get (wish, "admitted");
  gboolean referred = json_array_size (reasons) > 0;
  const char *direction = gs_sim_json_text (wish, "direction");
  g_autoptr (GsVisitor) visitor = NULL;
  json_t *answer;
  int gate = choose_gate (self, wish);

  if (gate < 0)
    return complain (problem, "there is no such gate");
  if (direction != NULL
      && g_strcmp0 (direction, gs_sim_hall_get_config (self->hall)->direction) != 0)
    return complain (problem, "the hall goes the other way; start it with --direction");
  wake (self);
  visitor = make_visitor (self, wish);
  if (gs_sim_hall_get_crossing (self->hall, visitor->id) != NULL)
    return complain (problem, "there is a crossing of that id");
  visitor->gate = gate;

  gs_sim_hall_begin (self->hall);
  tell_everything (self, visitor, wish);
  if (referred)
    gs_population_tell_referred (self, visitor, json_deep_copy (reasons));
  else if (admitted == NULL || json_is_true (admitted))
    gs_population_tell_admitted (self, visitor);
  if (referred || admitted == NULL || json_is_true (admitted))
    finish_gate (self, visitor, referred);
  gs_sim_hall_commit (self->hall);
  answer = describe (self, visitor);
  gs_population_keep_scripted (self, g_steal_pointer (&visitor));
  return answer;
}

json_t *
gs_population_script_event (GsPopulation *self, const char *what, json_t *wish, char **problem)
{
  const char *id = gs_sim_json_text (wish, "crossing");
  GsSimCrossing *crossing = id == NULL ? NULL : gs_sim_hall_get_crossing (self->hall, id);
  g_autofree char *type = g_strconcat ("crossing.", what, NULL);
  const char *reason = gs_sim_json_text (wish, "reason");
  json_t *data;
  gint64 event;

  if (crossing == NULL)
    return complain (problem, "there is no such crossing");
  wake (self);
  data = json_pack ("{s:o}", "at", gs_sim_json_new_time (gs_population_now_utc_ms (self)));
  if (g_str_equal (what, "boarded"))
    {
      const char *cause = gs_sim_json_text (wish, "cause");

      json_object_set_new (data, "flight",
                           gs_sim_json_new_text (gs_sim_json_text (crossing->flight, "flight")));
      json_object_set_new (data, "cause", json_string (cause ? cause : "boarded"));
    }
  else if (g_str_equal (what, "cancelled"))
    json_object_set_new (data, "reason", json_string (reason ? reason : "missed-flight"));
  event = gs_population_publish (self, type, id, data);
  gs_population_forget_visitor (self, id);
  return json_pack ("{s:I}", "event", (json_int_t) event);
}

typedef struct
{
  const char *flight;
  GPtrArray *ids;
} FlightSearch;

static void
collect_flight (GsSimCrossing *crossing, gpointer user_data)
{
  FlightSearch *search = user_data;

  if (crossing->state == GS_SIM_STATE_ADMITTED && crossing->window == GS_SIM_WINDOW_OPEN
      && g_strcmp0 (gs_sim_json_text (crossing->flight, "flight"), search->flight) == 0)
    g_ptr_array_add (search->ids, g_strdup (crossing->id));
}

json_t *
gs_population_script_flight (GsPopulation *self, json_t *wish, char **problem)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  FlightSearch search = { gs_sim_json_text (wish, "flight"), ids };

  if (search.flight == NULL)
    return complain (problem, "flight must be a text");
  wake (self);
  gs_sim_hall_foreach_crossing (self->hall, collect_flight, &search);
  for (guint i = 0; i < ids->len; i++)
    {
      gs_population_publish (self, "crossing.boarded", g_ptr_array_index (ids, i),
                             json_pack ("{s:o, s:s, s:s}", "at",
                                        gs_sim_json_new_time (gs_population_now_utc_ms (self)),
                                        "flight", search.flight, "cause", "closed"));
      gs_population_forget_visitor (self, g_ptr_array_index (ids, i));
    }
  return json_pack ("{s:i}", "boarded", (int) ids->len);
}

json_t *
gs_population_script_step_up (GsPopulation *self, json_t *wish, char **problem)
{
  const char *crossing = gs_sim_json_text (wish, "crossing");
  const char *desk = gs_sim_json_text (wish, "desk");

  if (crossing == NULL || desk == NULL)
    return complain (problem, "crossing and desk must be texts");
  if (!gs_population_step_up (self, crossing, desk))
    return complain (problem, "no such crossing, or the desk has no reader");
  return json_pack ("{s:s, s:s}", "crossing", crossing, "desk", desk);
}

json_t *
gs_population_script_gate (GsPopulation *self, json_t *wish, char **problem)
{
  const char *id = gs_sim_json_text (wish, "gate");
  const char *state = gs_sim_json_text (wish, "state");
  GsGatePlace *gate = gs_population_find_gate (self, id);

  if (gate == NULL || state == NULL)
    return complain (problem, "gate must be a gate of the hall and state a text");
  wake (self);
  gate->closed = g_str_equal (state, "closed");
  gate->fault = g_str_equal (state, "fault");
  if (g_str_equal (state, "free"))
    g_clear_pointer (&gate->crossing, g_free);
  gs_population_publish_gate (self, id, state, gs_sim_json_text (wish, "reason"));
  return json_pack ("{s:s, s:s}", "gate", id, "state", state);
}

json_t *
gs_population_script_gate_fault (GsPopulation *self, json_t *wish, char **problem)
{
  const char *id = gs_sim_json_text (wish, "gate");
  int count = (int) json_integer_value (json_object_get (wish, "count"));
  g_autofree char *fault = gs_sim_random_uuid (self->random);
  int first = choose_gate (self, wish);
  json_t *made = json_array ();

  if (first < 0 || id == NULL)
    {
      json_decref (made);
      return complain (problem, "gate must be a gate of the hall");
    }
  count = CLAMP (count, 1, (int) self->gates->len);
  for (int i = 0; i < count; i++)
    {
      guint index = ((guint) first + (guint) i) % self->gates->len;
      GsGatePlace *gate = g_ptr_array_index (self->gates, index);
      g_autoptr (json_t) one =
        json_pack ("{s:[s], s:s, s:s}", "reasons", "G06", "gate", gate->id, "fault", fault);

      gate->fault = TRUE;
      json_array_append_new (made, gs_population_script_crossing (self, one, problem));
    }
  return json_pack ("{s:s, s:o}", "fault", fault, "crossings", made);
}

static void
list_one (GsSimCrossing *crossing, gpointer user_data)
{
  gpointer *context = user_data;
  GsPopulation *self = context[0];
  json_t *facts = gs_sim_hall_get_facts (self->hall, crossing->id);
  json_t *item = gs_sim_crossing_to_json (crossing, 0);

  json_object_set_new (item, "traveller",
                       crossing->traveller ? json_incref (crossing->traveller) : json_null ());
  if (facts != NULL)
    json_object_update (item, facts);
  json_array_append_new (context[1], item);
}

json_t *
gs_population_list (GsPopulation *self)
{
  json_t *list = json_array ();
  gpointer context[] = { self, list };

  gs_sim_hall_foreach_crossing (self->hall, list_one, context);
  return json_pack ("{s:o}", "crossings", list);
}
