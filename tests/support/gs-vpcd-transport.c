/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-vpcd-transport.h"

#include "gs-emrtd-error.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#define TIMEOUT_S 5
/* A chip that answers nothing is noticed after so long. */
#define SILENCE_S 2

/* One byte of payload is a command to the chip's power. */
#define CONTROL_ON 1
#define CONTROL_RESET 2
#define CONTROL_ATR 4

struct _GsVpcdTransport
{
  GObject parent_instance;
  GSubprocess *program;
  GSocket *socket;
  guint n_commands;
};

static void gs_vpcd_transport_chip_init (GsChipTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsVpcdTransport,
                               gs_vpcd_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CHIP_TRANSPORT,
                                                      gs_vpcd_transport_chip_init))

static gboolean
send_message (GsVpcdTransport *self, const guint8 *bytes, gsize size, GError **error)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  const guint8 length[2] = { (guint8) (size >> 8), (guint8) size };

  g_byte_array_append (message, length, 2);
  g_byte_array_append (message, bytes, (guint) size);
  return g_socket_send (self->socket, (const char *) message->data, message->len, NULL, error)
         == (gssize) message->len;
}

static gboolean
receive_exactly (GsVpcdTransport *self, guint8 *out, gsize size, GError **error)
{
  for (gsize at = 0; at < size;)
    {
      gssize n = g_socket_receive (self->socket, (char *) out + at, size - at, NULL, error);
      if (n == 0)
        g_set_error_literal (error, GS_EMRTD_ERROR, GS_EMRTD_ERROR_NO_CARD, "the chip is gone");
      if (n <= 0)
        return FALSE;
      at += (gsize) n;
    }
  return TRUE;
}

static GBytes *
receive_message (GsVpcdTransport *self, GError **error)
{
  guint8 length[2];

  if (!receive_exactly (self, length, 2, error))
    return NULL;
  gsize size = (gsize) length[0] << 8 | length[1];
  g_autofree guint8 *bytes = g_malloc (MAX (size, 1));
  if (!receive_exactly (self, bytes, size, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

static GBytes *
gs_vpcd_transport_transmit (GsChipTransport *transport,
                            GBytes *command,
                            GCancellable *cancellable,
                            GError **error)
{
  GsVpcdTransport *self = GS_VPCD_TRANSPORT (transport);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (command, &size);
  g_autoptr (GError) local = NULL;
  GBytes *answer = NULL;

  (void) cancellable;
  self->n_commands++;
  if (send_message (self, bytes, size, &local))
    answer = receive_message (self, &local);
  if (answer == NULL)
    {
      gboolean silent = g_error_matches (local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      g_set_error (error, silent ? G_IO_ERROR : GS_EMRTD_ERROR,
                   silent ? (int) G_IO_ERROR_TIMED_OUT : (int) GS_EMRTD_ERROR_NO_CARD, "%s",
                   local->message);
    }
  return answer;
}

static gboolean
gs_vpcd_transport_reset (GsChipTransport *transport, GError **error)
{
  const guint8 control = CONTROL_RESET;

  return send_message (GS_VPCD_TRANSPORT (transport), &control, 1, error);
}

static void
gs_vpcd_transport_chip_init (GsChipTransportInterface *iface)
{
  iface->transmit = gs_vpcd_transport_transmit;
  iface->reset = gs_vpcd_transport_reset;
}

static void
gs_vpcd_transport_finalize (GObject *object)
{
  GsVpcdTransport *self = GS_VPCD_TRANSPORT (object);

  g_clear_object (&self->socket);
  if (self->program != NULL)
    {
      g_subprocess_force_exit (self->program);
      g_subprocess_wait (self->program, NULL, NULL);
    }
  g_clear_object (&self->program);
  G_OBJECT_CLASS (gs_vpcd_transport_parent_class)->finalize (object);
}

static void
gs_vpcd_transport_class_init (GsVpcdTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_vpcd_transport_finalize;
}

static void
gs_vpcd_transport_init (GsVpcdTransport *self)
{
  (void) self;
}

GsVpcdTransport *
gs_vpcd_transport_new (const char *program, const char *passport, const char *fault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) listener =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  GsVpcdTransport *self = g_object_new (GS_TYPE_VPCD_TRANSPORT, NULL);
  const guint8 on = CONTROL_ON, atr = CONTROL_ATR;

  g_assert_no_error (error);
  g_socket_bind (listener, any, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (listener, &error);
  g_assert_no_error (error);
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (listener, &error);
  g_autofree char *where = g_strdup_printf (
    "127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  self->program =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--vpcd", where,
                      "--passport", passport, fault != NULL ? "--fault" : NULL, fault, NULL);
  g_assert_no_error (error);
  g_socket_set_timeout (listener, TIMEOUT_S);
  self->socket = g_socket_accept (listener, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_option (self->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_timeout (self->socket, SILENCE_S);
  g_assert_true (send_message (self, &on, 1, &error));
  g_assert_true (send_message (self, &atr, 1, &error));
  g_autoptr (GBytes) answer = receive_message (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (answer), >, 1);
  return self;
}

guint
gs_vpcd_transport_get_n_commands (GsVpcdTransport *self)
{
  return self->n_commands;
}
