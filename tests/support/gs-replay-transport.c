/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gs-replay-transport.h"

#include <string.h>

struct _GsReplayTransport
{
  GObject parent_instance;
  GPtrArray *commands; /* of char: hexadecimal in upper case */
  GPtrArray *answers;  /* of GBytes */
  guint at;
};

static void gs_replay_transport_chip_init (GsChipTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GsReplayTransport,
                               gs_replay_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GS_TYPE_CHIP_TRANSPORT,
                                                      gs_replay_transport_chip_init))

GBytes *
gs_replay_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  while (*hex != '\0')
    {
      if (*hex == ' ')
        {
          hex++;
          continue;
        }
      g_assert_true (g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]));
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
      g_byte_array_append (bytes, &byte, 1);
      hex += 2;
    }
  return g_byte_array_free_to_bytes (bytes);
}

char *
gs_replay_to_hex (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02X", data[i]);
  return g_string_free (hex, FALSE);
}

static GBytes *
gs_replay_transport_transmit (GsChipTransport *transport,
                              GBytes *command,
                              GCancellable *cancellable,
                              GError **error)
{
  GsReplayTransport *self = GS_REPLAY_TRANSPORT (transport);
  g_autofree char *hex = gs_replay_to_hex (command);

  (void) cancellable;
  (void) error;
  if (self->at >= self->commands->len)
    g_error ("the script is over, but %s was sent", hex);
  const char *expected = g_ptr_array_index (self->commands, self->at);
  if (!g_str_equal (expected, "*"))
    g_assert_cmpstr (hex, ==, expected);
  return g_bytes_ref (g_ptr_array_index (self->answers, self->at++));
}

static gboolean
gs_replay_transport_reset (GsChipTransport *transport, GError **error)
{
  (void) transport;
  (void) error;
  return TRUE;
}

static void
gs_replay_transport_chip_init (GsChipTransportInterface *iface)
{
  iface->transmit = gs_replay_transport_transmit;
  iface->reset = gs_replay_transport_reset;
}

static void
gs_replay_transport_finalize (GObject *object)
{
  GsReplayTransport *self = GS_REPLAY_TRANSPORT (object);

  g_ptr_array_unref (self->commands);
  g_ptr_array_unref (self->answers);
  G_OBJECT_CLASS (gs_replay_transport_parent_class)->finalize (object);
}

static void
gs_replay_transport_class_init (GsReplayTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gs_replay_transport_finalize;
}

static void
gs_replay_transport_init (GsReplayTransport *self)
{
  self->commands = g_ptr_array_new_with_free_func (g_free);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

GsReplayTransport *
gs_replay_transport_new (void)
{
  return g_object_new (GS_TYPE_REPLAY_TRANSPORT, NULL);
}

void
gs_replay_transport_add (GsReplayTransport *self, const char *command, const char *answer)
{
  if (g_str_equal (command, "*"))
    g_ptr_array_add (self->commands, g_strdup ("*"));
  else
    {
      g_autoptr (GBytes) bytes = gs_replay_hex (command);
      g_ptr_array_add (self->commands, gs_replay_to_hex (bytes));
    }
  g_ptr_array_add (self->answers, gs_replay_hex (answer));
}

void
gs_replay_transport_assert_finished (GsReplayTransport *self)
{
  g_assert_cmpuint (self->at, ==, self->commands->len);
}

static gboolean
give (guint8 *out, gsize length, gpointer user_data)
{
  GsReplayRandom *self = user_data;

  g_assert_cmpuint (self->at + length, <=, self->bytes->len);
  memcpy (out, self->bytes->data + self->at, length);
  self->at += length;
  return TRUE;
}

void
gs_replay_random_init (GsReplayRandom *self, const char *hex)
{
  self->source = (GsRandomSource){ give, self };
  self->bytes = g_bytes_unref_to_array (gs_replay_hex (hex));
  self->at = 0;
}

void
gs_replay_random_clear (GsReplayRandom *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}
