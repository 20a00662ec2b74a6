/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-hall-private.h"

#include "gs-sim-json.h"
#include "gs-sim-rules.h"
#include "gs-time.h"
#include "gs-uuid.h"

#include <string.h>

/* Stamps that were printed without a claim, told afterwards: they are on paper, so none is turned
 * away; what speaks against one is told back and stays with it. Beside them what the hall knows of
 * claims that have no end, and of each desk's serials. */

/* ---- stamps without a claim ---- */

void
gs_sim_hall_put_unclaimed (GsSimHall *self, json_t *stamp)
{
  const char *id = gs_sim_json_text (stamp, "stamp");
  const char *serial = gs_sim_json_text (stamp, "serial");

  if (id == NULL || serial == NULL)
    return;
  g_hash_table_replace (self->unclaimed, g_strdup (id), json_incref (stamp));
  if (!g_hash_table_contains (self->serials, serial))
    g_hash_table_replace (self->serials, g_strdup (serial), g_strdup (id));
}

static void
store_unclaimed (GsSimHall *self, json_t *stamp)
{
  gs_sim_hall_add_record (self, json_pack ("{s:s, s:O}", "record", "unclaimed", "stamp", stamp));
  gs_sim_hall_put_unclaimed (self, stamp);
}

static const char *
check_body (json_t *body)
{
  static const char *const texts[] = { "crossing", "serial", "officer", "printer", "reason", NULL };
  static const char *const outcomes[] = { "issued", "void", "in-doubt", NULL };
  const char *stamp = gs_sim_json_text (body, "stamp");
  const char *outcome = gs_sim_json_text (body, "outcome");

  if (stamp == NULL || !gs_uuid_is_valid (stamp))
    return "stamp must be a UUID";
  for (gsize i = 0; texts[i] != NULL; i++)
    if (gs_sim_json_text (body, texts[i]) == NULL || *gs_sim_json_text (body, texts[i]) == '\0')
      return "crossing, serial, officer, printer and reason must be texts";
  if (outcome == NULL || !g_strv_contains (outcomes, outcome))
    return "outcome must be issued, void or in-doubt";
  if (gs_sim_json_time (body, "at") == GS_TIME_UNKNOWN)
    return "at must be an RFC 3339 time";
  return NULL;
}

static json_t *
conflict_new (const char *kind)
{
  return json_pack ("{s:s, s:n, s:n, s:n, s:n}", "kind", kind, "serial", "desk", "at", "cause");
}

static json_t *
describe_conflict (const GsSimCrossing *crossing, GsSimClaimVerdict verdict)
{
  const GsSimClaim *claim = crossing->claim;
  json_t *conflict;

  switch (verdict)
    {
    case GS_SIM_CLAIM_ALREADY_STAMPED:
    case GS_SIM_CLAIM_CLAIMED_ELSEWHERE:
    case GS_SIM_CLAIM_IN_DOUBT:
      conflict = conflict_new (verdict == GS_SIM_CLAIM_ALREADY_STAMPED     ? "already-stamped"
                               : verdict == GS_SIM_CLAIM_CLAIMED_ELSEWHERE ? "claimed-elsewhere"
                                                                           : "in-doubt");
      json_object_set_new (conflict, "serial", json_string (claim->serial));
      json_object_set_new (conflict, "desk", json_string (claim->desk));
      json_object_set_new (conflict, "at",
                           gs_sim_json_new_time (claim->outcome_at_utc_ms != GS_TIME_UNKNOWN
                                                   ? claim->outcome_at_utc_ms
                                                   : claim->granted_at_utc_ms));
      return conflict;
    case GS_SIM_CLAIM_WINDOW_CLOSED:
      conflict = conflict_new ("window-closed");
      json_object_set_new (conflict, "at", gs_sim_json_new_time (crossing->closes_at_utc_ms));
      json_object_set_new (conflict, "cause", gs_sim_json_new_text (crossing->cause));
      return conflict;
    case GS_SIM_CLAIM_OPEN_CASE:
      return conflict_new ("open-case");
    case GS_SIM_CLAIM_CANCELLED:
      return conflict_new ("cancelled");
    case GS_SIM_CLAIM_NOT_ADMITTED:
      return conflict_new ("not-admitted");
    case GS_SIM_CLAIM_GRANT:
    case GS_SIM_CLAIM_SAME:
    case GS_SIM_CLAIM_REPLACE:
    default:
      return NULL;
    }
}

