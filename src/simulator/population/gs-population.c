/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population-private.h"

#include "gs-referral-mix.h"
#include "gs-sim-json.h"
#include "gs-sim-random.h"
#include "gs-time.h"

#include <math.h>
#include <string.h>

/* Milliseconds of the population's own time. */
#define GATE_MEDIAN_MS 15000.0
#define CUSTOMS_MEDIAN_MS 90000.0
#define STAMP_PATIENCE_MS 240000.0
#define STEP_UP_MS 1500.0
#define FAULT_EVERY_MS 1200000.0
#define FAULT_LASTS_MS 60000.0
#define DESK_BUSY_MS 60000.0
#define LONGEST_QUEUE 40

static void gates_iface_init (GsSimGatesInterface *iface);

G_DEFINE_TYPE_WITH_CODE (GsPopulation,
                         gs_population,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (GS_TYPE_SIM_GATES, gates_iface_init))

/* ---- small things ---- */

gint64
gs_population_now_utc_ms (GsPopulation *self)
{
  if (self->loading)
    return self->load_utc_ms;
  return self->start_utc_ms + (gint64) (self->now_ms / self->config.speed);
}

gint64
gs_population_publish (GsPopulation *self, const char *type, const char *subject, json_t *data)
{
  self->made++;
  return gs_sim_hall_publish (self->hall, type, subject, data, gs_population_now_utc_ms (self));
}

static void
schedule (GsPopulation *self, double delay_ms, int kind, const char *subject)
{
  gs_schedule_add (self->schedule, self->now_ms + delay_ms, kind, subject);
}

GsGatePlace *
gs_population_find_gate (GsPopulation *self, const char *id)
{
  for (guint i = 0; i < self->gates->len; i++)
    {
      GsGatePlace *gate = g_ptr_array_index (self->gates, i);

      if (g_strcmp0 (gate->id, id) == 0)
        return gate;
    }
  return NULL;
}

static GsGatePlace *
find_gate_of (GsPopulation *self, const char *crossing)
{
  for (guint i = 0; i < self->gates->len; i++)
    {
      GsGatePlace *gate = g_ptr_array_index (self->gates, i);

      if (g_strcmp0 (gate->crossing, crossing) == 0)
        return gate;
    }
  return NULL;
}

static void
gate_free (gpointer data)
{
  GsGatePlace *gate = data;

  g_free (gate->id);
  g_free (gate->crossing);
  g_free (gate);
}

static void
flight_free (gpointer data)
{
  g_free (((GsFlight *) data)->name);
  g_free (data);
}

/* ---- visitors ---- */

void
gs_visitor_free (GsVisitor *self)
{
  g_clear_pointer (&self->traveller, gs_sim_traveller_free);
  g_free (self->id);
  g_free (self->party);
  g_free (self->flight);
  g_free (self->fault);
  g_free (self->reason);
  g_free (self->second_reason);
  g_free (self->passport);
  g_free (self);
}

static void
drop_face (GsPopulation *self, GsVisitor *visitor)
{
  if (visitor->holds_face)
    gs_population_release_face (self, visitor->traveller->person);
  visitor->holds_face = FALSE;
}

void
gs_population_forget_visitor (GsPopulation *self, const char *id)
{
  GsVisitor *visitor = g_hash_table_lookup (self->visitors, id);

  gs_population_take (self, id);
  if (visitor == NULL)
    return;
  drop_face (self, visitor);
  g_hash_table_remove (self->visitors, id);
}

GsVisitor *
gs_population_add_visitor (GsPopulation *self, int person, const char *surname)
{
  GsVisitor *visitor = g_new0 (GsVisitor, 1);

  visitor->stand_in = -1;
  visitor->id = gs_sim_random_uuid (self->random);
  if (gs_sim_random_percent (self->random, self->config.referral_percent))
    {
      visitor->reason = g_strdup (gs_referral_mix_pick (self->random));
      if (gs_sim_random_percent (self->random, 12.0))
        visitor->second_reason = g_strdup (gs_referral_mix_pick (self->random));
      if (g_strcmp0 (visitor->reason, visitor->second_reason) == 0)
        g_clear_pointer (&visitor->second_reason, g_free);
    }
  visitor->traveller = gs_population_new_traveller (
    self, person, surname, g_strcmp0 (visitor->reason, "D06") == 0, self->start_utc_ms);
  visitor->wants_stamp = gs_sim_random_percent (self->random, self->config.stamp_percent);
  visitor->holds_face = TRUE;
  g_hash_table_insert (self->visitors, visitor->id, visitor);
  return visitor;
}

