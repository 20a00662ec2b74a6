/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gs-apdu.h"
#include "gs-chip-transport.h"
#include "gs-random-source.h"
#include "gs-secure-messaging.h"

/* One conversation with one chip: commands over a transport, under secure messaging once access
 * control has set it up. A channel whose secure messaging broke is dead: every later command fails
 * with GS_EMRTD_ERROR_SESSION until access control sets it up anew. One thread at a time. */
typedef struct _GsChipChannel GsChipChannel;

/* Takes references. random is borrowed and must live as long. Transfer full. */
GsChipChannel *gs_chip_channel_new (GsChipTransport *transport,
                                    const GsRandomSource *random,
                                    GCancellable *cancellable);
void gs_chip_channel_free (GsChipChannel *self);

const GsRandomSource *gs_chip_channel_get_random (GsChipChannel *self);
/* NULL before access control. */
GsSecureMessaging *gs_chip_channel_get_secure (GsChipChannel *self);
/* Replaces the keys from the next command on. Transfer full; NULL goes back to plain commands. */
void gs_chip_channel_set_secure (GsChipChannel *self, GsSecureMessaging *secure);
gboolean gs_chip_channel_is_dead (GsChipChannel *self);
/* After this moment of g_get_monotonic_time() every command fails with G_IO_ERROR_TIMED_OUT, so
 * that a chip that answers for ever has an end; 0 for never. */
void gs_chip_channel_set_deadline (GsChipChannel *self, gint64 deadline_monotonic_us);
/* How many commands were sent, and how many microseconds the chip and the reader had them. */
guint gs_chip_channel_get_n_commands (GsChipChannel *self);
gint64 gs_chip_channel_get_chip_time_us (GsChipChannel *self);

/* Sends a command and takes the answer apart, under secure messaging when there is one. Answers of
 * 61xx are fetched to their end and 6Cxx is asked again. FALSE with an error when there is no
 * answer that can be read; any status word is an answer. Blocks. */
gboolean gs_chip_channel_send (GsChipChannel *self,
                               const GsApduCommand *command,
                               GsApduResponse *response,
                               GError **error);

/* The same, and the status must be 9000: else GS_EMRTD_ERROR_STATUS, with what as its subject. */
gboolean gs_chip_channel_demand (GsChipChannel *self,
                                 const GsApduCommand *command,
                                 const char *what,
                                 GsApduResponse *response,
                                 GError **error);

/* SELECT of the master file, of the eMRTD application (A0000002471001), of a file. No Le: some
 * chips refuse it. */
gboolean gs_chip_channel_select_master_file (GsChipChannel *self, GError **error);
gboolean gs_chip_channel_select_application (GsChipChannel *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GsChipChannel, gs_chip_channel_free)
