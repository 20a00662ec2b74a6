/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-hall-request.h"

#include "gs-json-read.h"
#include "gs-time.h"
#include "gs-words.h"

static const GsWord claim_outcome_words[] = {
  { GS_HALL_CLAIM_ISSUED, "issued" },
  { GS_HALL_CLAIM_VOID, "void" },
  { GS_HALL_CLAIM_RELEASED, "released" },
  { GS_HALL_CLAIM_IN_DOUBT, "in-doubt" },
  { 0, NULL },
};

static const GsWord command_words[] = {
  { GS_HALL_COMMAND_CLOSE, "close" },
  { GS_HALL_COMMAND_REOPEN, "reopen" },
  { GS_HALL_COMMAND_RELEASE_EXIT, "release-exit" },
  { 0, NULL },
};

const char *
gs_hall_claim_outcome_to_word (GsHallClaimOutcome outcome)
{
  return gs_words_to_word (claim_outcome_words, outcome);
}

gboolean
gs_hall_claim_outcome_from_word (const char *word, GsHallClaimOutcome *outcome)
{
  int value;

  if (!gs_words_from_word (claim_outcome_words, word, &value))
    return FALSE;
  *outcome = (GsHallClaimOutcome) value;
  return TRUE;
}

const char *
gs_hall_command_to_word (GsHallCommand command)
{
  return gs_words_to_word (command_words, command);
}

GsHallDecision *
gs_hall_decision_new (void)
{
  GsHallDecision *self = g_new0 (GsHallDecision, 1);

  self->at_utc_ms = GS_TIME_UNKNOWN;
  return self;
}

GsHallDecision *
gs_hall_decision_copy (const GsHallDecision *self)
{
  GsHallDecision *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->crossing = g_strdup (self->crossing);
  copy->key = g_strdup (self->key);
  copy->officer = g_strdup (self->officer);
  copy->second_officer = g_strdup (self->second_officer);
  copy->desk = g_strdup (self->desk);
  copy->reasons = g_strdupv (self->reasons);
  copy->note = g_strdup (self->note);
  copy->ground = g_strdup (self->ground);
  copy->relaxed = g_strdup (self->relaxed);
  copy->gate = g_strdup (self->gate);
  copy->evidence = NULL;
  if (self->evidence != NULL)
    {
      copy->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) gs_check_free);
      for (guint i = 0; i < self->evidence->len; i++)
        g_ptr_array_add (copy->evidence, gs_check_copy (self->evidence->pdata[i]));
    }
  return copy;
}

void
gs_hall_decision_free (GsHallDecision *self)
{
  if (self == NULL)
    return;
  g_free (self->crossing);
  g_free (self->key);
  g_free (self->officer);
  g_free (self->second_officer);
  g_free (self->desk);
  g_strfreev (self->reasons);
  g_free (self->note);
  g_free (self->ground);
  g_free (self->relaxed);
  g_free (self->gate);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_free (self);
}

void
gs_hall_receipt_free (GsHallReceipt *self)
{
  g_free (self);
}

void
gs_hall_lease_free (GsHallLease *self)
{
  if (self == NULL)
    return;
  g_free (self->desk);
  g_free (self->officer);
  g_free (self);
}

GsHallStampRequest *
gs_hall_stamp_request_new (void)
{
  return g_new0 (GsHallStampRequest, 1);
}

void
gs_hall_stamp_request_free (GsHallStampRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->crossing);
  g_free (self->stamp);
  g_free (self->serial);
  g_free (self->desk);
  g_free (self->officer);
  g_free (self->printer);
  g_free (self);
}

void
gs_hall_claim_free (GsHallClaim *self)
{
  if (self == NULL)
    return;
  g_free (self->claim);
  g_free (self);
}

GsHallClaimReport *
gs_hall_claim_report_new (void)
{
  GsHallClaimReport *self = g_new0 (GsHallClaimReport, 1);

  self->at_utc_ms = GS_TIME_UNKNOWN;
  return self;
}

void
gs_hall_claim_report_free (GsHallClaimReport *self)
{
  if (self == NULL)
    return;
  g_free (self->crossing);
  g_free (self->claim);
  g_free (self->serial);
  g_free (self->replaces);
  g_free (self->supervisor);
  g_free (self->officer);
  g_free (self->reason);
  g_free (self);
}

