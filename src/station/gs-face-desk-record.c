/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-face-desk-private.h"

#include "gs-face-verification-table.h"
#include "gs-judgement-table.h"
#include "gs-time.h"
#include "gs-uuid.h"

/* What is judged and revealed goes into the store with its entry in the record, and counts only
 * when it stands there. The traveller who stands here is the same for all cases on the card, so
 * what was verified holds for each of them. */

typedef struct
{
  GsFaceDesk *desk;
  GsCase *item;
  char *id; /* of the sitting */
  GPtrArray
    *copies; /* GsFaceVerification as they were written: the case's, then the joined ones' */
  guint visit;
} Wait;

static Wait *
wait_new (GsFaceDesk *self, GPtrArray *copies)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->desk = g_object_ref (self);
  wait->item = g_object_ref (self->item);
  wait->id = g_strdup (gs_case_get_verification (self->item)->id);
  wait->copies = copies != NULL ? g_ptr_array_ref (copies) : NULL;
  wait->visit = self->visit;
  return wait;
}

static void
wait_free (Wait *wait)
{
  g_object_unref (wait->desk);
  g_object_unref (wait->item);
  g_free (wait->id);
  g_clear_pointer (&wait->copies, g_ptr_array_unref);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wait, wait_free)

static gboolean
is_still_here (const Wait *wait)
{
  return wait->visit == wait->desk->visit && wait->desk->cancellable != NULL;
}

static GsFaceVerification *
find_verification (GsCase *item, const char *id)
{
  GPtrArray *all = gs_case_get_verifications (item);

  for (guint i = all->len; i > 0; i--)
    {
      GsFaceVerification *verification = g_ptr_array_index (all, i - 1);

      if (g_str_equal (verification->id, id))
        return verification;
    }
  return NULL;
}

/* What is not in the record does not exist: the case is as if nobody had judged. */
static void
fail (const Wait *wait, const GError *error)
{
  GsFaceVerification *counting = gs_case_get_verification (wait->item);

  g_warning ("A face's verification cannot be committed: %s", error->message);
  if (counting != NULL && g_str_equal (counting->id, wait->id))
    gs_case_end_verification (wait->item);
  gs_case_set_judged_again (wait->item, FALSE);
}

static gboolean
is_committed (GsStore *store, GAsyncResult *result, const Wait *wait)
{
  g_autoptr (GError) error = NULL;

  gs_store_transact_finish (store, result, &error);
  if (error == NULL)
    return TRUE;
  fail (wait, error);
  return FALSE;
}

/* --- an answer -------------------------------------------------------------------------------- */

static gpointer
add_judgement (GsDatabase *db, gpointer data, GError **error)
{
  gs_judgement_table_add (db, data, error);
  return NULL;
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wait) wait = user_data;

  is_committed (GS_STORE (source), result, wait);
}

static const char *
document_source (GsCase *item)
{
  switch (gs_case_get_read_method (item))
    {
    case GS_READ_DEVICE:
      return "device";
    case GS_READ_TYPED:
      return "typed";
    case GS_READ_NONE:
      break;
    }
  return "none";
}

void
gs_face_desk_record_answer (GsFaceDesk *self, GsFacePair pair, GsSession *by)
{
  const GsFaceVerification *verification = gs_face_desk_get_verification (self);
  const GsFaceAnswer *answer =
    self->second_judging ? &verification->pairs[pair].second : &verification->pairs[pair].first;
  GsJudgementRow *row = gs_judgement_row_new ();
  g_autofree char *detail =
    g_strdup_printf ("pair=%s answer=%s by=%s verification=%s", gs_face_pair_to_word (pair),
                     gs_judgement_to_word (answer->judgement),
                     self->second_judging ? "second" : "first", verification->id);
  GsRecordEntry entry = { .kind = "judgement",
                          .at_utc_ms = answer->at_utc_ms,
                          .officer = gs_session_get_officer_id (by),
                          .subject = verification->crossing,
                          .detail = detail };

  row->judgement = gs_uuid_new ();
  row->crossing = g_strdup (verification->crossing);
  row->officer = g_strdup (entry.officer);
  row->method = g_strdup (self->probe != NULL ? "camera" : "by-eye");
  row->pair = g_strdup (gs_face_pair_to_word (pair));
  row->verdict = answer->judgement;
  row->judged_at_utc_ms = answer->at_utc_ms;
  row->document_source = g_strdup (document_source (self->item));
  if (gs_case_get_read_method (self->item) != GS_READ_NONE)
    row->document_read_at_utc_ms = gs_case_get_read_utc_ms (self->item);
  row->verification = g_strdup (verification->id);
  row->by_second = self->second_judging;
  gs_store_transact_async (self->store, &entry, add_judgement, row,
                           (GDestroyNotify) gs_judgement_row_free, NULL, NULL, on_committed,
                           wait_new (self, NULL));
}

/* --- a sitting -------------------------------------------------------------------------------- */

