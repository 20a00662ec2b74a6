/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-fake-hall.h"

#include "gs-time.h"

#define GRANT_MS 30000

typedef struct
{
  char *stamp;
  char *claim;
  gboolean stands; /* FALSE once released */
  gboolean issued;
} Claim;

struct _GsFakeHall
{
  GObject parent_instance;

  GsClock *clock;
  gboolean down;
  GError *fail[GS_FAKE_HALL_N_CALLS];
  gboolean fail_done[GS_FAKE_HALL_N_CALLS];
  gboolean hold[GS_FAKE_HALL_N_CALLS];
  guint calls[GS_FAKE_HALL_N_CALLS];
  GPtrArray *waiting;    /* Answer that is held */
  GHashTable *crossings; /* id → GsCrossing */
  GHashTable *claims;    /* crossing → Claim */
  GHashTable *leases;    /* crossing → desk */
  GHashTable *evidence;  /* name → GBytes */
  GPtrArray *decisions;
  GPtrArray *reports;
  GPtrArray *open_claims;
  GHashTable *serials; /* prefix → gint64 */
  GPtrArray *unclaimed;
  char *conflict;
  guint n_claims;
  gint64 as_of;
};

/* What a call will return: a value with its free function, a boolean when free is NULL, or an
 * error. */
typedef struct
{
  GTask *task;
  GsFakeHallCall call;
  gpointer value;
  GDestroyNotify free;
  GError *error;
} Answer;

static void gs_fake_hall_hall_init (GsHallInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsFakeHall,
                               gs_fake_hall,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_HALL, gs_fake_hall_hall_init))

static void
claim_free (gpointer data)
{
  Claim *claim = data;

  g_free (claim->stamp);
  g_free (claim->claim);
  g_free (claim);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_error (&answer->error);
  if (answer->value != NULL && answer->free != NULL)
    answer->free (answer->value);
  g_object_unref (answer->task);
  g_free (answer);
}

static gboolean
on_answer (gpointer data)
{
  Answer *answer = data;

  if (answer->error != NULL)
    g_task_return_error (answer->task, g_steal_pointer (&answer->error));
  else if (answer->free != NULL)
    g_task_return_pointer (answer->task, g_steal_pointer (&answer->value), answer->free);
  else
    g_task_return_boolean (answer->task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
send_answer (Answer *answer)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_answer, answer, answer_free);
}

/* Takes value and error over. A failure that a test asked for comes before both. */
static void
reply (GsFakeHall *self, GTask *task, GsFakeHallCall call, gpointer value, GDestroyNotify free)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->task = task;
  answer->call = call;
  answer->value = value;
  answer->free = free;
  answer->error = g_steal_pointer (&self->fail[call]);
  if (self->hold[call])
    g_ptr_array_add (self->waiting, answer);
  else
    send_answer (answer);
}

static void
refuse (GsFakeHall *self, GTask *task, GsFakeHallCall call, GError *error)
{
  if (self->fail[call] == NULL)
    self->fail[call] = error;
  else
    g_error_free (error);
  reply (self, task, call, NULL, NULL);
}

/* Counts the call. TRUE when it shall do nothing but fail. */
static gboolean
fails_undone (GsFakeHall *self, GTask *task, GsFakeHallCall call)
{
  self->calls[call]++;
  if (self->down)
    {
      refuse (self, task, call,
              g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_UNREACHABLE, "no link"));
      return TRUE;
    }
  if (self->fail[call] == NULL || self->fail_done[call])
    return FALSE;
  reply (self, task, call, NULL, NULL);
  return TRUE;
}

static gint64
now_utc_ms (GsFakeHall *self)
{
  return gs_clock_now_utc_ms (self->clock);
}

static void
get_status (GsHall *hall, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  GsHallStatus *status;

  if (fails_undone (self, task, GS_FAKE_HALL_STATUS))
    return;
  status = gs_hall_status_new ();
  status->server_time_utc_ms = now_utc_ms (self);
  status->synchronised = TRUE;
  status->clock_error_ms = 5;
  status->closes_by_customs = TRUE;
  status->closes_by_boarded = TRUE;
  status->sent_monotonic_us = gs_clock_monotonic_us (self->clock);
  status->received_monotonic_us = status->sent_monotonic_us;
  reply (self, task, GS_FAKE_HALL_STATUS, status, (GDestroyNotify) gs_hall_status_free);
}