/* ---- gates ---- */

static void
seat (GsPopulation *self, GsVisitor *visitor, guint index)
{
  GsGatePlace *gate = g_ptr_array_index (self->gates, index);
  double length =
    CLAMP (gs_sim_random_lognormal (self->random, GATE_MEDIAN_MS, 0.35), 5000.0, 90000.0);

  visitor->gate = (int) index;
  visitor->gate_ms = length;
  g_free (gate->crossing);
  gate->crossing = g_strdup (visitor->id);
  gs_population_tell_started (self, visitor);
  schedule (self, 0.25 * length, GS_ACT_DOCUMENT, visitor->id);
  schedule (self, 0.45 * length, GS_ACT_BACKGROUND, visitor->id);
  if (visitor->flight != NULL)
    schedule (self, 0.50 * length, GS_ACT_FLIGHT, visitor->id);
  schedule (self, 0.85 * length, GS_ACT_FACE, visitor->id);
  schedule (self, length, GS_ACT_RESULT, visitor->id);
}

static void
seat_waiting (GsPopulation *self)
{
  for (guint i = 0; i < self->gates->len && !g_queue_is_empty (&self->waiting); i++)
    {
      guint index = (self->next_gate + i) % self->gates->len;
      GsGatePlace *gate = g_ptr_array_index (self->gates, index);

      if (gate->crossing == NULL && !gate->closed && !gate->fault)
        seat (self, g_queue_pop_head (&self->waiting), index);
    }
  self->next_gate = (self->next_gate + 5) % self->gates->len;
}

static void
empty_gate (GsPopulation *self, GsGatePlace *gate)
{
  g_clear_pointer (&gate->crossing, g_free);
  gate->fault = FALSE;
  if (!gate->closed)
    gs_population_publish_gate (self, gate->id, "free", NULL);
  seat_waiting (self);
}

/* ---- what happens ---- */

static void
arrive (GsPopulation *self)
{
  gboolean family = gs_sim_random_percent (self->random, 12.0);
  int size = family ? g_rand_int_range (self->random, 2, 5) : 1;
  g_autofree char *party = family ? gs_sim_random_uuid (self->random) : NULL;
  g_autofree char *surname = NULL;

  /* 1.24 travellers come in a mean party. */
  schedule (self,
            gs_sim_random_exponential (self->random, 60000.0 * 1.24 / self->config.per_minute),
            GS_ACT_ARRIVE, NULL);
  for (int i = 0; i < size && self->waiting.length < LONGEST_QUEUE; i++)
    {
      int person = gs_population_take_face (self);
      GsVisitor *visitor;

      if (person < 0)
        break;
      visitor = gs_population_add_visitor (self, person, surname);
      visitor->party = g_strdup (party);
      if (surname == NULL)
        surname = g_strdup (visitor->traveller->surname);
      if (!gs_population_is_arrival (self))
        visitor->flight =
          g_strdup (((GsFlight *) g_ptr_array_index (
                       self->flights,
                       (guint) g_rand_int_range (self->random, 1, (gint32) self->flights->len)))
                      ->name);
      g_queue_push_tail (&self->waiting, visitor);
    }
  seat_waiting (self);
}

static void
schedule_leave (GsPopulation *self, GsVisitor *visitor)
{
  double delay = gs_sim_random_lognormal (self->random, CUSTOMS_MEDIAN_MS, 0.4);
  GsFlight *flight = gs_population_find_flight (self, visitor->flight);

  if (flight != NULL)
    {
      double left = MAX (flight->closes_ms - self->now_ms, 0.0);

      /* Most board in the last quarter of an hour; some come too late, and the flight closes. */
      delay = left - g_rand_double_range (self->random, -60000.0, MIN (900000.0, left));
    }
  if (visitor->wants_stamp)
    delay = MAX (delay, STAMP_PATIENCE_MS);
  schedule (self, delay, GS_ACT_LEAVE, visitor->id);
}

