/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-fault.h"

#include <stdlib.h>
#include <string.h>

static const char help[] =
  "none\tends all faults\n"
  "mute\tno answer to reset\n"
  "silent=N\tanswers N commands, then nothing for five seconds, then is gone\n"
  "dies=N\tanswers N commands, then is gone\n"
  "wrong-mac=N\tanswers have a wrong checksum from command N on\n"
  "plain=N\tanswers are not protected from command N on\n"
  "bad-token\tPACE's token or the answer to mutual authentication is wrong\n"
  "status=SW[@N]\tafter N good answers every answer is this status word (hexadecimal)\n"
  "le-limit=N\tREAD BINARY of more than N bytes answers 6700\n"
  "delay=MS\twaits before each answer\n"
  "cloned\tdoes not have the keys of DG14 and DG15\n"
  "truncate=FILE:N\tthe file (dg2, ef-sod, ...) ends after N bytes, whatever its header says\n"
  "endless-file\tevery file says it is 16 MB long and goes on for ever\n"
  "endless-answer\t61xx to everything, GET RESPONSE included\n"
  "long-answers\tmore bytes than were asked for\n"
  "short-answers\tone byte at a time\n"
  "empty-answers\t9000 and nothing\n"
  "garbage=N\trandom bytes instead of answers from command N on\n";

const char *
gs_sim_chip_fault_help (void)
{
  return help;
}

void
gs_sim_chip_fault_clear (GsSimChipFault *self)
{
  g_free (self->truncated);
  memset (self, 0, sizeof *self);
}

static gboolean
parse_number (const char *text, int base, guint *number)
{
  char *end;
  unsigned long value;

  if (text == NULL || *text == '\0')
    return FALSE;
  value = strtoul (text, &end, base);
  if (*end != '\0' || value > 100000000)
    return FALSE;
  *number = (guint) value;
  return TRUE;
}

static gboolean
parse_status (GsSimChipFault *self, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value ? value : "", "@", 2);

  if (!parse_number (parts[0], 16, &self->status) || self->status > 0xffff)
    return FALSE;
  return parts[1] == NULL || parse_number (parts[1], 10, &self->status_after);
}

static gboolean
parse_truncation (GsSimChipFault *self, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value ? value : "", ":", 2);

  if (g_strv_length (parts) != 2 || !parse_number (parts[1], 10, &self->truncated_length))
    return FALSE;
  g_free (self->truncated);
  self->truncated = g_strdup (parts[0]);
  return TRUE;
}

static gboolean
add_switch (GsSimChipFault *self, const char *name)
{
  const struct
  {
    const char *name;
    gboolean *on;
  } switches[] = {
    { "mute", &self->mute },
    { "bad-token", &self->bad_token },
    { "cloned", &self->cloned },
    { "endless-file", &self->endless_file },
    { "endless-answer", &self->endless_answer },
    { "long-answers", &self->long_answers },
    { "short-answers", &self->short_answers },
    { "empty-answers", &self->empty_answers },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    if (g_str_equal (name, switches[i].name))
      return *switches[i].on = TRUE;
  return FALSE;
}

static gboolean
add_number (GsSimChipFault *self, const char *name, const char *value)
{
  const struct
  {
    const char *name;
    guint *number;
    guint more; /* commands are counted from 1: 0 good answers is the first that fails */
  } numbers[] = {
    { "silent", &self->silent_after, 1 },   { "dies", &self->dies_after, 1 },
    { "wrong-mac", &self->wrong_mac, 0 },   { "plain", &self->plain_answers, 0 },
    { "le-limit", &self->read_limit, 0 },   { "delay", &self->delay_ms, 0 },
    { "garbage", &self->garbage_after, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_equal (name, numbers[i].name))
      {
        if (!parse_number (value, 10, numbers[i].number))
          return FALSE;
        *numbers[i].number += numbers[i].more;
        return TRUE;
      }
  return FALSE;
}

static gboolean
add_word (GsSimChipFault *self, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "=", 2);

  if (g_str_equal (parts[0], "none"))
    gs_sim_chip_fault_clear (self);
  else if (g_str_equal (parts[0], "status"))
    return parse_status (self, parts[1]);
  else if (g_str_equal (parts[0], "truncate"))
    return parse_truncation (self, parts[1]);
  else if (parts[1] == NULL)
    return add_switch (self, parts[0]);
  else
    return add_number (self, parts[0], parts[1]);
  return TRUE;
}

gboolean
gs_sim_chip_fault_add (GsSimChipFault *self, const char *words, char **wrong)
{
  g_auto (GStrv) list = g_strsplit_set (words, ",;", -1);

  for (char **word = list; *word != NULL; word++)
    if (*g_strstrip (*word) != '\0' && !add_word (self, *word))
      {
        *wrong = g_strdup (*word);
        return FALSE;
      }
  return TRUE;
}