GsHallPresence *
gs_hall_presence_new (void)
{
  return g_new0 (GsHallPresence, 1);
}

void
gs_hall_presence_free (GsHallPresence *self)
{
  if (self == NULL)
    return;
  g_free (self->desk);
  g_free (self->officer);
  g_strfreev (self->gates);
  g_free (self);
}

GsHallGateCommand *
gs_hall_gate_command_new (void)
{
  return g_new0 (GsHallGateCommand, 1);
}

void
gs_hall_gate_command_free (GsHallGateCommand *self)
{
  if (self == NULL)
    return;
  g_free (self->gate);
  g_free (self->key);
  g_free (self->officer);
  g_free (self->reason);
  g_free (self->crossing);
  g_free (self);
}

void
gs_hall_evidence_free (GsHallEvidence *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->content_type);
  g_free (self);
}

static json_t *
texts_to_json (char **texts)
{
  json_t *array = json_array ();

  for (char **text = texts; text != NULL && *text != NULL; text++)
    json_array_append_new (array, json_string (*text));
  return array;
}

static json_t *
evidence_to_json (GPtrArray *evidence)
{
  json_t *array = json_array ();

  for (guint i = 0; evidence != NULL && i < evidence->len; i++)
    {
      const GsCheck *check = evidence->pdata[i];
      json_t *entry;

      /* "not checked" is our own word and never on the wire. */
      if (check->result == GS_CHECK_RESULT_NOT_CHECKED)
        continue;
      entry = json_object ();
      gs_json_set_text (entry, "check", check->name);
      gs_json_set_text (entry, "result", gs_check_result_to_word (check->result));
      gs_json_set_text (entry, "code", check->code);
      json_array_append_new (array, entry);
    }
  return array;
}

char *
gs_hall_decision_to_json (const GsHallDecision *self)
{
  json_t *json = json_object ();

  gs_json_set_text (json, "outcome", gs_outcome_to_word (self->outcome));
  gs_json_set_text (json, "officer", self->officer);
  gs_json_set_text (json, "second_officer", self->second_officer);
  gs_json_set_text (json, "desk", self->desk);
  gs_json_set_time (json, "at", self->at_utc_ms);
  json_object_set_new (json, "reasons", texts_to_json (self->reasons));
  gs_json_set_text (json, "note", self->note);
  gs_json_set_text (json, "gate", self->gate);
  json_object_set_new (json, "evidence", evidence_to_json (self->evidence));
  return gs_json_write (json);
}

char *
gs_hall_stamp_request_to_json (const GsHallStampRequest *self)
{
  json_t *json = json_object ();

  gs_json_set_text (json, "stamp", self->stamp);
  gs_json_set_text (json, "serial", self->serial);
  gs_json_set_text (json, "desk", self->desk);
  gs_json_set_text (json, "officer", self->officer);
  gs_json_set_text (json, "printer", self->printer);
  return gs_json_write (json);
}

char *
gs_hall_claim_report_to_json (const GsHallClaimReport *self)
{
  json_t *json = json_object ();

  gs_json_set_text (json, "outcome", gs_hall_claim_outcome_to_word (self->outcome));
  gs_json_set_text (json, "serial", self->serial);
  gs_json_set_time (json, "at", self->at_utc_ms);
  gs_json_set_text (json, "replaces", self->replaces);
  if (self->supervisor != NULL)
    {
      gs_json_set_text (json, "supervisor", self->supervisor);
      gs_json_set_text (json, "officer", self->officer);
      gs_json_set_text (json, "reason", self->reason);
    }
  return gs_json_write (json);
}

char *
gs_hall_presence_to_json (const GsHallPresence *self)
{
  json_t *json = json_object ();

  gs_json_set_text (json, "officer", self->officer);
  json_object_set_new (json, "locked", json_boolean (self->locked));
  json_object_set_new (json, "gates", texts_to_json (self->gates));
  return gs_json_write (json);
}

char *
gs_hall_gate_command_to_json (const GsHallGateCommand *self)
{
  json_t *json = json_object ();

  gs_json_set_text (json, "command", gs_hall_command_to_word (self->command));
  gs_json_set_text (json, "officer", self->officer);
  gs_json_set_text (json, "reason", self->reason);
  gs_json_set_text (json, "crossing", self->crossing);
  return gs_json_write (json);
}