/* What speaks against the stamp; *binds tells whether the crossing is this stamp's all the same. */
static json_t *
find_conflicts (
  GsSimHall *self, const GsSimCrossing *crossing, const char *desk, json_t *body, gboolean *binds)
{
  json_t *conflicts = json_array ();
  GsSimClaimVerdict verdicts[2];
  guint n;

  *binds = FALSE;
  if (g_hash_table_contains (self->serials, gs_sim_json_text (body, "serial")))
    {
      json_array_append_new (conflicts, conflict_new ("serial-used"));
      return conflicts;
    }
  if (crossing == NULL)
    {
      json_array_append_new (conflicts, conflict_new ("unknown-crossing"));
      return conflicts;
    }
  n = gs_sim_rules_unclaimed (
    crossing, desk, gs_sim_json_text (body, "replaces"),
    crossing->admitted != NULL ? gs_sim_json_time (crossing->admitted, "at") : GS_TIME_UNKNOWN,
    gs_sim_json_time (body, "at"), verdicts);
  *binds = TRUE;
  for (guint i = 0; i < n; i++)
    {
      json_array_append_new (conflicts, describe_conflict (crossing, verdicts[i]));
      /* It stands beside another one: that one keeps the crossing. */
      if (verdicts[i] == GS_SIM_CLAIM_ALREADY_STAMPED
          || verdicts[i] == GS_SIM_CLAIM_CLAIMED_ELSEWHERE || verdicts[i] == GS_SIM_CLAIM_IN_DOUBT)
        *binds = FALSE;
    }
  return conflicts;
}

static GsSimClaim *
make_claim (GsSimHall *self, const GsSimCrossing *crossing, const char *desk, json_t *body)
{
  GsSimClaim *claim = g_new0 (GsSimClaim, 1);
  const char *replaces = gs_sim_json_text (body, "replaces");

  claim->id = gs_uuid_new ();
  claim->crossing = g_strdup (crossing->id);
  claim->stamp = g_strdup (gs_sim_json_text (body, "stamp"));
  claim->serial = g_strdup (gs_sim_json_text (body, "serial"));
  claim->desk = g_strdup (desk);
  claim->officer = g_strdup (gs_sim_json_text (body, "officer"));
  claim->printer = g_strdup (gs_sim_json_text (body, "printer"));
  claim->replaces = g_strdup (replaces);
  claim->replacements = replaces != NULL;
  claim->granted_at_utc_ms = gs_sim_hall_now_utc_ms (self);
  claim->start_before_utc_ms = claim->granted_at_utc_ms;
  claim->outcome_at_utc_ms = GS_TIME_UNKNOWN;
  claim->replace_until_utc_ms = GS_TIME_UNKNOWN;
  return claim;
}

static void
bind_claim (GsSimHall *self, GsSimClaim *claim, const char *outcome, gint64 at)
{
  g_free (claim->outcome);
  claim->outcome = g_strdup (outcome);
  claim->outcome_at_utc_ms = at;
  claim->replace_until_utc_ms = g_str_equal (outcome, "void") && claim->replacements == 0
                                  ? at + GS_SIM_REPLACEMENT_MS
                                  : GS_TIME_UNKNOWN;
  gs_sim_hall_store_claim (self, claim);
  gs_sim_hall_publish_outcome (self, claim);
  if (self->device != NULL && g_str_equal (outcome, "issued"))
    gs_sim_gates_stamped (self->device, claim->crossing);
}

static json_t *
describe (GsSimHall *self, const char *desk, json_t *body, const char *claim, json_t *conflicts)
{
  return json_pack (
    "{s:s, s:s, s:s, s:s, s:s, s:O, s:s?, s:o, s:o}", "stamp", gs_sim_json_text (body, "stamp"),
    "crossing", gs_sim_json_text (body, "crossing"), "serial", gs_sim_json_text (body, "serial"),
    "desk", desk, "outcome", gs_sim_json_text (body, "outcome"), "at", json_object_get (body, "at"),
    "claim", claim, "recorded_at", gs_sim_json_new_time (gs_sim_hall_now_utc_ms (self)),
    "conflicts", conflicts);
}

