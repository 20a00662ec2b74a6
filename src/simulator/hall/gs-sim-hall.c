/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-hall-private.h"

#include "gs-sim-json.h"
#include "gs-time.h"
#include "gs-uuid.h"

#include <errno.h>
#include <string.h>

/* Crossings that are finished are forgotten, oldest first, above this number. */
#define CROSSINGS_KEPT 8000

static void
gate_free (gpointer data)
{
  GsSimGate *gate = data;

  g_free (gate->id);
  g_free (gate->name);
  g_free (gate->state);
  g_free (gate->reason);
  g_free (gate);
}

static void
presence_free (gpointer data)
{
  GsSimPresence *presence = data;

  g_free (presence->officer);
  g_strfreev (presence->gates);
  g_free (presence);
}

static void
key_free (gpointer data)
{
  GsSimKey *key = data;

  g_free (key->path);
  g_free (key->body_digest);
  json_decref (key->answer);
  g_free (key);
}

static gint64
real_clock (gpointer user_data)
{
  return g_get_real_time () / 1000;
}

static void
clear_state (GsSimHall *self)
{
  g_queue_clear (&self->order);
  g_hash_table_remove_all (self->crossings);
  g_hash_table_remove_all (self->facts);
  g_hash_table_remove_all (self->claims);
  g_hash_table_remove_all (self->serials);
  g_hash_table_remove_all (self->unclaimed);
  g_hash_table_remove_all (self->keys);
  g_hash_table_remove_all (self->presences);
  g_ptr_array_set_size (self->gates, 0);
  for (guint i = 1; i <= self->config.gates; i++)
    {
      GsSimGate *gate = g_new0 (GsSimGate, 1);

      gate->id = g_strdup_printf ("gate-%u", i);
      gate->name = g_strdup_printf ("%u", i);
      gate->state = g_strdup ("free");
      gate->since_utc_ms = self->clock (self->clock_data);
      gate->watched_utc_ms = GS_TIME_UNKNOWN;
      g_ptr_array_add (self->gates, gate);
    }
}

static void
copy_config (GsSimHall *self, const GsSimHallConfig *config)
{
  self->config = *config;
  self->config.name = g_strdup (config->name);
  self->config.port = g_strdup (config->port);
  self->config.time_zone = g_strdup (config->time_zone);
  self->config.direction = g_strdup (config->direction);
  self->config.source = g_strdup (config->source);
  self->config.digest_key = g_strdup (config->digest_key);
}

