/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gateside-hall: the simulated hall, as a program. */
#include "gs-build-config.h"
#include "gs-population.h"
#include "gs-sim-control.h"
#include "gs-sim-faults.h"
#include "gs-sim-hall.h"
#include "gs-sim-looks.h"
#include "gs-sim-passports.h"
#include "gs-sim-pki.h"
#include "gs-sim-readers.h"
#include "gs-sim-scanner.h"
#include "gs-sim-service.h"
#include "gs-sim-traffic.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define EXIT_USAGE 64
#define STEP_MS 50
#define LOAD_STEP_MS 10

typedef struct
{
  char *make_pki, *pki, *ca, *certificate, *key, *state, *truth, *traffic, *port_file;
  char *direction, *profile, *portraits, *passports, *name, *airport, *zone, *digest_key;
  char **scanners, **chips, **cameras, **faults;
  int port, control, gates, seed, gate_cameras;
  gint64 keep;
  double speed, per_minute, load, referrals, stamps, unattended;
  gboolean quiet, no_closing_events, reopen_watched, version;
} Options;

typedef struct
{
  Options options;
  GMainLoop *loop;
  char *state;
  gboolean own_state;
  GsSimHall *hall;
  GsSimFaults *faults;
  GsSimTraffic *traffic;
  GsSimScanners *scanners;
  GsSimReaders *readers;
  GsSimPassports *passports;
  GsPopulation *population;
  GsSimLooks *looks;
  GsSimService *service;
  GsSimControl *control;
  double load;
  double owed;
  gint64 loaded_us;
  guint step;
  gboolean down; /* between the two halves of a restart */
} Program;

static gboolean
fail_usage (const char *message)
{
  g_printerr ("gateside-hall: %s\nTry gateside-hall --help.\n", message);
  return FALSE;
}

static void
set_default (char **option, const char *value)
{
  if (*option == NULL)
    *option = g_strdup (value);
}