static void
refer (GsPopulation *self, GsVisitor *visitor)
{
  GsGatePlace *gate = g_ptr_array_index (self->gates, (guint) visitor->gate);
  json_t *reasons = json_pack ("[s]", visitor->reason);

  if (visitor->second_reason != NULL)
    json_array_append_new (reasons, json_string (visitor->second_reason));
  visitor->done = TRUE;
  if (!visitor->documented)
    gs_population_tell_document (self, visitor, NULL);
  gs_population_tell_referred (self, visitor, reasons);
  gs_population_publish_gate (self, gate->id, gate->fault ? "fault" : "referred", visitor->reason);
  schedule (self, gate->fault ? FAULT_LASTS_MS : g_rand_double_range (self->random, 20000, 40000),
            GS_ACT_GATE_FREE, gate->id);
  if (self->config.unattended_minutes > 0.0)
    schedule (self, self->config.unattended_minutes * 60000.0, GS_ACT_UNATTENDED, visitor->id);
}

static void
admit (GsPopulation *self, GsVisitor *visitor)
{
  GsGatePlace *gate = g_ptr_array_index (self->gates, (guint) visitor->gate);

  visitor->done = TRUE;
  gs_population_tell_admitted (self, visitor);
  schedule (self, 1500.0, GS_ACT_GATE_FREE, gate->id);
  if (visitor->wants_stamp)
    schedule (self, g_rand_double_range (self->random, 15000, 40000), GS_ACT_STEP_UP_ALONE,
              visitor->id);
  else
    drop_face (self, visitor);
  schedule_leave (self, visitor);
}

static void
leave (GsPopulation *self, GsVisitor *visitor)
{
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self->hall, visitor->id);

  if (crossing == NULL || crossing->state != GS_SIM_STATE_ADMITTED)
    return;
  if (gs_sim_hall_get_config (self->hall)->closing_events)
    {
      if (visitor->flight != NULL)
        gs_population_tell_boarded (self, visitor, "boarded");
      else
        gs_population_publish (
          self, "crossing.customs", visitor->id,
          json_pack ("{s:o}", "at", gs_sim_json_new_time (gs_population_now_utc_ms (self))));
    }
  gs_population_forget_visitor (self, visitor->id);
}

/* The hall's own people lead away whom no desk decides about. */
static void
lead_away (GsPopulation *self, GsVisitor *visitor)
{
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self->hall, visitor->id);

  if (crossing == NULL || crossing->state != GS_SIM_STATE_REFERRED)
    return;
  if (crossing->lease_desk != NULL)
    {
      schedule (self, 60000.0, GS_ACT_UNATTENDED, visitor->id);
      return;
    }
  gs_population_publish (self, "crossing.resolved", visitor->id,
                         json_pack ("{s:s, s:s, s:s}", "outcome", "second-line", "officer",
                                    "hall-supervisor", "desk", "hall"));
  gs_population_forget_visitor (self, visitor->id);
}

static void
step_up_alone (GsPopulation *self, GsVisitor *visitor)
{
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self->hall, visitor->id);

  if (self->desks->len == 0 || crossing == NULL || !gs_sim_crossing_is_open (crossing))
    return;
  for (guint i = 0; i < self->desks->len; i++)
    {
      const char *desk = g_ptr_array_index (self->desks, i);
      double *busy = g_hash_table_lookup (self->desk_busy, desk);

      if (*busy > self->now_ms)
        continue;
      *busy = self->now_ms + DESK_BUSY_MS;
      gs_population_step_up (self, visitor->id, desk);
      return;
    }
  schedule (self, 20000.0, GS_ACT_STEP_UP_ALONE, visitor->id);
}

static void
break_gates (GsPopulation *self)
{
  guint first = 4 * (guint) g_rand_int_range (self->random, 0, (gint32) self->gates->len);
  g_autofree char *fault = gs_sim_random_uuid (self->random);

  schedule (self, gs_sim_random_exponential (self->random, FAULT_EVERY_MS), GS_ACT_GATE_FAULT,
            NULL);
  for (guint i = 0; i < 4; i++)
    {
      GsGatePlace *gate = g_ptr_array_index (self->gates, (first + i) % self->gates->len);
      GsVisitor *visitor =
        gate->crossing == NULL ? NULL : g_hash_table_lookup (self->visitors, gate->crossing);

      if (visitor == NULL || visitor->done || gate->fault)
        continue;
      gate->fault = TRUE;
      visitor->fault = g_strdup (fault);
      g_free (visitor->reason);
      visitor->reason = g_strdup ("G06");
      g_clear_pointer (&visitor->second_reason, g_free);
      refer (self, visitor);
    }
}