static void
rule_joined (GsFaceDesk *self, GsFaceVerification *verification)
{
  GsFaceFacts facts;

  gs_face_verification_get_facts (verification, &facts);
  facts.waive_gate_no_match = self->config->face.waive_gate_no_match;
  facts.second_when_undecided = self->config->face.second_when_undecided;
  gs_face_rule (&facts, &verification->ruling);
}

/* Another open case of the traveller: the chip was compared for it too; whether its gate saw the
 * same person nobody was asked. */
static GsFaceVerification *
copy_for_joined (GsFaceDesk *self, const GsFaceVerification *verification, GsCase *other)
{
  GsFaceVerification *copy = gs_face_verification_copy (verification);
  GsFacePairResult *gate = &copy->pairs[GS_FACE_PAIR_GATE_DESK];

  g_free (copy->crossing);
  copy->crossing = g_strdup (gs_case_get_id (other));
  gate->asked = FALSE;
  gate->first = gate->second = (GsFaceAnswer){ 0, GS_TIME_UNKNOWN };
  g_clear_pointer (&gate->comparison, gs_face_comparison_free);
  g_clear_pointer (&gate->quality, g_free);
  gs_face_desk_take_gate (copy, gs_case_get_crossing (other));
  rule_joined (self, copy);
  return copy;
}

static gboolean
is_open (GsCase *item)
{
  return gs_crossing_is_open_case (gs_case_get_crossing (item)) && gs_case_get_pending (item) == 0;
}

static GPtrArray *
copy_all (GsFaceDesk *self, const GsFaceRuling *ruling)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_face_verification_free);
  g_autoptr (GPtrArray) joined = gs_case_book_list_joined (self->book, self->item);
  GsFaceVerification *copy = gs_face_verification_copy (gs_case_get_verification (self->item));

  copy->ruling = *ruling;
  g_ptr_array_add (copies, copy);
  for (guint i = 0; i < joined->len; i++)
    {
      GsCase *other = g_ptr_array_index (joined, i);

      if (other != self->item && is_open (other))
        g_ptr_array_add (copies, copy_for_joined (self, copy, other));
    }
  return copies;
}

static char *
describe (const GsFaceVerification *verification)
{
  GString *detail = g_string_new (NULL);
  const char *engine = NULL;

  g_string_printf (detail, "verification=%s step=%s ground=%s gate=%s attack-seen=%s",
                   verification->id, gs_face_step_to_word (verification->ruling.step),
                   gs_face_ground_to_word (verification->ruling.ground),
                   verification->gate != 0 ? gs_face_verdict_to_word (verification->gate) : "none",
                   verification->attack_seen ? "yes" : "no");
  for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
    {
      const GsFacePairResult *result = &verification->pairs[pair];

      if (!result->asked || result->comparison == NULL)
        continue;
      engine = result->comparison->engine;
      g_string_append_printf (detail, " %s=%s/%s", gs_face_pair_to_word ((GsFacePair) pair),
                              gs_judgement_to_word (result->first.judgement),
                              gs_face_verdict_to_word (result->comparison->verdict));
      if (result->second.judgement != 0)
        g_string_append_printf (detail, "/%s", gs_judgement_to_word (result->second.judgement));
    }
  g_string_append_printf (detail, " engine=%s", engine != NULL ? engine : "none");
  return g_string_free (detail, FALSE);
}

static void
transact (GsFaceDesk *self,
          const char *kind,
          GPtrArray *copies,
          GsStoreFunc func,
          GAsyncReadyCallback callback)
{
  const GsFaceVerification *first = g_ptr_array_index (copies, 0);
  g_autofree char *detail = describe (first);
  GsRecordEntry entry = { .kind = kind,
                          .at_utc_ms = gs_face_desk_now_utc_ms (self),
                          .officer = first->officer,
                          .second = first->second,
                          .subject = first->crossing,
                          .detail = detail };

  self->writing = TRUE;
  gs_store_transact_async (self->store, &entry, func, g_ptr_array_ref (copies),
                           (GDestroyNotify) g_ptr_array_unref, NULL, NULL, callback,
                           wait_new (self, copies));
}

static gpointer
add_in_store (GsDatabase *db, gpointer data, GError **error)
{
  GPtrArray *copies = data;

  for (guint i = 0; i < copies->len; i++)
    if (!gs_face_verification_table_add (db, g_ptr_array_index (copies, i), error))
      return NULL;
  return NULL;
}

static void
end_writing (const Wait *wait)
{
  if (is_still_here (wait))
    wait->desk->writing = FALSE;
}

/* The joined cases get the sitting; it counts for them as for the one on the card. */
static void
hand_to_joined (const Wait *wait)
{
  for (guint i = 1; i < wait->copies->len; i++)
    {
      const GsFaceVerification *copy = g_ptr_array_index (wait->copies, i);
      GsCase *other = gs_case_book_find (wait->desk->book, copy->crossing);
      GsFaceVerification *own;

      if (other == NULL || !is_open (other))
        continue;
      own = gs_face_verification_copy (copy);
      own->stored = TRUE;
      gs_case_begin_verification (other, own);
    }
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wait) wait = user_data;
  const GsFaceVerification *written = g_ptr_array_index (wait->copies, 0);
  GsFaceVerification *verification;
  gboolean committed = is_committed (GS_STORE (source), result, wait);

  end_writing (wait);
  verification = find_verification (wait->item, wait->id);
  if (committed && verification != NULL)
    {
      verification->ruling = written->ruling;
      verification->stored = TRUE;
      hand_to_joined (wait);
      gs_case_note_verification (wait->item);
      if (is_still_here (wait) && verification->attack_seen && !written->attack_seen)
        gs_face_desk_conclude_attack (wait->desk);
    }
  gs_face_desk_note_change (wait->desk);
}

