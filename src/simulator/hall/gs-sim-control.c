/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-control.h"

#include "gs-sim-json.h"

#include <libsoup/soup.h>
#include <string.h>

struct _GsSimControl
{
  GsSimHall *hall;
  GsSimService *service;
  GsSimFaults *faults;
  GsPopulation *population;
  GsSimScanners *scanners;
  GsSimLooks *looks;
  GsSimControlActions actions;
  SoupServer *server;
  guint port;
};

gboolean
gs_sim_control_set_fault (GsSimFaults *faults,
                          GsSimService *service,
                          const GsSimControlActions *actions,
                          const char *name,
                          gboolean on,
                          double seconds,
                          guint count)
{
  if (g_str_equal (name, "cut") || g_str_equal (name, "cut-clean"))
    gs_sim_service_cut (service, g_str_equal (name, "cut-clean"));
  else if (g_str_equal (name, "new-epoch"))
    return actions->new_epoch (actions->user_data);
  else if (g_str_equal (name, "lose-claims"))
    return actions->lose_claims (actions->user_data);
  else if (g_str_equal (name, "restart"))
    actions->restart (seconds, actions->user_data);
  else
    return gs_sim_faults_set (faults, name, on, seconds, count);
  return TRUE;
}

static json_t *
post_fault (GsSimControl *self, json_t *wish, char **problem)
{
  const char *name = gs_sim_json_text (wish, "fault");
  json_t *on = json_object_get (wish, "on");
  json_t *count = json_object_get (wish, "count");
  double seconds = json_number_value (json_object_get (wish, "seconds"));
  g_autoptr (json_t) note = NULL;

  if (name == NULL
      || !gs_sim_control_set_fault (self->faults, self->service, &self->actions, name,
                                    on == NULL || json_is_true (on), seconds,
                                    count == NULL ? 1 : (guint) json_integer_value (count)))
    {
      *problem = g_strdup ("there is no such fault");
      return NULL;
    }
  note = json_deep_copy (wish);
  gs_sim_hall_note_truth (self->hall, "fault", note);
  return json_pack ("{s:s}", "fault", name);
}

static json_t *
post_scan (GsSimControl *self, json_t *wish, char **problem)
{
  const char *desk = gs_sim_json_text (wish, "desk");
  const char *text = gs_sim_json_text (wish, "text");

  if (desk == NULL || text == NULL
      || !gs_sim_scanners_send (self->scanners, desk, text, strlen (text)))
    {
      *problem = g_strdup ("desk and text must be texts, and the desk must have a scanner");
      return NULL;
    }
  return json_object ();
}

static json_t *
post_camera (GsSimControl *self, json_t *wish, char **problem)
{
  if (self->looks != NULL)
    return gs_sim_looks_script (self->looks, wish, problem);
  *problem = g_strdup ("the hall has no cameras");
  return NULL;
}

static json_t *
post_population (GsSimControl *self, json_t *wish)
{
  json_t *running = json_object_get (wish, "running");
  json_t *rate = json_object_get (wish, "per_minute");

  if (json_is_number (rate))
    gs_population_set_rate (self->population, json_number_value (rate));
  if (json_is_boolean (running))
    gs_population_set_running (self->population, json_is_true (running));
  return json_object ();
}

static json_t *
post_event (GsSimControl *self, json_t *wish, char **problem)
{
  const char *raw = gs_sim_json_text (wish, "raw");
  const char *type = gs_sim_json_text (wish, "event");
  json_t *id = json_object_get (wish, "id");
  g_autoptr (GString) text = g_string_new (NULL);

  if (raw == NULL)
    {
      *problem = g_strdup ("raw must be a text");
      return NULL;
    }
  if (json_is_integer (id))
    g_string_append_printf (text, "id: %" JSON_INTEGER_FORMAT "\n", json_integer_value (id));
  if (type != NULL)
    g_string_append_printf (text, "event: %s\n", type);
  g_string_append_printf (text, "data: %s\n\n", raw);
  gs_sim_service_inject (self->service, text->str);
  return json_object ();
}

static json_t *
get_state (GsSimControl *self)
{
  json_t *state = gs_sim_hall_describe (self->hall);

  json_object_set_new (state, "streams",
                       json_integer (gs_sim_service_count_streams (self->service)));
  return state;
}