static void
act_for_visitor (GsPopulation *self, int kind, GsVisitor *visitor)
{
  gboolean in_gate = kind >= GS_ACT_DOCUMENT && kind <= GS_ACT_RESULT;

  if (in_gate && visitor->done)
    return;
  if (kind == GS_ACT_DOCUMENT && visitor->documented)
    return;
  if (kind == GS_ACT_DOCUMENT)
    gs_population_tell_document (self, visitor, NULL);
  else if (kind == GS_ACT_BACKGROUND)
    gs_population_tell_background (self, visitor, NULL);
  else if (kind == GS_ACT_FLIGHT)
    gs_population_tell_flight (self, visitor,
                               gs_population_flight_closes_utc_ms (self, visitor->flight));
  else if (kind == GS_ACT_FACE)
    gs_population_tell_face (self, visitor, -1.0);
  else if (kind == GS_ACT_RESULT && visitor->reason != NULL)
    refer (self, visitor);
  else if (kind == GS_ACT_RESULT)
    admit (self, visitor);
  else if (kind == GS_ACT_LEAVE)
    leave (self, visitor);
  else if (kind == GS_ACT_UNATTENDED)
    lead_away (self, visitor);
  else if (kind == GS_ACT_STEP_UP_ALONE)
    step_up_alone (self, visitor);
}

static void
act (GsPopulation *self, const GsScheduled *item)
{
  GsVisitor *visitor = NULL;
  GsGatePlace *gate;
  const char *space;

  self->now_ms = item->at_ms;
  switch (item->kind)
    {
    case GS_ACT_ARRIVE:
      if (self->running)
        arrive (self);
      return;
    case GS_ACT_GATE_FAULT:
      if (self->running)
        break_gates (self);
      return;
    case GS_ACT_CLOSE_FLIGHT:
      gs_population_close_flight (self, item->subject);
      return;
    case GS_ACT_GATE_FREE:
      gate = gs_population_find_gate (self, item->subject);
      if (gate != NULL)
        empty_gate (self, gate);
      return;
    case GS_ACT_STEP_UP:
      space = strchr (item->subject, ' ');
      if (space != NULL)
        {
          g_autofree char *crossing = g_strndup (item->subject, (gsize) (space - item->subject));

          gs_population_step_up (self, crossing, space + 1);
        }
      return;
    default:
      visitor = g_hash_table_lookup (self->visitors, item->subject);
      if (visitor != NULL)
        act_for_visitor (self, item->kind, visitor);
    }
}

/* ---- GsSimGates ---- */

static gboolean
gs_population_call_forward (GsSimGates *gates, const char *id, const char *desk)
{
  GsPopulation *self = GS_POPULATION (gates);
  GsSimCrossing *crossing = gs_sim_hall_get_crossing (self->hall, id);
  g_autofree char *subject = g_strconcat (id, " ", desk, NULL);
  double now_ms;

  if (crossing == NULL || !gs_sim_crossing_is_open (crossing)
      || crossing->state == GS_SIM_STATE_IN_GATE)
    return FALSE;
  now_ms = (double) (gs_sim_hall_now_utc_ms (self->hall) - self->start_utc_ms) * self->config.speed;
  gs_schedule_add (self->schedule, MAX (now_ms, self->now_ms) + STEP_UP_MS, GS_ACT_STEP_UP,
                   subject);
  return TRUE;
}

static void
release_exit (GsPopulation *self, GsGatePlace *gate, const char *reason)
{
  GsVisitor *visitor =
    gate->crossing == NULL ? NULL : g_hash_table_lookup (self->visitors, gate->crossing);

  if (visitor != NULL && !visitor->done)
    {
      g_free (visitor->reason);
      visitor->reason = g_strdup ("O03");
      g_clear_pointer (&visitor->second_reason, g_free);
      refer (self, visitor);
    }
  gs_population_publish_gate (self, gate->id, "held", reason ? reason : "exit-released");
  schedule (self, 5000.0, GS_ACT_GATE_FREE, gate->id);
}

