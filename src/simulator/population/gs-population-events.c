/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-population-private.h"

#include "gs-check.h"
#include "gs-referral-mix.h"
#include "gs-referral-reason.h"
#include "gs-sim-json.h"

#define FACE_THRESHOLD 0.56

gboolean
gs_population_is_arrival (GsPopulation *self)
{
  return g_str_equal (gs_sim_hall_get_config (self->hall)->direction, "arrival");
}

void
gs_population_publish_gate (GsPopulation *self,
                            const char *gate,
                            const char *state,
                            const char *reason)
{
  gs_population_publish (self, "gate.status", gate,
                         json_pack ("{s:s, s:o, s:s?}", "state", state, "since",
                                    gs_sim_json_new_time (gs_population_now_utc_ms (self)),
                                    "reason", reason));
}

static const char *
get_gate (GsPopulation *self, GsVisitor *visitor)
{
  return ((GsGatePlace *) g_ptr_array_index (self->gates, (guint) visitor->gate))->id;
}

void
gs_population_tell_started (GsPopulation *self, GsVisitor *visitor)
{
  const char *gate = get_gate (self, visitor);

  gs_population_publish_gate (self, gate, "occupied", NULL);
  gs_population_publish (self, "crossing.started", visitor->id,
                         json_pack ("{s:s, s:s, s:s?}", "gate", gate, "direction",
                                    gs_sim_hall_get_config (self->hall)->direction, "party",
                                    visitor->party));
}

/* The result that the visitor's reasons leave at this check. */
static GsCheckResult
get_result (GsVisitor *visitor, const char *check, const char **code)
{
  const char *const reasons[] = { visitor->reason, visitor->second_reason };

  *code = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      const GsReferralMix *row = gs_referral_mix_find (reasons[i]);
      const GsReferralReason *reason = gs_referral_reason_find (reasons[i]);

      if (row == NULL || reason == NULL || g_strcmp0 (row->check, check) != 0)
        continue;
      *code = reason->code;
      return reason->result;
    }
  return GS_CHECK_RESULT_SUCCESSFUL;
}

static void
add_check (json_t *checks, const char *name, GsCheckResult result, const char *code)
{
  json_t *check =
    json_pack ("{s:s, s:s}", "check", name, "result", gs_check_result_to_word (result));

  if (code != NULL)
    json_object_set_new (check, "code", json_string (code));
  json_array_append_new (checks, check);
}

static void
add_visitor_check (json_t *checks, GsVisitor *visitor, const char *name)
{
  const char *code;
  GsCheckResult result = get_result (visitor, name, &code);

  add_check (checks, name, result, code);
}

/* The check of a reason in one of these groups, when the plain list lacks it. */
static void
add_reason_check (json_t *checks, GsVisitor *visitor, const char *reason, gboolean face)
{
  const GsReferralMix *row = gs_referral_mix_find (reason);
  const GsCheckName *name = row == NULL ? NULL : gs_check_name_find (row->check);
  json_t *check;
  size_t i;

  if (name == NULL || name->group == GS_CHECK_GROUP_BACKGROUND
      || (name->group == GS_CHECK_GROUP_FACE) != face)
    return;
  json_array_foreach (
    checks, i, check) if (g_strcmp0 (gs_sim_json_text (check, "check"), row->check) == 0) return;
  add_visitor_check (checks, visitor, row->check);
}

/* A script's own checks replace those of the same name; taken by the group they belong to. */
static void
take_extra (json_t *checks, json_t *extra, gboolean background)
{
  json_t *wish, *old;
  size_t i, j;

  json_array_foreach (extra, i, wish)
  {
    const char *name = gs_sim_json_text (wish, "check");
    const GsCheckName *row = name == NULL ? NULL : gs_check_name_find (name);

    if ((row != NULL && row->group == GS_CHECK_GROUP_BACKGROUND) != background)
      continue;
    json_array_foreach (checks, j, old) if (g_strcmp0 (gs_sim_json_text (old, "check"), name) == 0)
    {
      json_array_remove (checks, j);
      break;
    }
    json_array_append (checks, wish);
  }
}