static gboolean
parse_options (Options *o, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "make-pki", 0, 0, G_OPTION_ARG_FILENAME, &o->make_pki,
      "Make CA, hall, desk-1 to desk-4 and printer certificates in DIR, and end", "DIR" },
    { "pki", 0, 0, G_OPTION_ARG_FILENAME, &o->pki, "Folder made by --make-pki", "DIR" },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &o->ca, "CA of the desks (default DIR/ca.pem)", "FILE" },
    { "cert", 0, 0, G_OPTION_ARG_FILENAME, &o->certificate, "Own certificate (DIR/hall.pem)",
      "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &o->key, "Own key (DIR/hall.key)", "FILE" },
    { "port", 0, 0, G_OPTION_ARG_INT, &o->port, "TLS port on 127.0.0.1; 0 takes a free one (8443)",
      "N" },
    { "control", 0, 0, G_OPTION_ARG_INT, &o->control,
      "Plain control port on 127.0.0.1; 0 takes a free one (off)", "N" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &o->port_file,
      "Write the ports here once it listens", "FILE" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &o->state,
      "Event log and records; kept over restarts (a temporary folder)", "DIR" },
    { "ground-truth", 0, 0, G_OPTION_ARG_FILENAME, &o->truth,
      "Append a line for each event, decision, claim, outcome", "FILE" },
    { "record-traffic", 0, 0, G_OPTION_ARG_FILENAME, &o->traffic,
      "Append every request and answer as a JSON line", "FILE" },
    { "direction", 0, 0, G_OPTION_ARG_STRING, &o->direction, "arrival or departure (arrival)",
      "WORD" },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &o->profile, "minimal or full (minimal)", "WORD" },
    { "gates", 0, 0, G_OPTION_ARG_INT, &o->gates, "Number of gates (12)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &o->seed, "Same seed, same population (1)", "N" },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &o->speed, "Divides the population's times (1)", "N" },
    { "per-minute", 0, 0, G_OPTION_ARG_DOUBLE, &o->per_minute, "Mean arrivals a minute (20)", "N" },
    { "referrals", 0, 0, G_OPTION_ARG_DOUBLE, &o->referrals, "Share of referrals (6)", "PERCENT" },
    { "stamp-askers", 0, 0, G_OPTION_ARG_DOUBLE, &o->stamps,
      "Share of the admitted who ask for a stamp by themselves (5)", "PERCENT" },
    { "unattended", 0, 0, G_OPTION_ARG_DOUBLE, &o->unattended,
      "The hall leads away whom no desk decides about; 0 never (8)", "MINUTES" },
    { "load", 0, 0, G_OPTION_ARG_DOUBLE, &o->load, "Events a second, up to 1000", "N" },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &o->quiet,
      "No population of its own; crossings only by the control port", NULL },
    { "portraits", 0, 0, G_OPTION_ARG_FILENAME, &o->portraits, "Cache of gateside-portraits",
      "DIR" },
    { "passports", 0, 0, G_OPTION_ARG_FILENAME, &o->passports,
      "Travellers carry passports with chips; country and passports are kept here", "DIR" },
    { "chip", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->chips,
      "Control channel of the gateside-chip on a desk's reader; repeatable",
      "DESK=HOST:PORT|PATH" },
    { "scanner-pty", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->scanners,
      "Make a pty for a desk's MRZ reader and LINK to it; repeatable", "DESK=LINK" },
    { "camera", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->cameras,
      "Serve a desk's camera over RTSP; port 0 takes a free one; repeatable", "DESK=PORT" },
    { "gate-cameras", 0, 0, G_OPTION_ARG_INT, &o->gate_cameras,
      "Serve the gates' cameras over RTSPS; 0 takes a free port (off)", "PORT" },
    { "keep", 0, 0, G_OPTION_ARG_INT64, &o->keep, "Events kept (5000000)", "N" },
    { "no-closing-events", 0, 0, G_OPTION_ARG_NONE, &o->no_closing_events,
      "Deliver neither customs nor boarded events, and say so", NULL },
    { "reopen-watched", 0, 0, G_OPTION_ARG_NONE, &o->reopen_watched,
      "A gate closed as unwatched opens again when somebody watches it", NULL },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->faults,
      "A fault from the start: stop-sending, garbage, bad-json, duplicate, reorder, skip-id, drop, "
      "lose-clock, refuse; repeatable",
      "NAME" },
    { "hall-name", 0, 0, G_OPTION_ARG_STRING, &o->name, "Shown as the hall", "TEXT" },
    { "port-code", 0, 0, G_OPTION_ARG_STRING, &o->airport, "Port code (UTC)", "TEXT" },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &o->zone, "IANA name (Asia/Tokyo)", "NAME" },
    { "digest-key", 0, 0, G_OPTION_ARG_STRING, &o->digest_key, "Key of the document digests",
      "TEXT" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &o->version, "Print the version and end", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the simulated hall of Gateside");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    return fail_usage (error->message);
  if (*argc > 1)
    return fail_usage ("it takes no arguments besides options");
  set_default (&o->direction, "arrival");
  set_default (&o->profile, "minimal");
  set_default (&o->name, "Utopia Central, SPECIMEN hall");
  set_default (&o->airport, "UTC");
  set_default (&o->zone, "Asia/Tokyo");
  set_default (&o->digest_key, "utopia specimen");
  return TRUE;
}

static gboolean
check_options (Options *o)
{
  if (o->version || o->make_pki != NULL)
    return TRUE;
  if (o->pki == NULL && (o->ca == NULL || o->certificate == NULL || o->key == NULL))
    return fail_usage ("--pki, or --ca, --cert and --key, must be given");
  if (!g_str_equal (o->direction, "arrival") && !g_str_equal (o->direction, "departure"))
    return fail_usage ("--direction is arrival or departure");
  if (!g_str_equal (o->profile, "minimal") && !g_str_equal (o->profile, "full"))
    return fail_usage ("--profile is minimal or full");
  if (o->gates < 1 || o->gates > 128)
    return fail_usage ("--gates is 1 to 128");
  if (o->port < 0 || o->port > 65535 || o->control > 65535)
    return fail_usage ("a port is 0 to 65535");
  if (o->speed <= 0.0 || o->speed > 10000.0 || o->per_minute <= 0.0)
    return fail_usage ("--speed and --per-minute must be above 0");
  if (o->load < 0.0 || o->load > 1000.0)
    return fail_usage ("--load is 0 to 1000");
  if (o->referrals < 0.0 || o->referrals > 100.0 || o->stamps < 0.0 || o->stamps > 100.0)
    return fail_usage ("a share is 0 to 100");
  if (o->gate_cameras > 65535)
    return fail_usage ("a port is 0 to 65535");
  if (o->keep < 1)
    return fail_usage ("--keep is at least 1");
  for (guint i = 0; o->scanners != NULL && o->scanners[i] != NULL; i++)
    if (strchr (o->scanners[i], '=') == NULL)
      return fail_usage ("--scanner-pty is DESK=LINK");
  for (guint i = 0; o->chips != NULL && o->chips[i] != NULL; i++)
    if (strchr (o->chips[i], '=') == NULL)
      return fail_usage ("--chip is DESK=HOST:PORT or DESK=PATH");
  for (guint i = 0; o->cameras != NULL && o->cameras[i] != NULL; i++)
    if (strchr (o->cameras[i], '=') == NULL)
      return fail_usage ("--camera is DESK=PORT");
  if (o->chips != NULL && o->passports == NULL)
    return fail_usage ("--chip needs --passports");
  for (guint i = 0; o->faults != NULL && o->faults[i] != NULL; i++)
    if (!g_strv_contains (gs_sim_faults_get_names (), o->faults[i]))
      return fail_usage ("--fault names a fault that there is not");
  return TRUE;
}