static void
gs_population_command (GsSimGates *gates, const char *id, const char *command, const char *reason)
{
  GsPopulation *self = GS_POPULATION (gates);
  GsGatePlace *gate = gs_population_find_gate (self, id);

  if (gate == NULL)
    return;
  gs_population_advance (self, gs_sim_hall_now_utc_ms (self->hall));
  if (g_str_equal (command, "close"))
    {
      gate->closed = TRUE;
      gs_population_publish_gate (self, id, "closed", reason);
    }
  else if (g_str_equal (command, "reopen"))
    {
      gate->closed = gate->fault = FALSE;
      gs_population_publish_gate (self, id, gate->crossing == NULL ? "free" : "occupied", reason);
      seat_waiting (self);
    }
  else
    release_exit (self, gate, reason);
}

/* Sent back: the same document comes through another gate a little later. */
static void
send_back (GsPopulation *self, GsVisitor *visitor)
{
  GsVisitor *again = g_new0 (GsVisitor, 1);

  again->id = gs_sim_random_uuid (self->random);
  again->stand_in = visitor->stand_in;
  again->blend = visitor->blend;
  again->traveller = g_steal_pointer (&visitor->traveller);
  again->party = g_strdup (visitor->party);
  again->flight = g_strdup (visitor->flight);
  again->holds_face = visitor->holds_face;
  again->wants_stamp = visitor->wants_stamp;
  again->passport =
    g_strdup (gs_sim_json_text (gs_sim_hall_get_facts (self->hall, visitor->id), "passport"));
  g_hash_table_remove (self->visitors, visitor->id);
  g_hash_table_insert (self->visitors, again->id, again);
  g_queue_push_tail (&self->waiting, again);
}

static void
gs_population_decided (GsSimGates *gates, const char *id, const char *outcome)
{
  GsPopulation *self = GS_POPULATION (gates);
  GsVisitor *visitor = g_hash_table_lookup (self->visitors, id);
  GsGatePlace *gate = find_gate_of (self, id);

  gs_population_advance (self, gs_sim_hall_now_utc_ms (self->hall));
  if (g_str_equal (outcome, "withdrawn"))
    return;
  gs_population_take (self, id);
  if (visitor != NULL && g_str_equal (outcome, "admitted"))
    schedule_leave (self, visitor);
  else if (visitor != NULL && g_str_equal (outcome, "back-to-gate"))
    send_back (self, visitor);
  else if (!g_str_equal (outcome, "second-line"))
    gs_population_forget_visitor (self, id);
  if (gate != NULL && !gate->fault)
    empty_gate (self, gate);
}

static void
gs_population_stamped (GsSimGates *gates, const char *id)
{
  GsPopulation *self = GS_POPULATION (gates);

  gs_population_advance (self, gs_sim_hall_now_utc_ms (self->hall));
  gs_population_take (self, id);
  if (g_hash_table_contains (self->visitors, id))
    schedule (self, 20000.0, GS_ACT_LEAVE, id);
}

static GBytes *
gates_load_evidence (GsSimGates *gates,
                     const char *crossing,
                     const char *name,
                     const char **content_type)
{
  return gs_population_load_evidence (GS_POPULATION (gates), crossing, name, content_type);
}

static void
gates_iface_init (GsSimGatesInterface *iface)
{
  iface->call_forward = gs_population_call_forward;
  iface->command = gs_population_command;
  iface->load_evidence = gates_load_evidence;
  iface->decided = gs_population_decided;
  iface->stamped = gs_population_stamped;
}

/* ---- life ---- */

static void
gs_population_finalize (GObject *object)
{
  GsPopulation *self = GS_POPULATION (object);

  g_queue_clear (&self->waiting);
  g_hash_table_unref (self->visitors);
  g_hash_table_unref (self->scripted);
  g_hash_table_unref (self->desk_busy);
  g_hash_table_unref (self->laid);
  g_hash_table_unref (self->standing);
  g_ptr_array_unref (self->gates);
  g_ptr_array_unref (self->flights);
  g_ptr_array_unref (self->desks);
  g_clear_pointer (&self->schedule, gs_schedule_free);
  g_clear_pointer (&self->random, g_rand_free);
  g_free (self->portraits);
  G_OBJECT_CLASS (gs_population_parent_class)->finalize (object);
}

static void
gs_population_class_init (GsPopulationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_population_finalize;
}