static json_t *
post (GsSimControl *self, const char *path, json_t *wish, char **problem)
{
  if (g_str_equal (path, "crossing"))
    return gs_population_script_crossing (self->population, wish, problem);
  if (g_str_equal (path, "customs") || g_str_equal (path, "boarded")
      || g_str_equal (path, "cancelled"))
    return gs_population_script_event (self->population, path, wish, problem);
  if (g_str_equal (path, "close-flight"))
    return gs_population_script_flight (self->population, wish, problem);
  if (g_str_equal (path, "step-up"))
    return gs_population_script_step_up (self->population, wish, problem);
  if (g_str_equal (path, "lay"))
    return gs_population_script_lay (self->population, wish, problem);
  if (g_str_equal (path, "take"))
    return gs_population_script_take (self->population, wish, problem);
  if (g_str_equal (path, "passport"))
    return gs_population_script_passport (self->population, wish, problem);
  if (g_str_equal (path, "scan"))
    return post_scan (self, wish, problem);
  if (g_str_equal (path, "gate"))
    return gs_population_script_gate (self->population, wish, problem);
  if (g_str_equal (path, "gate-fault"))
    return gs_population_script_gate_fault (self->population, wish, problem);
  if (g_str_equal (path, "camera"))
    return post_camera (self, wish, problem);
  if (g_str_equal (path, "population"))
    return post_population (self, wish);
  if (g_str_equal (path, "event"))
    return post_event (self, wish, problem);
  if (g_str_equal (path, "faults"))
    return post_fault (self, wish, problem);
  if (g_str_equal (path, "load"))
    {
      self->actions.set_load (json_number_value (json_object_get (wish, "events_per_second")),
                              self->actions.user_data);
      return json_object ();
    }
  if (g_str_equal (path, "quit"))
    {
      self->actions.quit (self->actions.user_data);
      return json_object ();
    }
  *problem = g_strdup ("there is no such resource");
  return NULL;
}

static json_t *
answer (GsSimControl *self, SoupServerMessage *message, const char *path, char **problem)
{
  g_autoptr (GBytes) bytes =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (json_t) wish = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!g_str_has_prefix (path, "/control/"))
    {
      *problem = g_strdup ("there is no such resource");
      return NULL;
    }
  path += strlen ("/control/");
  if (g_str_equal (soup_server_message_get_method (message), "GET"))
    {
      if (g_str_equal (path, "crossings"))
        return gs_population_list (self->population);
      if (g_str_equal (path, "state"))
        return get_state (self);
      *problem = g_strdup ("there is no such resource");
      return NULL;
    }
  wish = length == 0 ? json_object () : gs_sim_json_parse (data, length, problem);
  return wish == NULL ? NULL : post (self, path, wish, problem);
}

static void
handle (SoupServer *server,
        SoupServerMessage *message,
        const char *path,
        GHashTable *query,
        gpointer user_data)
{
  GsSimControl *self = user_data;
  g_autofree char *problem = NULL;
  g_autoptr (json_t) json = answer (self, message, path, &problem);
  guint status = 200;
  char *text;

  if (json == NULL)
    {
      json = json_pack ("{s:s}", "error", problem ? problem : "failed");
      status = problem != NULL && strstr (problem, "no such") != NULL ? 404 : 400;
    }
  text = gs_sim_json_print (json);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text,
                                    strlen (text));
}

GsSimControl *
gs_sim_control_new (GsSimHall *hall,
                    GsSimService *service,
                    GsSimFaults *faults,
                    GsPopulation *population,
                    GsSimScanners *scanners,
                    GsSimLooks *looks,
                    const GsSimControlActions *actions,
                    guint port,
                    GError **error)
{
  g_autoptr (GsSimControl) self = g_new0 (GsSimControl, 1);
  GSList *uris;

  self->hall = hall;
  self->service = service;
  self->faults = faults;
  self->population = population;
  self->scanners = scanners;
  self->looks = looks;
  self->actions = *actions;
  self->server = soup_server_new ("server-header", "gateside-hall-control ", NULL);
  soup_server_add_handler (self->server, NULL, handle, self, NULL);
  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  uris = soup_server_get_uris (self->server);
  self->port = uris == NULL ? port : (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return g_steal_pointer (&self);
}

void
gs_sim_control_free (GsSimControl *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_free (self);
}

guint
gs_sim_control_get_port (GsSimControl *self)
{
  return self->port;
}