/* A stamp that was told as in doubt, and is known now. */
static GsSimReply *
settle_known (
  GsSimHall *self, json_t *known, const char *desk, const char *key, const char *path, json_t *body)
{
  const char *id = gs_sim_json_text (known, "claim");
  json_t *stored = id != NULL ? g_hash_table_lookup (self->claims, id) : NULL;
  g_autoptr (GsSimClaim) claim = stored != NULL ? gs_sim_claim_from_json (stored) : NULL;
  gboolean same =
    g_strcmp0 (gs_sim_json_text (known, "serial"), gs_sim_json_text (body, "serial")) == 0
    && g_strcmp0 (gs_sim_json_text (known, "crossing"), gs_sim_json_text (body, "crossing")) == 0
    && g_strcmp0 (gs_sim_json_text (known, "desk"), desk) == 0;
  json_t *answer;

  if (!same || g_strcmp0 (gs_sim_json_text (known, "outcome"), "in-doubt") != 0
      || (claim != NULL && g_strcmp0 (claim->outcome, "in-doubt") != 0))
    return gs_sim_reply_problem (
      "claim-closed", NULL, json_pack ("{s:O?}", "outcome", json_object_get (known, "outcome")));
  answer = describe (self, desk, body, id, json_deep_copy (json_object_get (known, "conflicts")));
  gs_sim_hall_begin (self);
  if (claim != NULL)
    bind_claim (self, claim, gs_sim_json_text (body, "outcome"), gs_sim_json_time (body, "at"));
  store_unclaimed (self, answer);
  gs_sim_hall_store_key (self, key, path, body, answer);
  gs_sim_hall_note_truth (self, "unclaimed", answer);
  gs_sim_hall_commit (self);
  return gs_sim_reply_new (201, answer);
}

GsSimReply *
gs_sim_hall_take_unclaimed (GsSimHall *self, const char *desk, const char *key, json_t *body)
{
  static const char path[] = "unclaimed-stamps";
  GsSimReply *replay = gs_sim_hall_check_key (self, key, path, body);
  const char *mistake = check_body (body);
  g_autoptr (GsSimClaim) claim = NULL;
  GsSimCrossing *crossing;
  gboolean binds;
  json_t *conflicts, *answer, *known;

  if (replay != NULL)
    return replay;
  if (mistake != NULL)
    return gs_sim_reply_problem ("invalid-body", mistake, NULL);
  known = g_hash_table_lookup (self->unclaimed, gs_sim_json_text (body, "stamp"));
  if (known != NULL)
    return settle_known (self, known, desk, key, path, body);
  crossing = gs_sim_hall_get_crossing (self, gs_sim_json_text (body, "crossing"));
  conflicts = find_conflicts (self, crossing, desk, body, &binds);
  if (binds)
    claim = make_claim (self, crossing, desk, body);
  answer = describe (self, desk, body, claim != NULL ? claim->id : NULL, conflicts);
  gs_sim_hall_begin (self);
  if (claim != NULL)
    bind_claim (self, claim, gs_sim_json_text (body, "outcome"), gs_sim_json_time (body, "at"));
  store_unclaimed (self, answer);
  gs_sim_hall_store_key (self, key, path, body, answer);
  gs_sim_hall_note_truth (self, "unclaimed", answer);
  gs_sim_hall_commit (self);
  return gs_sim_reply_new (201, answer);
}

/* ---- claims without an end ---- */

static int
compare_since (gconstpointer a, gconstpointer b)
{
  const GsSimClaim *first = *(GsSimClaim *const *) a;
  const GsSimClaim *second = *(GsSimClaim *const *) b;

  if (first->granted_at_utc_ms != second->granted_at_utc_ms)
    return first->granted_at_utc_ms < second->granted_at_utc_ms ? -1 : 1;
  return strcmp (first->id, second->id);
}