static void
options_clear (Options *o)
{
  char **const texts[] = { &o->make_pki,  &o->pki,       &o->ca,      &o->certificate,
                           &o->key,       &o->state,     &o->truth,   &o->traffic,
                           &o->port_file, &o->direction, &o->profile, &o->portraits,
                           &o->name,      &o->airport,   &o->zone,    &o->digest_key,
                           &o->passports };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&o->scanners, g_strfreev);
  g_clear_pointer (&o->chips, g_strfreev);
  g_clear_pointer (&o->cameras, g_strfreev);
  g_clear_pointer (&o->faults, g_strfreev);
}

/* ---- time ---- */

static void
make_load (Program *self)
{
  gint64 now_us = g_get_monotonic_time ();
  guint count;

  self->owed += self->load * (double) (now_us - self->loaded_us) / (double) G_USEC_PER_SEC;
  self->loaded_us = now_us;
  /* After a stall the debt is not paid in one gulp. */
  self->owed = MIN (self->owed, 2.0 * self->load);
  if (self->owed < 1.0)
    return;
  count = MIN ((guint) self->owed, 200);
  self->owed -=
    gs_population_make_events (self->population, count, gs_sim_hall_now_utc_ms (self->hall));
}

static gboolean
on_step (gpointer user_data)
{
  Program *self = user_data;

  if (self->down)
    return G_SOURCE_CONTINUE;
  if (self->looks != NULL)
    gs_sim_looks_step (self->looks);
  if (self->load > 0.0)
    make_load (self);
  else
    gs_population_advance (self->population, gs_sim_hall_now_utc_ms (self->hall));
  return G_SOURCE_CONTINUE;
}

static void
set_load (double events_per_second, gpointer user_data)
{
  Program *self = user_data;

  self->load = CLAMP (events_per_second, 0.0, 1000.0);
  self->loaded_us = g_get_monotonic_time ();
  self->owed = 0.0;
  g_clear_handle_id (&self->step, g_source_remove);
  self->step = g_timeout_add (self->load > 0.0 ? LOAD_STEP_MS : STEP_MS, on_step, self);
}

/* ---- actions of the control port ---- */

static void
quit (gpointer user_data)
{
  g_main_loop_quit (((Program *) user_data)->loop);
}

static gboolean
on_signal (gpointer user_data)
{
  quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
finish_restart (gpointer user_data)
{
  Program *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gs_sim_hall_reload (self->hall, &error) || !gs_sim_service_listen (self->service, &error))
    {
      g_printerr ("gateside-hall: it could not restart: %s\n", error->message);
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  self->down = FALSE;
  return G_SOURCE_REMOVE;
}

static void
restart (double seconds, gpointer user_data)
{
  Program *self = user_data;

  if (self->down)
    return;
  self->down = TRUE;
  gs_sim_service_close (self->service);
  g_timeout_add ((guint) (CLAMP (seconds, 0.0, 600.0) * 1000.0) + 1, finish_restart, self);
}

static gboolean
new_epoch (gpointer user_data)
{
  Program *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gs_sim_hall_start_epoch (self->hall, &error))
    {
      g_printerr ("gateside-hall: no new epoch: %s\n", error->message);
      return FALSE;
    }
  gs_sim_service_cut (self->service, FALSE);
  return TRUE;
}

static gboolean
lose_claims (gpointer user_data)
{
  Program *self = user_data;

  gs_sim_hall_lose_claims (self->hall);
  return TRUE;
}

/* ---- life ---- */

static gboolean
scan (const char *desk, const char *text, gsize length, gpointer user_data)
{
  return gs_sim_scanners_send (user_data, desk, text, length);
}

static gboolean
put_passport (const char *desk, const char *folder, gpointer user_data)
{
  return gs_sim_readers_put (user_data, desk, folder);
}