void
gs_face_desk_record_verification (GsFaceDesk *self, const GsFaceRuling *ruling)
{
  g_autoptr (GPtrArray) copies = copy_all (self, ruling);

  transact (self, "face.verified", copies, add_in_store, on_added);
}

/* --- what comes after it ---------------------------------------------------------------------- */

/* The same sitting on the card's case and on those that share it. */
static GPtrArray *
copy_stored (GsFaceDesk *self, const GsFaceRuling *ruling)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_face_verification_free);
  g_autoptr (GPtrArray) joined = gs_case_book_list_joined (self->book, self->item);
  const GsFaceVerification *verification = gs_case_get_verification (self->item);
  GsFaceVerification *copy = gs_face_verification_copy (verification);

  copy->ruling = *ruling;
  g_ptr_array_add (copies, copy);
  for (guint i = 0; i < joined->len; i++)
    {
      GsFaceVerification *own = gs_case_get_verification (g_ptr_array_index (joined, i));

      if (own == NULL || !own->stored || !g_str_equal (own->id, verification->id))
        continue;
      own = gs_face_verification_copy (own);
      own->attack_seen = copy->attack_seen;
      g_free (own->second);
      own->second = g_strdup (copy->second);
      own->pairs[GS_FACE_PAIR_CHIP_DESK].second = copy->pairs[GS_FACE_PAIR_CHIP_DESK].second;
      rule_joined (self, own);
      if (ruling->ground == GS_FACE_GROUND_SECOND_REFUSED)
        own->ruling = *ruling;
      g_ptr_array_add (copies, own);
    }
  return copies;
}

static gpointer
add_second_in_store (GsDatabase *db, gpointer data, GError **error)
{
  GPtrArray *copies = data;

  for (guint i = 0; i < copies->len; i++)
    if (!gs_face_verification_table_add_second (db, g_ptr_array_index (copies, i), error))
      return NULL;
  return NULL;
}

static gpointer
set_attack_in_store (GsDatabase *db, gpointer data, GError **error)
{
  GPtrArray *copies = data;

  for (guint i = 0; i < copies->len; i++)
    if (!gs_face_verification_table_set_attack_seen (db, g_ptr_array_index (copies, i), error))
      return NULL;
  return NULL;
}

static void
on_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wait) wait = user_data;
  gboolean committed = is_committed (GS_STORE (source), result, wait);

  end_writing (wait);
  for (guint i = 0; committed && i < wait->copies->len; i++)
    {
      const GsFaceVerification *copy = g_ptr_array_index (wait->copies, i);
      GsCase *item = i == 0 ? wait->item : gs_case_book_find (wait->desk->book, copy->crossing);
      GsFaceVerification *own = item != NULL ? find_verification (item, copy->id) : NULL;

      if (own == NULL)
        continue;
      own->ruling = copy->ruling;
      own->attack_seen |= copy->attack_seen;
      g_free (own->second);
      own->second = g_strdup (copy->second);
      for (int pair = GS_FACE_PAIR_CHIP_DESK; pair <= GS_FACE_PAIR_LAST; pair++)
        own->pairs[pair].second = copy->pairs[pair].second;
      gs_case_note_verification (item);
    }
  gs_face_desk_note_change (wait->desk);
}

void
gs_face_desk_record_second (GsFaceDesk *self, const GsFaceRuling *ruling)
{
  g_autoptr (GPtrArray) copies = copy_stored (self, ruling);

  transact (self, "face.second", copies, add_second_in_store, on_updated);
}

void
gs_face_desk_record_attack (GsFaceDesk *self, const GsFaceRuling *ruling)
{
  g_autoptr (GPtrArray) copies = copy_stored (self, ruling);

  transact (self, "face.attack-seen", copies, set_attack_in_store, on_updated);
}

/* --- the second officer comes ----------------------------------------------------------------- */

void
gs_face_desk_record_begin_second (GsFaceDesk *self)
{
  const GsFaceVerification *verification = gs_face_desk_get_verification (self);
  g_autofree char *detail = g_strdup_printf ("verification=%s", verification->id);
  GsRecordEntry entry = { .kind = "face.second-judges",
                          .at_utc_ms = gs_face_desk_now_utc_ms (self),
                          .officer = verification->officer,
                          .second = verification->second,
                          .subject = verification->crossing,
                          .detail = detail };

  gs_store_note_async (self->store, &entry, NULL, on_committed, wait_new (self, NULL));
}