GsSimReply *
gs_sim_hall_list_open_claims (GsSimHall *self)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_sim_claim_free);
  json_t *list = json_array ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->claims);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GsSimClaim *claim = gs_sim_claim_from_json (value);

      if (claim->outcome == NULL || g_str_equal (claim->outcome, "in-doubt"))
        g_ptr_array_add (open, claim);
      else
        gs_sim_claim_free (claim);
    }
  g_ptr_array_sort (open, compare_since);
  for (guint i = 0; i < open->len; i++)
    {
      const GsSimClaim *claim = g_ptr_array_index (open, i);

      json_array_append_new (
        list,
        json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "claim", claim->id, "crossing",
                   claim->crossing, "stamp", claim->stamp, "serial", claim->serial, "desk",
                   claim->desk, "state", claim->outcome != NULL ? "in-doubt" : "granted", "since",
                   gs_sim_json_new_time (claim->outcome != NULL ? claim->outcome_at_utc_ms
                                                                : claim->granted_at_utc_ms),
                   "start_before", gs_sim_json_new_time (claim->start_before_utc_ms)));
    }
  return gs_sim_reply_new (200, json_pack ("{s:I, s:o}", "as_of_event",
                                           (json_int_t) gs_sim_log_get_newest (self->log), "claims",
                                           list));
}

/* ---- what a desk has told of its serials ---- */

/* "UTO-D3 000007": the prefix and 7. FALSE for a serial of another form. */
static gboolean
split_serial (const char *serial, char **prefix, gint64 *number)
{
  const char *space = strrchr (serial, ' ');

  if (space == NULL || space == serial || strspn (space + 1, "0123456789") != strlen (space + 1)
      || strlen (space + 1) == 0 || strlen (space + 1) > 15)
    return FALSE;
  *prefix = g_strndup (serial, (gsize) (space - serial));
  *number = g_ascii_strtoll (space + 1, NULL, 10);
  return TRUE;
}

static const char *
desk_of_serial (GsSimHall *self, const char *id)
{
  json_t *claim = g_hash_table_lookup (self->claims, id);

  if (claim == NULL)
    claim = g_hash_table_lookup (self->unclaimed, id);
  return claim != NULL ? gs_sim_json_text (claim, "desk") : NULL;
}

GsSimReply *
gs_sim_hall_show_serials (GsSimHall *self, const char *desk)
{
  g_autoptr (GHashTable) newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GList) prefixes = NULL;
  json_t *list = json_array ();
  GHashTableIter iter;
  gpointer serial, id;

  g_hash_table_iter_init (&iter, self->serials);
  while (g_hash_table_iter_next (&iter, &serial, &id))
    {
      g_autofree char *prefix = NULL;
      gint64 number;
      const gint64 *known;

      if (g_strcmp0 (desk_of_serial (self, id), desk) != 0
          || !split_serial (serial, &prefix, &number))
        continue;
      known = g_hash_table_lookup (newest, prefix);
      if (known == NULL || *known < number)
        g_hash_table_replace (newest, g_steal_pointer (&prefix),
                              g_memdup2 (&number, sizeof number));
    }
  prefixes = g_list_sort (g_hash_table_get_keys (newest), (GCompareFunc) strcmp);
  for (GList *link = prefixes; link != NULL; link = link->next)
    json_array_append_new (
      list, json_pack ("{s:s, s:I}", "prefix", link->data, "newest",
                       (json_int_t) * (gint64 *) g_hash_table_lookup (newest, link->data)));
  return gs_sim_reply_new (200, json_pack ("{s:s, s:o}", "desk", desk, "serials", list));
}

/* ---- a hall that was restored ---- */

void
gs_sim_hall_lose_claims (GsSimHall *self)
{
  gs_sim_hall_add_record (self, json_pack ("{s:s}", "record", "claims-lost"));
  gs_sim_hall_forget_claims (self);
}

void
gs_sim_hall_forget_claims (GsSimHall *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_remove_all (self->claims);
  g_hash_table_remove_all (self->serials);
  g_hash_table_remove_all (self->unclaimed);
  for (GList *link = self->order.head; link != NULL; link = link->next)
    g_clear_pointer (&((GsSimCrossing *) link->data)->claim, gs_sim_claim_free);
  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, NULL, &key))
    if (strstr (((GsSimKey *) key)->path, "stamp") != NULL)
      g_hash_table_iter_remove (&iter);
}