GsSimHall *
gs_sim_hall_open (const char *folder, const GsSimHallConfig *config, GError **error)
{
  g_autoptr (GsSimHall) self = g_new0 (GsSimHall, 1);

  self->folder = g_strdup (folder);
  copy_config (self, config);
  self->clock = real_clock;
  g_queue_init (&self->order);
  self->crossings =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) gs_sim_crossing_free);
  self->facts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_decref);
  self->claims =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_decref);
  self->serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->unclaimed =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_decref);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, key_free);
  self->presences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, presence_free);
  self->gates = g_ptr_array_new_with_free_func (gate_free);
  if (!gs_sim_hall_reload (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
gs_sim_hall_free (GsSimHall *self)
{
  g_clear_pointer (&self->log, gs_sim_log_free);
  g_queue_clear (&self->order);
  g_hash_table_unref (self->crossings);
  g_hash_table_unref (self->facts);
  g_hash_table_unref (self->claims);
  g_hash_table_unref (self->serials);
  g_hash_table_unref (self->unclaimed);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->presences);
  g_ptr_array_unref (self->gates);
  g_free (self->cameras);
  g_clear_pointer (&self->truth, fclose);
  g_free (self->folder);
  g_free ((char *) self->config.name);
  g_free ((char *) self->config.port);
  g_free ((char *) self->config.time_zone);
  g_free ((char *) self->config.direction);
  g_free ((char *) self->config.source);
  g_free ((char *) self->config.digest_key);
  g_free (self);
}

void
gs_sim_hall_set_gates (GsSimHall *self, GsSimGates *gates)
{
  self->device = gates;
}

void
gs_sim_hall_set_clock (GsSimHall *self, GsSimHallClock clock, gpointer user_data)
{
  self->clock = clock;
  self->clock_data = user_data;
}

void
gs_sim_hall_set_listener (GsSimHall *self, GsSimHallFunc func, gpointer user_data)
{
  self->listener = func;
  self->listener_data = user_data;
}

const GsSimHallConfig *
gs_sim_hall_get_config (GsSimHall *self)
{
  return &self->config;
}

GsSimLog *
gs_sim_hall_get_log (GsSimHall *self)
{
  return self->log;
}

gint64
gs_sim_hall_now_utc_ms (GsSimHall *self)
{
  return self->clock (self->clock_data);
}

/* ---- ground truth ---- */

gboolean
gs_sim_hall_set_truth (GsSimHall *self, const char *path, GError **error)
{
  self->truth = fopen (path, "ae");
  if (self->truth != NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

void
gs_sim_hall_note_truth (GsSimHall *self, const char *kind, json_t *json)
{
  g_autofree char *text = NULL;

  if (self->truth == NULL)
    return;
  text = gs_sim_json_print (json);
  fprintf (self->truth, "%s\t%s\n", kind, text);
  fflush (self->truth);
}

/* ---- events ---- */

GsSimGate *
gs_sim_hall_find_gate (GsSimHall *self, const char *id)
{
  for (guint i = 0; i < self->gates->len; i++)
    {
      GsSimGate *gate = g_ptr_array_index (self->gates, i);

      if (g_strcmp0 (gate->id, id) == 0)
        return gate;
    }
  return NULL;
}

const char *
gs_sim_hall_get_gate_state (GsSimHall *self, const char *id)
{
  GsSimGate *gate = gs_sim_hall_find_gate (self, id);

  return gate == NULL ? NULL : gate->state;
}

static void
fold_gate (GsSimHall *self, const char *id, json_t *data, gint64 at_utc_ms)
{
  GsSimGate *gate = gs_sim_hall_find_gate (self, id);
  const char *state = gs_sim_json_text (data, "state");

  if (gate == NULL || state == NULL)
    return;
  g_free (gate->state);
  g_free (gate->reason);
  gate->state = g_strdup (state);
  gate->reason = g_strdup (gs_sim_json_text (data, "reason"));
  gate->since_utc_ms = at_utc_ms;
}

static GsSimCrossing *
ensure_crossing (GsSimHall *self, const char *id)
{
  GsSimCrossing *crossing = g_hash_table_lookup (self->crossings, id);

  if (crossing != NULL)
    return crossing;
  crossing = gs_sim_crossing_new (id);
  g_hash_table_insert (self->crossings, crossing->id, crossing);
  g_queue_push_tail (&self->order, crossing);
  return crossing;
}

void
gs_sim_hall_forget (GsSimHall *self)
{
  for (int looked = 0; looked < 1000 && self->order.length > CROSSINGS_KEPT; looked++)
    {
      GsSimCrossing *crossing = g_queue_pop_head (&self->order);

      if (gs_sim_crossing_is_open (crossing))
        {
          g_queue_push_tail (&self->order, crossing);
          continue;
        }
      g_hash_table_remove (self->facts, crossing->id);
      g_hash_table_remove (self->crossings, crossing->id);
    }
}

static void
fold_event (GsSimHall *self, const char *type, const char *subject, json_t *data, gint64 at_utc_ms)
{
  if (g_str_has_prefix (type, "gate."))
    fold_gate (self, subject, data, at_utc_ms);
  else if (g_str_has_prefix (type, "crossing."))
    gs_sim_crossing_apply (ensure_crossing (self, subject), type, data, at_utc_ms);
}

void
gs_sim_hall_begin (GsSimHall *self)
{
  self->nesting++;
}

void
gs_sim_hall_commit (GsSimHall *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self->nesting > 0);
  if (--self->nesting > 0 || !self->dirty)
    return;
  self->dirty = FALSE;
  if (!gs_sim_log_flush (self->log, &error))
    {
      g_critical ("the hall cannot write its log and stops accepting: %s", error->message);
      self->broken = TRUE;
      return;
    }
  if (self->truth != NULL)
    fflush (self->truth);
  if (self->listener != NULL)
    self->listener (self, self->listener_data);
}

gint64
gs_sim_hall_publish (
  GsSimHall *self, const char *type, const char *subject, json_t *data, gint64 at_utc_ms)
{
  gint64 id = gs_sim_log_get_next (self->log);
  g_autofree char *id_text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autofree char *full_type = g_strdup_printf ("org.gateside.%s.v1", type);
  g_autoptr (json_t) event = NULL;
  g_autofree char *text = NULL;
  gsize length;

  event = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:o}", "specversion", "1.0", "id",
                     id_text, "source", self->config.source, "type", full_type, "subject", subject,
                     "time", gs_sim_json_new_time (at_utc_ms), "datacontenttype",
                     "application/json", "data", data);
  g_return_val_if_fail (event != NULL, 0);
  text = gs_sim_json_print (event);
  length = strlen (text);

  gs_sim_hall_begin (self);
  gs_sim_log_add_event (self->log, id, text, length);
  if (self->truth != NULL)
    fprintf (self->truth, "%s\t%s\n", id_text, text);
  fold_event (self, type, subject, data, at_utc_ms);
  self->dirty = TRUE;
  gs_sim_hall_commit (self);
  return self->broken ? 0 : id;
}