static void
do_nothing (GsHall *hall, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);

  if (!fails_undone (self, task, GS_FAKE_HALL_OTHER))
    reply (self, task, GS_FAKE_HALL_OTHER, NULL, NULL);
}

static GsHallCrossing *
describe (const GsCrossing *crossing)
{
  GsHallCrossing *found = g_new0 (GsHallCrossing, 1);

  found->crossing = gs_crossing_copy (crossing);
  found->window_closes_utc_ms = GS_TIME_UNKNOWN;
  return found;
}

static void
lookup (GsHall *hall, const char *issuing_state, const char *number, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  GsHallCrossings *found;
  GHashTableIter iter;
  gpointer value;

  if (fails_undone (self, task, GS_FAKE_HALL_LOOKUP))
    return;
  found = g_new0 (GsHallCrossings, 1);
  found->crossings = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_crossing_free);
  found->as_of_event = -1;
  g_hash_table_iter_init (&iter, self->crossings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (gs_traveller_same_document (((GsCrossing *) value)->traveller, issuing_state, number))
      g_ptr_array_add (found->crossings, describe (value));
  reply (self, task, GS_FAKE_HALL_LOOKUP, found, (GDestroyNotify) gs_hall_crossings_free);
}

static void
get_open_crossings (GsHall *hall, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  GsHallCrossings *found;
  GHashTableIter iter;
  gpointer value;

  if (fails_undone (self, task, GS_FAKE_HALL_OPEN))
    return;
  found = g_new0 (GsHallCrossings, 1);
  found->crossings = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_crossing_free);
  found->as_of_event = self->as_of;
  g_hash_table_iter_init (&iter, self->crossings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (gs_crossing_is_open_case (value))
      g_ptr_array_add (found->crossings, describe (value));
  reply (self, task, GS_FAKE_HALL_OPEN, found, (GDestroyNotify) gs_hall_crossings_free);
}

static void
get_crossing (GsHall *hall, const char *id, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  const GsCrossing *crossing = g_hash_table_lookup (self->crossings, id);

  if (fails_undone (self, task, GS_FAKE_HALL_GET_CROSSING))
    return;
  if (crossing == NULL)
    refuse (self, task, GS_FAKE_HALL_GET_CROSSING,
            g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_NOT_FOUND, "no such crossing"));
  else
    reply (self, task, GS_FAKE_HALL_GET_CROSSING, describe (crossing),
           (GDestroyNotify) gs_hall_crossing_free);
}

static void
get_evidence (GsHall *hall, const char *crossing, const char *name, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);

  GBytes *bytes = g_hash_table_lookup (self->evidence, name);
  GsHallEvidence *evidence;

  if (fails_undone (self, task, GS_FAKE_HALL_EVIDENCE))
    return;
  if (bytes == NULL)
    {
      refuse (self, task, GS_FAKE_HALL_EVIDENCE,
              g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_NOT_FOUND, "no evidence"));
      return;
    }
  evidence = g_new0 (GsHallEvidence, 1);
  evidence->bytes = g_bytes_ref (bytes);
  evidence->content_type = g_strdup ("image/jpeg");
  reply (self, task, GS_FAKE_HALL_EVIDENCE, evidence, (GDestroyNotify) gs_hall_evidence_free);
}

void
gs_fake_hall_set_evidence (GsFakeHall *self, const char *name, GBytes *bytes)
{
  if (bytes != NULL)
    g_hash_table_replace (self->evidence, g_strdup (name), g_bytes_ref (bytes));
  else
    g_hash_table_remove (self->evidence, name);
}

static void
put_lease (GsHall *hall, const char *crossing, const char *desk, const char *officer, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  GsHallLease *lease;

  if (fails_undone (self, task, GS_FAKE_HALL_LEASE))
    return;
  lease = g_new0 (GsHallLease, 1);
  lease->desk = g_strdup (desk);
  lease->officer = g_strdup (officer);
  lease->until_utc_ms = now_utc_ms (self) + 30000;
  g_hash_table_replace (self->leases, g_strdup (crossing), g_strdup (desk));
  reply (self, task, GS_FAKE_HALL_LEASE, lease, (GDestroyNotify) gs_hall_lease_free);
}