/* The gate's picture of somebody whom it referred for the picture's own sake; NULL for others. */
static const char *
special_picture (const GsVisitor *visitor)
{
  static const struct
  {
    const char *reason, *picture;
  } pictures[] = {
    { "B04", "gate-dark" },
    { "B05", "gate-spoof" },
    { "B06", "gate-two" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    if (g_strcmp0 (visitor->reason, pictures[i].reason) == 0
        || g_strcmp0 (visitor->second_reason, pictures[i].reason) == 0)
      return pictures[i].picture;
  return NULL;
}

void
gs_population_tell_document (GsPopulation *self, GsVisitor *visitor, json_t *extra_checks)
{
  static const char *const usual[] = { "not-expired", "mrz-well-formed", "signed-by-issuer",
                                       "chip-data-unaltered", "printed-data-match" };
  gboolean full = gs_sim_hall_get_config (self->hall)->full_profile;
  json_t *checks = json_array ();
  char first[GS_SIM_MRZ_LINE + 1], second[GS_SIM_MRZ_LINE + 1];
  json_t *facts;

  for (guint i = 0; i < (full ? 2 : G_N_ELEMENTS (usual)); i++)
    add_visitor_check (checks, visitor, usual[i]);
  add_reason_check (checks, visitor, visitor->reason, FALSE);
  add_reason_check (checks, visitor, visitor->second_reason, FALSE);
  take_extra (checks, extra_checks, FALSE);

  visitor->documented = TRUE;
  gs_sim_traveller_write_mrz (visitor->traveller, first, second);
  facts = json_pack ("{s:i, s:[s, s], s:b, s:s?, s:s, s:s?}", "person", visitor->traveller->person,
                     "mrz", first, second, "wants_stamp", visitor->wants_stamp, "gate_picture",
                     special_picture (visitor), "passport",
                     visitor->passport ? visitor->passport
                                       : gs_sim_passports_choose (visitor->id, visitor->reason),
                     "chip_name", visitor->traveller->chip_name);
  if (visitor->stand_in >= 0)
    json_object_update_new (
      facts, json_pack ("{s:i, s:f}", "stand_in", visitor->stand_in, "blend", visitor->blend));
  gs_sim_hall_begin (self->hall);
  gs_sim_hall_keep_facts (self->hall, visitor->id, facts);
  gs_sim_hall_report_document (self->hall, visitor->id,
                               gs_sim_traveller_to_json (visitor->traveller), checks,
                               gs_population_now_utc_ms (self));
  self->made++;
  gs_sim_hall_commit (self->hall);
}

void
gs_population_tell_background (GsPopulation *self, GsVisitor *visitor, json_t *extra_checks)
{
  static const char *const usual[] = { "not-lost-or-stolen", "no-alert", "no-entry-ban",
                                       "no-directive" };
  gboolean unreachable = g_strcmp0 (visitor->reason, "W04") == 0;
  json_t *checks = json_array ();

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      if (unreachable)
        add_check (checks, usual[i], GS_CHECK_RESULT_ABORTED, "W04");
      else
        add_visitor_check (checks, visitor, usual[i]);
    }
  take_extra (checks, extra_checks, TRUE);
  gs_population_publish (self, "crossing.background", visitor->id,
                         json_pack ("{s:o}", "checks", checks));
}

void
gs_population_tell_face (GsPopulation *self, GsVisitor *visitor, double score)
{
  const char *code;
  GsCheckResult match = get_result (visitor, "face-match", &code);
  GsCheckResult attack = get_result (visitor, "no-attack-found", &code);

  if (score < 0)
    score = match == GS_CHECK_RESULT_FAILED ? 0.22 + 0.30 * g_rand_double (self->random)
                                            : 0.80 + 0.18 * g_rand_double (self->random);
  else if (match == GS_CHECK_RESULT_SUCCESSFUL && score < FACE_THRESHOLD)
    match = GS_CHECK_RESULT_FAILED;
  gs_population_publish (
    self, "crossing.face", visitor->id,
    json_pack ("{s:i, s:o, s:f, s:s, s:s, s:{s:o, s:o, s:i}}", "attempt", 1, "score",
               match == GS_CHECK_RESULT_ABORTED ? json_null ()
                                                : json_real ((int) (score * 1000.0) / 1000.0),
               "threshold", FACE_THRESHOLD, "match", gs_check_result_to_word (match), "attack",
               gs_check_result_to_word (attack), "quality", "sharpness",
               json_real ((int) (600 + 390 * g_rand_double (self->random)) / 1000.0), "brightness",
               json_real ((int) (400 + 300 * g_rand_double (self->random)) / 1000.0),
               "eye_distance_pixels", g_rand_int_range (self->random, 66, 126)));
}

void
gs_population_tell_flight (GsPopulation *self, GsVisitor *visitor, gint64 closes_utc_ms)
{
  gs_population_publish (self, "crossing.flight", visitor->id,
                         json_pack ("{s:s, s:o}", "flight", visitor->flight, "boarding_closes_at",
                                    gs_sim_json_new_time (closes_utc_ms)));
}

void
gs_population_tell_admitted (GsPopulation *self, GsVisitor *visitor)
{
  gs_population_publish (self, "crossing.admitted", visitor->id,
                         json_pack ("{s:o, s:s, s:s}", "at",
                                    gs_sim_json_new_time (gs_population_now_utc_ms (self)), "gate",
                                    get_gate (self, visitor), "by", "gate"));
}

void
gs_population_tell_referred (GsPopulation *self, GsVisitor *visitor, json_t *reasons)
{
  const char *gate = get_gate (self, visitor);

  gs_population_publish (self, "crossing.referred", visitor->id,
                         json_pack ("{s:s, s:o, s:s?, s:s?, s:o}", "gate", gate, "reasons", reasons,
                                    "fault", visitor->fault, "party", visitor->party, "traveller",
                                    gs_sim_traveller_to_json (visitor->traveller)));
}

gboolean
gs_population_scan_crossing (GsPopulation *self, const char *crossing, const char *desk)
{
  json_t *facts = gs_sim_hall_get_facts (self->hall, crossing);
  json_t *lines = json_object_get (facts, "mrz");
  const char *first = json_string_value (json_array_get (lines, 0));
  const char *second = json_string_value (json_array_get (lines, 1));
  g_autofree char *text = NULL;

  if (first == NULL || second == NULL || self->scan == NULL)
    return FALSE;
  text = g_strconcat (first, second, "\r", NULL);
  return self->scan (desk, text, 2 * GS_SIM_MRZ_LINE + 1, self->scan_data);
}

/* The picture of a kind by its number modulo how many the cache has. */
static GBytes *
load_picture (GsPopulation *self, const char *person, const char *kind, guint choice)
{
  guint count = 0;
  char *contents;
  gsize length;

  for (;; count++)
    {
      g_autofree char *path =
        g_strdup_printf ("%s/%s-%s-%u.jpg", self->portraits, person, kind, count);
      g_autofree char *from_one =
        g_strdup_printf ("%s/%s-%s-%u.jpg", self->portraits, person, kind, count + 1);

      if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (from_one, G_FILE_TEST_EXISTS))
        break;
    }
  for (guint i = 0; i <= count; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s-%s-%u.jpg", self->portraits, person, kind,
                                               (choice + i) % (count + 1));

      if (g_file_get_contents (path, &contents, &length, NULL))
        return g_bytes_new_take (contents, length);
    }
  return NULL;
}

