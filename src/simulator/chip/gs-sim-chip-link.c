/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-sim-chip-link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RETRY_MS 100
#define SILENCE_MS 5000

/* vpcd's messages of one byte. */
enum
{
  VPCD_OFF = 0,
  VPCD_ON = 1,
  VPCD_RESET = 2,
  VPCD_ATR = 4,
};

/* Contactless, T=1, no historical bytes (PC/SC part 3, 3.1.3.2.3). */
static const guint8 no_atr[64] = { 0 };
static const guint8 atr[] = { 0x3b, 0x80, 0x80, 0x01, 0x01 };

struct _GsSimChipLink
{
  struct sockaddr_in address;
  guint gap_ms;
  GsSimChipFault *fault;
  const GsSimRandomSource *random;
  FILE *log;
  GsSimPassport *passport;
  GsSimChip *chip;
  int fd;
  guint watch, timer;
  GByteArray *received;
  GBytes *delayed;
  gint64 empty_since_us;
  gint64 started_us;
  guint commands, sessions; /* since it was laid */
  guint64 bytes_in, bytes_out;
};

static void schedule_connect (GsSimChipLink *self);

G_GNUC_PRINTF (2, 3)
static void
note (GsSimChipLink *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->log == NULL)
    return;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (self->log, "%.3f\t%s\n", (double) (g_get_monotonic_time () - self->started_us) / 1000.0,
           text);
  fflush (self->log);
}

static void
disconnect (GsSimChipLink *self, const char *why)
{
  if (self->fd < 0)
    return;
  g_clear_handle_id (&self->watch, g_source_remove);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->delayed, g_bytes_unref);
  close (self->fd);
  self->fd = -1;
  self->empty_since_us = g_get_monotonic_time ();
  g_byte_array_set_size (self->received, 0);
  if (self->chip != NULL)
    gs_sim_chip_reset (self->chip);
  note (self, "gone\t%s", why);
}

/* The daemon went or the connection broke: the passport still lies there. */
static void
lose (GsSimChipLink *self, const char *why)
{
  disconnect (self, why);
  if (self->chip != NULL)
    schedule_connect (self);
}

static gboolean
send_message (GsSimChipLink *self, const guint8 *bytes, gsize length)
{
  g_autofree guint8 *message = g_malloc (length + 2);
  gsize sent = 0;

  message[0] = (guint8) (length >> 8);
  message[1] = (guint8) length;
  if (length > 0)
    memcpy (message + 2, bytes, length);
  while (sent < length + 2)
    {
      gssize written = send (self->fd, message + sent, length + 2 - sent, MSG_NOSIGNAL);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      sent += (gsize) written;
    }
  return TRUE;
}

static gboolean
send_delayed (gpointer user_data)
{
  GsSimChipLink *self = user_data;
  g_autoptr (GBytes) answer = g_steal_pointer (&self->delayed);

  self->timer = 0;
  if (!send_message (self, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer)))
    lose (self, "the reader went");
  return G_SOURCE_REMOVE;
}

static gboolean
end_silence (gpointer user_data)
{
  GsSimChipLink *self = user_data;

  self->timer = 0;
  disconnect (self, "silence is over");
  return G_SOURCE_REMOVE;
}