static void
delete_lease (
  GsHall *hall, const char *crossing, const char *desk, const char *officer, GTask *task)
{
  g_hash_table_remove (GS_FAKE_HALL (hall)->leases, crossing);
  do_nothing (hall, task);
}

static void
post_decision (GsHall *hall, const GsHallDecision *decision, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  GsHallReceipt *receipt;
  gboolean known = FALSE;

  if (fails_undone (self, task, GS_FAKE_HALL_DECISION))
    return;
  for (guint i = 0; i < self->decisions->len; i++)
    known = known
            || g_str_equal (((GsHallDecision *) g_ptr_array_index (self->decisions, i))->key,
                            decision->key);
  if (!known)
    g_ptr_array_add (self->decisions, gs_hall_decision_copy (decision));
  receipt = g_new0 (GsHallReceipt, 1);
  receipt->replayed = known;
  reply (self, task, GS_FAKE_HALL_DECISION, receipt, (GDestroyNotify) gs_hall_receipt_free);
}

static void
refuse_claim (GsFakeHall *self, GTask *task, const Claim *claim)
{
  GsHallProblem *problem = gs_hall_problem_new ();

  problem->status = 409;
  problem->desk = g_strdup ("other-desk");
  problem->at_utc_ms = now_utc_ms (self);
  refuse (self, task, GS_FAKE_HALL_CLAIM,
          gs_hall_error_new_with_problem (claim->issued ? GS_HALL_ERROR_ALREADY_STAMPED
                                                        : GS_HALL_ERROR_CLAIMED_ELSEWHERE,
                                          problem));
}

static void
post_stamp_claim (GsHall *hall, const GsHallStampRequest *request, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  Claim *claim = g_hash_table_lookup (self->claims, request->crossing);
  GsHallClaim *granted;
  gboolean replayed;

  if (fails_undone (self, task, GS_FAKE_HALL_CLAIM))
    return;
  replayed = claim != NULL && g_str_equal (claim->stamp, request->stamp);
  if (claim != NULL && claim->stands && !replayed)
    {
      refuse_claim (self, task, claim);
      return;
    }
  if (!replayed)
    {
      claim = g_new0 (Claim, 1);
      claim->stamp = g_strdup (request->stamp);
      claim->claim = g_strdup_printf ("claim-%u", ++self->n_claims);
      claim->stands = TRUE;
      g_hash_table_replace (self->claims, g_strdup (request->crossing), claim);
    }
  granted = g_new0 (GsHallClaim, 1);
  granted->claim = g_strdup (claim->claim);
  granted->granted_at_utc_ms = now_utc_ms (self);
  granted->start_before_utc_ms = now_utc_ms (self) + GRANT_MS;
  granted->window_closes_at_utc_ms = GS_TIME_UNKNOWN;
  granted->replayed = replayed;
  reply (self, task, GS_FAKE_HALL_CLAIM, granted, (GDestroyNotify) gs_hall_claim_free);
}

static void
put_claim_outcome (GsHall *hall, const GsHallClaimReport *report, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  Claim *claim = g_hash_table_lookup (self->claims, report->crossing);
  GsHallClaimReport *copy;

  if (fails_undone (self, task, GS_FAKE_HALL_OUTCOME))
    return;
  copy = gs_hall_claim_report_new ();
  copy->crossing = g_strdup (report->crossing);
  copy->claim = g_strdup (report->claim);
  copy->outcome = report->outcome;
  copy->serial = g_strdup (report->serial);
  copy->replaces = g_strdup (report->replaces);
  copy->at_utc_ms = report->at_utc_ms;
  copy->supervisor = g_strdup (report->supervisor);
  copy->officer = g_strdup (report->officer);
  copy->reason = g_strdup (report->reason);
  g_ptr_array_add (self->reports, copy);
  if (claim != NULL && report->outcome == GS_HALL_CLAIM_RELEASED)
    claim->stands = FALSE;
  if (claim != NULL && report->outcome == GS_HALL_CLAIM_ISSUED)
    claim->issued = TRUE;
  reply (self, task, GS_FAKE_HALL_OUTCOME, NULL, NULL);
}

