/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-private.h"

#include <openssl/crypto.h>
#include <string.h>

#define LONGEST_CHAIN 65536

GsSimChip *
gs_sim_chip_new (GsSimPassport *passport,
                 const GsSimChipFault *fault,
                 const GsSimRandomSource *random)
{
  GsSimChip *self = g_new0 (GsSimChip, 1);

  self->passport = passport;
  self->fault = fault;
  self->random = random;
  self->chained = g_byte_array_new ();
  gs_sim_chip_reset (self);
  return self;
}

void
gs_sim_chip_free (GsSimChip *self)
{
  gs_sim_chip_reset (self);
  g_byte_array_unref (self->chained);
  EVP_PKEY_free (self->other_ca);
  EVP_PKEY_free (self->other_aa);
  g_free (self);
}

/* Secure messaging is over: access control has to be done again. */
static void
drop_session (GsSimChip *self)
{
  OPENSSL_cleanse (&self->session, sizeof self->session);
  OPENSSL_cleanse (&self->next, sizeof self->next);
  self->protected = self->has_next = self->ca_set = FALSE;
  self->stage = "plain";
}

void
gs_sim_chip_reset (GsSimChip *self)
{
  drop_session (self);
  g_clear_pointer (&self->pace, gs_sim_pace_free);
  g_byte_array_set_size (self->chained, 0);
  self->challenged = FALSE;
  self->application = FALSE;
  self->selected = 0;
  self->number = 0;
}

static guint16
dispatch (GsSimChip *self, const GsSimCommand *command, GByteArray *answer)
{
  switch (command->ins)
    {
    case 0xa4:
      return gs_sim_chip_select (self, command);
    case 0xb0:
    case 0xb1:
      return gs_sim_chip_read_binary (self, command, answer);
    case 0x84:
      return gs_sim_chip_get_challenge (self, command, answer);
    case 0x82:
      return gs_sim_chip_mutual_authenticate (self, command, answer);
    case 0x22:
      return gs_sim_chip_manage_environment (self, command);
    case 0x86:
      return gs_sim_chip_general_authenticate (self, command, answer);
    case 0x88:
      return gs_sim_chip_internal_authenticate (self, command, answer);
    default:
      return 0x6d00;
    }
}

/* PACE's commands carry the chaining bit although each is whole (Doc 9303-11, 4.4.4.2); others are
 * gathered until the last piece. */
static guint16
gather (GsSimChip *self, GsSimCommand *command, GByteArray *answer)
{
  guint16 status;

  if (command->ins == 0x86 && self->pace != NULL)
    return dispatch (self, command, answer);
  if (command->cla & 0x10)
    {
      if (self->chained->len + command->length > LONGEST_CHAIN)
        return 0x6700;
      g_byte_array_append (self->chained, command->data, (guint) command->length);
      return 0x9000;
    }
  if (self->chained->len == 0)
    return dispatch (self, command, answer);
  g_byte_array_append (self->chained, command->data, (guint) command->length);
  command->data = self->chained->data;
  command->length = self->chained->len;
  status = dispatch (self, command, answer);
  g_byte_array_set_size (self->chained, 0);
  return status;
}

static GBytes *
plain_answer (const guint8 *data, gsize length, guint16 status)
{
  GByteArray *out = g_byte_array_new ();
  const guint8 word[] = { (guint8) (status >> 8), (guint8) status };

  g_byte_array_append (out, data, (guint) length);
  g_byte_array_append (out, word, sizeof word);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
protect (GsSimChip *self, const GsSimCommand *command, GByteArray *answer, guint16 status)
{
  const GsSimChipFault *fault = self->fault;
  GByteArray *out;

  if (fault->plain_answers > 0 && self->number >= fault->plain_answers)
    return plain_answer (answer->data, answer->len, status);
  out = gs_sim_session_wrap (&self->session, answer->data, answer->len, status,
                             (command->ins & 1) == 1);
  if (fault->wrong_mac > 0 && self->number >= fault->wrong_mac)
    out->data[out->len - 3] ^= 0x01;
  return g_byte_array_free_to_bytes (out);
}

/* NULL: the command is the chip's own business. */
static GBytes *
answer_at_once (GsSimChip *self)
{
  const GsSimChipFault *fault = self->fault;

  if (fault->endless_answer)
    return plain_answer ((const guint8 *) "SPECIMENSPECIMEN", 16, 0x6110);
  if (fault->status != 0 && self->number > fault->status_after)
    {
      drop_session (self);
      return plain_answer (NULL, 0, (guint16) fault->status);
    }
  if (fault->garbage_after > 0 && self->number >= fault->garbage_after)
    {
      guint8 noise[48];

      gs_sim_random_fill (self->random, noise, sizeof noise);
      return g_bytes_new (noise, 1 + noise[0] % (sizeof noise - 1));
    }
  return NULL;
}

static void
start_next_session (GsSimChip *self)
{
  if (!self->has_next)
    return;
  self->session = self->next;
  self->stage = self->next_stage;
  self->has_next = FALSE;
  self->protected = TRUE;
  OPENSSL_cleanse (&self->next, sizeof self->next);
}

static GBytes *
run (GsSimChip *self, GsSimCommand *command, GsSimChipTrace *trace)
{
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autofree guint8 *buffer = NULL;
  GsSimCommand plain;
  gboolean protected = self->protected && (command->cla & 0x0c) == 0x0c;
  guint16 status;
  GBytes *out;

  trace->protected = protected;
  /* An unprotected command ends the session; so does one that is wrongly protected. */
  if (self->protected && !protected)
    drop_session (self);
  else if (!protected && (command->cla & 0x0c) != 0)
    {
      trace->status = 0x6882;
      return plain_answer (NULL, 0, 0x6882);
    }
  if (protected)
    {
      status = gs_sim_session_unwrap (&self->session, command, &plain, &buffer);
      if (status != 0x9000)
        {
          drop_session (self);
          trace->status = status;
          return plain_answer (NULL, 0, status);
        }
      *command = plain;
    }
  status = gather (self, command, answer);
  memcpy (trace->header, (guint8[]){ command->cla, command->ins, command->p1, command->p2 }, 4);
  trace->status = status;
  trace->answered = answer->len;
  out = protected ? protect (self, command, answer, status)
                  : plain_answer (answer->data, answer->len, status);
  start_next_session (self);
  return out;
}

GBytes *
gs_sim_chip_transmit (GsSimChip *self, const guint8 *bytes, gsize length, GsSimChipTrace *trace)
{
  const GsSimChipFault *fault = self->fault;
  GsSimChipTrace unused;
  GsSimCommand command;
  GBytes *out;

  if (trace == NULL)
    trace = &unused;
  *trace = (GsSimChipTrace){ .number = ++self->number, .stage = self->stage };
  memcpy (trace->header, bytes, MIN (length, 4));
  if ((fault->dies_after > 0 && self->number >= fault->dies_after)
      || (fault->silent_after > 0 && self->number >= fault->silent_after) || fault->mute)
    return NULL;
  out = answer_at_once (self);
  if (out != NULL)
    return out;
  if (!gs_sim_command_parse (bytes, length, &command))
    {
      trace->status = 0x6700;
      drop_session (self);
      return plain_answer (NULL, 0, 0x6700);
    }
  return run (self, &command, trace);
}