static void
gs_population_init (GsPopulation *self)
{
  self->schedule = gs_schedule_new ();
  self->visitors =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) gs_visitor_free);
  self->scripted =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) gs_visitor_free);
  self->desk_busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->laid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->standing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->gates = g_ptr_array_new_with_free_func (gate_free);
  self->flights = g_ptr_array_new_with_free_func (flight_free);
  self->desks = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->waiting);
}

static void
add_gates (GsPopulation *self)
{
  for (guint i = 1; i <= gs_sim_hall_get_config (self->hall)->gates; i++)
    {
      GsGatePlace *gate = g_new0 (GsGatePlace, 1);

      gate->id = g_strdup_printf ("gate-%u", i);
      gate->closed = g_strcmp0 (gs_sim_hall_get_gate_state (self->hall, gate->id), "closed") == 0;
      g_ptr_array_add (self->gates, gate);
    }
}

static void
start_population (GsPopulation *self)
{
  for (int i = 1; i <= GS_POPULATION_FLIGHTS && !gs_population_is_arrival (self); i++)
    gs_population_add_flight (self, self->now_ms + GS_POPULATION_FLIGHT_EVERY_MS * i);
  schedule (self, 500.0, GS_ACT_ARRIVE, NULL);
  schedule (self, gs_sim_random_exponential (self->random, FAULT_EVERY_MS), GS_ACT_GATE_FAULT,
            NULL);
}

GsPopulation *
gs_population_new (GsSimHall *hall, const GsPopulationConfig *config, gint64 start_utc_ms)
{
  GsPopulation *self = g_object_new (GS_TYPE_POPULATION, NULL);
  gint64 newest = gs_sim_log_get_newest (gs_sim_hall_get_log (hall));

  self->hall = hall;
  self->config = *config;
  self->config.portraits = NULL;
  self->portraits = g_strdup (config->portraits);
  self->start_utc_ms = start_utc_ms;
  self->running = !config->quiet;
  /* A restarted hall must not give out its first travellers' ids again. */
  self->random = g_rand_new_with_seed (config->seed ^ (guint32) (newest * 2654435761));
  add_gates (self);
  if (!config->quiet)
    {
      gs_population_adopt (self);
      start_population (self);
    }
  gs_sim_hall_set_gates (hall, GS_SIM_GATES (self));
  return self;
}

void
gs_population_set_scan (GsPopulation *self, GsPopulationScan scan, gpointer user_data)
{
  self->scan = scan;
  self->scan_data = user_data;
}

void
gs_population_add_desk (GsPopulation *self, const char *desk)
{
  g_ptr_array_add (self->desks, g_strdup (desk));
  g_hash_table_replace (self->desk_busy, g_strdup (desk), g_new0 (double, 1));
}

void
gs_population_advance (GsPopulation *self, gint64 now_utc_ms)
{
  double now_ms = (double) (now_utc_ms - self->start_utc_ms) * self->config.speed;
  GsScheduled *item;

  while ((item = gs_schedule_take (self->schedule, now_ms)) != NULL)
    {
      act (self, item);
      gs_scheduled_free (item);
    }
  self->now_ms = MAX (self->now_ms, now_ms);
}

guint
gs_population_make_events (GsPopulation *self, guint count, gint64 now_utc_ms)
{
  guint before = self->made, wanted = before + count;
  GsScheduled *item;

  self->loading = TRUE;
  self->load_utc_ms = now_utc_ms;
  if (gs_schedule_peek (self->schedule) < 0.0)
    {
      self->running = TRUE;
      start_population (self);
    }
  while ((gint) (wanted - self->made) > 0
         && (item = gs_schedule_take (self->schedule, INFINITY)) != NULL)
    {
      act (self, item);
      gs_scheduled_free (item);
    }
  self->loading = FALSE;
  /* The schedule ran ahead of the clock: from now on the two meet here. */
  self->start_utc_ms = now_utc_ms - (gint64) (self->now_ms / self->config.speed);
  return self->made - before;
}

void
gs_population_set_running (GsPopulation *self, gboolean running)
{
  if (running && !self->running)
    {
      self->running = TRUE;
      start_population (self);
    }
  self->running = running;
}

void
gs_population_set_rate (GsPopulation *self, double per_minute)
{
  self->config.per_minute = CLAMP (per_minute, 0.1, 100000.0);
}