static gboolean
open_hall (Program *self, GError **error)
{
  Options *o = &self->options;
  GsSimHallConfig config = {
    .name = o->name,
    .port = o->airport,
    .time_zone = o->zone,
    .direction = o->direction,
    .source = g_str_equal (o->direction, "arrival")
                ? "https://gate-control.hall.utopia.example/terminal-1/arrivals"
                : "https://gate-control.hall.utopia.example/terminal-1/departures",
    .full_profile = g_str_equal (o->profile, "full"),
    .closing_events = !o->no_closing_events,
    .reopen_watched = o->reopen_watched,
    .gates = (guint) o->gates,
    .keep = o->keep,
    .digest_key = o->digest_key,
  };

  self->own_state = o->state == NULL;
  self->state =
    o->state == NULL ? g_dir_make_tmp ("gateside-hall-XXXXXX", error) : g_strdup (o->state);
  if (self->state == NULL)
    return FALSE;
  if (g_mkdir_with_parents (self->state, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made", self->state);
      return FALSE;
    }
  self->hall = gs_sim_hall_open (self->state, &config, error);
  if (self->hall == NULL)
    return FALSE;
  return o->truth == NULL || gs_sim_hall_set_truth (self->hall, o->truth, error);
}

static void
open_population (Program *self)
{
  Options *o = &self->options;
  GsPopulationConfig config = {
    .seed = (guint32) o->seed,
    .speed = o->speed,
    .per_minute = o->per_minute,
    .referral_percent = o->referrals,
    .stamp_percent = o->stamps,
    .unattended_minutes = o->unattended,
    .quiet = o->quiet,
    .portraits = o->portraits,
  };

  self->population = gs_population_new (self->hall, &config, gs_sim_hall_now_utc_ms (self->hall));
  gs_population_set_scan (self->population, scan, self->scanners);
}

static gboolean
open_passports (Program *self, GError **error)
{
  Options *o = &self->options;

  if (o->passports == NULL)
    return TRUE;
  self->passports = gs_sim_passports_new (o->passports, o->portraits, (guint32) o->seed,
                                          gs_sim_hall_now_utc_ms (self->hall), error);
  if (self->passports == NULL)
    return FALSE;
  for (guint i = 0; o->chips != NULL && o->chips[i] != NULL; i++)
    {
      char *equals = strchr (o->chips[i], '=');
      g_autofree char *desk = g_strndup (o->chips[i], (gsize) (equals - o->chips[i]));

      if (!gs_sim_readers_add (self->readers, desk, equals + 1))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "%s is neither a path nor HOST:PORT", equals + 1);
          return FALSE;
        }
    }
  gs_population_set_passports (self->population, self->passports);
  if (o->chips != NULL)
    gs_population_set_chip (self->population, put_passport, self->readers);
  return TRUE;
}

static gboolean
open_scanners (Program *self, GError **error)
{
  char **wishes = self->options.scanners;

  for (guint i = 0; wishes != NULL && wishes[i] != NULL; i++)
    {
      char *equals = strchr (wishes[i], '=');
      g_autofree char *desk = g_strndup (wishes[i], (gsize) (equals - wishes[i]));

      if (!gs_sim_scanners_add (self->scanners, desk, equals + 1, error))
        return FALSE;
      gs_population_add_desk (self->population, desk);
    }
  return TRUE;
}

static char *
choose_path (const char *given, const char *folder, const char *file)
{
  return given != NULL ? g_strdup (given) : g_build_filename (folder, file, NULL);
}

static gboolean
open_cameras (Program *self, GError **error)
{
  Options *o = &self->options;
  g_autofree char *ca = choose_path (o->ca, o->pki, "ca.pem");
  g_autofree char *certificate = choose_path (o->certificate, o->pki, "hall.pem");
  g_autofree char *key = choose_path (o->key, o->pki, "hall.key");

  if (o->cameras == NULL && o->gate_cameras < 0)
    return TRUE;
  self->looks =
    gs_sim_looks_new (self->hall, self->population, o->portraits, (guint64) o->seed, error);
  if (self->looks == NULL)
    return FALSE;
  for (guint i = 0; o->cameras != NULL && o->cameras[i] != NULL; i++)
    if (!gs_sim_looks_add_desk (self->looks, o->cameras[i], error))
      return FALSE;
  return o->gate_cameras < 0
         || gs_sim_looks_add_gates (self->looks, ca, certificate, key, (guint) o->gate_cameras,
                                    error);
}

