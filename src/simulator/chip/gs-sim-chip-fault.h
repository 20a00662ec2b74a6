/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How a chip misbehaves. Numbers count commands since the chip was powered, from 1; 0 is off. */
typedef struct
{
  gboolean mute;         /* no answer to reset */
  guint silent_after;    /* answers so many commands, then nothing for five seconds, then is gone */
  guint dies_after;      /* answers so many commands, then is gone */
  guint wrong_mac;       /* the answer of this number has a wrong checksum; and all after it */
  guint plain_answers;   /* from this number on answers without secure messaging */
  gboolean bad_token;    /* PACE's last answer, or the answer to mutual authentication */
  guint status;          /* every answer is this status word … */
  guint status_after;    /* … after so many good ones */
  guint read_limit;      /* READ BINARY of more answers 6700 */
  guint delay_ms;        /* before each answer */
  gboolean cloned;       /* does not have the keys of DG14 and DG15 */
  gboolean endless_file; /* every file says it is 16 MB long, and goes on for ever */
  gboolean endless_answer; /* 61xx to everything, GET RESPONSE included */
  gboolean long_answers;   /* more bytes than were asked for */
  gboolean short_answers;  /* one byte at a time */
  gboolean empty_answers;  /* 9000 and nothing */
  guint garbage_after;     /* from this number on random bytes */
  char *truncated;         /* this file … */
  guint truncated_length;  /* … ends here, whatever its header says */
} GsSimChipFault;

void gs_sim_chip_fault_clear (GsSimChipFault *self);

/* "NAME" or "NAME=VALUE", several with commas or semicolons between them; "none" ends all. FALSE
 * and the word that is not understood in *WRONG (transfer full); the words before it hold. */
gboolean gs_sim_chip_fault_add (GsSimChipFault *self, const char *words, char **wrong);

/* One line a fault: name, a TAB and what it does. Static. */
const char *gs_sim_chip_fault_help (void);