static gboolean
answer_command (GsSimChipLink *self, const guint8 *bytes, gsize length)
{
  GsSimChipTrace trace;
  g_autoptr (GBytes) answer = gs_sim_chip_transmit (self->chip, bytes, length, &trace);

  self->commands++;
  self->bytes_in += length;
  if (answer == NULL)
    {
      note (self, "fault\t%u\tno answer", trace.number);
      if (self->fault->dies_after > 0)
        disconnect (self, "the chip died");
      else
        self->timer = g_timeout_add (SILENCE_MS, end_silence, self);
      return TRUE;
    }
  self->bytes_out += g_bytes_get_size (answer);
  note (self, "apdu\t%u\t%s\t%s\t%02X%02X%02X%02X\t%" G_GSIZE_FORMAT "\t%" G_GSIZE_FORMAT "\t%04X",
        trace.number, trace.stage, trace.protected ? "protected" : "open", trace.header[0],
        trace.header[1], trace.header[2], trace.header[3], length, trace.answered, trace.status);
  if (self->fault->delay_ms == 0)
    return send_message (self, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  self->delayed = g_steal_pointer (&answer);
  self->timer = g_timeout_add (self->fault->delay_ms, send_delayed, self);
  return TRUE;
}

static gboolean
handle_message (GsSimChipLink *self, const guint8 *bytes, gsize length)
{
  if (length != 1)
    return answer_command (self, bytes, length);
  switch (bytes[0])
    {
    case VPCD_ATR:
      if (!self->fault->mute)
        return send_message (self, atr, sizeof atr);
      /* A mute chip: more bytes than an answer to reset may have, so that powering it fails while
       * something still lies there. */
      return send_message (self, no_atr, sizeof no_atr);
    case VPCD_ON:
    case VPCD_RESET:
      self->sessions++;
      G_GNUC_FALLTHROUGH;
    case VPCD_OFF:
      note (self, "%s", bytes[0] == VPCD_OFF ? "off" : bytes[0] == VPCD_ON ? "on" : "reset");
      gs_sim_chip_reset (self->chip);
      return TRUE;
    default:
      return TRUE;
    }
}

static void
acknowledge_at_once (int fd)
{
  int on = 1;

  /* Delayed acknowledgements cost 40 ms a command; the flag has to be set again each time. */
  setsockopt (fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

static gboolean
receive (int fd, GIOCondition condition, gpointer user_data)
{
  GsSimChipLink *self = user_data;
  guint8 bytes[8192];
  gssize count;

  acknowledge_at_once (fd);
  count = recv (fd, bytes, sizeof bytes, 0);
  if (count < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (count <= 0)
    {
      self->watch = 0;
      lose (self, "the reader went");
      return G_SOURCE_REMOVE;
    }
  g_byte_array_append (self->received, bytes, (guint) count);
  while (self->fd >= 0 && self->received->len >= 2)
    {
      gsize length = (gsize) self->received->data[0] << 8 | self->received->data[1];

      if (self->received->len < length + 2)
        break;
      if (length > 0 && !handle_message (self, self->received->data + 2, length))
        {
          lose (self, "the reader went");
          break;
        }
      if (self->fd >= 0)
        g_byte_array_remove_range (self->received, 0, (guint) length + 2);
    }
  acknowledge_at_once (fd);
  return self->fd < 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
connect_now (gpointer user_data)
{
  GsSimChipLink *self = user_data;
  int on = 1, fd;

  self->timer = 0;
  fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || connect (fd, (struct sockaddr *) &self->address, sizeof self->address) != 0)
    {
      if (fd >= 0)
        close (fd);
      self->timer = g_timeout_add (RETRY_MS, connect_now, self);
      return G_SOURCE_REMOVE;
    }
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  acknowledge_at_once (fd);
  self->fd = fd;
  self->watch = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, receive, self);
  note (self, "there\t%s", self->passport->folder);
  return G_SOURCE_REMOVE;
}

static void
schedule_connect (GsSimChipLink *self)
{
  gint64 wait_us = self->empty_since_us == 0 ? 0
                                             : self->empty_since_us + (gint64) self->gap_ms * 1000
                                                 - g_get_monotonic_time ();

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) (MAX (wait_us, 0) / 1000), connect_now, self);
}

GsSimChipLink *
gs_sim_chip_link_new (const char *host,
                      guint16 port,
                      guint gap_ms,
                      GsSimChipFault *fault,
                      const GsSimRandomSource *random,
                      FILE *log)
{
  GsSimChipLink *self = g_new0 (GsSimChipLink, 1);

  self->address.sin_family = AF_INET;
  self->address.sin_port = htons (port);
  inet_pton (AF_INET, host, &self->address.sin_addr);
  self->gap_ms = gap_ms;
  self->fault = fault;
  self->random = random;
  self->log = log;
  self->fd = -1;
  self->received = g_byte_array_new ();
  self->started_us = g_get_monotonic_time ();
  return self;
}

void
gs_sim_chip_link_free (GsSimChipLink *self)
{
  gs_sim_chip_link_take (self);
  g_byte_array_unref (self->received);
  g_free (self);
}

void
gs_sim_chip_link_take (GsSimChipLink *self)
{
  disconnect (self, "taken away");
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->chip, gs_sim_chip_free);
  g_clear_pointer (&self->passport, gs_sim_passport_free);
}

gboolean
gs_sim_chip_link_lay (GsSimChipLink *self, const char *folder, GError **error)
{
  GsSimPassport *passport = gs_sim_passport_load (folder, error);
  g_autofree char *wrong = NULL;

  if (passport == NULL)
    return FALSE;
  gs_sim_chip_link_take (self);
  self->passport = passport;
  self->chip = gs_sim_chip_new (passport, self->fault, self->random);
  self->commands = self->sessions = 0;
  self->bytes_in = self->bytes_out = 0;
  if (passport->fault != NULL && !gs_sim_chip_fault_add (self->fault, passport->fault, &wrong))
    g_printerr ("gateside-chip: %s: unknown fault %s\n", folder, wrong);
  schedule_connect (self);
  return TRUE;
}

char *
gs_sim_chip_link_describe (GsSimChipLink *self)
{
  return g_strdup_printf ("laid=%s connected=%s powered=%u commands=%u received=%" G_GUINT64_FORMAT
                          " sent=%" G_GUINT64_FORMAT " folder=%s",
                          self->chip ? "yes" : "no", self->fd >= 0 ? "yes" : "no", self->sessions,
                          self->commands, self->bytes_in, self->bytes_out,
                          self->passport ? self->passport->folder : "-");
}