static void
get_open_claims (GsHall *hall, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  GPtrArray *list;

  if (fails_undone (self, task, GS_FAKE_HALL_OPEN_CLAIMS))
    return;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_open_claim_free);
  for (guint i = 0; i < self->open_claims->len; i++)
    g_ptr_array_add (list, gs_hall_open_claim_copy (g_ptr_array_index (self->open_claims, i)));
  reply (self, task, GS_FAKE_HALL_OPEN_CLAIMS, list, (GDestroyNotify) g_ptr_array_unref);
}

static void
get_serials (GsHall *hall, const char *desk, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  GHashTableIter iter;
  gpointer prefix, newest;
  GPtrArray *list;

  if (fails_undone (self, task, GS_FAKE_HALL_SERIALS))
    return;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_serial_free);
  g_hash_table_iter_init (&iter, self->serials);
  while (g_hash_table_iter_next (&iter, &prefix, &newest))
    {
      GsHallSerial *serial = g_new0 (GsHallSerial, 1);

      serial->prefix = g_strdup (prefix);
      serial->newest = *(gint64 *) newest;
      g_ptr_array_add (list, serial);
    }
  reply (self, task, GS_FAKE_HALL_SERIALS, list, (GDestroyNotify) g_ptr_array_unref);
}

static void
post_unclaimed (GsHall *hall, const GsHallUnclaimed *stamp, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);
  GsHallUnclaimedAnswer *answer;

  if (fails_undone (self, task, GS_FAKE_HALL_UNCLAIMED))
    return;
  g_ptr_array_add (self->unclaimed, gs_hall_unclaimed_copy (stamp));
  answer = gs_hall_unclaimed_answer_new ();
  if (self->conflict != NULL)
    {
      GsHallConflict *conflict = gs_hall_conflict_new (self->conflict);

      conflict->serial = g_strdup ("UTO-D4 000009");
      conflict->desk = g_strdup ("desk-4");
      conflict->at_utc_ms = now_utc_ms (self);
      g_ptr_array_add (answer->conflicts, conflict);
    }
  else
    answer->claim = g_strdup_printf ("claim-%u", ++self->n_claims);
  reply (self, task, GS_FAKE_HALL_UNCLAIMED, answer,
         (GDestroyNotify) gs_hall_unclaimed_answer_free);
}

static void
put_presence (GsHall *hall, const GsHallPresence *presence, GTask *task)
{
  do_nothing (hall, task);
}

static void
post_desk_call (GsHall *hall, const char *crossing, const char *desk, GTask *task)
{
  GsFakeHall *self = GS_FAKE_HALL (hall);

  if (!fails_undone (self, task, GS_FAKE_HALL_DESK_CALL))
    reply (self, task, GS_FAKE_HALL_DESK_CALL, NULL, NULL);
}

/* No test of the station needs these yet. */
static void
refuse_other (GsHall *hall, GTask *task)
{
  refuse (GS_FAKE_HALL (hall), task, GS_FAKE_HALL_OTHER,
          g_error_new_literal (GS_HALL_ERROR, GS_HALL_ERROR_NOT_FOUND, "not in this fake"));
}

static void
get_events_page (GsHall *hall, gint64 after, guint limit, GTask *task)
{
  refuse_other (hall, task);
}

static void
post_gate_command (GsHall *hall, const GsHallGateCommand *command, GTask *task)
{
  refuse_other (hall, task);
}

static void
gs_fake_hall_hall_init (GsHallInterface *iface)
{
  iface->get_status = get_status;
  iface->get_events_page = get_events_page;
  iface->get_open_crossings = get_open_crossings;
  iface->lookup = lookup;
  iface->get_crossing = get_crossing;
  iface->get_evidence = get_evidence;
  iface->put_lease = put_lease;
  iface->delete_lease = delete_lease;
  iface->post_decision = post_decision;
  iface->post_stamp_claim = post_stamp_claim;
  iface->put_claim_outcome = put_claim_outcome;
  iface->get_open_claims = get_open_claims;
  iface->get_serials = get_serials;
  iface->post_unclaimed = post_unclaimed;
  iface->put_presence = put_presence;
  iface->post_desk_call = post_desk_call;
  iface->post_gate_command = post_gate_command;
}