void
gs_sim_hall_add_record (GsSimHall *self, json_t *record)
{
  g_autofree char *text = gs_sim_json_print (record);

  gs_sim_hall_begin (self);
  gs_sim_log_add_record (self->log, text);
  self->dirty = TRUE;
  gs_sim_hall_commit (self);
  json_decref (record);
}

/* ---- what the gates tell ---- */

/* 32 hexadecimal digits that name a document without giving its number away. */
static char *
digest_document (GsSimHall *self, json_t *traveller)
{
  const char *state = gs_sim_json_text (traveller, "issuing_state");
  const char *number = gs_sim_json_text (traveller, "document_number");
  g_autofree char *text = g_strdup_printf ("%s|%s", state ? state : "", number ? number : "");
  char *digest =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->config.digest_key,
                               strlen (self->config.digest_key), text, -1);

  digest[32] = '\0';
  return digest;
}

gint64
gs_sim_hall_report_document (
  GsSimHall *self, const char *crossing, json_t *traveller, json_t *checks, gint64 at_utc_ms)
{
  g_autofree char *digest = digest_document (self, traveller);
  GsSimCrossing *folded = ensure_crossing (self, crossing);
  json_t *data = json_pack ("{s:s, s:O?, s:s, s:o}", "document_digest", digest, "issuing_state",
                            json_object_get (traveller, "issuing_state"), "document_type", "TD3",
                            "checks", checks);
  gint64 id;

  if (self->config.full_profile)
    json_object_set (data, "traveller", traveller);
  json_decref (folded->traveller);
  folded->traveller = json_incref (traveller);
  gs_sim_hall_begin (self);
  gs_sim_hall_add_record (self, json_pack ("{s:s, s:s, s:o}", "record", "traveller", "crossing",
                                           crossing, "traveller", traveller));
  id = gs_sim_hall_publish (self, "crossing.document", crossing, data, at_utc_ms);
  gs_sim_hall_commit (self);
  return id;
}

void
gs_sim_hall_keep_facts (GsSimHall *self, const char *crossing, json_t *facts)
{
  g_hash_table_replace (self->facts, g_strdup (crossing), json_incref (facts));
  gs_sim_hall_add_record (
    self, json_pack ("{s:s, s:s, s:o}", "record", "facts", "crossing", crossing, "facts", facts));
}

json_t *
gs_sim_hall_get_facts (GsSimHall *self, const char *crossing)
{
  return g_hash_table_lookup (self->facts, crossing);
}

GsSimCrossing *
gs_sim_hall_get_crossing (GsSimHall *self, const char *id)
{
  return g_hash_table_lookup (self->crossings, id);
}

void
gs_sim_hall_foreach_crossing (GsSimHall *self, GsSimCrossingFunc func, gpointer user_data)
{
  for (GList *link = self->order.head; link != NULL; link = link->next)
    func (link->data, user_data);
}

/* ---- reading the log again ---- */

static void
replay_record (GsSimHall *self, json_t *record)
{
  const char *kind = gs_sim_json_text (record, "record");
  const char *id = gs_sim_json_text (record, "crossing");

  if (g_strcmp0 (kind, "key") == 0)
    {
      GsSimKey *key = g_new0 (GsSimKey, 1);

      key->path = g_strdup (gs_sim_json_text (record, "path"));
      key->body_digest = g_strdup (gs_sim_json_text (record, "body_digest"));
      key->answer = json_incref (json_object_get (record, "answer"));
      g_hash_table_replace (self->keys, g_strdup (gs_sim_json_text (record, "key")), key);
    }
  else if (g_strcmp0 (kind, "claim") == 0)
    gs_sim_hall_put_claim (self, json_object_get (record, "claim"));
  else if (g_strcmp0 (kind, "unclaimed") == 0)
    gs_sim_hall_put_unclaimed (self, json_object_get (record, "stamp"));
  else if (g_strcmp0 (kind, "claims-lost") == 0)
    gs_sim_hall_forget_claims (self);
  else if (g_strcmp0 (kind, "crossing") == 0)
    {
      GsSimCrossing *crossing = gs_sim_crossing_from_record (json_object_get (record, "state"));

      if (crossing == NULL)
        return;
      g_hash_table_insert (self->crossings, crossing->id, crossing);
      g_queue_push_tail (&self->order, crossing);
    }
  else if (id == NULL)
    return;
  else if (g_strcmp0 (kind, "traveller") == 0)
    {
      GsSimCrossing *crossing = ensure_crossing (self, id);

      json_decref (crossing->traveller);
      crossing->traveller = json_incref (json_object_get (record, "traveller"));
    }
  else if (g_strcmp0 (kind, "facts") == 0)
    g_hash_table_replace (self->facts, g_strdup (id),
                          json_incref (json_object_get (record, "facts")));
  else if (g_strcmp0 (kind, "read") == 0)
    ensure_crossing (self, id)->traveller_shown = TRUE;
  else if (g_strcmp0 (kind, "decision") == 0)
    {
      GsSimCrossing *crossing = ensure_crossing (self, id);

      json_decref (crossing->decision);
      crossing->decision = json_incref (json_object_get (record, "decision"));
    }
}