static gboolean
open_network (Program *self, const GsSimControlActions *actions, GError **error)
{
  Options *o = &self->options;
  g_autofree char *ca = choose_path (o->ca, o->pki, "ca.pem");
  g_autofree char *certificate = choose_path (o->certificate, o->pki, "hall.pem");
  g_autofree char *key = choose_path (o->key, o->pki, "hall.key");
  GsSimServiceConfig config = { ca, certificate, key, (guint) o->port };

  if (o->traffic != NULL)
    {
      self->traffic = gs_sim_traffic_new (o->traffic, error);
      if (self->traffic == NULL)
        return FALSE;
    }
  self->service = gs_sim_service_new (self->hall, self->faults, self->traffic, &config, error);
  if (self->service == NULL)
    return FALSE;
  for (guint i = 0; o->faults != NULL && o->faults[i] != NULL; i++)
    gs_sim_control_set_fault (self->faults, self->service, actions, o->faults[i], TRUE, 0, 1);
  if (o->control < 0)
    return TRUE;
  self->control =
    gs_sim_control_new (self->hall, self->service, self->faults, self->population, self->scanners,
                        self->looks, actions, (guint) o->control, error);
  return self->control != NULL;
}

static gboolean
announce (Program *self, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "hall %u\n", gs_sim_service_get_port (self->service));
  if (self->control != NULL)
    g_string_append_printf (text, "control %u\n", gs_sim_control_get_port (self->control));
  if (self->looks != NULL)
    gs_sim_looks_announce (self->looks, text);
  if (self->options.port_file != NULL
      && !g_file_set_contents (self->options.port_file, text->str, -1, error))
    return FALSE;
  printf ("%slistening\n", text->str);
  fflush (stdout);
  return TRUE;
}

static void
remove_state (Program *self)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!self->own_state || self->state == NULL)
    return;
  folder = g_dir_open (self->state, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->state, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->state);
}

static void
program_clear (Program *self)
{
  g_clear_handle_id (&self->step, g_source_remove);
  g_clear_pointer (&self->control, gs_sim_control_free);
  g_clear_pointer (&self->service, gs_sim_service_free);
  g_clear_pointer (&self->looks, gs_sim_looks_free);
  g_clear_object (&self->population);
  g_clear_pointer (&self->scanners, gs_sim_scanners_free);
  g_clear_pointer (&self->readers, gs_sim_readers_free);
  g_clear_pointer (&self->passports, gs_sim_passports_free);
  g_clear_pointer (&self->traffic, gs_sim_traffic_free);
  g_clear_pointer (&self->faults, gs_sim_faults_free);
  g_clear_pointer (&self->hall, gs_sim_hall_free);
  remove_state (self);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  options_clear (&self->options);
}

static gboolean
run (Program *self, GError **error)
{
  GsSimControlActions actions = { quit, restart, set_load, new_epoch, lose_claims, self };

  self->loop = g_main_loop_new (NULL, FALSE);
  self->faults = gs_sim_faults_new ();
  self->scanners = gs_sim_scanners_new ();
  self->readers = gs_sim_readers_new ();
  if (!open_hall (self, error))
    return FALSE;
  open_population (self);
  if (!open_passports (self, error) || !open_scanners (self, error) || !open_cameras (self, error)
      || !open_network (self, &actions, error) || !announce (self, error))
    return FALSE;
  set_load (self->options.load, self);
  g_unix_signal_add (SIGTERM, on_signal, self);
  g_unix_signal_add (SIGINT, on_signal, self);
  g_main_loop_run (self->loop);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Program program = {
    .options = {
      .port = 8443,
      .control = -1,
      .gate_cameras = -1,
      .gates = 12,
      .seed = 1,
      .keep = 5000000,
      .speed = 1.0,
      .per_minute = 20.0,
      .referrals = 6.0,
      .stamps = 5.0,
      .unattended = 8.0,
    },
  };
  g_autoptr (GError) error = NULL;
  int status = 0;

  /* TLS 1.3 only; GLib's back-end reads this when it starts. */
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-ALL:+VERS-TLS1.3", TRUE);
  signal (SIGPIPE, SIG_IGN);
  if (!parse_options (&program.options, &argc, &argv) || !check_options (&program.options))
    status = EXIT_USAGE;
  else if (program.options.version)
    printf ("gateside-hall %s\n", GS_VERSION);
  else if (program.options.make_pki != NULL)
    status = gs_sim_pki_make (program.options.make_pki, &error) ? 0 : 1;
  else
    status = run (&program, &error) ? 0 : 1;
  if (error != NULL)
    g_printerr ("gateside-hall: %s\n", error->message);
  program_clear (&program);
  return status;
}