static void
gs_fake_hall_finalize (GObject *object)
{
  GsFakeHall *self = GS_FAKE_HALL (object);

  for (guint i = 0; i < GS_FAKE_HALL_N_CALLS; i++)
    g_clear_error (&self->fail[i]);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->crossings);
  g_hash_table_unref (self->claims);
  g_hash_table_unref (self->leases);
  g_hash_table_unref (self->evidence);
  g_ptr_array_unref (self->decisions);
  g_ptr_array_unref (self->reports);
  g_ptr_array_unref (self->open_claims);
  g_ptr_array_unref (self->unclaimed);
  g_hash_table_unref (self->serials);
  g_free (self->conflict);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (gs_fake_hall_parent_class)->finalize (object);
}

static void
gs_fake_hall_class_init (GsFakeHallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_fake_hall_finalize;
}

static void
gs_fake_hall_init (GsFakeHall *self)
{
  self->waiting = g_ptr_array_new_with_free_func (answer_free);
  self->crossings =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) gs_crossing_free);
  self->claims = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, claim_free);
  self->leases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->evidence =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_decision_free);
  self->open_claims = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_open_claim_free);
  self->unclaimed = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_unclaimed_free);
  self->serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_hall_claim_report_free);
}

GsFakeHall *
gs_fake_hall_new (GsClock *clock)
{
  GsFakeHall *self = g_object_new (GS_TYPE_FAKE_HALL, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
gs_fake_hall_set_link (GsFakeHall *self, gboolean up)
{
  self->down = !up;
}

void
gs_fake_hall_fail_next (GsFakeHall *self, GsFakeHallCall call, GError *error, gboolean done)
{
  g_clear_error (&self->fail[call]);
  self->fail[call] = error;
  self->fail_done[call] = done;
}

void
gs_fake_hall_hold (GsFakeHall *self, GsFakeHallCall call, gboolean hold)
{
  self->hold[call] = hold;
  for (guint i = 0; !hold && i < self->waiting->len;)
    {
      Answer *answer = g_ptr_array_index (self->waiting, i);

      if (answer->call == call)
        send_answer (g_ptr_array_steal_index (self->waiting, i));
      else
        i++;
    }
}

void
gs_fake_hall_take_crossing (GsFakeHall *self, GsCrossing *crossing)
{
  g_hash_table_replace (self->crossings, crossing->id, crossing);
}

void
gs_fake_hall_drop_crossing (GsFakeHall *self, const char *crossing)
{
  g_hash_table_remove (self->crossings, crossing);
}

void
gs_fake_hall_set_as_of (GsFakeHall *self, gint64 event)
{
  self->as_of = event;
}

guint
gs_fake_hall_get_calls (GsFakeHall *self, GsFakeHallCall call)
{
  return self->calls[call];
}

GPtrArray *
gs_fake_hall_get_decisions (GsFakeHall *self)
{
  return self->decisions;
}

GPtrArray *
gs_fake_hall_get_reports (GsFakeHall *self)
{
  return self->reports;
}

const char *
gs_fake_hall_get_lease (GsFakeHall *self, const char *crossing)
{
  g_return_val_if_fail (GS_IS_FAKE_HALL (self), NULL);
  return g_hash_table_lookup (self->leases, crossing);
}

void
gs_fake_hall_take_open_claim (GsFakeHall *self, GsHallOpenClaim *claim)
{
  g_ptr_array_add (self->open_claims, claim);
}

void
gs_fake_hall_drop_open_claims (GsFakeHall *self)
{
  g_ptr_array_set_size (self->open_claims, 0);
}

void
gs_fake_hall_set_serial (GsFakeHall *self, const char *prefix, gint64 newest)
{
  g_hash_table_replace (self->serials, g_strdup (prefix), g_memdup2 (&newest, sizeof newest));
}

void
gs_fake_hall_set_conflict (GsFakeHall *self, const char *kind)
{
  g_free (self->conflict);
  self->conflict = g_strdup (kind);
}

GPtrArray *
gs_fake_hall_get_unclaimed (GsFakeHall *self)
{
  return self->unclaimed;
}