static void
replay_line (gint64 id, const char *json, gsize length, gpointer user_data)
{
  GsSimHall *self = user_data;
  g_autofree char *message = NULL;
  g_autofree char *type = NULL;
  g_autoptr (json_t) line = gs_sim_json_parse (json, length, &message);
  const char *full_type, *subject;

  if (line == NULL)
    {
      g_warning ("the hall's log has a line that is no JSON: %s", message);
      return;
    }
  if (id == 0)
    {
      replay_record (self, line);
      return;
    }
  full_type = gs_sim_json_text (line, "type");
  subject = gs_sim_json_text (line, "subject");
  if (full_type == NULL || subject == NULL || !g_str_has_prefix (full_type, "org.gateside.")
      || !g_str_has_suffix (full_type, ".v1"))
    return;
  type = g_strndup (full_type + strlen ("org.gateside."),
                    strlen (full_type) - strlen ("org.gateside..v1"));
  fold_event (self, type, subject, json_object_get (line, "data"), gs_sim_json_time (line, "time"));
  gs_sim_hall_forget (self);
}

gboolean
gs_sim_hall_reload (GsSimHall *self, GError **error)
{
  g_clear_pointer (&self->log, gs_sim_log_free);
  clear_state (self);
  self->broken = FALSE;
  self->log = gs_sim_log_open (self->folder, self->config.keep, replay_line, self, error);
  return self->log != NULL;
}

gboolean
gs_sim_hall_start_epoch (GsSimHall *self, GError **error)
{
  GHashTableIter iter;
  gpointer name, value;

  if (!gs_sim_log_start_epoch (self->log, error))
    return FALSE;
  gs_sim_hall_begin (self);
  for (GList *link = self->order.head; link != NULL; link = link->next)
    gs_sim_hall_add_record (self, json_pack ("{s:s, s:o}", "record", "crossing", "state",
                                             gs_sim_crossing_to_record (link->data)));
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, &name, &value))
    gs_sim_hall_add_record (
      self, json_pack ("{s:s, s:s, s:O}", "record", "facts", "crossing", name, "facts", value));
  g_hash_table_iter_init (&iter, self->claims);
  while (g_hash_table_iter_next (&iter, &name, &value))
    gs_sim_hall_add_record (self, json_pack ("{s:s, s:O}", "record", "claim", "claim", value));
  g_hash_table_iter_init (&iter, self->unclaimed);
  while (g_hash_table_iter_next (&iter, &name, &value))
    gs_sim_hall_add_record (self, json_pack ("{s:s, s:O}", "record", "unclaimed", "stamp", value));
  gs_sim_hall_commit (self);
  return !self->broken;
}

/* ---- idempotency ---- */

GsSimReply *
gs_sim_hall_check_key (GsSimHall *self, const char *key, const char *path, json_t *body)
{
  g_autofree char *digest = NULL;
  GsSimKey *stored;

  if (self->broken)
    return gs_sim_reply_problem ("unavailable", "The hall cannot write its log.", NULL);
  if (key == NULL || *key == '\0' || strlen (key) > 128)
    return gs_sim_reply_problem ("idempotency-key-missing", NULL, NULL);
  stored = g_hash_table_lookup (self->keys, key);
  if (stored == NULL)
    return NULL;
  digest = gs_sim_json_digest (body);
  if (g_strcmp0 (stored->path, path) != 0 || g_strcmp0 (stored->body_digest, digest) != 0)
    return gs_sim_reply_problem ("idempotency-key-reused", NULL, NULL);
  return gs_sim_reply_new (200, json_incref (stored->answer));
}

void
gs_sim_hall_store_key (
  GsSimHall *self, const char *key, const char *path, json_t *body, json_t *answer)
{
  GsSimKey *stored = g_new0 (GsSimKey, 1);

  stored->path = g_strdup (path);
  stored->body_digest = gs_sim_json_digest (body);
  stored->answer = json_incref (answer);
  g_hash_table_replace (self->keys, g_strdup (key), stored);
  gs_sim_hall_add_record (self, json_pack ("{s:s, s:s, s:s, s:s, s:O}", "record", "key", "key", key,
                                           "path", path, "body_digest", stored->body_digest,
                                           "answer", answer));
}

GsSimReply *
gs_sim_hall_not_found (const char *what)
{
  return gs_sim_reply_problem ("not-found", what, NULL);
}
