/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-looks.h"

#include "gs-sim-json.h"
#include "gs-utopia-people.h"

#include <stdlib.h>
#include <string.h>

#define STEP_US (200 * G_TIME_SPAN_MILLISECOND)
#define FIRST_TROUBLE_PERCENT 14

struct _GsSimLooks
{
  GsSimHall *hall;
  GsPopulation *population;
  GsSimCameras *cameras;
  GString *ports;
  gboolean has_gates;
  gint64 stepped_us;
};

static GsUtopiaWho
who_of (const GsPopulationFace *face)
{
  return (GsUtopiaWho){ (guint) face->person, (guint) face->other, (float) face->blend };
}

/* Some do not do it right at first, and then they do: the same traveller always the same. */
static GsSimTrouble
first_trouble (const GsPopulationFace *face, const char *key, double *seconds)
{
  static const GsSimTrouble troubles[] = { GS_SIM_TROUBLE_TURNED, GS_SIM_TROUBLE_FAR,
                                           GS_SIM_TROUBLE_NOBODY, GS_SIM_TROUBLE_TWO_FACES };
  guint hash = g_str_hash (key) * 2654435761u >> 8;

  *seconds = 3.0 + (double) (hash / 100 % 40) / 10.0;
  if (face->is_scripted || hash % 100 >= FIRST_TROUBLE_PERCENT)
    return GS_SIM_TROUBLE_NONE;
  return troubles[hash / 7 % G_N_ELEMENTS (troubles)];
}

static gboolean
stand (const char *desk, const GsPopulationFace *face, const char *key, gpointer user_data)
{
  GsSimLooks *self = user_data;
  GsSimTrouble trouble;
  GsUtopiaWho who;
  double seconds;

  if (!gs_sim_cameras_has_desk (self->cameras, desk))
    return FALSE;
  if (face == NULL)
    {
      gs_sim_cameras_stand (self->cameras, desk, NULL, GS_SIM_TROUBLE_NONE, 0.0);
      return TRUE;
    }
  who = who_of (face);
  trouble = first_trouble (face, key, &seconds);
  gs_sim_cameras_stand (self->cameras, desk, &who, trouble, seconds);
  return TRUE;
}

GsSimLooks *
gs_sim_looks_new (
  GsSimHall *hall, GsPopulation *population, const char *portraits, guint64 seed, GError **error)
{
  GsSimCameras *cameras = gs_sim_cameras_new (portraits, seed, error);
  GsSimLooks *self;

  if (cameras == NULL)
    return NULL;
  self = g_new0 (GsSimLooks, 1);
  self->hall = hall;
  self->population = population;
  self->cameras = cameras;
  self->ports = g_string_new (NULL);
  gs_population_set_stand (population, stand, self);
  return self;
}

void
gs_sim_looks_free (GsSimLooks *self)
{
  gs_population_set_stand (self->population, NULL, NULL);
  gs_sim_cameras_free (self->cameras);
  g_string_free (self->ports, TRUE);
  g_free (self);
}

gboolean
gs_sim_looks_add_desk (GsSimLooks *self, const char *wish, GError **error)
{
  const char *equals = strchr (wish, '=');
  g_autofree char *desk = equals == NULL ? NULL : g_strndup (wish, (gsize) (equals - wish));
  guint64 port;

  if (desk == NULL || *desk == '\0'
      || !g_ascii_string_to_unsigned (equals + 1, 10, 0, 65535, &port, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is not DESK=PORT", wish);
      return FALSE;
    }
  port = gs_sim_cameras_add_desk (self->cameras, desk, (guint) port, error);
  if (port == 0)
    return FALSE;
  g_string_append_printf (self->ports, "camera-%s %u\n", desk, (guint) port);
  return TRUE;
}

gboolean
gs_sim_looks_add_gates (GsSimLooks *self,
                        const char *ca,
                        const char *certificate,
                        const char *key,
                        guint port,
                        GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) gates = NULL;
  g_autofree char *base = NULL;

  for (guint i = 1; i <= gs_sim_hall_get_config (self->hall)->gates; i++)
    {
      g_autofree char *gate = g_strdup_printf ("gate-%u", i);

      g_strv_builder_add (builder, gate);
    }
  gates = g_strv_builder_end (builder);
  port = gs_sim_cameras_add_gates (self->cameras, (const char *const *) gates, ca, certificate, key,
                                   port, error);
  if (port == 0)
    return FALSE;
  base = g_strdup_printf ("rtsps://localhost:%u/gates/", port);
  gs_sim_hall_set_cameras (self->hall, base);
  g_string_append_printf (self->ports, "gate-cameras %u\n", port);
  self->has_gates = TRUE;
  return TRUE;
}

void
gs_sim_looks_announce (GsSimLooks *self, GString *text)
{
  g_string_append (text, self->ports->str);
}

void
gs_sim_looks_step (GsSimLooks *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!self->has_gates || now_us - self->stepped_us < STEP_US)
    return;
  self->stepped_us = now_us;
  for (guint i = 1; i <= gs_sim_hall_get_config (self->hall)->gates; i++)
    {
      g_autofree char *gate = g_strdup_printf ("gate-%u", i);
      g_auto (GStrv) desks = gs_sim_hall_get_watchers (self->hall, gate);
      GsPopulationFace face;
      GsUtopiaWho who;
      const char *key;

      gs_sim_cameras_set_watchers (self->cameras, gate, (const char *const *) desks);
      if (gs_population_get_in_gate (self->population, gate, &face, &key))
        {
          who = who_of (&face);
          gs_sim_cameras_stand (self->cameras, gate, &who, GS_SIM_TROUBLE_NONE, 0.0);
        }
      else
        gs_sim_cameras_stand (self->cameras, gate, NULL, GS_SIM_TROUBLE_NONE, 0.0);
    }
}

json_t *
gs_sim_looks_script (GsSimLooks *self, json_t *wish, char **problem)
{
  const char *place = gs_sim_json_text (wish, "desk");
  const char *word = gs_sim_json_text (wish, "trouble");
  json_t *person = json_object_get (wish, "person");
  GsUtopiaWho other = { .a = (guint) json_integer_value (person) % GS_UTOPIA_PEOPLE };
  GsSimTrouble trouble;

  if (place == NULL)
    place = gs_sim_json_text (wish, "gate");
  if (place == NULL || !gs_sim_trouble_from_word (word, &trouble))
    {
      *problem = g_strdup (
        "desk (or gate) must be a text, and trouble one of nobody, two-faces, dark, turned, "
        "another-person, blurred, far, freeze, garbage, stop, none");
      return NULL;
    }
  if (!gs_sim_cameras_set_trouble (self->cameras, place, trouble,
                                   json_is_integer (person) ? &other : NULL))
    {
      *problem = g_strdup ("no such desk or gate with a camera");
      return NULL;
    }
  return json_pack ("{s:s, s:s}", "desk", place, "trouble", word);
}
