/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-chip-transport.h"
#include "gs-random-source.h"

/* A chip that knows one conversation by heart: it compares every command with the next one of its
 * script, byte for byte, and gives the answer that stands there. Both in hexadecimal; blanks are
 * allowed. A command of "*" takes anything. */
#define GS_TYPE_REPLAY_TRANSPORT (gs_replay_transport_get_type ())
G_DECLARE_FINAL_TYPE (GsReplayTransport, gs_replay_transport, GS, REPLAY_TRANSPORT, GObject)

GsReplayTransport *gs_replay_transport_new (void);
void gs_replay_transport_add (GsReplayTransport *self, const char *command, const char *answer);
/* Fails the test when a line of the script was not used. */
void gs_replay_transport_assert_finished (GsReplayTransport *self);

/* "0A 0B" to bytes. Transfer full. */
GBytes *gs_replay_hex (const char *hex);
char *gs_replay_to_hex (GBytes *bytes);

/* A source that gives these bytes and fails the test when more are drawn. */
typedef struct
{
  GsRandomSource source;
  GByteArray *bytes;
  gsize at;
} GsReplayRandom;

void gs_replay_random_init (GsReplayRandom *self, const char *hex);
void gs_replay_random_clear (GsReplayRandom *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GsReplayRandom, gs_replay_random_clear)
