/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-chip-channel.h"

#include "gs-emrtd-error.h"

#define SW_MORE 0x61
#define SW_WRONG_EXPECTED 0x6C
#define INS_GET_RESPONSE 0xC0

/* A chip that chains its answers for ever is cut off here. */
#define MAX_CHAINED_BYTES 65536
#define MAX_CHAINED_ANSWERS 512

struct _GsChipChannel
{
  GsChipTransport *transport;
  const GsRandomSource *random;
  GCancellable *cancellable;
  GsSecureMessaging *secure;
  gboolean dead;
  guint n_commands;
  gint64 chip_time_us;
  gint64 deadline_monotonic_us;
};

GsChipChannel *
gs_chip_channel_new (GsChipTransport *transport,
                     const GsRandomSource *random,
                     GCancellable *cancellable)
{
  GsChipChannel *self = g_new0 (GsChipChannel, 1);

  self->transport = g_object_ref (transport);
  self->random = random;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return self;
}

void
gs_chip_channel_free (GsChipChannel *self)
{
  g_clear_object (&self->transport);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->secure, gs_secure_messaging_free);
  g_free (self);
}

const GsRandomSource *
gs_chip_channel_get_random (GsChipChannel *self)
{
  return self->random;
}

GsSecureMessaging *
gs_chip_channel_get_secure (GsChipChannel *self)
{
  return self->secure;
}

void
gs_chip_channel_set_secure (GsChipChannel *self, GsSecureMessaging *secure)
{
  g_clear_pointer (&self->secure, gs_secure_messaging_free);
  self->secure = secure;
  self->dead = FALSE;
}

gboolean
gs_chip_channel_is_dead (GsChipChannel *self)
{
  return self->dead;
}

void
gs_chip_channel_set_deadline (GsChipChannel *self, gint64 deadline_monotonic_us)
{
  self->deadline_monotonic_us = deadline_monotonic_us;
}

guint
gs_chip_channel_get_n_commands (GsChipChannel *self)
{
  return self->n_commands;
}

gint64
gs_chip_channel_get_chip_time_us (GsChipChannel *self)
{
  return self->chip_time_us;
}

static GBytes *
transmit (GsChipChannel *self, GBytes *command, GError **error)
{
  gint64 start_us = g_get_monotonic_time ();
  GBytes *answer;

  if (self->deadline_monotonic_us != 0 && start_us > self->deadline_monotonic_us)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                           "the chip did not come to an end in time");
      return NULL;
    }
  answer = gs_chip_transport_transmit (self->transport, command, self->cancellable, error);

  self->n_commands++;
  self->chip_time_us += g_get_monotonic_time () - start_us;
  return answer;
}

/* Sends bytes and fetches what the chip holds back, into one answer. */
static GBytes *
exchange (GsChipChannel *self, GBytes *command, guint8 cla, GError **error)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GBytes) next = g_bytes_ref (command);

  for (guint i = 0; i < MAX_CHAINED_ANSWERS && whole->len < MAX_CHAINED_BYTES; i++)
    {
      g_auto (GsApduResponse) part = { 0 };
      g_autoptr (GBytes) answer = transmit (self, next, error);

      if (answer == NULL || !gs_apdu_response_parse (answer, &part, error))
        return NULL;
      gsize size;
      const guint8 *bytes = g_bytes_get_data (part.data, &size);
      g_byte_array_append (whole, bytes, (guint) size);
      if (part.status >> 8 != SW_MORE)
        {
          const guint8 status[2] = { (guint8) (part.status >> 8), (guint8) part.status };
          g_byte_array_append (whole, status, sizeof status);
          return g_byte_array_free_to_bytes (g_steal_pointer (&whole));
        }
      GsApduCommand more = { .cla = cla & ~0x1C,
                             .ins = INS_GET_RESPONSE,
                             .expected = (part.status & 0xFF) != 0 ? part.status & 0xFF : 256 };
      g_bytes_unref (next);
      next = gs_apdu_command_to_bytes (&more, error);
      if (next == NULL)
        return NULL;
    }
  g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_LIMIT,
                       "the chip goes on chaining its answer");
  return NULL;
}

static gboolean
send_plain (GsChipChannel *self,
            const GsApduCommand *command,
            GsApduResponse *response,
            GError **error)
{
  GsApduCommand again = *command;

  for (guint attempt = 0; attempt < 2; attempt++)
    {
      g_autoptr (GBytes) bytes = gs_apdu_command_to_bytes (&again, error);
      g_autoptr (GBytes) answer = NULL;
      if (bytes == NULL)
        return FALSE;
      answer = exchange (self, bytes, command->cla, error);
      if (answer == NULL || !gs_apdu_response_parse (answer, response, error))
        return FALSE;
      if (response->status >> 8 != SW_WRONG_EXPECTED || attempt > 0)
        break;
      again.expected = (response->status & 0xFF) != 0 ? response->status & 0xFF : 256;
    }
  return TRUE;
}

static gboolean
send_protected (GsChipChannel *self,
                const GsApduCommand *command,
                GsApduResponse *response,
                GError **error)
{
  g_autoptr (GBytes) bytes = gs_secure_messaging_protect (self->secure, command, error);
  g_autoptr (GBytes) answer = NULL;

  if (bytes != NULL)
    answer = exchange (self, bytes, command->cla, error);
  if (answer != NULL && gs_secure_messaging_unprotect (self->secure, answer, response, error))
    return TRUE;
  /* The two counters no longer agree, or nobody can tell whether they do. */
  self->dead = TRUE;
  return FALSE;
}

gboolean
gs_chip_channel_send (GsChipChannel *self,
                      const GsApduCommand *command,
                      GsApduResponse *response,
                      GError **error)
{
  if (self->dead)
    {
      g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_SESSION,
                           "secure messaging is at its end");
      return FALSE;
    }
  if (self->secure != NULL)
    return send_protected (self, command, response, error);
  return send_plain (self, command, response, error);
}

gboolean
gs_chip_channel_demand (GsChipChannel *self,
                        const GsApduCommand *command,
                        const char *what,
                        GsApduResponse *response,
                        GError **error)
{
  if (!gs_chip_channel_send (self, command, response, error))
    {
      g_prefix_error (error, "%s: ", what);
      return FALSE;
    }
  if (response->status == GS_APDU_OK)
    return TRUE;
  g_set_error (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_STATUS, "%s: the chip answered %04X", what,
               response->status);
  return FALSE;
}

gboolean
gs_chip_channel_select_master_file (GsChipChannel *self, GError **error)
{
  static const guint8 id[] = { 0x3F, 0x00 };
  g_auto (GsApduResponse) response = { 0 };
  const GsApduCommand command = {
    .ins = 0xA4, .p1 = 0x00, .p2 = 0x0C, .data = id, .length = sizeof id
  };

  return gs_chip_channel_demand (self, &command, "select the master file", &response, error);
}

gboolean
gs_chip_channel_select_application (GsChipChannel *self, GError **error)
{
  static const guint8 aid[] = { 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01 };
  g_auto (GsApduResponse) response = { 0 };
  const GsApduCommand command = {
    .ins = 0xA4, .p1 = 0x04, .p2 = 0x0C, .data = aid, .length = sizeof aid
  };

  return gs_chip_channel_demand (self, &command, "select the application", &response, error);
}