/* The gate's camera saw who came: the passport's person, somebody else, or somebody between the
 * two, of whom the cache has pictures only when gateside-portraits drew them; else whoever has the
 * greater share of the face. */
static GBytes *
load_gate_picture (GsPopulation *self, const char *crossing, json_t *facts, int person)
{
  const char *special = gs_sim_json_text (facts, "gate_picture");
  json_t *stand_in = json_object_get (facts, "stand_in");
  double blend = json_number_value (json_object_get (facts, "blend"));
  g_autofree char *name = NULL;
  GBytes *picture;

  if (json_is_integer (stand_in) && blend > 0.0)
    {
      int other = (int) json_integer_value (stand_in);

      name = g_strdup_printf ("%02d-%02d-%02d", person, other, (int) (blend * 100.0 + 0.5));
      picture = load_picture (self, name, "gate", g_str_hash (crossing));
      if (picture != NULL)
        return picture;
      g_free (name);
      person = blend > 0.5 ? other : person;
    }
  else if (json_is_integer (stand_in))
    person = (int) json_integer_value (stand_in);
  name = g_strdup_printf ("%02d", person);
  if (special != NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s-%s.jpg", self->portraits, name, special);
      char *contents;
      gsize length;

      if (g_file_get_contents (path, &contents, &length, NULL))
        return g_bytes_new_take (contents, length);
    }
  return load_picture (self, name, "gate", g_str_hash (crossing));
}

GBytes *
gs_population_load_evidence (GsPopulation *self,
                             const char *crossing,
                             const char *name,
                             const char **content_type)
{
  json_t *facts = gs_sim_hall_get_facts (self->hall, crossing);
  json_t *person_json = json_object_get (facts, "person");
  int person = (int) json_integer_value (person_json);
  g_autofree char *path = NULL;
  char *contents;
  gsize length;

  if (!g_str_has_suffix (name, "-face"))
    {
      *content_type = "application/octet-stream";
      return gs_population_load_passport_file (self, crossing, name);
    }
  *content_type = "image/jpeg";
  if (self->portraits == NULL || person_json == NULL)
    return NULL;
  if (g_str_equal (name, "gate-face"))
    return load_gate_picture (self, crossing, facts, person);
  if (!g_str_equal (name, "chip-face"))
    return NULL;
  path = g_strdup_printf ("%s/%02d-passport.jpg", self->portraits, person);
  return g_file_get_contents (path, &contents, &length, NULL) ? g_bytes_new_take (contents, length)
                                                              : NULL;
}
